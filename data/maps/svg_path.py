"""Shapes as SVG path text: short, in the frame's pixels, and made once for each view.

A path is written in whole tenths of a pixel, each point by its distance from the one before; points that fall upon the
last are left out, and so both sides of a border leave out the same. An island too small to be seen is kept as a dot.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from data.maps.view import Frame, View, pixel

Geometry = Mapping[str, Any]

UNSEEN = 0.3  # pixels: a ring smaller than this would vanish
DOT = 12  # tenths of a pixel: the side of the square that stands for it
BEYOND = 0.5  # of the frame's size: what lies farther outside is not written
ROOM = 8192  # paths that are kept
CLOSED = {"Polygon", "MultiPolygon"}
DEPTH = {"LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}

_kept: OrderedDict[tuple[int, View, Frame], tuple[Geometry, str]] = OrderedDict()
_lock = threading.Lock()


def path(geometry: Geometry, view: View, frame: Frame) -> str:
    """The ``d`` of a GeoJSON (Multi)Polygon, (Multi)LineString or GeometryCollection; empty where nothing is near the frame.

    Points are no paths and give nothing. The same geometry object under the same view is answered from memory: give the
    objects that were given before, and do not change them.
    """
    key = (id(geometry), view, frame)
    with _lock:
        found = _kept.get(key)
        if found is not None and found[0] is geometry:
            _kept.move_to_end(key)
            return found[1]
    written = _path(geometry, view, frame)
    with _lock:
        _kept[key] = (geometry, written)  # the geometry is held, so that its id is nobody else's
        while len(_kept) > ROOM:
            _kept.popitem(last=False)
    return written


def _path(geometry: Geometry, view: View, frame: Frame) -> str:
    if geometry["type"] == "GeometryCollection":
        return "".join(_path(each, view, frame) for each in geometry["geometries"])
    closed = geometry["type"] in CLOSED
    lines = _lines(geometry.get("coordinates") or (), DEPTH.get(geometry["type"], 0))
    drawn = (_line(line, closed, view, frame) for line in lines)
    return "".join(dict.fromkeys(each for each in drawn if each))  # dots upon one another are one


def _lines(coordinates: Sequence[Any], depth: int) -> list[Sequence[Any]]:
    if depth == 0:
        return []
    return [coordinates] if depth == 1 else [line for part in coordinates for line in _lines(part, depth - 1)]


def _line(line: Sequence[Sequence[float]], closed: bool, view: View, frame: Frame) -> str:
    if len(line) < 2:
        return ""
    at = _pixels(line, view, frame)
    low, high = at.min(axis=0), at.max(axis=0)
    size = np.array([frame.width, frame.height])
    if (high < -BEYOND * size).any() or (low > (1 + BEYOND) * size).any():
        return ""
    if closed and (high - low).max() < UNSEEN:
        x, y = ((low + high) * 5).round().astype(int) - DOT // 2
        return f"M{_tenths(x)} {_tenths(y)}h{_tenths(DOT)}v{_tenths(DOT)}h-{_tenths(DOT)}z"
    return _written((at * 10).round().astype(int), closed)


def _pixels(line: Sequence[Sequence[float]], view: View, frame: Frame) -> np.ndarray:
    """All of a line's points at once: what ``view.pixel`` says of each."""
    degrees = np.array([point[:2] for point in line], dtype=float)
    origin = np.array(pixel(0, 0, view, frame))
    per_turn = np.array(pixel(360, 0, view, frame)) - origin
    northing = np.arcsinh(np.tan(np.radians(degrees[:, 1]))) / (2 * np.pi)
    return np.column_stack([origin[0] + degrees[:, 0] / 360 * per_turn[0], origin[1] - northing * per_turn[0]])


def _written(at: np.ndarray, closed: bool) -> str:
    steps = np.diff(at, axis=0)
    steps = steps[steps.any(axis=1)]
    if closed and len(steps):
        steps = steps[:-1]  # z leads back to the beginning
    first = f"M{_tenths(at[0][0])} {_tenths(at[0][1])}"
    rest = "".join(
        f"{_tenths(x)}{_next(y)}" if at == 0 else f"{_next(x)}{_next(y)}" for at, (x, y) in enumerate(steps.tolist())
    )
    return f"{first}{'l' if rest else ''}{rest}{'z' if closed else ''}"


def _next(tenths: int) -> str:
    """A number after another: a minus parts it from the last as well as a blank."""
    return _tenths(tenths) if tenths < 0 else f" {_tenths(tenths)}"


def _tenths(tenths: int) -> str:
    """Tenths as a decimal, as short as SVG allows: 5 → ``.5``, -30 → ``-3``."""
    whole, part = divmod(abs(int(tenths)), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole or ''}.{part}" if part else f"{sign}{whole}"
