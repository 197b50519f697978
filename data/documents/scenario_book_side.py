"""The sheet 结果比对 of a live workbook: each unit's place, score and grade in every scenario, drawn from their sheets."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import put_text
from data.documents.compared_units import label, labels
from data.documents.live_cells import BOLD, GREY, HEAD, LEFT, PLAIN, Formula, at, heads, put, quote_sheet, quoted
from data.documents.live_checks import together, warn
from data.documents.live_parameters import Parameters
from data.documents.live_results import GRADE, PLACE, SCORE, Table
from data.scenarios import Compared
from scoring.scheme import Scheme

UP, DOWN = "↑", "↓"
CHANGE = "变化"
TOP = 6
WARNED = "A3"
"""Where this sheet, and each scenario's own, say which checks of 参数 fail."""


def side_sheet(
    sheet: Worksheet, compared: Compared, units: Sequence[str], tables: Sequence[Table], parameters: Parameters
) -> None:
    """Write the sheet; the rows stand in the order of the scenarios' own."""
    put_text(sheet["A1"], "结果比对（随参数和评分自动重算）")
    put_text(sheet["A2"], "变化为等次与基准相比：↑升等次，↓降等次，空白为不变。")
    sheet["A1"].font, sheet["A2"].font = BOLD, GREY
    warned = [label(number) for number in range(len(tables)) if parameters.warning(number)]
    warn(sheet, WARNED, together((name, f"{quote_sheet(name)}!{WARNED}") for name in warned))
    for row in (TOP - 2, TOP - 1):
        put(sheet.cell(row, 1), compared.base.scheme.words.unit, fill=HEAD).font = BOLD
    sheet.merge_cells(start_row=TOP - 2, end_row=TOP - 1, start_column=1, end_column=1)
    sheet.column_dimensions["A"].width = 18
    for row, unit in enumerate(units, TOP):
        put(sheet.cell(row, 1), compared.names[unit], shape=LEFT)
    column = 2
    for number, table in enumerate(tables):
        column = _scenario(sheet, compared, number, table, len(units), column)
    sheet.freeze_panes = sheet.cell(TOP, 2)


def _scenario(sheet: Worksheet, compared: Compared, number: int, table: Table, count: int, first: int) -> int:
    """One scenario's columns from ``first`` on. Returns the next free one."""
    names = [name for name in (PLACE, SCORE, GRADE) if name in table.columns] + ([CHANGE] if number else [])
    told = labels(compared)[label(number)]
    heads(sheet, TOP - 2, first, [f"{label(number)}：{told}", *[""] * (len(names) - 1)])
    sheet.merge_cells(start_row=TOP - 2, end_row=TOP - 2, start_column=first, end_column=first + len(names) - 1)
    sheet.row_dimensions[TOP - 2].height = 48
    heads(sheet, TOP - 1, first, names)
    for offset in range(count):
        for place, name in enumerate(names, first):
            cell = sheet.cell(TOP + offset, place)
            put(cell, Formula(_told(compared, number, table, name, table.first + offset, first + names.index(GRADE))))
            if name == SCORE:
                places = compared.columns[number].scheme.places
                cell.number_format = PLAIN if places is None else f"0.{'0' * places}" if places else "0"
    for place in range(first, first + len(names)):
        sheet.column_dimensions[sheet.cell(TOP, place).column_letter].width = 13 if names[place - first] == SCORE else 8
    return first + len(names)


def _told(compared: Compared, number: int, table: Table, name: str, row: int, grade_at: int) -> str:
    if name != CHANGE:
        return f"{quote_sheet(label(number))}!{table.cell(row, name)}"
    own = TOP + row - table.first
    base_grade = 2 + [known for known in (PLACE, SCORE, GRADE) if known != PLACE or _places(compared)].index(GRADE)
    return _change(compared.base.scheme, at(own, base_grade, fixed="column"), at(own, grade_at))


def _places(compared: Compared) -> bool:
    return compared.base.scheme.rank.shown != "none"


def _change(scheme: Scheme, was: str, now: str) -> str:
    """↑ or ↓ where both are grades of the scheme and differ."""
    order = ["0", *(f"({{0}}={quoted(grade)})*{place}" for place, grade in enumerate(scheme.grades, 1))]
    before, after = ("+".join(order).replace("{0}", cell) for cell in (was, now))
    return f'IF(OR({before}=0,{after}=0,({before})=({after})),"",IF(({after})<({before}),"{UP}","{DOWN}"))'
