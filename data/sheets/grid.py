"""A sheet as read from any format: only the cells that hold something, by row and column, and what is merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from data.sheets.problems import RefusalError

Kind = Literal["text", "number", "percent", "bool", "error", "date", "formula"]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 1, all included."""

MOST_CELLS = 100_000
"""Cells with content a file may have. The longest real form, 76 units by 40 items, has about 3,000."""
MOST_LETTERS = 4_000_000
"""Letters of all cells of a file; a text that many cells share counts for each."""
LONGEST_TEXT = 32_767
"""Letters a cell may hold in any spreadsheet."""
MOST_MERGED = 20_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The last cell of a sheet is XFD1048576."""


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
class Budget:
    """What all sheets of a file may hold together."""

    cells: int = MOST_CELLS
    letters: int = MOST_LETTERS


@dataclass
class Grid:
    """One sheet. Rows and columns count from 1; a hidden sheet is kept, to be reported."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell. Raises RefusalError once the file holds more than any form would, or for what no sheet can hold."""
        if not (0 < row <= MOST_ROWS and 0 < column <= MOST_COLUMNS) or (row, column) in self.cells:
            raise RefusalError("cell-nowhere", sheet=self.name)
        self.budget.cells -= 1
        self.budget.letters -= len(cell.text)
        if self.budget.cells < 0:
            raise RefusalError("too-many-cells", sheet=self.name, most=MOST_CELLS)
        if self.budget.letters < 0 or len(cell.text) > LONGEST_TEXT:
            raise RefusalError("too-much-text", sheet=self.name, cell=a1(row, column), most=LONGEST_TEXT)
        self.cells[row, column] = cell

    def merge(self, span: Range) -> None:
        """Note a merged range. Raises RefusalError for more of them than any form has, or one that no sheet can hold."""
        top, left, bottom, right = span
        if not (0 < top <= bottom <= MOST_ROWS and 0 < left <= right <= MOST_COLUMNS):
            raise RefusalError("cell-nowhere", sheet=self.name)
        if len(self.merged) >= MOST_MERGED:
            raise RefusalError("too-many-cells", sheet=self.name, most=MOST_CELLS)
        self.merged.append(span)

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
        return next((span for span in self._spans(row) if span[1] <= column <= span[3]), None)

    def insist(self) -> None:
        """Raises RefusalError where merged ranges lie over each other beyond measure. Call it once all cells are in."""
        _ = self._by_row

    def _spans(self, row: int) -> list[Range]:
        """The merged ranges that a row has part in, in the order of the file."""
        near = self._by_row.get(row)
        return [span for span in self.merged if span[0] <= row <= span[2]] if near is None else near

    @cached_property
    def _by_row(self) -> dict[int, list[Range]]:
        """The merged ranges of each row with content. Honest ones do not lie over each other; that they are few is insisted on."""
        filled, found, listed = list(self.rows), dict[int, list[Range]](), 0
        for span in self.merged:
            for row in filled[bisect_left(filled, span[0]) : bisect_right(filled, span[2])]:
                found.setdefault(row, []).append(span)
                listed += 1
            if listed > MOST_CELLS:
                raise RefusalError("too-many-cells", sheet=self.name, most=MOST_CELLS)
        return {row: found.get(row, []) for row in filled}


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
