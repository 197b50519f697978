"""The ranking as a table: on screen, as CSV and as a workbook, all three from the same rows.

Every file says on top that it is internal and not approved, and of which version of which assessment it speaks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, RESULTS, across_a4, lines_above, put_text, unconfirmed_lines
from data.documents.ranking_rows import (
    BY_SCORE,
    CLAUSES,
    FROM,
    GRADE,
    MEASURES,
    NEXT,
    NOTE,
    OUTCOME,
    PLACE,
    SITUATIONS,
    Amount,
    Row,
    Value,
    rows,
)
from data.log_text import csv_file
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, borrowed, draws_lines

_WIDTHS = {
    NEXT: 18,
    OUTCOME: 18,
    NOTE: 46,
    GRADE: 12,
    BY_SCORE: 12,
    FROM: 26,
    SITUATIONS: 40,
    MEASURES: 36,
    CLAUSES: 20,
}
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def preamble(state: State, units: Sequence[UnitResult], at: str) -> list[str]:
    """The lines above the table of these units; ``at`` is the moment in words."""
    places = "数据未齐，位次为暂列。" if state.results.provisional(units) else ""
    lines = [
        f"{state.assessment.name}：{title(state.scheme)}{_group(state, units)}",
        f"内部资料·未经审定。{places}{standing(state.scheme)}",
    ]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    source = state.scheme.document.number or state.scheme.document.title
    return [*lines, f"依据{source}测算；数据第{state.version}版；{at}导出。", *unconfirmed_lines(state, RESULTS)]


def title(scheme: Scheme) -> str:
    """What the table tells: places, scores and grades, or under judgement who has which 情形."""
    if scheme.judged:
        return "问题情形与处理"
    return "得分、位次与等次" if draws_lines(scheme) else "得分与位次"


def standing(scheme: Scheme) -> str:
    """How final the table is, and what its grades rest on."""
    if scheme.judged:
        return "综合评定，不计总分、不排位次；拟处理以审定为准。"
    if not draws_lines(scheme):
        return "原文未定分数线，只出得分，等次由评议确定。"
    lines = f"等次线借用{borrowed(scheme)}，不是本文件的规定。" if borrowed(scheme) else ""
    return f"{lines}等次为测算等次，以审定和批复为准。"


def _group(state: State, units: Sequence[UnitResult]) -> str:
    """The group in brackets where these units are only one of several."""
    shown = {result.group for result in units}
    return f"（{state.scheme.group(shown.pop()).name}）" if len(state.scheme.groups) > 1 and len(shown) == 1 else ""


def to_csv(state: State, units: Sequence[UnitResult], at: str) -> bytes:
    """UTF-8 with a mark that spreadsheets recognise. What would be read as a formula begins with an apostrophe."""
    table = rows(state.results, units)
    lines: list[list[str]] = [[line] for line in preamble(state, units, at)]
    lines += [list(table[0]) if table else []]
    lines += [[_text(state.scheme, value) for value in row.values()] for row in table]
    return csv_file(lines)


def _text(scheme: Scheme, value: Value) -> str:
    if value is None:
        return MISSING
    if isinstance(value, Amount):
        return exact.fixed(value.value, value.places)
    return score_text(scheme, value) if isinstance(value, Fraction) else value


def to_xlsx(state: State, units: Sequence[UnitResult], at: str) -> bytes:
    """A workbook with a sheet for each group, ready to print across one page; a text is never a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    by_group: dict[str, list[UnitResult]] = {}
    for result in units:
        by_group.setdefault(result.group, []).append(result)
    for group, members in (by_group or {"": []}).items():
        name = state.scheme.group(group).name if len(by_group) > 1 else title(state.scheme)
        _one(book.create_sheet(_NOT_IN_A_TITLE.sub(" ", name)[:31]), state, members, at)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _one(sheet: Worksheet, state: State, units: Sequence[UnitResult], at: str) -> None:
    lines, table = preamble(state, units, at), rows(state.results, units)
    columns = tuple(table[0]) if table else (PLACE,) * 6
    lines_above(sheet, lines, len(columns), sum(_WIDTHS.get(name, 12) for name in columns))
    _fill(sheet, state.scheme, table, len(lines) + 1)
    across_a4(sheet, len(lines) + 1, "内部资料·未经审定")


def _fill(sheet: Worksheet, scheme: Scheme, table: list[Row], head: int) -> None:
    for column, name in enumerate(table[0] if table else (), start=1):
        cell = sheet.cell(head, column)
        put_text(cell, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E6EFF7")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 12)
        for number, row in enumerate(table, start=head + 1):
            _put_value(sheet.cell(number, column), row[name], scheme)


def _put_value(cell: Cell, value: Value, scheme: Scheme) -> None:
    places = value.places if isinstance(value, Amount) else scheme.places
    if isinstance(value, Fraction | Amount) and places is not None:
        cell.value, cell.number_format = Decimal(_text(scheme, value)), f"0.{'0' * places}" if places else "0"
    else:
        put_text(cell, _text(scheme, value))
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = BOX
