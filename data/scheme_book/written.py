"""A scheme's written tree → tables of text. What a cell cannot hold exactly stands in 其他, so that nothing is lost."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from data.scheme_book.codecs import Codec
from data.scheme_book.layout import (
    BASICS,
    EVERYONE,
    FIRST,
    GRADES,
    GROUP,
    ITEMS,
    REST,
    ROW,
    UNITS,
    Column,
    basics,
    columns_of,
    listed,
    row_kind,
    title_of,
)
from scoring.elements import Unit

ELSEWHERE = "（见“其他”）"
"""Stands in a cell whose value is in 其他."""
LONGEST = 30_000
"""Characters of a cell; Excel takes 32,767."""
_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")

REST_HEADS = ("位置", "行", "字段", "内容（JSON，一般不必改）")
GRADE_HEADS = ("等次", "赋分", "等次线", "等次线说明")
BASIC_HEADS = ("字段", "项目", "内容")


@dataclass
class Table:
    """One sheet: its name, heads, and rows of text."""

    name: str
    heads: tuple[str, ...]
    rows: list[list[str]] = field(default_factory=list)


def tables_of(tree: dict[str, Any]) -> list[Table]:
    """All sheets but 说明 of a scheme's tree, in order. The tree is as ``scoring.load.dump_scheme`` writes it."""
    rest = Table(REST, REST_HEADS)
    first = [_basics(tree, rest), _grades(tree, rest)]
    tables = {name: _table(tree, name, rest) for name in listed() if tree.get(name) or name in FIRST}
    named = [tables.pop(name) for name in FIRST]
    roster = Table(UNITS, (ROW, GROUP, *(column.label for column in columns_of(Unit))))
    for row in tree["groups"]:
        _rows(roster, row.get("units", ()), columns_of(Unit), [row["id"]], f"{UNITS}:{row['id']}", rest)
    return [first[0], *named[:3], first[1], *named[3:], roster, *tables.values(), rest]


def _basics(tree: dict[str, Any], rest: Table) -> Table:
    table, known = Table(BASICS, BASIC_HEADS), set()
    for path, label, codec in basics():
        value = _at(tree, path)
        known.add(path)
        cell = "" if value is None else _say(codec, value, rest, (BASICS, "", ".".join(path)))
        table.rows.append([".".join(path), label, cell])
    for name, value in tree.items():
        for key, inner in value.items() if isinstance(value, dict) else ():
            if (name, key) not in known and (name, key) not in _IN_GRADES:
                _put_rest(rest, (BASICS, "", f"{name}.{key}"), inner)
    return table


_IN_GRADES = {("ticks", "points"), ("bands", "items")}


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        tree = tree.get(part) if isinstance(tree, dict) else None
    return tree


def _grades(tree: dict[str, Any], rest: Table) -> Table:
    """One row a grade: points of its tick and its line. What does not fit this shape goes to 其他 whole."""
    grades, points, lines = tree.get("grades", []), _at(tree, ("ticks", "points")), _at(tree, ("bands", "items"))
    table = Table(GRADES, GRADE_HEADS, [[grade, "", "", ""] for grade in grades])
    sound = all(_fits(grade) for grade in grades)
    if points is not None and sound and list(points) == grades:
        for row, value in zip(table.rows, points.values(), strict=True):
            row[1] = value
    elif points is not None:
        _put_rest(rest, (BASICS, "", "ticks.points"), points)
    fit = sound and lines and [band["grade"] for band in lines] == grades
    if fit and all(_fits(band.get("text", "-")) for band in lines):
        for row, band in zip(table.rows, lines, strict=True):
            row[2:] = [band["min"], band.get("text", "")]
    elif lines is not None:
        _put_rest(rest, (BASICS, "", "bands.items"), lines)
    return table


def _table(tree: dict[str, Any], name: str, rest: Table) -> Table:
    if name == "indicators":
        return _items(tree, rest)
    without = ("units", "indicators") if name == "groups" else ()
    columns = columns_of(row_kind(name), without)
    table = Table(title_of(name), (ROW, *(column.label for column in columns)))
    _rows(table, tree.get(name, ()), columns, [], title_of(name), rest, without)
    return table


def item_columns() -> list[Column]:
    """The columns of 指标, the full marks apart: they have a column for each component."""
    return columns_of(row_kind("indicators"), ("full",))


def full_head(component: str) -> str:
    """What the column of full marks in a component is called."""
    return f"满分（{component}）"


def _items(tree: dict[str, Any], rest: Table) -> Table:
    parts = tree.get("components", ())
    names = [part["name"] for part in parts]
    table = Table(ITEMS, (ROW, GROUP, *(column.label for column in item_columns()), *map(full_head, names)))
    ids = [part["id"] for part in parts] if len(set(names)) == len(names) and all(map(_fits, names)) else []
    tables = [(EVERYONE, tree.get("indicators", ()))]
    tables += [(group["id"], group.get("indicators", ())) for group in tree["groups"]]
    for group, rows in tables:
        start = len(table.rows)
        where = f"{ITEMS}:{group}"
        _rows(table, rows, item_columns(), [group], where, rest, ("full",))
        for number, (cells, row) in enumerate(zip(table.rows[start:], rows, strict=True), 1):
            full = row.get("full")
            if full is None:
                cells += [""] * len(names)
            elif list(full) == [part for part in ids if part in full]:
                cells += [full.get(part, "") for part in ids]
            else:
                cells += [ELSEWHERE] * len(names)
                _put_rest(rest, (where, str(number), "full"), full)
    return table


def _rows(
    table: Table,
    rows: Any,
    columns: list[Column],
    before: list[str],
    where: str,
    rest: Table,
    apart: tuple[str, ...] = (),
) -> None:
    for number, row in enumerate(rows, 1):
        cells = [str(number), *before]
        for column in columns:
            place = (where, str(number), column.field)
            value = row.get(column.field)
            cells.append("" if value is None else _say(column.codec, value, rest, place))
        table.rows.append(cells)


def _say(codec: Codec | None, value: Any, rest: Table, place: tuple[str, str, str]) -> str:
    """The cell of a value, or the word that it is in 其他: a value that would not come back the same goes there."""
    try:
        said = codec.say(value) if codec else ""
        if codec and _fits(said) and said != ELSEWHERE and _same(codec.mean(said), value):
            return said
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    _put_rest(rest, place, value)
    return ELSEWHERE


def _same(one: Any, other: Any) -> bool:
    """Equal, the order of maps included: a scheme's hash knows it."""
    return json.dumps(one) == json.dumps(other)


def _fits(text: str) -> bool:
    """Whether a text comes out of a workbook's cell as it went in."""
    return bool(text) and text == text.strip() and len(text) <= LONGEST and not _UNFIT.search(text)


def _put_rest(rest: Table, place: tuple[str, str, str], value: Any) -> None:
    said = json.dumps(value, ensure_ascii=False)
    if (not _fits(said) and len(said) <= LONGEST) or _UNFIT.search(said):
        said = json.dumps(value).replace("_x", "\\u005fx").replace("\x7f", "\\u007f")
    rest.rows.append([*place, *(said[at : at + LONGEST] for at in range(0, len(said), LONGEST))])
