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
class ItemResult:
    """What one row of a sheet comes to: ``points`` out of 100 (None: 不适用, or ``open`` says why it cannot be scored yet).

    ``grade`` is the item's grade where it has one. ``notes`` tell what was more than a tick: 中位法, 比例, 保底, 逾期.
    ``waits``: what an open row waits for, in short ("待填目标数值：全国增长率").
    """

    no: int
    points: Fraction | None
    grade: str | None = None
    open: str = ""
    notes: tuple[Step, ...] = ()
    waits: str = ""


@dataclass(frozen=True)
class ComponentResult:
    """What one 考核方式 gives one unit. ``exact`` is None while its sheet is missing.

    ``exact`` is the score as it enters the sum, ``unrounded`` what it was where the scheme rounds components first.
    All three are out of ``full``. ``items`` maps item numbers to points out of 100 (None: 不适用), empty for a total;
    ``rows`` has the same with grades and reasons, rows that cannot be scored yet among them. ``categories`` maps
    top-level category names to their exact scores out of 100. ``extras``: points of 加分项 and points off of 扣分项, which
    are no part of the score and enter the total.
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
    full: Fraction = Fraction(100)
    rows: dict[int, ItemResult] = field(default_factory=dict)
    extras: dict[int, Fraction] = field(default_factory=dict)

    @property
    def open_rows(self) -> tuple[str, ...]:
        """Why rows that were filled in cannot be scored yet, in words."""
        return tuple(row.open for row in self.rows.values() if row.open)


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
class AppliedFloor:
    """A floor (保底) whose condition holds for a unit. ``binds``: it lifted the grade, or would once ``confirmed``.

    ``declined``: a person has decided against it (认定不采用); it is told and recommends nothing any more.
    """

    id: str
    worst: str
    text: str
    cite: str
    fact: Fact | None
    confirmed: bool
    binds: bool
    declined: bool = False


@dataclass(frozen=True)
class AppliedBonus:
    """加分: so many counted facts or one marked item (``told``: 3次, 合计12万元, 第21项), and the points they earn together.

    ``most``: the total is never lifted over it; None: no such bound. ``no``: the 加分项 it was marked by, if it was.
    """

    id: str
    text: str
    cite: str
    count: int
    points: Fraction
    most: Fraction | None = None
    told: str = ""
    no: int | None = None


@dataclass(frozen=True)
class AppliedDeduction:
    """扣分: the points ``taken`` off, and those ``asked`` for where what it is ``off`` (第3项, “资金管理”) had fewer left.

    ``no``: the 扣分项 it was marked by, if it was.
    """

    id: str
    text: str
    cite: str
    count: int
    points: Fraction
    asked: Fraction
    off: str = ""
    told: str = ""
    no: int | None = None

    @property
    def spent(self) -> bool:
        """Whether nothing was left to take off (扣完为止)."""
        return self.points < self.asked


@dataclass(frozen=True)
class Inherited:
    """One helped unit whose official score is inherited (随帮扶对象计分); ``score`` None while it has none."""

    unit: str
    score: Fraction | None
    households: Fraction | None


@dataclass(frozen=True)
class AwardResult:
    """绩效折算: the score brought to an award, rounded to ``places``."""

    id: str
    name: str
    value: Fraction
    places: int


@dataclass(frozen=True)
class Consequence:
    """What follows for a unit (结果运用) and why: the gravest ``fact`` it rests on; ``by_grade``: the grade alone suffices."""

    outcome: Outcome
    fact: Fact | None
    by_grade: bool


@dataclass(frozen=True)
class UnitResult:
    """One unit's result with its reasons.

    ``exact`` is the sum with every bonus and deduction before it is rounded to ``score``, ``before_bonus`` without,
    ``extra`` what these come to before the total's own bounds, ``linear`` whether the total still moves evenly with the
    marks (no 扣完为止). ``unrounded`` is what ``exact`` would be if no component had been rounded either;
    ``crossed_by_rounding``: the grade by score would then differ.
    ``score_grade`` is what the score alone gives (按分数), ``grade`` what stands after floors and limits;
    ``recommended`` what it would be if every floor that waits for a person were confirmed, where that differs.
    ``category_grades`` are the grades of categories (大项等次). ``rank`` is the place within the group among complete
    units. ``inherited``: the units whose scores it takes instead of sheets. If every unconfirmed fact were confirmed:
    ``pending`` is the grade and ``pending_score`` the score, ``pending_grades`` are the possible grades of an incomplete
    unit, each only where it would differ, and ``pending_outcomes`` what would follow beyond what does now.
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
    before_bonus: Fraction | None = None
    bonuses: tuple[AppliedBonus, ...] = ()
    deductions: tuple[AppliedDeduction, ...] = ()
    extra: Fraction = Fraction(0)
    linear: bool = True
    category_grades: dict[str, str] = field(default_factory=dict)
    floors: tuple[AppliedFloor, ...] = ()
    recommended: str | None = None
    inherited: tuple[Inherited, ...] = ()
    awards: tuple[AwardResult, ...] = ()
    pending: str | None = None
    pending_score: Fraction | None = None
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
        return bool(self.pending or self.pending_grades or self.pending_outcomes or self.pending_score is not None)


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
