"""What a comparison of two years is made of: the years, who goes on from whom, and what came of each unit. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.carrying import Side
from scoring.crosswalk import Crosswalk
from scoring.marks import Fact, Sheet
from scoring.results import Possible, Results, UnitResult
from scoring.scheme import Scheme
from scoring.split import Split


@dataclass(frozen=True)
class Year:
    """One year of one group: its rules, its marks, and what they came to. ``results`` are of the whole assessment."""

    scheme: Scheme
    group: str
    sheets: tuple[Sheet, ...]
    facts: tuple[Fact, ...]
    results: Results

    @property
    def side(self) -> Side:
        """The scheme and the group."""
        return Side(self.scheme, self.group)

    def sheet(self, unit: str, component: str) -> Sheet | None:
        """The sheet of a unit and component."""
        return next((s for s in self.sheets if s.unit == unit and s.component == component), None)

    def result(self, unit: str) -> UnitResult | None:
        """What a unit came to in this group."""
        return next((r for r in self.results.units if r.unit == unit and r.group == self.group), None)


@dataclass(frozen=True)
class Kin:
    """A unit and the earlier units it goes on from, each with its weight (户数, or 1); none: new (新设)."""

    unit: str
    before: tuple[tuple[str, Fraction], ...] = ()

    @property
    def merged(self) -> bool:
        """Whether several units became this one."""
        return len(self.before) > 1


@dataclass(frozen=True)
class Uncarried:
    """An item whose marks could not be taken over in a component, why, and for which units."""

    component: str
    no: int
    why: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Tested:
    """One unit: what it came to before, and what its marks come to under the other rules.

    ``before`` and ``now`` are (score, grade); ``now`` is the back-test, or in 同比 this year's own result. ``other`` is in
    同比 last year's marks under this year's rules, ``swapped`` this year's marks under last year's rules. ``possible`` is
    the range left by what has no counterpart; ``lacking`` says why there is no score or no split.
    """

    kin: Kin
    before: tuple[Fraction | None, str | None] = (None, None)
    now: tuple[Fraction | None, str | None] = (None, None)
    places: tuple[int | None, int | None] = (None, None)
    result: UnitResult | None = None
    other: UnitResult | None = None
    swapped: UnitResult | None = None
    possible: Possible | None = None
    split: Split | None = None
    lacking: str = ""

    @property
    def unit(self) -> str:
        """What the unit is called now."""
        return self.kin.unit


@dataclass(frozen=True)
class Comparison:
    """All units of one comparison. ``coverage``: what part of the new scheme's weight the matched items make up."""

    old: Year
    new_scheme: Scheme
    new_group: str
    walk: Crosswalk
    units: tuple[Tested, ...]
    coverage: Fraction
    uncarried: tuple[Uncarried, ...] = ()
    lost_facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Carried:
    """A year's marks as sheets of another scheme: ``scheme`` is that one for the units and components that have any.

    ``coverage``: what part of its weight the matched items make up; ``left``: its units that are left out.
    """

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    facts: tuple[Fact, ...]
    coverage: Fraction
    left: tuple[str, ...] = ()
