"""The rows of one table, sorted: which begin an item or a heading, which are sums, notes, or go on with the row above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from data.indicator_tables.heads import Block
from data.indicator_tables.model import Answers, Column, IndicatorTable
from data.indicator_tables.problems import told
from data.indicator_tables.spelling import (
    Named,
    amount_of,
    is_note,
    is_signature,
    is_sum,
    is_veto,
    level_number,
    named,
    role_of,
)
from data.sheets import words
from data.sheets.grid import a1

_WIDE = 0.6
"""Share of a table's columns that the merged cell of a section covers at least."""
_ROOT = re.compile("(总|一级)?目标(层|名称)?")
"""The root of an AHP table, which has everything under it and tells nothing of an item."""


@dataclass
class Line:
    """A row whose name starts in it: at which depth, and what stands beside."""

    row: int
    depth: int
    name: Named
    cell: str
    own: dict[int, str]
    wide: bool = False
    above: list[tuple[int, Named, str]] = field(default_factory=list)
    """Level cells that start in the same row, above the name: depth, name, cell."""


class Lines:
    """The columns of a table as its rows need them, and its rows sorted into lines."""

    def __init__(self, block: Block, table: IndicatorTable, answers: Answers) -> None:
        self.answers = answers
        self.block, self.table, self.grid = block, table, block.grid
        self.name = next(c for c in table.columns if c.number == table.name_column)
        self.levels = self._ordered([c for c in table.columns if c.role == "level"])
        self.path = [*self.levels, self.name]
        self.serial = next((c for c in table.columns if c.role == "number" and c.number <= self.name.number), None)
        self.amount = next((c for c in table.columns if c.number == table.amount_column), None)
        self.heads = [c for c in table.amount_columns if c.number < self.name.number]
        self.what = "权重" if self.amount and self.amount.role == "weight" else "分值"
        self.section: list[str] = []
        self.here: list[str] = []
        self.subtotal = self.branch = 0
        self.part = ""
        self.inner: dict[int, Fraction | None] = {}

    def _ordered(self, levels: list[Column]) -> list[Column]:
        """Levels from the top: by their numbers where all have one, else from the left, those behind the names by their fewness."""
        if all(level_number(c.head) for c in levels):
            return sorted(levels, key=lambda c: (level_number(c.head), c.number))
        every = {
            c.number: {t for r in self.block.rows if (t := self.grid.at(r, c.number).text.strip())} for c in levels
        }
        levels = [c for c in levels if not (_ROOT.fullmatch(words.head(c.head)) and len(every[c.number]) == 1)]
        few = {c.number: len({self.grid.at(row, c.number).text for row in self.block.rows}) for c in levels}
        return sorted(levels, key=lambda c: (c.number > self.name.number and few[c.number], c.number))

    def _tell(self, code: str, cell: str, value: str = "", **values: object) -> None:
        self.table.problems.append(told(code, sheet=self.table.sheet, cell=cell, value=value, **values))

    def _formulas(self) -> None:
        at = [
            (row, column)
            for row in self.block.rows
            for column, cell in self.grid.rows[row].items()
            if cell.computed and column in {c.number for c in self.table.columns}
        ]
        if at:
            self._tell("formula", a1(*at[0]), count=len(at))

    def _crossed(self) -> None:
        """A merged level that reaches over the start of a level above it."""
        for span in self.grid.merged:
            column = next((c for c in self.path if c.number == span[1]), None)
            if column is None or span[0] == span[2] or not self.block.head < span[0] <= self.block.last:
                continue
            for row in (row for row in self.grid.rows if span[0] < row <= min(span[2], self.block.last)):
                above = [c for c in self.path[: self.path.index(column)] if (row, c.number) in self.grid.cells]
                if above and self.grid.cells[row, above[0].number].text.strip():
                    cells = f"{a1(span[0], span[1])}:{a1(span[2], span[3])}"
                    value = words.clean(self.grid.at(span[0], span[1]).text)
                    other, name = a1(row, above[0].number), words.clean(self.grid.at(row, above[0].number).text)
                    self._tell("level-crossed", a1(span[0], span[1]), value, cells=cells, other=other, name=name)
                    break

    def _lines(self) -> list[Line | tuple[str, int]]:
        """Rows sorted into named lines, sums and continuations; notes are kept apart."""
        found: list[Line | tuple[str, int]] = []
        rows = self.block.rows
        for index, row in enumerate(rows):
            own = self.block.own(row)
            first = own[min(own)]
            lone = len(own) == 1
            named_in = [c for c in self.path if c.number in own]
            heads = [own[c.number] for c in (*self.path, *([self.serial] if self.serial else [])) if c.number in own]
            if any(is_sum(text) for text in heads) or (lone and is_sum(first)):
                found.append(("sum", row))
            elif (lone and (is_note(first) or (len(first) > 60 and index == len(rows) - 1))) or (
                self.table.notes and lone
            ):
                self.table.notes.append(words.tidy(first))
            elif all(is_note(text) for text in own.values()) or self._signed(own):
                self.table.notes.append("　".join(map(words.tidy, own.values())))
            elif self._heads_section(row, own, index + 1 == len(rows)):
                found.append(Line(row, 0, named(first, True), a1(row, min(own)), own, wide=True))
            elif named_in:
                found.append(self._named_line(row, own, named_in))
            else:
                found.append(("more", row))
        return found

    def _signed(self, own: dict[int, str]) -> bool:
        """Whether a row is where those who assess sign: it begins with 考核人签字 and has no amount."""
        return is_signature(own[min(own)]) and not any(amount_of(own[at]) for at in self._amount_numbers() & set(own))

    def _heads_section(self, row: int, own: dict[int, str], last: bool) -> bool:
        """Whether a row heads what follows: written over the whole width, or 加分项 alone in the column of names."""
        lone, first = len(own) == 1, min(own)
        if lone and first == self.name.number and not last and (role_of([own[first]]) != "base" or is_veto(own[first])):
            return True
        if lone and first < self.name.number and first not in {c.number for c in self.path} and not last:
            said = named(own[first], True)
            return said.style in ("cn", "cn()") or said.amount is not None
        return self._wide(row, first) and (lone or set(own) <= {first, *self._amount_numbers()})

    def _amount_numbers(self) -> set[int]:
        return {c.number for c in self.table.amount_columns}

    def _wide(self, row: int, column: int) -> bool:
        span = self.grid.span(row, column)
        return (
            span is not None
            and (span[3] - span[1] + 1) >= max(2, len(self.table.columns) * _WIDE)
            and span[3] > self.name.number
        )

    def _named_line(self, row: int, own: dict[int, str], named_in: list[Column]) -> Line:
        paid = bool(self.amount and self.amount.number in own)
        cells = [
            (self.path.index(c), named(own[c.number], c is not self.name or not paid), a1(row, c.number))
            for c in named_in
        ]
        depth, name, cell = cells[-1]
        return Line(row, depth, name, cell, own, above=cells[:-1])
