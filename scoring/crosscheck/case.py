"""One cross-check under way: the workbook, the results, and what every hypothesis asks of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring.combine import official
from scoring.crosscheck.book import At, Book, BookCell, address
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError
from scoring.crosscheck.expected import Want, agrees, factor, place_number, plain_grade, wanted
from scoring.crosscheck.functions import Errors
from scoring.crosscheck.layout import DEDUCTION, GRADE, RANK, TOTAL, Layout, Slot
from scoring.exact import plain
from scoring.extras import adjusted
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Revision:
    """An earlier sheet of a unit and component: what it is called ("第1次，6月1日"), and what the unit would then come to."""

    told: str
    result: UnitResult


@dataclass(frozen=True)
class Past:
    """What the workbook may still hold: earlier revisions by (unit, component); and where each mark stands now, by
    (unit, component, item or 0)."""

    revisions: Mapping[tuple[str, str], tuple[Revision, ...]] = field(default_factory=dict)
    sources: Mapping[tuple[str, str, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cause:
    """One cause that reproduces the workbook's value: a stable code and a sentence."""

    code: str
    text: str


@dataclass(frozen=True)
class Case:
    """All that is compared. ``off``: cells that differ; ``texts``: numbers stored as text on which another cell rests."""

    scheme: Scheme
    results: Results
    book: Book
    layout: Layout
    past: Past = Past()

    @cached_property
    def slots(self) -> dict[At, Slot]:
        """Cell → what it should hold."""
        return {slot.at: slot for slot in self.layout.slots}

    @cached_property
    def _named(self) -> dict[tuple[str, str], list[Slot]]:
        found: dict[tuple[str, str], list[Slot]] = {}
        for slot in self.layout.slots:
            found.setdefault((slot.unit, slot.role), []).append(slot)
        return found

    @cached_property
    def wants(self) -> dict[At, Want]:
        """Cell → the engine's value."""
        return {at: wanted(self.results, slot) for at, slot in self.slots.items()}

    @cached_property
    def off(self) -> frozenset[At]:
        """The cells that differ."""
        return frozenset(
            at for at, slot in self.slots.items() if not agrees(self.scheme, slot, self.cell(slot), self.wants[at])
        )

    @cached_property
    def of(self) -> dict[str, UnitResult]:
        """Unit → its result."""
        return {result.unit: result for result in self.results.units}

    @cached_property
    def by_unit(self) -> dict[str, list[Slot]]:
        """Unit → its cells, in the order of the layout; the weights under ""."""
        found: dict[str, list[Slot]] = {}
        for slot in self.layout.slots:
            found.setdefault(slot.unit, []).append(slot)
        return found

    @cached_property
    def placing(self) -> list[At]:
        """The differing cells by which units are placed."""
        return [slot.at for slot in self.layout.slots if slot.at in self.off and slot.kind in (TOTAL, GRADE)]

    @cached_property
    def off_items(self) -> dict[str, list[Fraction | None]]:
        """Grade of an item → the numbers that stand in the differing cells of items of that grade."""
        found: dict[str, list[Fraction | None]] = {}
        for slot in (self.slots[at] for at in self.off):
            part = self.of[slot.unit].components.get(slot.component) if slot.kind == "item" else None
            row = part.rows.get(slot.item) if part else None
            if row is not None and row.grade is not None:
                found.setdefault(row.grade, []).append(self.cell(slot).number)
        return found

    @cached_property
    def columns(self) -> dict[tuple[str, str], list[Slot]]:
        """(role, sheet) → all its cells, in the order of the lines."""
        found: dict[tuple[str, str], list[Slot]] = {}
        for slot in self.layout.slots:
            found.setdefault((slot.role, slot.at[0]), []).append(slot)
        return found

    @cached_property
    def _kept(self) -> dict[object, Any]:
        return {}

    def once(self, name: object, find: Callable[[], Any]) -> Any:
        """What is the same for every cell, or every cell of a column, worked out once."""
        if name not in self._kept:
            self._kept[name] = find()
        return self._kept[name]

    def cell(self, slot: Slot) -> BookCell:
        """The cell of a slot."""
        return self.book.cell(slot.at)

    def slot(self, near: Slot, role: str, unit: str | None = None) -> Slot | None:
        """A unit's cell of another role, on the same sheet if it is there."""
        found = self._named.get((near.unit if unit is None else unit, role), [])
        return next((one for one in found if one.at[0] == near.at[0]), found[0] if found else None)

    def column(self, slot: Slot) -> list[Slot]:
        """All cells of the same role on the same sheet, this one among them."""
        return self.columns[slot.role, slot.at[0]]

    def right(self, at: At) -> Any:
        """What should stand in a cell, in the cell's own scale: a weight of 40 for 40%."""
        want, slot = self.wants[at], self.slots[at]
        if slot.told is not None and isinstance(want.value, Fraction):
            held = self.book.cell(at).number
            return want.value * 100 if held is not None and held > 1 else want.value
        if slot.kind == DEDUCTION and isinstance(want.value, Fraction):
            return -want.value if (self.book.cell(at).number or 0) < 0 else want.value
        if slot.kind == "item" and self.book.cell(at).number is None:
            return want.official
        return want.official if slot.kind in (TOTAL, GRADE, RANK) else want.value

    def readings(self, slot: Slot) -> list[dict[str, Fraction | None]]:
        """The components as the workbook has them, and with the engine's exact score wherever a cell agrees with it.

        A cell that agrees may be rounded; the total beside it may have been worked out before that.
        """
        own = self.parts(slot)
        result = self.of[slot.unit]
        exactly = dict(own)
        for name in own:
            cells = [one for role in ("component", "weighted") if (one := self.slot(slot, f"{role}:{name}"))]
            if cells and cells[0].at not in self.off:
                exactly[name] = result.components[name].exact
        return [own] if exactly == own else [own, exactly]

    def parts(self, slot: Slot) -> dict[str, Fraction | None]:
        """Each counted component as the workbook has it; the engine's own where the workbook has no such column."""
        result = self.of[slot.unit]
        found: dict[str, Fraction | None] = {}
        for part in result.components.values():
            if part.counted:
                one = self.slot(slot, f"component:{part.id}")
                two = self.slot(slot, f"weighted:{part.id}")
                if one is not None:
                    found[part.id] = self.cell(one).number
                elif two is not None and factor(self.scheme, part.id):
                    told = self.cell(two).number
                    found[part.id] = told / factor(self.scheme, part.id) if told is not None else None
                else:
                    found[part.id] = part.exact
        return found

    def weights(self) -> dict[str, Fraction]:
        """The weights that the workbook states, where it states them all; else the scheme's."""
        told = {
            slot.component: slot.told for slot in self.layout.slots if slot.kind == "weight" and slot.told is not None
        }
        own = dict(self.scheme.weights)
        return {name: told[name] for name in own} if set(own) <= set(told) and any(told.values()) else own

    def total(
        self, slot: Slot, parts: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]
    ) -> Fraction | None:
        """The unrounded total by these parts and weights, bonuses with it; None where a part is absent."""
        whole = sum(weights.values(), Fraction(0))
        if not parts or not whole or any(parts.get(name) is None for name in weights):
            return None
        terms = (
            weight * (parts[name] or Fraction(0)) * self.scheme.base / self.scheme.full_of(name)
            for name, weight in weights.items()
        )
        result = self.of[slot.unit]
        return adjusted(self.scheme, sum(terms, Fraction(0)) / whole, result.bonuses, result.deductions)

    def score(self, slot: Slot) -> Fraction | None:
        """The unit's total as the workbook has it, officially rounded; the engine's where it has no such column."""
        one = self.slot(slot, TOTAL)
        if one is None:
            return self.of[slot.unit].score
        told = self.cell(one).number
        return None if told is None else self.once(one.at, lambda: official(self.scheme, told))

    def grade(self, slot: Slot) -> str | None:
        """The unit's grade as the workbook has it, else the engine's."""
        one = self.slot(slot, GRADE)
        return self.of[slot.unit].grade if one is None else plain_grade(self.cell(one).text)

    def place(self, slot: Slot) -> Fraction | None:
        """The place written in a cell."""
        return place_number(self.cell(slot))

    def name(self, at: At, home: Slot) -> str:
        """A cell's address as told beside another: E5, or 汇总!E5."""
        return address(at, home.at[0])


