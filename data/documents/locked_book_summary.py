"""The sheet 综合结果 of a 锁定版's workbook: one row a unit, its scores, grades and place by formula, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.live_cells import FIXED, LEFT, MIDDLE, PLAIN, Formula, at, put, quoted
from data.documents.live_checks import warn
from data.documents.live_results import (
    ADDED,
    BY_SCORE,
    CAP,
    CHECK,
    CLAUSE,
    GRADE,
    ORDER,
    OUR_GRADE,
    OUR_PLACE,
    PLACE,
    SCORE,
    TAKEN,
)
from data.documents.live_sums import GUARD
from data.documents.locked_book_frame import above, fit_height, group_columns, put_heads
from data.documents.locked_book_sums import NOTE, OUTCOME, Computed
from data.documents.ranking_rows import award_name
from data.locked import Locked
from data.looks import LIGHT, look
from data.papers.words import differing, settled_by
from scoring.edges import NEAR
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import draws_lines, gives_places

NAME = "综合结果"
TOTAL, COMPUTED, LIMIT, NEXT, EDGE = "综合得分", "测算等次", "保底与等次限制", "距上一等次（分）", "临界"
FOLLOWS, SAID, REASON = "拟结果运用", "说明", "理由"
BELOW, ON, ABOVE = "差不足1分", "恰在线上", "高不足1分"
MOVED = "参数或评分已改动，须在系统中另行测算"
"""What stands in place of a text of the system's once the formulas give another result."""


@dataclass(frozen=True)
class _Row:
    """What one row is written from."""

    locked: Locked
    computed: Computed
    result: UnitResult
    number: int
    """The row of 计算校验."""

    @property
    def scheme(self) -> Scheme:
        return self.locked.state.scheme

    def cell(self, name: str) -> str:
        return self.computed.cell(self.number, name)

    def told(self, name: str) -> Formula:
        """What stands there, and nothing for nothing."""
        return Formula(f'IF({self.cell(name)}="","",{self.cell(name)})')

    def while_so(self, name: str, *tests: str) -> Formula:
        """A text of the system's while the tests hold."""
        text = self.computed.beside(self.number, name)
        return Formula(f'IF(AND({",".join(tests)}),{text}&"",{quoted(MOVED)})')


@dataclass(frozen=True)
class _Column:
    """One column: its head, its width, what a row has there, its number format; ``left``: a text."""

    name: str
    width: float
    value: Callable[[_Row], object]
    shown: str = ""
    left: bool = False
    fixed: bool = False


def summary_sheet(sheet: Worksheet, locked: Locked, computed: list[Computed], warning: str) -> int:
    """Write the sheet. ``warning``: the formula that says which checks of 参数 fail. Returns the row of the heads."""
    columns = list(_columns(locked, computed))
    lines = above(sheet, locked, "综合结果", [c.width for c in columns], [*_notes(locked), ""])
    warn(sheet, f"A{len(lines)}", warning)
    head = len(lines) + 1
    put_heads(sheet, head, [c.name for c in columns], [c.width for c in columns])
    number = head
    for each in computed:
        for offset, result in enumerate(each.members.found.values()):
            number += 1
            _write(sheet, columns, _Row(locked, each, result, each.table.first + offset), number)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{max(number, head + 1)}"
    if number > head:
        _formats(sheet, locked, columns, head + 1, number)
    return head


def _notes(locked: Locked) -> Iterator[str]:
    standing, state = locked.standing, locked.state
    step = standing.settled or standing.suggested
    if step:
        told = settled_by(step)
        yield f"{'审定' if standing.settled else '建议等次'}{f'：{told}' if told else '已登记'}。"
    if standing.approved:
        yield f"批复：{settled_by(standing.approved)}。"
    if differing(locked):
        yield f"{standing.word}与测算等次不同的，结果运用按{standing.word}；位次仍按测算等次排列。"
    if state.results.provisional():
        yield "数据未齐，位次为暂列；暂缺的不计得分、不排位次，说明栏为其可能的得分范围。"
    if not draws_lines(state.scheme):
        yield "原文未定分数线，只出得分，等次由评议确定。"
    if state.scheme.rank.shown == "internal":
        yield "位次仅供内部参考。"


