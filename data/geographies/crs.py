"""Coordinates of Chinese web maps → WGS-84: GCJ-02 (高德、腾讯) and BD-09 (百度), which move every point some hundred metres.

The forward transform is the one published as eviltransform and coordtransform: sums of sines on the Krasovsky ellipsoid.
It has no closed inverse; ``to_wgs84`` takes the point whose forward image is the given one, by iteration. CGCS2000 and
WGS-84 differ by centimetres and are taken as one. Everything works on arrays (…, 2) of [lon, lat] in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Crs = Literal["wgs84", "gcj02", "bd09"]
CRS_NAMES: dict[Crs, str] = {
    "wgs84": "WGS-84、CGCS2000（天地图、GPS，不转换）",
    "gcj02": "GCJ-02（高德、腾讯）",
    "bd09": "BD-09（百度）",
}
SHORT: dict[Crs, str] = {"wgs84": "WGS-84／CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}

Points = NDArray[np.float64]

_AXIS = 6378245.0  # metres: Krasovsky 1940, semi-major axis
_SQUARED = 0.00669342162296594323  # its eccentricity, squared
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271  # outside this box nothing is moved
_BAIDU = math.pi * 3000 / 180
_EXACT = 1e-9  # degrees, about 0.1 mm; the task's limit is 1e-6
_ROUNDS = 30  # each round takes the error down about a thousandfold


def to_wgs84(points: Points, crs: Crs) -> Points:
    """The points in WGS-84, to better than 1e-6 degrees; those outside China's box as they came (``gcj02``)."""
    if crs == "wgs84":
        return np.array(points, dtype=float)
    mars = points if crs == "gcj02" else bd09_to_gcj02(points)
    return _inverse(wgs84_to_gcj02, mars, mars)


def wgs84_to_gcj02(points: Points) -> Points:
    """The published forward transform; points outside the box around China are not moved."""
    lon, lat = points[..., 0], points[..., 1]
    moved = points + _offset(points)
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return np.where(inside[..., None], moved, points)


def gcj02_to_bd09(points: Points) -> Points:
    """Baidu's own turn upon GCJ-02, as published."""
    x, y = points[..., 0], points[..., 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return np.stack((radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006), axis=-1)


def bd09_to_gcj02(points: Points) -> Points:
    """The inverse of ``gcj02_to_bd09``: the published formula, then iterated until the forward one agrees."""
    x, y = points[..., 0] - 0.0065, points[..., 1] - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BAIDU)
    return _inverse(gcj02_to_bd09, points, np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=-1))


def _inverse(forward: Callable[[Points], Points], points: Points, first: Points) -> Points:
    """What ``forward`` turns into ``points``, from a ``first`` guess on."""
    found = np.array(first, dtype=float)
    for _ in range(_ROUNDS):
        miss = forward(found) - points
        found = found - miss
        if not miss.size or np.abs(miss).max() < _EXACT:
            break
    return found


def _offset(points: Points) -> Points:
    """How far GCJ-02 lies from WGS-84, in degrees."""
    lon, lat = points[..., 0], points[..., 1]
    x, y, turn = lon - 105.0, lat - 35.0, np.radians(lat)
    both = (20 * np.sin(6 * x * math.pi) + 20 * np.sin(2 * x * math.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + both + _waves(x, 20, 40, 150, 300)
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + both + _waves(y, 20, 40, 160, 320)
    )
    bend = 1 - _SQUARED * np.sin(turn) ** 2
    meridian = _AXIS * (1 - _SQUARED) / (bend * np.sqrt(bend))  # metres of one radian northward
    parallel = _AXIS / np.sqrt(bend) * np.cos(turn)
    return np.stack((np.degrees(east / parallel), np.degrees(north / meridian)), axis=-1)


def _waves(at: Points, first: float, second: float, third: float, fourth: float) -> Points:
    """Four waves of growing length; the lengths (1, 3, 12, 30 half-degrees) are the same for both axes."""
    short = first * np.sin(at * math.pi) + second * np.sin(at / 3 * math.pi)
    return (short + third * np.sin(at / 12 * math.pi) + fourth * np.sin(at / 30 * math.pi)) * 2 / 3
