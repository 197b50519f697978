"""Small parts every form shares: text that stays text, borders, widths, print set-up, protection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import put_text
from scoring.elements import Component

LINE = Side(style="thin", color="FF808080")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = PatternFill("solid", fgColor="FFE8EEF4")
GREY = PatternFill("solid", fgColor="FFD9D9D9")
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
BODY, BOLD = Font(name="宋体", size=11), Font(name="宋体", size=11, bold=True)
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
POINTS_A_LINE = 15.5
TICK = "√"


def put(
    sheet: Worksheet, row: int, column: int, value: Any = None, *, align: Alignment = MIDDLE, open_: bool = False
) -> None:
    """Write one bordered cell. Text stays text, whatever it begins with; ``open_``: may be filled in."""
    cell = sheet.cell(row, column)
    write_text(cell, value)
    cell.border, cell.alignment, cell.font = BOX, align, BODY
    cell.protection = OPEN if open_ else LOCKED


def write_text(cell: Any, value: Any) -> None:
    """Set a cell's value; a text that begins with = + - @ is never a formula, and characters no sheet can hold go."""
    if isinstance(value, str) and value:
        put_text(cell, value)
    else:
        cell.value = value


def title(sheet: Worksheet, text: str, columns: int) -> None:
    """The title over the whole width."""
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=columns)
    write_text(sheet["A1"], text)
    sheet["A1"].font, sheet["A1"].alignment = Font(name="宋体", size=16, bold=True), MIDDLE
    sheet.row_dimensions[1].height = 30


def line(sheet: Worksheet, row: int, spans: list[tuple[int, int, str]]) -> None:
    """A line without borders: (first column, last column, text) each."""
    for first, last, text in spans:
        if first < last:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        cell = sheet.cell(row, first)
        write_text(cell, text)
        cell.font, cell.alignment = Font(name="宋体", size=12), Alignment(horizontal="left", vertical="center")
    sheet.row_dimensions[row].height = 24


def head(sheet: Worksheet, first_row: int, last_row: int, first: int, last: int, text: str) -> None:
    """One header cell, merged over its rows and columns."""
    for row in range(first_row, last_row + 1):
        for column in range(first, last + 1):
            put(sheet, row, column)
            sheet.cell(row, column).fill = HEAD
    write_text(sheet.cell(first_row, first), text)
    sheet.cell(first_row, first).font = BOLD
    if (first_row, first) != (last_row, last):
        sheet.merge_cells(start_row=first_row, end_row=last_row, start_column=first, end_column=last)


def widths(sheet: Worksheet, sizes: Sequence[float]) -> None:
    """Column widths, in characters of a digit's width."""
    for column, size in enumerate(sizes, 1):
        sheet.column_dimensions[get_column_letter(column)].width = size


def lines_of(text: str, width: float) -> int:
    """How many lines a Chinese text takes in a column of that width."""
    return max(1, -(-2 * len(text) // max(1, int(width) - 1)))


def height_of(lines: int) -> float:
    """The height of a row of so many lines, as far as a spreadsheet allows."""
    return min(409.0, POINTS_A_LINE * lines)


def finish(sheet: Worksheet, head_rows: str) -> None:
    """A4 landscape on one page's width, header rows on every page, page numbers; locked but for the open cells."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = head_rows
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def signer(component: Component, otherwise: str) -> str:
    """Who signs a form: the unit's own head where the unit speaks for itself (自查自评, 自评总结)."""
    return "填报单位负责人" if component.name.startswith(("自查", "自评")) else otherwise


def sheet_name(text: str) -> str:
    """A name a sheet or a file may have: without []:*?/\\ and not longer than 31."""
    return (
        "".join(char for char in text if char not in "[]:*?/\\<>|\"'" and ord(char) >= 32).strip(" .")[:31] or "评分表"
    )
