"""The sheets of a scheme's workbook → its written tree, with the sheet and cell of every value.

Rows are told apart by their position, columns by their heads. What an edit leaves unclear is a problem with its cell; what
the scheme's own rules then say of the tree is the loader's work.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.scheme_book.codecs import Codec
from data.scheme_book.layout import (
    ABOUT,
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
from data.scheme_book.problems import told
from data.scheme_book.written import BASIC_HEADS, ELSEWHERE, GRADE_HEADS, REST_HEADS, full_head, item_columns
from data.sheets.grid import Cell, Grid, a1
from data.sheets.problems import Problem
from scoring.elements import Unit
from scoring.scheme import Scheme
from scoring.scheme_text import Path

Place = tuple[str, str]
"""Sheet and cell."""
_RestPlace = tuple[str, str, str]
MOST_DEEP = 20
"""Lists and tables within each other that 其他 may hold; the schemes themselves have no more than eight."""


@dataclass
class BookTree:
    """What a workbook says: the tree, where each value stands, and what could not be read."""

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """The cell of a value, or of the nearest value around or beneath it that has one."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        beneath = [place for known, place in self.places.items() if known[: len(path)] == path]
        return next(iter(sorted(beneath, key=lambda place: place[0] == BASICS)), ("", ""))


def tree_of(grids: Sequence[Grid]) -> BookTree:
    """Read all sheets. With any error among the problems the tree is not to be used."""
    book = BookTree()
    reader = _Reader({grid.name: grid for grid in grids if grid.cells}, book)
    reader.read()
    return book


class _DeepError(Exception):
    """More lists and tables within each other than any scheme has."""


def _meant(said: str) -> Any:
    """What a cell of 其他 says; its numbers letter by letter, for a scheme's numbers are exact.

    Raises ValueError for what is no JSON (NaN and Infinity are none), _DeepError for what is nested too deep.
    """
    value = json.loads(said, parse_float=str, parse_int=str, parse_constant=_no_number)
    _check_depth(value, MOST_DEEP)
    return value


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _check_depth(value: Any, most: int) -> None:
    if not isinstance(value, dict | list):
        return
    if not most:
        raise _DeepError
    for inner in value.values() if isinstance(value, dict) else value:
        _check_depth(inner, most - 1)


