"""The sheet 说明 of a live workbook: what it is, how it is used, and everything in it that no formula computes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import RESULTS, height_of, lines_of, put_text, unconfirmed_lines
from data.documents.compared_units import data_time, day_text, label, labels, masked
from data.documents.live_cells import BOLD, Formula, quote_sheet
from data.documents.live_results import CHECK, DIFFERS, Table
from data.documents.live_sums import ROUNDING, Book
from data.scenarios import Compared

WIDTH = 74
EVERYTHING = "本工作簿各情景均由公式自评分算至等次、位次，没有写入的结果。"


def notes_sheet(sheet: Worksheet, compared: Compared, books: Sequence[Book], tables: Sequence[Table]) -> None:
    """Write the sheet, one line a row; the check over all scenarios is itself a formula."""
    sheet.column_dimensions["A"].width = WIDTH
    lines = [*_heading(compared), *_use(), *_fixed(compared, books), *_scenarios(compared)]
    for row, (text, bold) in enumerate(lines, 1):
        _line(sheet, row, text, bold)
    row = len(lines) + 1
    _line(sheet, row, "核对", True)
    sheet.cell(row + 1, 1).value = Formula(_check(tables)).text


def _line(sheet: Worksheet, row: int, text: str, bold: bool) -> None:
    put_text(sheet.cell(row, 1), text)
    sheet.cell(row, 1).alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = height_of(lines_of(text, WIDTH), 20)
    if bold:
        sheet.cell(row, 1).font = BOLD


def _heading(compared: Compared) -> Iterator[tuple[str, bool]]:
    state, base = compared.state, compared.base
    yield f"{masked(compared, compared.title)}：可重算的计算表", True
    yield "内部资料·未经审定。情景只供研究，不改变任何评分，不是考核结果。", True
    if state.assessment.demo:
        yield "示例数据：与任何地方的实际工作无关。", True
    document = state.scheme.document.number or state.scheme.document.title
    yield f"数据：{masked(compared, compared.baseline)}；数据截至{day_text(data_time(state))}。", False
    yield f"依据{document}；计分引擎{base.results.engine}。基准方案指纹（SHA-256）：", False
    yield base.scheme.hash, False
    for told in (*compared.notes, *unconfirmed_lines(state, RESULTS)):
        yield masked(compared, told), False


def _use() -> Iterator[tuple[str, bool]]:
    yield "怎样使用", True
    yield "一、公式在打开文件时计算；如单元格为空，请先点“启用编辑”。黄色单元格可改，改后各表自动重算。", False
    yield "二、“参数”表改权重、赋分、等次线；“评分”表改评分；各情景表改保底和等次上限。同一评分供各情景共用。", False
    yield (
        "三、本工作簿中各项权重互不联动：改动一项后，请把同组的其他权重一并改好，使合计不变。未改的，结果按Σ(权重×得分)÷Σ权重"
        "计算。合计不符，或赋分、等次线未由高到低的，“参数”、“结果比对”和各情景表上方以红字提示。",
        False,
    )
    yield "四、灰色单元格是写入的数值，不随参数变动，逐条列在下面。", False
    yield (
        f"五、{ROUNDING}二者不一致时以“系统”各列为准。",
        False,
    )


def _fixed(compared: Compared, books: Sequence[Book]) -> Iterator[tuple[str, bool]]:
    yield "不由公式计算、写入数值的部分", True
    told = [(short, what) for short, book in zip(labels(compared), books, strict=True) for what in book.fixed]
    if not told:
        yield EVERYTHING, False
    for what in dict.fromkeys(what for _, what in told):
        where = "、".join(short for short, said in told if said == what)
        yield f"{what}（{where}）。", False


def _scenarios(compared: Compared) -> Iterator[tuple[str, bool]]:
    yield "各情景", True
    for (short, name), column in zip(labels(compared).items(), compared.columns, strict=True):
        why = f"；理由：{column.reason}" if column.reason else ""
        who = f"；{column.actor}，{column.at}保存" if column.actor else ""
        yield masked(compared, f"{short}：{name}{why}{who}。方案指纹（SHA-256）{column.scheme.hash[:16]}…"), False
        for each in compared.differences(column):
            yield f"　　{each.level}·{each.name}：{each.before} → {each.after}（{each.basis}）", False
        for problem in column.problems:
            yield f"　　须注意：{masked(compared, problem)}", False
    for refused in compared.refused:
        yield masked(compared, f"未列入：{refused.name}（{'；'.join(refused.problems)}）"), False


def _check(tables: Sequence[Table]) -> str:
    counts = [
        f'COUNTIF({quote_sheet(label(number))}!{table.whole(CHECK)},"{DIFFERS}")' for number, table in enumerate(tables)
    ]
    whole = "+".join(counts)
    return f'IF({whole}=0,"公式结果与系统结果全部一致。","有"&({whole})&"处与系统结果不一致；未改动参数和评分时不应出现。")'
