"""How the map paints a place on each layer: a colour, and the same said in a shape and a word; and the legend of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.looks import LIGHT, Palette
from data.maps import paint
from data.maps.paint import Fill
from data.maps.spots import FACTS, GRADE, SCORE, SHEETS, Spot, facts, score
from scoring.exact import plain
from scoring.explain import score_text
from scoring.judged import judged, ladder
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, word


def fills(found: Sequence[Spot], layer: str, colors: Palette = LIGHT, group: str = "") -> dict[str, Fill]:
    """Division code → how the place is painted on a layer, with the words that say the same.

    With ``group`` the units of other groups are pale: they are ranked apart and measured by another table.
    """
    shown = [spot for spot in found if _is_of(spot, group)]
    scale = Scale.of([value for spot in shown if (value := _value(spot, layer)) is not None])
    return {
        spot.place.code: _fill(spot, layer, colors, scale) if _is_of(spot, group) else _other(spot, colors)
        for spot in found
    }


def _is_of(spot: Spot, group: str) -> bool:
    return not group or spot.result is None or spot.result.group == group


def _other(spot: Spot, colors: Palette) -> Fill:
    """A unit of another group: pale, by its name alone; the legend names its group."""
    assert spot.state is not None
    assert spot.result is not None
    name = spot.state.scheme.group(spot.result.group).name
    tip = "\n".join((spot.place.name, name, *facts(spot)))
    return Fill(paint.pale(colors), f"{name}（另一组）", quiet=True, tip=tip)


def legend(found: Sequence[Spot], layer: str, colors: Palette = LIGHT, group: str = "") -> tuple[Fill, ...]:
    """The colours with their words, best first: every grade of the scheme, or the steps of the scale; then the greys."""
    state = next((spot.state for spot in found if spot.state), None)
    used = {each.sign: each for each in fills(found, layer, colors, group).values() if each.word}
    pale = (paint.rgb(colors.line), paint.pale(colors))
    greys = sorted((each for each in used.values() if each.rgb in pale), key=lambda each: each.word)
    if state is not None and layer == FACTS:
        rungs = [f"拟{outcome.action}" for outcome, _ in ladder(state.results)]
        told = [each for each in used.values() if each not in greys]
        return (*sorted(told, key=lambda each: rungs.index(each.word) if each.word in rungs else len(rungs)), *greys)
    if state is None or layer == SHEETS:
        return (*sorted((each for each in used.values() if each not in greys), key=lambda each: each.word), *greys)
    if layer == GRADE:
        order = state.scheme.grades
        return (*(paint.grade_fill(grade, grades=order, colors=colors) for grade in order), *greys)
    values = [value for spot in found if _is_of(spot, group) and (value := _value(spot, layer)) is not None]
    return (*(Scale.of(values).legend(max(values)) if values else ()), *greys)


@dataclass(frozen=True)
class Scale:
    """Equal steps from ``low``, each ``step`` points wide, that just hold what is shown; a value on an edge is above it."""

    low: Fraction
    step: Fraction

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> Scale:
        """The finest scale with round edges that holds all values; any scale for none."""
        low, high = (min(values), max(values)) if values else (Fraction(0), Fraction(100))
        for step in (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5), Fraction(10)):
            edge = low // step * step
            if high < edge + step * len(paint.SHADES):
                return cls(edge, step)
        return cls(Fraction(0), Fraction(20))

    def share(self, value: Fraction) -> float:
        """Where a value lies on the scale, in the middle of its step: 0 to 1."""
        step = min(max((value - self.low) // self.step, 0), len(paint.SHADES) - 1)
        return (step + 0.5) / len(paint.SHADES)

    def legend(self, highest: Fraction | None = None) -> tuple[Fill, ...]:
        """The steps from that of the ``highest`` value down: 90～92分 is 90 and more, less than 92."""
        edges = [plain(self.low + self.step * at) for at in range(len(paint.SHADES) + 1)]
        steps = enumerate(paint.SHADES)
        used = [(at, rgb) for at, rgb in steps if highest is None or self.low + self.step * at <= highest]
        return tuple(reversed([Fill(rgb, f"{edges[at]}～{edges[at + 1]}分", "■") for at, rgb in used]))


def _fill(spot: Spot, layer: str, colors: Palette, scale: Scale) -> Fill:
    if spot.result is None or spot.state is None:
        return _without_result(spot, colors)
    tip = "\n".join((spot.place.name, *facts(spot)))
    if layer == GRADE:
        return _graded(spot, spot.state.scheme.grades, colors, tip)
    if layer == FACTS:
        return _judged(spot.state.scheme, spot.result, tip, colors)
    if layer == SHEETS:
        return _sheets(spot.result, tip, colors)
    value = _value(spot, layer)
    if value is None:
        return paint.shade_fill(None, MISSING, colors=colors, tip=tip)
    return paint.shade_fill(scale.share(value), score_text(spot.state.scheme, value), colors=colors, tip=tip)


def _value(spot: Spot, layer: str) -> Fraction | None:
    if spot.result is None or layer in (GRADE, SHEETS, FACTS):
        return None
    if layer == SCORE:
        return spot.result.score
    part = spot.result.components.get(layer)
    return part.score if part else None


def _graded(spot: Spot, grades: Sequence[str], colors: Palette, tip: str) -> Fill:
    assert spot.result is not None
    grade = word(spot.result)
    shown = paint.grade_fill(grade, grades=grades, colors=colors).sign
    return paint.grade_fill(grade, grades=grades, colors=colors, lines=[f"{shown} {score(spot)}".strip()], tip=tip)


def _judged(scheme: Scheme, result: UnitResult, tip: str, colors: Palette) -> Fill:
    """Under judgement: what is to follow for a problem, what waits, praise, or that nothing is registered. Never 暂缺."""
    one = judged(scheme, result)
    if one.gravest is not None:
        action = f"拟{one.gravest.action}"
        return Fill(paint.rgb(colors.grades[-1].color), action, "■", lines=(f"■ {action}",), tip=tip)
    if one.waiting:
        return Fill(paint.rgb(colors.grades[2].color), "情形待核对", "▲", lines=("▲ 情形待核对",), tip=tip)
    if one.praised:
        action = f"拟{one.praised[0].outcome.action}"
        return Fill(paint.rgb(colors.grades[0].color), action, "●", lines=(f"● {action}",), tip=tip)
    return Fill(paint.rgb(colors.line), "未登记情形", "○", tip=tip)


def _without_result(spot: Spot, colors: Palette) -> Fill:
    if spot.below:
        tip = f"{spot.place.name}\n本次范围：{spot.below}个对象"
        return Fill(paint.rgb(colors.grades[0].color), "本次范围", "●", tip=tip)
    if spot.note:
        tip = f"{spot.place.name}\n{spot.absent}"
        return Fill(paint.rgb(colors.line), spot.absent, lines=(spot.absent,), tip=tip)
    shape = "○" if spot.place.level == "town" else ""  # an area is named without a shape, and so is its colour
    return Fill(paint.rgb(colors.line), spot.absent, shape, quiet=True, tip=f"{spot.place.name}\n{spot.absent}")


def _sheets(result: UnitResult, tip: str, colors: Palette) -> Fill:
    whole = sum(part.counted for part in result.components.values())
    here = whole - len(result.missing)
    word = f"已收齐（{whole}份）" if here == whole else f"已收{here}份，应收{whole}份"
    share = here / whole if whole else None
    return paint.shade_fill(share, word, colors=colors, lines=[word if here < whole else "已收齐"], tip=tip)
