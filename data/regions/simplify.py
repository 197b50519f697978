"""Polygons made light enough to draw: borders simplified alike on both sides, coordinates rounded alike, islands kept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

DETAILS = (1200, 1000, 850, 700, 600, 500, 400, 300)  # the extent is drawn on at most the first as many pixels
GRID = 5  # a pixel of the finest detail is split at least into so many steps of the rounding
FINEST = 7  # decimals of a degree beyond which nothing is gained: a centimetre

Shapes = Sequence[shapely.MultiPolygon]


def light(shapes: Shapes, extent: float, budget: int) -> tuple[list[shapely.MultiPolygon], int]:
    """``shapes`` of one level, simplified, rounded, wound; and how many decimals of a degree they keep (mostly).

    ``extent`` is the longer side of the picture in degrees; ``budget`` the bytes that all coordinates as JSON should
    take: the finest of DETAILS that keeps within it is chosen, the coarsest where none does. No part is lost: what is
    too small for the rounding keeps more decimals. Exterior rings run clockwise: d3 (and Plotly) fill the rest of the
    globe otherwise, deck.gl takes either.
    """
    decimals = decimals_for(extent)
    for detail in DETAILS:
        simpler = shapely.coverage_simplify(shapes, extent / detail)
        if shapely.get_num_coordinates(simpler).sum() * (11 + 2 * decimals) <= budget:
            break
    return list(shapely.orient_polygons(_whole(_rounded(simpler, decimals)), exterior_cw=True)), decimals


def decimals_for(extent: float) -> int:
    """Decimals of a degree that are finer than a pixel of a picture of ``extent`` degrees."""
    return max(0, math.ceil(math.log10(GRID * DETAILS[0] / extent)))


def _whole(shapes: Sequence[Any]) -> list[shapely.MultiPolygon]:
    return [shapely.MultiPolygon(list(shapely.get_parts(each))) for each in shapes]


def _rounded(shapes: Shapes, decimals: int) -> Sequence[Any]:
    """Round each vertex alike wherever it stands, so that neighbours still share it; finer where a shape would break.

    Rounding each polygon on its own (shapely.set_precision) would bend one side of a border and not the other.
    """
    before, owner = shapely.get_parts(shapes, return_index=True)
    flawed = ~shapely.is_empty(shapely.coverage_invalid_edges(before))  # the source's own flaw is not ours to chase
    xy, part = shapely.get_coordinates(before, return_index=True)
    vertices, at = np.unique(xy, axis=0, return_inverse=True)
    kept = np.full(len(vertices), decimals)
    while True:
        step = 10.0 ** kept[:, None]
        after = shapely.set_coordinates(before.copy(), (np.round(vertices * step) / step)[at])
        finer = at[_broken(after, owner, flawed)[part]]
        if not len(finer) or kept[finer].min() >= FINEST:
            return shapely.multipolygons(shapely.remove_repeated_points(after), indices=owner)
        kept[np.unique(finer)] = np.minimum(kept[np.unique(finer)] + 1, FINEST)


def _broken(parts: Any, owner: Any, flawed: Any) -> Any:
    """Which parts no longer hold: they cross themselves, have vanished, or lie over or along what they did not."""
    valid = shapely.is_valid(parts)
    if not valid.all():
        return ~valid
    lying = ~shapely.is_empty(shapely.coverage_invalid_edges(parts)) & ~flawed
    return lying | _islands_ashore(parts, owner)


def _islands_ashore(parts: Any, owner: Any) -> Any:
    """The islands of places that the rounding made touch the place's own coast along a line."""
    whole = ~shapely.is_valid(shapely.multipolygons(parts, indices=owner))
    largest = np.zeros(len(whole))
    np.maximum.at(largest, owner, shapely.area(parts))
    return whole[owner] & (shapely.area(parts) < largest[owner])
