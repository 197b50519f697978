"""Every place of a map on one layer: those with a result by the layer's rule, those of another group pale, the others grey."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from data.looks import LIGHT, Palette
from data.maps import paint
from data.maps.layers import change, facts, firm, grade, items, outcomes, points, sheets
from data.maps.layers.model import (
    CHANGE,
    FACTS,
    FIRM,
    GRADE,
    ITEM,
    OUTCOMES,
    PART,
    SCORE,
    SHEETS,
    Asked,
    Measures,
    Painted,
    UnknownLayerError,
    tip,
)
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.maps.spots import facts as told
from data.state import State

LAYERS: dict[str, Callable[[Sequence[Spot], Asked], Painted]] = {
    GRADE: grade.painted, SCORE: points.score, PART: points.part, ITEM: items.painted, SHEETS: sheets.painted,
    OUTCOMES: outcomes.painted, FACTS: facts.painted, FIRM: firm.painted, CHANGE: change.painted,
}  # fmt: skip


def painted(
    layer: str, spots: Iterable[Spot], colors: Palette = LIGHT, group: str = "", measures: Measures | None = None
) -> Painted:
    """A map's colours on a layer (``part.cross``), its legend and its note.

    With ``group`` the units of other groups are pale: they are ranked apart and measured by another table.
    ``measures``: what costs or lies in a store; without it everything is worked out anew. Raises UnknownLayerError.
    """
    kind, _, choice = layer.partition(".")
    if kind not in LAYERS:
        raise UnknownLayerError(layer)
    found = tuple(spots)
    state = lead(found, group)
    if state is None:
        fills = {spot.place.code: _bare(spot, colors) for spot in found}
        return Painted(fills, _greys(fills.values(), (), colors))
    shown = [spot for spot in found if spot.state is state and is_of(spot, group)]
    coat = LAYERS[kind](shown, Asked(choice, state, colors, measures or Measures()))
    fills = {spot.place.code: coat.fills.get(spot.place.code) or _bare(spot, colors, state) for spot in found}
    return Painted(fills, (*coat.legend, *_greys(fills.values(), coat.legend, colors)), coat.note)


def lead(found: Iterable[Spot], group: str = "") -> State | None:
    """The assessment whose results a map paints: that of the first place with one, of the group if one is asked for."""
    return next((spot.state for spot in found if spot.result and spot.state and is_of(spot, group)), None)


def is_of(spot: Spot, group: str) -> bool:
    """Whether a place is painted where one group is: of that group, or of none."""
    return not group or spot.result is None or spot.result.group == group


def _bare(spot: Spot, colors: Palette, state: State | None = None) -> Fill:
    """A place that the layer does not paint: of another group or assessment, or without a result."""
    if spot.result is None or spot.state is None:
        return _without_result(spot, colors)
    name = spot.state.scheme.group(spot.result.group).name
    apart = "另一组" if spot.state is state else "另一考核"
    return Fill(paint.pale(colors), f"{name}（{apart}）", quiet=True, tip=tip(spot, name, *told(spot)))


def _without_result(spot: Spot, colors: Palette) -> Fill:
    if spot.below:
        return Fill(paint.rgb(colors.grades[0].color), "本次范围", "●", tip=tip(spot, f"本次范围：{spot.below}个对象"))
    shown = tip(spot, spot.absent, spot.note)
    if spot.note:
        return Fill(paint.rgb(colors.line), spot.absent, lines=(spot.absent,), tip=shown)
    shape = "○" if spot.place.level == "town" else ""  # an area is named without a shape, and so is its colour
    return Fill(paint.rgb(colors.line), spot.absent, shape, quiet=True, tip=shown)


def _greys(fills: Iterable[Fill], legend: Sequence[Fill], colors: Palette) -> tuple[Fill, ...]:
    """What is painted and the layer's own legend does not have, each word once: coloured first, then the greys."""
    had = {each.rgb for each in legend}
    grey = (paint.rgb(colors.line), paint.pale(colors))
    rest = {(each.rgb, each.sign): each for each in fills if each.rgb not in had}
    return tuple(
        Fill(each.rgb, each.word, each.shape)
        for each in sorted(rest.values(), key=lambda each: (each.rgb in grey, each.word))
    )
