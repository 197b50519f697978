"""The workbook of a 锁定版: every result by formula from marks and parameters, with its sources, clauses and readings.

说明 says what it is and checks it; 综合结果 is what a meeting reads; 分项明细, 指标明细, 等次限制, 缺项, 口径 and 原文条款 say why;
参数 and 评分 hold what may be changed, 计算校验 how it is computed, beside the system's own results.
"""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.live_marks import ITEMS, Marks, marks_sheet
from data.documents.live_marks import NAME as MARKS
from data.documents.live_parameters import FIRST as VALUES
from data.documents.live_parameters import NAME as PARAMETERS
from data.documents.live_parameters import TOP, parameters_sheet
from data.documents.live_values import with_values
from data.documents.locked_book_frame import paged, printed
from data.documents.locked_book_judged import judged_table
from data.documents.locked_book_marks import NAME as ITEM_MARKS
from data.documents.locked_book_marks import marks_table
from data.documents.locked_book_notes import NAME as NOTES
from data.documents.locked_book_notes import notes_sheet
from data.documents.locked_book_readings import CLAUSES, READINGS, clauses_table, readings_table
from data.documents.locked_book_rules import LIMITS, MISSING, limits_table, missing_table
from data.documents.locked_book_summary import NAME as SUMMARY
from data.documents.locked_book_summary import summary_sheet
from data.documents.locked_book_sums import CHECKS, DETAIL, FIRST, WIDTH, Computed, computed_sheets, members_of
from data.documents.same_bytes import same_bytes
from data.locked import Locked
from data.papers.words import moment

SHEETS = {
    SUMMARY: "得分、等次、位次、审定等次和结果运用，一行一个对象。",
    DETAIL: "各考核方式的得分，及各类别、各指标的得分。",
    ITEM_MARKS: "逐项评分的原值，来源文件、工作表和单元格，上报人和时间。",
    LIMITS: "等次限制、一票否决、保底、加扣分和待核对情形，及其条款和依据。",
    MISSING: "尚未报送和尚待补充的内容，及截止日期。",
    READINGS: "原文未规定、按口径处理的事项，其他口径的影响和确认情况。",
    CLAUSES: "方案所引条款的原文。",
    PARAMETERS: "权重、赋分、等次线，黄色可改。",
    MARKS: "参与计算的评分，黄色可改。",
    CHECKS: "由分项得分到等次、位次的公式，与系统结果逐一核对。",
}
_LIVE = (DETAIL, PARAMETERS, MARKS, CHECKS)
"""The sheets of formulas; a scheme that judges without points has none of them, one that no formula scores no 评分."""


def locked_book(locked: Locked, viewer: str = "") -> bytes:
    """The workbook (.xlsx), the same bytes for the same 锁定版 and viewer. ``viewer``: for whom it is made, told until 批复."""
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = NOTES
    judged = not locked.state.scheme.counted
    left_out = _LIVE if judged else () if any(each.live for each in members_of(locked)) else (MARKS,)
    sheets = {name: what for name, what in SHEETS.items() if name not in left_out}
    made = {name: book.create_sheet(name) for name in sheets}
    computed = [] if judged else _computed(made, locked, viewer)
    if judged:
        printed(made[SUMMARY], locked, viewer, judged_table(made[SUMMARY], locked), 2)
    _tables(made, locked, computed, viewer)
    notes_sheet(notes, locked, computed, sheets, viewer)
    printed(notes, locked, viewer, 1, repeated=False)
    notes.freeze_panes = None
    notes.page_setup.orientation = "portrait"
    return _saved(book, locked)


def _computed(made: dict[str, Worksheet], locked: Locked, viewer: str) -> list[Computed]:
    """The sheets of formulas, and 综合结果 which reads them."""
    scheme = locked.state.scheme
    live = [members for members in members_of(locked) if members.live]
    told = "参数（权重、赋分、等次线）"
    parameters = parameters_sheet(made[PARAMETERS], {"数值": scheme}, [each.group for each in live], told)
    marks = marks_sheet(made[MARKS], live, scheme.counted, WIDTH) if live else []
    by_group: dict[str, Marks] = {each.group: found for each, found in zip(live, marks, strict=True)}
    computed = computed_sheets(made[DETAIL], made[CHECKS], locked, parameters, by_group)
    _shape(made, locked, viewer)
    if MARKS in made:
        paged(made[MARKS], [row - 2 for each in marks for row in each.fulls.values()])
    paged(made[DETAIL], [row for each in computed for row in each.sums.starts])
    head = summary_sheet(made[SUMMARY], locked, computed, parameters.warning(0))
    printed(made[SUMMARY], locked, viewer, head, 3 if scheme.rank.shown != "none" else 2)
    return computed


def _shape(made: dict[str, Worksheet], locked: Locked, viewer: str) -> None:
    """Print set-up of the sheets of formulas; their blocks have heads of their own, so names are repeated, not heads."""
    printed(made[PARAMETERS], locked, viewer, TOP - 1, VALUES)
    for name, row, column in ((MARKS, 3, ITEMS), (DETAIL, FIRST - 1, 3), (CHECKS, FIRST - 1, 3)):
        if name not in made:
            continue
        printed(made[name], locked, viewer, row, column, repeated=False)
        made[name].print_title_cols = "A:A"


def _tables(made: dict[str, Worksheet], locked: Locked, computed: list[Computed], viewer: str) -> None:
    """The sheets that say why, each one plain table."""
    heads = {
        ITEM_MARKS: marks_table(made[ITEM_MARKS], locked, computed),
        LIMITS: limits_table(made[LIMITS], locked),
        MISSING: missing_table(made[MISSING], locked),
        READINGS: readings_table(made[READINGS], locked),
        CLAUSES: clauses_table(made[CLAUSES], locked),
    }
    for name, head in heads.items():
        printed(made[name], locked, viewer, head, 2)


def _saved(book: Workbook, locked: Locked) -> bytes:
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = book.properties.lastModifiedBy = "衡效"
    book.properties.title = "考核结果工作簿"
    kept = io.BytesIO()
    book.save(kept)
    return same_bytes(with_values(book, kept.getvalue()), moment(locked))
