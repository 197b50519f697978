"""What the map says of each place: its result in whichever assessment covers it, or why there is none; its colour
on each layer. Results are looked up by division code, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from components import maps
from components.grades import LIGHT, Palette, sign
from components.maps import Fill
from data.regions import Place, UnknownPlaceError, breadcrumb, children
from data.state import State
from data.store import SHOWN
from scoring.exact import plain
from scoring.explain import one_of, score_text
from scoring.results import UnitResult

OUTSIDE, NOT_BEGUN, HIDDEN, MISSING = "不在本考核范围", "未开展", "未公开", "暂缺"

GRADE, SCORE, SHEETS = "grade", "score", "sheets"


@dataclass(frozen=True)
class Spot:
    """One place on the map. Without a ``result`` the word in ``absent`` says why; ``below`` counts the units under it."""

    place: Place
    state: State | None = None
    result: UnitResult | None = None
    absent: str = OUTSIDE
    below: int = 0


def home(state: State) -> Place | None:
    """The smallest place that holds every unit: 江门市. None when no unit of the roster has a known division code."""
    chains = [chain[:-1] for unit in state.units if (chain := _chain(unit.region))]
    if not chains:
        return None
    shared = [column[0] for column in zip(*chains, strict=False) if len(set(column)) == 1]
    return shared[-1] if shared else chains[0][0]


def spots(place: Place, states: Sequence[State]) -> tuple[Spot, ...]:
    """The places directly under ``place``, in 行政区划 order; ``states`` begins with the chosen assessment's."""
    return tuple(_spot(each, states) for each in children(place.code))


def by_rank(found: Iterable[Spot]) -> tuple[Spot, ...]:
    """Places first that have a place in the ranking, then other units, then those that hold units, then the rest."""

    def order(spot: Spot) -> tuple[int, int]:
        if spot.result is None:
            return (2 if spot.below else 3), 0
        return (0, spot.result.rank) if spot.result.rank is not None else (1, 0)

    return tuple(sorted(found, key=order))


def layers(spots: Iterable[Spot]) -> dict[str, str]:
    """The layers that can be chosen, id → name: grade, score, each counted 考核方式, completeness."""
    state = next((spot.state for spot in spots if spot.state), None)
    parts = {part.id: part.name for part in state.scheme.counted} if state else {}
    single = len(parts) < 2
    return {GRADE: "等次", SCORE: "得分"} | ({} if single else parts) | {SHEETS: "收齐情况"}


def fills(found: Sequence[Spot], layer: str, colors: Palette = LIGHT) -> dict[str, Fill]:
    """Division code → how the place is painted on a layer, with the words that say the same."""
    scale = Scale.of([value for spot in found if (value := _value(spot, layer)) is not None])
    return {spot.place.code: _fill(spot, layer, colors, scale) for spot in found}


def score(spot: Spot) -> str:
    """The official score as printed, or nothing while there is none."""
    if spot.result is None or spot.state is None or spot.result.score is None:
        return ""
    return score_text(spot.state.scheme, spot.result.score)


def facts(spot: Spot) -> tuple[str, ...]:
    """Grade, score and place in plain words, or what is missing and what is still possible."""
    if spot.result is None or spot.state is None:
        return (spot.absent,)
    if spot.result.score is None:
        return _missing(spot.state, spot.result)
    limited = "（受限制）" if any(limit.binds for limit in spot.result.limits) else ""
    grade = (f"等次：{sign(spot.state.scheme.grades, spot.result.grade)}{limited}",) if spot.result.grade else ()
    return (*grade, f"得分：{score(spot)}分", *_place(spot.state, spot.result))


def _place(state: State, result: UnitResult) -> tuple[str, ...]:
    """The place in its group, 暂列 while the group lacks a result; nothing where there is no ranking."""
    if result.rank is None:
        return ()
    return (f"位次：{'暂列' if state.results.provisional([result]) else ''}第{result.rank}位",)


def sources(found: Iterable[Spot], chosen: State) -> tuple[State, ...]:
    """The assessments whose figures are drawn; the chosen one where places only hold its units."""
    drawn = [spot.state or chosen for spot in found if spot.result or spot.below]
    return tuple({state.assessment.id: state for state in drawn}.values())


def components(spot: Spot) -> tuple[tuple[str, str], ...]:
    """Name and score of each counted 考核方式, 暂缺 where its sheet is missing; none where there is only one."""
    if spot.result is None or spot.state is None or len(spot.state.scheme.counted) < 2:
        return ()
    scheme, parts = spot.state.scheme, [part for part in spot.result.components.values() if part.counted]
    return tuple((part.name, MISSING if part.score is None else score_text(scheme, part.score)) for part in parts)


def why(spot: Spot) -> tuple[str, str]:
    """The one reason that settles the result, and its clause: a limit that binds, else the line that is reached."""
    steps = spot.result.steps if spot.result else ()
    return (steps[-1].what, steps[-1].cite) if steps else ("", "")


