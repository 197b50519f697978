"""变动说明 as a workbook and as plain text: every cause with its part, who, when and the cell; both from one comparison.

Both say on top that they are internal and not approved, and which two versions of which assessment they compare.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.changes import Change
from data.documents.cells import BOX, RESULTS, across_a4, lines_above, put_text, unconfirmed_lines
from scoring import exact
from scoring.change_heads import headlines
from scoring.change_words import (
    deed_text,
    did,
    grade_reasons,
    place_reasons,
    unit_sentence,
    what,
    when,
)
from scoring.changes import Cause, UnitChange
from scoring.exact import signed
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.speech import plain_text
from scoring.standing import MISSING, word

_COLUMNS = {
    "单位": 14, "原得分": 10, "现得分": 10, "变化": 10, "原等次": 9, "现等次": 9, "原位次": 7, "现位次": 7, "原因": 46,
    "影响（分）": 12, "版本": 7, "时间": 20, "操作人": 12, "文件、单元格": 34,
}  # fmt: skip
_JUDGED = ("单位", "原因", "版本", "时间", "操作人", "文件、单元格")
_DEEDS = {"版本": 7, "时间": 20, "操作人": 14, "操作": 80}
Value = str | int | Decimal | Fraction | None


def preamble(change: Change, at: str) -> list[str]:
    """The lines above the table; ``at`` is the moment in words."""
    state, first, last = change.after, change.before.version, change.after.version
    lines = [f"{state.assessment.name}：变动说明（第{first}版至第{last}版）", "内部资料·未经审定。"]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    lines.append(f"两版均由现行程序测算；{at}导出。")
    lines += unconfirmed_lines(state, RESULTS)
    return lines + [plain_text(sentence) for sentence in headlines(change.comparison)]


def to_text(change: Change, at: str) -> bytes:
    """Sentences, as they can be read out or pasted; UTF-8 with a mark that Windows recognises."""
    comparison = change.comparison
    lines = [*preamble(change, at), ""]
    lines += [plain_text(unit_sentence(comparison, each)) for each in comparison.units]
    lines += ["", f"两版之间的操作（{len(comparison.deeds)}次）：", *map(deed_text, comparison.deeds)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def to_xlsx(change: Change, at: str) -> bytes:
    """A sheet of causes and a sheet of what was done, ready to print across one page; a text is never a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    columns = {name: _COLUMNS[name] for name in _JUDGED} if change.after.scheme.judged else _COLUMNS
    _sheet(book, "变动说明", preamble(change, at), columns, list(_rows(change)))
    done: list[dict[str, Value]] = [
        {"版本": d.version, "时间": when(d), "操作人": d.actor, "操作": did(d)} for d in change.comparison.deeds
    ]
    _sheet(book, "两版之间的操作", preamble(change, at)[:2], _DEEDS, done)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(change: Change) -> Iterator[dict[str, Value]]:
    """A row a cause; what moved the grade and the place in rows of their own."""
    for each in change.comparison.units:
        causes: list[dict[str, Value]] = [_cause(cause) for cause in each.causes]
        reasons = [*grade_reasons(change.comparison, each), *place_reasons(change.comparison, each)]
        causes += [{"原因": reason} for reason in reasons]
        first, *more = causes or [{}]
        yield {**_unit(change, each), **first}
        yield from ({"单位": each.unit, **row} for row in more)


def _unit(change: Change, each: UnitChange) -> dict[str, Value]:
    """What stands in a unit's first row alone: repeated figures would be added up by whoever sums a column."""
    schemes = (change.before.scheme, change.after.scheme)
    was, now = (_figures(*pair) for pair in zip(schemes, (each.before, each.after), strict=True))
    return {
        "单位": each.unit, "原得分": was[0], "现得分": now[0], "变化": each.delta, "原等次": was[1], "现等次": now[1],
        "原位次": was[2], "现位次": now[2],
    }  # fmt: skip


def _figures(scheme: Scheme, result: UnitResult | None) -> tuple[Value, Value, Value]:
    if result is None:
        return "不在名单", "", ""
    return _score(scheme, result.score), word(result), "" if result.rank is None else result.rank


def _score(scheme: Scheme, score: Fraction | None) -> Value:
    if score is None:
        return MISSING
    return Decimal(exact.plain(score)) if _decimal(score) else score_text(scheme, score)


def _decimal(value: Fraction) -> bool:
    """Whether six decimals write a value exactly."""
    return (value * 10**6).denominator == 1


def _cause(cause: Cause) -> dict[str, Value]:
    deed, place = cause.deed, f"《{cause.file}》{cause.piece.cell}" if cause.file else ""
    return {
        "原因": what(cause), "影响（分）": cause.part, "版本": deed.version, "时间": when(deed), "操作人": deed.actor,
        "文件、单元格": place,
    }  # fmt: skip


def _sheet(book: Workbook, name: str, lines: list[str], columns: dict[str, int], rows: list[dict[str, Value]]) -> None:
    sheet = book.create_sheet(name)
    lines_above(sheet, lines, len(columns), sum(columns.values()))
    head = len(lines) + 1
    for column, (title, width) in enumerate(columns.items(), start=1):
        _head(sheet, head, column, title, width)
        for number, row in enumerate(rows, start=head + 1):
            _put(sheet, number, column, row.get(title))
    across_a4(sheet, head, "内部资料·未经审定")


def _head(sheet: Worksheet, row: int, column: int, title: str, width: int) -> None:
    cell = sheet.cell(row, column)
    put_text(cell, title)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E6EFF7")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(column)].width = width


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """A figure that a decimal writes exactly is a number; any other is written as it is on screen."""
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal=None if isinstance(value, str) else "right")
    if isinstance(value, int | Decimal):
        cell.value, cell.number_format = value, "0" if isinstance(value, int) else "0.00####"
    elif isinstance(value, Fraction) and _decimal(value):
        cell.value, cell.number_format = Decimal(exact.plain(value)), "+0.00####;-0.00####;0"
    else:
        put_text(cell, signed(value) if isinstance(value, Fraction) else value or "")
    cell.border = BOX
