"""Marks of two components (考核方式) side by side: the same item of the same unit, marked by different people.

Which component is the cross-assessment is read from its name (``CROSS``), for no scheme says it otherwise; of one that
calls it something else, somebody has to say it. What it is held against is read from the table, never from an id. Signs:
plus is better, so +1 档 says that the first component gave one grade more than the second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.elements import Component
from scoring.marks import Mark
from scoring.profile import unit_rows
from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme

CROSS = ("交叉", "互评", "互查")
"""What assessment by groups from elsewhere is called: 交叉考核 in the documents (江门 五（一）, 广东 五（一）), 互评 or 互查 elsewhere."""


@dataclass(frozen=True)
class Cell:
    """One mark of one component: the tick, or None; points out of 100 of the item; and where it stands in its file."""

    grade: str | None
    points: Fraction
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Pair:
    """One item of one unit in two components. ``steps``: grades by which the first is better, None without two ticks.

    ``points``: points out of 100 by which the first is better.
    """

    unit: str
    no: int
    name: str
    first: Cell
    second: Cell
    steps: int | None
    points: Fraction


@dataclass(frozen=True)
class UnitPair:
    """One unit in two components. ``total``: how much better the first's score is, out of 100; None while one is missing.

    ``pairs`` is empty where one of them came as a total only (``totals_only``).
    """

    unit: str
    pairs: tuple[Pair, ...]
    total: Fraction | None
    missing: tuple[str, ...] = ()

    @property
    def totals_only(self) -> bool:
        """Both are there, and there are no items to hold against each other."""
        return not self.missing and not self.pairs

    @property
    def ticked(self) -> tuple[Pair, ...]:
        """The pairs that two ticks make."""
        return tuple(pair for pair in self.pairs if pair.steps is not None)


def subject(scheme: Scheme, cross: str = "") -> Component | None:
    """The component whose groups are looked at: the counted 交叉考核 that marks items which others mark, too.

    ``cross`` is the id of the component that somebody said it is; "" where its name tells. None where the document has
    none, or where every item is marked once only (2026年模板).
    """
    found = next((part for part in scheme.counted if part.id == cross), None) if cross else crossed(scheme)
    return found if found and _held(scheme, found) else None


def crossed(scheme: Scheme) -> Component | None:
    """The counted component whose name says that it is a 交叉考核; None where none does."""
    return next((part for part in scheme.counted if any(word in part.name for word in CROSS)), None)


def unnamed(scheme: Scheme) -> tuple[Component, ...]:
    """Where no name tells of a 交叉考核: the counted components that could be one, for others mark their items, too."""
    return () if scheme.judged or crossed(scheme) else tuple(part for part in scheme.counted if _held(scheme, part))


def _held(scheme: Scheme, one: Component) -> bool:
    return any(_shares(scheme, one, part) for part in scheme.counted if part != one)


def yardsticks(scheme: Scheme, cross: str = "") -> tuple[Component, ...]:
    """The counted components it can be held against, in the document's order: 市级考核 before 日常工作."""
    found = subject(scheme, cross)
    return tuple(part for part in scheme.counted if found and part != found and _shares(scheme, found, part))


def _shares(scheme: Scheme, one: Component, other: Component) -> bool:
    """Whether both mark some item; of a table that is not known, only totals come, and they can be compared."""
    rows = [row for group in scheme.groups for row in scheme.indicators_of(group.id)]
    return not rows or any(row.marked_in(one.id) and row.marked_in(other.id) for row in rows)


def side_by_side(scheme: Scheme, units: Iterable[UnitResult], first: str, second: str) -> tuple[UnitPair, ...]:
    """Every unit with its items in both components, in the order given."""
    return tuple(_unit_pair(scheme, result, first, second) for result in units)


def _unit_pair(scheme: Scheme, result: UnitResult, first: str, second: str) -> UnitPair:
    parts = [result.components[name] for name in (first, second)]
    missing = tuple(part.id for part in parts if part.exact is None)
    if missing:
        return UnitPair(result.unit, (), None, missing)
    scores = [(part.exact or Fraction(0)) * 100 / part.full for part in parts]
    return UnitPair(result.unit, item_pairs(scheme, result, first, second), scores[0] - scores[1])


def item_pairs(scheme: Scheme, result: UnitResult, first: str, second: str) -> tuple[Pair, ...]:
    """The items that both components marked, in the table's order; what either calls 不适用 is left out."""
    cells = [_cells(result.components[name]) for name in (first, second)]
    return tuple(
        _pair(scheme, result.unit, row.no, row.name, cells[0][row.no], cells[1][row.no])
        for row in unit_rows(scheme, result)
        if row.no in cells[0] and row.no in cells[1]
    )


def _pair(scheme: Scheme, unit: str, no: int, name: str, first: Cell, second: Cell) -> Pair:
    steps = None
    if first.grade is not None and second.grade is not None:
        steps = scheme.grades.index(second.grade) - scheme.grades.index(first.grade)
    return Pair(unit, no, name, first, second, steps, first.points - second.points)


def _cells(part: ComponentResult) -> dict[int, Cell]:
    """What a component's sheet says of each item that earned points; the tick is the assessor's own."""
    marks = {mark.indicator: mark for mark in part.sheet.marks} if part.sheet else {}
    return {no: _cell(marks[no], points) for no, points in part.items.items() if points is not None and no in marks}


def _cell(mark: Mark, points: Fraction) -> Cell:
    return Cell(mark.grade, points, mark.sheet, mark.cell)
