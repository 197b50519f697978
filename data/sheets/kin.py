"""Is this last year's form, another scheme's, another group's, or one nobody asked for? Said once instead of row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from data import schemes
from data.sheets import words
from data.sheets.grid import Grid, a1
from data.sheets.items import Items, all_items
from data.sheets.problems import Problem, problem
from scoring.elements import Indicator
from scoring.scheme import Scheme

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!度?\s*\d{1,2}\s*月)(?!以)")
_TO_YEAR = re.compile(r"20\d\d\s*[-—–~至]\s*20\d\d\s*年")


def foreign_title(scheme: Scheme, grid: Grid, rows: Iterable[int], file: str) -> list[Problem]:
    """Problems of the lines above a form: another year than the scheme's, or another scheme's title."""
    titles = [
        (words.clean(cell.text), a1(row, column)) for row in rows for column, cell in grid.rows.get(row, {}).items()
    ]
    wrong = _wrong_year(scheme, grid, [*titles, (words.clean(grid.name), "工作表名"), (words.clean(file), "文件名")])
    if wrong:
        return [wrong]
    if any(words.key(_bare(scheme.title)) in words.key(text) for text, _ in titles):
        return []
    for text, cell in [each for each in titles if len(each[0]) > 9]:
        for other in _others(scheme):
            if words.key(_bare(other.title)) in words.key(text):
                return [
                    problem(
                        "other-scheme", sheet=grid.name, cell=cell, value=text, found=other.title, wanted=scheme.title
                    )
                ]
    return []


def foreign_items(scheme: Scheme, items: Items, names: list[str], sheet: str, cell: str) -> Problem | None:
    """A problem where another scheme knows more of the names on a form than this one does."""
    own = sum(bool(items.find(name).items) for name in names)
    for other in _others(scheme):
        theirs = _items_of(other.id)
        if sum(bool(theirs.find(name).items) for name in names) > own:
            return problem("other-scheme", sheet=sheet, cell=cell, found=other.title, wanted=scheme.title)
    return None


def foreign_group(scheme: Scheme, unit: str | None, names: list[str], sheet: str, cell: str) -> Problem | None:
    """A problem where the table of another group (组别) knows more of the names on a unit's form than its own does."""
    own = scheme.group_of(unit) if unit else None
    if own is None or unit is None:
        return None
    known = {group.id: _known(scheme.indicators_of(group.id), names) for group in scheme.groups}
    best = max(scheme.groups, key=lambda group: known[group.id])
    if known[best.id] <= known[own.id]:
        return None
    named = {"unit": f"“{unit}”", "group": own.name, "found": best.name}
    return problem("other-group", sheet=sheet, cell=cell, value=names[0] if names else "", **named)


def _known(indicators: Iterable[Indicator], names: list[str]) -> int:
    """How many names a table knows, the number before each agreeing."""
    items = Items(indicators)
    found = [items.find(name) for name in names]
    return sum(any(each.number in (None, item.no) for item in each.items) for each in found)


def others_items(scheme: Scheme, unit: str | None) -> Items:
    """The items of a unit's own table that apply to others only."""
    group = scheme.group_of(unit) if unit else None
    table = scheme.indicators_of(group.id) if group else ()
    return Items(item for item in table if item.only and unit not in item.only)


def inherited_from(scheme: Scheme, unit: str) -> str | None:
    """The name of the group whose scores a unit takes over, so that it hands in no sheet; None where it does."""
    group = scheme.group_of(unit) if scheme.inherits else None
    rule = scheme.inheritance(group.id) if group else None
    return scheme.group(rule.source).name if rule else None


def _wrong_year(scheme: Scheme, grid: Grid, texts: list[tuple[str, str]]) -> Problem | None:
    """The first place that names a year, if that is not the scheme's; titles come before the names of sheet and file."""
    wanted = set(_YEAR.findall(scheme.title))
    for text, where in texts:
        years = [] if ":" in text else _YEAR.findall(_TO_YEAR.sub("", text))
        if years and wanted.isdisjoint(years) and wanted:
            cell = where if where[-1].isdigit() else ""
            named = {"where": where, "found": years[0], "wanted": min(wanted)}
            return problem("wrong-year", sheet=grid.name, cell=cell, value=text, **named)
        if years:
            return None
    return None


def _bare(title: str) -> str:
    return re.sub(r"（[^（）]*）$", "", title)


def _others(scheme: Scheme) -> list[Scheme]:
    return [schemes.scheme(each) for each in schemes.scheme_ids() if each != scheme.id]


@cache
def _items_of(scheme_id: str) -> Items:
    return all_items(schemes.scheme(scheme_id))
