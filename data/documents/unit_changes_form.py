"""The table of unit changes (单位变动表) as a workbook: blank, or filled with the rows there are, to be corrected and read back."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.unit_changes import HEADS, WAYS, UnitChange

_HEAD, _SPARE = 3, 15
_HOW = (
    "只写有变动的单位，一行一个去向。方式：更名、合并（并入的各单位各写一行）、拆分（拆出的各单位各写一行）、"
    "新设（不写原名称）、撤销（不写现名称）。权数用于合并，如户数；同一合并的各行须都写或都不写，都不写的取平均。"
)


def unit_changes_form(changes: Sequence[UnitChange] = ()) -> bytes:
    """The workbook; ``data.unit_changes.read_changes`` reads a filled one back as the very rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "单位变动表"
    parts.title(sheet, "单位变动表", len(HEADS))
    parts.line(sheet, 2, [(1, len(HEADS), _HOW)])
    sheet.row_dimensions[2].height, sheet.cell(2, 1).alignment = parts.POINTS_A_LINE * 4, parts.LEFT
    for column, head in enumerate(HEADS, 1):
        parts.head(sheet, _HEAD, _HEAD, column, column, head)
    rows = [(r.old, r.new, r.way, r.weight, r.note) for r in changes] + [("",) * len(HEADS)] * _SPARE
    for number, row in enumerate(rows, _HEAD + 1):
        for column, text in enumerate(row, 1):
            parts.put(sheet, number, column, text or None, align=parts.LEFT, open_=True)
    choice = DataValidation(type="list", formula1=f'"{",".join(WAYS)}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "方式", "请从列表中选择"
    sheet.add_data_validation(choice)
    choice.add(f"C{_HEAD + 1}:C{_HEAD + 500}")
    parts.widths(sheet, [26, 26, 12, 12, 30])
    parts.finish(sheet, f"{_HEAD}:{_HEAD}")
    sheet.protection.sheet = False  # rows are added here
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
