"""The ranking as a table: on screen, as CSV and as a workbook, all three from the same rows.

Every file says on top that it is internal and not approved, and of which version of which assessment it speaks.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, across_a4, height_of, lines_of, put_text
from data.log_text import csv_file
from data.state import State
from scoring import exact
from scoring.explain import fact_name, reason_text, score_text, told_consequences
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import pending_text, to_next

Value = str | Fraction | None
Row = dict[str, Value]
PLACE, SCORE, GRADE, BY_SCORE = "位次", "综合得分", "测算等次", "按分数等次"
NEXT, OUTCOME, NOTE = "距上一等次", "拟结果运用", "说明"
MISSING = "暂缺"
_WIDTHS = {NEXT: 18, OUTCOME: 18, NOTE: 46, GRADE: 12, BY_SCORE: 12}


def rows(results: Results, units: Sequence[UnitResult]) -> list[Row]:
    """One row a unit, in the order given. Scores are fractions, None while they are missing; all else is text."""
    shared = Counter((result.group, result.rank) for result in results.units)
    return [_row(results.scheme, result, shared[(result.group, result.rank)] > 1) for result in units]


def _row(scheme: Scheme, result: UnitResult, shares_place: bool) -> Row:
    row: Row = {}
    if len(scheme.groups) > 1:
        row["组别"] = scheme.group(result.group).name
    if scheme.rank.shown != "none":
        row[PLACE] = "" if result.rank is None else f"{'并列' if shares_place else ''}{result.rank}"
    row |= {scheme.words.unit: result.unit, SCORE: result.score, GRADE: result.grade or MISSING}
    row |= {part.name: part.score for part in result.components.values() if part.counted}
    row |= {BY_SCORE: result.score_grade or "", NEXT: _next(scheme, result)}
    return row | {OUTCOME: outcomes(scheme, result), NOTE: note(scheme, result)}


def _next(scheme: Scheme, result: UnitResult) -> str:
    following = to_next(scheme, result)
    return f"距“{following[0]}”{score_text(scheme, following[1])}分" if following else ""


def outcomes(scheme: Scheme, result: UnitResult) -> str:
    """What is to follow (结果运用) for this unit and not for every unit alike: "拟谈话提醒"."""
    told = [consequence.outcome.action for consequence in told_consequences(scheme, result)]
    return f"拟{'、'.join(told)}" if told else ""


def note(scheme: Scheme, result: UnitResult) -> str:
    """Why the grade differs from the score's, which 情形 brings what follows, what waits: nothing for most units."""
    told = [
        _limit(fact_name(scheme, limit.fact) if limit.fact else "", limit.cite, limit.best)
        for limit in result.limits
        if limit.binds
    ]
    told += [
        f"拟{c.outcome.action}：{reason_text(scheme, result, c)}" for c in told_consequences(scheme, result) if c.fact
    ]
    if result.to_check:
        told.append(pending_text(result))
    if result.crossed_by_rounding and result.unrounded is not None:
        told.append(f"未舍入时为{exact.shown(result.unrounded)}分")
    if result.missing:
        told.append(_missing(scheme, result))
    return "；".join(told)


def _limit(name: str, cite: str, best: str) -> str:
    return f"{f'有“{name}”情形，' if name else ''}按{cite}最高为“{best}”"


def _missing(scheme: Scheme, result: UnitResult) -> str:
    lacking = f"缺{'、'.join(scheme.component(name).name for name in result.missing)}"
    if result.possible is None or len(result.missing) == len(scheme.counted):
        return lacking
    low, high = (score_text(scheme, end) for end in (result.possible.low, result.possible.high))
    ends = dict.fromkeys((result.possible.grades[:1], result.possible.grades[-1:]))
    return f"{lacking}；可能{low}至{high}分，{'至'.join(grade for end in ends for grade in end)}"


def preamble(state: State, units: Sequence[UnitResult], at: str) -> list[str]:
    """The lines above the table of these units; ``at`` is the moment in words."""
    places = "数据未齐，位次为暂列。" if state.results.provisional(units) else ""
    lines = [
        f"{state.assessment.name}：得分、位次与等次",
        f"内部资料·未经审定。{places}等次为测算等次，以审定和批复为准。",
    ]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    source = state.scheme.document.number or state.scheme.document.title
    return [*lines, f"依据{source}测算；数据第{state.version}版；{at}导出。", *_unconfirmed(state)]


def _unconfirmed(state: State) -> list[str]:
    """The readings that nobody has confirmed yet, by name: our reading never passes for the document's."""
    names = "、".join(reading.name for reading in state.unconfirmed)
    return [f"原文未规定、按本系统口径处理且尚未确认的{len(state.unconfirmed)}项：{names}。"] if names else []


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
    return score_text(scheme, value) if isinstance(value, Fraction) else value


def to_xlsx(state: State, units: Sequence[UnitResult], at: str) -> bytes:
    """A workbook of one sheet, ready to print across one page; a text is never a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "得分与等次"
    lines = preamble(state, units, at)
    table = rows(state.results, units)
    _top(sheet, lines, tuple(table[0]) if table else (PLACE,))
    _fill(sheet, state.scheme, table, len(lines) + 1)
    across_a4(sheet, len(lines) + 1, "内部资料·未经审定")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _top(sheet: Worksheet, lines: Sequence[str], columns: Sequence[str]) -> None:
    """The lines above the table, each over all of its columns, so that a long one wraps and is printed whole."""
    width = sum(_WIDTHS.get(name, 12) for name in columns)
    for number, line in enumerate(lines, start=1):
        put_text(sheet.cell(number, 1), line)
        sheet.cell(number, 1).alignment = Alignment(vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(columns))
        sheet.row_dimensions[number].height = height_of(lines_of(line, width), 20)
    sheet.cell(1, 1).font = Font(bold=True, size=14)


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
    if isinstance(value, Fraction) and scheme.places is not None:
        cell.value, cell.number_format = Decimal(exact.fixed(value, scheme.places)), f"0.{'0' * scheme.places}"
    else:
        put_text(cell, _text(scheme, value))
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = BOX
