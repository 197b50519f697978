"""What a comparison of scales (打分尺度对照) comes to: counts, means, chances and verdicts. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring.scale_pairs import Pair, UnitPair
from scoring.scale_tests import ALPHA

Verdict = Literal["lenient", "severe", "alike", "few", "open"]
"""偏宽, 偏严, 未见异常, too few untied items to tell (样本太小), or not asked while sheets are missing."""


@dataclass(frozen=True)
class Assessor:
    """A cross-assessment group: what it is called, and the unit that sends it ("" where its members are mixed)."""

    name: str
    home: str = ""


@dataclass(frozen=True)
class Tally:
    """How many items are marked higher, alike and lower than by the yardstick."""

    higher: int
    alike: int
    lower: int

    @property
    def untied(self) -> int:
        """Items that are not alike: only these say anything about a scale."""
        return self.higher + self.lower

    @property
    def count(self) -> int:
        """All items compared."""
        return self.untied + self.alike


@dataclass(frozen=True)
class Scale:
    """What one group's marks come to beside the yardstick's.

    ``steps``: its mean difference in grades, ``points`` in points out of 100 an item. ``chance`` and ``adjusted``: of so
    uneven a tally, alone and among all groups; None where there are too few items, or while sheets are missing.
    ``apart``: its mean less that of all other groups, with ``others_chance`` and ``others_adjusted``; None where there
    are no others. ``rank_chance`` is the signed rank test's, told beside, never decided by.
    """

    assessor: Assessor
    units: tuple[str, ...]
    pairs: tuple[Pair, ...]
    tally: Tally
    steps: Fraction | None
    points: Fraction | None
    verdict: Verdict = "open"
    chance: Fraction | None = None
    adjusted: Fraction | None = None
    rank_chance: Fraction | None = None
    apart: Fraction | None = None
    others: Verdict = "open"
    others_chance: Fraction | None = None
    others_adjusted: Fraction | None = None

    @property
    def notable(self) -> bool:
        """Whether either question turned something up."""
        return bool({self.verdict, self.others} & {"lenient", "severe"})


@dataclass(frozen=True)
class Mutual:
    """Groups that assessed each other's senders in a ring; ``links`` in its order: A on B, B on A. ``way``: all lower, or all higher.

    ``chance`` is the greatest of its links' (all of them must hold: Berger 1982, Technometrics 24), ``adjusted`` among
    all rings.
    """

    homes: tuple[str, ...]
    tallies: tuple[Tally, ...]
    steps: tuple[Fraction, ...]
    way: Literal["lenient", "severe"]
    chance: Fraction
    adjusted: Fraction

    @property
    def holds(self) -> bool:
        """Whether every link is beyond chance."""
        return self.adjusted <= ALPHA


@dataclass(frozen=True)
class Comparison:
    """Everything of two components: group by group, and what could not be held against each other.

    ``overall`` counts every item, ``by_unit`` the units whose mean lies higher, alike, lower. ``waiting``: units of
    which a sheet is missing; while there are any, no verdict is given: looking again and again would raise false alarms.
    """

    first: str
    second: str
    scales: tuple[Scale, ...]
    totals: tuple[UnitPair, ...]
    waiting: tuple[UnitPair, ...]
    overall: Tally
    by_unit: Tally
    mutual: tuple[Mutual, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether every sheet of both has come."""
        return not self.waiting

    @property
    def tested(self) -> tuple[Scale, ...]:
        """Groups with enough untied items for a verdict."""
        return tuple(scale for scale in self.scales if scale.chance is not None)


def tally(pairs: Iterable[Pair]) -> Tally:
    """Higher, alike and lower among pairs of ticks."""
    return counted(steps_of(pairs))


def counted(values: Sequence[int]) -> Tally:
    """Numbers above, at and below nought."""
    return Tally(sum(v > 0 for v in values), sum(v == 0 for v in values), sum(v < 0 for v in values))


def steps_of(pairs: Iterable[Pair]) -> list[int]:
    """The differences in grades of the pairs that two ticks make."""
    return [pair.steps for pair in pairs if pair.steps is not None]


def mean(values: Sequence[Fraction | int]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return Fraction(sum(values)) / len(values) if values else None
