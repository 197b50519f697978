"""An uploaded roster (考核对象名单: 组别, 名称, 帮扶镇, 户数) → units, or every problem with its cell and how to mend it.

A file speaks for the groups it names: of these it is the whole roster; the others keep the units they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.rosters_file import open_file
from data.rosters_rows import RosterProblems, Row, rows_of
from data.sheets import words
from data.sheets.grid import Grid, place
from data.sheets.names import Names, names_of
from data.sheets.problems import Problem
from data.store import UnitRow
from scoring import exact
from scoring.elements import Group
from scoring.rules import Inherits
from scoring.scheme import Scheme

Helped = tuple[str, Fraction | None]

_APART = re.compile(r"[、，,;；/]+|\s+(?![\d(户])")
_APART_NUMBERS = re.compile(r"[、，,;；/\s]+")
_WITH_NUMBER = re.compile(r"(.*?\D)\s*[(:]?\s*(\d{1,9}(?:\.\d{1,4})?)\s*户?\s*\)?")
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s*户?")
_REGION = re.compile(r"\d{6}|\d{9}|\d{12}")


@dataclass(frozen=True)
class RosterReading:
    """One roster file read against a scheme. ``units`` is the whole roster it leads to; a rejected file has none."""

    file: str
    units: tuple[UnitRow, ...]
    problems: tuple[Problem, ...]

    @property
    def rejected(self) -> bool:
        """Whether nothing of the file may be used."""
        return any(problem.level == "error" for problem in self.problems)


def read_roster(name: str, content: bytes, scheme: Scheme, kept: Iterable[UnitRow] = ()) -> RosterReading:
    """Read an uploaded roster, opened in a process of its own. ``kept``: the units of groups the file does not name."""
    grids, refusal = open_file(content)
    return RosterReading(name, (), (refusal,)) if refusal else roster_of(name, grids, scheme, kept)


def roster_of(name: str, grids: Sequence[Grid], scheme: Scheme, kept: Iterable[UnitRow] = ()) -> RosterReading:
    """As ``read_roster``, of sheets that are open already."""
    problems = RosterProblems()
    rows = rows_of(grids, scheme, problems)
    reader = _Reader(scheme, problems)
    grouped = [(group, row) for row in rows if (group := reader.group(row)) is not None]
    units = reader.roster(grouped, list(kept))
    told = tuple(sorted(dict.fromkeys(problems.found), key=_in_order))
    reading = RosterReading(name, tuple(units), told)
    return RosterReading(name, (), told) if reading.rejected else reading


def _in_order(problem: Problem) -> tuple[bool, str, int, int]:
    """As a reader goes through the file: row by row, and what concerns the whole of it last."""
    row, column = place(problem.cell) if problem.cell else (0, 0)
    return not problem.cell, problem.sheet, row, column


def scheme_units(scheme: Scheme, groups: Iterable[str] | None = None) -> list[UnitRow]:
    """The units that the scheme itself lists, of all groups or of those named by id."""
    chosen = None if groups is None else set(groups)
    return [
        UnitRow(unit.name, group.id, unit.region, tuple((help.unit, help.households) for help in unit.helps))
        for group in scheme.groups
        if chosen is None or group.id in chosen
        for unit in group.units
    ]


def unlisted(scheme: Scheme) -> tuple[Group, ...]:
    """The groups of which the document gives no names, so that the office brings the roster."""
    return tuple(group for group in scheme.groups if not group.units)


def helps_text(helps: Iterable[Helped]) -> str:
    """Whom a unit helps, as a roster's cell has it: 桂头镇30、一六镇."""
    return "、".join(name if households is None else f"{name}{exact.plain(households)}" for name, households in helps)


