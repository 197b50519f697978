"""What a formula rests on: its cells, its typed numbers, its comparisons, and how much each cell counts in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from scoring.crosscheck.book import At, Book
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError
from scoring.crosscheck.parse import Binary, Call, Node, Num, Range, Rows, Unary

ROUNDING = ("ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC")
MOST = 2_000


def parts(node: Node | None) -> Iterator[Node]:
    """Every part of a formula, from the outside in and from the left."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one is not None:
            yield one
            waiting += reversed(below(one))


def below(node: Node) -> tuple[Node | None, ...]:
    """The parts a part is made of, from the left."""
    match node:
        case Binary(_, left, right):
            return left, right
        case Unary(_, of):
            return (of,)
        case Call(_, arguments):
            return arguments
        case Rows(rows):
            return tuple(each for row in rows for each in row)
    return ()


def ranges(node: Node | None) -> list[Range]:
    """The areas and cells a formula names."""
    return [each for each in parts(node) if isinstance(each, Range)]


def calls(node: Node | None) -> set[str]:
    """The functions in a formula."""
    return {each.name for each in parts(node) if isinstance(each, Call)}


def cells(book: Book, node: Node | None, also: Collection[At] = ()) -> list[At]:
    """The cells a formula names directly that hold something, or are among ``also``, in its order."""
    found: dict[At, None] = {}
    for area in ranges(node):
        sheet = book.by_key.get(area.sheet.casefold())
        if sheet is None:
            continue
        bottom, right = min(area.bottom, sheet.rows), min(area.right, sheet.columns)
        size = max(bottom - area.top + 1, 0) * max(right - area.left + 1, 0)
        if size > MOST:
            continue
        book.budget.spend(size)
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                if (sheet.name, row, column) in book.cells or (sheet.name, row, column) in also:
                    found[sheet.name, row, column] = None
    return list(found)


def precedents(book: Book, at: At, kept: Collection[At]) -> list[At]:
    """What a cell rests on, followed through helper cells and ending at ``kept`` cells and constants."""
    found: dict[At, None] = {}
    waiting, seen = deque(cells(book, book.node(at), kept)), {at}
    while waiting and len(seen) < MOST:
        one = waiting.popleft()
        if one in seen:
            continue
        seen.add(one)
        node = book.node(one)
        if one in kept or node is None:
            found[one] = None
        else:
            waiting += cells(book, node, kept)
    return list(found)


def constants(node: Node | None) -> list[Fraction]:
    """Numbers typed into a formula, 40% as 0.4; the places of ROUND and its kin are none."""
    found: list[Fraction] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Num):
            found.append(one.value)
        elif isinstance(one, Unary) and one.sign == "%" and isinstance(one.of, Num):
            found.append(one.of.value / 100)
        elif isinstance(one, Call) and one.name in ROUNDING:
            waiting += one.arguments[:1]
        elif one is not None:
            waiting += reversed(below(one))
    return found


def comparisons(node: Node | None) -> list[tuple[str, Fraction]]:
    """(sign, number) of each comparison of something with a typed number, the number on the right: E5>=90."""
    turned = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "<>": "<>"}
    found = []
    for each in parts(node):
        if isinstance(each, Binary) and each.sign in turned:
            if isinstance(each.right, Num):
                found.append((each.sign, each.right.value))
            elif isinstance(each.left, Num):
                found.append((turned[each.sign], each.left.value))
    return found


def looked_up(node: Node | None) -> list[Fraction]:
    """The lines of LOOKUP(E5,{0,70,80,90},…), if that is what the formula does."""
    for each in parts(node):
        if isinstance(each, Call) and each.name in ("LOOKUP", "VLOOKUP", "MATCH") and len(each.arguments) > 1:
            table = each.arguments[1]
            if isinstance(table, Rows):
                firsts = table.rows[0] if len(table.rows) == 1 else tuple(row[0] for row in table.rows)
                return [one.value for one in firsts if isinstance(one, Num)]
    return []


def coefficients(book: Book, at: At, kept: Collection[At], wanted: Mapping[At, Any]) -> dict[At, Fraction]:
    """How much each cell counts in a formula, its rounding set aside: 0.4 for B5 in ROUND(B5*0.4+C5*0.3,2).

    ``wanted``: numbers to put where the workbook has text or errors. Raises UnsupportedError where a part is unknown.
    """
    found = {}
    base = {one: value for one, value in wanted.items() if isinstance(value, Fraction)}
    for one in precedents(book, at, kept):
        held = base.get(one, book.cell(one).number)
        if held is None or (
            book.cell(one).kind in ("text", "error", "date", "bool") and one not in base and book.typed
        ):
            continue
        low, high = (_value(book, at, kept, base | {one: held + step}) for step in (0, 1))
        if isinstance(low, Fraction) and isinstance(high, Fraction):
            found[one] = high - low
    return found


def _value(book: Book, at: At, kept: Collection[At], given: Mapping[At, Any]) -> Any:
    return Evaluator(book, given, kept, unrounded=True).formula(at)


__all__ = [
    "ROUNDING", "UnsupportedError", "below", "calls", "cells", "coefficients", "comparisons", "constants", "looked_up", "parts",
    "precedents", "ranges",
]  # fmt: skip
