"""A summary workbook (.xlsx with its formulas; .xls, .et, .ods, .csv without) → cells. Runs in the worker: files are hostile.

Values come from the readers of forms; of an .xlsx the formulas are read beside them and cut into tokens, shared ones
written out for each of their cells. Nothing is calculated here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator

from data.sheets import guard
from data.sheets.grid import Cell, Grid, a1, area, place
from data.sheets.opening import open_grids
from data.sheets.problems import RefusalError
from data.sheets.xlsx import worksheets
from data.sheets.xml_parts import attribute, events
from data.sheets.zip_guard import opened, part
from scoring.crosscheck.book import At, Book, BookCell, BookSheet
from scoring.crosscheck.parse import Token

LONGEST = 8_192
"""Characters a formula may have in a spreadsheet."""
MOST_FORMULAS = 40_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


@dataclass
class _Extra:
    """What a sheet of an .xlsx says beside its values."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


def read_book(name: str, content: bytes) -> Book:
    """The whole workbook. Raises RefusalError for what is unsafe, damaged or no spreadsheet, or holds nothing at all."""
    kind = guard.file_kind(content)
    grids = open_grids(content, kind)
    try:
        extras = _extras(content) if kind == "xlsx" else [_Extra() for _ in grids]
    except (RefusalError, MemoryError, RecursionError):
        raise
    except Exception as error:  # a crafted or broken file can make a parser fail in any way
        raise RefusalError("damaged") from error
    if not any(grid.cells for grid in grids):
        raise RefusalError("empty-workbook")
    cells: dict[At, BookCell] = {}
    sheets = []
    for number, (grid, extra) in enumerate(zip(grids, extras, strict=True), start=1):
        title = grid.name or f"表{number}"
        _put(cells, title, grid, extra)
        sheets.append(_frame(title, grid, extra))
    return Book(name, tuple(sheets), cells, typed=kind != "text")


def _frame(title: str, grid: Grid, extra: _Extra) -> BookSheet:
    rows = max((row for row, _ in grid.cells), default=0)
    columns = max((column for _, column in grid.cells), default=0)
    return BookSheet(
        title, grid.hidden, tuple(grid.merged), frozenset(extra.columns), frozenset(extra.rows), rows, columns
    )


def _put(cells: dict[At, BookCell], title: str, grid: Grid, extra: _Extra) -> None:
    for (row, column), cell in grid.cells.items():
        cells[title, row, column] = _cell(cell, extra.formulas.get((row, column), ""))
    for (row, column), formula in extra.formulas.items():
        if (row, column) not in grid.cells:  # a formula whose saved value is an empty text
            cells[title, row, column] = _cell(Cell("", "text"), formula)


def _cell(cell: Cell, formula: str) -> BookCell:
    if cell.kind == "formula":
        formula = formula or cell.text.removeprefix("of:")
        return BookCell("", "formula", "", formula, tokens_of(formula))
    return BookCell(_CONTROL.sub(" ", cell.text), cell.kind, cell.shown, formula, tokens_of(formula))


def tokens_of(formula: str) -> tuple[Token, ...]:
    """A formula cut into tokens; one that cannot be cut is a single unknown one."""
    if not formula:
        return ()
    try:
        items = Tokenizer(formula if formula.startswith("=") else f"={formula}").items[:2_001]
        return tuple((item.type, item.subtype, item.value) for item in items)
    except Exception:  # the tokenizer raises whatever a crafted formula makes it
        return (("UNREAD", "", formula[:60]),)


def _extras(content: bytes) -> list[_Extra]:
    with opened(content) as archive:
        return [_extra(part(archive, path)) for _, _, path in worksheets(archive)]


def _extra(data: bytes) -> _Extra:
    """Formulas, hidden columns and rows of one sheet."""
    extra, shared = _Extra(), dict[str, tuple[str, str]]()
    row = column = 0
    for event, name, element in events(data):
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 1), 0
            if element.get("hidden") in ("1", "true"):
                extra.rows.add(row)
        elif event == "end" and name == "col" and element.get("hidden") in ("1", "true"):
            extra.columns.update(range(int(element.get("min", 1)), min(int(element.get("max", 1)), 16_384) + 1))
        elif event == "end" and name == "c":
            row, column = place(element.get("r", "")) if element.get("r") else (row, column + 1)
            _formula(extra, shared, element, row, column)
        elif event == "end" and name == "row":
            element.clear()
    return extra


def _formula(extra: _Extra, shared: dict[str, tuple[str, str]], element: Element, row: int, column: int) -> None:
    """Keep the cell's formula; one shared among cells is moved to each from the cell that has it written."""
    found = next((child for child in element if child.tag.rpartition("}")[2] == "f"), None)
    if found is None:
        return
    if len(extra.formulas) >= MOST_FORMULAS:
        raise RefusalError("too-many-cells", sheet="", most=MOST_FORMULAS)
    text, here = (found.text or "")[: LONGEST + 1], a1(row, column)
    if attribute(found, "t") == "shared":
        number = attribute(found, "si")
        if text:
            shared[number] = (f"={text}", here)
        elif number in shared:
            origin, where = shared[number]
            text = Translator(origin, origin=where).translate_formula(here)[1:]
    if text:
        extra.formulas[row, column] = f"={text}" if len(text) <= LONGEST else "=…"
    elif attribute(found, "t") == "array" or attribute(found, "ref"):
        area(attribute(found, "ref") or here)
