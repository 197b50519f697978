"""The tokens of a formula → a small tree. What cannot be read becomes ``Unknown``: told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Token = tuple[str, str, str]
"""Type, subtype and text, as openpyxl's Tokenizer names them."""

MOST_TOKENS = 2_000
DEEPEST = 60
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True)
class Num:
    """A number typed into the formula."""

    value: Fraction


@dataclass(frozen=True)
class Str:
    """A text in quotation marks."""

    value: str


@dataclass(frozen=True)
class Bool:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True)
class Fault:
    """An error that stands in the formula itself: #REF!."""

    value: str


@dataclass(frozen=True)
class Range:
    """One cell or several. ``fixed`` tells which of its four numbers carry a $."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    fixed: tuple[bool, bool, bool, bool] = (False, False, False, False)

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)


@dataclass(frozen=True)
class Rows:
    """A table typed into the formula: {0,70,80,90}."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Call:
    """A function with its arguments; an argument left empty is None."""

    name: str
    arguments: tuple[Node | None, ...]


@dataclass(frozen=True)
class Binary:
    """Two sides and the sign between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Unary:
    """A sign before ("-", "+") or after ("%") a value."""

    sign: str
    of: Node


@dataclass(frozen=True)
class Unknown:
    """What this reader cannot check: a name, an outside workbook, a whole formula."""

    text: str


Node = Num | Str | Bool | Fault | Range | Rows | Call | Binary | Unary | Unknown

_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})", re.I)
_COLUMN = re.compile(r"(\$?)([A-Z]{1,3})", re.I)
_ROW = re.compile(r"(\$?)(\d{1,7})")


class _UnreadError(Exception):
    pass


def parse(tokens: Sequence[Token], home: str) -> Node:
    """The tree of a formula in sheet ``home``."""
    told = [token for token in tokens if token[0] != "WHITE-SPACE"]
    whole = "".join(text for _, _, text in tokens)
    if not told or len(told) > MOST_TOKENS:
        return Unknown(whole[:60])
    reader = _Reader(told, home)
    try:
        node = reader.level(0, 0)
    except (_UnreadError, IndexError, ValueError, ZeroDivisionError, RecursionError):
        return Unknown(whole[:60])
    return node if reader.at == len(told) else Unknown(whole[:60])


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: Sequence[Token], home: str) -> None:
        self.tokens, self.home, self.at = tokens, home, 0

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "", "")

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def level(self, rank: int, depth: int) -> Node:
        if depth > DEEPEST:
            raise _UnreadError
        if rank == len(_LEVELS):
            return self.signed(depth)
        node = self.level(rank + 1, depth)
        while self.peek()[0] == "OPERATOR-INFIX" and self.peek()[2] in _LEVELS[rank]:
            sign = self.take()[2]
            node = Binary(sign, node, self.level(rank + 1, depth))
        return node

    def signed(self, depth: int) -> Node:
        if self.peek()[0] == "OPERATOR-PREFIX":
            sign = self.take()[2]
            if depth > DEEPEST:
                raise _UnreadError
            return Unary(sign, self.signed(depth + 1))
        node = self.operand(depth)
        while self.peek()[0] == "OPERATOR-POSTFIX":
            depth += 1
            if depth > DEEPEST:
                raise _UnreadError
            node = Unary(self.take()[2], node)
        return node

    def operand(self, depth: int) -> Node:
        kind, subtype, text = self.take()
        if kind == "OPERAND":
            return _operand(subtype, text, self.home)
        if kind == "PAREN" and subtype == "OPEN":
            node = self.level(0, depth + 1)
            self.close("PAREN")
            return node
        if kind == "FUNC" and subtype == "OPEN":
            return self.call(text[:-1], depth)
        if kind == "ARRAY" and subtype == "OPEN":
            return self.table(depth)
        raise _UnreadError

    def close(self, kind: str) -> None:
        if self.take()[:2] != (kind, "CLOSE"):
            raise _UnreadError

    def call(self, name: str, depth: int) -> Call:
        arguments: list[Node | None] = []
        if self.peek()[:2] == ("FUNC", "CLOSE"):
            self.take()
            return Call(_function(name), ())
        while True:
            empty = self.peek()[0] == "SEP" or self.peek()[:2] == ("FUNC", "CLOSE")
            arguments.append(None if empty else self.level(0, depth + 1))
            if self.peek()[0] != "SEP":
                break
            self.take()
        self.close("FUNC")
        return Call(_function(name), tuple(arguments))

    def table(self, depth: int) -> Rows:
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while self.peek()[:2] != ("ARRAY", "CLOSE"):
            kind, subtype, _ = self.peek()
            if kind in ("ARRAYROW", "SEP"):
                self.take()
                if (kind, subtype) in (("SEP", "ROW"), ("ARRAYROW", "CLOSE")) and row:
                    rows.append(tuple(row))
                    row = []
            else:
                row.append(self.level(0, depth + 1))
        self.take()
        return Rows(tuple([*rows, tuple(row)] if row else rows))


def _function(name: str) -> str:
    return name.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")


def _operand(subtype: str, text: str, home: str) -> Node:
    if subtype == "NUMBER":
        return Num(_number(text))
    if subtype == "TEXT":
        return Str(text[1:-1].replace('""', '"'))
    if subtype == "LOGICAL":
        return Bool(text.upper() == "TRUE")
    if subtype == "ERROR":
        return Fault(text)
    return reference(text, home)


def _number(text: str) -> Fraction:
    mantissa, _, power = text.upper().partition("E")
    if len(mantissa) > 40 or abs(int(power or 0)) > 40:
        raise ValueError(text)
    return Fraction(mantissa) * Fraction(10) ** int(power or 0)


def reference(text: str, home: str) -> Node:
    """A cell or an area: E5, $B$3:D$3, 交叉考核!C5, E:E. Names and outside workbooks stay unknown."""
    sheet, _, place = text.rpartition("!")
    sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if "[" in sheet or "#" in text:
        return Fault("#REF!") if "#REF!" in text else Unknown(text)
    first, colon, last = place.partition(":")
    ends = _ends(first, last) if colon else _ends(first, first) if _CELL.fullmatch(first) else None
    if ends is None:
        return Unknown(text)
    (top, left, pinned_top, pinned_left), (bottom, right, pinned_bottom, pinned_right) = ends
    fixed = (pinned_top, pinned_left, pinned_bottom, pinned_right)
    return Range(sheet or home, min(top, bottom), min(left, right), max(top, bottom), max(left, right), fixed)


_End = tuple[int, int, bool, bool]


def _ends(first: str, last: str) -> tuple[_End, _End] | None:
    cells = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if cells[0] and cells[1]:
        return _corner(cells[0]), _corner(cells[1])
    columns = _COLUMN.fullmatch(first), _COLUMN.fullmatch(last)
    if columns[0] and columns[1]:
        left, right = columns[0], columns[1]
        return (1, _column(left[2]), True, bool(left[1])), (LAST_ROW, _column(right[2]), True, bool(right[1]))
    rows = _ROW.fullmatch(first), _ROW.fullmatch(last)
    if rows[0] and rows[1]:
        return (int(rows[0][2]), 1, bool(rows[0][1]), True), (int(rows[1][2]), LAST_COLUMN, bool(rows[1][1]), True)
    return None


def _corner(found: re.Match[str]) -> _End:
    return int(found[4]), _column(found[2]), bool(found[3]), bool(found[1])


def _column(text: str) -> int:
    found = 0
    for letter in text.upper():
        found = found * 26 + ord(letter) - 64
    return found
