"""口径确认表: every reading where the document is silent, for the leading group to confirm and sign. Prints on A4 across.

A row says what the text leaves open, our reading, the others with what each would change in this assessment, and who has
confirmed it so far; the last columns are left for the pen.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, across_a4, height_of, lines_above, lines_of, put_text
from data.finalise import state_name
from data.state import State
from scoring import exact
from scoring.assumption_words import effect_words, label_words, reading_words
from scoring.assumptions import DEFAULT, Assumption
from scoring.rules import Target

COLUMNS = {
    "序号": 5,
    "事项": 15,
    "原文未规定": 20,
    "现行口径": 32,
    "其他口径及对本次考核的影响": 40,
    "确认情况": 19,
    "领导小组意见": 14,
    "签字、日期": 13,
}
"""Headings with their widths in characters."""
_WIDTH = sum(COLUMNS.values())
Moment = Callable[[datetime], str]


def rows(state: State, moment: Moment) -> list[dict[str, str]]:
    """One row a reading, those that would change grades first. ``moment`` writes a time as its readers do."""
    return [_row(state, number, reading, moment) for number, reading in enumerate(state.weighed, start=1)]


def _row(state: State, number: int, reading: Assumption, moment: Moment) -> dict[str, str]:
    told = (
        str(number), reading.name, reading.silent, _current(state, reading), _others(state, reading),
        confirmation(state, reading, moment), "", "",
    )  # fmt: skip
    return dict(zip(COLUMNS, told, strict=True))


def _current(state: State, reading: Assumption) -> str:
    label = state.reading(reading)
    said = reading_words(state.own, reading, label)
    reason = f"理由：{reading.reading}" if label == DEFAULT else ""
    return "\n".join(part for part in (label_words(label), said, reason) if part)


def _others(state: State, reading: Assumption) -> str:
    """Each other reading with its effect, one a line."""
    if not reading.alternatives:
        return "方案没有列出其他口径"
    found = state.effects_of(reading)
    return "\n".join(f"{label_words(each.label)}：{_effect(state, effect_words(state.scheme, each))}" for each in found)


def _effect(state: State, words: str) -> str:
    return words if state.weighable else "尚无结果，暂看不出影响"


def confirmation(state: State, reading: Assumption, moment: Moment) -> str:
    """Who confirmed it, when, and on what paper."""
    setting = state.confirmed(reading)
    if setting is None:
        return "尚未确认"
    paper = f"\n依据：{setting.paper}" if setting.paper else ""
    return f"{setting.actor}\n{moment(setting.at)}确认{paper}"


def preamble(state: State, at: str) -> list[str]:
    """The lines above the table; ``at`` is the moment in words."""
    source = state.scheme.document.number or state.scheme.document.title
    waiting = len(state.unconfirmed)
    count = f"共{len(state.assumptions)}项，" + (f"尚有{waiting}项未确认。" if waiting else "已全部确认。")
    lines = [
        f"{state.assessment.name}：口径确认表",
        f"内部资料·未经审定（{state_name(state.assessment)}）。以下各项{source}未作规定，按所列口径处理，请逐项审定。{count}",
    ]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    return [*lines, *_targets(state), f"依据{source}；数据第{state.version}版；{at}导出。"]


def _targets(state: State) -> list[str]:
    """The figures that the document leaves to the office."""
    now = {target.id: target for target in state.own.targets}
    told = [f"{target.name}{_figure(now[target.id])}" for target in state.asked]
    return [f"由本单位填报的目标数值：{'；'.join(told)}。"] if told else []


def _figure(target: Target) -> str:
    return "尚未填报" if target.value is None else exact.plain(target.value) + target.measure


def to_xlsx(state: State, at: str, moment: Moment) -> bytes:
    """The form as a workbook of one sheet, ready to print and sign; a text is never a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "口径确认表"
    head = len(preamble(state, at)) + 1
    lines_above(sheet, preamble(state, at), len(COLUMNS), _WIDTH)
    _head(sheet, head)
    table = rows(state, moment)
    for number, row in enumerate(table, start=head + 1):
        _fill(sheet, number, row)
    _signatures(sheet, head + len(table) + 2)
    across_a4(sheet, head, "内部资料·未经审定")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _signatures(sheet: Worksheet, number: int) -> None:
    """Who presided, who took the minutes, and when: three parts of one line."""
    for column, text in ((2, "主持人（签字）："), (5, "记录人（签字）："), (6, "会议日期：　　　　年　　月　　日")):
        put_text(sheet.cell(number, column), text)
    sheet.row_dimensions[number].height = 30


def _head(sheet: Worksheet, number: int) -> None:
    for column, (name, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(number, column)
        put_text(cell, name)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="E6EFF7"), BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[number].height = 32


def _fill(sheet: Worksheet, number: int, row: dict[str, str]) -> None:
    """One reading; its row is as high as its longest cell, and never too low to sign in."""
    for column, text in enumerate(row.values(), start=1):
        cell = sheet.cell(number, column)
        put_text(cell, text)
        cell.border, cell.alignment = BOX, Alignment(vertical="center", wrap_text=True)
    lines = max(lines_of(text, width) for text, width in zip(row.values(), COLUMNS.values(), strict=True))
    sheet.row_dimensions[number].height = height_of(lines, 48)
