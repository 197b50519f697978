"""Whose form is it? The unit and the 考核方式 as the form, its title, the sheet's name and the file's name say them.

What they say must agree. A full name counts anywhere; a short one (蓬江 for 蓬江区) where it fits exactly one name; a
misspelt one never, but it is answered with a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from data.sheets import words
from data.sheets.grid import Grid, a1
from data.sheets.names import Names, names_of
from data.sheets.problems import Problem, problem
from data.sheets.ways import all_ways
from scoring.scheme import Scheme

_SURE_LABELS = ("考核对象", "被考核单位", "被考核对象", "评价对象")
_UNSURE_LABELS = ("考核单位", "单位名称", "对象")
UNIT_LABELS = (*_SURE_LABELS, *_UNSURE_LABELS)
"""考核单位 is whom the form is about, unless it also has a 考核对象: then it is who assesses."""
COMPONENT_LABELS = ("考核方式", "评价方式")
_LABEL = re.compile(r"([^\s:：]{2,12}?)\s*[:：]\s*")
_NOT_TITLES = ("注", "说明", "填表", "填报", "附件", "签")


@dataclass(frozen=True)
class Clue:
    """One place that names a unit or component: the canonical name, and where (C2, 文件名, 工作表名)."""

    value: str
    where: str


@dataclass
class Identity:
    """What was made out: names or None, and the problems met on the way. ``fields`` says that the form itself has them."""

    unit: str | None = None
    component: str | None = None
    problems: list[Problem] = field(default_factory=list)
    fields: bool = False
    clues: dict[str, list[Clue]] = field(default_factory=lambda: {"unit": [], "component": []})

    def say(self, what: str, value: str | None, where: str) -> None:
        """Add a clue, if there is one."""
        if value is not None:
            self.clues[what].append(Clue(value, where))


class People:
    """The names a scheme knows: its units (none: any name goes) and its components, and what a request fixed."""

    def __init__(self, scheme: Scheme, file: str, unit: str | None, component: str | None) -> None:
        self.scheme, self.file = scheme, words.clean(file.rpartition(".")[0] or file)
        titles = scheme.title + scheme.document.title + scheme.document.issuer
        self.title_key = words.key(titles)
        self.units = names_of(tuple(each.name for group in scheme.groups for each in group.units), titles)
        self.components = names_of(tuple(each.name for each in scheme.components))
        self.ways = all_ways(scheme)
        self.any_unit = any(not group.units for group in scheme.groups)
        self.asked_unit = unit
        self.asked_component = self._name_of(component) if component else None

    def _name_of(self, component: str) -> str:
        known = {each.id: each.name for each in self.scheme.components}
        return known.get(component, component)

    def component_id(self, name: str) -> str:
        """The id of a component by its name."""
        return next(each.id for each in self.scheme.components if each.name == name)

    def find_unit(self, text: str) -> str | None:
        """The unit a text names; where the scheme has no roster for it, the text itself."""
        found, name = self.units.exact(text), words.clean(text)
        takes_any = self.any_unit and words.key(text) and self.scheme.group_of(name) is not None
        return name if found is None and takes_any else found


def identify(people: People, grid: Grid, rows: Iterable[int], explicit: tuple[bool, bool] = (False, False)) -> Identity:
    """Make out unit and component from the lines above a form (``rows``), its sheet's name and its file's name.

    ``explicit``: whether the table has its own column for units, for components; then the clues are only gathered, for
    ``contradicted``.
    """
    found = Identity()
    lines = [(row, list(_fields(grid, row))) for row in rows]
    sure = any(words.head(label) in _SURE_LABELS for _, fields in lines for label, _, _ in fields)
    for row, fields in lines:
        for label, value, cell in fields:
            if not sure or words.head(label) not in _UNSURE_LABELS:
                _field(people, found, grid, label, value, cell)
        for column, each in grid.rows.get(row, {}).items():
            _title(people, found, each.text, a1(row, column))
    for text, where in ((grid.name, "工作表名"), (people.file, "文件名")):
        found.say("unit", people.units.within(text, short=True), where)
        found.say("component", people.components.within(text, short=True), where)
    if not explicit[0]:
        found.unit = _agree(found, grid, "unit", people.asked_unit, people.units)
    if not explicit[1]:
        found.component = _agree(found, grid, "component", people.asked_component, people.components)
    return found


def contradicted(found: Identity, grid: Grid, what: str, values: dict[str, str]) -> Problem | None:
    """A problem where title or names speak of a unit or component that the table's own rows (name → cell) never mention."""
    for clue in found.clues[what] if values else ():
        if clue.value not in values:
            name, cell = next(iter(values.items()))
            said = f"{clue.where}写的是“{clue.value}”，{cell}写的是“{name}”"
            return problem(f"{what}-conflict", sheet=grid.name, cell=cell, value=name, found=said)
    return None


