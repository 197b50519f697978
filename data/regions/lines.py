"""The package's lines (境界线), which it does not name: told apart by where they begin, to a tenth of a degree."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from data.regions.polygons import boundary_lines


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the package's lines is, and the places, beside the country, whose maps it belongs on."""

    name: str
    kind: str
    codes: tuple[str, ...] = ()


HAINAN, SANSHA, TAIWAN = "460000", "460300", "710000"
DASHED = Line("南海断续线", "断续线", (HAINAN, SANSHA, TAIWAN))
UNDEFINED = Line("未定国界", "未定国界", ("650000",))
LINES = {  # western and southern end
    (108.2, 3.4): DASHED,
    (73.9, 37.2): UNDEFINED,  # 帕米尔, from 乌孜别里山口 southward
    (113.8, 22.1): Line("香港特别行政区界", "特别行政区界", ("810000",)),
    (121.1, 31.5): Line("江苏省与上海市界（长江口）", "省级界", ("310000", "320000")),
    (121.3, 30.7): Line("上海市与浙江省界（海上）", "省级界", ("310000", "330000")),
    (120.4, 27.1): Line("浙江省与福建省界（海上）", "省级界", ("330000", "350000")),
    (117.2, 23.3): Line("福建省与广东省界（海上）", "省级界", ("350000", "440000")),
    (109.8, 20.1): Line("广东省与海南省界（琼州海峡）", "省级界", ("440000", "460000")),
}
UNKNOWN = Line("境界线", "境界线")  # of a later release: on the country's map only


def named_lines() -> list[tuple[Line, shapely.MultiLineString]]:
    """Every line of the package and what it is. Raises NoShapesError."""
    return [(about(each), each) for each in boundary_lines()]


def about(line: shapely.MultiLineString) -> Line:
    """Which of the known lines this is."""
    west, south = (round(side, 1) for side in line.bounds[:2])
    return LINES.get((west, south), UNKNOWN)
