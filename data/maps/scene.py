"""Everything that a map shows, once for all who draw it: what can be clicked, what lies beneath, words and where they stand.

A scene is fitted to a frame in pixels (Web Mercator, north up). Every renderer draws the same scene: the deck with WebGL,
the SVG map, the picture made on the server. Tiles are areas too, squares in a plane of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.looks import LIGHT, Palette
from data.maps import paint
from data.maps.labels import Box, beside_points, led
from data.maps.paint import RGB, Fill
from data.maps.view import USUAL, Frame, Label, View, bounds, coordinate, extent, fit, pixel, spread
from data.regions import Place

Geometry = Mapping[str, Any]
Collection = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """What can be clicked: an area with its ``geometry`` (GeoJSON), or a point where there is none.

    ``lon`` and ``lat`` are where its label belongs: well inside an area, a town's own coordinate (degrees, WGS-84).
    """

    code: str
    name: str
    fill: Fill
    lon: float
    lat: float
    geometry: Geometry | None = None

    @property
    def tip(self) -> str:
        """What a pointer resting on it shows: plain text, lines apart by line feeds."""
        return self.fill.tip or f"{self.name} {self.fill.sign}".strip()


@dataclass(frozen=True)
class Word:
    """A label: ``text`` with its middle at ``x``, ``y`` pixels in the frame, on a ``plate`` of its place's colour.

    ``leader``: the pixel from which a thin line leads to it, where it had to step aside for another.
    """

    code: str
    text: str
    x: float
    y: float
    plate: RGB
    leader: tuple[float, float] | None = None

    @property
    def ink(self) -> RGB:
        """The letters' colour on the plate."""
        return paint.ink(self.plate)


@dataclass(frozen=True)
class Scene:
    """One map. ``things`` are of one kind; ``ground`` is drawn pale beneath them, ``lines`` above (境界线).

    ``near``: codes that are marked beside the ``selected`` one (its neighbours). ``inset`` is a small map in the lower
    right corner (南海诸岛), with its own frame and view. ``letters``: the words' size in pixels.
    """

    view: View
    frame: Frame = USUAL
    colors: Palette = LIGHT
    things: tuple[Thing, ...] = ()
    words: tuple[Word, ...] = ()
    ground: tuple[Geometry, ...] = ()
    lines: tuple[Geometry, ...] = ()
    selected: str | None = None
    near: frozenset[str] = frozenset()
    inset: Scene | None = None
    letters: int = 13

    @property
    def points(self) -> bool:
        """Whether the things are points."""
        return any(thing.geometry is None for thing in self.things)

    def at(self, word: Word) -> tuple[float, float]:
        """The coordinate (degrees) of a label's middle."""
        return coordinate(word.x, word.y, self.view, self.frame)

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a coordinate is drawn, in pixels from the frame's top left corner."""
        return pixel(lon, lat, self.view, self.frame)


def of_areas(
    features: Collection,
    fills: Mapping[str, Fill],
    *,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
    near: frozenset[str] = frozenset(),
    box: tuple[float, float, float, float] | None = None,
    lines: Sequence[Geometry] = (),
) -> Scene:
    """A scene of areas: ``features`` is a FeatureCollection whose properties carry code, name and label.

    ``fills`` maps codes to how they are painted; an area without one is grey and says 无数据. ``box`` (west, south, east,
    north) is what the frame holds; None: all of them.
    """
    view = fit(box or bounds(features), frame)
    plain = paint.grade_fill(None, colors=colors)
    things = tuple(_area(each, fills.get(_code(each)) or plain) for each in features["features"])
    scene = Scene(view, frame, colors, things, lines=tuple(lines), selected=selected, near=near, letters=_letters(frame))
    return replace(scene, words=_area_words(scene))


def of_points(
    outline: Collection,
    towns: Sequence[Thing],
    *,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
    selected: str | None = None,
) -> Scene:
    """A scene of towns as points, each where its coordinate says, on the ``outline`` that holds them."""
    ground = tuple(each["geometry"] for each in outline["features"])
    view = fit(bounds(outline), frame)
    scene = Scene(view, frame, colors, tuple(towns), ground=ground, selected=selected, letters=_letters(frame))
    return replace(scene, words=_point_words(scene))


def town(place: Place, fill: Fill) -> Thing:
    """A place as a point. Raises ValueError for one without a coordinate: none is ever invented."""
    if place.lon is None or place.lat is None:
        raise ValueError(f"{place.name}没有坐标")
    return Thing(place.code, place.name, fill, place.lon, place.lat)


def _code(feature: Mapping[str, Any]) -> str:
    return str(feature["properties"]["code"])


def _area(feature: Mapping[str, Any], fill: Fill) -> Thing:
    about = feature["properties"]
    lon, lat = about["label"]
    return Thing(_code(feature), about["name"], fill, lon, lat, feature["geometry"])


def _letters(frame: Frame) -> int:
    return 11 if frame.narrow else 13


def _area_words(scene: Scene) -> tuple[Word, ...]:
    """Each area's name and line, pushed apart where they would overlap; on a phone only areas that speak are named."""
    named = [thing for thing in scene.things if not (thing.fill.quiet and scene.frame.narrow)]
    labels = [_area_label(thing, scene.frame) for thing in named]
    places = spread(labels, scene.view, scene.frame, scene.letters)
    return tuple(_word(scene, *each, points=False) for each in zip(named, labels, places, strict=True))


def _area_label(thing: Thing, frame: Frame) -> Label:
    lines = () if thing.fill.quiet else thing.fill.lines or (thing.fill.sign,)
    shown = lines[:1] if frame.narrow else lines
    return Label(thing.lon, thing.lat, "\n".join((thing.name, *(line for line in shown if line))), code=thing.code)


def _point_words(scene: Scene) -> tuple[Word, ...]:
    labels = [_point_label(thing, scene.frame) for thing in scene.things]
    places = beside_points(labels, scene.view, scene.frame, scene.letters)
    return tuple(_word(scene, *each, points=True) for each in zip(scene.things, labels, places, strict=True))


def _point_label(thing: Thing, frame: Frame) -> Label:
    """The name, and its shape once: after the name where there is room for no more."""
    if thing.fill.lines and not frame.narrow:
        return Label(thing.lon, thing.lat, "\n".join((thing.name, *thing.fill.lines)), thing.code)
    return Label(thing.lon, thing.lat, f"{thing.name} {thing.fill.shape or thing.fill.word}".strip(), thing.code)


def _word(scene: Scene, thing: Thing, label: Label, place: tuple[float, float], *, points: bool) -> Word:
    box = Box(*place, *extent(label.text, scene.letters))
    home = scene.pixel(label.lon, label.lat)
    aside = led(box, home) if points else not box.over(*home, 0, 0)
    plate = paint.rgb(scene.colors.paper) if points else thing.fill.rgb
    return Word(thing.code, label.text, *place, plate, home if aside else None)
