"""How far a map reaches, in degrees: the country and 海南省 above their inset 南海诸岛, every other place whole.

《公开地图内容表示规范》 asks that 南海诸岛 be shown with the country and with 海南省, in the map or as an inset (附图), that
the main map then reach the south end of 海南岛, and that the inset reach 马尼拉, 河内, 曾母暗沙 and the mainland. Beside
that, the inset here holds the whole 南海断续线, so that none of it is cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import shapely

from data.regions.lines import DASHED, HAINAN, SANSHA, TAIWAN, named_lines
from data.regions.places import COUNTRY, place
from data.regions.polygons import polygon, polygons

SOUTH_END = 18.0  # between 海南岛 (18.16°N) and 西沙群岛


@dataclass(frozen=True, slots=True)
class Extent:
    """A box in degrees (CGCS2000, close to WGS-84)."""

    west: float
    south: float
    east: float
    north: float

    @property
    def longer(self) -> float:
        """The longer side in degrees."""
        return max(self.east - self.west, self.north - self.south)

    def holds(self, other: Extent) -> bool:
        """Whether ``other`` lies wholly within."""
        return (
            self.west <= other.west
            and self.south <= other.south
            and self.east >= other.east
            and self.north >= other.north
        )

    def with_(self, other: Extent) -> Extent:
        """The smallest box around both."""
        return Extent(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


SOUTH_SEA = Extent(105.5, 2.8, 123.2, 25.0)
ROUND_TAIWAN = Extent(119.3, 20.7, 124.7, 26.5)  # with the two pieces of the line that pass it, and 赤尾屿


@lru_cache(maxsize=512)
def main_extent(code: str) -> Extent:
    """What the main map of ``code`` is fitted to: all of the place, or what lies above its inset.

    全国: without the islands south of 海南岛; 台湾岛, 钓鱼岛 and 赤尾屿 are in it. 海南省: 海南岛. Both need the inset (see
    ``inset``). 三沙市 and its districts: all of 南海诸岛, with the line. 东沙群岛 belong to 陆丰市: 广东省 holds them
    anyhow, and the maps of 汕尾市 and 陆丰市 reach out to them. Raises UnknownPlaceError, NoShapesError (towns).
    """
    if code == COUNTRY:
        return _round([part for each in polygons(code, "province").values() for part in _above(each)])
    if code == HAINAN:
        return _round([*(each for city, each in polygons(code, "city").items() if city != SANSHA), *_at_sea(code)])
    if code[:4] == SANSHA[:4] and len(code) == len(SANSHA):
        place(code)
        return SOUTH_SEA
    whole = _round([polygon(place(code)), *_at_sea(code)])
    return whole.with_(ROUND_TAIWAN) if code == TAIWAN else whole


def inset(code: str) -> Extent | None:
    """What the inset 南海诸岛 of a map of ``code`` must show, or None where the map needs none."""
    return SOUTH_SEA if code in (COUNTRY, HAINAN) else None


def _at_sea(code: str) -> list[shapely.MultiLineString]:
    """The borders of a province that run through water, so that none is cut."""
    return [drawn for line, drawn in named_lines() if code in line.codes and line is not DASHED]


def _above(whole: shapely.MultiPolygon) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(whole) if part.bounds[3] > SOUTH_END]


def _round(shapes: list[shapely.Geometry]) -> Extent:
    return Extent(*(float(side) for side in shapely.total_bounds(shapes)))
