"""What an assessment comes to: scores, grades and places that explain themselves. Values only; no formats, no screen.

Exact values are fractions; ``score`` is the official, rounded one. None is "not there": never zero, never an estimate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.marks import Fact, Sheet
from scoring.rules import Outcome
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Step:
    """One reason behind a result: what was done, and the clause that says so (or that it is our reading)."""

    what: str
    cite: str


@dataclass(frozen=True)
class ComponentResult:
    """What one 考核方式 gives one unit. ``exact`` is None while its sheet is missing.

    ``exact`` is the score as it enters the sum, ``unrounded`` what it was where the scheme rounds components first.
    ``items`` maps item numbers to points (None: 不适用), empty for a total. ``categories`` maps top-level category
    names to their exact scores out of 100.
    """

    id: str
    name: str
    weight: Fraction | None
    counted: bool
    exact: Fraction | None = None
    unrounded: Fraction | None = None
    score: Fraction | None = None
    sheet: Sheet | None = None
    items: dict[int, Fraction | None] = field(default_factory=dict)
    categories: dict[str, Fraction | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Possible:
    """What an incomplete unit can still come to: least and greatest official score, grades from worst to best."""

    low: Fraction
    high: Fraction
    grades: tuple[str, ...]


@dataclass(frozen=True)
class AppliedLimit:
    """A limit whose condition holds for a unit. ``binds`` says whether it lowered the grade."""

    id: str
    best: str
    text: str
    cite: str
    fact: Fact | None
    binds: bool


@dataclass(frozen=True)
class Consequence:
    """What follows for a unit (结果运用) and why: the gravest ``fact`` it rests on; ``by_grade``: the grade alone suffices."""

    outcome: Outcome
    fact: Fact | None
    by_grade: bool


@dataclass(frozen=True)
class UnitResult:
    """One unit's result with its reasons.

    ``exact`` is the sum before it is rounded to ``score``, ``unrounded`` the sum if no component had been rounded
    either; ``crossed_by_rounding``: the grade by score would then differ. ``score_grade`` is what the score alone gives
    (按分数), ``grade`` what stands after the limits. ``rank`` is the place within the group among complete units.
    If every unconfirmed fact were confirmed: ``pending`` is the grade, ``pending_grades`` are the possible grades of an
    incomplete unit, both only where they would differ, and ``pending_outcomes`` what would follow beyond what does now.
    """

    unit: str
    group: str
    region: str
    components: dict[str, ComponentResult]
    missing: tuple[str, ...]
    exact: Fraction | None = None
    unrounded: Fraction | None = None
    score: Fraction | None = None
    score_grade: str | None = None
    grade: str | None = None
    rank: int | None = None
    possible: Possible | None = None
    categories: dict[str, Fraction | None] = field(default_factory=dict)
    limits: tuple[AppliedLimit, ...] = ()
    facts: tuple[Fact, ...] = ()
    pending: str | None = None
    pending_grades: tuple[str, ...] = ()
    pending_outcomes: tuple[Outcome, ...] = ()
    crossed_by_rounding: bool = False
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What follows, in the scheme's order; without a grade only what facts alone bring."""
        return tuple(consequence.outcome for consequence in self.consequences)

    @property
    def complete(self) -> bool:
        """Whether every counted component is there."""
        return not self.missing

    @property
    def to_check(self) -> bool:
        """Whether an unconfirmed fact would change anything: a second person has to look (待核对)."""
        return bool(self.pending or self.pending_grades or self.pending_outcomes)


@dataclass(frozen=True)
class Results:
    """All units of an assessment under one scheme, in the roster's order (行政区划)."""

    scheme: Scheme
    units: tuple[UnitResult, ...]
    engine: str

    def of(self, unit: str) -> UnitResult:
        """A unit's result. Raises KeyError."""
        for result in self.units:
            if result.unit == unit:
                return result
        raise KeyError(unit)

    def group(self, group: str) -> tuple[UnitResult, ...]:
        """The units of one group, in the roster's order."""
        return tuple(result for result in self.units if result.group == group)

    def ranked(self, group: str | None = None) -> tuple[UnitResult, ...]:
        """By place, units that share one in the roster's order, and those without a place last."""
        chosen = self.units if group is None else self.group(group)
        return tuple(sorted(chosen, key=lambda result: (result.rank is None, result.rank or 0)))

    def provisional(self, units: Iterable[UnitResult] | None = None) -> bool:
        """Whether the places of these units (None: of all) may still move (暂列): one of their groups lacks a result.

        Groups are ranked apart: a whole group's places are settled whatever the others lack. Without places: False.
        """
        groups = {result.group for result in (self.units if units is None else units)}
        return any(
            any(result.rank is not None for result in members) and not all(result.complete for result in members)
            for members in map(self.group, groups)
        )

    def graded(self, grade: str | None) -> tuple[UnitResult, ...]:
        """Units of that grade; None: those without one (暂缺)."""
        return tuple(result for result in self.units if result.grade == grade)
