"""Whose results may be told: towns only where their 市（区） has decided to make them public (六（六）: 自行研究决定).

One rule for every paper and every page of a 汇报. A unit's own 反馈单 is not bound by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data import regions
from data.locked import Locked
from data.papers.words import counted
from data.regions import UnknownPlaceError
from data.state import State
from data.store import SHOWN
from scoring.assumption_words import NOTHING, effect_words
from scoring.assumptions import Effect
from scoring.elements import Group

CLOSED = "成绩未经所在市（区）决定公开，不列"


def hidden_groups(state: State) -> tuple[Group, ...]:
    """Groups of towns whose results their 市（区） has not made public; none where only one group is marked."""
    marked = state.scheme.marked_groups
    if len(marked) < 2:
        return ()
    return tuple(group for group in marked if _of_towns(group) and not _public(state, group))


def hidden_units(state: State) -> frozenset[str]:
    """The units of these groups."""
    groups = {group.id for group in hidden_groups(state)}
    return frozenset(result.unit for result in state.results.units if result.group in groups) if groups else frozenset()


def closed_told(state: State) -> str:
    """That results are left out, and whose, without a stop: "恩平市11个镇（街）的成绩未经…公开，不列"; "" where none are."""
    hidden = hidden_units(state)
    if not hidden:
        return ""
    groups = "、".join(group.name for group in hidden_groups(state))
    return f"{groups}共{counted(state.scheme, len(hidden))}的{CLOSED}"


def open_part(locked: Locked) -> Locked:
    """The 锁定版 without the results of hidden units and all that tells of them. Its roster and sheets stay whole.

    What another reading would change is asked of the whole one: see ``effect_told``.
    """
    state = locked.state
    hidden = hidden_units(state)
    if not hidden:
        return locked
    units = tuple(result for result in state.results.units if result.unit not in hidden)
    facts = tuple(row for row in state.facts if row.fact.unit not in hidden)
    part = replace(state, results=replace(state.results, units=units), facts=facts)
    steps = {
        kind: replace(step, grades={unit: given for unit, given in step.grades.items() if unit not in hidden})
        for kind, step in locked.standing.steps.items()
    }
    objections = tuple(each for each in locked.standing.objections if each.unit not in hidden)
    follow = locked.follow_up
    follow = replace(
        follow,
        state=part,
        decisions=tuple(each for each in follow.decisions if each.ruling.unit not in hidden),
        items=tuple(each for each in follow.items if each.finding.unit not in hidden),
    )
    standing = replace(locked.standing, steps=steps, objections=objections)
    return replace(locked, state=part, standing=standing, follow_up=follow)


def effect_told(state: State, effect: Effect) -> str:
    """What another reading would change, as ``effect_words``; hidden units are only counted."""
    hidden, scheme = hidden_units(state), state.scheme
    closed = [unit for unit in effect.units if unit in hidden]
    if not closed:
        return effect_words(scheme, effect)
    rest = replace(
        effect,
        changes=_without(effect.changes, hidden),
        places=_without(effect.places, hidden),
        scores=_without(effect.scores, hidden),
        outcomes=tuple(unit for unit in effect.outcomes if unit not in hidden),
    )
    words, graded = effect_words(scheme, rest), sum(unit in hidden for unit in effect.changes)
    what = f"{counted(scheme, graded)}的等次改变" if graded else f"{counted(scheme, len(closed))}的结果有变、等次不变"
    return f"{what}，{CLOSED}" if words == NOTHING else f"{words}；另有{what}，{CLOSED}"


def _without(told: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    return {unit: each for unit, each in told.items() if unit not in hidden}


def _of_towns(group: Group) -> bool:
    try:
        return regions.place(group.parent).level == "county"
    except UnknownPlaceError:
        return False


def _public(state: State, group: Group) -> bool:
    setting = state.settings.get(SHOWN + group.id)
    return setting is not None and setting.value == "1"
