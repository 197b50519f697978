"""Reads one summary workbook in a process of its own: what a crafted file exhausts or aborts is this process alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.crosscheck.read_book import read_book
from data.sheets.apart import read_apart as _read_apart
from data.sheets.problems import Problem, RefusalError
from scoring.crosscheck.book import Book, BookCell, BookSheet


@dataclass(frozen=True)
class BookReading:
    """The workbook, or why it was not read; nothing of a refused file is kept."""

    book: Book | None
    problem: Problem | None = None


def read_apart(name: str, content: bytes) -> BookReading:
    """As ``read_book``, in a worker with limited memory and time. One that ends or takes too long is a refused file."""
    try:
        return BookReading(load(_read_apart("book", content, {"name": name[-120:]})))
    except RefusalError as refusal:
        return BookReading(None, refusal.problem)
    except (ValueError, KeyError, TypeError):  # an answer that is no workbook
        return BookReading(None, RefusalError("reader-stopped").problem)


def book_task(content: bytes, told: Mapping[str, Any]) -> Any:
    """The worker's part."""
    return dump(read_book(told["name"], content))


def dump(book: Book) -> dict[str, Any]:
    """The workbook as JSON can say it."""
    sheets = [
        [s.name, s.hidden, s.merged, sorted(s.hidden_columns), sorted(s.hidden_rows), s.rows, s.columns]
        for s in book.sheets
    ]
    cells = [[*at, c.text, c.kind, c.shown, c.formula, c.tokens] for at, c in book.cells.items()]
    return {"name": book.name, "typed": book.typed, "sheets": sheets, "cells": cells}


def load(found: dict[str, Any]) -> Book:
    """The workbook that ``dump`` told."""
    sheets = tuple(
        BookSheet(name, hidden, tuple(map(tuple, merged)), frozenset(columns), frozenset(rows), height, width)
        for name, hidden, merged, columns, rows, height, width in found["sheets"]
    )
    cells = {
        (sheet, row, column): BookCell(text, kind, shown, formula, tuple(map(tuple, tokens)))
        for sheet, row, column, text, kind, shown, formula, tokens in found["cells"]
    }
    return Book(found["name"], sheets, cells, found["typed"])
