"""A summary workbook as values: what each cell holds, what it shows, and the formula behind it. No file, no format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring import exact
from scoring.crosscheck.budget import MOST_WORK, Budget
from scoring.crosscheck.parse import Node, Token, parse

At = tuple[str, int, int]
"""Sheet, row, column; counted from 1."""

_PLAIN = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?|[+-]?\.\d{1,30}")
_ABSENT = frozenset(("", "-", "—", "——", "/", "暂缺", "缺", "无", "未评", "待定", "暂无"))


@dataclass(frozen=True)
class BookCell:
    """One cell: ``text`` is its value as stored (a percentage as "40%"), ``shown`` what a rounding format shows instead.

    ``kind`` is that of the sheet reader: text, number, percent, bool, error, date, or formula where no value was saved.
    """

    text: str
    kind: str = "text"
    shown: str = ""
    formula: str = ""
    tokens: tuple[Token, ...] = ()

    @cached_property
    def number(self) -> Fraction | None:
        """The number stored, also where it is stored as text ("88.2分"); None for anything else."""
        text = unicodedata.normalize("NFKC", self.text).strip().replace(",", "").removesuffix("分").strip()
        if text.endswith("%") and _PLAIN.fullmatch(text[:-1]):
            return Fraction(text[:-1]) / 100
        return Fraction(text) if _PLAIN.fullmatch(text) else None

    @property
    def stored_as_text(self) -> bool:
        """A number that a spreadsheet does not take for one: SUM passes over it."""
        return self.kind == "text" and self.number is not None

    @property
    def absent(self) -> bool:
        """Nothing, or a word that says so (暂缺, —)."""
        return self.kind in ("text", "number", "formula") and self.text.strip() in _ABSENT

    @property
    def seen(self) -> str:
        """What a reader of the sheet sees."""
        return self.shown or self.text


EMPTY = BookCell("")


@dataclass(frozen=True)
class BookSheet:
    """One sheet's frame: what is merged or hidden in it, and how far it reaches."""

    name: str
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Book:
    """A workbook. ``typed`` is False where the format keeps no types (csv): then a number as text means nothing.

    ``work``: the steps that its formulas may ask for together.
    """

    name: str
    sheets: tuple[BookSheet, ...] = ()
    cells: Mapping[At, BookCell] = field(default_factory=dict)
    typed: bool = True
    work: int = MOST_WORK

    @cached_property
    def by_key(self) -> dict[str, BookSheet]:
        """The sheets by their names as formulas spell them, whatever the case."""
        return {sheet.name.casefold(): sheet for sheet in self.sheets}

    @cached_property
    def _nodes(self) -> dict[At, Node | None]:
        return {}

    @cached_property
    def budget(self) -> Budget:
        """What is left of the work its formulas may ask for; ``compare`` begins with a whole one."""
        return Budget(self.work)

    @cached_property
    def formulas(self) -> tuple[At, ...]:
        """Every cell with a formula."""
        return tuple(at for at, cell in self.cells.items() if cell.tokens)

    @cached_property
    def _reads(self) -> dict[At, list[At]]:
        return {}

    def reads(self, at: At, find: Callable[[Book, At], list[At]]) -> list[At]:
        """The formula cells that a cell's formula reads, found once."""
        if at not in self._reads:
            self._reads[at] = find(self, at)
        return self._reads[at]

    def cell(self, at: At) -> BookCell:
        """The cell at that place, an empty one where there is none."""
        return self.cells.get(at, EMPTY)

    def node(self, at: At) -> Node | None:
        """The formula of a cell, read once; None for a constant."""
        if at not in self._nodes:
            cell = self.cell(at)
            self._nodes[at] = parse(cell.tokens, at[0]) if cell.tokens else None
        return self._nodes[at]


def letters(column: int) -> str:
    """The column as people name it: 28 is "AB"."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(at: At, home: str = "") -> str:
    """ "E5", or with its sheet where that is not ``home``: "汇总!E5"."""
    place = f"{letters(at[2])}{at[1]}"
    return place if at[0] in (home, "") else f"{at[0]}!{place}"


def decimals(value: Fraction) -> int:
    """How many decimals a terminating decimal is written with: 88.90 stored as 88.9 has one."""
    text = exact.plain(value)
    return len(text.partition(".")[2]) if "/" not in text else 30


def number_text(value: Any) -> str:
    """A value for people: a number exactly or cut and marked, text as it is."""
    return exact.shown(value) if isinstance(value, Fraction) else str(value)
