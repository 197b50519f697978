"""Tables (long, wide, transposed, totals) → entries: one value each, with whose it is and the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.sheets import words
from data.sheets.grid import EMPTY, Cell, Grid
from data.sheets.headers import Header
from data.sheets.marking import Given, Place
from data.sheets.ticks import NOT_APPLICABLE
from data.sheets.ways import Way

WHOLE = "综合评价意见"
"""The row of a form of opinions that speaks of the unit as a whole."""
_WAYS: tuple[Way, ...] = ("score", "grade", "value", "answer", "opinion")

SUMS = frozenset({"合计", "总计", "小计", "平均", "平均分", "全市平均", "最高", "最低", "最高分", "最低分"})
_NOTES = ("注", "说明", "填表", "制表", "审核", "日期", "签", "考核组", "组长", "备注")


@dataclass(frozen=True)
class Text:
    """Words of a cell and where it is."""

    text: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """One row's or one cell's mark in a table. ``unit``/``component`` are None where the table has no place for them.

    ``indicator``: the item's name as text, still to be looked up, or None for a total. ``given``: every cell that may
    hold the mark; a total has one.
    """

    unit: Text | str | None
    component: Text | str | None
    indicator: Text | None
    given: tuple[Given, ...]
    remark: str = ""
    remark_place: Place | None = None
    opinion: str = ""
    number: str = ""

    @property
    def value(self) -> Cell:
        """The first cell that is filled in, or the first."""
        return self._first.cell

    @property
    def place(self) -> Place:
        """Where that stands."""
        return self._first.place

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in, and no 不适用 is said beside."""
        return not any(each.filled for each in self.given) and NOT_APPLICABLE not in words.clean(self.remark)

    @property
    def _first(self) -> Given:
        return next((each for each in self.given if each.filled), self.given[0])


def entries(grid: Grid, header: Header, end: int, ways: frozenset[Way]) -> Iterator[Entry]:
    """Every value below a header, blank ones too where a row is somebody's; sums, notes and signatures are passed over.

    ``ways``: those in which the scheme's items may be marked at all.
    """
    for row in [each for each in grid.rows if header.row < each < end]:
        yield from _row_entries(grid, header, row, ways)


def _row_entries(grid: Grid, header: Header, row: int, ways: frozenset[Way]) -> Iterator[Entry]:
    roles = header.roles

    def text(role: str) -> Text | None:
        return Text(grid.at(row, roles[role]).text, (row, roles[role])) if role in roles else None

    if _is_note(grid, header, row):
        return
    unit, component, indicator = text("unit"), text("component"), text("indicator")
    remark = text("remark")
    shared: dict[str, Any] = {"remark": _said(remark), "remark_place": remark and remark.place}
    if "opinion" not in ways:
        shared["opinion"] = _said(text("opinion"))
    if header.shape in ("wide", "wide-totals"):
        for column, named in header.indicators.items():
            yield Entry(unit, component, Text(named, (header.row, column)), _cell(grid, row, column), **shared)
        for column, way in header.components.items():
            yield Entry(unit, way, None, _cell(grid, row, column), **shared)
    elif header.shape in ("transposed", "transposed-totals"):
        for column, name in header.units.items():
            yield Entry(name, component, indicator, _cell(grid, row, column), **shared)
    else:
        whole = indicator is None or ("opinion" in ways and words.key(indicator.text) == WHOLE)
        given = _valued(grid, header, row, ways) if indicator else _cell(grid, row, roles["score"])
        yield Entry(unit, component, None if whole else indicator, given, number=_said(text("number")), **shared)


def _valued(grid: Grid, header: Header, row: int, ways: frozenset[Way]) -> tuple[Given, ...]:
    """Every cell of a row that may hold its mark, so that a second one is noticed."""
    columns = [
        (role, header.roles[role]) for role in _WAYS if role in header.roles and (role != "opinion" or role in ways)
    ]
    return tuple(Given(role, _at(grid, row, column), (row, column)) for role, column in columns)


def _cell(grid: Grid, row: int, column: int) -> tuple[Given, ...]:
    return (Given(None, _at(grid, row, column), (row, column)),)


def _at(grid: Grid, row: int, column: int) -> Cell:
    return grid.cells.get((row, column), EMPTY)


def _said(text: Text | None) -> str:
    return words.tidy(text.text) if text else ""


def _is_note(grid: Grid, header: Header, row: int) -> bool:
    """A row of sums, a note, a signature: its first words say so, or it has none of what makes a row of the table."""
    cells = grid.rows[row]
    first = words.clean(next(iter(cells.values())).text)
    lead = min(header.roles[role] for role in ("unit", "component", "indicator") if role in header.roles)
    if words.key(grid.at(row, lead).text) in SUMS or words.key(first) in SUMS:
        return True
    return first.startswith(_NOTES) or (":" in first and len(cells) <= 2)
