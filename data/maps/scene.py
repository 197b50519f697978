"""Everything that a map shows, once for all who draw it: what can be clicked, what lies beneath, words and where they stand.

A scene is fitted to a frame in pixels (Web Mercator, north up). Every renderer draws the same scene: the deck with WebGL,
the SVG map, the picture made on the server. Tiles are areas too, squares in a plane of their own.

``things`` says what a scene consists of; here is how one is made: ``of_areas``, ``of_points``, ``of_tiles``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.looks import LIGHT, Palette
from data.maps import paint, words
from data.maps.inset import inset
from data.maps.paint import Fill
from data.maps.things import Geometry, Scene, Thing, Word
from data.maps.view import USUAL, Box, Frame, bounds, fit
from data.regions import Place

__all__ = ["Geometry", "Scene", "Thing", "Word", "inset", "mark", "of_areas", "of_points", "of_tiles", "town"]

Collection = Mapping[str, Any]

TILE, SIDE = 0.01, 0.94  # degrees from a tile to the next, near (0, 0) where they are square; the part that is filled


def of_areas(
    features: Collection,
    fills: Mapping[str, Fill],
    *,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
    near: frozenset[str] = frozenset(),
    box: Box | None = None,
    lines: Sequence[Geometry] = (),
    inset: Scene | None = None,
    geometry_json: Mapping[str, str] | None = None,
) -> Scene:
    """A scene of areas: ``features`` is a FeatureCollection whose properties carry code, name and label.

    ``fills`` maps codes to how they are painted; an area without one is grey and says 无数据. ``box`` (west, south, east,
    north) is what the frame holds; None: all of them. ``geometry_json`` is the same geometry as JSON text, by code, where
    it has been written before (``data.regions.geometry_json``): the deck then joins texts and writes none anew.
    """
    view = fit(box or bounds(features), frame)
    plain, written = paint.grade_fill(None, colors=colors), geometry_json or {}
    things = tuple(_area(each, fills.get(_code(each)) or plain, written) for each in features["features"])
    scene = Scene(
        view,
        frame,
        colors,
        things,
        lines=tuple(lines),
        selected=selected,
        near=near,
        inset=inset,
        letters=_letters(frame),
    )
    return replace(scene, words=words.of_areas(scene))


def of_points(
    outline: Collection,
    towns: Sequence[Thing],
    *,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
    near: frozenset[str] = frozenset(),
    box: Box | None = None,
) -> Scene:
    """A scene of towns as points, each where its coordinate says, on the ``outline`` that holds them.

    The outline may be of several areas (the counties of a city); ``box`` is what the frame holds, None: all of it.
    """
    ground = tuple(each["geometry"] for each in outline["features"])
    view = fit(box or bounds(outline), frame)
    scene = Scene(
        view, frame, colors, tuple(towns), ground=ground, selected=selected, near=near, letters=_letters(frame)
    )
    return replace(scene, words=words.of_points(scene))


def of_tiles(
    cells: Mapping[str, tuple[int, int]],
    names: Mapping[str, str],
    fills: Mapping[str, Fill],
    *,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
    near: frozenset[str] = frozenset(),
) -> Scene:
    """A scene of equal squares, the schematic alternative to points and small areas.

    ``cells`` maps codes to (column, row), the first row on top; they may begin anywhere. The squares' coordinates lie
    near (0, 0) and mean no place on the earth. No cell at all makes an empty scene.
    """
    plain = paint.grade_fill(None, colors=colors)
    things = tuple(_tile(code, names[code], fills.get(code) or plain, *cell) for code, cell in cells.items())
    columns, rows = [at for at, _ in cells.values()] or [0], [at for _, at in cells.values()] or [0]
    box = (min(columns) * TILE, -(max(rows) + 1) * TILE, (max(columns) + 1) * TILE, -min(rows) * TILE)
    scene = Scene(fit(box, frame, 8), frame, colors, things, selected=selected, near=near, letters=_letters(frame))
    side = (scene.pixel(TILE, 0)[0] - scene.pixel(0, 0)[0]) * SIDE
    return words.of_tiles(scene, side)


def mark(drawn: Scene, selected: str | None, near: frozenset[str] = frozenset()) -> Scene:
    """The same scene with another place selected. Words move only where that place was not named."""
    marked = replace(drawn, selected=selected, near=near)
    if selected is None or any(word.code == selected and len(word.text) > 1 for word in drawn.words):
        return marked
    if not any(thing.code == selected for thing in drawn.things) or any(
        word.bare for word in drawn.words if not drawn.points
    ):
        return marked  # a tile says as much as it holds
    return replace(marked, words=words.of_points(marked) if marked.points else words.of_areas(marked))


def town(place: Place, fill: Fill) -> Thing:
    """A place as a point. Raises ValueError for one without a coordinate: none is ever invented."""
    if place.lon is None or place.lat is None:
        raise ValueError(f"{place.name}没有坐标")
    return Thing(place.code, place.name, fill, place.lon, place.lat)


def _code(feature: Mapping[str, Any]) -> str:
    return str(feature["properties"]["code"])


def _area(feature: Mapping[str, Any], fill: Fill, written: Mapping[str, str]) -> Thing:
    about, code = feature["properties"], _code(feature)
    lon, lat = about["label"]
    return Thing(code, about["name"], fill, lon, lat, feature["geometry"], written.get(code, ""))


def _tile(code: str, name: str, fill: Fill, column: int, row: int) -> Thing:
    x, y, half = (column + 0.5) * TILE, -(row + 0.5) * TILE, TILE * SIDE / 2
    west, south, east, north = (round(value, 5) for value in (x - half, y - half, x + half, y + half))
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return Thing(code, name, fill, round(x, 5), round(y, 5), {"type": "Polygon", "coordinates": [ring]})


def _letters(frame: Frame) -> int:
    return frame.letters or (11 if frame.narrow else 13)
