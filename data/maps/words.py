"""The words of a scene: what is said of each place, and where, when not all has room.

Few places are all labelled, pushed apart or led to by lines. Of many, the selected one comes first, then those that have
something to say, then the larger; the others are left to tip and list. Where a name finds no room, the shape alone may:
a colour never speaks by itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from data.maps import paint
from data.maps.labels import Box, beside_points, led
from data.maps.things import Geometry, Scene, Thing, Word
from data.maps.thinned import Plate, Wish, thinned
from data.maps.view import Frame, Label, extent, spread

FEW_AREAS, FEW_POINTS = 12, 18
SIGNED = 6  # pixels: the least radius of a point that can carry a sign
SMALLEST = 9  # pixels: letters in a tile
INNER = 4  # pixels between a tile's edge and its words


def of_areas(scene: Scene) -> tuple[Word, ...]:
    """Each area's name and line, pushed apart where they would overlap; on a phone only areas that speak are named."""
    named = [thing for thing in scene.things if not (thing.fill.quiet and scene.frame.narrow)]
    if len(scene.things) <= FEW_AREAS:  # seven of 124 would be pushed into a pile
        labels = [Label(thing.lon, thing.lat, _texts(thing, scene.frame)[0]) for thing in named]
        places = spread(labels, scene.view, scene.frame, scene.letters)
        if _clean(scene, labels, places):
            return tuple(_beside(scene, *each) for each in zip(named, labels, places, strict=True))
    chosen = [each for each in scene.things if each.code == scene.selected and each not in named]
    return _thinned(scene, named + chosen)


def of_points(scene: Scene) -> tuple[Word, ...]:
    """Each town's name beside its point, none covered; of many towns, those that have room.

    A point whose shape is not told beside it carries it, as long as points are large enough for a sign.
    """
    named = _beside_points(scene)
    told = {word.code for word in named if "\n" in word.text or " " in word.text}
    signs = [each for each in scene.things if each.code not in told and each.fill.shape and scene.radius >= SIGNED]
    return (*(Word(each.code, each.fill.shape, *scene.pixel(each.lon, each.lat), each.fill.rgb, bare=True)
              for each in signs), *named)  # fmt: skip


def _beside_points(scene: Scene) -> tuple[Word, ...]:
    if len(scene.things) <= FEW_POINTS:
        labels = [Label(each.lon, each.lat, _point_texts(each, scene.frame)[0]) for each in scene.things]
        places = beside_points(labels, scene.view, scene.frame, scene.letters)
        if _clean(scene, labels, places):
            return tuple(_beside(scene, *each) for each in zip(scene.things, labels, places, strict=True))
    return _thinned(scene, scene.things)


def of_tiles(scene: Scene, side: float) -> Scene:
    """The scene with what fits into each square of ``side`` pixels: name and line, name and shape, name, shape.

    Names may be broken; letters are as large as lets every square say its name and shape, if any size does.
    """
    sizes = range(scene.letters, SMALLEST - 1, -1)
    size = next(
        (size for size in sizes if all(_fits_sign(each, side - INNER, size) for each in scene.things)), SMALLEST
    )
    said = ((thing, _fitting(thing, side - INNER, size)) for thing in scene.things)
    found = tuple(
        Word(thing.code, text, *scene.pixel(thing.lon, thing.lat), thing.fill.rgb, bare=True)
        for thing, text in said if text
    )  # fmt: skip
    return replace(scene, words=found, letters=size)


def _thinned(scene: Scene, things: Sequence[Thing]) -> tuple[Word, ...]:
    order = sorted(things, key=lambda each: _weight(scene, each))
    wishes = tuple(_wish(scene, each) for each in order)
    plates = thinned(wishes, scene.frame, scene.letters, scene.radius if scene.points else 0, _covered(scene))
    found = {each.code: _plated(scene, each, plate) for each, plate in zip(order, plates, strict=True) if plate}
    return tuple(found[each.code] for each in things if each.code in found)


def _weight(scene: Scene, thing: Thing) -> tuple[bool, bool, bool, float, str]:
    """The smallest is labelled first: selected, its neighbours, what speaks, what is large."""
    return (
        thing.code != scene.selected, thing.code not in scene.near, thing.fill.quiet, -_size(thing.geometry), thing.code
    )  # fmt: skip


def _wish(scene: Scene, thing: Thing) -> Wish:
    texts = _point_texts(thing, scene.frame) if scene.points else _texts(thing, scene.frame)
    mark = "" if scene.points or thing.fill.quiet else thing.fill.shape
    x, y = scene.pixel(thing.lon, thing.lat)
    return Wish(round(x, 1), round(y, 1), texts, mark, thing.code == scene.selected, thing.fill.quiet)