def _columns(locked: Locked, computed: list[Computed]) -> Iterator[_Column]:
    scheme = locked.state.scheme
    decimals = PLAIN if scheme.places is None else f"0.{'0' * scheme.places}" if scheme.places else "0"
    for name, width in group_columns(locked).items():
        yield _Column(name, width, lambda row: row.scheme.group(row.result.group).name, left=True)
    if gives_places(scheme):
        yield _Column("位次", 6, lambda row: row.told(PLACE), "0")
    yield _Column(scheme.words.unit, 16, lambda row: row.result.unit, left=True)
    for part in scheme.counted:
        yield _Column(part.name, 10, _part(part.id), decimals)
    for name in (ADDED, TAKEN):
        if any(name in each.table.columns for each in computed):
            yield _Column(name, 7, _extra(name), PLAIN)
    yield _Column(TOTAL, 11, lambda row: row.told(SCORE), decimals)
    yield from _graded(locked, decimals)
    for name in dict.fromkeys(award_name(rule.name) for rule in scheme.awards):
        places = max(rule.places for rule in scheme.awards if award_name(rule.name) == name)
        yield _Column(name, 11, _award(name), f"0.{'0' * places}" if places else "0")
    yield _Column(FOLLOWS, 17, _follows, left=True)
    yield _Column(SAID, 36, lambda row: row.while_so(NOTE, f'{row.cell(CHECK)}="一致"'), left=True)


def _graded(locked: Locked, decimals: str) -> Iterator[_Column]:
    scheme, standing = locked.state.scheme, locked.standing
    lines = draws_lines(scheme)
    if lines:
        yield _Column(BY_SCORE + "等次", 9, lambda row: row.told(BY_SCORE))
    if scheme.grades:
        yield _Column(LIMIT, 20, lambda row: Formula(f'{row.cell(CLAUSE)}&""'), left=True)
        yield _Column(COMPUTED, 10, lambda row: row.told(GRADE), fixed=not lines)
    if standing.settled or standing.suggested:
        yield _Column(standing.word, 10, _given, fixed=True)
        yield _Column(REASON, 20, _reason, left=True, fixed=True)
    if lines:
        yield _Column(NEXT, 9, _next, decimals)
        yield _Column(EDGE, 11, _edge)


def _part(component: str) -> Callable[[_Row], object]:
    def value(row: _Row) -> object:
        if row.scheme.inheritance(row.result.group):
            return "—"
        return row.told(component)

    return value


def _extra(name: str) -> Callable[[_Row], object]:
    """加分 or 扣分 of a group that has any."""
    return lambda row: row.told(name) if name in row.computed.table.columns else "—"


def _given(row: _Row) -> str:
    given = row.locked.given(row.result)
    return given.grade if given else ""


def _reason(row: _Row) -> str:
    given = row.locked.given(row.result)
    return given.reason if given else ""


def _next(row: _Row) -> Formula:
    """Points to the line of the next better grade; nothing at the top, nor where a limit bars every better grade."""
    book, grades = row.computed.book, row.scheme.grades
    first, last = ("line", grades[0]), ("line", grades[-1])
    names, lines = book.parameters.names(first, last), book.parameters.column(first, last, 0)
    order, cap, score = row.cell(ORDER), row.cell(CAP), row.cell(SCORE)
    barred = f'AND({cap}<>"",IF({cap}="",0,MATCH({cap},{names},0))>={order})'
    gap = f"ROUND(INDEX({lines},{order}-1)-{score},8)"
    return Formula(f'IF({score}="","",IF({order}=1,"",IF({barred},"",{gap})))')


