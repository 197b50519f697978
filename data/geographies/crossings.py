"""How often borders cross: counted before they are mended or compared, for that work grows with the square of it.

Five hundred points at random cross fifty thousand times, and the library mends them for two minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

CROWDED = 60
"""Boxes of other segments that the box of one meets on the average. On a map it is a few, in a crafted tangle hundreds."""
_FEW = 2_000
_SAMPLE = 400
_AT_ONCE = 1_000
_MOST_PAIRS = 4_000_000

Segments = NDArray[np.float64]
Numbers = NDArray[np.int64]


def crossings(geometries: Sequence[BaseGeometry], most: int, *, touching: bool = False) -> int:
    """How many pairs of border segments cross, counted no further than just beyond ``most``.

    With ``touching`` those count, too, that only touch or lie upon each other, but for the neighbours on one ring.
    """
    segments, rings = _segments(geometries)
    if len(segments) < 2:
        return 0
    tree, found = shapely.STRtree(shapely.linestrings(segments)), 0
    if _crowded(tree):
        return most + 1
    for first, second in _boxes_that_meet(tree, np.arange(len(segments)), _AT_ONCE):
        met = _met(segments, first, second, touching)
        if touching:
            met &= ~_neighbours(rings, first, second)
        found += int(np.count_nonzero(met & (first < second)))
        if found > most:
            return most + 1
    return found


def crowded(geometries: Sequence[BaseGeometry]) -> bool:
    """Whether the borders are a tangle, crossing or not: even to ask whether they are valid would take too long."""
    if shapely.get_num_coordinates(list(geometries)).sum() < _FEW:
        return False
    segments, _ = _segments(geometries)
    return _crowded(shapely.STRtree(shapely.linestrings(segments)))


def _segments(geometries: Sequence[BaseGeometry]) -> tuple[Segments, Numbers]:
    """Each segment of each ring as two points, and the number of the ring it is of."""
    rings = shapely.get_rings(shapely.get_parts(list(geometries)))
    points, of = shapely.get_coordinates(rings, return_index=True)
    same = of[1:] == of[:-1]
    return np.stack((points[:-1], points[1:]), axis=1)[same], of[1:][same]


def _chunk(tree: shapely.STRtree) -> int:
    """Segments that may be looked up at once when each meets all others."""
    return max(1, _MOST_PAIRS // len(tree))


def _crowded(tree: shapely.STRtree) -> bool:
    """Whether the borders are a tangle, by a sample of their segments."""
    sample = np.random.default_rng(len(tree)).permutation(len(tree))[:_SAMPLE]
    met = 0
    for first, _ in _boxes_that_meet(tree, sample, _chunk(tree)):
        met += len(first)
        if met > CROWDED * len(sample):
            return True
    return False


def _boxes_that_meet(tree: shapely.STRtree, asked: Numbers, chunk: int) -> Iterator[tuple[Numbers, Numbers]]:
    for start, end in pairwise([*range(0, len(asked), chunk), len(asked)]):
        first, second = tree.query(tree.geometries[asked[start:end]])
        yield asked[start:end][first], second


def _met(segments: Segments, first: Numbers, second: Numbers, touching: bool) -> NDArray[np.bool_]:
    (a, b), (c, d) = segments[first].transpose(1, 0, 2), segments[second].transpose(1, 0, 2)
    here, there = _side(a, b, c) * _side(a, b, d), _side(c, d, a) * _side(c, d, b)
    met: NDArray[np.bool_] = (here <= 0) & (there <= 0) if touching else (here < 0) & (there < 0)
    return met


def _side(start: Segments, end: Segments, point: Segments) -> Segments:
    """On which side of a line a point lies: -1, 0 or 1."""
    (x, y), (u, v) = (end - start).T, (point - start).T
    side: Segments = np.sign(x * v - y * u)
    return side


def _neighbours(rings: Numbers, first: Numbers, second: Numbers) -> NDArray[np.bool_]:
    """Whether two segments follow each other on one ring, whose last is followed by its first."""
    begins = np.searchsorted(rings, rings[first], "left")
    ends = np.searchsorted(rings, rings[first], "right")
    apart = np.abs(first - second)
    near: NDArray[np.bool_] = (rings[first] == rings[second]) & ((apart == 1) | (apart == ends - begins - 1))
    return near