def _texts(thing: Thing, frame: Frame) -> tuple[str, ...]:
    """From the fullest to the name alone."""
    fill = thing.fill
    lines = [line for line in (() if fill.quiet else fill.lines or (fill.sign,)) if line]
    full = "\n".join((thing.name, *(lines[:1] if frame.narrow else lines)))
    brief = thing.name if fill.quiet else f"{thing.name} {fill.shape}".strip()
    return tuple(dict.fromkeys((full, brief, thing.name)))


def _point_texts(thing: Thing, frame: Frame) -> tuple[str, ...]:
    """The name, and its shape once: after the name where there is room for no more."""
    fill = thing.fill
    brief = f"{thing.name} {fill.shape or fill.word}".strip()
    full = "\n".join((thing.name, *fill.lines)) if fill.lines and not frame.narrow else brief
    return tuple(dict.fromkeys((full, brief, thing.name)))


def _fitting(thing: Thing, side: float, size: int) -> str:
    """The fullest that a square holds, or nothing."""
    return next((text for text in _tile_texts(thing, side, size) if _held(text, side, size)), "")


def _fits_sign(thing: Thing, side: float, size: int) -> bool:
    sign = "" if thing.fill.quiet else thing.fill.shape
    return f"{_broken(thing.name, side, size)}\n{sign}".strip() in _fitting(thing, side, size)


def _tile_texts(thing: Thing, side: float, size: int) -> list[str]:
    fill, name = thing.fill, _broken(thing.name, side, size)
    more = () if fill.quiet else ("\n".join(fill.lines), fill.sign, fill.shape)
    return [*(f"{name}\n{each}" for each in more if each), name, "" if fill.quiet else fill.shape]


def _broken(name: str, side: float, size: int) -> str:
    """A name in lines of equal length that are no longer than the side: 白沙 / 街道."""
    lines = math.ceil(len(name) / max(int(side / size), 1))
    row = math.ceil(len(name) / lines)
    return "\n".join(name[at : at + row] for at in range(0, len(name), row))


def _held(text: str, side: float, size: int) -> bool:
    wide, high = extent(text, size)
    return wide - 10 <= side and high - 5 <= side  # without the plate's own padding


def _clean(scene: Scene, labels: Sequence[Label], places: Sequence[tuple[float, float]]) -> bool:
    """Whether no two labels overlap and all lie inside the frame."""
    boxes = [Box(*place, *extent(each.text, scene.letters)) for each, place in zip(labels, places, strict=True)]
    wide, high = scene.frame.width, scene.frame.height
    inside = all(each.wide / 2 <= each.x <= wide - each.wide / 2 and each.high / 2 <= each.y <= high - each.high / 2
                 for each in boxes)  # fmt: skip
    left, top, right, bottom = _covered(scene) or (0, 0, 0, 0)
    small = Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    if scene.inset and any(each.over(small.x, small.y, small.wide, small.high) for each in boxes):
        return False
    return inside and not any(
        one.over(other.x, other.y, other.wide, other.high) for at, one in enumerate(boxes) for other in boxes[:at]
    )


def _covered(scene: Scene) -> tuple[int, int, int, int] | None:
    """The pixels that the inset covers."""
    if scene.inset is None:
        return None
    left, top = scene.corner
    return int(left), int(top), int(left) + scene.inset.frame.width, int(top) + scene.inset.frame.height


def _beside(scene: Scene, thing: Thing, label: Label, place: tuple[float, float]) -> Word:
    box = Box(*place, *extent(label.text, scene.letters))
    home = scene.pixel(label.lon, label.lat)
    aside = led(box, home) if scene.points else not box.over(*home, 0, 0)
    return Word(thing.code, label.text, *place, _ground(scene, thing), home if aside else None)


def _plated(scene: Scene, thing: Thing, plate: Plate) -> Word:
    return Word(thing.code, plate.text, plate.x, plate.y, _ground(scene, thing))


def _ground(scene: Scene, thing: Thing) -> paint.RGB:
    return paint.rgb(scene.colors.paper) if scene.points else thing.fill.rgb


_SIZES: dict[int, tuple[Geometry, float]] = {}
"""By the identity of a geometry, which is held so that no other gets its number: outlines are kept anyhow."""


def _size(geometry: Geometry | None) -> float:
    """How large the largest part is, in square degrees: to compare areas of one map."""
    if geometry is None:
        return 0
    known = _SIZES.get(id(geometry))
    if known is None:
        if len(_SIZES) > 4096:
            _SIZES.clear()
        known = _SIZES[id(geometry)] = geometry, max(map(_ring, _outer(geometry)), default=0.0)
    return known[1]


def _outer(geometry: Mapping[str, Any]) -> list[Any]:
    """The outer rings of a polygon or several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in polygons]


def _ring(ring: Sequence[Sequence[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
