"""Tables of scores, grades, values → sheets: each entry is checked against the scheme, then gathered by unit and component."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from data.sheets import ticks, words
from data.sheets.entries import SUMS, Entry, Text, entries
from data.sheets.grid import Grid, a1
from data.sheets.headers import DERIVED, Header
from data.sheets.identity import Identity, People
from data.sheets.items import Items, all_items, items_for
from data.sheets.marking import Line, Marker
from data.sheets.owners import Owners
from data.sheets.problems import MOST_PROBLEMS, Problem, problem, told_blank
from data.sheets.scores import score_of
from data.sheets.ways import Way, marked_in, takes
from scoring.elements import Component, Indicator
from scoring.marks import Mark, Sheet


@dataclass
class _Gathered:
    """What one unit got from one component so far."""

    marks: dict[int | None, Mark] = field(default_factory=dict)
    opinion: str = ""
    items: bool = False


@dataclass
class Table:
    """What one table says: sheets in the order of their first rows, problems, and what the table never says."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    last_row: int = 0
    units: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    """Names the table's own rows give, each with its first cell; empty where it has no column for them."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """Unit → the names of items its rows give, known or not."""


def read_table(grid: Grid, header: Header, end: int, people: People, whose: Identity, above: Iterable[int]) -> Table:
    """Read the table below a header. ``whose`` answers for what the table has no column for, ``above`` are its title's
    rows."""
    reader = _Reader(grid, header, people, whose, declared(grid, [*above, *range(header.top, header.row)]))
    for entry in entries(grid, header, end, people.ways):
        if len(reader.problems) >= MOST_PROBLEMS:
            reader.problems.append(problem("more-problems", sheet=grid.name, most=MOST_PROBLEMS))
            break
        reader.take(entry)
    reader.other_columns(end)
    return reader.table()


def declared(grid: Grid, rows: Iterable[int]) -> Way | None:
    """What a table's numbers are, where its title says 得分 or 实际数值, but not both."""
    text = "".join(cell.text for row in rows for cell in grid.rows.get(row, {}).values())
    score, value = "得分" in text, "实际数值" in text
    return "score" if score and not value else "value" if value and not score else None


