"""What the map says of each place: its result in whichever assessment covers it, or why there is none.

Results are looked up by division code, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.documents.ranking_rows import lacking
from data.looks import sign
from data.maps.known import APART, EXCLUDED, HIDDEN, NOT_BEGUN, OUTSIDE, Known, chain_of
from data.regions import Place, children
from data.state import State
from scoring.explain import fact_name, one_of, score_text
from scoring.judged import in_order, judged
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import FEW, MISSING

__all__ = [
    "APART", "COUNTIES", "EXCLUDED", "HIDDEN", "LEVELS", "NEXT", "NOT_BEGUN", "OUTSIDE", "TOWNS", "Spot", "by_rank",
    "components", "depths", "facts", "groups", "home", "score", "sources", "spots", "unplaced", "why",
]  # fmt: skip

NEXT, COUNTIES, TOWNS = "", "county", "town"
"""How deep a map goes: to the next level, or to all counties or all towns beneath the place at once."""
LEVELS = {"province": "省级", "city": "市级", "county": "县级", "town": "镇级"}


@dataclass(frozen=True)
class Spot:
    """One place on the map. Without a ``result`` the word in ``absent`` says why, and ``note`` in the document's words;
    ``below`` counts the units under it. ``provisional``: its place in the ranking may still move (暂列)."""

    place: Place
    state: State | None = None
    result: UnitResult | None = None
    absent: str = OUTSIDE
    below: int = 0
    note: str = ""
    provisional: bool = False


def home(state: State) -> Place | None:
    """The smallest place that holds every unit: 江门市. None when no unit of the roster has a known division code."""
    chains = [chain[:-1] for unit in state.units if (chain := chain_of(unit.region))]
    if not chains:
        return None
    shared = [column[0] for column in zip(*chains, strict=False) if len(set(column)) == 1]
    return shared[-1] if shared else chains[0][0]


def spots(place: Place, states: Sequence[State], depth: str | None = None) -> tuple[Spot, ...]:
    """The places directly under ``place``, in 行政区划 order; ``states`` begins with the chosen assessment's.

    ``depth`` "county" or "town": all counties or all towns beneath it at once; a city without counties (东莞市) stands for
    its own at the depth of counties. Any other depth is the next level.
    """
    known = [Known(state) for state in states]
    return tuple(_spot(each, known) for each in _beneath(place, depth))


def depths(place: Place, states: Sequence[State]) -> dict[str, str]:
    """How deep the map of a place can go, depth → name, the next level first: {"": "市级", "county": "县级", "town": "镇级"}.

    A deeper level is offered where units of that level lie in the place: towns of another assessment than the chosen one
    (``states[0]``) only where the switch of some county here shows them.
    """
    below = children(place.code)
    if not below:
        return {}
    following = below[0].level
    deeper = list(LEVELS)[list(LEVELS).index(following) + 1 :]
    known = [Known(state) for state in states]
    offered = {level: LEVELS[level] for level in (COUNTIES, TOWNS) if level in deeper and _reaches(place, level, known)}
    return {NEXT: LEVELS[following], **offered}


def usual_depth(place: Place, states: Sequence[State]) -> str:
    """The depth at which the chosen assessment (``states[0]``) has its units in a place: the next level, where it has some.

    An assessment of 镇（街） shows these at once, not the counties that another one is about.
    """
    offered = depths(place, states)
    levels = Known(states[0]).levels
    if not offered or children(place.code)[0].level in levels:
        return NEXT
    return next((depth for depth in offered if depth in levels), NEXT)


def _beneath(place: Place, depth: str | None) -> Iterator[Place]:
    """The places that a map shows at a depth, in 行政区划 order."""
    for each in children(place.code):
        if _goes_on(each, depth):
            yield from _beneath(each, depth)
        else:
            yield each


def _goes_on(place: Place, depth: str | None) -> bool:
    """Whether what is asked lies deeper than a place: at the depth of counties 东莞市, which has none, stands itself."""
    if depth == TOWNS:
        return place.level != TOWNS
    return depth == COUNTIES and place.level in ("province", "city") and any(
        each.level != TOWNS for each in children(place.code)
    )  # fmt: skip


def _reaches(place: Place, level: str, known: Sequence[Known]) -> bool:
    """Whether some unit of a level lies in a place, and may be seen. Other assessments fill in what the chosen one lacks."""
    chosen = known[0]
    return any(
        chain[-1].level == level and place in chain
        and (level != TOWNS or not one.withheld(result, open_to_all=one is chosen))
        for one in known if one is chosen or level not in chosen.levels
        for result in one.state.results.units
        if (chain := chain_of(result.region))
    )  # fmt: skip


def by_rank(found: Iterable[Spot]) -> tuple[Spot, ...]:
    """Places first that have a place in the ranking, then other units, then those that hold units, then the rest.

    Groups are ranked apart and stand one after another, in the scheme's order. Under judgement the gravest come first.
    """

    found = tuple(found)
    places = {state.assessment.id: _gravity(state) for state in _judged_states(found)}

    def order(spot: Spot) -> tuple[int, int, int]:
        if spot.result is None or spot.state is None:
            return (2 if spot.below else 3), 0, 0
        if spot.state.scheme.judged:
            return 1, 0, places[spot.state.assessment.id][spot.result.unit]
        at = [group.id for group in spot.state.scheme.groups].index(spot.result.group)
        return (0, at, spot.result.rank) if spot.result.rank is not None else (1, 0, 0)

    return tuple(sorted(found, key=order))


def _judged_states(found: Sequence[Spot]) -> list[State]:
    states = {spot.state.assessment.id: spot.state for spot in found if spot.state and spot.state.scheme.judged}
    return list(states.values())


def _gravity(state: State) -> dict[str, int]:
    """Where each unit stands under judgement, the gravest first."""
    return {one.result.unit: at for at, one in enumerate(in_order(state.scheme, state.results.units))}


def groups(found: Iterable[Spot], chosen: State) -> tuple[str, ...]:
    """The chosen assessment's groups that have places here, where they are shown one at a time: ranked apart, and measured
    by tables of their own or few. Many that share one table (the towns of each county) are shown together: none."""
    units = {spot.result.group for spot in found if spot.result and spot.state is chosen}
    here = [group for group in chosen.scheme.groups if group.id in units]
    together = len(here) > FEW and not any(group.indicators for group in here)
    return () if together else tuple(group.id for group in here)


def unplaced(state: State) -> int:
    """How many units have no division code that is known, and so no place on any map."""
    return sum(not chain_of(unit.region) for unit in state.units)


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
    return (*grade, f"得分：{score(spot)}分", *_place(spot))


def _found(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    """Under judgement: the 情形, what is to follow from the gravest down, what waits."""
    one = judged(scheme, result)
    known = (*one.problems, *one.aggravating, *one.honoured)
    told = [f"情形：{'、'.join(fact_name(scheme, fact) for fact in known)}"] if known else []
    told += [f"拟{each.outcome.action}" for each in (*one.follows, *one.praised)]
    told += ["有待核对的情形"] if one.waiting else []
    return tuple(told) or ("未登记情形",)


def _place(spot: Spot) -> tuple[str, ...]:
    """The place in its group, 暂列 while the group lacks a result; nothing where there is no ranking."""
    if spot.result is None or spot.result.rank is None:
        return ()
    return (f"位次：{'暂列' if spot.provisional else ''}第{spot.result.rank}位",)


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


def _spot(each: Place, known: Sequence[Known]) -> Spot:
    chosen, others = known[0], known[1:]
    told = _left_out(each, chosen)
    if told is not None:
        return Spot(each, absent=told[0], note=told[1])
    for one in (chosen, *(other for other in others if each.level not in chosen.levels)):
        result = one.by_region.get(each.code)
        if result is not None:
            absent = one.withheld(result, open_to_all=one is chosen) if each.level == TOWNS else ""
            if absent:
                return Spot(each, absent=absent)
            return Spot(each, one.state, result, "", provisional=result.group in one.provisional)
    covered = each.level == TOWNS and each.parent in chosen.by_region
    return Spot(each, absent=NOT_BEGUN if covered else OUTSIDE, below=chosen.counts[each.code])


def _left_out(each: Place, chosen: Known) -> tuple[str, str] | None:
    """The word and the note of a place that the document leaves out, alone or with what it lies in."""
    codes = (one.code for one in chain_of(each.code)) if chosen.excluded else ()
    return next((chosen.excluded[code] for code in codes if code in chosen.excluded), None)


def _missing(state: State, result: UnitResult) -> tuple[str, ...]:
    why = lacking(state.scheme, result)
    why = f"尚{why}" if why.startswith("缺") else why
    begun = len(result.missing) < len(state.scheme.counted) or any(one.score is not None for one in result.inherited)
    if result.possible is None or not begun:
        return (f"{MISSING}：{why}",)
    low, high = (score_text(state.scheme, value) for value in (result.possible.low, result.possible.high))
    grades = (f"等次可能为{one_of(result.possible.grades)}",) if result.possible.grades else ()
    return (f"{MISSING}：{why}", f"得分在{low}至{high}之间", *grades)
