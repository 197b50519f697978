"""Each unit of the whole result: its scores, every step with its clause, and every row of its sheets with the cell it came from."""

from __future__ import annotations

from collections.abc import Sequence

from data.documents.html_parts import details, paragraph, table, tag, text
from data.documents.locked_lines import Line
from data.locked import Locked
from data.looks import LIGHT, look, sign
from data.store import Submission
from scoring import exact
from scoring.elements import Indicator
from scoring.explain import fact_text, score_text
from scoring.marks import Mark
from scoring.profile import full_of, unit_rows
from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme

NOT_HERE, NOT_COME = "不计分", "未到"
_SIGNS = {"base": "", "bonus": "加", "deduction": "扣"}


def chip(grades: Sequence[str], grade: str, shown: str) -> str:
    """A grade in its colour with shape and word; a word that is no grade (暂缺) in none."""
    if not shown:
        return ""
    if grade not in grades:
        return tag("span", text(shown), class_="g gx")
    return tag("span", text(shown), class_=f"g g{LIGHT.grades.index(look(grades, grade, LIGHT))}")


def unit(locked: Locked, line: Line, at: int) -> str:
    """One unit to open: ``at`` is its number in the document, for links."""
    scheme, result = locked.state.scheme, locked.state.results.of(line.unit)
    place = f"第{line.place}位　" if line.place.isdigit() else f"{line.place}位　" if line.place else ""
    score = f"{line.score}分　" if result.score is not None else ""
    grade = chip(scheme.grades, line.grade, line.sign)
    head = text(line.unit) + tag("span", text(place + score) + grade, class_="n")
    inside = "".join(paragraph(told) for told in (line.edge and f"{line.unit}{line.edge}", *line.notes))
    return details(head, inside + _steps(result) + _facts(locked, result) + _sheets(locked, result), id=f"u{at}")


def _steps(result: UnitResult) -> str:
    told = "".join(
        tag("li", f"{text(step.what)} {tag('cite', text(f'依据：{step.cite}'))}" if step.cite else text(step.what))
        for step in result.steps
    )
    return tag("h3", "计算过程和依据") + tag("ol", told, class_="steps") if told else ""


def _facts(locked: Locked, result: UnitResult) -> str:
    scheme = locked.state.scheme
    told = [
        f"{fact_text(scheme, fact)}，{'已核对' if fact.confirmed else '待核对，尚未计入结果'}" for fact in result.facts
    ]
    return tag("h3", "登记的情形") + "".join(map(paragraph, told)) if told else ""


def _sheets(locked: Locked, result: UnitResult) -> str:
    scheme = locked.state.scheme
    parts = [part for part in result.components.values() if part.counted or part.sheet is not None]
    rows = unit_rows(scheme, result)
    told = "".join(_source(locked, result, part) for part in parts)
    marked = [part for part in parts if part.sheet and any(mark.indicator is not None for mark in part.sheet.marks)]
    if marked and rows:
        heads = ("序号", "指标", *(part.name for part in marked))
        body = [(str(row.no), _named(row), *(_cell(scheme, part, row) for part in marked)) for row in rows]
        told += table(heads, body, numbers=(0,))
    return tag("h3", text(f"各{scheme.words.component}和逐项评分")) + told if told else ""


def _named(row: Indicator) -> str:
    """An item under its category, in one cell: a phone has no room for two."""
    return text(row.name) + tag("div", text("—".join(row.path)), class_="q")


def _source(locked: Locked, result: UnitResult, part: ComponentResult) -> str:
    """Where a component's score comes from, with the 评价意见."""
    submission = locked.state.submission(result.unit, part.id)
    if submission is None:
        return paragraph(f"{part.name}：{'暂缺' if part.counted else '没有报送'}") if part.counted else ""
    told = f"{part.name}：{_score(locked.state.scheme, part)}　{_file(submission)}"
    opinion = paragraph(f"评价意见：{submission.sheet.opinion}", "q") if submission.sheet.opinion else ""
    return paragraph(told) + opinion


def _score(scheme: Scheme, part: ComponentResult) -> str:
    if scheme.judged:
        return "供评议参考"
    if part.score is None:
        return "暂不能计分"
    full = f"（满分{exact.plain(part.full)}分）" if scheme.combine == "add" else ""
    return f"{score_text(scheme, part.score)}分{full}{'' if part.counted else '（不计分）'}"


def _file(submission: Submission) -> str:
    return f"原件：{submission.file_name}（第{submission.revision}次上报，校验值{submission.file_sha256[:12]}…）"


def _cell(scheme: Scheme, part: ComponentResult, row: Indicator) -> str:
    """What a row came to, what stands on the sheet, and in which cell."""
    if not row.marked_in(part.id):
        return text(NOT_HERE)
    mark = next((each for each in part.sheet.marks if each.indicator == row.no), None) if part.sheet else None
    if mark is None:
        return text(NOT_COME)
    told = [_came_to(scheme, part, row, mark), text(_written(mark, row)), text(mark.remark)]
    cell = tag("span", text(mark.cell), class_="q") if mark.cell else ""
    return " ".join(each for each in (*told, cell) if each)


def _came_to(scheme: Scheme, part: ComponentResult, row: Indicator, mark: Mark) -> str:
    found = part.rows.get(row.no)
    if found is None:
        return "" if mark.applicable else text("不适用")
    if found.open:
        return text(f"暂不能计分：{found.open}")
    if found.grade is not None:
        return chip(scheme.grades, found.grade, sign(scheme.grades, found.grade))
    if found.points is None:
        return text("不适用")
    full = full_of(scheme, row, part.id)
    if full is None:
        return text(f"{score_text(scheme, found.points)}分")
    most = "满分" if row.role == "base" else "至多"
    return text(f"{_SIGNS[row.role]}{exact.shown(found.points * full / 100)}分（{most}{exact.plain(full)}分）")


def _written(mark: Mark, row: Indicator) -> str:
    return mark.answer or "" if mark.value is None else f"{exact.shown(mark.value)}{row.measure}"
