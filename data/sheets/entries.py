"""Tables (long, wide, transposed, totals) → entries: one value each, with whose it is and the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.sheets import words
from data.sheets.grid import EMPTY, Cell, Grid
from data.sheets.headers import Header
from scoring.elements import Indicator

Place = tuple[int, int]

SUMS = frozenset({"合计", "总计", "小计", "平均", "平均分", "全市平均", "最高", "最低", "最高分", "最低分"})
_NOTES = ("注", "说明", "填表", "制表", "审核", "日期", "签", "考核组", "组长", "备注")


@dataclass(frozen=True)
class Text:
    """Words of a cell and where it is."""

    text: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """One value of a table. ``unit``/``component`` are None where the table has no place for them.

    ``indicator``: the item by its header, or its name as text still to be looked up, or None for a total.
    """

    unit: Text | str | None
    component: Text | str | None
    indicator: Indicator | Text | None
    value: Cell
    place: Place
    remark: str = ""
    opinion: str = ""
    as_grade: bool = False
    number: str = ""


def entries(grid: Grid, header: Header, end: int) -> Iterator[Entry]:
    """Every value below a header, blank ones too where a row is somebody's; sums, notes and signatures are passed over."""
    for row in [each for each in grid.rows if header.row < each < end]:
        yield from _row_entries(grid, header, row)


def _row_entries(grid: Grid, header: Header, row: int) -> Iterator[Entry]:
    roles = header.roles

    def text(role: str) -> Text | None:
        return Text(grid.at(row, roles[role]).text, (row, roles[role])) if role in roles else None

    if _is_note(grid, header, row):
        return
    unit, component, indicator = text("unit"), text("component"), text("indicator")
    shared: dict[str, Any] = {"remark": _said(text("remark")), "opinion": _said(text("opinion"))}
    if header.shape in ("wide", "wide-totals"):
        columns: dict[int, Indicator | str] = {**header.indicators, **header.components}
        for column, named in columns.items():
            item, way = (None, named) if isinstance(named, str) else (named, component)
            yield Entry(unit, way, item, _cell(grid, row, column), (row, column), **shared)
    elif header.shape in ("transposed", "transposed-totals"):
        for column, name in header.units.items():
            yield Entry(name, component, indicator, _cell(grid, row, column), (row, column), **shared)
    else:
        yield from _valued(grid, header, row, unit, component, indicator, shared, _said(text("number")))


def _valued(
    grid: Grid, header: Header, row: int, unit: Text | None, component: Text | None, indicator: Text | None,
    shared: dict[str, Any], number: str,
) -> Iterator[Entry]:  # fmt: skip
    """The one value of a row with a 得分 or a 等次 column, or both: then both, so that a second one is noticed."""
    columns = [(header.roles[role], role == "grade") for role in ("score", "grade") if role in header.roles]
    if indicator is None:
        columns = [each for each in columns if not each[1]]
    filled = [each for each in columns if _cell(grid, row, each[0]).text.strip()]
    for column, as_grade in filled or columns[-1:]:
        value = _cell(grid, row, column)
        yield Entry(unit, component, indicator, value, (row, column), as_grade=as_grade, number=number, **shared)


def _cell(grid: Grid, row: int, column: int) -> Cell:
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