def settled(book: Book) -> Book:
    """The workbook with a value in every cell whose formula was saved without one, as other programs save it.

    A formula that cannot be worked out stays without: nothing is put in its place.
    """
    waiting = [at for at, cell in book.cells.items() if cell.kind == "formula"]
    if not waiting:
        return book
    run, cells = Evaluator(book), dict(book.cells)
    for at in waiting:
        try:
            value = run.formula(at)
            held = _holding(book.cells[at], value)
            cells[at] = held if _kept_by(held, value) else book.cells[at]
        except (UnsupportedError, RecursionError, OverflowError):
            continue
    return replace(book, cells=cells)


def _holding(cell: BookCell, value: Any) -> BookCell:
    if isinstance(value, Errors):
        return replace(cell, text=str(value), kind="error")
    if isinstance(value, bool):
        return replace(cell, text=str(value).upper(), kind="bool")
    if isinstance(value, Fraction):
        return replace(cell, text=_decimal(value), kind="number")
    return replace(cell, text=value if isinstance(value, str) else "", kind="text")


def _kept_by(cell: BookCell, value: Any) -> bool:
    """Whether a cell can hold a number that was worked out: not one of hundreds of digits."""
    if not isinstance(value, Fraction):
        return True
    return cell.number is not None and abs(cell.number - value) <= max(abs(value), Fraction(1)) / 10**9


def _decimal(value: Fraction) -> str:
    """Seventeen significant digits, as a spreadsheet would have saved."""
    text = plain(value)
    return text if "/" not in text else repr(float(value)) if "e" not in repr(float(value)) else "0"
