"""情景比对 as a workbook that computes for itself: change a weight, a point or a mark in it and every grade follows.

说明 says what it is and what in it is a written value; 结果比对 sets the scenarios side by side; 参数 and 评分 hold what may be
changed; each scenario has a sheet with its formulas and, beside them, the system's own results.
"""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import across_a4, put_text
from data.documents.compared_units import data_time, in_order, label, labels
from data.documents.live_cells import BOLD, GREY, at
from data.documents.live_checks import warn
from data.documents.live_marks import NAME as MARKS
from data.documents.live_marks import Marks, marks_sheet
from data.documents.live_members import Members
from data.documents.live_parameters import NAME as PARAMETERS
from data.documents.live_parameters import Parameters, parameters_sheet
from data.documents.live_results import CLAUSE, CLAUSE_WIDTH, Table, results_table, table_of
from data.documents.live_sums import WIDTH, WRITTEN, Book, Sums, blocks
from data.documents.live_values import with_values
from data.documents.same_bytes import same_bytes
from data.documents.scenario_book_notes import notes_sheet
from data.documents.scenario_book_side import WARNED, side_sheet
from data.scenarios import Compared
from scoring.elements import Component

TOP = 4
"""The row of a scenario's sheet in which the weights stand, above the heads."""
FOOT = "内部资料·未经审定"


def scenario_book(compared: Compared) -> bytes:
    """The workbook (.xlsx). A spreadsheet works its formulas out anew when it opens the file."""
    book, units = Workbook(), in_order(compared)
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "说明"
    side = book.create_sheet("结果比对")
    schemes = {label(number): column.scheme for number, column in enumerate(compared.columns)}
    parameters = parameters_sheet(book.create_sheet(PARAMETERS), schemes, [compared.group], _parameters_title(compared))
    marks = marks_sheet(book.create_sheet(MARKS), [_members(compared, 0, units)], _every_component(compared))[0]
    written = [_scenario(book, compared, number, units, parameters, marks) for number in range(len(compared.columns))]
    side_sheet(side, compared, units, [table for _, table in written], parameters)
    notes_sheet(notes, compared, [made for made, _ in written], [table for _, table in written])
    return _saved(book, compared)


def _members(compared: Compared, number: int, units: tuple[str, ...]) -> Members:
    return Members(compared.columns[number].results, compared.group, compared.names, units)


def _every_component(compared: Compared) -> list[Component]:
    """Those that count in any of the columns."""
    return list({part.id: part for column in compared.columns for part in column.scheme.counted}.values())


def _parameters_title(compared: Compared) -> str:
    told = "；".join(f"{short}＝{name}" for short, name in labels(compared).items())
    return f"参数（{told}）"


def _scenario(
    book: Workbook, compared: Compared, number: int, units: tuple[str, ...], parameters: Parameters, marks: Marks
) -> tuple[Book, Table]:
    """One scenario's sheet: results on top, what they come from below."""
    name = label(number)
    sheet = book.create_sheet(name)
    made = Book(_members(compared, number, units), number, parameters, marks)
    table = table_of(made, TOP)
    put_text(sheet["A1"], f"{name}：{labels(compared)[name]}")
    put_text(
        sheet["A2"], "黄色可改，灰色为写入的数值；右侧“系统”各列为本系统结果，改动参数后与公式结果不再一致属正常。"
    )
    sheet["A1"].font, sheet["A2"].font = BOLD, GREY
    warn(sheet, WARNED, parameters.warning(number))
    live = made.members.live
    sums = blocks(sheet, made, table.last + 3) if live else Sums()
    if not live and made.scheme.counted:
        made.note(WRITTEN)
    results_table(sheet, made, table, sums)
    _shape(sheet, table)
    return made, table


def _shape(sheet: Worksheet, table: Table) -> None:
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[sheet.cell(table.first, column).column_letter].width = WIDTH
    sheet.column_dimensions[sheet.cell(1, table.columns[CLAUSE]).column_letter].width = CLAUSE_WIDTH
    sheet.print_area = f"A1:{at(table.last, max(table.columns.values()))}"
    sheet.freeze_panes = sheet.cell(table.first, 3)


def _printed(sheet: Worksheet) -> None:
    """On A4 across, the frozen rows repeated; a sheet without any is text and stands upright."""
    frozen = sheet.freeze_panes
    across_a4(sheet, coordinate_to_tuple(frozen)[0] - 1 if frozen else 1, f"{FOOT}　{sheet.title}")
    sheet.freeze_panes = frozen
    if not frozen:
        sheet.page_setup.orientation = "portrait"


def _saved(book: Workbook, compared: Compared) -> bytes:
    for sheet in book.worksheets:
        _printed(sheet)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = book.properties.lastModifiedBy = "衡效"
    book.properties.title = "情景比对计算表"
    kept = io.BytesIO()
    book.save(kept)
    return same_bytes(with_values(book, kept.getvalue()), data_time(compared.state))
