"""Workbooks of Excel 97-2003 (.xls) and WPS (.et), both BIFF → grids."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from data.sheets import biff
from data.sheets.grid import Budget, Cell, Grid
from data.sheets.problems import RefusalError
from data.sheets.values import format_kind, number_cell


def read_xls(content: bytes) -> list[Grid]:
    """All sheets in order, hidden ones marked. Raises RefusalError for a password; many kinds of error if damaged."""
    biff.insist(content)
    try:
        book = _open(content)
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise RefusalError("password") from error
        raise RefusalError("damaged") from error
    budget = Budget()
    return [_grid(book, sheet, budget) for sheet in book.sheets()]


def _open(content: bytes) -> Any:
    silent = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=silent)
    except (AssertionError, IndexError, KeyError):  # some WPS styles confuse xlrd; the values are sound without them
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=silent)


def _grid(book: Any, sheet: Any, budget: Budget) -> Grid:
    grid = Grid(sheet.name, sheet.visibility != 0, budget=budget)
    for row in range(sheet.nrows):
        for column, raw in enumerate(sheet.row(row)):
            cell = _cell(book, raw)
            if cell is not None:
                grid.put(row + 1, column + 1, cell)
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge((top + 1, left + 1, bottom, right))
    return grid


def _cell(book: Any, raw: Any) -> Cell | None:
    font, number, code = _style(book, raw.xf_index)
    if raw.ctype == xlrd.XL_CELL_TEXT:
        return Cell(raw.value, "text", font) if raw.value.strip() else None
    if raw.ctype == xlrd.XL_CELL_DATE:
        return number_cell(raw.value, "date", font)
    if raw.ctype == xlrd.XL_CELL_NUMBER:
        return number_cell(raw.value, format_kind(number, code), font, code)
    if raw.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if raw.value else "FALSE", "bool", font)
    if raw.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(raw.value, "#N/A"), "error", font)
    return None


def _style(book: Any, index: int | None) -> tuple[str, int, str]:
    """Font, number of the format, and its code; nothing where the file was read without its styles."""
    if index is None or index >= len(book.xf_list):
        return "", 0, ""
    style = book.xf_list[index]
    form = book.format_map.get(style.format_key)
    font = book.font_list[style.font_index].name if style.font_index < len(book.font_list) else ""
    return font, style.format_key, form.format_str if form else ""
