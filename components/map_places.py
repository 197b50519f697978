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
from scoring.explain import one_of, score_text
from scoring.results import UnitResult

OUTSIDE, NOT_BEGUN, HIDDEN, MISSING = "不在本考核范围", "未开展", "未公开", "暂缺"
SHOWN = "towns_shown:"
"""Setting of a town assessment: a county lets its towns' results be seen outside itself (六（六）: it decides)."""

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


def fill(spot: Spot, layer: str, colors: Palette = LIGHT) -> Fill:
    """How a place is painted on a layer, with the words that say the same."""
    if spot.result is None or spot.state is None:
        return _without_result(spot, colors)
    tip = "\n".join((spot.place.name, *facts(spot)))
    if layer == GRADE:
        return _graded(spot, spot.state.scheme.grades, colors, tip)
    if layer == SHEETS:
        return _sheets(spot.result, tip, colors)
    value = spot.result.score if layer == SCORE else _component(spot.result, layer)
    word = MISSING if value is None else score_text(spot.state.scheme, value)
    return maps.shade_fill(None if value is None else _share(value), word, colors=colors, tip=tip)


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
    rank = f"第{spot.result.rank}位" if spot.result.rank is not None else "位次暂不形成"
    grade = (f"等次：{sign(spot.state.scheme.grades, spot.result.grade)}",) if spot.result.grade else ()
    return (*grade, f"得分：{score(spot)}分", f"位次：{rank}")


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


def legend(found: Iterable[Spot], layer: str, colors: Palette = LIGHT) -> tuple[Fill, ...]:
    """The colours in use with their words, best first."""
    found = tuple(found)
    if layer in (GRADE, SHEETS) or not any(spot.result for spot in found):
        used = {each.sign: each for each in (fill(spot, layer, colors) for spot in found) if each.word}
        order = next((list(spot.state.scheme.grades) for spot in found if spot.state), [])
        return tuple(sorted(used.values(), key=lambda each: (_index(order, each.word), each.word)))
    steps = len(maps.SHADES)
    edges = [LOW + (HIGH - LOW) * step / steps for step in range(steps + 1)]
    words = [f"{edges[step]:g}～{edges[step + 1]:g}分" for step in range(steps)]
    words[0] = f"{edges[1]:g}分以下"
    shades = [Fill(rgb, word, "■") for rgb, word in zip(maps.SHADES, words, strict=True)]
    return (*reversed(shades), Fill(maps.rgb(colors.line), "暂缺或无数据", "○"))


LOW, HIGH = 60, 100
"""The scale of the score layers, in points: below it all is pale. Fixed, so that years and layers compare."""


def _share(value: Fraction) -> float:
    return float((value - LOW) / (HIGH - LOW))


def _index(order: list[str], word: str) -> int:
    return order.index(word) if word in order else len(order)


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
    """Why a town's result is not to be seen: its county has not assessed, or has not opened the results."""
    group = state.results.group(result.group)
    if all(part.exact is None for unit in group for part in unit.components.values()):
        return NOT_BEGUN
    setting = state.settings.get(SHOWN + result.group)
    return "" if open_to_all or (setting is not None and setting.value == "1") else HIDDEN


def _without_result(spot: Spot, colors: Palette) -> Fill:
    if spot.below:
        tip = f"{spot.place.name}\n本考核范围：{spot.below}个考核对象"
        return Fill(maps.rgb(colors.grades[0].color), "本考核范围", "●", tip=tip)
    return Fill(maps.rgb(colors.line), spot.absent, "○", quiet=True, tip=f"{spot.place.name}\n{spot.absent}")


def _sheets(result: UnitResult, tip: str, colors: Palette) -> Fill:
    whole = sum(part.counted for part in result.components.values())
    here = whole - len(result.missing)
    word = f"已收齐（{whole}份）" if here == whole else f"已收{here}份，应收{whole}份"
    share = here / whole if whole else None
    return maps.shade_fill(share, word, colors=colors, lines=[word if here < whole else "已收齐"], tip=tip)


def _component(result: UnitResult, layer: str) -> Fraction | None:
    part = result.components.get(layer)
    return part.score if part else None


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
