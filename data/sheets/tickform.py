"""The official form: one row an indicator, one tick among the grade columns. Rows by name, columns by header.

A row that slid to the right as a whole, as item 14 does in the printed county table, is read where its boxes now stand,
and said; where two readings are possible it is sent back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data.sheets import ticks, words
from data.sheets.entries import SUMS
from data.sheets.grid import EMPTY, Cell, Grid, a1, place
from data.sheets.headers import Header
from data.sheets.items import Items
from data.sheets.problems import MOST_PROBLEMS, Problem, problem
from data.sheets.ticks import Box
from scoring.elements import Indicator
from scoring.marks import Mark

_MARKED = ("tick", "grade", "not-applicable")
_NOTES = ("注", "说明", "填表", "备注", "签", "审核", "日期", "考核组", "组长", "考核人")


@dataclass
class TickForm:
    """What one form says: marks by item number, the rows that name no item, and problems."""

    marks: dict[int, Mark] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    last_row: int = 0


@dataclass(frozen=True)
class _Line:
    """An item's row: which item, where its name stands, and how many columns that is off the header."""

    item: Indicator
    row: int
    column: int
    shift: int


def read_ticks(grid: Grid, header: Header, end: int, items: Items, grades: tuple[str, ...]) -> TickForm:
    """Read the form below a header, down to but not including row ``end``."""
    form = TickForm(last_row=header.row)
    reader = _Reader(grid, header, items, grades, form)
    rows = [row for row in grid.rows if header.row < row < end]
    lines = {row: line for row in rows if (line := reader.line(row)) is not None}
    form.last_row = max(lines, default=header.row)
    for row in rows:
        if len(form.problems) >= MOST_PROBLEMS:
            form.problems.append(problem("more-problems", sheet=grid.name, most=MOST_PROBLEMS))
            break
        if row in lines:
            reader.read(lines[row])
        elif row not in reader.reported:
            reader.other_row(row)
    reader.other_columns(list(lines))
    return form


