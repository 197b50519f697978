"""A scene as the SVG map in the browser receives it: paths, colours by number, words with their plates; as short as may be."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from data.maps import paint
from data.maps.svg_glyphs import glyph
from data.maps.svg_path import path
from data.maps.things import Geometry, Scene, Thing, Word
from data.maps.view import extent


def encode(scene: Scene, alt: str) -> dict[str, Any]:
    """What the browser draws. Places are numbered in the scene's order; ``shape`` stays the same while only colours, words
    and the selection change: then the browser keeps what it has built, its view and the focus.
    """
    number = {thing.code: at for at, thing in enumerate(scene.things)}
    drawn = _drawn(scene, number)
    return drawn | {
        "alt": alt,
        "shape": _shape(scene, drawn),
        "narrow": scene.frame.narrow,
        "radius": scene.radius,
        "codes": list(number),
        "xy": [round(value, 1) for thing in scene.things for value in scene.pixel(thing.lon, thing.lat)],
        "tips": [_tip(thing) for thing in scene.things],
        "spare": [_spare(scene, thing, at) for at, thing in _unnamed(scene, number)],
        "line": extent("", scene.letters)[1],
        "paper": {"plate": scene.colors.paper, "ink": paint.hexed(paint.ink(paint.rgb(scene.colors.paper)))},
        "selected": number.get(scene.selected or "", -1),
        "near": [number[code] for code in sorted(scene.near) if code in number],
        "inset": _drawn(scene.inset, {}) | {"at": scene.corner} if scene.inset else None,
    }


def _drawn(scene: Scene, number: dict[str, int]) -> dict[str, Any]:
    looks = [_kind(thing) for thing in scene.things]
    kinds = list(dict.fromkeys(looks))
    return {
        "w": scene.frame.width, "h": scene.frame.height, "letters": scene.letters,
        "ground": _paths(scene, scene.ground), "lines": _paths(scene, scene.lines),
        "d": None if scene.points else [path(each.geometry, scene.view, scene.frame) for each in scene.things if each.geometry],
        "kinds": [{"color": color, "ink": ink, "glyph": drawn} for color, ink, drawn in kinds],
        "fill": [kinds.index(each) for each in looks],
        "words": [_word(scene, word, number.get(word.code, -1)) for word in scene.labels],
    }  # fmt: skip


def _shape(scene: Scene, drawn: dict[str, Any]) -> str:
    """A short name of all that is built but once."""
    built = (
        scene.view,
        scene.frame,
        [thing.code for thing in scene.things],
        drawn["d"],
        drawn["ground"],
        drawn["lines"],
    )
    return f"{zlib.crc32(repr(built).encode()):08x}"


def _paths(scene: Scene, geometries: Sequence[Geometry]) -> list[str]:
    return [drawn for each in geometries if (drawn := path(each, scene.view, scene.frame))]


def _kind(thing: Thing) -> tuple[str, str, str]:
    """Colour, ink and shape. A quiet area bears no shape, as it has nothing to tell."""
    fill = thing.fill
    shape = "" if fill.quiet and thing.geometry else glyph(fill.shape)
    return paint.hexed(fill.rgb), paint.hexed(paint.ink(fill.rgb)), shape


def _tip(thing: Thing) -> str:
    """The place and its result in words: also what a screen reader says, so neither may be wanting."""
    lines = [line for line in thing.tip.split("\n") if line]
    named = lines if any(thing.name in line for line in lines) else [thing.name, *lines]
    return "\n".join(named if any(thing.fill.word in line for line in named) else [*named, thing.fill.sign])


def _word(scene: Scene, word: Word, at: int) -> dict[str, Any]:
    wide, high = extent(word.text, scene.letters)
    more = {"led": 1} if word.leader else {}
    more |= {"bare": 1} if word.bare else {}
    more |= {"mark": 1} if at >= 0 and _is_mark(scene, at, word) else {}
    return _plate(word.text, at, wide, high, word.plate) | {"x": round(word.x, 1), "y": round(word.y, 1)} | more


def _is_mark(scene: Scene, at: int, word: Word) -> bool:
    """Whether the label is but a shape, for want of room: enlarged, the name comes forth instead."""
    return word.text == scene.things[at].fill.shape


def _spare(scene: Scene, thing: Thing, at: int) -> list[Any]:
    """A name for which there was no room, and its width: shown when the map is enlarged, on the colour of its place."""
    text = f"{thing.name} {thing.fill.shape}".strip()
    return [at, text, round(extent(text, scene.letters)[0], 1)]


def _plate(text: str, at: int, wide: float, high: float, colour: paint.RGB) -> dict[str, Any]:
    ink = paint.hexed(paint.ink(colour))
    return {"i": at, "text": text, "w": round(wide, 1), "h": round(high, 1), "plate": paint.hexed(colour), "ink": ink}


def _unnamed(scene: Scene, number: dict[str, int]) -> list[tuple[int, Thing]]:
    named = {word.code for word in scene.words if word.code in number and not _is_mark(scene, number[word.code], word)}
    return [(number[thing.code], thing) for thing in scene.things if thing.code not in named]
