"""Files as offices bring them, made by hand around 台山市 (112.8 E, 22.2 N)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def square(lon: float = 112.7, lat: float = 22.1, size: float = 0.1) -> list[list[float]]:
    """A closed ring, anticlockwise as GeoJSON asks."""
    east, north = round(lon + size, 6), round(lat + size, 6)
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]


def feature(name: Any, ring: Any = None, **about: Any) -> dict[str, Any]:
    return of(name, {"type": "Polygon", "coordinates": [square() if ring is None else ring]}, **about)


def of(name: Any, geometry: Any, **about: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"名称": name, **about}, "geometry": geometry}


def collection(*features: Any, **more: Any) -> bytes:
    said = {"type": "FeatureCollection", **more, "features": list(features)}
    return json.dumps(said, ensure_ascii=False).encode()


def csv(lines: Sequence[str], head: str = "镇名,经度,纬度", encoding: str = "utf-8") -> bytes:
    return "\r\n".join((head, *lines)).encode(encoding)
