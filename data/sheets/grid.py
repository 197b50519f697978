"""A sheet as read from any format: only the cells that hold something, by row and column, and what is merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from data.sheets.problems import RefusalError

Kind = Literal["text", "number", "percent", "bool", "error", "date", "formula"]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 1, all included."""

MOST_CELLS = 100_000
"""Cells with content a file may have. The longest real form, 76 units by 40 items, has about 3,000."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds. ``text`` is exact: a number's shortest decimal, a date's ISO form, a formula without a value.

    ``kind`` is "formula" only where no value was saved. ``font`` matters for symbols (Wingdings), ``shown`` is what the
    screen shows where a number format rounds. ``computed``: the text is what a formula came to when the file was saved
    (known of .xlsx and .ods).
    """

    text: str
    kind: Kind = "text"
    font: str = ""
    shown: str = ""
    computed: bool = field(default=False, compare=False)


EMPTY = Cell("")


@dataclass
class Grid:
    """One sheet. Rows and columns count from 1; a hidden sheet is kept, to be reported."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell. Raises RefusalError once the sheet holds more than any form would."""
        if len(self.cells) >= MOST_CELLS:
            raise RefusalError("too-many-cells", sheet=self.name, most=MOST_CELLS)
        self.cells[row, column] = cell

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Cells by row and then column, both ascending. Call it once all cells are in."""
        rows: dict[int, dict[int, Cell]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, {})[column] = self.cells[row, column]
        return rows

    def at(self, row: int, column: int) -> Cell:
        """The cell at that place; inside a merged range, the one cell it shows."""
        cell = self.cells.get((row, column))
        if cell is None:
            span = self.span(row, column)
            cell = self.cells.get(span[:2]) if span else None
        return cell or EMPTY

    def span(self, row: int, column: int) -> Range | None:
        """The merged range a cell lies in, if any."""
        for span in self.merged:
            if span[0] <= row <= span[2] and span[1] <= column <= span[3]:
                return span
        return None


def a1(row: int, column: int) -> str:
    """The address people know: (17, 7) is "G17"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def place(address: str) -> tuple[int, int]:
    """Row and column of "G17" or "$G$17". Raises ValueError for anything else."""
    address = address.replace("$", "").upper()
    letters = address.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise ValueError(address)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]), column


def area(reference: str) -> Range:
    """A merged range as numbers: "B3:C5" is (3, 2, 5, 3). Raises ValueError."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return top, left, bottom, right
