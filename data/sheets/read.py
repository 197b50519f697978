"""One file, read against a scheme: opened safely, its forms and tables found, each identified, checked and gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.sheets import guard, kin, words
from data.sheets.grid import Grid
from data.sheets.headers import Header, find_headers
from data.sheets.identity import Identity, People, contradicted, identify
from data.sheets.items import items_for
from data.sheets.opening import open_grids
from data.sheets.problems import Problem, RefusalError, problem, told_blank
from data.sheets.reading import FileReading, Question, conclude
from data.sheets.tables import Table, read_table
from data.sheets.tickform import TickForm, Whose, missing_items, read_ticks
from data.sheets.ticks import is_tick
from data.sheets.ways import heads_of, takes
from scoring.elements import Component
from scoring.marks import Sheet
from scoring.scheme import Scheme

_STRANGE = frozenset({"unknown-indicator", "row-ignored", "number-name-differ", "not-their-item"})
"""Problems of rows that are not of the table they stand in."""
_NOT_OURS = "WpsReserved"
"""Sheets WPS adds for itself."""


def read_file(
    name: str, content: bytes, scheme: Scheme, *, component: str | None = None, unit: str | None = None
) -> FileReading:
    """Read one uploaded file in this process; ``name`` is only looked at, never opened as a path.

    ``component`` (id or name) and ``unit`` (official name) answer for forms that do not say, and must agree with those that
    do; one that the scheme does not have rejects the file. Whatever the bytes are, this returns: a file that cannot be
    read is rejected with the reason.
    """
    try:
        kind = guard.file_kind(content)
        grids = open_grids(content, kind)
        work = _Work(_people(scheme, name, unit, component))
        work.problems += [told for told in (guard.renamed(name, kind), guard.active(content, kind)) if told]
        work.read(grids)
    except RefusalError as refusal:
        return conclude(name, [], [refusal.problem], [], [])
    except Exception:  # an upload never takes the app down, even where this reader has a fault
        return conclude(name, [], [problem("reader-stopped")], [], [])
    return conclude(name, work.sheets, work.problems, work.notes, work.questions)


def _people(scheme: Scheme, name: str, unit: str | None, component: str | None) -> People:
    """The names the scheme knows. Raises RefusalError for an answer that is not among them."""
    people = People(scheme, name, unit, component)
    if unit is not None and scheme.group_of(unit) is None:
        units = people.units
        raise RefusalError("unknown-unit", value=unit, hint=units.hint(unit), options=units.options())
    if component is not None and people.asked_component not in people.components.all:
        ways = people.components
        raise RefusalError("unknown-component", value=component, hint=ways.hint(component), options=ways.options())
    return people


@dataclass
class _Open:
    """A tick form being read; it may go on below a repeated header, as printed tables do after a page break."""

    grid: Grid
    header: Header
    identity: Identity
    form: TickForm
    whose: Whose


@dataclass
class _Work:
    people: People
    problems: list[Problem] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, grids: list[Grid]) -> None:
        """All sheets of a file."""
        found = False
        unread: list[Grid] = []
        for grid in [each for each in grids if each.cells and not each.name.startswith(_NOT_OURS)]:
            if grid.hidden:
                self._hidden(grid)
            elif self._grid(grid):
                found = True
            else:
                unread.append(grid)
        self._unread(unread, found)
        if not self.sheets and not any(each.level == "error" for each in self.problems):
            self.problems.append(problem("no-marks", sheet=next((each.name for each in grids if not each.hidden), "")))

    def _hidden(self, grid: Grid) -> None:
        self.notes.append(f"工作表“{grid.name}”是隐藏的，没有读取")
        self.problems.append(problem("hidden-sheet", sheet=grid.name))

    def _unread(self, grids: list[Grid], found: bool) -> None:
        grades, heads = "、".join(self.people.scheme.grades), heads_of(self.people.scheme)
        if not found:
            sheet = grids[0].name if grids else ""
            self.problems.append(problem("no-form", sheet=sheet, grades=grades, heads=heads))
        for grid in grids if found else []:
            ticked = any(is_tick(cell) for cell in grid.cells.values())
            code = "no-form" if ticked else "sheet-ignored"
            self.problems.append(problem(code, sheet=grid.name, grades=grades, heads=heads))

    def _grid(self, grid: Grid) -> bool:
        """All forms and tables of a sheet, one below the other."""
        headers = find_headers(grid, self.people)
        tops = [header.top for header in headers[1:]] + [1 << 30]
        read_to, open_form = 0, None
        for header, end in zip(headers, tops, strict=False):
            above = [row for row in grid.rows if read_to < row < header.top]
            if any(each.level == "error" for each in header.problems):
                self.problems += header.problems
                read_to = header.row
            elif header.shape == "ticks":
                open_form = self._ticks(grid, header, end, above, open_form)
                read_to = open_form.form.last_row
            else:
                read_to = self._table(grid, header, end, above)
        if open_form is not None:
            self._close(open_form)
        return bool(headers)

    def _ticks(self, grid: Grid, header: Header, end: int, above: list[int], before: _Open | None) -> _Open:
        found = identify(self.people, grid, above)
        scheme = self.people.scheme
        part = scheme.component(self.people.component_id(found.component)) if found.component else None
        whose = Whose(scheme, items_for(scheme, found.unit), found.unit, part)
        form = read_ticks(grid, header, end, whose)
        if before is not None and not found.fields and form.seen and form.seen.keys().isdisjoint(before.form.seen):
            _join(before.form, form)
            return before
        if before is not None:
            self._close(before)
        self.problems += kin.foreign_title(scheme, grid, above, self._stem())
        self.problems += found.problems
        return _Open(grid, header, found, form, whose)

    def _close(self, one: _Open) -> None:
        """A tick form that is complete: every item there, known whose, and allowed to hold ticks."""
        form, grid, unit, part = one.form, one.grid, one.identity.unit, one.whose.component
        if unit is not None and self._not_asked(unit, grid):
            return
        form.problems = told_blank(form.problems, len(form.seen), "、".join(self.people.scheme.grades))
        missing = [] if self._foreign(form, one.whose, grid) else missing_items(form, grid.name, one.whose)
        self.problems += form.problems + missing
        self._ask(grid, one.identity, {"unit"} if unit is None else set(), {"component"} if part is None else set())
        if unit is not None and part is not None:
            self._add_form(one, unit, part)

    def _foreign(self, form: TickForm, whose: Whose, grid: Grid) -> bool:
        """Whether a form is of another group or another scheme; then that is said instead of each strange row."""
        strange = [each for each in form.problems if each.code in _STRANGE]
        if not strange:
            return False
        cell, scheme = strange[0].cell, self.people.scheme
        told = kin.foreign_group(scheme, whose.unit, form.names, grid.name, cell)
        told = told or kin.foreign_items(scheme, whose.items, form.names, grid.name, cell)
        if told:
            self.problems.append(told)
            form.problems = [each for each in form.problems if each not in strange]
        return told is not None

    def _not_asked(self, unit: str, grid: Grid) -> bool:
        """Whether a unit hands in no sheet because its score follows from those it helps; that is said."""
        source = kin.inherited_from(self.people.scheme, unit)
        if source:
            self.problems.append(problem("no-sheet-needed", sheet=grid.name, value=unit, unit=unit, source=source))
        return source is not None

    def _add_form(self, one: _Open, unit: str, part: Component) -> None:
        if "ticks" not in part.marks:
            named = {"component": part.name, "marks": takes(self.people.scheme, part)}
            self.problems.append(problem("no-ticks-here", sheet=one.grid.name, **named))
        marks = tuple(one.form.marks[no] for no in sorted(one.form.marks))
        self._add(Sheet(unit, part.id, marks), one.grid, next((mark.cell for mark in marks), ""))

    def _table(self, grid: Grid, header: Header, end: int, above: list[int]) -> int:
        own_units = "unit" in header.roles or header.shape in ("transposed", "transposed-totals")
        own_components = "component" in header.roles or header.shape == "wide-totals"
        whose = identify(self.people, grid, above, (own_units, own_components))
        table = read_table(grid, header, end, self.people, whose, above)
        self._foreign_table(table, grid)
        self.problems += kin.foreign_title(self.people.scheme, grid, above, self._stem())
        self.problems += [*header.problems, *whose.problems, *table.problems]
        self._ask(grid, whose, table.missing & {"unit"}, table.missing & {"component"})
        for what, named in (("unit", table.units), ("component", table.components)):
            told = contradicted(whose, grid, what, named)
            self.problems += [told] if told else []
        for sheet in table.sheets:
            self._add(sheet, grid, sheet.marks[0].cell)
        return table.last_row

    def _foreign_table(self, table: Table, grid: Grid) -> None:
        """One unit's table with the items of another group or scheme; with several units each row is said."""
        if len(table.names) != 1 or len({each.code for each in table.problems} & _STRANGE) == 0:
            return
        unit, names = next(iter(table.names.items()))
        form = TickForm(names=names, problems=table.problems)
        if self._foreign(
            form, Whose(self.people.scheme, items_for(self.people.scheme, unit or None), unit or None), grid
        ):
            table.problems = [each for each in form.problems if each.code != "missing-indicator"]

    def _add(self, sheet: Sheet, grid: Grid, cell: str) -> None:
        """Keep a sheet; the same unit and component twice in one file is a problem."""
        where = f"{grid.name}!{cell}" if grid.name else cell
        first = self.places.setdefault((sheet.unit, sheet.component), where)
        if first != where:
            name = self.people.scheme.component(sheet.component).name
            named = {"unit": sheet.unit, "component": name, "cells": f"{first}、{where}"}
            self.problems.append(problem("duplicate-sheet", sheet=grid.name, cell=cell, value=sheet.unit, **named))
        self.sheets.append(sheet)

    def _ask(self, grid: Grid, whose: Identity, unit: set[str], component: set[str]) -> None:
        """What the form does not say: a problem, and a question with the possible answers. Not where it says it wrongly."""
        wrong = {each.code.partition("-")[2] for each in whose.problems} | {
            each.code.partition("-")[0] for each in whose.problems
        }
        if unit and "unit" not in wrong:
            hint = self.people.units.hint(grid.name) if grid.name else ""
            missing = problem("unit-missing", sheet=grid.name, value=grid.name, hint=hint)
            self.problems.append(missing)
            self.questions.append(Question("unit", grid.name, self.people.units.all, missing.message))
        if component and "component" not in wrong:
            options = self.people.components
            missing = problem("component-missing", sheet=grid.name, options=options.options())
            self.problems.append(missing)
            self.questions.append(Question("component", grid.name, options.all, missing.message))

    def _stem(self) -> str:
        return words.clean(self.people.file)


def _join(form: TickForm, more: TickForm) -> None:
    form.marks |= more.marks
    form.seen |= more.seen
    form.names += more.names
    form.problems += more.problems
    form.last_row = more.last_row
