"""What of offices' own geography (自有底图) is in use now, for maps to draw instead of the built-in shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from data.beijing import local
from data.regions import UnknownPlaceError, breadcrumb
from data.store import Geography, Store


@dataclass(frozen=True)
class Own:
    """An office's own areas and points; where it has none for a place, the built-in shape stays.

    ``areas``: division code → GeoJSON Polygon or MultiPolygon in degrees, WGS-84, valid, exterior rings clockwise as in
    ``data.regions.outlines``, five decimals; towns, too, where an office drew them. ``points``: town code → (lon, lat).
    ``source`` names the files, to stand beneath the map; ``version`` changes with anything in use. Both are "" when
    nothing is.
    """

    areas: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, tuple[float, float]]
    source: str
    version: str


NOTHING = Own(MappingProxyType({}), MappingProxyType({}), "", "")
_KEPT: WeakKeyDictionary[Store, Own] = WeakKeyDictionary()
_LOCK = Lock()


def own(store: Store) -> Own:
    """Everything in use now. Cheap: one small query, the shapes being read again only when something has changed."""
    version = store.geographies_version()
    if not version:
        return NOTHING
    with _LOCK:
        known = _KEPT.get(store)
    if known is None or known.version != version:
        known = _gathered(store.geographies_in_use(), version)
        with _LOCK:
            _KEPT[store] = known
    return known


def _gathered(used: list[Geography], version: str) -> Own:
    """Of two that tell the same place, the one brought for the smaller area holds: the county knows its towns best."""
    areas: dict[str, Mapping[str, Any]] = {}
    points: dict[str, tuple[float, float]] = {}
    for each in sorted(used, key=lambda one: (_depth(one.scope), one.id)):
        if each.kind == "areas":
            areas |= each.shapes
        else:
            points |= {code: (lon, lat) for code, (lon, lat) in each.shapes.items()}
    source = "；".join(source_line(each) for each in used)
    return Own(MappingProxyType(areas), MappingProxyType(points), source, version)


def _depth(scope: str) -> int:
    try:
        return len(breadcrumb(scope))
    except UnknownPlaceError:
        return 0


def source_line(kept: Geography) -> str:
    """Where it is from, for beneath the map: 自有底图：江门.geojson，2026年11月29日由张三上传."""
    return f"自有底图：{kept.file_name}，{local(kept.at).split()[0]}由{kept.actor}上传"