def _field(people: People, found: Identity, grid: Grid, label: str, value: str, cell: str) -> None:
    spelt = {words.key(label), words.head(label)}
    if spelt & {words.key(each) for each in (*UNIT_LABELS, people.scheme.words.unit)}:
        named = people.find_unit(value)
        found.problems += [] if named else [_unknown("unknown-unit", people.units, grid, cell, value)]
        found.say("unit", named, cell)
    elif spelt & {words.key(each) for each in (*COMPONENT_LABELS, people.scheme.words.component)}:
        named = people.components.exact(value)
        found.problems += [] if named else [_unknown("unknown-component", people.components, grid, cell, value)]
        found.say("component", named, cell)
    else:
        return
    found.fields = True


def _unknown(code: str, names: Names, grid: Grid, cell: str, value: str) -> Problem:
    return problem(code, sheet=grid.name, cell=cell, value=value, hint=names.hint(value), options=names.options())


def _fields(grid: Grid, row: int) -> Iterable[tuple[str, str, str]]:
    """(label, value, cell) of 考核对象：蓬江区, also several in a cell, or with the value in the next cell."""
    cells = list(grid.rows.get(row, {}).items())
    for place, (column, cell) in enumerate(cells):
        text = words.clean(cell.text)
        marks = list(_LABEL.finditer(text))
        following = words.clean(cells[place + 1][1].text) if place + 1 < len(cells) else ""
        if not marks and words.head(text) in (*UNIT_LABELS, *COMPONENT_LABELS) and following:
            yield text, _bare(following), a1(row, cells[place + 1][0])
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            value = text[mark.end() : after.start() if after else None]
            at = column
            if not words.key(value) and after is None and following and ":" not in following:
                value, at = following, cells[place + 1][0]
            if words.key(_bare(value)):
                yield mark[1], _bare(value), a1(row, at)


def _bare(value: str) -> str:
    """A field's value without （盖章）, ruled lines, and what follows after a wide gap."""
    bare = re.sub(r"\([^()]*\)|_+", " ", value).strip()
    return bare.split(" ")[0] if bare else ""


def _title(people: People, found: Identity, text: str, where: str) -> None:
    text = words.clean(text)
    if ":" in text or len(text) > 60 or text.startswith(_NOT_TITLES):
        return
    unit = people.units.within(text)
    found.say("unit", None if unit and words.key(unit) in people.title_key else unit, where)
    found.say("component", people.components.within(text), where)


def _agree(found: Identity, grid: Grid, what: str, asked: str | None, names: Names) -> str | None:
    """The one name all clues give. Disagreement is a problem; nothing at all is left to the caller to ask."""
    clues = found.clues[what]
    values = list(dict.fromkeys(clue.value for clue in clues))
    if len(values) > 1:
        said = "，".join(f"{clue.where}写的是“{clue.value}”" for clue in clues)
        first = next((clue.where for clue in clues if clue.where[-1].isdigit()), "")
        found.problems.append(problem(f"{what}-conflict", sheet=grid.name, cell=first, value=values[0], found=said))
        return None
    if values and asked is not None and values[0] != asked:
        where = clues[0].where if clues[0].where[-1].isdigit() else ""
        found.problems.append(
            problem(f"other-{what}", sheet=grid.name, cell=where, value=values[0], found=values[0], wanted=asked)
        )
        return None
    if values:
        return values[0]
    return asked if asked is not None else names.all[0] if len(names.all) == 1 else None
