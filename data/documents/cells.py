"""Cells of a workbook that people get: text that never acts as a formula, borders, and a sheet that prints on A4 across."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from data.log_text import tame
from data.state import State
from scoring.assumptions import NAMES

_THIN = Side(style="thin", color="C3CCD5")
BOX = Border(_THIN, _THIN, _THIN, _THIN)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no workbook can hold: with one such character Excel finds the file damaged."""
_LONGEST = 32_767
"""Letters of one cell: a file with more is damaged to Excel."""
_LINE = 15.5
"""Height of one line of text, in points."""


FACE = "Calibri"
"""The workbooks' font, named wherever a font is set: one without a name looks as each program likes."""


def bold(size: float = 11) -> Font:
    """The workbooks' font in bold, in points."""
    return Font(name=FACE, bold=True, size=size)


def fit(text: str) -> str:
    """A text without what no office file can hold: pasted text may have such characters."""
    return _UNFIT.sub("", text)


def put_text(cell: Cell, text: str) -> None:
    """Write text as text, even where it begins like a formula, and let it stay text when somebody edits the cell."""
    told = fit(text)
    cell.value = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    cell.data_type = "s"
    cell.quotePrefix = tame(text) != text


AFTERWARDS = frozenset(("outcomes", "approval", "report", "send_to", "steps", "draw", "samples"))
"""Fields of a scheme that no score, grade or place rests on."""
RESULTS = frozenset(NAMES) - AFTERWARDS
"""Those that some score, grade or place may rest on."""
PROPOSALS = RESULTS | {"outcomes"}
"""Those that what is proposed for a unit may rest on: its grade, and what follows from it."""


def unconfirmed_lines(state: State, about: Collection[str]) -> list[str]:
    """The readings that nobody has confirmed yet, by name, or nothing: our reading never passes for the document's.

    ``about`` names what bears on the paper: fields of the scheme (draw), or single elements of them (samples.town).
    """
    told = [reading.name for reading in state.unconfirmed if {reading.key, reading.key.partition(".")[0]} & {*about}]
    return [f"原文未规定、按本系统口径处理且尚未确认的{len(told)}项：{'、'.join(told)}。"] if told else []


def lines_above(sheet: Worksheet, lines: Sequence[str], columns: int, width: float) -> None:
    """The title and the lines above a table, each over all its columns, so that a long one wraps and is printed whole.

    ``width`` is the width of the columns together, in characters.
    """
    for number, line in enumerate(lines, start=1):
        put_text(sheet.cell(number, 1), line)
        sheet.cell(number, 1).alignment = Alignment(vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        sheet.row_dimensions[number].height = height_of(lines_of(line, width), 20)
    sheet.cell(1, 1).font = bold(14)


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


def margin_text(text: str) -> str:
    """A text as the margin of a printed page holds it, on one line; its own "&" is no code."""
    return " ".join(fit(text).split()).replace("&", "&&")


def across_a4(sheet: Worksheet, head: int, foot: str) -> None:
    """Print landscape on A4, one page wide; row ``head`` is repeated (0: none), ``foot`` stands under every page."""
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if head:
        sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.center.text = f"{margin_text(foot)}　第&P页，共&N页"
