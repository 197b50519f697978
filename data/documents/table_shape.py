"""How a table stands on a page before any format: the size of its letters, which columns are flush left, what stays together.

Widths and heights are in mm, as far as the widths of letters tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from data.documents.word_text import FIFTH, SMALL_FIFTH, SMALL_FOURTH
from data.lettering import width

Rows = Sequence[Sequence[str]]
ROOM, ROOM_ACROSS = 156, 225
"""The width between the margins, upright and across."""
LINES = {SMALL_FOURTH: 17, FIFTH: 15, SMALL_FIFTH: 12.5}
"""Size of letters → height of a line, both in points."""
BESIDE, ABOVE = 1, 1
"""Room left and right of a text, above and below it."""
_SHORT = 6
"""A text no wider than so many letters (a name, a figure, a grade) stands on one line."""
_NUMBER = 3.5
_LOW = 85
"""A table no higher than this, ten rows, is kept on one page: of a higher one too much of a page would stay empty."""
_TALLEST = 140
"""A row taller than this may be torn: it would not fit a page that lies across."""
_POINT = 25.4 / 72


@dataclass(frozen=True)
class TableShape:
    """A table of ``rows``, the first ``heads`` of them repeated on every page, columns before ``left`` flush left.

    ``wanted`` are its widths, made narrower where together they exceed ``room``.
    """

    rows: Rows
    wanted: Sequence[float]
    heads: int = 1
    left: int = 0
    room: float = ROOM

    @cached_property
    def widths(self) -> list[float]:
        """The columns'."""
        narrower = min(1.0, self.room / sum(self.wanted))
        return [each * narrower for each in self.wanted]

    @cached_property
    def size(self) -> float:
        """Of the letters, in points: 小四 where no text takes over two lines, smaller where short ones would break."""
        cells = [(text, wide) for row in self.rows[self.heads :] for text, wide in zip(row, self.widths, strict=True)]
        for size in (SMALL_FOURTH, FIFTH):
            most = 2 if size == SMALL_FOURTH else math.inf
            if all(_lines(text, wide, size) <= (1 if width(text) <= _SHORT else most) for text, wide in cells):
                return size
        return SMALL_FIFTH

    @cached_property
    def flush(self) -> list[bool]:
        """Which columns are flush left: the first ones, but numbers, and those with a text of several lines."""
        columns = [[row[number] for row in self.rows[self.heads :]] for number in range(len(self.widths))]
        return [
            (number < self.left and not _numbers(column)) or any(_lines(text, wide, self.size) > 1 for text in column)
            for number, (column, wide) in enumerate(zip(columns, self.widths, strict=True))
        ]

    @cached_property
    def heights(self) -> list[float]:
        """The rows'."""
        line = LINES[self.size] * _POINT
        return [
            line * max((_lines(text, wide, self.size) for text, wide in zip(row, self.widths, strict=True)), default=1)
            + 2 * ABOVE
            for row in self.rows
        ]

    @property
    def low(self) -> bool:
        """Whether all of it is kept on one page."""
        return sum(self.heights) <= _LOW

    def kept(self, row: int) -> bool:
        """Whether a row stays on one page with the next: all of a low table, else the heads and the last but one."""
        last = len(self.rows) - 1
        return self.whole(row) and (row < last if self.low else row < self.heads or row == last - 1)

    def whole(self, row: int) -> bool:
        """Whether a row is never torn."""
        return row < self.heads or self.heights[row] <= _TALLEST


@dataclass(frozen=True)
class HeadCell:
    """A cell of the heads, from column ``first`` over ``span``; ``down``: "restart" over two rows, "continue" below."""

    row: int
    first: int
    span: int
    down: str
    text: str


def head_cells(heads: Rows) -> list[HeadCell]:
    """The cells of one or two rows of heads, row by row: those that say the same, side by side or stacked, are one."""
    spans = [_spans(row) for row in heads]
    found = []
    for row, names in enumerate(heads):
        for first, last in spans[row]:
            same = [other for other in (row - 1, row + 1) if _same(heads, spans, other, first, last, names[first])]
            down = "" if not same else "continue" if row - 1 in same else "restart"
            found.append(HeadCell(row, first, last - first, down, names[first]))
    return found


def _spans(row: Sequence[str]) -> list[tuple[int, int]]:
    """Where each cell of a row of heads begins and ends: neighbours that say the same are one."""
    starts = [n for n, name in enumerate(row) if n == 0 or not name or name != row[n - 1]]
    return list(pairwise([*starts, len(row)]))


def _same(heads: Rows, spans: list[list[tuple[int, int]]], row: int, first: int, last: int, text: str) -> bool:
    return 0 <= row < len(heads) and (first, last) in spans[row] and heads[row][first] == text


def _numbers(column: Sequence[str]) -> bool:
    """Whether a column counts: 1, 76, 并列3, —."""
    short = all(width(text) <= _NUMBER for text in column)
    return short and any(letter.isdigit() for text in column for letter in text)


def _lines(text: str, wide: float, size: float) -> int:
    room = max((wide - 2 * BESIDE) / (size * _POINT), 1.0)
    return sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))
