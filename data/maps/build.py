"""Which scene a map is: areas, towns as points, or tiles, with an office's own geography where it has one.

The picture without its selection is built once for the same places, colours and frame and kept; selecting only marks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

import shapely
from shapely.geometry import shape

from data import regions
from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.looks import LIGHT, Palette
from data.maps import scene
from data.maps.paint import Fill
from data.maps.scene import Scene
from data.maps.spots import Spot
from data.maps.view import USUAL, Frame
from data.regions import NoShapesError, Place
from data.regions.shapes import Depth

TILES = "tiles"
TOWN: Literal["town"] = "town"
COUNTY: Literal["county"] = "county"


@dataclass(frozen=True)
class _Asked:
    """All that a picture depends on but for the selection; ``own`` is told by its version."""

    here: Place
    places: tuple[Place, ...]
    fills: tuple[tuple[str, Fill], ...]
    depth: str
    form: str
    frame: Frame
    colors: Palette
    version: str
    own: Own = field(compare=False, repr=False)


def build(
    here: Place,
    spots: Sequence[Spot],
    fills: Mapping[str, Fill],
    *,
    depth: str = "",
    form: str = "",
    own: Own = NOTHING,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
    near: Iterable[str] = (),
) -> Scene:
    """The map of ``here`` with its ``spots`` painted as ``fills`` say (division code → fill).

    ``depth`` is ``"county"`` or ``"town"`` for all counties or towns at once, empty for the next level; ``form`` is
    ``"tiles"`` for the tile grid. Towns without a coordinate are not on it (``waiting``). Raises NoShapesError.
    """
    asked = _Asked(here, tuple(spot.place for spot in spots), tuple(sorted(fills.items(), key=lambda each: each[0])),
                   depth, form, frame, colors, own.version, own)  # fmt: skip
    drawn = _drawn(asked)
    shown = {thing.code for thing in drawn.things}
    return scene.mark(drawn, selected if selected in shown else None, frozenset(near) & shown)


def waiting(spots: Sequence[Spot], own: Own = NOTHING) -> tuple[Spot, ...]:
    """The towns that are not on the map: nobody has given them a coordinate, or the office's own areas leave them out."""
    towns = [spot for spot in spots if spot.place.level == TOWN]
    if as_areas(spots, own):
        return tuple(spot for spot in towns if spot.place.code not in own.areas)
    return tuple(spot for spot in towns if not _located(spot.place, own).located)


def as_areas(spots: Sequence[Spot], own: Own) -> bool:
    """Whether towns are drawn as areas: the office has drawn most of these. Of fewer all are points, lest most wait."""
    towns = [spot.place.code for spot in spots if spot.place.level == TOWN]
    drawn = sum(code in own.areas for code in towns)
    return bool(towns) and 2 * drawn > len(towns)


def tiles(here: Place, places: Iterable[Place], depth: str = "") -> dict[str, tuple[int, int]]:
    """Code → (column, row) of the tile grid; empty where there is none: of the towns of several counties at once."""
    shown = [each.code for each in places]
    try:
        known = regions.tiles(here.code, COUNTY if depth == COUNTY else None) if depth != TOWN else {}
    except NoShapesError:
        return {}
    return {code: known[code] for code in shown} if shown and all(code in known for code in shown) else {}


