"""抽签结果表 and 抽样结果表: one workbook of one sheet to print, sign and file, with all that is needed to draw again."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import unconfirmed_lines
from data.documents.form_parts import LEFT, finish, head, line, lines_of, put, title, widths, write_text
from data.drawing import Json, entry_of, group_name, plan_of
from data.drawing import lines_of as drawn_lines
from data.state import State
from data.store import Drawing
from scoring import draws, sampling
from scoring.rules import Sample
from scoring.sampling import LEVELS, Level

APPROVAL = "内部资料·未经审定"
DEMO = "示例数据：与任何地方的实际工作无关"
_STANDING = {"current": "有效", "replaced": "已被重抽取代", "withdrawn": "已作废"}
_WIDTHS = {5: (6.0, 24.0, 36.0, 20.0, 12.0), 6: (6.0, 22.0, 24.0, 18.0, 16.0, 12.0)}
"""Widths of the columns by their number: together they are as wide, whether or not there is one for 兼考."""


def to_xlsx(state: State, drawing: Drawing, at: str) -> bytes:
    """The printable sheet of one draw, whatever became of it since; ``at`` is the moment it was drawn, in words."""
    book = Workbook()
    sheet = book.worksheets[0]
    is_draw = drawing.kind == "draw"
    table = _draw_table(drawing) if is_draw else _sample_table(drawing)
    across = len(table[0])
    sheet.title = "抽签结果" if is_draw else "抽样结果"
    title(sheet, f"{state.assessment.name}　{'交叉考核抽签结果' if is_draw else '抽样结果'}", across)
    row = _above(sheet, state, drawing, at, across)
    _table(sheet, table, row)
    _below(sheet, drawing, row + len(table) + 1, across)
    finish(sheet, f"{row}:{row}")
    sheet.page_setup.orientation = "portrait"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def method(drawing: Drawing) -> str:
    """How it was drawn, in words whole enough to do it again with other means."""
    if drawing.kind == "draw":
        return draws.told(plan_of(drawing.inputs))
    return sampling.told(Sample.model_validate(drawing.inputs["rule"]), drawing.inputs["way"])


def _above(sheet: Worksheet, state: State, drawing: Drawing, at: str, across: int) -> int:
    """The lines above the table; returns the row of its headings."""
    document = state.scheme.document
    told = [
        f"{APPROVAL}{'　' + DEMO if state.assessment.demo else ''}",
        f"依据：{document.number or document.title}　{drawing.inputs['basis']}",
        f"事项：{drawing.inputs['title']}",
        f"种子：{drawing.seed}",
        f"抽取时间：{at}　署名：{drawing.actor}　状态：{_STANDING[drawing.state]}",
    ]
    told += [f"重抽理由：{drawing.reason}"] if drawing.reason else []
    told += [noted] if drawing.kind == "draw" and (noted := draws.noted(plan_of(drawing.inputs))) else []
    told += [_frame(drawing.inputs["roster"])] if "roster" in drawing.inputs else []
    told += unconfirmed_lines(state, _readings(drawing))
    for number, text in enumerate(told, 2):
        line(sheet, number, [(1, across, text)])
        sheet.cell(number, 1).alignment = LEFT
        sheet.row_dimensions[number].height = max(24.0, 17.0 * lines_of(text, 96) + 7)
    sheet.cell(5, 1).font = Font(name="宋体", size=14, bold=True)
    return len(told) + 2


def _readings(drawing: Drawing) -> list[str]:
    """Keys of the readings the drawing rests on: of the draw, or of the rules sampled by."""
    if drawing.kind == "draw":
        return ["draw"]
    return [f"samples.{rule['id']}" for rule in (drawing.inputs["rule"], *drawing.inputs.get("parts", ()))]


def _frame(frame: Json) -> str:
    file = f"{frame['file']}，" if frame["file"] else ""
    return f"名册：{file}{frame['size']}条，校验值{frame['hash'][:16]}"


def _draw_table(drawing: Drawing) -> list[Sequence[str]]:
    form = drawing.inputs["plan"]["form"]
    drawn = drawn_lines(drawing.result)
    shared = any(each.also for each in drawn)
    rows: list[Sequence[str]] = [("序号", "考核组", "考核对象", *(["兼考"] if shared else []), "组长签名", "备注")]
    for each in drawn:
        also = ["、".join(each.also)] if shared else []
        rows.append((str(each.number), group_name(form, each), "、".join(each.objects) or "—", *also, "", ""))
    return rows


def _sample_table(drawing: Drawing) -> list[Sequence[str]]:
    level: Level = drawing.inputs["level"]
    name = "户编号" if level == "household" else LEVELS[level]
    rows: list[Sequence[str]] = [("序号", "抽取范围", name, "所在地", "类别", "备注")]
    number = 0
    for stratum in drawing.result["strata"]:
        for found in stratum["picked"]:
            number += 1
            entry = entry_of(found)
            where = "".join(place for _, place in entry.places)
            rows.append((str(number), stratum["where"], entry.name, where, "、".join(sorted(entry.kinds)), ""))
        rows += [("", stratum["where"], lack, "", "", "名册不足") for lack in stratum["lacks"]]
    return rows


def _table(sheet: Worksheet, rows: Sequence[Sequence[str]], top: int) -> None:
    sizes = _WIDTHS[len(rows[0])]
    widths(sheet, sizes)
    for column, text in enumerate(rows[0], 1):
        head(sheet, top, top, column, column, text)
    for number, row in enumerate(rows[1:], top + 1):
        for column, text in enumerate(row, 1):
            put(sheet, number, column, text)
        lines = max(lines_of(text, sizes[at]) for at, text in enumerate(row))
        sheet.row_dimensions[number].height = max(24.0, 15.5 * lines + 6)


def _below(sheet: Worksheet, drawing: Drawing, row: int, across: int) -> None:
    """The method, and room for the signatures of those who watched."""
    told = f"抽取方法：{method(drawing)}用同一种子{'' if drawing.kind == 'draw' else '和同一名册'}重做，结果应与本表逐字相同。"
    for number, (text, lines) in enumerate(
        [(told, lines_of(told, 96)), ("抽签人：　　　　　　监督人：　　　　　　代表：", 2), ("　　年　　月　　日", 1)],
        row,
    ):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=across)
        write_text(sheet.cell(number, 1), text)
        sheet.cell(number, 1).alignment, sheet.cell(number, 1).font = LEFT, Font(name="宋体", size=11)
        sheet.row_dimensions[number].height = 16.0 * lines + 8
