"""What a formula comes to, exactly, from the values that stand in the workbook; or from others put in their place.

Only what offices use is known (``functions``). Anything else raises ``Unsupported``: then the saved value is all there is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import isfinite
from typing import Any

from scoring.crosscheck.book import At, Book
from scoring.crosscheck.budget import UnsupportedError, power, sized
from scoring.crosscheck.functions import AREAS, FUNCTIONS, RAW, Errors
from scoring.crosscheck.functions import number as as_number
from scoring.crosscheck.parse import Binary, Bool, Call, Fault, Node, Num, Range, Rows, Str, Unary, Unknown

__all__ = ["Evaluator", "Table", "UnsupportedError", "stored"]

MOST_CELLS = 20_000
MOST_STEPS = 400_000


@dataclass(frozen=True)
class Table:
    """The values of an area, row by row."""

    rows: tuple[tuple[Any, ...], ...]


def stored(book: Book, at: At) -> Any:
    """What stands in a cell: Fraction, str, bool, Errors or None for nothing."""
    cell = book.cells.get(at)
    if cell is None or cell.kind == "formula":
        return None
    if cell.kind in ("number", "percent"):
        return cell.number
    if cell.kind == "bool":
        return cell.text.upper() == "TRUE"
    if cell.kind == "error":
        return Errors(cell.text)
    if not book.typed and cell.number is not None:
        return cell.number
    return cell.text


class Evaluator:
    """Evaluates formulas of one workbook.

    ``given`` puts other values in the place of some cells; helper cells that rest on them are then worked out again, while
    ``kept`` cells keep what they hold. ``floats`` counts as a spreadsheet does, with its rounding of binary fractions.
    ``steps``: how much work it may do in all.
    """

    def __init__(
        self,
        book: Book,
        given: Mapping[At, Any] | None = None,
        kept: Collection[At] = (),
        *,
        floats: bool = False,
        unrounded: bool = False,
        steps: int = MOST_STEPS,
    ) -> None:
        self.book, self.given, self.kept = book, dict(given or {}), kept
        self.floats, self.unrounded = floats, unrounded
        self._known: dict[At, Any] = {}
        self._open: set[At] = set()
        self._steps, self._most = 0, steps

    def at(self, at: At) -> Any:
        """The value of a cell."""
        self._spend(1)
        if at in self.given:
            return self.given[at]
        cell = self.book.cells.get(at)
        again = bool(self.given) and at not in self.kept
        if cell is not None and cell.tokens and (again or cell.kind == "formula"):
            return self.formula(at)
        if cell is not None and cell.kind == "number" and cell.number is None and len(cell.text.partition(".")[0]) > 30:
            raise UnsupportedError("数过大或位数过多")
        return self._plain(stored(self.book, at))

    def formula(self, at: At) -> Any:
        """What the formula in a cell gives now; the saved value does not count."""
        if at not in self._known:
            if at in self._open:
                raise UnsupportedError("循环引用")
            if len(self._open) > 200:
                raise UnsupportedError("公式一格引一格，层数过多")
            self._open.add(at)
            try:
                node = self.book.node(at)
                self._known[at] = self._single(self.value(node)) if node is not None else self.at(at)
            finally:
                self._open.discard(at)
        return self._known[at]

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > self._most:
            raise UnsupportedError("公式牵涉的单元格过多")
        self.book.budget.spend(steps)

    def _plain(self, value: Any) -> Any:
        return float(value) if self.floats and isinstance(value, Fraction) else value

    def _single(self, value: Any) -> Any:
        return value.rows[0][0] if isinstance(value, Table) and value.rows and value.rows[0] else value

    def value(self, node: Node | None) -> Any:
        """The value of a part of a formula."""
        self._spend(1)
        match node:
            case None:
                return None
            case Num(value):
                return self._plain(value)
            case Str(value) | Bool(value):
                return value
            case Fault(value):
                return Errors(value)
            case Range():
                return self.at((node.sheet, node.top, node.left)) if node.single else self._area(node)
            case Rows(rows):
                return self._typed(rows)
            case Unary(sign, of):
                return self._spread(lambda one, _: _signed(sign, one), self.value(of), None)
            case Binary():
                return self._chain(node)
            case Call():
                return self._call(node)
            case Unknown(text):
                raise UnsupportedError(text)

    def _typed(self, rows: tuple[tuple[Node, ...], ...]) -> Table:
        if not rows or len({len(row) for row in rows}) > 1:
            raise UnsupportedError("{}")
        return Table(tuple(tuple(self.value(each) for each in row) for row in rows))

    def _chain(self, node: Binary) -> Any:
        """Signs in a row, from the left: a + b + c + … however long, without going deeper."""
        signs: list[tuple[str, Node]] = []
        first: Node = node
        while isinstance(first, Binary):
            signs.append((first.sign, first.right))
            first = first.left
        found = self.value(first)
        for sign, right in reversed(signs):
            self._spend(1)
            found = self._spread(partial(self._binary, sign), found, self.value(right))
        return found

    def _area(self, area: Range) -> Table:
        sheet = self.book.by_key.get(area.sheet.casefold())
        if sheet is None:
            return Table(((Errors("#REF!"),),))
        bottom, right = min(area.bottom, max(sheet.rows, area.top)), min(area.right, max(sheet.columns, area.left))
        if (bottom - area.top + 1) * (right - area.left + 1) > MOST_CELLS:
            raise UnsupportedError("公式引用的范围过大")
        columns = range(area.left, right + 1)
        return Table(tuple(tuple(self.at((sheet.name, r, c)) for c in columns) for r in range(area.top, bottom + 1)))

    def _spread(self, apply: Any, left: Any, right: Any) -> Any:
        """A sign over single values, or over tables cell by cell."""
        if not isinstance(left, Table) and not isinstance(right, Table):
            return apply(left, right)
        height = max(len(one.rows) for one in (left, right) if isinstance(one, Table))
        width = max(len(one.rows[0]) for one in (left, right) if isinstance(one, Table))
        if height * width > MOST_CELLS:
            raise UnsupportedError("公式引用的范围过大")
        self._spend(height * width)
        return Table(
            tuple(tuple(apply(_of(left, r, c), _of(right, r, c)) for c in range(width)) for r in range(height))
        )

    def _binary(self, sign: str, left: Any, right: Any) -> Any:
        for one in (left, right):
            if isinstance(one, Errors):
                return one
            if isinstance(one, str):
                self._spend(len(one) // 16)
        if sign == "&":
            return sized(_written(left) + _written(right))
        if sign in ("=", "<>", "<", ">", "<=", ">="):
            return _compared(sign, left, right)
        return _counted(sign, as_number(left), as_number(right))

    def _call(self, call: Call) -> Any:
        if (
            self.unrounded
            and call.name in ("ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC", "FIXED")
            and call.arguments
        ):
            return self.value(call.arguments[0])
        if call.name in RAW:
            return RAW[call.name](self, call.arguments)
        if call.name not in FUNCTIONS:
            raise UnsupportedError(f"{call.name}()")
        return sized(FUNCTIONS[call.name](*(self._argument(call.name, each) for each in call.arguments)))

    def _argument(self, name: str, node: Node | None) -> Any:
        """One cell named in SUM and its kin is an area of one cell: a number stored as text in it is passed over."""
        value = self.value(node)
        if isinstance(value, Table):
            self._spend(len(value.rows) * len(value.rows[0]))  # the function goes through it once more
        if name in AREAS and isinstance(node, Range) and not isinstance(value, Table):
            return Table(((value,),))
        return value


def _of(value: Any, row: int, column: int) -> Any:
    if not isinstance(value, Table):
        return value
    line = value.rows[row if len(value.rows) > 1 else 0] if row < len(value.rows) or len(value.rows) == 1 else ()
    at = column if len(line) > 1 else 0
    return line[at] if at < len(line) else Errors("#N/A")


def _signed(sign: str, value: Any) -> Any:
    if isinstance(value, Errors):
        return value
    told = as_number(value)
    if isinstance(told, Errors) or sign == "+":
        return told
    return -told if sign == "-" else told / 100


def _counted(sign: str, left: Any, right: Any) -> Any:
    for one in (left, right):
        if isinstance(one, Errors):
            return one
    try:
        found = _worked(sign, left, right)
    except OverflowError:
        return Errors("#NUM!")
    return Errors("#NUM!") if isinstance(found, float) and not isfinite(found) else sized(found)


def _worked(sign: str, left: Any, right: Any) -> Any:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right if right else Errors("#DIV/0!")
    if isinstance(right, Fraction) and right.denominator == 1 and abs(right) <= 12 and (left or right >= 0):
        return power(left, int(right))
    raise UnsupportedError("^")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    try:
        return str(float(value)) if isinstance(value, Fraction | float) else str(value)
    except OverflowError:
        raise UnsupportedError("算出的数过大或位数过多") from None


def _compared(sign: str, left: Any, right: Any) -> bool:
    one, two = _ordered(left, right), _ordered(right, left)
    return {
        "=": one == two, "<>": one != two, "<": one < two, ">": one > two, "<=": one <= two, ">=": one >= two,
    }[sign]  # fmt: skip


def _ordered(value: Any, other: Any) -> tuple[int, Any]:
    """Numbers before texts before truth values, as spreadsheets order them; nothing is like what it is compared with."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else Fraction(0)
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)
