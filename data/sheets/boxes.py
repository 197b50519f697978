"""The boxes of an item's row: its one tick among the grade columns, or the one other entry beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data.sheets import ticks, words
from data.sheets.grid import EMPTY, Cell, Grid, a1
from data.sheets.headers import Header
from data.sheets.marking import Given, Line, Marker
from data.sheets.problems import Problem, problem
from data.sheets.ticks import Box
from data.sheets.ways import Way, asked, marked_in, way_words, ways_of
from scoring.elements import Component, Indicator
from scoring.marks import Mark
from scoring.scheme import Scheme

_ENTRIES: tuple[Way, ...] = ("score", "value", "answer")


@dataclass
class _Seen:
    """What the boxes of one row hold."""

    ticked: list[tuple[int, str]] = field(default_factory=list)
    unfit: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Boxes:
    """Reads rows of one form. ``component`` is None while it is unknown: then any component's ways count.

    ``entries``: the columns beside the boxes that may hold a row's mark, where items of the form are marked so.
    """

    def __init__(
        self, grid: Grid, header: Header, scheme: Scheme, component: Component | None, items: tuple[Indicator, ...]
    ) -> None:
        self.grid, self.header, self.scheme, self.component = grid, header, scheme, component
        self.grades = scheme.grades
        self.columns = [(header.grades[grade], grade) for grade in self.grades if grade in header.grades]
        self.remark = header.roles.get("remark")
        ways = {way for item in items for way in ways_of(scheme, component, item)}
        self.entries = [(way, header.roles[way]) for way in _ENTRIES if way in ways and way in header.roles]

    def mark(self, item: Indicator, row: int, shift: int) -> tuple[Mark | None, list[Problem]]:
        """The mark of a row whose boxes stand ``shift`` columns to the right, and its problems."""
        if self.component is not None and not marked_in(item, self.component):
            return None, self._not_marked_here(item, row, shift)
        seen = self._seen(item, row, shift)
        given = tuple(Given(way, self._cell(row, at + shift), (row, at + shift)) for way, at in self.entries)
        filled = [each for each in given if each.filled]
        if not filled:
            return self._by_tick(item, row, shift, seen)
        if seen.ticked or seen.unfit:
            return None, [*seen.problems, self._two(item, row, seen, filled)]
        return self._by_entry(item, row, shift, given, seen)

    def _seen(self, item: Indicator, row: int, shift: int) -> _Seen:
        seen = _Seen()
        for column, grade in self.columns:
            at = column + shift
            box = self.box(row, at)
            if box.state == "tick" or (box.state == "grade" and box.grade == grade):
                seen.ticked.append((at, grade))
                seen.problems += self._merged(item.no, row, at)
            elif box.state == "grade":
                seen.problems.append(self._problem("grade-in-wrong-column", row, at, no=item.no, grade=grade))
            elif box.state == "not-applicable":
                seen.unfit.append(at)
            elif box.state == "odd":
                seen.problems.append(self._problem(box.code, row, at, no=item.no))
        seen.problems += self._strays(item, row, shift)
        return seen

    def _by_tick(self, item: Indicator, row: int, shift: int, seen: _Seen) -> tuple[Mark | None, list[Problem]]:
        no, problems, ticked = item.no, seen.problems, seen.ticked
        remark = self._remark(row, shift)
        if len(ticked) > 1:
            cells = "、".join(a1(row, at) for at, _ in ticked)
            return None, [*problems, self._problem("two-ticks", row, ticked[0][0], no=no, cells=cells)]
        if ticked and (seen.unfit or words.clean(remark).startswith(ticks.NOT_APPLICABLE)):
            at = seen.unfit[0] if seen.unfit else ticked[0][0]
            return None, [*problems, self._problem("tick-and-not-applicable", row, at, no=no)]
        if ticked and self.entries and "grade" not in ways_of(self.scheme, self.component, item):
            return None, [*problems, self._no_ticks_for(item, row, ticked[0][0])]
        if ticked:
            at, grade = ticked[0]
            return Mark(no, grade=grade, remark=remark, sheet=self.grid.name, cell=a1(row, at)), problems
        if seen.unfit or ticks.NOT_APPLICABLE in words.clean(remark):
            mark, more = self._not_applicable(no, row, seen.unfit, remark, shift)
            return mark, problems + more
        untold = not any(each.level == "error" for each in problems)
        return None, [*problems, self._nothing(item, row, shift)] if untold else problems

    def _by_entry(
        self, item: Indicator, row: int, shift: int, given: tuple[Given, ...], seen: _Seen
    ) -> tuple[Mark | None, list[Problem]]:
        component = self.component or self._any_component()
        problems = list(seen.problems)
        place = (row, self.remark + shift) if self.remark else None
        line = Line(item, component, given, self._remark(row, shift), place)
        return Marker(self.scheme, self.grid.name, problems).item(line), problems

    def _any_component(self) -> Component:
        """Stands in while the component is unknown, so that a row is still checked: the form is not taken anyway."""
        return self.scheme.components[0]

    # --- what is wrong

    def _two(self, item: Indicator, row: int, seen: _Seen, filled: list[Given]) -> Problem:
        boxed = [at for at, _ in seen.ticked] + seen.unfit
        said = [f"√（{a1(row, at)}）" for at, _ in seen.ticked] + [f"“不适用”（{a1(row, at)}）" for at in seen.unfit]
        said += [f"{way_words(item, each.way)}（{a1(*each.place)}）" for each in filled if each.way]
        return self._problem("two-entries", row, boxed[0], no=item.no, said="和".join(said))

    def _no_ticks_for(self, item: Indicator, row: int, column: int) -> Problem:
        named = {"no": item.no, "name": item.name, "way": way_words(item, "grade")}
        return self._problem("way-not-here", row, column, **named, asked=asked(self.scheme, self.component, item))

    def _not_marked_here(self, item: Indicator, row: int, shift: int) -> list[Problem]:
        columns = [column + shift for column, _ in self.columns] + [column + shift for _, column in self.entries]
        filled = [column for column in columns if self.box(row, column).state != "empty"]
        name = self.component.name if self.component else ""
        return [self._problem("not-marked-here", row, column, no=item.no, component=name) for column in filled]

    def _nothing(self, item: Indicator, row: int, shift: int) -> Problem:
        ways = ways_of(self.scheme, self.component, item)
        columns = [column + shift for column, _ in self.columns]
        columns += [column + shift for way, column in self.entries if way in ways]
        area = f"{a1(row, min(columns))}:{a1(row, max(columns))}"
        if not self.entries:
            return problem("no-tick", sheet=self.grid.name, cell=area, no=item.no, grades="、".join(self.grades))
        what = asked(self.scheme, self.component, item)
        return problem("no-grade", sheet=self.grid.name, cell=area, no=item.no, what=what)

    def _not_applicable(
        self, no: int, row: int, unfit: list[int], remark: str, shift: int
    ) -> tuple[Mark | None, list[Problem]]:
        at = unfit[0] if unfit else (self.remark or 0) + shift
        inside = self._cell(row, at).text if unfit else ""
        reason = words.key((inside + remark).replace(ticks.NOT_APPLICABLE, ""))
        if not reason:
            return None, [self._problem("not-applicable-no-reason", row, at, no=no)]
        kept = remark or words.tidy(inside)
        mark = Mark(no, applicable=False, remark=kept, sheet=self.grid.name, cell=a1(row, at))
        return mark, [self._problem("not-applicable", row, at, no=no)]

    def _strays(self, item: Indicator, row: int, shift: int) -> list[Problem]:
        """Ticks of an item's row outside its boxes, those in 备注 by that name."""
        inside = {column + shift for column, _ in self.columns} | {column + shift for _, column in self.entries}
        remark = self.remark + shift if self.remark else None
        found = []
        for column, cell in self.grid.rows[row].items():
            if column not in inside and ticks.is_tick(cell):
                code = "tick-in-remark" if column == remark else "stray-tick"
                found.append(self._problem(code, row, column, no=item.no, where=f"（第{item.no}项）"))
        return found

    def _merged(self, no: int, row: int, column: int) -> list[Problem]:
        span = self.grid.span(row, column)
        if span is None or span[:2] == span[2:]:
            return []
        return [self._problem("merged-tick", row, column, no=no, cells=f"{a1(*span[:2])}:{a1(*span[2:])}")]

    # --- small things

    def box(self, row: int, column: int) -> Box:
        """One cell as a box."""
        return ticks.box(self._cell(row, column), self.grades)

    def is_filled(self, row: int) -> bool:
        """Whether a row holds any mark, in the columns of the header."""
        boxed = any(self.box(row, column).state in ("tick", "grade", "not-applicable") for column, _ in self.columns)
        return boxed or any(words.clean(self._cell(row, column).text) for _, column in self.entries)

    def _remark(self, row: int, shift: int) -> str:
        return words.tidy(self.grid.at(row, self.remark + shift).text) if self.remark else ""

    def _cell(self, row: int, column: int) -> Cell:
        return self.grid.cells.get((row, column), EMPTY)

    def _problem(self, code: str, row: int, column: int, **values: Any) -> Problem:
        values.setdefault("grades", "、".join(self.grades))
        value = words.tidy(self._cell(row, column).text)
        return problem(code, sheet=self.grid.name, cell=a1(row, column), value=value, **values)
