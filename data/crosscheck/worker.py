"""Reads one summary workbook in a process of its own: what a crafted file exhausts or aborts is this process alone.

``python -m data.crosscheck.worker NAME`` takes the bytes from stdin and prints the cells as one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from data.crosscheck.read_book import read_book
from data.sheets import guard
from data.sheets.problems import Problem, RefusalError
from data.sheets.worker import limit_memory
from scoring.crosscheck.book import Book, BookCell, BookSheet

SECONDS = 20
AT_ONCE = 2
"""Readers that may run at the same time; a further upload waits for its turn."""
_turns = BoundedSemaphore(AT_ONCE)
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class BookReading:
    """The workbook, or why it was not read; nothing of a refused file is kept."""

    book: Book | None
    problem: Problem | None = None


def read_apart(name: str, content: bytes) -> BookReading:
    """As ``read_book``, in a worker with limited memory and time. One that ends or takes too long is a refused file."""
    try:
        guard.sized(content)
    except RefusalError as refusal:
        return BookReading(None, refusal.problem)
    command = [sys.executable, "-X", "utf8", "-m", "data.crosscheck.worker", name[-120:]]
    try:
        with _turns:
            done = subprocess.run(command, input=content, capture_output=True, cwd=_ROOT, timeout=SECONDS, check=True)
        return load(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return BookReading(None, RefusalError("reader-timeout", seconds=SECONDS).problem)
    except (OSError, ValueError, KeyError, TypeError, subprocess.CalledProcessError):
        return BookReading(None, RefusalError("reader-stopped").problem)


def dump(book: Book) -> str:
    """The workbook as one line of JSON."""
    sheets = [
        [s.name, s.hidden, s.merged, sorted(s.hidden_columns), sorted(s.hidden_rows), s.rows, s.columns]
        for s in book.sheets
    ]
    cells = [[*at, c.text, c.kind, c.shown, c.formula, c.tokens] for at, c in book.cells.items()]
    return json.dumps({"name": book.name, "typed": book.typed, "sheets": sheets, "cells": cells}, ensure_ascii=True)


def load(found: dict[str, Any]) -> BookReading:
    """What ``dump``, or a refusal, says."""
    if "problem" in found:
        return BookReading(None, Problem(**found["problem"]))
    sheets = tuple(
        BookSheet(name, hidden, tuple(map(tuple, merged)), frozenset(columns), frozenset(rows), height, width)
        for name, hidden, merged, columns, rows, height, width in found["sheets"]
    )
    cells = {
        (sheet, row, column): BookCell(text, kind, shown, formula, tuple(map(tuple, tokens)))
        for sheet, row, column, text, kind, shown, formula, tokens in found["cells"]
    }
    return BookReading(Book(found["name"], sheets, cells, found["typed"]))


def main() -> None:
    """Serve one request."""
    limit_memory()
    try:
        told = dump(read_book(sys.argv[1], sys.stdin.buffer.read()))
    except RefusalError as refusal:
        told = json.dumps({"problem": vars(refusal.problem)}, ensure_ascii=True)
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
