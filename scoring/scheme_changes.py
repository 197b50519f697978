"""What two people changed in one scheme, cell by cell, and both their work brought together.

Rows are known by what they are called, not by where they stand, so that a row added above moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.scheme_parts import tables_of
from scoring.scheme_tables import AT, ORDER, ListTable, Table, deep, value_at

ADDED, REMOVED = "（新增）", "（删除）"
_NAMES = ("项目", "名称", "等次", "指标", "规定", "工作", "措施", "一级")
_FIELDS = ("id", "no", "name", "text", "action", "what", "path")


@dataclass(frozen=True)
class Spot:
    """A cell of the scheme: table, row and column by what they are called. ``key`` finds the row again."""

    table: str
    key: str
    column: str
    title: str = ""
    row: str = ""

    def __str__(self) -> str:
        return " → ".join(part for part in (self.title, self.row, self.column) if part)


Changes = dict[Spot, tuple[str, str]]
"""Each changed cell with what it said before and says now."""


@dataclass(frozen=True)
class Both:
    """A cell that either person changed: what it said, what the other saved, what is in the viewer's hands."""

    spot: Spot
    before: str
    theirs: str
    mine: str

    @property
    def clash(self) -> bool:
        """Whether both changed it, and not alike."""
        return self.theirs != self.before and self.mine not in (self.before, self.theirs)


def changes(before: dict, after: dict) -> Changes:
    """Every cell that says something else, rows that came or went in one piece, and parts that no table shows."""
    old, new = _cells(before), _cells(after)
    found = {spot: (old.get(spot, ""), new.get(spot, "")) for spot in {**old, **new} if old.get(spot) != new.get(spot)}
    gone = {(spot.table, spot.key) for spot in old} - {(spot.table, spot.key) for spot in new}
    come = {(spot.table, spot.key) for spot in new} - {(spot.table, spot.key) for spot in old}
    told: Changes = {}
    for spot, values in found.items():
        row = (spot.table, spot.key)
        if row in gone | come:
            whole = Spot(spot.table, spot.key, "", spot.title, spot.row)
            told[whole] = (spot.row, REMOVED) if row in gone else ("", ADDED)
        else:
            told[spot] = values
    return told | _elsewhere(before, after)


def compared(base: dict, theirs: dict, mine: dict) -> tuple[Both, ...]:
    """Everything either of two people changed since ``base``, what both changed first."""
    their, own = changes(base, theirs), changes(base, mine)
    rows = []
    for spot in {**their, **own}:
        before = (their.get(spot) or own[spot])[0]
        rows.append(Both(spot, before, their.get(spot, (before, before))[1], own.get(spot, (before, before))[1]))
    return tuple(sorted(rows, key=lambda row: not row.clash))


def merged(base: dict, theirs: dict, mine: dict) -> dict:
    """What the other saved with the viewer's changes on top; where both changed one cell the viewer's stands."""
    made = deep(theirs)
    for table in tables_of(base):
        made = _with_changes(made, table, base, mine)
    for spot in _elsewhere(base, mine):
        made = {key: value for key, value in made.items() if key != spot.column}
        made |= {spot.column: deep(mine)[spot.column]} if spot.column in mine else {}
    return made


def _with_changes(made: dict, table: Table, base: dict, mine: dict) -> dict:
    """One table of ``made`` with the cells, new rows and removals of ``mine``."""
    tables = {one.key: one for one in tables_of(made)}
    own = next((one for one in tables_of(mine) if one.key == table.key), None)
    if own is None or table.key not in tables:
        return made
    old, new = _rows(table, base), _rows(own, mine)
    rows = {key: dict(row) for key, row in _rows(tables[table.key], made).items() if key in new or key not in old}
    for key, row in new.items():
        if key not in old:
            rows[key] = {title: text for title, text in row.items() if title not in (AT, ORDER)}
        elif key in rows:
            rows[key] |= {
                title: text for title, text in row.items() if title not in (AT, ORDER) and text != old[key].get(title)
            }
    return tables[table.key].write(made, list(rows.values()))


def _cells(tree: dict) -> dict[Spot, str]:
    found = {}
    for table in tables_of(tree):
        for key, row in _rows(table, tree).items():
            name = next((row[title] for title in _NAMES if row.get(title)), key)
            for column in table.columns:
                found[Spot(table.key, key, column.title, table.title, name)] = row.get(column.title, "")
    return found


def _rows(table: Table, tree: dict) -> dict[str, dict[str, str]]:
    """The table's rows by what they are known by."""
    found: dict[str, dict[str, str]] = {}
    for row in table.rows(tree):
        key = _key(table, tree, row)
        while key in found:
            key += "′"
        found[key] = row
    return found


def _key(table: Table, tree: dict, row: dict[str, str]) -> str:
    if isinstance(table, ListTable):
        element = value_at(tree, (*table.at, int(row[AT])))
        told = element if isinstance(element, dict) else {}
        return next((str(told[name]) for name in _FIELDS if told.get(name)), "")
    return row.get("项目") or row.get("等次") or row[AT]


def _elsewhere(before: dict, after: dict) -> Changes:
    """Whole elements that no table shows and that differ."""
    found: Changes = {}
    for key in _untabled(before) | _untabled(after):
        if before.get(key) != after.get(key):
            spot = Spot("", key, key, "其他内容（YAML）")
            found[spot] = (
                "有" if key in before else "",
                ("已改动" if key in before else ADDED) if key in after else REMOVED,
            )
    return found


def _untabled(tree: dict) -> set[str]:
    return set(_names(tree))


def _names(tree: dict) -> Iterator[str]:
    known = {table.at[0] for table in tables_of(tree) if isinstance(table, ListTable)}
    known |= {
        "title",
        "short",
        "document",
        "words",
        "combine",
        "grades",
        "ticks",
        "bands",
        "criteria",
        "item_weights",
        "rounding",
    }
    known |= {"rank", "total", "ratios", "extras", "approval", "report", "send_to"}
    yield from (key for key in tree if key not in known)
