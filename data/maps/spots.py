"""What the map says of each place: its result in whichever assessment covers it, or why there is none; its colour
on each layer. Results are looked up by division code, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.documents.ranking_rows import lacking
from data.looks import sign
from data.regions import Place, UnknownPlaceError, breadcrumb, children
from data.state import State
from data.store import SHOWN
from scoring.explain import fact_name, one_of, score_text
from scoring.judged import in_order, judged
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, draws_lines

OUTSIDE, NOT_BEGUN, HIDDEN = "不在本次范围", "未开展", "未公开"
EXCLUDED, APART = "不在考核之列", "另行制定"

GRADE, SCORE, SHEETS, FACTS = "grade", "score", "sheets", "facts"


@dataclass(frozen=True)
class Spot:
    """One place on the map. Without a ``result`` the word in ``absent`` says why, and ``note`` in the document's words;
    ``below`` counts the units under it."""

    place: Place
    state: State | None = None
    result: UnitResult | None = None
    absent: str = OUTSIDE
    below: int = 0
    note: str = ""


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
    """Places first that have a place in the ranking, then other units, then those that hold units, then the rest.

    Under judgement the gravest come first.
    """

    def order(spot: Spot) -> tuple[int, int]:
        if spot.result is None or spot.state is None:
            return (2 if spot.below else 3), 0
        if spot.state.scheme.judged:
            units = [one.result.unit for one in in_order(spot.state.scheme, spot.state.results.units)]
            return 1, units.index(spot.result.unit)
        return (0, spot.result.rank) if spot.result.rank is not None else (1, 0)

    return tuple(sorted(found, key=order))


def layers(spots: Iterable[Spot]) -> dict[str, str]:
    """The layers that can be chosen, id → name: grade (where there are lines), score, each counted 考核方式, completeness;
    under judgement the 情形 alone."""
    state = next((spot.state for spot in spots if spot.state), None)
    if state is None:
        return {GRADE: "等次", SCORE: "得分", SHEETS: "收齐情况"}
    if state.scheme.judged:
        return {FACTS: "情形"}
    parts = {part.id: part.name for part in state.scheme.counted}
    graded = {GRADE: "等次"} if draws_lines(state.scheme) else {}
    return graded | {SCORE: "得分"} | ({} if len(parts) < 2 else parts) | {SHEETS: "收齐情况"}


def groups(found: Iterable[Spot], chosen: State) -> tuple[str, ...]:
    """The chosen assessment's groups that have places here: they are ranked apart and shown one at a time."""
    here = {spot.result.group for spot in found if spot.result and spot.state is chosen}
    return tuple(group.id for group in chosen.scheme.groups if group.id in here)


def unplaced(state: State) -> int:
    """How many units have no division code that is known, and so no place on any map."""
    return sum(not _chain(unit.region) for unit in state.units)


def score(spot: Spot) -> str:
    """The official score as printed, or nothing while there is none."""
    if spot.result is None or spot.state is None or spot.result.score is None:
        return ""
    return score_text(spot.state.scheme, spot.result.score)


def facts(spot: Spot) -> tuple[str, ...]:
    """Grade, score and place in plain words, or what is missing and what is still possible."""
    if spot.result is None or spot.state is None:
        return (spot.absent,)
    if spot.state.scheme.judged:
        return _found(spot.state.scheme, spot.result)
    if spot.result.score is None:
        return _missing(spot.state, spot.result)
    limited = "（受限制）" if any(limit.binds for limit in spot.result.limits) else ""
    grade = (f"等次：{sign(spot.state.scheme.grades, spot.result.grade)}{limited}",) if spot.result.grade else ()
    return (*grade, f"得分：{score(spot)}分", *_place(spot.state, spot.result))


def _found(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    """Under judgement: the 情形, what is to follow from the gravest down, what waits."""
    one = judged(scheme, result)
    known = (*one.problems, *one.aggravating, *one.honoured)
    told = [f"情形：{'、'.join(fact_name(scheme, fact) for fact in known)}"] if known else []
    told += [f"拟{each.outcome.action}" for each in (*one.follows, *one.praised)]
    told += ["有待核对的情形"] if one.waiting else []
    return tuple(told) or ("未登记情形",)


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


def _spot(each: Place, states: Sequence[State]) -> Spot:
    chosen = states[0]
    left_out = next((one for one in chosen.scheme.excluded if one.region == each.code), None)
    if left_out is not None:
        word = APART if APART in left_out.text else EXCLUDED
        return Spot(each, absent=word, note=f"{left_out.text}（{left_out.basis}）。")
    for state in (chosen, *(other for other in states[1:] if each.level not in _levels(chosen))):
        result = next((unit for unit in state.results.units if unit.region == each.code), None)
        if result is not None:
            absent = _withheld(state, result, open_to_all=state is chosen) if each.level == "town" else ""
            return Spot(each, absent=absent) if absent else Spot(each, state, result, "")
    below = sum(each in _chain(unit.region) for unit in chosen.units)
    covered = each.level == "town" and any(unit.region == each.parent for unit in chosen.units)
    return Spot(each, absent=NOT_BEGUN if covered else OUTSIDE, below=below)


def _levels(state: State) -> set[str]:
    """The levels at which an assessment has its units: another of the same document may fill in the others only."""
    return {chain[-1].level for unit in state.units if (chain := _chain(unit.region))}


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


def _missing(state: State, result: UnitResult) -> tuple[str, ...]:
    why = lacking(state.scheme, result)
    why = f"尚{why}" if why.startswith("缺") else why
    begun = len(result.missing) < len(state.scheme.counted) or any(one.score is not None for one in result.inherited)
    if result.possible is None or not begun:
        return (f"{MISSING}：{why}",)
    low, high = (score_text(state.scheme, value) for value in (result.possible.low, result.possible.high))
    grades = (f"等次可能为{one_of(result.possible.grades)}",) if result.possible.grades else ()
    return (f"{MISSING}：{why}", f"得分在{low}至{high}之间", *grades)


def _chain(code: str) -> tuple[Place, ...]:
    try:
        return breadcrumb(code)
    except UnknownPlaceError:
        return ()
