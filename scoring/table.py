"""Marks in bulk: one group's sheets as compact arrays, ready for ``scoring.batch``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from scoring.gather import MarksError, facts_by_unit, insist_on_scored, is_blank, roster, sheets_by_unit
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.tree import indicator_tree

NOT_APPLICABLE = 255
"""Code of an item that is 不适用."""
ABSENT = 254
"""Code of an item that nobody has marked: its component is missing, unless a total stands for it."""
Palette = tuple[str | Fraction | None, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """What was handed in for the units of one group.

    ``codes`` [units, components, items] are places in ``palette``, which names grades or exact scores (None at the two
    codes above); items stand in the table's order, components are the counted ones in the scheme's order.
    ``direct`` [units, components] says where a sheet gives only its total; that total is
    ``totals`` ÷ ``total_denominator``. ``facts`` maps a unit's position to its facts.
    """

    group: str
    units: Sequence[str]
    components: tuple[str, ...]
    codes: np.ndarray
    palette: Palette
    direct: np.ndarray
    totals: np.ndarray
    total_denominator: int = 1
    facts: Mapping[int, tuple[Fact, ...]] = field(default_factory=dict)
    _kept: dict = field(default_factory=dict, repr=False)

    @cached_property
    def absent(self) -> np.ndarray:
        """[units, components]: neither a total nor a whole sheet of items."""
        partial = (self.codes == ABSENT).any(axis=2) if self.codes.shape[2] else np.ones_like(self.direct)
        return partial & ~self.direct

    @cached_property
    def not_applicable(self) -> np.ndarray:
        """Rows of the flattened [units × components, items] in which at least one item is 不适用, ascending."""
        items = self.codes.reshape(-1, self.codes.shape[2])
        return np.flatnonzero((items == NOT_APPLICABLE).any(axis=1))

    @cached_property
    def any_direct(self) -> bool:
        """Whether any sheet gives only its total."""
        return bool(self.direct.any())

    @cached_property
    def largest_total(self) -> int:
        """The greatest size among ``totals``, for bounds."""
        return max(map(abs, self.totals[self.direct].tolist()), default=0)

    def points(self, values: tuple[int, ...], dtype: type) -> np.ndarray:
        """``codes`` with each code replaced by its value. The last answer is kept: weights move more than ticks do."""
        key = (values, dtype)
        if key not in self._kept:
            self._kept.clear()
            self._kept[key] = np.array(values, dtype=dtype)[self.codes]
        return self._kept[key]


def table_of_codes(scheme: Scheme, codes: np.ndarray, units: Sequence[str] = (), group: str | None = None) -> Table:
    """A table from tick codes: 0 for the best grade and so on, 255 for 不适用, 254 for no mark. Whole sheets only.

    ``codes`` is uint8 [units, components, items]. Raises MarksError where its shape or a code does not fit the scheme.
    """
    insist_on_scored(scheme)
    chosen = scheme.groups[0].id if group is None else group
    wanted = len(scheme.counted), len(scheme.indicators_of(chosen))
    if codes.ndim != 3 or codes.shape[1:] != wanted:
        raise MarksError(
            f"评分数组应为“对象×{wanted[0]}种考核方式×{wanted[1]}项”，实为{'×'.join(map(str, codes.shape))}"
        )
    known = [*range(len(scheme.grades)), ABSENT, NOT_APPLICABLE]
    if not np.isin(codes, known).all():
        raise MarksError(f"评分数组中有方案没有的等次编码；可用：{'、'.join(map(str, known))}")
    names = units or [str(number) for number in range(1, len(codes) + 1)]
    nothing = np.zeros(codes.shape[:2], dtype=np.int64)
    components = tuple(component.id for component in scheme.counted)
    return Table(chosen, names, components, codes, padded(list(scheme.grades)), nothing.astype(bool), nothing)


def table(scheme: Scheme, sheets: Iterable[Sheet], facts: Iterable[Fact] = (), group: str | None = None) -> Table:
    """The sheets and facts of one group (by default the first) in the order in which ``assess`` lists its units.

    Raises MarksError as ``assess`` does.
    """
    insist_on_scored(scheme)
    chosen = scheme.groups[0].id if group is None else group
    by_unit, told = sheets_by_unit(scheme, sheets), facts_by_unit(scheme, facts)
    units = [unit for unit, of, _ in roster(scheme, by_unit) if of == chosen]
    builder = _Builder(scheme, chosen, len(units))
    for row, unit in enumerate(units):
        for sheet in by_unit.get(unit, {}).values():
            builder.add(row, sheet)
    return builder.finish(units, {row: told[unit] for row, unit in enumerate(units) if unit in told})


class _Builder:
    """Fills the arrays sheet by sheet, giving each new grade or score its place in the palette."""

    def __init__(self, scheme: Scheme, group: str, units: int) -> None:
        self.scheme, self.group = scheme, group
        self.components = tuple(component.id for component in scheme.counted)
        self.items = {leaf.no: column for column, leaf in enumerate(indicator_tree(scheme, group).leaves())}
        self.codes = np.full((units, len(self.components), len(self.items)), ABSENT, dtype=np.int32)
        self.totals: dict[tuple[int, int], Fraction] = {}
        self.seen: dict[str | Fraction, int] = {}

    def add(self, row: int, sheet: Sheet) -> None:
        if sheet.component not in self.components:
            return
        column = self.components.index(sheet.component)
        total = next((mark for mark in sheet.marks if mark.indicator is None), None)
        if total is None:
            self._add_items(row, column, sheet.marks)
        elif total.score is not None:
            self.totals[row, column] = total.score

    def _add_items(self, row: int, column: int, marks: tuple[Mark, ...]) -> None:
        told = {mark.indicator: self._code(mark) for mark in marks if not is_blank(mark)}
        if set(told) == set(self.items):
            self.codes[row, column] = [told[number] for number in self.items]

    def _code(self, mark: Mark) -> int:
        if not mark.applicable:
            return NOT_APPLICABLE
        value = mark.grade if mark.grade is not None else mark.score
        if value is None:
            raise MarksError(f"第{mark.indicator}项填的是实际数值或完成情况，不能成批快速计算")
        place = len(self.seen)
        return self.seen.setdefault(value, place if place < ABSENT else place + 2)

    def finish(self, units: list[str], facts: dict[int, tuple[Fact, ...]]) -> Table:
        palette = padded(list(self.seen))
        narrow = self.codes.astype(np.uint8) if len(palette) <= NOT_APPLICABLE + 1 else self.codes
        whole = lcm(*(value.denominator for value in self.totals.values()))
        direct = np.zeros(self.codes.shape[:2], dtype=bool)
        totals = np.zeros(self.codes.shape[:2], dtype=object)
        for place, value in self.totals.items():
            direct[place], totals[place] = True, int(value * whole)
        fits = all(abs(value) < 2**62 for value in totals.flat)
        totals = totals.astype(np.int64) if fits else totals
        return Table(self.group, units, self.components, narrow, palette, direct, totals, whole, facts)


def padded(values: list) -> Palette:
    """The values with the two codes that are no values left free."""
    filled = [*values[:ABSENT], *[None] * max(0, ABSENT - len(values)), None, None, *values[ABSENT:]]
    return tuple(filled)
