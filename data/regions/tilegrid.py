"""A schematic alternative to the map: one square cell a place, north up, no boundaries. Not a map.

Towns of Guangdong come from ``town_tilegrid_gd.csv`` where it holds the whole county; everything else is laid out from
label points (towns: their coordinates) so that the places move as little as possible.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from data.regions.places import Place, read_csv, towns
from data.regions.shapes import Depth, outlines, units

Cell = tuple[int, int]
SLACK = 1.25  # cells for each place: room to keep their shape


@lru_cache(maxsize=256)
def tiles(code: str, depth: Depth | None = None) -> Mapping[str, Cell]:
    """Code → (column from the west, row from the north) of the places under ``code``, no two in one cell.

    A county, or a city without counties, has its official towns; every other place those of ``outlines(code, depth)``.
    Towns whose position is unknown have a cell too: see ``tiles_of_unknown_position``. Empty for a place without
    parts. Raises UnknownPlaceError, NoShapesError (not for towns).
    """
    below = towns(code)
    return MappingProxyType(_towns(code, below) if below else _areas(code, depth))


def tiles_of_unknown_position(code: str) -> frozenset[str]:
    """The towns under ``code`` whose cell says nothing of where they are: show them as 位置未知."""
    below = towns(code)
    known = _from_file(code, below)
    if known is not None:
        return frozenset(each.code for each in below if known[each.code][1])
    return frozenset(each.code for each in below if not each.located)


def _towns(code: str, below: tuple[Place, ...]) -> dict[str, Cell]:
    known = _from_file(code, below)
    if known is not None:
        return {each.code: known[each.code][0] for each in below}
    points = {each.code: (each.lon, each.lat) for each in below if each.lon is not None and each.lat is not None}
    placed = laid_out(points)
    first = max((row for _, row in placed.values()), default=-1) + 1
    width = max(max((column for column, _ in placed.values()), default=-1) + 1, math.isqrt(len(below)))
    rest = [each.code for each in below if each.code not in placed]
    return placed | {each: (number % width, first + number // width) for number, each in enumerate(rest)}


def _areas(code: str, depth: Depth | None) -> dict[str, Cell]:
    if [each.code for each in units(code, depth)] == [code]:
        return {}
    features = outlines(code, depth)["features"]
    return laid_out({each["properties"]["code"]: tuple(each["properties"]["label"]) for each in features})


def _from_file(code: str, below: Sequence[Place]) -> dict[str, tuple[Cell, bool]] | None:
    """Town → its cell and whether its position is unknown; None where the file lacks any official town of ``code``."""
    found = _file().get(code, {})
    return found if below and all(each.code in found for each in below) else None


@cache
def _file() -> dict[str, dict[str, tuple[Cell, bool]]]:
    found: dict[str, dict[str, tuple[Cell, bool]]] = defaultdict(dict)
    for row in read_csv("town_tilegrid_gd.csv"):
        found[row["parent"]][row["code"]] = ((int(row["col"]), int(row["row"])), row["position_unknown"] == "1")
    return found


def laid_out(points: Mapping[str, tuple[float, float]]) -> dict[str, Cell]:
    """A cell for each [lon, lat]: of all ways, the one with the least sum of squared moves; always the same one."""
    if not points:
        return {}
    points = dict(sorted(points.items()))  # ties fall alike, in whatever order the places came
    at = _evened(np.array([points[code] for code in points], dtype=float))
    columns, rows = _size(len(points), np.ptp(at, axis=0))
    cells = np.array([(column, row) for row in range(rows) for column in range(columns)], dtype=float)
    low, span = at.min(axis=0), np.maximum(np.ptp(at, axis=0), 1e-9)
    wished = (at - low) / span * [columns - 1, rows - 1]
    cost = ((wished[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    chosen = cells[assigned(cost)].astype(int)
    chosen -= chosen.min(axis=0)
    return {code: (int(column), int(row)) for code, (column, row) in zip(points, chosen, strict=True)}


def _evened(points: Any) -> Any:
    """Points in equal units, y southward, drawn halfway to even spacing: towns crowd around a county's seat."""
    flat = np.column_stack([points[:, 0] * math.cos(math.radians(points[:, 1].mean())), -points[:, 1]])
    ranks = flat.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(flat) - 1, 1)
    return (flat + flat.min(axis=0) + ranks * np.ptp(flat, axis=0)) / 2


def _size(count: int, span: Any) -> Cell:
    """Columns and rows of the shape of ``span`` that hold ``count`` places with some room."""
    ratio = min(max(max(span[0], 1e-9) / max(span[1], 1e-9), 1 / 3), 3)
    columns = max(1, round(math.sqrt(count * SLACK * ratio)))
    return columns, math.ceil(max(count * SLACK, columns) / columns)


def assigned(cost: Any) -> Any:
    """For each row the column of the cheapest assignment (Hungarian method; no more rows than columns)."""
    rows, columns = cost.shape
    by_row, by_column = np.zeros(rows + 1), np.zeros(columns + 1)
    holder, came = np.zeros(columns + 1, dtype=int), np.zeros(columns + 1, dtype=int)  # 0: nobody
    for row in range(1, rows + 1):
        holder[0], column = row, 0
        least, seen = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=bool)
        while holder[column]:
            seen[column] = True
            left = np.append(np.inf, cost[holder[column] - 1]) - by_row[holder[column]] - by_column
            better = ~seen & (left < least)
            least[better], came[better] = left[better], column
            following = int(np.where(seen, np.inf, least).argmin())
            step = least[following]
            by_row[holder[seen]] += step
            by_column[seen] -= step
            least[~seen] -= step
            column = following
        while column:
            holder[column] = holder[came[column]]
            column = came[column]
    found = np.zeros(rows, dtype=int)
    for column in range(1, columns + 1):
        if holder[column]:
            found[holder[column] - 1] = column - 1
    return found
