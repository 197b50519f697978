"""What follows the grades as they stand: 审定 where they were settled, else 建议, else as computed.

The results say what follows the computed grade. Once people have given a unit another, 表扬 and 谈话提醒 go by theirs.
"""

from __future__ import annotations

from dataclasses import replace

from data.follow_up import FollowUp
from data.locked import Locked
from scoring.follow import followed, from_last, ranked
from scoring.results import UnitResult


def stood(locked: Locked) -> FollowUp:
    """The follow-up with every unit's standing grade, and with the places and consequences that this grade brings."""
    follow, state = locked.follow_up, locked.state
    given = [locked.given(result) for result in state.results.units]
    pairs = list(zip(state.results.units, given, strict=True))
    if all(one is None or one.grade == result.grade for result, one in pairs):
        return follow
    placed = ranked(state.scheme, [replace(result, grade=one.grade) if one else result for result, one in pairs])
    last = from_last(placed)
    units = tuple(
        _following(locked, before, result, last[result.unit])
        for before, result in zip(state.results.units, placed, strict=True)
    )
    return replace(follow, state=replace(state, results=replace(state.results, units=units)))


def _following(locked: Locked, before: UnitResult, result: UnitResult, last: int | None) -> UnitResult:
    """The unit with what its standing grade brings; the reasons stay those of the computed result."""
    return replace(followed(locked.state.scheme, result, last), steps=before.steps)
