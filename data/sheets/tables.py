"""Tables of scores or grades → sheets: each entry is checked against the scheme, then gathered by unit and component."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from data.sheets import ticks, words
from data.sheets.entries import SUMS, Entry, Text, entries
from data.sheets.grid import Grid, a1
from data.sheets.headers import DERIVED, Header
from data.sheets.identity import Identity, People
from data.sheets.items import Items, all_items, items_for
from data.sheets.problems import MOST_PROBLEMS, Problem, problem
from data.sheets.scores import doubt, score_of
from scoring import exact
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


def read_table(grid: Grid, header: Header, end: int, people: People, whose: Identity) -> Table:
    """Read the table below a header. ``whose`` answers for what the table has no column for."""
    reader = _Reader(grid, header, people, whose)
    for entry in entries(grid, header, end):
        if len(reader.problems) >= MOST_PROBLEMS:
            reader.problems.append(problem("more-problems", sheet=grid.name, most=MOST_PROBLEMS))
            break
        reader.take(entry)
    reader.other_columns(end)
    return reader.table()


class _Reader:
    def __init__(self, grid: Grid, header: Header, people: People, whose: Identity) -> None:
        self.grid, self.header, self.people, self.whose = grid, header, people, whose
        self.scheme = people.scheme
        self.everything = all_items(self.scheme)
        self.items: dict[str, Items] = {}
        self.units: dict[str, str] = {}
        self.components: dict[str, str] = {}
        self.gathered: dict[tuple[str, str], _Gathered] = {}
        self.problems: list[Problem] = []
        self.missing: set[str] = set()
        self.last = header.row
        self.seen: dict[tuple[str, str, int | None], str] = {}

    def take(self, entry: Entry) -> None:
        """One value: whose, of which item, and what it is."""
        row = entry.place[0]
        blank = not entry.value.text.strip()
        if blank and self._nobody(entry):
            return
        unit, component = self._unit(entry), self._component(entry)
        item = self._item(entry, unit)
        if blank and isinstance(item, Indicator) and component is not None and not marked_in(item, component):
            return
        self.last = row
        if unit is not None and entry.unit is not None:
            self.units.setdefault(unit, _cell_of(entry.unit, entry))
        if component is not None and entry.component is not None:
            self.components.setdefault(component.name, _cell_of(entry.component, entry))
        if unit is None or component is None or item is False:
            return
        if self._repeated(unit, component, item, entry):
            return
        mark = self._mark(entry, unit, component, item)
        if mark is not None:
            kept = self.gathered.setdefault((unit, component.id), _Gathered())
            kept.marks[mark.indicator] = mark
            kept.opinion = entry.opinion if item is None else kept.opinion
            kept.items = kept.items or item is not None

    def _nobody(self, entry: Entry) -> bool:
        """A blank value in a row that is nobody's: a note under the table, or a spare row."""
        who = [each for each in (entry.unit, entry.component, entry.indicator) if isinstance(each, Text)]
        if isinstance(entry.unit, Text):
            return self.people.find_unit(entry.unit.text) is None and not self._plausible(entry.unit.text)
        return not any(each.text.strip() for each in who)

    def _plausible(self, text: str) -> bool:
        return bool(self.people.units.hint(text))

    # --- whose

    def _unit(self, entry: Entry) -> str | None:
        if entry.unit is None:
            self.missing |= {"unit"} if self.whose.unit is None else set()
            return self.whose.unit
        if isinstance(entry.unit, str):
            return self._asked("unit", entry.unit, entry.place, self.people.asked_unit)
        if not entry.unit.text.strip():
            self._say("unit-blank", entry.place, entry.value.text)
            return None
        found = self.people.find_unit(entry.unit.text)
        if found is None:
            names = self.people.units
            hint = names.hint(entry.unit.text)
            self._say_once("unknown-unit", entry.unit.place, entry.unit.text, hint=hint, options=names.options())
            return None
        return self._asked("unit", found, entry.unit.place, self.people.asked_unit)

    def _component(self, entry: Entry) -> Component | None:
        if entry.component is None:
            self.missing |= {"component"} if self.whose.component is None else set()
            return self._by_name(self.whose.component) if self.whose.component else None
        if isinstance(entry.component, str):
            asked = self._asked("component", entry.component, entry.place, self.people.asked_component)
            return self._by_name(asked) if asked else None
        if not entry.component.text.strip():
            self._say("component-blank", entry.component.place, "", options=self.people.components.options())
            return None
        names = self.people.components
        found = names.exact(entry.component.text)
        if found is None:
            hint = names.hint(entry.component.text)
            self._say_once(
                "unknown-component", entry.component.place, entry.component.text, hint=hint, options=names.options()
            )
            return None
        asked = self._asked("component", found, entry.component.place, self.people.asked_component)
        return self._by_name(asked) if asked else None

    def _asked(self, what: str, found: str, place: tuple[int, int], wanted: str | None) -> str | None:
        if wanted is not None and found != wanted:
            self._say_once(f"other-{what}", place, found, found=found, wanted=wanted)
            return None
        return found

    def _by_name(self, name: str) -> Component:
        return self.scheme.component(self.people.component_id(name))

    # --- which item

    def _item(self, entry: Entry, unit: str | None) -> Indicator | bool | None:
        """The item, None for a total, False where it cannot be told (said already)."""
        if entry.indicator is None or isinstance(entry.indicator, Indicator):
            return entry.indicator
        items = self._items(unit) if unit else self.everything
        found = items.find(entry.indicator.text)
        number = found.number if found.number is not None else self._number(entry)
        text, at = entry.indicator.text, entry.indicator.place
        if not found.items:
            self._say_once("unknown-indicator", at, text, hint=items.hint(text))
            return False
        chosen = [item for item in found.items if item.no == number]
        if chosen or (len(found.items) == 1 and number is None):
            return (chosen or list(found.items))[0]
        if number is None:
            self._say("ambiguous-indicator", at, text, nos="、".join(str(item.no) for item in found.items))
        else:
            first = found.items[0]
            self._say("number-name-differ", at, text, number=number, name=first.name, no=first.no)
        return False

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

    def _mark(self, entry: Entry, unit: str, component: Component, item: Indicator | bool | None) -> Mark | None:
        if not isinstance(item, Indicator):
            return self._total(entry, unit, component)
        text = words.clean(entry.value.text)
        if not text:
            self._say("no-grade", entry.place, "", no=item.no)
            return None
        if ticks.NOT_APPLICABLE in text:
            return self._not_applicable(entry, item)
        if not (entry.as_grade or "points" not in component.marks):
            return self._points(entry, unit, component, item)
        return self._graded(entry, component, item, text)

    def _graded(self, entry: Entry, component: Component, item: Indicator, text: str) -> Mark | None:
        """A grade's name, or the problem that stands in its place."""
        grades = self.scheme.grades
        box = ticks.box(entry.value, grades)
        if box.state == "grade" and "ticks" in component.marks:
            return self._made(entry, item.no, grade=box.grade)
        score, code = score_of(entry.value)
        if box.state == "grade":
            self._say("no-ticks-here", entry.place, text, component=component.name, marks=takes(component))
        elif score is not None:
            named = {"component": component.name, "marks": takes(component), "grades": "、".join(grades)}
            self._say("no-points-here", entry.place, text, **named)
        elif code == "not-a-number":
            self._say("unknown-grade", entry.place, text, grades="、".join(grades), hint="")
        else:
            self._say(code, entry.place, text)
        return None

    def _points(self, entry: Entry, unit: str, component: Component, item: Indicator) -> Mark | None:
        full = item.full.get(component.id, Fraction(100))
        score = self._score(entry, unit, component, full)
        return None if score is None else self._made(entry, item.no, score=score)

    def _total(self, entry: Entry, unit: str, component: Component) -> Mark | None:
        if not entry.value.text.strip():
            code = "score-blank" if self.header.shape in ("wide-totals", "transposed-totals") else "score-missing"
            self._say(code, entry.place, "", unit=unit, component=component.name)
            return None
        if "total" not in component.marks:
            self._say("no-total-here", entry.place, entry.value.text, component=component.name, marks=takes(component))
            return None
        full = component.full if component.full is not None else Fraction(100)
        score = self._score(entry, unit, component, full)
        if score is None:
            return None
        if component.opinion and not entry.opinion:
            self._say("opinion-missing", entry.place, entry.value.text, unit=unit, component=component.name)
        return self._made(entry, None, score=score)

    def _score(self, entry: Entry, unit: str, component: Component, full: Fraction) -> Fraction | None:
        """An exact score between 0 and full marks."""
        score, code = score_of(entry.value)
        text = words.clean(entry.value.text)
        if score is None:
            self._say(code, entry.place, text)
            return None
        named = {"unit": unit, "component": component.name, "full": exact.plain(full)}
        if score < 0 or score > full:
            self._say("below-zero" if score < 0 else "above-full", entry.place, text, **named)
            return None
        if warning := doubt(entry.value):
            self._say(warning, entry.place, text, shown=entry.value.shown)
        return score

    def _not_applicable(self, entry: Entry, item: Indicator) -> Mark | None:
        reason = words.key((entry.value.text + entry.remark).replace(ticks.NOT_APPLICABLE, ""))
        code = "not-applicable" if reason else "not-applicable-no-reason"
        self._say(code, entry.place, entry.value.text, no=item.no)
        kept = entry.remark or words.tidy(entry.value.text)
        return (
            Mark(item.no, applicable=False, remark=kept, sheet=self.grid.name, cell=a1(*entry.place))
            if reason
            else None
        )

    def _made(self, entry: Entry, no: int | None, grade: str | None = None, score: Fraction | None = None) -> Mark:
        return Mark(no, grade, score, remark=entry.remark, sheet=self.grid.name, cell=a1(*entry.place))

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
            sheets.append(Sheet(unit, component, tuple(kept.marks.values()), kept.opinion))
        return Table(sheets, self.problems, self.missing, self.last, self.units, self.components)

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
        values.setdefault("grades", "、".join(self.scheme.grades))
        self.problems.append(problem(code, sheet=self.grid.name, cell=a1(*place), value=words.clean(text), **values))

    def _say_once(self, code: str, place: tuple[int, int], text: str, **values: Any) -> None:
        """Not again for each of the nineteen rows of one misspelt unit."""
        value = words.clean(text)
        if not any(each.code == code and each.value == value for each in self.problems):
            self._say(code, place, text, **values)


def _cell_of(said: Text | str, entry: Entry) -> str:
    return a1(*(said.place if isinstance(said, Text) else entry.place))


def marked_in(item: Indicator, component: Component) -> bool:
    """Whether a component marks an item at all: not where the table gives it 0 full marks there."""
    return item.full.get(component.id) != 0


def takes(component: Component) -> str:
    """What a component's sheets may hold, in words: 逐项打√或总分."""
    named: dict[str, str] = {"ticks": "逐项打√", "points": "逐项得分", "total": "总分"}
    return "或".join(named[each] for each in component.marks)