class _Reader:
    """Rows → units, against the scheme."""

    def __init__(self, scheme: Scheme, problems: RosterProblems) -> None:
        self.scheme, self.problems = scheme, problems
        self.groups = names_of(tuple(group.name for group in scheme.groups))
        self.ids = {group.name: group.id for group in scheme.groups}
        self.inherits = {group: rule for rule in scheme.inherits for group in rule.groups}

    def group(self, row: Row) -> str | None:
        """The group of a row, or None and a problem."""
        if not row.group:
            only = self.scheme.groups[0].id if len(self.scheme.groups) == 1 else None
            if only is None:
                self.problems.add("group-missing", row.sheet, row.at("name"), row.name, name=row.name)
            return only
        known = self.groups.exact(row.group)
        if known is None:
            options, hint = self.groups.options(), self.groups.hint(row.group)
            self.problems.add("group-unknown", row.sheet, row.at("group"), row.group, options=options, hint=hint)
            return None
        return self.ids[known]

    def roster(self, grouped: Sequence[tuple[str, Row]], kept: Sequence[UnitRow]) -> list[UnitRow]:
        """The whole roster, in the scheme's order of groups."""
        named = {group for group, _ in grouped}
        stay = [row for row in kept if row.group not in named]
        self._doubled(grouped, stay)
        self._gone(grouped, stay, named)
        everyone = [(group, row.name) for group, row in grouped] + [(row.group, row.name) for row in stay]
        regions = {(row.group, row.name): row.region for row in [*scheme_units(self.scheme), *kept]}
        fresh = [self._unit(group, row, everyone, regions) for group, row in grouped]
        order = [group.id for group in self.scheme.groups]
        units = sorted([*fresh, *stay], key=lambda unit: order.index(unit.group))
        self._sizes(units, named)
        return units

    def _doubled(self, grouped: Sequence[tuple[str, Row]], stay: Sequence[UnitRow]) -> None:
        names = {group.id: group.name for group in self.scheme.groups}
        first = {words.key(unit.name): f"“{names[unit.group]}”组的名单" for unit in stay}
        for _, row in grouped:
            spelt = words.key(row.name)
            if spelt in first:
                where = first[spelt]
                self.problems.add("unit-doubled", row.sheet, row.at("name"), row.name, name=row.name, where=where)
            first.setdefault(spelt, row.at("name"))

    def _gone(self, grouped: Sequence[tuple[str, Row]], stay: Sequence[UnitRow], named: set[str]) -> None:
        """Units that stay as they are and help a town that the file leaves out."""
        for unit in stay:
            rule = self.inherits.get(unit.group)
            towns = {row.name for group, row in grouped if rule is not None and group == rule.source}
            for town, _ in unit.helps if rule is not None and rule.source in named else ():
                if town not in towns:
                    self.problems.add("helps-gone", "", "", "", name=unit.name, town=town)

    def _unit(
        self, group: str, row: Row, everyone: list[tuple[str, str]], regions: dict[tuple[str, str], str]
    ) -> UnitRow:
        region = words.key(row.region) or regions.get((group, row.name), "")
        if region and not _REGION.fullmatch(region):
            self.problems.add("region-wrong", row.sheet, row.at("region"), row.region)
        return UnitRow(row.name, group, region, self._helps(group, row, everyone))

    def _helps(self, group: str, row: Row, everyone: list[tuple[str, str]]) -> tuple[Helped, ...]:
        rule = self.inherits.get(group)
        if rule is None:
            if row.helps:
                self.problems.add("helps-unused", row.sheet, row.at("helps"), row.helps, name=row.name)
            return ()
        if not row.helps:
            self.problems.add("helps-missing", row.sheet, row.at("name"), row.name, name=row.name)
            return ()
        towns = [name for of, name in everyone if of == rule.source]
        helps = self._towns(rule, row, names_of(tuple(towns), self.scheme.title))
        return self._once(row, self._with_households(row, helps))

    def _towns(self, rule: Inherits, row: Row, towns: Names) -> list[Helped]:
        source = self.scheme.group(rule.source).name
        found: list[Helped] = []
        for part in _parts(_APART, row.helps):
            name, households = _split(part)
            town = towns.exact(name)
            if town is None:
                options, hint = towns.options(), towns.hint(name)
                self.problems.add(
                    "helps-unknown", row.sheet, row.at("helps"), part, group=source, options=options, hint=hint
                )
                continue
            if words.key(name) != words.key(town):
                self.problems.add("helps-short", row.sheet, row.at("helps"), name, town=town)
            found.append((town, households))
        return found

    def _with_households(self, row: Row, helps: list[Helped]) -> list[Helped]:
        """What the cell of 户数 adds: one number for one town, or as many numbers as towns."""
        given = _parts(_APART_NUMBERS, row.households)
        if not given:
            return helps
        numbers = [_households(part) for part in given]
        wrong = [part for part, number in zip(given, numbers, strict=True) if number is None]
        if wrong:
            self.problems.add("households-wrong", row.sheet, row.at("households"), row.households, part=wrong[0])
        elif len(numbers) != (written := len(_parts(_APART, row.helps))):
            counts = {"numbers": len(numbers), "towns": written}
            self.problems.add("households-count", row.sheet, row.at("households"), row.households, **counts)
        elif any(told is not None for _, told in helps):
            self.problems.add("households-twice", row.sheet, row.at("households"), row.households, name=row.name)
        elif len(numbers) == len(helps):  # fewer where a town is unknown, which is told
            return [(town, number) for (town, _), number in zip(helps, numbers, strict=True)]
        return helps

    def _once(self, row: Row, helps: list[Helped]) -> tuple[Helped, ...]:
        towns = [town for town, _ in helps]
        for town in dict.fromkeys(town for town in towns if towns.count(town) > 1):
            self.problems.add("helps-doubled", row.sheet, row.at("helps"), row.helps, town=town, name=row.name)
        if 0 < sum(households is None for _, households in helps) < len(helps):
            self.problems.add("households-partly", row.sheet, row.at("helps"), row.helps, name=row.name)
        return tuple(helps)

    def _sizes(self, units: Sequence[UnitRow], named: set[str]) -> None:
        for group in self.scheme.groups:
            count = sum(unit.group == group.id for unit in units)
            if group.id in named and group.size is not None and count != group.size:
                self.problems.add("size", "", "", "", group=group.name, count=count, size=group.size)


def _parts(apart: re.Pattern[str], text: str) -> list[str]:
    """What a cell lists."""
    return [part for part in map(words.clean, apart.split(text)) if part]


def _split(part: str) -> tuple[str, Fraction | None]:
    """A town and its households: 桂头镇30, 桂头镇（30户）, 桂头镇:30."""
    found = _WITH_NUMBER.fullmatch(part)
    return (found[1].strip(" (:"), exact.parse(found[2])) if found else (part, None)


def _households(part: str) -> Fraction | None:
    found = _NUMBER.fullmatch(part)
    return exact.parse(found[1]) if found else None
