"""Items that tell nobody from anybody (无区分度), and marks two grades or more apart, each with what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from scoring.assess import assess
from scoring.marks import Fact, Sheet
from scoring.profile import TWO_GRADES
from scoring.results import UnitResult
from scoring.scale_pairs import Pair, item_pairs
from scoring.scheme import Scheme

FEWEST = 3
"""Units below which an item that all have alike says nothing of the item."""
FULL = Fraction(100)


@dataclass(frozen=True)
class Sameness:
    """One item in one component over the units marked on it: the commonest mark, and how many have it.

    ``mark``: a grade, or points out of 100 where the table knows no grades.
    """

    component: str
    no: int
    name: str
    mark: str | Fraction
    alike: int
    count: int

    @property
    def share(self) -> Fraction:
        """The part of the units that share the mark."""
        return Fraction(self.alike, self.count)


@dataclass(frozen=True)
class Trial:
    """What a unit would come to if one component's mark were the other's: score and grade, None while incomplete."""

    component: str
    grade: str
    score: Fraction | None
    result: str | None


@dataclass(frozen=True)
class Apart:
    """One item that two components tick two grades or more apart. ``trials``: first as the second, second as the first."""

    first: str
    second: str
    pair: Pair
    trials: tuple[Trial, Trial]
    score: Fraction | None
    grade: str | None

    @property
    def matters(self) -> bool:
        """Whether either change would give the unit another grade."""
        return any(trial.result != self.grade for trial in self.trials)


def sameness(scheme: Scheme, units: Sequence[UnitResult], component: str) -> tuple[Sameness, ...]:
    """Every item of one table that at least three of the units are marked on, in its order; 加分项 and 扣分项 left out."""
    names = {row.no: row.name for result in units for row in scheme.indicators_of(result.group) if row.role == "base"}
    marks: dict[int, list[str | Fraction]] = {}
    for result in units:
        for no, row in result.components[component].rows.items():
            mark = row.points if row.grade is None else row.grade
            if mark is not None and no in names:
                marks.setdefault(no, []).append(mark)
    found = []
    for no, values in sorted(marks.items()):
        (mark, alike), *_ = Counter(values).most_common(1)
        if len(values) >= FEWEST:
            found.append(Sameness(component, no, names[no], mark, alike, len(values)))
    return tuple(found)


def undivided(items: Iterable[Sameness]) -> tuple[Sameness, ...]:
    """The items on which all units have the same mark, whichever it is: they tell nobody from anybody."""
    return tuple(item for item in items if item.alike == item.count)


def is_best(scheme: Scheme, item: Sameness) -> bool:
    """Whether the commonest mark is the best there is: the best grade, or full marks where the table knows no grades."""
    return item.mark in {FULL, *scheme.grades[:1]}


def ticked_twice(scheme: Scheme, units: Iterable[UnitResult], components: Sequence[str]) -> int:
    """How many times two of these components ticked the same item of the same unit."""
    return sum(1 for *_, pair in _pairs(scheme, units, components) if pair.steps is not None)


def far_apart(
    scheme: Scheme,
    units: Iterable[UnitResult],
    sheets: Sequence[Sheet],
    facts: Sequence[Fact],
    components: Sequence[str],
) -> tuple[Apart, ...]:
    """Ticks of one item two grades or more apart between any two of these components, the widest first.

    ``sheets`` and ``facts`` are those the ``units`` were scored from: each change is scored anew, exactly.
    """
    every = _pairs(scheme, units, components)
    found = [each for each in every if each[3].steps is not None and abs(each[3].steps) >= TWO_GRADES]
    found.sort(key=lambda each: -abs(each[3].steps or 0))
    open_ = {group: _open(scheme, group) for group in dict.fromkeys(result.group for result, *_ in found)}
    return tuple(
        Apart(
            first, second, pair, _trials(_alone(open_[result.group], result.unit, sheets, facts), pair, first, second),
            result.score, result.grade,
        )
        for result, first, second, pair in found
    )  # fmt: skip


def _pairs(
    scheme: Scheme, units: Iterable[UnitResult], components: Sequence[str]
) -> Iterator[tuple[UnitResult, str, str, Pair]]:
    """Every item that two of the components marked, with these two."""
    for result in units:
        for first, second in combinations(components, 2):
            for pair in item_pairs(scheme, result, first, second):
                yield result, first, second, pair


_Case = tuple[Scheme, list[Sheet], list[Fact]]
"""What one unit's own score rests on."""


def _open(scheme: Scheme, group: str) -> Scheme:
    """The same rules for one group without a roster, so that a unit can be scored by itself; as it is where peers decide.

    Places are lost and not wanted. Not validated anew: nothing but the roster is taken away.
    """
    if scheme.median is not None:
        return scheme
    fields = {name: getattr(scheme, name) for name in Scheme.model_fields}
    alone = scheme.group(group).model_copy(update={"units": ()})
    return Scheme.model_construct(**fields | {"groups": (alone,)})


def _alone(scheme: Scheme, unit: str, sheets: Sequence[Sheet], facts: Sequence[Fact]) -> _Case:
    """A unit's own sheets and facts; everybody's sheets where peers decide (中位法)."""
    kept = [sheet for sheet in sheets if scheme.median is not None or sheet.unit == unit]
    return scheme, kept, [fact for fact in facts if fact.unit == unit]


def _trials(case: _Case, pair: Pair, first: str, second: str) -> tuple[Trial, Trial]:
    return _trial(case, pair, first, pair.second.grade or ""), _trial(case, pair, second, pair.first.grade or "")


def _trial(case: _Case, pair: Pair, component: str, grade: str) -> Trial:
    scheme, sheets, facts = case
    changed = [
        replace(sheet, marks=tuple(replace(m, grade=grade) if m.indicator == pair.no else m for m in sheet.marks))
        if (sheet.unit, sheet.component) == (pair.unit, component) else sheet
        for sheet in sheets
    ]  # fmt: skip
    told = assess(scheme, changed, facts).of(pair.unit)
    return Trial(component, grade, told.score, told.grade)
