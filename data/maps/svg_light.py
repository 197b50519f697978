"""A scene by day, for paper: what was painted for a dark screen takes the colours that mean the same on white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.looks import DARK, LIGHT, Palette
from data.maps import paint
from data.maps.paint import RGB, Fill
from data.maps.things import Scene


def by_day(scene: Scene) -> Scene:
    """The same scene in the light palette; a colour that no palette knows (the scale of scores) stays as it is."""
    if scene.colors == LIGHT:
        return scene
    table = _table(scene.colors)
    return replace(
        scene,
        colors=LIGHT,
        things=tuple(replace(each, fill=_lit(each.fill, table)) for each in scene.things),
        words=tuple(replace(each, plate=table.get(each.plate, each.plate)) for each in scene.words),
        inset=None if scene.inset is None else by_day(scene.inset),
    )


def legend_by_day(legend: Sequence[Fill], colors: Palette = DARK) -> tuple[Fill, ...]:
    """A legend painted with ``colors``, in the light palette."""
    return tuple(legend) if colors == LIGHT else tuple(_lit(each, _table(colors)) for each in legend)


def _lit(fill: Fill, table: dict[RGB, RGB]) -> Fill:
    return replace(fill, rgb=table.get(fill.rgb, fill.rgb))


def _table(colors: Palette) -> dict[RGB, RGB]:
    """Every colour of a palette → the one in its place in the light palette."""
    named = (
        (getattr(colors, name), getattr(LIGHT, name))
        for name in ("text", "quiet", "line", "paper", "ground", "missing")
    )
    grades = ((one.color, other.color) for one, other in zip(colors.grades, LIGHT.grades, strict=True))
    tints = ((one.tint, other.tint) for one, other in zip(colors.grades, LIGHT.grades, strict=True))
    pairs = {paint.rgb(one): paint.rgb(other) for one, other in (*named, *tints, *grades)}
    return pairs | {paint.pale(colors): paint.pale(LIGHT)}