def unknown(here: Place, spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Those in the tile grid whose cell says nothing of where they are: 位置未知."""
    lost = regions.tiles_of_unknown_position(here.code)
    return tuple(spot for spot in spots if spot.place.code in lost)


@lru_cache(maxsize=48)
def _drawn(asked: _Asked) -> Scene:
    fills = dict(asked.fills)
    usual: dict[str, Any] = {"frame": asked.frame, "colors": asked.colors}
    spots = [Spot(each) for each in asked.places]
    if asked.form == TILES and (cells := tiles(asked.here, asked.places, asked.depth)):
        names = {each.code: each.name for each in asked.places}
        return scene.of_tiles(cells, names, fills, **usual)
    if not asked.places or asked.places[0].level != TOWN:
        return _areas(asked, fills, usual)
    if as_areas(spots, asked.own):
        return _town_areas(asked, fills, usual)
    points = [scene.town(place, fills[place.code]) for each in asked.places
              if (place := _located(each, asked.own)).located]  # fmt: skip
    return scene.of_points(_ground(asked), points, **usual)


def _areas(asked: _Asked, fills: Mapping[str, Fill], usual: dict[str, Any]) -> Scene:
    code, own = asked.here.code, asked.own
    depth: Depth | None = COUNTY if asked.depth == COUNTY else None
    found = regions.outlines(code, depth)
    written: Mapping[str, str] = regions.geometry_json(code, depth)
    codes = {str(each["properties"]["code"]) for each in found["features"]}
    if not codes.isdisjoint(own.areas):
        found = {"type": "FeatureCollection", "features": [_replaced(each, own) for each in found["features"]]}
        written = {each: text for each, text in written.items() if each not in own.areas}
    return scene.of_areas(found, fills, geometry_json=written, **_around(code, found, fills, usual), **usual)


def _around(code: str, found: Mapping[str, Any], fills: Mapping[str, Fill], usual: dict[str, Any]) -> dict[str, Any]:
    """The line features that belong on the map; and where it has the inset 南海诸岛, that and what lies above it."""
    more: dict[str, Any] = {"lines": _geometries(regions.line_features(code))}
    corner = regions.inset(code)
    if corner is not None:
        dashed = _geometries(regions.south_sea_line())
        more["box"] = _box(regions.main_extent(code))
        more["inset"] = scene.inset(found, fills, _box(corner), lines=dashed, **usual)
    return more


def _geometries(found: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(each["geometry"] for each in found["features"])


def _box(extent: regions.Extent) -> tuple[float, float, float, float]:
    return extent.west, extent.south, extent.east, extent.north


def _replaced(feature: Mapping[str, Any], own: Own) -> Mapping[str, Any]:
    """A built-in area, or the office's own of the same code with a label well inside it."""
    about = feature["properties"]
    geometry = own.areas.get(str(about["code"]))
    return feature if geometry is None else _feature(str(about["code"]), about["name"], geometry)


def _town_areas(asked: _Asked, fills: Mapping[str, Fill], usual: dict[str, Any]) -> Scene:
    drawn = [each for each in asked.places if each.code in asked.own.areas]
    features = [_feature(each.code, each.name, asked.own.areas[each.code]) for each in drawn]
    return scene.of_areas({"type": "FeatureCollection", "features": features}, fills, **usual)


def _feature(code: str, name: str, geometry: Mapping[str, Any]) -> dict[str, Any]:
    largest = max(shapely.get_parts(shape(geometry)), key=lambda part: part.area)
    lon, lat = shapely.maximum_inscribed_circle(largest).coords[0]
    about = {"code": code, "name": name, "label": [round(lon, 5), round(lat, 5)]}
    return {"type": "Feature", "properties": about, "geometry": geometry}


def _ground(asked: _Asked) -> Mapping[str, Any]:
    """What towns stand on: the outline of their county, or of every county where they are a city's or a province's."""
    deep = asked.depth == TOWN and any(each.parent != asked.here.code for each in asked.places)
    found = regions.outlines(asked.here.code, COUNTY) if deep else regions.outline(asked.here.code)
    if not any(str(each["properties"]["code"]) in asked.own.areas for each in found["features"]):
        return found
    return {"type": "FeatureCollection", "features": [_replaced(each, asked.own) for each in found["features"]]}


def _located(place: Place, own: Own) -> Place:
    """The place with the office's own coordinate where it gave one."""
    point = own.points.get(place.code)
    return place if point is None else replace(place, lon=point[0], lat=point[1])
