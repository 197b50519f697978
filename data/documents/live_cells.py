"""Cells of a workbook that computes for itself: numbers as exact as a spreadsheet can hold them, formulas, inputs marked.

Formulas here are ours alone; every text from outside goes through ``cells.put_text`` and never acts as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, FACE, bold, height_of, lines_of, put_text
from scoring import exact

HEAD = PatternFill("solid", fgColor="E8EEF4")
INPUT = PatternFill("solid", fgColor="FFF6D6")
"""A cell that may be changed: everything that rests on it is computed anew."""
FIXED = PatternFill("solid", fgColor="E3E3E3")
"""A number or grade that was written in by us and that no formula computes."""
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
BOLD, GREY, SMALL = bold(), Font(name=FACE, size=11, color="5F6B76"), bold(9)
PLAIN = "General"
"""Every decimal that fits: a number that is not rounded is never shown with two."""


def number(value: Fraction) -> Decimal | int | str:
    """A number as a cell holds it; one that no short decimal gives is written as its own division: "=100/19"."""
    text = exact.plain(value)
    if "/" in text or len(text) > 15:
        return f"={value.numerator}/{value.denominator}"
    return int(text) if value.denominator == 1 else Decimal(text)


def literal(value: Fraction) -> str:
    """A number as it stands within a formula."""
    return (
        str(number(value)).removeprefix("=") if value.denominator == 1 else f"({str(number(value)).removeprefix('=')})"
    )


def quoted(text: str) -> str:
    """A text as it stands within a formula; a sign of control is left out."""
    return '"' + "".join(letter for letter in text if letter.isprintable()).replace('"', '""') + '"'


def put(cell: Cell, value: object, *, fill: PatternFill | None = None, shape: Alignment = MIDDLE) -> Cell:
    """Write a boxed cell: a Fraction as a number, a formula of ours (``Formula``) as one, any other text as text."""
    if isinstance(value, Formula):
        cell.value = value.text
    elif isinstance(value, Fraction):
        cell.value = number(value)
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, int):
        cell.value = value
    cell.border, cell.alignment = BOX, shape
    if fill is not None:
        cell.fill = fill
    return cell


def heads(sheet: Worksheet, row: int, first: int, names: Iterable[str], width: float = 0) -> None:
    """A row of heads from column ``first`` on; ``width``: of one column in characters, so that the longest head is whole."""
    told = list(names)
    for column, name in enumerate(told, first):
        put(sheet.cell(row, column), name, fill=HEAD).font = SMALL if width else BOLD
    if width:
        sheet.row_dimensions[row].height = height_of(max(lines_of(name, width) for name in told))


class Formula:
    """A formula of ours, without its "="."""

    def __init__(self, text: str) -> None:
        self.text = f"={text}"


def at(row: int, column: int, *, fixed: str = "") -> str:
    """The address of a cell: "C7"; ``fixed``: "row" for C$7, "column" for $C7, "both" for $C$7."""
    letter = get_column_letter(column)
    return f"{'$' if fixed in ('column', 'both') else ''}{letter}{'$' if fixed in ('row', 'both') else ''}{row}"


def area(first: tuple[int, int], last: tuple[int, int], *, fixed: str = "") -> str:
    """The address of an area from (row, column) to (row, column)."""
    return f"{at(*first, fixed=fixed)}:{at(*last, fixed=fixed)}"


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places taken together: 3, 4, 5, 9 gives (3, 5), (9, 9)."""
    for _, members in groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in members]
        yield run[0], run[-1]


def quote_sheet(name: str) -> str:
    """A sheet's name as formulas name it."""
    return f"'{name}'"
