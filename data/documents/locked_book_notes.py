"""The sheet 说明 of a 锁定版's workbook: what it is, how far it has come, what is computed, what is written, and the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import RESULTS, height_of, lines_of, put_text, unconfirmed_lines
from data.documents.live_cells import BOLD, Formula
from data.documents.live_results import CHECK, DIFFERS
from data.documents.live_sums import ROUNDING
from data.documents.locked_book_frame import several
from data.documents.locked_book_sums import CHECKS, Computed
from data.locked import Locked
from data.papers.words import cited, missing_told, period_told, settled_by, subject
from scoring.standing import draws_lines

NAME = "说明"
WIDTH = 74
EVERYTHING = "各项得分、等次、位次均由公式自“评分”和“参数”算出，没有写入的结果。"
JUDGED = "综合评定，不计总分、不排位次，没有可计算的公式；各表为登记和上报的内容。"
Lines = Iterator[tuple[str, bool]]


def notes_sheet(
    sheet: Worksheet, locked: Locked, computed: Sequence[Computed], sheets: Mapping[str, str], viewer: str
) -> None:
    """Write the sheet, a line a row. ``sheets``: what each sheet of the workbook is."""
    sheet.column_dimensions["A"].width = WIDTH
    lines = [*_heading(locked, viewer), *([("核对", True), ("", False)] if computed else [])]
    if computed:
        sheet.cell(len(lines), 1).value = Formula(_check(computed)).text
    lines += [*_standing(locked), *_use(computed), *_fixed(locked, computed)]
    lines += [("各表", True), *((f"{name}：{what}", False) for name, what in sheets.items())]
    for row, (text, bold) in enumerate(lines, 1):
        _line(sheet, row, text, bold)


def _line(sheet: Worksheet, row: int, text: str, bold: bool) -> None:
    if text:
        put_text(sheet.cell(row, 1), text)
    sheet.cell(row, 1).alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = height_of(lines_of(text, WIDTH), 20)
    if bold:
        sheet.cell(row, 1).font = BOLD


def _heading(locked: Locked, viewer: str) -> Lines:
    state = locked.state
    yield f"{subject(locked)}：考核结果工作簿", True
    if locked.marking:
        yield f"{locked.marking}{'。示例数据与任何地方的实际工作无关。' if locked.demo else '。'}", True
    yield f"{state.assessment.name}。{locked.stamp}", False
    if viewer and locked.standing.marking:
        yield f"本件为{viewer}导出，请勿外传。", False
    period = period_told(state.scheme.document)
    yield f"依据{cited(state.scheme.document)}{f'，{period}' if period else ''}。", False
    yield f"计分引擎{state.results.engine}；方案指纹（SHA-256）{state.scheme.hash}", False
    yield f"锁定内容指纹（SHA-256）{locked.record.hash}", False


def _standing(locked: Locked) -> Lines:
    standing, state = locked.standing, locked.state
    yield "结果所处阶段", True
    if standing.settled:
        yield f"已审定：{settled_by(standing.settled)}。", False
    elif standing.suggested:
        yield "已登记建议等次，尚未审定。", False
    elif draws_lines(state.scheme):
        yield "等次为测算等次，以审定和批复为准。", False
    else:
        yield "以审定和批复为准。", False
    if standing.approved:
        yield f"已批复：{settled_by(standing.approved)}。", False
    waiting = standing.open_objections
    if waiting:
        yield (
            f"尚有{len(waiting)}件异议未办理：{'；'.join(f'第{each.item}号，{each.unit}' for each in waiting)}。",
            False,
        )
    for told in (*missing_told(locked), *unconfirmed_lines(state, RESULTS)):
        yield told if told.endswith("。") else f"{told}。", False


def _use(computed: Sequence[Computed]) -> Lines:
    if not computed:
        yield JUDGED, True
        return
    yield "怎样使用", True
    yield (
        "一、“参数”表改权重、赋分、等次线，“评分”表改评分，黄色单元格可改；改后得分、等次、位次自动重算。如未重算，请先点“启用编辑”。",
        False,
    )
    yield (
        "二、改动只用于核对和研究，不改变系统中的结果；各项权重互不联动，改一项须同时改其他项，合计不符时以红字提示。",
        False,
    )
    yield (
        "三、灰色单元格是写入的数值，不随参数变动，逐条列在下面。结果运用、说明为系统所写，等次或位次有变时改为提示。",
        False,
    )
    yield (
        "四、等次以颜色、形状和文字表示；得分以横条表示；“临界”为综合得分距某一等次线不足1分：“差不足1分”为低于该线，"
        "“高不足1分”“恰在线上”为达到该线，以斜体表示。",
        False,
    )
    yield f"五、{ROUNDING}不一致时以“{CHECKS}”表“系统”各列为准。", False


def _fixed(locked: Locked, computed: Sequence[Computed]) -> Lines:
    if not computed:
        return
    yield "不由公式计算、写入数值的部分", True
    groups = {each.members.group: locked.state.scheme.group(each.members.group).name for each in computed}
    told = [(groups[each.members.group], what) for each in computed for what in each.book.fixed]
    if not draws_lines(locked.state.scheme):
        yield "原文未定分数线，等次由评议确定，“测算等次”按系统写入。", False
    elif not told:
        yield EVERYTHING, False
    for what in dict.fromkeys(what for _, what in told):
        where = "、".join(name for name, said in told if said == what)
        yield f"{what}{f'（{where}）' if several(locked) else ''}。", False
    if locked.standing.settled or locked.standing.suggested:
        yield f"{locked.standing.word}和理由按所登记的写入。", False


def _check(computed: Sequence[Computed]) -> str:
    counts = [f"COUNTIF('{CHECKS}'!{each.table.whole(CHECK)},\"{DIFFERS}\")" for each in computed]
    whole = "+".join(counts)
    return f'IF({whole}=0,"公式结果与系统结果全部一致。","有"&({whole})&"处与系统结果不一致；未改动参数和评分时不应出现。")'
