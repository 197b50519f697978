"""Who borders on whom, from the unsimplified polygons: places that share a piece of border, not a mere point.

Neighbours share their borders point by point in the source, so two places are neighbours when one of their edges is
the same. Across narrow water nobody is a neighbour unless the source draws the border in the water (as in the 珠江
delta: 江门市 borders on 珠海市); 南澳县, 金门县 and other island counties have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import shapely

from data.regions.outline_cache import kept
from data.regions.places import COUNTRY, children, place
from data.regions.polygons import polygons

FILE = "neighbours.json"


def neighbours(code: str, within: Iterable[str]) -> tuple[str, ...]:
    """Those of ``within`` that share a border with ``code``, in 行政区划 order.

    Codes may be of any level and province and mixed (东莞市 beside counties); a place that holds ``code`` or lies in
    it is not its neighbour. Towns have no polygons and so no neighbours. Symmetric. Raises UnknownPlaceError,
    NoShapesError (the package is absent).
    """
    own = _leaves(code)
    beside = set().union(*(_borders().get(leaf, ()) for leaf in own)) - own
    return tuple(sorted({each for each in within if not _leaves(each) & own and _leaves(each) & beside}))


@cache
def _leaves(code: str) -> frozenset[str]:
    """The places of the county file that make up ``code``: its counties, or itself where it has none."""
    here = place(code)
    if here.level == "town":
        return frozenset()
    below = [each for each in children(code) if each.level != "town"]
    return frozenset().union(*(_leaves(each.code) for each in below)) if below else frozenset({code})


@cache
def _borders() -> dict[str, list[str]]:
    return kept(FILE, lambda found: len(found) > 0 and all(found[there] for there in found), _found)


def _found() -> dict[str, list[str]]:
    """Code → codes over all counties of the country: 8,000 pairs, a second, once."""
    every: dict[str, shapely.MultiPolygon] = {}
    for province in children(COUNTRY):
        every |= polygons(province.code, "county")
    codes, pairs = list(every), shared_edges(list(every.values()))
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pairs):
        found[codes[one]].append(codes[other])
        found[codes[other]].append(codes[one])
    return {code: sorted(beside) for code, beside in found.items()}


def shared_edges(shapes: list[shapely.MultiPolygon]) -> set[tuple[int, int]]:
    """Pairs of positions (smaller first) of shapes with an edge, end points in either order, in common."""
    parts, part_of = shapely.get_parts(shapes, return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    xy, in_ring = shapely.get_coordinates(rings, return_index=True)
    along = in_ring[1:] == in_ring[:-1]
    edges = _from_west(xy[:-1][along], xy[1:][along])
    owner = part_of[ring_of[in_ring[:-1][along]]]
    order = np.lexsort(edges.T)
    edges, owner = edges[order], owner[order]
    same = (edges[1:] == edges[:-1]).all(axis=1) & (owner[1:] != owner[:-1])
    return {(min(a, b), max(a, b)) for a, b in zip(owner[:-1][same].tolist(), owner[1:][same].tolist(), strict=True)}


def _from_west(start: Any, end: Any) -> Any:
    """Each edge as (x, y, x, y) from its western, then southern, end."""
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    return np.where(turned[:, None], np.hstack([end, start]), np.hstack([start, end]))
