"""The values of a live workbook's formulas, saved beside them: what a phone's preview or a script reads without computing.

They are worked out from the formulas themselves, exactly; a spreadsheet program works them out anew when it opens the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from html import escape
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.crosscheck.read_book import tokens_of
from scoring import exact
from scoring.crosscheck.book import At, Book, BookCell, BookSheet
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError
from scoring.crosscheck.functions import Errors

_WORK = 100_000_000
"""Steps; the formulas are ours, so that they end."""
_FORMULA = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>', re.S)
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def with_values(book: Workbook, content: bytes) -> bytes:
    """``content``, the saved bytes of ``book``, with every formula's value beside it; a formula that cannot be worked out has none."""
    found = values(book)
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            body, sheet = read.read(name), _SHEET.fullmatch(name)
            if sheet:
                body = _filled(body.decode(), book.worksheets[int(sheet[1]) - 1].title, found).encode()
            write.writestr(name, body)
    return kept.getvalue()


def values(book: Workbook) -> dict[At, Any]:
    """What every formula comes to: Fraction, str, bool or Errors, by (sheet, row, column)."""
    cells = {at: cell for sheet in book.worksheets for at, cell in _cells(sheet)}
    frames = tuple(BookSheet(s.title, rows=s.max_row, columns=s.max_column) for s in book.worksheets)
    told = Book("", frames, cells, work=_WORK)
    evaluator, found = Evaluator(told, steps=_WORK), {}
    for at in told.formulas:
        try:
            found[at] = evaluator.formula(at)
        except UnsupportedError:
            continue
    return found


def _cells(sheet: Worksheet) -> list[tuple[At, BookCell]]:
    return [
        ((sheet.title, cell.row, cell.column), _cell(cell.value, cell.data_type))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def _cell(value: Any, kind: str) -> BookCell:
    if kind == "f":
        return BookCell("", "formula", "", value, tokens_of(value))
    return BookCell(str(value), "number" if kind == "n" else "bool" if kind == "b" else "text")


def _filled(xml: str, title: str, found: dict[At, Any]) -> str:
    def put(match: re.Match[str]) -> str:
        letters, row, rest, formula = match.groups()
        at = (title, int(row), _column(letters))
        if at not in found:
            return match[0]
        kind, text = _typed(found[at])
        return f'<c r="{letters}{row}"{rest}{kind}><f>{formula}</f><v>{text}</v></c>'

    return _FORMULA.sub(put, xml)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _typed(value: Any) -> tuple[str, str]:
    """A value's type and text as a sheet's XML has them."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, Errors):
        return ' t="e"', escape(value)
    if isinstance(value, str):
        return ' t="str"', escape(value, quote=False)
    if value is None:
        return "", "0"
    text = exact.plain(value) if isinstance(value, Fraction) else repr(value)
    return "", repr(float(value)) if "/" in text or len(text) > 16 else text
