"""Does what was read lie where it should? Compared with the built-in outline; hints are only said, never acted upon."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.geographies.crs import CRS_NAMES, SHORT, Crs, to_wgs84
from data.geographies.problems import told
from data.regions import COUNTRY, NoShapesError, outline, outlines, place
from data.sheets.problems import Problem

KILOMETRES = 111.2  # one degree of latitude
NEAR = 5.0  # kilometres: the built-in outline is simplified, and a wrong CRS moves by less
BESIDE = 2.0  # kilometres a town may lie outside before it is worth a look
FAR = 50.0  # kilometres at which a town's coordinate cannot be right
_ALIKE = 0.8  # of both areas in common: enough to compare the borders
_CLEARLY = 0.6
SLIGHT = 0.1  # kilometres between two borders that are not worth a word


def ground(scope: str) -> BaseGeometry | None:
    """The built-in outline of a place, or None where there is none."""
    try:
        return shapely.make_valid(shape(outline(scope)["features"][0]["geometry"]))
    except NoShapesError:
        return None


def outlines_of(scope: str) -> dict[str, BaseGeometry]:
    """The built-in outline of each part of a place; none of towns."""
    try:
        features = outlines(scope)["features"]
    except NoShapesError:
        return {}
    return {each["properties"]["code"]: shapely.make_valid(shape(each["geometry"])) for each in features}


def common(drawn: BaseGeometry, usual: BaseGeometry) -> float:
    """The ground in common as a share (0 to 1) of the larger of two areas."""
    larger = max(drawn.area, usual.area)
    return float(shapely.intersection(shapely.make_valid(drawn), usual).area / larger) if larger else 0.0


def drawn_of(codes: set[str], scope: str) -> BaseGeometry | None:
    """The built-in outlines of these parts of a place, as one; None where one of them has none (towns)."""
    try:
        features = outlines(scope)["features"]
    except NoShapesError:
        return None
    found = {each["properties"]["code"]: shape(each["geometry"]) for each in features}
    wanted = [found[code] for code in codes if code in found]
    return shapely.union_all(shapely.make_valid(wanted)) if len(wanted) == len(codes) else None


def away(geometry: BaseGeometry, home: BaseGeometry) -> float:
    """Kilometres between two geometries in degrees; 0 where they touch."""
    squeeze = math.cos(math.radians(home.centroid.y))
    return float(shapely.distance(_squeezed(geometry, squeeze), _squeezed(home, squeeze))) * KILOMETRES


def _squeezed(geometry: BaseGeometry, by: float) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: points * [by, 1.0])


def turned(geometry: BaseGeometry, crs: Crs, swapped: bool = False) -> BaseGeometry:
    """The geometry in WGS-84; with ``swapped`` latitude stood first."""
    return shapely.transform(geometry, lambda points: to_wgs84(points[:, ::-1] if swapped else points, crs))


def lies_in(geometry: BaseGeometry) -> str:
    """Where it lies, in words: 广西壮族自治区南宁市青秀区, or 国界以外或海上（经度2.35，纬度48.86）."""
    middle, names, code = geometry.representative_point(), "", COUNTRY
    for _ in range(3):
        inside = next((part for part, drawn in outlines_of(code).items() if drawn.covers(middle)), None)
        if inside is None:
            break
        code, names = inside, names + place(inside).name
    return names or f"国界以外或海上（经度{middle.x:.2f}，纬度{middle.y:.2f}）"


def no_degrees(rows: list[tuple[str, str, BaseGeometry]], swapped: bool) -> list[Problem]:
    """Whether the coordinates are 经纬度 of China at all: (where, name, geometry) of each row. Said once, for the whole file."""
    problems = []
    for at, name, geometry in rows:
        points = shapely.get_coordinates(geometry)
        x, y = (points[:, ::-1] if swapped else points).T
        shown = ", ".join(f"{value:.10g}" for value in points[0])
        if np.abs(points).max() > 1000:
            return [told("projected", cell=at, value=shown)]
        if ((x >= 3) & (x <= 54) & (y >= 73) & (y <= 136)).all() and not swapped:
            return [told("swapped", cell=at, value=shown)]
        outside = (np.abs(x) > 180) | (np.abs(y) > 90)
        if outside.any():
            first = ", ".join(f"{value:.10g}" for value in points[outside][0])
            problems.append(told("beyond", cell=at, name=name, count=int(outside.sum()), value=first))
    return problems


def looks_like(raw: BaseGeometry, home: BaseGeometry, declared: Crs) -> Iterator[Problem]:
    """Whether another coordinate system fits the built-in outline clearly better, where nearly all of it is drawn.

    ``raw`` is what was read, all together, in the file's own coordinates. The measure is the strip between the two
    borders: its area over the border's length is about half of the shift.
    """
    ours = _strip(turned(raw, declared), home)
    if ours is None or ours <= SLIGHT:
        return
    widths = {crs: ours if crs == declared else _strip(turned(raw, crs), home) for crs in CRS_NAMES}
    strips = {crs: width for crs, width in widths.items() if width is not None}
    best = min(strips, key=lambda crs: strips[crs])
    if strips[best] < _CLEARLY * strips[declared]:
        metres = {crs: max(10, round(strip * 1000, -1)) for crs, strip in strips.items()}
        yield told("looks-like", other=SHORT[best], metres=f"{metres[declared]:.0f}", less=f"{metres[best]:.0f}")


def _strip(drawn: BaseGeometry, home: BaseGeometry) -> float | None:
    """The mean width in kilometres of what lies between two borders; None where they are not of the same area at all."""
    drawn = shapely.make_valid(drawn)
    common = shapely.intersection(drawn, home).area
    apart = drawn.area + home.area - 2 * common
    if common < _ALIKE * max(drawn.area, home.area) or not home.length:
        return None
    return apart / home.length * KILOMETRES * math.pi / 2
