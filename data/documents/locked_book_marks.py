"""The sheet 指标明细 of a 锁定版's workbook: every mark as it was handed in, with the file, the sheet and the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from data.beijing import local
from data.documents.live_cells import PLAIN, Formula
from data.documents.live_marks import written
from data.documents.locked_book_frame import group_cells, group_columns, plain_table
from data.documents.locked_book_sums import Computed, points_of
from data.locked import Locked
from data.store import Submission
from scoring.elements import Component, Indicator
from scoring.marks import Mark
from scoring.results import UnitResult

NAME = "指标明细"
POINTS = "百分制得分"
_NOTES = ("“评分”为上报的原值；“百分制得分”随“分项明细”计算。评分要改，请在“评分”表中改，本表不参与计算。",)


def marks_table(sheet: Worksheet, locked: Locked, computed: list[Computed]) -> int:
    """Write the sheet. Returns the row of the heads."""
    columns = group_columns(locked) | {
        locked.state.scheme.words.unit: 12, "方式": 10, "序号": 6, "类别": 14, "指标": 26, "评分": 9, POINTS: 9,
        "备注或评价意见": 18, "来源文件": 22, "工作表": 11, "单元格": 8, "上报人": 9, "上报时间": 21, "文件校验值": 11,
    }  # fmt: skip
    cells = {key: cell for each in computed for key, cell in each.sums.items.items()}
    rows = list(_rows(locked, cells))
    centred = ("序号", "评分", POINTS, "单元格")
    head = plain_table(sheet, locked, "指标明细（逐项评分及来源）", columns, rows, _NOTES, centred)
    place = list(columns).index(POINTS) + 1
    for number in range(head + 1, head + 1 + len(rows)):
        sheet.cell(number, place).number_format = PLAIN
    return head


def _rows(locked: Locked, cells: dict[tuple[str, str, int], str]) -> Iterator[list[object]]:
    state = locked.state
    for result in state.results.units:
        known = {item.no: item for item in state.scheme.indicators_of(result.group)}
        for component in state.scheme.components:
            found = state.submission(result.unit, component.id)
            for mark in found.sheet.marks if found else ():
                item = known.get(mark.indicator or 0)
                lead = [*group_cells(locked, result), result.unit, component.name]
                told = [*_item(mark, item), written(mark), _points(result, component, mark, item, cells)]
                yield [*lead, *told, *_source(found, mark)]


def _item(mark: Mark, item: Indicator | None) -> list[object]:
    if mark.indicator is None:
        return ["总分", "", "直接给分"]
    return [mark.indicator, "·".join(item.path) if item else "", item.name if item else ""]


def _points(
    result: UnitResult, component: Component, mark: Mark, item: Indicator | None,
    cells: dict[tuple[str, str, int], str],
) -> object:  # fmt: skip
    """By formula where one computes it, else what the system found; nothing for what enters no score (自查自评)."""
    part = result.components.get(component.id)
    if mark.indicator is None or part is None or item is None:
        return ""
    cell = cells.get((component.id, result.unit, mark.indicator))
    if cell is None:
        return points_of(part, mark.indicator) if part.rows else ""
    return Formula(f'IF({cell}="","",{cell})')


def _source(found: Submission | None, mark: Mark) -> list[object]:
    if found is None:
        return [""] * 7
    remark = mark.remark or (found.sheet.opinion if mark.indicator is None else "")
    return [
        remark, found.file_name, mark.sheet, mark.cell, found.actor, local(found.at), found.file_sha256[:8].upper(),
    ]  # fmt: skip
