"""The sheets 分项明细 and 计算校验 of a 锁定版's workbook: from marks to each 考核方式's score, from there to grade and place.

Group by group below each other. What no formula computes stands there as a value on grey; 计算校验 holds the system's own
results beside the formulas'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import bold, height_of, lines_of, put_text
from data.documents.live_cells import BOLD, FIXED, GREY, HEAD, LEFT, PLAIN, at, heads, put
from data.documents.live_marks import OFF, Marks
from data.documents.live_members import Members
from data.documents.live_parameters import Parameters
from data.documents.live_results import CLAUSE, Table, results_table, table_of
from data.documents.live_sums import LACKING, WRITTEN, Book, Sums, blocks
from data.documents.locked_book_frame import grouped, lines_of_sheet, several
from data.documents.ranking_rows import from_text, note, outcomes
from data.locked import Locked
from data.papers.stood import stood
from scoring.elements import Component
from scoring.results import ComponentResult, UnitResult

DETAIL, CHECKS = "分项明细", "计算校验"
WIDTH, CLAUSE_WIDTH, UNIT_WIDTH = 8.5, 30.0, 18.0
OUTCOME, NOTE = "系统拟结果运用", "系统说明"
_WIDE = {OUTCOME: 20.0, NOTE: 40.0}
FIRST = 5
"""The first row below the lines above."""


@dataclass(frozen=True)
class Computed:
    """One group's tables: what they were written from, where its results stand, and the cells of its marks' points."""

    book: Book
    table: Table
    sums: Sums
    sheet: Worksheet
    """计算校验."""

    @property
    def members(self) -> Members:
        """The group's units."""
        return self.book.members

    def cell(self, row: int, name: str) -> str:
        """A cell of the result table, as another sheet names it: fixed, so that rows there may be sorted."""
        return f"'{CHECKS}'!{at(row, self.table.columns[name], fixed='both')}"

    def beside(self, row: int, name: str) -> str:
        """A cell of the texts to the right of the result table (OUTCOME, NOTE)."""
        return f"'{CHECKS}'!{at(row, _beside(self.table, name), fixed='both')}"

    def text(self, row: int, name: str) -> str:
        """The text that stands in such a cell, or in a column of the result table."""
        column = _beside(self.table, name) if name in (OUTCOME, NOTE) else self.table.columns[name]
        return str(self.sheet.cell(row, column).value or "")


def members_of(locked: Locked) -> list[Members]:
    """Every group with its units by place."""
    results = locked.state.results
    told = {result.unit: result.unit for result in results.units}
    return [Members(results, group, told, tuple(r.unit for r in units)) for group, units in grouped(locked).items()]


def computed_sheets(
    detail: Worksheet, checks: Worksheet, locked: Locked, parameters: Parameters, marks: dict[str, Marks]
) -> list[Computed]:
    """Write both sheets. ``marks``: by group, of those whose marks formulas read."""
    _opened(
        detail,
        locked,
        "分项得分",
        "黄色参数在“参数”表、评分在“评分”表中改；灰色为写入的数值。各列为百分制得分，类别与指标按权重加权。",
    )
    _opened(
        checks,
        locked,
        "由各分项得分到等次、位次的计算与校验",
        "公式由左至右计算，右侧“系统”各列为本系统结果；改动参数后与公式结果不再一致属正常。",
    )
    standing = stood(locked).state.results
    found, detail_row, row = [], FIRST, FIRST
    for members in members_of(locked):
        book = Book(members, 0, parameters, marks.get(members.group, Marks({})))
        title = f"{members.scheme.group(members.group).name}·" if several(locked) else ""
        sums = _sums(detail, book, detail_row, title)
        detail_row = sums.last + 1
        table = table_of(book, row + 1)
        put_text(checks.cell(row, 1), f"{title}综合得分、等次与位次")
        checks.cell(row, 1).font = BOLD
        results_table(checks, book, table, sums)
        _texts(checks, replace(members, results=standing), table)
        found.append(Computed(book, table, sums, checks))
        row = table.last + 3
    _shape(detail, checks, found)
    return found


def _opened(sheet: Worksheet, locked: Locked, what: str, use: str) -> None:
    for row, line in enumerate(lines_of_sheet(locked, what, [use]), 1):
        put_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = bold(14) if row == 1 else GREY


def _sums(sheet: Worksheet, book: Book, row: int, title: str) -> Sums:
    """The blocks of a group: by formula, or as values where no table of weights serves all."""
    away = f"'{DETAIL}'!"
    if book.members.live:
        return blocks(sheet, book, row, away, title, WIDTH)
    if book.scheme.inheritance(book.group):
        book.note("随帮扶对象计分的，综合得分由系统按帮扶户数计算后写入")
        return Sums(away, _heirs(sheet, book, row, title), [row])
    book.note(WRITTEN)
    made = Sums(away, row - 1)
    for component in book.scheme.counted:
        made.starts.append(made.last + 1)
        made.last = _written(sheet, book, component, made.last + 1, title) - 1
    return made