def _edge(row: _Row) -> Formula:
    """Whether the score is less than a point below a line, or less than a point above the one it has reached."""
    bands = row.scheme.bands
    score = row.cell(SCORE)
    lines = [row.computed.book.parameter("line", band.grade) for band in (bands.items[:-1] if bands else ())]
    if not lines:
        return Formula('""')
    below = ",".join(f"AND(ROUND({line}-{score},8)>0,ROUND({line}-{score},8)<{NEAR})" for line in lines)
    above = ",".join(f"AND(ROUND({score}-{line},8)>0,ROUND({score}-{line},8)<{NEAR})" for line in lines)
    exactly = ",".join(f"ROUND({score}-{line},8)=0" for line in lines)
    told = f'IF(OR({exactly}),{quoted(ON)},IF(OR({below}),{quoted(BELOW)},IF(OR({above}),{quoted(ABOVE)},"")))'
    return Formula(f'IF({score}="","",{told})')


def _award(name: str) -> Callable[[_Row], object]:
    """绩效折算: the score ÷ divide × times, half-up."""

    def value(row: _Row) -> object:
        own = [each for each in row.scheme.awards if award_name(each.name) == name and row.result.group in each.groups]
        if not own:
            return "—"
        rule = own[0]
        score = row.cell(SCORE)
        worked = f"{score}/({rule.divide})*({rule.times})"
        return Formula(f'IF({score}="","",ROUND({worked}+{GUARD},{rule.places}))')

    return value


def _follows(row: _Row) -> Formula:
    """What the system proposes, while grade and place are still those it rests on."""
    tests = [f"{row.cell(GRADE)}={row.cell(OUR_GRADE)}"]
    if OUR_PLACE in row.computed.table.columns:
        tests.append(f'{row.cell(PLACE)}&""={row.cell(OUR_PLACE)}&""')
    return row.while_so(OUTCOME, *tests)


def _write(sheet: Worksheet, columns: list[_Column], row: _Row, number: int) -> None:
    texts: list[object] = []
    for place, column in enumerate(columns, 1):
        value = column.value(row)
        shape, fill = LEFT if column.left else MIDDLE, FIXED if column.fixed else None
        cell = put(sheet.cell(number, place), value, shape=shape, fill=fill)
        if column.shown:
            cell.number_format = column.shown
        texts.append(_seen(row, column) if isinstance(value, Formula) else value)
    fit_height(sheet, number, texts, [column.width for column in columns])


def _seen(row: _Row, column: _Column) -> str:
    """The text that a formula leads to, for the row's height."""
    named = {FOLLOWS: OUTCOME, SAID: NOTE, LIMIT: CLAUSE}.get(column.name, "")
    return row.computed.text(row.number, named) if named else ""


def _formats(sheet: Worksheet, locked: Locked, columns: list[_Column], first: int, last: int) -> None:
    """The grades in their colours and shapes, a bar behind the total, italic near a line."""
    scheme = locked.state.scheme
    places = {column.name: place for place, column in enumerate(columns, 1)}

    def area(name: str) -> str:
        return f"{at(first, places[name])}:{at(last, places[name])}"

    for name in (BY_SCORE + "等次", COMPUTED, locked.standing.word):
        if name in places:
            for rule in grade_rules(scheme):
                sheet.conditional_formatting.add(area(name), rule)
    full = float(scheme.base)
    bar = DataBarRule("num", 0, "num", full, color="FFC9D6E2", showValue=True)
    sheet.conditional_formatting.add(area(TOTAL), bar)
    if EDGE in places:
        near = f'{at(first, places[EDGE], fixed="column")}<>""'
        for name in (TOTAL, EDGE):
            sheet.conditional_formatting.add(area(name), FormulaRule([near], font=Font(italic=True)))


def grade_rules(scheme: Scheme) -> Iterator[Rule]:
    """One rule a grade: its colour, and its shape before the word. The cell's value stays the bare word."""
    for number, grade in enumerate(scheme.grades):
        seen = look(scheme.grades, grade, LIGHT)
        style = DifferentialStyle(
            font=Font(color=f"FF{seen.ink[1:]}", bold=True),
            fill=PatternFill("solid", start_color=f"FF{seen.color[1:]}", end_color=f"FF{seen.color[1:]}"),
            numFmt=NumberFormat(numFmtId=200 + number, formatCode=f'"{seen.shape} "@'),
        )
        rule = CellIsRule("equal", [quoted(grade)])
        rule.dxf = style
        yield rule
