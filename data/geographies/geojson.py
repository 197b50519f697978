"""A GeoJSON file → its features with valid geometries, or everything that is wrong with it.

Bounded: size, coordinates and nesting are limited before anything is built, so a crafted file costs a second at most.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from shapely.geometry import MultiPoint, Point

from data.geographies.model import Opened, Row
from data.geographies.problems import RefusedError, clean, first, insist_on_few, told
from data.geographies.rings import BrokenError, Mends, polygon, united
from data.sheets.problems import Problem, RefusalError
from data.sheets.text import decode

MOST_POINTS = 200_000
MOST_MARKS = 2_000_000  # commas and brackets: what is no coordinate costs memory, too
MOST_FEATURES = 5_000  # all counties of China are fewer than three thousand, the towns of a province than two
MOST_RINGS = 5_000  # areas, islands and holes
DEEPEST = 6  # of geometry collections
_POLYGONS = ("Polygon", "MultiPolygon")
_KINDS = {"Point": "点", "MultiPoint": "点", "LineString": "线", "MultiLineString": "线"}
_NUMBERS = (int, float)
_DEGREES = {"4490", "4326", "CRS84"}
_OTHER_DATUM = re.compile(r"xi.?an|西安|beijing|北京|nad|etrs", re.IGNORECASE)

Found = tuple[str, Any]  # a geometry's type and its coordinates


def open_geojson(file: str, content: bytes) -> Opened:
    """Raises RefusedError where the file is no collection of features at all; else all problems are in what returns."""
    features, crs = _collection(content)
    problems = list(_crs_problems(crs))
    mends = Mends()
    rows = [_row(no, feature, problems, mends) for no, feature in enumerate(features, 1)]
    kept = [row for row in rows if row is not None and row.geometry is not None]
    areas = [row for row in kept if row.geometry and row.geometry.geom_type in _POLYGONS]
    if not areas and kept:
        problems.append(told("points-only"))
    elif not areas and not any(one.level == "error" for one in problems):
        raise RefusedError("no-polygons", found="、".join(sorted({_said_kind(each) for each in features})))
    for row in kept if areas else ():
        if row.geometry and row.geometry.geom_type not in _POLYGONS:
            problems.append(told("mixed", cell=row.at, name=_first_text(row.told), found="点"))
    chosen = areas or kept
    columns = tuple(dict.fromkeys(name for row in chosen for name in row.told))
    insist_on_few(columns)
    mended = tuple(f"{what}（{count}处）" for what, count in mends.items())
    return Opened(file, "areas" if areas else "points", tuple(chosen), columns, False, crs, mended, first(problems))


def _collection(content: bytes) -> tuple[list[Any], str]:
    _bounded(content)
    try:
        value = json.loads(decode(content).lstrip("\ufeff"))
    except RefusalError:
        raise RefusedError("encoding") from None
    except RecursionError:
        raise RefusedError("too-deep") from None
    except json.JSONDecodeError as error:
        where = f"第{error.lineno}行第{error.colno}个字符处读不下去"
        raise RefusedError("not-json", detail=where) from None
    except ValueError:
        raise RefusedError("not-json", detail="其中有过长的数") from None
    kind = str(value.get("type"))[:40] if isinstance(value, dict) else "列表" if isinstance(value, list) else "其他内容"
    if kind == "Topology":
        raise RefusedError("topojson")
    if not isinstance(value, dict) or kind != "FeatureCollection" or not isinstance(value.get("features"), list):
        raise RefusedError("not-features", value=kind)
    if not value["features"]:
        raise RefusedError("no-features")
    return value["features"], _crs(value.get("crs"))


def _bounded(content: bytes) -> None:
    points, marks = content.count(b"["), content.count(b",") + content.count(b"{")
    features = content.count(b'"Feature"')
    if features > MOST_FEATURES:
        raise RefusedError("too-many-features", count=features, most=MOST_FEATURES)
    if points > MOST_POINTS * 1.2 or marks > MOST_MARKS:
        raise RefusedError("too-many-points", count=max(points, marks // 2), most=MOST_POINTS)


def _crs(value: Any) -> str:
    """The EPSG code that a (former) ``crs`` member names: 4490, 4326, CRS84; "" where there is none."""
    said = value.get("properties") if isinstance(value, dict) else None
    name = said.get("name") if isinstance(said, dict) else None
    if not isinstance(name, str):
        return ""
    found = re.search(r"CRS84|\d{4,6}\Z", name.strip())
    return found[0] if found else clean(name)[:40]


def _crs_problems(crs: str) -> Iterator[Problem]:
    if not crs or crs in _DEGREES:
        return
    metres = crs in ("3857", "900913") or (crs.isdigit() and (4491 <= int(crs) <= 4554 or 32600 <= int(crs) <= 32760))
    shown = f"EPSG:{crs}" if crs.isdigit() else crs
    other = crs.isdigit() or _OTHER_DATUM.search(crs)
    yield told("crs-projected" if metres else "crs-other" if other else "crs-unknown", value=shown)


def _row(no: int, feature: Any, problems: list[Problem], mends: Mends) -> Row | None:
    at = f"第{no}个要素"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        problems.append(told("feature-broken", cell=at, value=_short(feature)))
        return None
    about = _properties(feature)
    name = _first_text(about)
    try:
        found = list(_parts(feature.get("geometry")))
        areas = [part for kind, part in found if kind == "Polygon"]
        if areas:
            geometry = united([_polygon(rings, mends) for rings in areas], mends)
        else:
            geometry = _points([part for kind, part in found if kind == "Point"])
    except BrokenError as broken:
        problems.append(told(broken.code, cell=at, name=name, **broken.values))
        return None
    if geometry is None:
        kind = _said_kind(feature)
        code = "mixed" if kind == "线" else "no-geometry"
        problems.append(told(code, cell=at, name=name, found=kind))
    return Row(no, at, about, geometry)


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    """What is written of a feature, as text; lists and mappings are no names. Its id, too, where that is a word or number."""
    about = feature.get("properties")
    known = dict(about) if isinstance(about, dict) else {}
    if isinstance(feature.get("id"), str | int):
        known.setdefault("id", feature["id"])
    return {
        clean(str(key))[:60]: _text(value) for key, value in list(known.items())[:100] if not isinstance(value, dict | list)
    }


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    try:
        return clean(str(value)).strip()[:200]
    except ValueError:  # an integer of thousands of digits
        return ""


def _first_text(about: Any) -> str:
    """Something by which a person knows the feature again: what looks like a name, else the first that is written."""
    words = [text for text in about.values() if text]
    return next((text for text in words if re.search(r"[\u4e00-\u9fff]", text)), words[0] if words else "")


def _parts(geometry: Any, depth: int = 0) -> Iterator[Found]:
    """The polygons and points of a geometry, those of nested collections, too."""
    if not isinstance(geometry, dict):
        return
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        inner = geometry.get("geometries")
        if depth >= DEEPEST:
            raise BrokenError("nested", most=DEEPEST)
        if not isinstance(inner, list):
            raise BrokenError("no-geometry")
        for each in inner:
            yield from _parts(each, depth + 1)
    elif kind in ("Polygon", "Point"):
        yield kind, parts
    elif kind in ("MultiPolygon", "MultiPoint"):
        if not isinstance(parts, list):
            raise BrokenError("bad-coordinate", where="", value=_short(parts), more="")
        yield from ((kind.removeprefix("Multi"), part) for part in parts)


def _polygon(rings: Any, mends: Mends) -> Any:
    if not isinstance(rings, list) or not rings:
        raise BrokenError("bad-coordinate", where="", value=_short(rings), more="")
    return polygon([_ring(ring, number, mends) for number, ring in enumerate(rings, 1)], mends)


def _ring(ring: Any, number: int, mends: Mends) -> list[tuple[float, float]]:
    mends.rings += 1
    if mends.rings > MOST_RINGS:
        raise RefusedError("too-many-rings", most=MOST_RINGS)
    if not isinstance(ring, list):
        raise BrokenError("bad-coordinate", where=f"第{number}环", value=_short(ring), more="")
    bad = [at for at, position in enumerate(ring) if not _is_position(position)]
    if bad:
        more = f"；这一环共有{len(bad)}个这样的点" if len(bad) > 1 else ""
        raise BrokenError(
            "bad-coordinate", where=f"第{number}环第{bad[0] + 1}个点", value=_short(ring[bad[0]]), more=more
        )
    if any(len(position) > 2 for position in ring):
        mends["删去高程（第三个坐标）"] += 1
    return [(float(position[0]), float(position[1])) for position in ring]


def _points(found: list[Any]) -> Any:
    for position in found:
        if not _is_position(position):
            raise BrokenError("bad-coordinate", where="", value=_short(position), more="")
    places = [(float(lon), float(lat)) for lon, lat, *_ in found]
    if len(places) > 1:
        return MultiPoint(places).centroid
    return Point(places[0]) if places else None


def _is_position(value: Any) -> bool:
    """Two numbers or more, finite, of a size that any coordinate may have."""
    if not isinstance(value, list) or len(value) < 2:
        return False
    x, y = value[0], value[1]
    return type(x) in _NUMBERS and type(y) in _NUMBERS and -1e9 < x < 1e9 and -1e9 < y < 1e9


def _said_kind(feature: Any) -> str:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    return _KINDS.get(kind, "空图形") if isinstance(kind, str) else "空图形"


def _short(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = "…"
    return text if len(text) <= 40 else text[:39] + "…"