class _Reader:
    def __init__(self, grids: Mapping[str, Grid], book: BookTree) -> None:
        self.grids, self.book = grids, book
        self.rest: dict[_RestPlace, tuple[Any, Place]] = {}
        self.used: set[_RestPlace] = set()

    def read(self) -> None:
        """Everything, the sheets that others rest on first."""
        if BASICS not in self.grids:
            self._tell("no-basics")
            return
        self._rest()
        self._basics()
        for name in listed():
            if name != "indicators":
                self._listed(name)
        self._items()
        self._units()
        self._grades()
        self._leftovers()
        self._foreign()

    def _tell(self, code: str, sheet: str = "", cell: str = "", value: str = "", **values: object) -> None:
        self.book.problems.append(told(code, sheet=sheet, cell=cell, value=value, **values))

    def _text(self, sheet: str, row: int, column: int) -> str:
        """A cell's text; a formula without a value and an error are problems."""
        cell: Cell = self.grids[sheet].at(row, column)
        if cell.kind in ("formula", "error"):
            self._tell("formula" if cell.kind == "formula" else "cell-error", sheet, a1(row, column), cell.text)
            return ""
        return cell.text

    def _heads(self, sheet: str, wanted: Sequence[str]) -> dict[str, int]:
        """Head → column of the first row. Every wanted head must be there; no head may stand twice."""
        found: dict[str, int] = {}
        for column, cell in self.grids[sheet].rows.get(1, {}).items():
            head = cell.text.strip()
            if head in found:
                self._tell("head-twice", sheet, a1(1, column), head, first=a1(1, found[head]))
            found.setdefault(head, column)
        for head in wanted:
            if head not in found:
                self._tell("head-missing", sheet, "A1", head)
        return found

    def _lines(self, sheet: str) -> Iterator[int]:
        """The rows below the heads that hold anything."""
        return (row for row in self.grids[sheet].rows if row > 1)

    def _rest(self) -> None:
        if REST not in self.grids:
            self._tell("no-rest")
            return
        heads = self._heads(REST, REST_HEADS)
        columns = [heads.get(head, 0) for head in REST_HEADS]
        for row in self._lines(REST) if all(columns) else ():
            where, number, name = (self._text(REST, row, column).strip() for column in columns[:3])
            cells = self.grids[REST].rows[row]
            said = "".join(cell.text for column, cell in cells.items() if column >= columns[3])
            if (where, number, name) in self.rest:
                self._tell("field-twice", REST, a1(row, columns[2]), name, first=self.rest[where, number, name][1][1])
                continue
            try:
                self.rest[where, number, name] = (_meant(said), (REST, a1(row, columns[3])))
            except ValueError:
                self._tell("not-json", REST, a1(row, columns[3]), said)
            except (_DeepError, RecursionError):
                self._tell("too-deep", REST, a1(row, columns[3]), said, most=MOST_DEEP)

    def _basics(self) -> None:
        heads = self._heads(BASICS, BASIC_HEADS)
        if not all(head in heads for head in BASIC_HEADS):
            return
        known = {".".join(path): (path, codec) for path, _, codec in basics()}
        seen: dict[str, str] = {}
        for row in self._lines(BASICS):
            name, at = self._text(BASICS, row, heads["字段"]).strip(), a1(row, heads["字段"])
            if not name and not self._text(BASICS, row, heads["内容"]):
                continue
            if name not in known:
                self._tell("field-unknown", BASICS, at, name)
            elif name in seen:
                self._tell("field-twice", BASICS, at, name, first=seen[name])
            else:
                seen[name] = at
                path, codec = known[name]
                self._put(path, codec, (BASICS, row, heads["内容"]), (BASICS, "", name))

    def _put(self, path: Path, codec: Codec | None, at: tuple[str, int, int], rest: _RestPlace) -> None:
        """One value into the tree: from its cell, or from 其他 where the cell says so."""
        sheet, row, column = at
        text = self._text(sheet, row, column)
        if not text.strip():
            self._emptied(at, rest)
            return
        if text.strip() == ELSEWHERE:
            self._from_rest(path, at, rest)
            return
        try:
            if codec is None:
                raise ValueError(f"这一栏的内容写在“{REST}”表中，请在那里改")
            value = codec.mean(text)
        except ValueError as error:
            self._tell("not-meant", sheet, a1(row, column), text, words=str(error))
            return
        self._said_twice(at, text, rest)
        self._set(path, value, (sheet, a1(row, column)))

    def _from_rest(self, path: Path, at: tuple[str, int, int], rest: _RestPlace) -> None:
        self.used.add(rest)
        if rest in self.rest:
            value, place = self.rest[rest]
            self._set(path, value, place)
        else:
            self._tell("rest-missing", at[0], a1(*at[1:]), ELSEWHERE, where="，".join(filter(None, rest)))

    def _emptied(self, at: tuple[str, int, int], rest: _RestPlace) -> None:
        """An empty cell says nothing, whatever 其他 still holds of it; that is told."""
        self.used.add(rest)
        if rest in self.rest:
            self._tell("rest-unused", *self.rest[rest][1], other=a1(*at[1:]), where="，".join(filter(None, rest)))

    def _said_twice(self, at: tuple[str, int, int], text: str, rest: _RestPlace) -> None:
        """A field with words in its own cell and in 其他 too: the cell holds, as the workbook says, and that is told."""
        self.used.add(rest)
        if rest in self.rest:
            other, where = self.rest[rest][1][1], "，".join(filter(None, rest))
            self._tell("said-twice", at[0], a1(*at[1:]), text, other=other, where=where)

    def _set(self, path: Path, value: Any, place: Place) -> None:
        here: Any = self.book.tree
        for part in path[:-1]:
            here = here.setdefault(part, {}) if isinstance(here, dict) else here[part]
        here[path[-1]] = value
        self.book.places[path] = place

    def _listed(self, name: str) -> None:
        without = ("units", "indicators") if name == "groups" else ()
        title, columns = title_of(name), columns_of(row_kind(name), without)
        if title in self.grids:
            rows = self._rows(title, columns)
            if rows:
                self.book.tree[name] = []
            for index, (row, heads) in enumerate(rows):
                self._row((name,), index, title, row, heads, columns, title)
        elif name in FIRST:
            self._tell("sheet-missing", value=title)

    def _rows(
        self, sheet: str, columns: Sequence[Column], more: Sequence[str] = ()
    ) -> list[tuple[int, dict[str, int]]]:
        """The rows of a table with more in them than their number, each with the table's heads."""
        heads = self._heads(sheet, [*more, *(column.label for column in columns)])
        told_of = {heads[name] for name in (ROW, GROUP) if name in heads}
        rows = self.grids[sheet].rows
        wanted = {column.label for column in columns} | {ROW, GROUP}
        unknown = {
            column: head for head, column in heads.items() if head not in wanted and not head.startswith("满分（")
        }
        for column, head in unknown.items():
            self._tell("head-unknown", sheet, a1(1, column), head)
        return [
            (row, heads) for row in self._lines(sheet) if any(cell.text.strip() for at, cell in rows[row].items() if at not in told_of)
        ]  # fmt: skip

    def _number(self, sheet: str, row: int, heads: Mapping[str, int]) -> str:
        return self._text(sheet, row, heads[ROW]).strip() if ROW in heads else ""

    def _row(self, path: Path, index: int, sheet: str, row: int, heads: Mapping[str, int], columns: Sequence[Column],
             where: str) -> None:  # fmt: skip
        """One row of a table into the list at ``path``."""
        self._list_at(path).append({})
        self.book.places[(*path, index)] = (sheet, a1(row, 1))
        number = self._number(sheet, row, heads)
        for column in columns:
            if column.label in heads:
                at = (sheet, row, heads[column.label])
                self._put((*path, index, column.field), column.codec, at, (where, number, column.field))

    def _list_at(self, path: Path) -> list[Any]:
        here: Any = self.book.tree
        for part in path[:-1]:
            here = here[part]
        return here.setdefault(path[-1], [])

    def _group_path(self, sheet: str, row: int, heads: Mapping[str, int]) -> Path | None:
        """Where rows of a group go; a group that is not on its own sheet is a problem."""
        if GROUP not in heads:
            return None
        name = self._text(sheet, row, heads[GROUP]).strip()
        ids = [group.get("id") for group in self.book.tree.get("groups", ())]
        if name in ids:
            return ("groups", ids.index(name))
        if sheet == UNITS and not name and len(ids) == 1:
            return ("groups", 0)
        if sheet == ITEMS and name in ("", EVERYONE):
            return ()
        self._tell("group-unknown", sheet, a1(row, heads[GROUP]), name, options="、".join(map(str, ids)))
        return None

    def _units(self) -> None:
        if UNITS not in self.grids:
            self._tell("sheet-missing", value=UNITS)
            return
        columns = columns_of(Unit)
        for row, heads in self._rows(UNITS, columns, (GROUP,)):
            path = self._group_path(UNITS, row, heads)
            if path is not None:
                group = self.book.tree["groups"][path[1]]
                at = (*path, "units")
                self._row(at, len(group.get("units", ())), UNITS, row, heads, columns, f"{UNITS}:{group['id']}")

    def _items(self) -> None:
        if ITEMS not in self.grids:
            self._tell("sheet-missing", value=ITEMS)
            return
        columns = item_columns()
        names = {full_head(str(part.get("name"))): part.get("id") for part in self.book.tree.get("components", ())}
        rows = self._rows(ITEMS, columns, (GROUP, *names))
        for head, column in (rows[0][1] if rows else {}).items():
            if head.startswith("满分（") and head not in names:
                self._tell("full-unknown", ITEMS, a1(1, column), head)
        for row, heads in rows:
            path = self._group_path(ITEMS, row, heads)
            if path is not None:
                owner = self.book.tree["groups"][path[1]] if path else self.book.tree
                index = len(owner.get("indicators", ()))
                where = f"{ITEMS}:{owner['id'] if path else EVERYONE}"
                self._row((*path, "indicators"), index, ITEMS, row, heads, columns, where)
                self._full((*path, "indicators", index), row, heads, names, where)

    def _full(self, path: Path, row: int, heads: Mapping[str, int], names: Mapping[str, Any], where: str) -> None:
        """Full marks of an item in each component."""
        rest = (where, self._number(ITEMS, row, heads), "full")
        cells = {head: (self._text(ITEMS, row, heads[head]).strip(), heads[head]) for head in names if head in heads}
        if any(text == ELSEWHERE for text, _ in cells.values()):
            column = next(column for text, column in cells.values() if text == ELSEWHERE)
            self._from_rest((*path, "full"), (ITEMS, row, column), rest)
            return
        filled = next(((text, column) for text, column in cells.values() if text), None)
        if filled:
            self._said_twice((ITEMS, row, filled[1]), filled[0], rest)
        elif cells:
            self._emptied((ITEMS, row, next(iter(cells.values()))[1]), rest)
        self.used.add(rest)
        for head, (text, column) in cells.items():
            if text:
                self._set((*path, "full", names[head]), text, (ITEMS, a1(row, column)))

    def _grades(self) -> None:
        if GRADES not in self.grids:
            self._tell("sheet-missing", value=GRADES)
            return
        heads = self._heads(GRADES, GRADE_HEADS)
        if not all(head in heads for head in GRADE_HEADS):
            return
        for row in self._lines(GRADES):
            grade, points, line, text = (self._text(GRADES, row, heads[head]).strip() for head in GRADE_HEADS)
            if points:
                self._set(("ticks", "points", grade), points, (GRADES, a1(row, heads["赋分"])))
            if line or text:
                bands = self.book.tree.setdefault("bands", {}).setdefault("items", [])
                band = {"grade": grade} | ({"min": line} if line else {}) | ({"text": text} if text else {})
                bands.append(band)
                self.book.places["bands", "items", len(bands) - 1] = (GRADES, a1(row, heads["等次线"]))

    def _leftovers(self) -> None:
        """What 其他 holds of 基本信息 beside its lines; and what it holds of rows that are gone."""
        for rest, (value, place) in self.rest.items():
            if rest in self.used:
                continue
            names = tuple(rest[2].split("."))
            if rest[0] == BASICS and names[0] in Scheme.model_fields and len(names) == 2:
                if self._written(names):
                    self._tell("said-twice", *self.book.place(names), other=place[1], where="，".join(filter(None, rest)))
                else:
                    self._set(names, value, place)
            else:
                self._tell("row-gone", *place, where="，".join(filter(None, rest)))

    def _written(self, names: tuple[str, ...]) -> bool:
        inner = self.book.tree.get(names[0])
        return isinstance(inner, dict) and names[1] in inner

    def _foreign(self) -> None:
        known = {ABOUT, BASICS, ITEMS, GRADES, UNITS, REST, *(title_of(name) for name in listed())}
        for name in self.grids:
            if name not in known:
                self._tell("sheet-unknown", name)
