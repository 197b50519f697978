"""What a map of all China shows beside its provinces: the package's lines (境界线)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import mapping

from data.regions.extents import main_extent
from data.regions.lines import DASHED, SANSHA, TAIWAN, Line, named_lines
from data.regions.places import COUNTRY, place
from data.regions.shapes import Collection
from data.regions.simplify import decimals_for


@lru_cache(maxsize=64)
def line_features(code: str) -> Collection:
    """The lines that belong on a map of ``code``: MultiLineStrings with ``name`` and ``kind``.

    ``kind`` is 断续线, 未定国界, 特别行政区界 or 省级界. 全国: all eight. A province: the borders of its own that run
    through water, or are 未定国界, whole; 台湾省 the pieces of 南海断续线 that lie within its extent, whole; 海南省 and 三沙市
    (with its districts) the whole 南海断续线, for their map or inset. None for anything else: 南海断续线 is never on a map
    that would show a part of it by chance. Treat it as read-only. Raises UnknownPlaceError, NoShapesError.
    """
    place(code)
    belonging = [(line, _of(code, line, each)) for line, each in named_lines() if _belongs(code, line)]
    return {"type": "FeatureCollection", "features": [_feature(*each, _decimals(code)) for each in belonging]}


def south_sea_line() -> Collection:
    """南海断续线 whole, for the inset 南海诸岛 (``extents.inset``). Raises NoShapesError."""
    lines = line_features(COUNTRY)
    return {**lines, "features": [each for each in lines["features"] if each["properties"]["kind"] == DASHED.kind]}


def _belongs(code: str, line: Line) -> bool:
    in_sansha = line is DASHED and len(code) == len(SANSHA) and code[:4] == SANSHA[:4]
    return code == COUNTRY or code in line.codes or in_sansha


def _of(code: str, line: Line, whole: shapely.MultiLineString) -> shapely.MultiLineString:
    if line is not DASHED or code != TAIWAN:
        return whole
    within = main_extent(TAIWAN)
    box = shapely.box(within.west, within.south, within.east, within.north)
    return shapely.MultiLineString([part for part in whole.geoms if box.contains(part)])


def _decimals(code: str) -> int:
    return decimals_for(main_extent(code).longer) + 1


def _feature(line: Line, drawn: shapely.MultiLineString, decimals: int) -> dict[str, Any]:
    trimmed = shapely.remove_repeated_points(shapely.transform(drawn, lambda xy: xy.round(decimals)))
    about = {"name": line.name, "kind": line.kind}
    return {"type": "Feature", "properties": about, "geometry": mapping(trimmed)}
