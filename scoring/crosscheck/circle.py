"""Where formulas lead: what each formula cell reads, and whether a formula comes back to itself (循环引用)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from scoring.crosscheck.book import At, Book, address
from scoring.crosscheck.parse import Call, Node, Range
from scoring.crosscheck.trace import MOST, below

_PLACES = frozenset(("ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "CELL", "ISFORMULA", "FORMULATEXT", "SHEET"))
"""Functions that look at where a cell is, not at what it holds."""


def read(book: Book, at: At) -> list[At]:
    """The formula cells whose values a cell's formula reads. Raises UnsupportedError when the work is used up."""
    found: dict[At, None] = {}
    for area in _areas(book.node(at)):
        found.update(dict.fromkeys(_formulas(book, area)))
    return list(found)


def _areas(node: Node | None) -> Iterator[Range]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Range):
            yield one
        elif one is not None and not (isinstance(one, Call) and one.name in _PLACES):
            waiting += below(one)


def _formulas(book: Book, area: Range) -> Iterator[At]:
    sheet = book.by_key.get(area.sheet.casefold())
    if sheet is None:
        return
    rows = range(area.top, min(area.bottom, max(sheet.rows, area.top)) + 1)
    columns = range(area.left, min(area.right, max(sheet.columns, area.left)) + 1)
    if len(rows) * len(columns) <= MOST:
        book.budget.spend(len(rows) * len(columns))
        yield from (
            at for r in rows for c in columns if (at := (sheet.name, r, c)) in book.cells and book.cells[at].tokens
        )
        return
    book.budget.spend(len(book.formulas))
    yield from (at for at in book.formulas if at[0] == sheet.name and at[1] in rows and at[2] in columns)


def reached(book: Book, at: At, until: At | None = None) -> dict[At, At]:
    """Every formula cell that a cell rests on → the cell that reads it; ``until`` ends the search where it is found."""
    found: dict[At, At] = {}
    waiting = deque([at])
    while waiting:
        one = waiting.popleft()
        reads = book.reads(one, read)
        book.budget.spend(len(reads))
        for each in reads:
            if each not in found:
                found[each] = one
                waiting.append(each)
                if each == until:
                    return found
    return found


def circle(book: Book, at: At) -> str:
    """The way by which a formula comes back to itself, "D2→D3→D2"; nothing where it does not."""
    found = reached(book, at, at)
    if at not in found:
        return ""
    way = [at]
    while len(way) == 1 or way[-1] != at:
        way.append(found[way[-1]])
    names = [address(one, at[0]) for one in reversed(way)]
    return "→".join(names if len(names) <= 7 else [*names[:5], "…", names[-1]])
