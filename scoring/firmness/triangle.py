"""The weightings of three parts as a triangle (权重三角形), cut by a unit's lines into the regions of its grades, exactly.

A point is three weights that sum to 1 (barycentric). A score is a straight line in them, so that every region is a convex
polygon, cut out half-plane by half-plane (Sutherland & Hodgman 1974) in fractions. Areas are parts of the whole triangle,
and equal the shares of ``share_of_weightings``, which comes to them by another way. Two weights make a line instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from scoring.firmness.form import Form
from scoring.firmness.grade import DELTA
from scoring.firmness.weightings import Numbers

ZERO, ONE = Fraction(0), Fraction(1)
Point = tuple[Fraction, ...]
"""Weights that sum to 1: three in a triangle, two on a line."""
Polygon = tuple[Point, ...]
"""Corners in order; two ends on a line. Empty: nothing."""
CORNERS: dict[int, Polygon] = {
    2: ((ONE, ZERO), (ZERO, ONE)),
    3: ((ONE, ZERO, ZERO), (ZERO, ONE, ZERO), (ZERO, ZERO, ONE)),
}
"""All weightings of two parts and of three."""


@dataclass(frozen=True)
class Region:
    """The weightings that end in one grade: a convex polygon, and which part of all weightings it is."""

    grade: str
    polygon: Polygon
    share: Fraction


def regions(line: Form, within: Polygon | None = None) -> tuple[Region, ...]:
    """What the weightings of two or three parts end in, best grade first; grades that none gives are left out.

    ``within``: only the weightings in this polygon, by default all. Neighbouring bands that end in one grade are one
    region. On the line between two regions the better grade holds. Raises KeyError for other numbers of weights.
    """
    whole = within or CORNERS[len(line.values)]
    found = []
    for grade, high, low in _bands(line):
        inside = between(whole, line.values, low, high)
        if inside and not _belongs_above(inside, line.values, high):
            found.append(Region(grade, inside, share_of(inside)))
    return tuple(found)


def _bands(line: Form) -> list[tuple[str, Fraction | None, Fraction | None]]:
    """(grade, line above, line below) of each stretch of means that ends in one grade, best first."""
    ends = [None, *line.lines, None]
    bands = [(grade, high, low) for grade, (high, low) in zip(line.finals, pairwise(ends), strict=True)]
    runs = [list(run) for _, run in groupby(bands, key=lambda band: band[0])]
    return [(run[0][0], run[0][1], run[-1][2]) for run in runs]


def _belongs_above(polygon: Polygon, values: Numbers, high: Fraction | None) -> bool:
    """Whether all of it lies on its upper line, which is the better grade's."""
    return high is not None and all(at(values, point) == high for point in polygon)


def at(coefficients: Numbers, point: Point) -> Fraction:
    """Σ coefficient × weight."""
    return sum((c * w for c, w in zip(coefficients, point, strict=True)), ZERO)


def between(polygon: Polygon, values: Numbers, low: Fraction | None, high: Fraction | None) -> Polygon:
    """The part of a polygon in which the weighted mean of ``values`` is at least ``low`` and at most ``high``."""
    if low is not None:
        polygon = clip(polygon, lambda point: at(values, point) - low)
    if high is not None:
        polygon = clip(polygon, lambda point: high - at(values, point))
    return polygon


def clip(polygon: Polygon, height: Callable[[Point], Fraction]) -> Polygon:
    """The part of a convex polygon (or of a line) in which ``height``, a straight line in the weights, is not below 0."""
    if len(polygon) < 2:
        return tuple(point for point in polygon if height(point) >= 0)
    open_ended = len(polygon) == 2
    found: list[Point] = []
    for here, there in pairwise(polygon if open_ended else (*polygon, polygon[0])):
        a, b = height(here), height(there)
        if a >= 0:
            found.append(here)
        if a * b < 0:
            found.append(tuple(x + (y - x) * a / (a - b) for x, y in zip(here, there, strict=True)))
    if open_ended and height(polygon[-1]) >= 0:
        found.append(polygon[-1])
    return tuple(dict.fromkeys(found))


def share_of(polygon: Polygon) -> Fraction:
    """Which part of all weightings a polygon is: its area by that of the triangle, or its length by that of the line.

    In barycentric coordinates the area of a triangle is the determinant of its corners.
    """
    if len(polygon) < 2:
        return ZERO
    if len(polygon[0]) == 2:
        return abs(polygon[0][0] - polygon[-1][0])
    first, *rest = polygon
    return abs(sum((_determinant(first, b, c) for b, c in pairwise(rest)), ZERO))


def _determinant(a: Point, b: Point, c: Point) -> Fraction:
    return (
        a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    )


def near(weights: Numbers, delta: Fraction = DELTA) -> Polygon:
    """The weightings in which every weight is within ±``delta`` (a part of 1) of these, none below 0: a hexagon at most."""
    polygon = CORNERS[len(weights)]
    for k, weight in enumerate(weights):
        own = [Fraction(int(k == j)) for j in range(len(weights))]
        polygon = between(polygon, own, weight - delta, weight + delta)
    return polygon


def unchanged(lines: Iterable[Form]) -> Polygon:
    """The weightings under which every one of these units keeps its grade; on its edge some better grade may begin.

    The forms are of one level with two or three weights. Empty without any.
    """
    polygon: Polygon = ()
    for line in lines:
        polygon = polygon or CORNERS[len(line.values)]
        polygon = between(polygon, line.values, line.reach.low, line.reach.high)
    return polygon


def by_grade(found: Sequence[Region], whole: Fraction = ONE) -> dict[str, Fraction]:
    """Each grade's part of ``whole``; a grade may have more than one region."""
    shares: dict[str, Fraction] = {}
    for region in found:
        shares[region.grade] = shares.get(region.grade, ZERO) + region.share / whole
    return shares