def legend(found: Sequence[Spot], layer: str, colors: Palette = LIGHT) -> tuple[Fill, ...]:
    """The colours with their words, best first: every grade of the scheme, or the steps of the scale; then the greys."""
    state = next((spot.state for spot in found if spot.state), None)
    used = {each.sign: each for each in fills(found, layer, colors).values() if each.word}
    greys = sorted((each for each in used.values() if each.rgb == maps.rgb(colors.line)), key=lambda each: each.word)
    if state is None or layer == SHEETS:
        return (*sorted((each for each in used.values() if each not in greys), key=lambda each: each.word), *greys)
    if layer == GRADE:
        order = state.scheme.grades
        return (*(maps.grade_fill(grade, grades=order, colors=colors) for grade in order), *greys)
    values = [value for spot in found if (value := _value(spot, layer)) is not None]
    return (*(Scale.of(values).legend() if values else ()), *greys)


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
            if high < edge + step * len(maps.SHADES):
                return cls(edge, step)
        return cls(Fraction(0), Fraction(20))

    def share(self, value: Fraction) -> float:
        """Where a value lies on the scale, in the middle of its step: 0 to 1."""
        step = min(max((value - self.low) // self.step, 0), len(maps.SHADES) - 1)
        return (step + 0.5) / len(maps.SHADES)

    def legend(self) -> tuple[Fill, ...]:
        """The steps from the highest: 90～92分 is 90 and more, less than 92."""
        edges = [plain(self.low + self.step * at) for at in range(len(maps.SHADES) + 1)]
        steps = enumerate(maps.SHADES)
        return tuple(reversed([Fill(rgb, f"{edges[at]}～{edges[at + 1]}分", "■") for at, rgb in steps]))


def _fill(spot: Spot, layer: str, colors: Palette, scale: Scale) -> Fill:
    if spot.result is None or spot.state is None:
        return _without_result(spot, colors)
    tip = "\n".join((spot.place.name, *facts(spot)))
    if layer == GRADE:
        return _graded(spot, spot.state.scheme.grades, colors, tip)
    if layer == SHEETS:
        return _sheets(spot.result, tip, colors)
    value = _value(spot, layer)
    if value is None:
        return maps.shade_fill(None, MISSING, colors=colors, tip=tip)
    return maps.shade_fill(scale.share(value), score_text(spot.state.scheme, value), colors=colors, tip=tip)


def _value(spot: Spot, layer: str) -> Fraction | None:
    if spot.result is None or layer in (GRADE, SHEETS):
        return None
    if layer == SCORE:
        return spot.result.score
    part = spot.result.components.get(layer)
    return part.score if part else None


def _graded(spot: Spot, grades: Sequence[str], colors: Palette, tip: str) -> Fill:
    word = (spot.result.grade if spot.result else None) or MISSING
    shown = maps.grade_fill(word, grades=grades, colors=colors).sign
    return maps.grade_fill(word, grades=grades, colors=colors, lines=[f"{shown} {score(spot)}".strip()], tip=tip)


def _spot(each: Place, states: Sequence[State]) -> Spot:
    chosen = states[0]
    for state in states:
        result = next((unit for unit in state.results.units if unit.region == each.code), None)
        if result is not None:
            absent = _withheld(state, result, open_to_all=state is chosen) if each.level == "town" else ""
            return Spot(each, absent=absent) if absent else Spot(each, state, result, "")
    below = sum(each in _chain(unit.region) for unit in chosen.units)
    covered = each.level == "town" and any(unit.region == each.parent for unit in chosen.units)
    return Spot(each, absent=NOT_BEGUN if covered else OUTSIDE, below=below)


def _withheld(state: State, result: UnitResult, *, open_to_all: bool) -> str:
    """Why a town's result in another assessment is not to be seen: its county has not assessed, or has not opened the
    results (六（六）: it decides). In the chosen assessment nothing is withheld, and what has not come in is 暂缺.
    """
    if open_to_all:
        return ""
    group = state.results.group(result.group)
    if all(part.exact is None for unit in group for part in unit.components.values()):
        return NOT_BEGUN
    setting = state.settings.get(SHOWN + result.group)
    return "" if setting is not None and setting.value == "1" else HIDDEN


def _without_result(spot: Spot, colors: Palette) -> Fill:
    if spot.below:
        tip = f"{spot.place.name}\n本考核范围：{spot.below}个考核对象"
        return Fill(maps.rgb(colors.grades[0].color), "本考核范围", "●", tip=tip)
    shape = "○" if spot.place.level == "town" else ""  # an area is named without a shape, and so is its colour
    return Fill(maps.rgb(colors.line), spot.absent, shape, quiet=True, tip=f"{spot.place.name}\n{spot.absent}")


def _sheets(result: UnitResult, tip: str, colors: Palette) -> Fill:
    whole = sum(part.counted for part in result.components.values())
    here = whole - len(result.missing)
    word = f"已收齐（{whole}份）" if here == whole else f"已收{here}份，应收{whole}份"
    share = here / whole if whole else None
    return maps.shade_fill(share, word, colors=colors, lines=[word if here < whole else "已收齐"], tip=tip)


def _missing(state: State, result: UnitResult) -> tuple[str, ...]:
    names = "、".join(state.scheme.component(each).name for each in result.missing)
    if result.possible is None:
        return (f"{MISSING}：尚缺{names}",)
    low, high = (score_text(state.scheme, value) for value in (result.possible.low, result.possible.high))
    grades = (f"等次可能为{one_of(result.possible.grades)}",) if result.possible.grades else ()
    return (f"{MISSING}：尚缺{names}", f"得分在{low}至{high}之间", *grades)


def _chain(code: str) -> tuple[Place, ...]:
    try:
        return breadcrumb(code)
    except UnknownPlaceError:
        return ()