def _heirs(sheet: Worksheet, book: Book, row: int, title: str) -> int:
    """Units that inherit: the score, and from whom. Returns the last row."""
    put_text(sheet.cell(row, 1), f"{title}随帮扶对象计分")
    sheet.cell(row, 1).font = BOLD
    heads(sheet, row + 1, 1, (book.scheme.words.unit, "得分", "随何处计分"), WIDTH)
    for number, (unit, result) in enumerate(book.members.found.items(), row + 2):
        put(sheet.cell(number, 1), unit, shape=LEFT)
        put(sheet.cell(number, 2), result.exact, fill=FIXED).number_format = PLAIN
        put_text(sheet.cell(number, 3), from_text(result.inherited))
    return row + 2 + len(book.members.units)


def _written(sheet: Worksheet, book: Book, component: Component, row: int, title: str) -> int:
    """One component's block as values. Returns the next free row."""
    parts = {unit: result.components[component.id] for unit, result in book.members.found.items()}
    categories = list(dict.fromkeys(name for part in parts.values() for name in part.categories))
    items = [item for item in book.items.values() if item.marked_in(component.id)]
    put_text(sheet.cell(row, 1), f"{title}{component.name}：得分、各类别得分与各项得分（百分制，系统写入）")
    sheet.cell(row, 1).font = BOLD
    names = [*categories, *(f"{item.no}. {item.name}" for item in items)]
    heads(sheet, row + 1, 1, (book.scheme.words.unit, "得分", *names), WIDTH)
    for number, (unit, part) in enumerate(parts.items(), row + 2):
        put(sheet.cell(number, 1), unit, shape=LEFT)
        told = [part.exact, *(part.categories.get(name) for name in categories), *_points(book, part, unit)]
        for column, value in enumerate(told, 2):
            put(sheet.cell(number, column), value, fill=FIXED).number_format = PLAIN
    return row + 3 + len(parts)


def _points(book: Book, part: ComponentResult, unit: str) -> Iterator[object]:
    """Each item's points out of 100; 不适用, 缺, or — where it does not apply to the unit."""
    applying = {item.no for item in book.scheme.items_for(book.group, part.id, unit)}
    for item in book.items.values():
        if item.marked_in(part.id):
            yield points_of(part, item.no) if item.no in applying else "—"


def points_of(part: ComponentResult, no: int) -> Fraction | str:
    """What the system found an item to earn, out of 100: 缺 while it cannot be scored, 不适用 where it has no points."""
    row = part.rows.get(no)
    if row is None or row.open:
        return LACKING
    return OFF if row.points is None else row.points


def _texts(sheet: Worksheet, members: Members, table: Table) -> None:
    """What follows from the grade that stands and what must be said: read by 综合结果 while the formulas agree."""
    scheme = members.scheme
    for name in (OUTCOME, NOTE):
        put(sheet.cell(table.weights + 2, _beside(table, name)), name, fill=HEAD)
    for row, result in enumerate(members.found.values(), table.first):
        for name, text in ((OUTCOME, outcomes(scheme, result)), (NOTE, noted(members, result))):
            put(sheet.cell(row, _beside(table, name)), text, shape=LEFT)
            needed = height_of(lines_of(text, _WIDE[name]))
            sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, needed)


def noted(members: Members, result: UnitResult) -> str:
    """What must be said of a unit, and whose scores it takes."""
    told = note(members.scheme, result)
    heir = members.scheme.inheritance(result.group) is not None and bool(result.inherited)
    return "；".join(part for part in (f"随{from_text(result.inherited)}计分" if heir else "", told) if part)


def _beside(table: Table, name: str) -> int:
    return max(table.columns.values()) + 1 + (OUTCOME, NOTE).index(name)


def _shape(detail: Worksheet, checks: Worksheet, found: list[Computed]) -> None:
    for sheet in (detail, checks):
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[sheet.cell(FIRST + 1, column).column_letter].width = WIDTH
    detail.column_dimensions["A"].width = UNIT_WIDTH
    for each in found:
        columns = each.table.columns
        wide = {columns["unit"]: UNIT_WIDTH, columns[CLAUSE]: CLAUSE_WIDTH}
        wide |= {_beside(each.table, name): width for name, width in _WIDE.items()}
        for column, width in wide.items():
            checks.column_dimensions[checks.cell(FIRST + 1, column).column_letter].width = width
