"""Outlines as GeoJSON: light, with shared borders and every island kept, built once and kept in a cache.

``polygons`` reads the package, ``simplify`` makes it light, ``outline_cache`` keeps what was built.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import shapely
from shapely.geometry import mapping

from data.regions.extents import main_extent
from data.regions.outline_cache import compact, kept
from data.regions.places import COUNTRY, Place, children, place
from data.regions.polygons import FILES, polygon, polygons
from data.regions.simplify import decimals_for, light

SOURCE_LINE = (
    "行政区划数据来源：国家地理信息公共服务平台（天地图），底图审图号 GS(2024)0650号；"
    "图形经简化，仅作示意，不作划界依据。"
)
EXPORT_REMINDER = (
    "本图为示意图，未经地图审核，供内部工作使用。公开发布、出版、展示或者登载前，应当依照《地图管理条例》"
    "送有审核权的自然资源主管部门审核，取得审图号并在图上显著标注；也可以改用标准地图服务网站的标准地图，并标注其审图号。"
)
MOST, LEAST, EACH = 148_000, 48_000, 2_000  # bytes: at most; for a single place; more for each other one
ABOUT = 150  # of these, what a feature takes beside its coordinates

Collection = dict[str, Any]
Depth = Literal["city", "county"]


def outlines(code: str, depth: Depth | None = None) -> Collection:
    """The places under ``code`` as a FeatureCollection, in 行政区划 order: 江门市 → its seven counties.

    Without ``depth``, the places directly under it; ``outlines(COUNTRY)`` are the 34 provinces, with 台湾, 香港 and 澳门.
    ``depth="county"``: all counties of a province or city at once, and what has none (东莞市, 中山市) as itself;
    ``depth="city"``: all cities, which makes sense for the country (provinces without cities, such as 北京市, as
    themselves). A place whose parts have no polygons (a county; 东莞市) is drawn as itself.

    Each feature is a MultiPolygon and carries ``code``, ``name``, ``level`` and ``label``, a [lon, lat] well inside
    its largest part. Neighbours share their borders point by point; exterior rings run clockwise. Treat it as
    read-only. Raises UnknownPlaceError, NoShapesError (towns; the package is absent).
    """
    return _kept(f"{code}-{depth or 'parts'}", code, units(code, depth))


def outline(code: str) -> Collection:
    """The place itself, as a FeatureCollection of one. Raises UnknownPlaceError, NoShapesError (towns have none)."""
    return _kept(f"{code}-itself", code, (place(code),))


@lru_cache(maxsize=128)
def geometry_json(code: str, depth: Depth | None = None) -> Mapping[str, str]:
    """Code → the geometry in ``outlines(code, depth)`` as compact JSON text, made once and kept in memory.

    A map of other colours is put together by joining these texts. Raises as ``outlines`` does.
    """
    features = outlines(code, depth)["features"]
    return MappingProxyType({each["properties"]["code"]: compact(each["geometry"]) for each in features})


def warm(code: str) -> None:
    """Build and keep what the first maps of ``code`` need: its outlines and those of its counties.

    Meant for a thread in the background when the server starts; raises what ``outlines`` raises.
    """
    geometry_json(code)
    if code != COUNTRY:
        geometry_json(code, "county")


def units(code: str, depth: Depth | None = None) -> tuple[Place, ...]:
    """The places that ``outlines(code, depth)`` draws, in 行政区划 order. Raises UnknownPlaceError."""
    parts = tuple(each for each in children(code) if each.level in FILES)
    if depth is None or not parts:
        return parts or (place(code),)
    below = (units(each.code, depth) if _splits(each, depth) else (each,) for each in parts)
    return tuple(each for found in below for each in found)


def _splits(each: Place, depth: Depth) -> bool:
    """Whether a place stands for its parts at this depth; 北京市 has counties only, and is one of the cities."""
    levels = {part.level for part in children(each.code)}
    return "city" in levels or (depth == "county" and "county" in levels)


@lru_cache(maxsize=256)
def _kept(name: str, code: str, places: tuple[Place, ...]) -> Collection:
    codes = [each.code for each in places]
    return kept(f"{name}.geojson", lambda found: _codes(found) == codes, lambda: _built(code, places))


def _codes(found: Collection) -> list[str]:
    return [each["properties"]["code"] for each in found["features"] if each["geometry"]["coordinates"]]


def _built(code: str, places: tuple[Place, ...]) -> Collection:
    shapes = _shapes(places)
    extent = main_extent(code).longer
    budget = min(MOST, LEAST + EACH * (len(places) - 1)) - ABOUT * len(places)
    drawn, _ = light(shapes, extent, budget)
    features = [_feature(*each, decimals_for(extent)) for each in zip(places, drawn, strict=True)]
    built: Collection = json.loads(compact({"type": "FeatureCollection", "features": features}))
    return built  # lists, as it will be read back


def _shapes(places: tuple[Place, ...]) -> list[shapely.MultiPolygon]:
    """Every place's polygon, those of one level and province in one reading."""
    found: dict[tuple[str, str], dict[str, shapely.MultiPolygon]] = {}
    for each in places:
        key = ("province" if each.level == "province" else each.code[:2], each.level)
        if key not in found:
            found[key] = polygons(each.code, each.level)
    return [found["province" if each.level == "province" else each.code[:2], each.level].get(each.code) or polygon(each)
            for each in places]  # fmt: skip


def _feature(each: Place, drawn: shapely.MultiPolygon, decimals: int) -> dict[str, Any]:
    about = {"code": each.code, "name": each.name, "level": each.level, "label": _label(drawn, decimals + 1)}
    return {"type": "Feature", "properties": about, "geometry": mapping(drawn)}


def _label(drawn: shapely.MultiPolygon, decimals: int) -> list[float]:
    """A point far from the border of the largest part, where a name fits best."""
    largest = max(drawn.geoms, key=lambda part: part.area)
    line = shapely.maximum_inscribed_circle(largest)
    return [round(value, decimals) for value in line.coords[0]]
