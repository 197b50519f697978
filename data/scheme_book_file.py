"""A scheme's workbook, as ``data.documents.scheme_book`` writes it and people edit it → the scheme's text, or every problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.rosters_file import open_file
from data.scheme_book.problems import told
from data.scheme_book.read import BookTree, tree_of
from data.sheets.grid import Grid
from data.sheets.problems import Problem
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_text import Fault, SchemeError
from scoring.scheme_write import lettered


@dataclass(frozen=True)
class SchemeBookReading:
    """One workbook read. ``text`` is YAML that loads without fault, "" with any error; ``scheme`` is what it loads as."""

    file: str
    text: str
    scheme: Scheme | None
    problems: tuple[Problem, ...]

    @property
    def rejected(self) -> bool:
        """Whether nothing of the file may be used."""
        return any(problem.level == "error" for problem in self.problems)


def read_scheme_book(name: str, content: bytes) -> SchemeBookReading:
    """Read an uploaded workbook, opened in a process of its own. Whatever the bytes are, this returns."""
    grids, refusal = open_file(content, called="方案工作簿")
    return SchemeBookReading(name, "", None, (refusal,)) if refusal else scheme_book_of(name, grids)


def scheme_book_of(name: str, grids: Sequence[Grid]) -> SchemeBookReading:
    """As ``read_scheme_book``, of sheets that are open already."""
    book = tree_of(grids)
    problems = list(dict.fromkeys(book.problems))
    if any(problem.level == "error" for problem in problems):
        return SchemeBookReading(name, "", None, tuple(problems))
    text = lettered(book.tree)
    try:
        return SchemeBookReading(name, text, load_scheme(text, name), tuple(problems))
    except SchemeError as error:
        found = [_of_fault(book, fault) for fault in error.faults]
        return SchemeBookReading(name, "", None, (*problems, *found))


def _of_fault(book: BookTree, fault: Fault) -> Problem:
    """A mistake that the loader found, at the cell that it was read from."""
    sheet, cell = book.place(fault.path)
    words, _, mend = fault.message.partition("；")
    where = " → ".join(f"第{part + 1}项" if isinstance(part, int) else part for part in fault.path)
    return told(
        "scheme", sheet=sheet, cell=cell, where=f"（{where}）" if where else "", words=words,
        mend=mend or "请改正后重新上传",
    )  # fmt: skip
