"""拟处理名单 and 整改台账 as workbooks to print and to hand on. A text in them is never a formula.

Every file says on top that it is internal and not approved, and of which version of which assessment it speaks.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, PROPOSALS, across_a4, lines_above, put_text, unconfirmed_lines
from data.follow_up import FollowUp, Matter, Proposal
from data.store import CHOICES, STATUSES, Rectification
from scoring.due import period_text
from scoring.explain import score_text

Row = dict[str, str]
UNDECIDED = "待决定"
_HEAD = PatternFill("solid", fgColor="E6EFF7")
_WIDTHS = {
    "问题": 36,
    "原因": 26,
    "整改措施": 30,
    "佐证": 26,
    "事由": 34,
    "理由": 24,
    "参加": 24,
    "约谈对象": 22,
    "由谁办理": 20,
}


def proposal_rows(follow: FollowUp) -> list[Row]:
    """One row for each unit and each outcome proposed for it, by outcome."""
    return [_proposal(follow, matter, one) for matter in follow.matters for one in matter.proposals]


def _proposal(follow: FollowUp, matter: Matter, one: Proposal) -> Row:
    scheme, outcome, ruling = follow.state.scheme, matter.outcome, one.decision.ruling if one.decision else None
    result = one.result
    return {
        "拟办": f"拟{outcome.action}",
        scheme.words.unit: one.unit,
        "得分": score_text(scheme, result.score) if result.score is not None else "",
        "测算等次": result.grade or "",
        "事由": one.reason,
        "依据": outcome.basis,
        "由谁办理": outcome.by,
        "约谈对象": outcome.meets,
        "参加": "、".join(outcome.attends),
        "期限": due_text(matter),
        "决定": CHOICES[ruling.choice] if ruling else UNDECIDED,
        "理由": ruling.reason if ruling else "",
        "办理日期": ruling.held.isoformat() if ruling and ruling.held else "",
        "到场": "、".join(ruling.attended) if ruling else "",
        "佐证": ruling.evidence if ruling else "",
    }


def due_text(matter: Matter) -> str:
    """The period of an outcome: its day, "通报之日起两个月" while there is no notice, or nothing."""
    if matter.due:
        return matter.due.isoformat()
    return period_text(matter.outcome.due) if matter.outcome.due else ""


def rectification_rows(follow: FollowUp, items: Sequence[Rectification]) -> list[Row]:
    """One row for each line of the 整改台账."""
    return [_rectification(follow, item) for item in items]


def _rectification(follow: FollowUp, item: Rectification) -> Row:
    found, late = item.finding, follow.overdue(item)
    return {
        "序号": str(item.item),
        follow.state.scheme.words.unit: found.unit,
        "问题": found.problem,
        "原因": found.cause,
        "整改措施": found.measure,
        "责任人（单位）": found.owner,
        "期限": follow.due_text(item),
        "状态": STATUSES[item.status] + (f"，已逾期{late}天" if late else ""),
        "佐证": item.evidence,
        "报核": item.reported_by or "",
        "核对销号": item.closed_by or "",
        "说明": item.note,
    }


def proposals_xlsx(follow: FollowUp, at: str) -> bytes:
    """拟处理名单; ``at`` is the moment in words."""
    return _workbook("拟处理名单", preamble(follow, "拟处理名单", at), proposal_rows(follow))


def rectifications_xlsx(follow: FollowUp, items: Sequence[Rectification], at: str) -> bytes:
    """整改台账 with these lines."""
    return _workbook("整改台账", preamble(follow, "整改台账", at, ("outcomes",)), rectification_rows(follow, items))


def preamble(follow: FollowUp, what: str, at: str, about: Collection[str] = PROPOSALS) -> list[str]:
    """The lines above a list. ``about``: the fields of the scheme it rests on, whose open readings it names."""
    state, notice = follow.state, follow.notice
    lines = [f"{state.assessment.name}：{what}", "内部资料·未经审定。所列均为拟办事项，以领导小组决定为准。"]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    told = f"通报：{notice.date.isoformat()}（{notice.number}）" if notice else "尚未登记通报，期限自通报之日起算"
    source = state.scheme.document.number or state.scheme.document.title
    return [*lines, f"依据{source}；{told}；数据第{state.version}版；{at}导出。", *unconfirmed_lines(state, about)]


def _workbook(title: str, lines: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """A workbook of one sheet that prints across one page."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    columns = tuple(rows[0]) if rows else ("",) * 6
    lines_above(sheet, lines, len(columns), sum(_WIDTHS.get(name, 13) for name in columns))
    _fill(sheet, rows, len(lines) + 1)
    across_a4(sheet, len(lines) + 1, "内部资料·未经审定")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Mapping[str, str]], head: int) -> None:
    for column, name in enumerate(rows[0] if rows else ("目前没有事项",), start=1):
        _heading(sheet.cell(head, column), name)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 13)
        for number, row in enumerate(rows, start=head + 1):
            cell = sheet.cell(number, column)
            put_text(cell, row[name])
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.border = BOX


def _heading(cell: Cell, name: str) -> None:
    put_text(cell, name)
    cell.font, cell.fill = Font(bold=True), _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
