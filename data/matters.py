"""What the leading group must decide of a result (需领导小组审定): counted once for 总览, 锁定与审定 and 提请审定事项 alike.

Two kinds: a 口径 that nobody has confirmed and of which another reading would change grades; and a unit that is to be
praised and yet dealt with otherwise, or whose grade is recommended to be better (原则上). What only waits for its second
person is no matter for a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.state import State
from scoring.assumptions import Assumption
from scoring.explain import at_odds
from scoring.results import UnitResult


@dataclass(frozen=True)
class ToDecide:
    """The matters of a state: unconfirmed readings, each with the most grades that another could change, and units."""

    readings: tuple[tuple[Assumption, int], ...]
    units: tuple[UnitResult, ...]

    @property
    def count(self) -> int:
        """N of 需领导小组审定N项."""
        return len(self.readings) + len(self.units)


def to_decide(state: State) -> ToDecide:
    """Everything that waits for the meeting, readings first, units in the roster's order."""
    return ToDecide(state.mattering, units_to_decide(state))


def units_to_decide(state: State) -> tuple[UnitResult, ...]:
    """Units whose outcome or grade waits: praised and yet, by a 情形, not; or a grade that 原则上 is better."""
    return tuple(each for each in state.results.units if at_odds(state.scheme, each) or each.recommended)
