"""Cells of a workbook that people get: text that never acts as a formula, borders, and a sheet that prints on A4 across."""

from __future__ import annotations

import unicodedata

from openpyxl.cell import Cell
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from data.log_text import tame

_THIN = Side(style="thin", color="C3CCD5")
BOX = Border(_THIN, _THIN, _THIN, _THIN)
_LINE = 15.5
"""Height of one line of text, in points."""


def put_text(cell: Cell, text: str) -> None:
    """Write text as text, even where it begins like a formula, and let it stay text when somebody edits the cell."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = tame(text) != text


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column ``width`` characters wide; a Chinese character is as wide as two."""
    room = max(int(width) - 1, 2)
    sizes = (
        sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line) for line in text.split("\n")
    )
    return sum(max(1, -(-size // room)) for size in sizes)


def height_of(lines: int, least: float = 0) -> float:
    """The height in points of a row of so many lines."""
    return max(least, lines * _LINE + 6)


def across_a4(sheet: Worksheet, head: int, foot: str) -> None:
    """Print landscape on A4, one page wide; the rows down to ``head`` are repeated, ``foot`` stands under every page."""
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.center.text = f"{foot}　第&P页，共&N页"
