"""Whom the tables of a live workbook tell of: the units of one group, in the order of their rows, with their results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scoring.elements import Indicator
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Members:
    """The units of one group. ``names``: what each is called here, ``units``: in the order of the rows."""

    results: Results
    group: str
    names: Mapping[str, str]
    units: tuple[str, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme that the results were computed by."""
        return self.results.scheme

    @cached_property
    def found(self) -> dict[str, UnitResult]:
        """Each unit's result."""
        return {unit: self.results.of(unit) for unit in self.units}

    @cached_property
    def items(self) -> dict[int, Indicator]:
        """The group's items by number."""
        return {item.no: item for item in self.scheme.indicators_of(self.group)}

    @property
    def live(self) -> bool:
        """Whether formulas lead from marks to the score of every 考核方式.

        Not where some items apply to single units alone, so that no table of weights serves all, nor where units take
        their score from those they help (随帮扶对象计分).
        """
        own = any(item.only for item in self.items.values())
        return not own and not self.scheme.inheritance(self.group)
