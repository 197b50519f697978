"""Rings → valid polygons: closed, without repeated points, uncrossed where that does not change the shape."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.geographies.crossings import crossings, crowded

PLACES = 5  # decimals of a degree: about one metre
SLIGHT = 1e-12  # square degrees: what rounding may make of nothing
CHANGED = 0.05  # a mend that changes the area by more is a guess at what was meant
MANY_POINTS = 20_000  # with more, the map would be slow
MOST_DRAWN = 60_000  # with more even when simplified: shreds that no map can show
MOST_CROSSED = 300  # of one border with itself: mending takes the square of it, here a twentieth of a second
MOST_MENDED = 3_000  # of a whole file
MOST_MERGED = 5_000  # of the parts of one place with each other
DETAIL = 2400  # the extent is drawn on fewer pixels than this

Ring = list[tuple[float, float]]


class BrokenError(Exception):
    """A geometry that cannot be used; ``code`` and ``values`` make the problem."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Mends(Counter[str]):
    """What was mended, and how often; what is limited for a whole file: the ``rings``, the crossings ``spent``."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = self.rings = 0

    def spend(self, geometries: list[BaseGeometry], most: int, *, touching: bool = False) -> None:
        """Count what is to be mended before it is. Raises BrokenError where it is beyond measure."""
        found = crossings(geometries, most, touching=touching)
        if found > most:
            raise BrokenError("tangled")
        self.spent += 1 + found
        if self.spent > MOST_MENDED:
            raise BrokenError("much-crossed", most=MOST_MENDED)


def polygon(rings: list[Ring], mends: Mends) -> BaseGeometry:
    """A valid polygon (or several) from an outer ring and its holes. Raises BrokenError."""
    mended = [_ring(ring, number, mends) for number, ring in enumerate(rings, 1)]
    drawn = Polygon(np.array(mended[0]), [np.array(hole) for hole in mended[1:]])
    if crowded([drawn]):
        raise BrokenError("tangled")
    if drawn.is_valid:
        return drawn
    mends.spend([drawn], MOST_CROSSED, touching=True)
    meant = abs(_area(mended[0])) - sum(abs(_area(hole)) for hole in mended[1:])
    return _uncrossed(drawn, meant, mends)


def united(polygons: list[BaseGeometry], mends: Mends) -> BaseGeometry:
    """All parts of one place as one geometry; parts that overlap are merged, and it is said."""
    parts = [part for each in polygons for part in areas(each)]
    whole = MultiPolygon(parts) if len(parts) > 1 else parts[0]
    if len(parts) > 1 and crowded(parts):
        raise BrokenError("tangled")
    if whole.is_valid:
        return whole
    mends.spend(parts, MOST_MERGED)
    mends["合并重叠或相接的部分"] += 1
    return _only_areas(shapely.union_all(parts))


def areas(geometry: BaseGeometry) -> list[Any]:
    """The polygons in a geometry, lines and points left out."""
    return [each for each in _flat(geometry) if each.geom_type == "Polygon" and not each.is_empty]


def _flat(geometry: BaseGeometry) -> list[Any]:
    inner = getattr(geometry, "geoms", None)
    return [geometry] if inner is None else [part for each in inner for part in _flat(each)]


def finished(geometries: list[BaseGeometry]) -> list[BaseGeometry]:
    """Valid in degrees, rounded, and where they are very detailed simplified with shared borders kept; empty stays empty.

    Raises BrokenError where even so they are too detailed for any map.
    """
    whole = [shapely.make_valid(each) for each in geometries]
    if sum(shapely.get_num_coordinates(each) for each in whole) > MANY_POINTS:
        whole = _simpler(whole)
    if (count := sum(shapely.get_num_coordinates(each) for each in whole)) > MOST_DRAWN:
        raise BrokenError("too-detailed", count=count, most=MOST_DRAWN)
    return [_only_areas(shapely.set_precision(each, 10**-PLACES)) for each in whole]


def written(geometry: BaseGeometry) -> dict[str, Any]:
    """GeoJSON with exterior rings clockwise: d3 fills the rest of the globe otherwise; deck.gl takes either."""
    drawn = shapely.orient_polygons(geometry, exterior_cw=True)
    parts = [[_coordinates(ring) for ring in (each.exterior, *each.interiors)] for each in areas(drawn)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _coordinates(ring: Any) -> list[list[float]]:
    return [[round(x, PLACES), round(y, PLACES)] for x, y in ring.coords]


def _simpler(whole: list[BaseGeometry]) -> list[BaseGeometry]:
    """Where a part would vanish, each keeps its own parts instead of the common border."""
    west, south, east, north = shapely.total_bounds(whole)
    tolerance = max(east - west, north - south) / DETAIL
    polygonal = [_only_areas(each) for each in whole]
    simpler = shapely.coverage_simplify(polygonal, tolerance)
    if [len(areas(each)) for each in simpler] == [len(areas(each)) for each in polygonal]:
        return [shapely.make_valid(each) for each in simpler]
    return [shapely.make_valid(shapely.simplify(each, tolerance)) for each in polygonal]


def _only_areas(geometry: BaseGeometry) -> BaseGeometry:
    parts = areas(geometry)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _ring(ring: Ring, number: int, mends: Mends) -> Ring:
    points = [point for at, point in enumerate(ring) if not at or point != ring[at - 1]]
    if len(points) < len(ring):
        mends["删去重复的点"] += len(ring) - len(points)
    if len(points) > 1 and points[0] != points[-1]:
        points.append(points[0])
        mends["闭合未闭合的环"] += 1
    if len(set(points)) < 3:
        raise BrokenError("short-ring", where=f"第{number}环", count=len(set(points)))
    if _on_a_line(points):
        raise BrokenError("on-a-line", where=f"第{number}环")
    return points


def _on_a_line(points: Ring) -> bool:
    """Whether all lie on one line: mostly the first few tell, where they nearly do the library decides."""
    (x, y), (u, v) = points[0], points[1]
    if any(abs((u - x) * (b - y) - (v - y) * (a - x)) > SLIGHT for a, b in points[2:]):
        return False
    return str(shapely.MultiPoint(points).convex_hull.geom_type) != "Polygon"


def _uncrossed(drawn: Polygon, meant: float, mends: Mends) -> BaseGeometry:
    """The valid shape of a polygon that crosses itself, if hardly anything changes: a figure of eight has two readings."""
    mended = _only_areas(shapely.make_valid(drawn))
    if mended.is_empty or abs(mended.area - meant) > CHANGED * mended.area:
        found = shapely.is_valid_reason(drawn).partition("[")[2].rstrip("]").replace(" ", ", ")
        raise BrokenError("self-crossing", value=found)
    mends["修复边线自相交"] += 1
    return mended


def _area(ring: Ring) -> float:
    """Signed area by the shoelace formula, about the ring's first point so that large coordinates lose nothing."""
    x, y = (np.array(ring) - ring[0]).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2
