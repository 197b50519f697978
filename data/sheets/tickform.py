"""The official form: one row an indicator, one tick among the grade columns. Rows by name, columns by header.

A row that slid to the right as a whole, as item 14 does in the printed county table, is read where its boxes now stand,
and said; where two readings are possible it is sent back. Beside the boxes a form may have columns for what is measured
or answered (实际数值, 任务完成情况): then a row has one tick, or one of these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data.sheets import kin, ticks, words
from data.sheets.boxes import Boxes
from data.sheets.entries import SUMS
from data.sheets.grid import Grid, a1, place
from data.sheets.headers import Header
from data.sheets.items import Items
from data.sheets.lines import FormLine, Lines
from data.sheets.problems import MOST_PROBLEMS, Problem, problem
from data.sheets.ways import marked_in
from scoring.elements import Component
from scoring.marks import Mark
from scoring.scheme import Scheme

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
class Whose:
    """Whose form it is, as far as that is known, and the items by which the unit is marked."""

    scheme: Scheme
    items: Items
    unit: str | None = None
    component: Component | None = None


def read_ticks(grid: Grid, header: Header, end: int, whose: Whose) -> TickForm:
    """Read the form below a header, down to but not including row ``end``."""
    form = TickForm(last_row=header.row)
    reader = _Reader(grid, header, whose, form)
    rows = [row for row in grid.rows if header.row < row < end]
    lines = {row: line for row in rows if (line := reader.lines.line(row)) is not None}
    form.names += reader.lines.names
    form.last_row = max(lines, default=header.row)
    for row in rows:
        if len(form.problems) >= MOST_PROBLEMS:
            form.problems.append(problem("more-problems", sheet=grid.name, most=MOST_PROBLEMS))
            break
        if row in lines:
            reader.read(lines[row])
        elif row not in reader.lines.reported:
            reader.other_row(row)
        elif meant := reader.lines.reported[row]:
            form.seen.setdefault(*meant)
    reader.other_columns(list(lines))
    return form


class _Reader:
    def __init__(self, grid: Grid, header: Header, whose: Whose, form: TickForm) -> None:
        self.grid, self.header, self.whose, self.form = grid, header, whose, form
        self.lines = Lines(grid, header, whose.items, kin.others_items(whose.scheme, whose.unit), self._say)
        self.boxes = Boxes(grid, header, whose.scheme, whose.component, whose.items.all)

    # --- an item's row

    def read(self, line: FormLine) -> None:
        no = line.item.no
        at = a1(line.row, line.column)
        if no in self.form.seen:
            cells = f"{self.form.seen[no]}、{at}"
            self._say(
                "duplicate-indicator", line.row, line.column, line.item.name, no=no, name=line.item.name, cells=cells
            )
            return
        self.form.seen[no] = at
        shift, unclear = self._shift(line)
        if unclear:
            self._say("shift-unclear", line.row, line.column, line.item.name, no=no)
            return
        mark, problems = self.boxes.mark(line.item, line.row, shift)
        self.form.problems += problems
        if mark is not None:
            self.form.marks[no] = mark
            if shift and mark.grade:
                at_box = place(mark.cell)
                self._say("row-shifted", *at_box, self.grid.at(*at_box).text, no=no, columns=shift, grade=mark.grade)

    def _shift(self, line: FormLine) -> tuple[int, bool]:
        """How far the row's boxes are off the header, and whether that cannot be told."""
        if not line.shift:
            return 0, False
        whole = [shift for shift in (0, line.shift) if self._reads(line, shift)]
        if len(whole) == 1:
            return whole[0], False
        columns = [column for column, _ in self.boxes.columns]
        covered = any(self.boxes.box(line.row, column).code == "not-a-tick" for column in columns)
        junk = any(self.boxes.box(line.row, column + line.shift).code == "not-a-tick" for column in columns)
        return line.shift, bool(whole) or not covered or junk

    def _reads(self, line: FormLine, shift: int) -> bool:
        return not [each for each in self.boxes.mark(line.item, line.row, shift)[1] if each.level == "error"]

    # --- rows without an item

    def other_row(self, row: int) -> None:
        """A row that names no item: fine if it is blank, a note, a signature or another's item; else it is said."""
        cell = self.grid.rows[row].get(self.lines.named)
        text = words.clean(cell.text) if cell else ""
        if any(words.key(each.text) in SUMS for each in self.grid.rows[row].values()) or self._others(row):
            return
        marked = self.boxes.is_filled(row)
        inside = row < self.form.last_row
        numbered = words.split_number(text)[0] is not None
        near = self.whose.items.near(text)
        if text and not text.startswith(_NOTES) and (marked or near or (numbered and inside)):
            self.form.names.append(text)
            self._say("unknown-indicator", row, self.lines.named, text, hint=self._hint(text))
        elif text and (inside or numbered) and not text.startswith(_NOTES):
            self.form.names.append(text)
            self._say("row-ignored", row, self.lines.named, text)
        else:
            self._stray(row, inside)

    def _others(self, row: int) -> bool:
        """Whether a row is of an item that applies to others alone; it may stand there blank, as in the printed table."""
        item = self.lines.other(row)
        if item is not None and self.boxes.is_filled(row):
            named = {"no": item.no, "name": item.name, "unit": self.whose.unit}
            self._say("not-their-item", row, self.lines.named, item.name, **named)
        return item is not None

    def _stray(self, row: int, inside: bool) -> None:
        strays = [column for column, each in self.grid.rows[row].items() if ticks.is_tick(each)]
        if not strays and inside and self.boxes.is_filled(row):
            strays = [column for column, _ in self.boxes.columns if self.boxes.box(row, column).state in _MARKED]
        for column in strays:
            self._say("stray-tick", row, column, self.grid.at(row, column).text, where="（该行没有考核指标）")

    def other_columns(self, rows: list[int]) -> None:
        """A 得分 or 等次 column beside the boxes is not read; that is said where it is filled in."""
        entries = [column for _, column in self.boxes.entries]
        for role in ("score", "grade", "value", "answer"):
            column = self.header.roles.get(role)
            filled = column is not None and any((row, column) in self.grid.cells for row in rows)
            if column is not None and filled and column not in entries:
                inside = min(self.header.grades.values()) <= column <= max(self.header.grades.values())
                text = self.header.texts[column]
                if not inside and text:
                    self._say("column-ignored", self.header.row, column, text)

    def _hint(self, text: str) -> str:
        near = self.whose.items.hint(text)
        item = self.whose.items.numbered(words.split_number(text)[0])
        return near or (f"；方案的第{item.no}项是“{item.name}”" if item else "")

    def _say(self, code: str, row: int, column: int, text: str, **values: Any) -> None:
        values.setdefault("grades", "、".join(self.whose.scheme.grades))
        self.form.problems.append(
            problem(code, sheet=self.grid.name, cell=a1(row, column), value=words.clean(text), **values)
        )


_MARKED = ("tick", "grade", "not-applicable")


def missing_items(form: TickForm, sheet: str, whose: Whose) -> list[Problem]:
    """A problem for every item the form has no row for; none while it is open whose items are meant."""
    part, scheme = whose.component, whose.scheme
    if whose.unit is None and (len(scheme.groups) > 1 or any(item.only for item in whose.items.all)):
        return []
    wanted = [item for item in whose.items.all if part is None or marked_in(item, part)]
    absent = [item for item in wanted if item.no not in form.seen]
    return [problem("missing-indicator", sheet=sheet, no=item.no, name=item.name) for item in absent]