class _Reader:
    def __init__(self, grid: Grid, header: Header, people: People, whose: Identity, told: Way | None) -> None:
        self.grid, self.header, self.people = grid, header, people
        self.scheme = people.scheme
        self.everything = all_items(self.scheme)
        self.items: dict[str, Items] = {}
        self.names: dict[str, list[str]] = {}
        self.units: dict[str, str] = {}
        self.components: dict[str, str] = {}
        self.gathered: dict[tuple[str, str], _Gathered] = {}
        self.problems: list[Problem] = []
        self.marker = Marker(self.scheme, grid.name, self.problems, told)
        self.owners = Owners(people, whose, self.marker)
        self.last = header.row
        self.seen: dict[tuple[str, str, int | None], str] = {}

    def take(self, entry: Entry) -> None:
        """One value: whose, of which item, and what it is."""
        if entry.blank and self.owners.nobody(entry):
            return
        unit, component = self.owners.unit(entry), self.owners.component(entry)
        item = self._item(entry, unit)
        if entry.blank and isinstance(item, Indicator) and component is not None and not marked_in(item, component):
            return
        if not (entry.blank and item is False):
            self.last = entry.place[0]
        if unit is not None and entry.unit is not None:
            self.units.setdefault(unit, _cell_of(entry.unit, entry))
        if component is not None and entry.component is not None:
            self.components.setdefault(component.name, _cell_of(entry.component, entry))
        if unit is None or component is None or item is False:
            return
        if not self._repeated(unit, component, item, entry):
            self._keep(entry, unit, component, item)

    def _keep(self, entry: Entry, unit: str, component: Component, item: Indicator | bool | None) -> None:
        kept = self.gathered.setdefault((unit, component.id), _Gathered())
        if isinstance(item, Indicator):
            kept.items = True
            mark = self.marker.item(self._line(entry, unit, component, item))
        elif self.scheme.combine == "judgement":
            kept.opinion = self._whole_opinion(entry, component)
            return
        else:
            mark = self._total(entry, unit, component)
            kept.opinion = entry.opinion
        if mark is not None:
            kept.marks[mark.indicator] = mark

    def _line(self, entry: Entry, unit: str, component: Component, item: Indicator) -> Line:
        whose = f"“{unit}”的“{component.name}”"
        return Line(item, component, entry.given, entry.remark, entry.remark_place, whose)

    # --- which item

    def _item(self, entry: Entry, unit: str | None) -> Indicator | bool | None:
        """The item, None for a total, False where it cannot be told (said already)."""
        if entry.indicator is None:
            return None
        text, at = entry.indicator.text, entry.indicator.place
        items = self._items(unit) if unit else self.everything
        found = items.find(text)
        number = found.number if found.number is not None else self._number(entry)
        self.names.setdefault(unit or "", []).append(text)
        meant = [item for item in self.everything.find(text).items if number in (None, item.no)]
        if entry.blank and meant and unit and not any(item in items.all for item in meant):
            return False  # an item of others, left blank
        if not found.items:
            self._stranger(entry, unit, items, meant)
            return False
        chosen = [item for item in found.items if item.no == number]
        if chosen or (len(found.items) == 1 and number is None):
            return (chosen or list(found.items))[0]
        if number is None:
            self._say_once("ambiguous-indicator", at, text, nos="、".join(str(item.no) for item in found.items))
        else:
            first = found.items[0]
            self._say_once("number-name-differ", at, text, number=number, name=first.name, no=first.no)
        return False

    def _stranger(self, entry: Entry, unit: str | None, items: Items, meant: list[Indicator]) -> None:
        """A name that is none of the unit's items: one of others', or of nobody's."""
        if entry.indicator is not None and meant:
            named = {"no": meant[0].no, "name": meant[0].name, "unit": unit}
            self._say("not-their-item", entry.place, entry.value.text, **named)
        elif entry.indicator is not None:
            text, at = entry.indicator.text, entry.indicator.place
            self._say_once("unknown-indicator", at, text, hint=items.hint(text))

    def _items(self, unit: str) -> Items:
        """The items of a unit, looked up once: a long table asks for them in every row."""
        if unit not in self.items:
            self.items[unit] = items_for(self.scheme, unit)
        return self.items[unit]

    def _number(self, entry: Entry) -> int | None:
        """The number of the 序号 column: a cross-check where one unit's items are listed, a mere row count elsewhere."""
        number = words.clean(entry.number).rstrip(".、")
        if isinstance(entry.unit, Text) or not (number.isascii() and number.isdigit() and len(number) < 4):
            return None
        return int(number)

    # --- what it is

    def _repeated(self, unit: str, component: Component, item: Indicator | bool | None, entry: Entry) -> bool:
        no = item.no if isinstance(item, Indicator) else None
        key, at = (unit, component.id, no), a1(*entry.place)
        first = self.seen.setdefault(key, at)
        if first == at:
            return False
        cells = f"{first}、{at}"
        if isinstance(item, Indicator):
            self._say("duplicate-indicator", entry.place, entry.value.text, no=no, name=item.name, cells=cells)
        else:
            self._say(
                "duplicate-sheet", entry.place, entry.value.text, unit=unit, component=component.name, cells=cells
            )
        return True

    def _total(self, entry: Entry, unit: str, component: Component) -> Mark | None:
        if not entry.value.text.strip():
            code = "score-blank" if self.header.shape in ("wide-totals", "transposed-totals") else "score-missing"
            self._say(code, entry.place, "", unit=unit, component=component.name)
            return None
        if "total" not in component.marks:
            named = {"component": component.name, "marks": takes(self.scheme, component)}
            self._say("no-total-here", entry.place, entry.value.text, **named)
            return None
        mark = self.marker.total(component, entry.given[0], f"“{unit}”的“{component.name}”", entry.remark)
        if mark is not None and component.opinion and not entry.opinion:
            self._say("opinion-missing", entry.place, entry.value.text, unit=unit, component=component.name)
        return mark

    def _whole_opinion(self, entry: Entry, component: Component) -> str:
        """What a form of opinions says of the unit as a whole; a number has no place in it."""
        said = words.tidy(entry.value.text)
        if score_of(entry.value)[0] is not None:
            named = {"component": component.name, "marks": takes(self.scheme, component)}
            self._say("no-total-here", entry.place, said, **named)
        return said

    # --- the table as a whole

    def other_columns(self, end: int) -> None:
        """Columns with unknown headers: passed over if empty or words, else they may hold marks and are said."""
        for column, text in self.header.other.items():
            filled = [
                row for row in self.grid.rows if self.header.row < row <= self.last and column in self.grid.rows[row]
            ]
            spelt = words.head(text)
            if not filled or spelt in SUMS | DERIVED:
                self._ignored(column, text, filled)
                continue
            cells = [self.grid.cells[row, column] for row in filled]
            if any(
                score_of(cell)[0] is not None or ticks.box(cell, self.scheme.grades).state == "grade" for cell in cells
            ):
                what, hint = self._expected(text)
                self._say("unknown-column", (self.header.row, column), text, what=what, hint=hint)

    def _ignored(self, column: int, text: str, filled: list[int]) -> None:
        if filled:
            self._say("column-ignored", (self.header.row, column), text)

    def _expected(self, text: str) -> tuple[str, str]:
        if self.header.shape in ("transposed", "transposed-totals"):
            return self.scheme.words.unit, self.people.units.hint(text)
        if self.header.shape == "wide":
            return "考核指标", self.everything.hint(text)
        return "考核方式", self.people.components.hint(text)

    def table(self) -> Table:
        """Sheets of everything gathered, with a problem for each item a unit lacks."""
        sheets = []
        for (unit, component), kept in self.gathered.items():
            if kept.items:
                self._complete(unit, component)
            self.problems += self._without_opinion(unit, component, kept)
            if kept.marks:
                sheets.append(Sheet(unit, component, tuple(kept.marks.values()), kept.opinion))
        rows = sum(no is not None for _, _, no in self.seen)
        problems = told_blank(self.problems, rows) if len(self.gathered) == 1 else self.problems
        return Table(sheets, problems, self.owners.missing, self.last, self.units, self.components, self.names)

    def _without_opinion(self, unit: str, component: str, kept: _Gathered) -> list[Problem]:
        """A form of opinions that says nothing of the unit as a whole, though its component wants it."""
        part = self.scheme.component(component)
        if self.scheme.combine != "judgement" or not part.opinion or kept.opinion or not kept.marks:
            return []
        return [problem("whole-opinion-missing", sheet=self.grid.name, value=unit, unit=unit, component=part.name)]

    def _complete(self, unit: str, component: str) -> None:
        items = self._items(unit)
        element = self.scheme.component(component)
        whole = f"“{unit}”的“{element.name}”"
        for item in items.all:
            if (unit, component, item.no) not in self.seen and marked_in(item, element):
                self.problems.append(
                    problem("missing-indicator", sheet=self.grid.name, no=item.no, name=item.name, whose=whole)
                )

    def _say(self, code: str, place: tuple[int, int], text: str, **values: Any) -> None:
        self.marker.say(code, place, text, **values)

    def _say_once(self, code: str, place: tuple[int, int], text: str, **values: Any) -> None:
        self.marker.say_once(code, place, text, **values)


def _cell_of(said: Text | str, entry: Entry) -> str:
    return a1(*(said.place if isinstance(said, Text) else entry.place))