class _Reader:
    def __init__(self, grid: Grid, header: Header, items: Items, grades: tuple[str, ...], form: TickForm) -> None:
        self.grid, self.header, self.items, self.grades, self.form = grid, header, items, grades, form
        self.boxes = [(header.grades[grade], grade) for grade in grades if grade in header.grades]
        self.named = header.roles["indicator"]
        self.remark = header.roles.get("remark")
        self.reported: set[int] = set()

    # --- which item a row is of

    def line(self, row: int) -> _Line | None:
        cells = self.grid.rows[row]
        order = sorted(cells, key=lambda column: (column != self.named, column))
        for column in order:
            found = self.items.find(cells[column].text)
            if found.items:
                item = self._chosen(found.items, self._number(row, column, found.number), row, column)
                return _Line(item, row, column, self._off(row, column)) if item else None
        return None

    def _off(self, row: int, column: int) -> int:
        """Columns a name is off its header, of which either may be merged over several."""
        span = self.grid.span(row, column)
        right = span[3] if span else column
        if column <= self.header.last_named and right >= self.named:
            return 0
        return column - self.header.last_named if column > self.named else column - self.named

    def _number(self, row: int, column: int, written: int | None) -> int | None:
        """The number beside the name, or in the 序号 column (which slides along with the row)."""
        at = self.header.roles.get("number")
        if written is not None or at is None:
            return written
        text = words.clean(self.grid.at(row, at + self._off(row, column)).text).rstrip(".、")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None

    def _chosen(self, found: tuple[Indicator, ...], number: int | None, row: int, column: int) -> Indicator | None:
        """The item meant: the number must agree, and decides between items of one name."""
        text = self.grid.cells[row, column].text
        exact = [item for item in found if item.no == number]
        if exact or (len(found) == 1 and number is None):
            return (exact or list(found))[0]
        self.reported.add(row)
        if number is None:
            self._say("ambiguous-indicator", row, column, text, nos="、".join(str(item.no) for item in found))
        else:
            self._say("number-name-differ", row, column, text, number=number, name=found[0].name, no=found[0].no)
            self.form.seen.setdefault(found[0].no, a1(row, column))
        return None

    # --- an item's row

    def read(self, line: _Line) -> None:
        no = line.item.no
        at = a1(line.row, line.column)
        if no in self.form.seen:
            cells = f"{self.form.seen[no]}、{at}"
            self._say(
                "duplicate-indicator", line.row, line.column, line.item.name, no=no, name=line.item.name, cells=cells
            )
            return
        self.form.seen[no] = at
        self.form.names.append(line.item.name)
        shift, unclear = self._shift(line)
        if unclear:
            self._say("shift-unclear", line.row, line.column, line.item.name, no=no)
            return
        mark, problems = self._mark(line, shift)
        self.form.problems += problems
        if mark is not None:
            self.form.marks[no] = mark
            if shift and mark.grade:
                at_box = place(mark.cell)
                self._say("row-shifted", *at_box, self.grid.at(*at_box).text, no=no, columns=shift, grade=mark.grade)

    def _shift(self, line: _Line) -> tuple[int, bool]:
        """How far the row's boxes are off the header, and whether that cannot be told."""
        if not line.shift:
            return 0, False
        whole = [shift for shift in (0, line.shift) if self._reads(line, shift)]
        if len(whole) == 1:
            return whole[0], False
        source = self._covered_by_text(line)
        junk = any(self._box(line.row, column + line.shift).code == "not-a-tick" for column, _ in self.boxes)
        return line.shift, bool(whole) or not source or junk

    def _reads(self, line: _Line, shift: int) -> bool:
        return not [each for each in self._mark(line, shift)[1] if each.level == "error"]

    def _covered_by_text(self, line: _Line) -> bool:
        """Whether a box of the header's own columns is covered by the 数据来源 that slid onto it."""
        return any(self._box(line.row, column).code == "not-a-tick" for column, _ in self.boxes)

    def _mark(self, line: _Line, shift: int) -> tuple[Mark | None, list[Problem]]:
        row, no = line.row, line.item.no
        problems: list[Problem] = []
        ticked: list[tuple[int, str]] = []
        unfit: list[int] = []
        for column, grade in self.boxes:
            at = column + shift
            box = self._box(row, at)
            if box.state == "tick" or (box.state == "grade" and box.grade == grade):
                ticked.append((at, grade))
                problems += self._merged(no, row, at)
            elif box.state == "grade":
                problems.append(self._problem("grade-in-wrong-column", row, at, no=no, grade=grade))
            elif box.state == "not-applicable":
                unfit.append(at)
            elif box.state == "odd":
                problems.append(self._problem(box.code, row, at, no=no))
        remark = self._remark(row, shift)
        problems += self._strays(line, shift)
        mark = None
        if len(ticked) > 1:
            cells = "、".join(a1(row, at) for at, _ in ticked)
            problems.append(self._problem("two-ticks", row, ticked[0][0], no=no, cells=cells))
        elif ticked and (unfit or words.clean(remark).startswith(ticks.NOT_APPLICABLE)):
            problems.append(self._problem("tick-and-not-applicable", row, unfit[0] if unfit else ticked[0][0], no=no))
        elif ticked:
            at, grade = ticked[0]
            mark = Mark(no, grade=grade, remark=remark, sheet=self.grid.name, cell=a1(row, at))
        elif unfit or ticks.NOT_APPLICABLE in words.clean(remark):
            mark, more = self._not_applicable(no, row, unfit, remark, shift)
            problems += more
        elif not any(each.level == "error" for each in problems):
            problems.append(self._no_tick(row, no, shift))
        return mark, problems

    def _no_tick(self, row: int, no: int, shift: int) -> Problem:
        columns = [column + shift for column, _ in self.boxes]
        whole = f"{a1(row, min(columns))}:{a1(row, max(columns))}"
        return problem("no-tick", sheet=self.grid.name, cell=whole, no=no, grades="、".join(self.grades))

    def _not_applicable(
        self, no: int, row: int, unfit: list[int], remark: str, shift: int
    ) -> tuple[Mark | None, list[Problem]]:
        at = unfit[0] if unfit else (self.remark or 0) + shift
        inside = self.grid.cells.get((row, at), EMPTY).text if unfit else ""
        reason = words.key((inside + remark).replace(ticks.NOT_APPLICABLE, ""))
        if not reason:
            return None, [self._problem("not-applicable-no-reason", row, at, no=no)]
        kept = remark or words.tidy(inside)
        mark = Mark(no, applicable=False, remark=kept, sheet=self.grid.name, cell=a1(row, at))
        return mark, [self._problem("not-applicable", row, at, no=no)]

    def _remark(self, row: int, shift: int) -> str:
        return words.tidy(self.grid.at(row, self.remark + shift).text) if self.remark else ""

    def _strays(self, line: _Line, shift: int) -> list[Problem]:
        """Ticks of an item's row outside its boxes, those in 备注 by that name."""
        boxes = {column + shift for column, _ in self.boxes}
        remark = self.remark + shift if self.remark else None
        found = []
        for column, cell in self.grid.rows[line.row].items():
            if column not in boxes and ticks.is_tick(cell):
                code = "tick-in-remark" if column == remark else "stray-tick"
                found.append(self._problem(code, line.row, column, no=line.item.no, where=f"（第{line.item.no}项）"))
        return found

    def _merged(self, no: int, row: int, column: int) -> list[Problem]:
        span = self.grid.span(row, column)
        if span is None or span[:2] == span[2:]:
            return []
        return [self._problem("merged-tick", row, column, no=no, cells=f"{a1(*span[:2])}:{a1(*span[2:])}")]

    # --- rows without an item

    def other_row(self, row: int) -> None:
        """A row that names no item: fine if it is blank, a note or a signature; else it is said."""
        cell = self.grid.rows[row].get(self.named)
        text = words.clean(cell.text) if cell else ""
        if any(words.key(each.text) in SUMS for each in self.grid.rows[row].values()):
            return
        marked = [column for column, _ in self.boxes if self._box(row, column).state in _MARKED]
        inside = row < self.form.last_row
        numbered = words.split_number(text)[0] is not None
        if text and not text.startswith(_NOTES) and (marked or self.items.near(text) or (numbered and inside)):
            self.form.names.append(text)
            self._say("unknown-indicator", row, self.named, text, hint=self._hint(text))
        elif text and (inside or numbered) and not text.startswith(_NOTES):
            self.form.names.append(text)
            self._say("row-ignored", row, self.named, text)
        else:
            strays = [column for column, each in self.grid.rows[row].items() if ticks.is_tick(each)]
            strays = strays or (marked if inside else [])
            for column in strays:
                self._say("stray-tick", row, column, self.grid.at(row, column).text, where="（该行没有考核指标）")

    def other_columns(self, rows: list[int]) -> None:
        """A 得分 or 等次 column beside the boxes is not read; that is said where it is filled in."""
        for role in ("score", "grade"):
            column = self.header.roles.get(role)
            if column is not None and any((row, column) in self.grid.cells for row in rows):
                inside = min(self.header.grades.values()) <= column <= max(self.header.grades.values())
                text = self.header.texts[column]
                if not inside and text:
                    self._say("column-ignored", self.header.row, column, text)

    def _hint(self, text: str) -> str:
        near = self.items.hint(text)
        item = self.items.numbered(words.split_number(text)[0])
        return near or (f"；方案的第{item.no}项是“{item.name}”" if item else "")

    # --- small things

    def _box(self, row: int, column: int) -> Box:
        return ticks.box(self.grid.cells.get((row, column), EMPTY), self.grades)

    def _problem(self, code: str, row: int, column: int, **values: Any) -> Problem:
        cell: Cell = self.grid.cells.get((row, column), EMPTY)
        values.setdefault("grades", "、".join(self.grades))
        return problem(code, sheet=self.grid.name, cell=a1(row, column), value=words.tidy(cell.text), **values)

    def _say(self, code: str, row: int, column: int, text: str, **values: Any) -> None:
        at = a1(row, column)
        values.setdefault("grades", "、".join(self.grades))
        self.form.problems.append(problem(code, sheet=self.grid.name, cell=at, value=words.clean(text), **values))


def tell_empty_once(form: TickForm, sheet: str, grades: tuple[str, ...]) -> None:
    """A form in which no item at all is ticked is said to be empty once, instead of row by row."""
    bare = [each for each in form.problems if each.code == "no-tick"]
    if len(bare) < 2 or len(bare) < len(form.seen):
        return
    whole = f"{bare[0].cell.partition(':')[0]}:{bare[-1].cell.partition(':')[2]}"
    told = problem("sheet-empty", sheet=sheet, cell=whole, count=len(bare), grades="、".join(grades))
    form.problems = [told, *(each for each in form.problems if each.code != "no-tick")]


def missing_items(form: TickForm, sheet: str, items: Items) -> list[Problem]:
    """A problem for every item the form has no row for."""
    absent = [item for item in items.all if item.no not in form.seen]
    return [problem("missing-indicator", sheet=sheet, no=item.no, name=item.name) for item in absent]
