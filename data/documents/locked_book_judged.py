"""The sheet 综合结果 of a scheme that judges without points: who has which 情形, by which clause, and what is to follow."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from data.documents.locked_book_frame import grouped, plain_table
from data.documents.ranking_rows import CLAUSES, GROUP, MEASURES, NOTE, SITUATIONS, rows
from data.locked import Locked

_WIDTHS = {GROUP: 20.0, SITUATIONS: 50.0, CLAUSES: 24.0, MEASURES: 40.0, NOTE: 36.0}


def judged_table(sheet: Worksheet, locked: Locked) -> int:
    """Write the sheet. Returns the row of the heads."""
    results = locked.state.results
    told = rows(results, [result for units in grouped(locked).values() for result in units])
    columns = {name: _WIDTHS.get(name, 16.0) for row in told[:1] for name in row} or {results.scheme.words.unit: 16.0}
    notes = ["综合评定，不计总分、不排位次；拟处理以审定为准。"]
    return plain_table(sheet, locked, "问题情形与处理", columns, [list(row.values()) for row in told], notes)
