"""A scheme as tables that can be edited: every part as rows of text, and edited rows written back into the tree.

What no table shows stays as it was, and so does every cell that was not touched: rows that come back as they went make
the very same tree. Which tables a scheme has is said in ``scoring.scheme_parts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from scoring.scheme_cells import Codec, Plain, Several, field_at, put
from scoring.scheme_text import Path, Tree
from scoring.scheme_tree import number

Row = Mapping[str, str | None]

AT = "_at"
"""The column that says which written row a shown one is; empty for a new one."""

ORDER = "次序"
"""The column by which rows can be put in another order."""

GROUND = ("条款", "口径")
_GROUNDS = (("条款", "cite"), ("口径", "assumed"))


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field it holds, and how. ``shown`` False: only where something is written.

    ``fixed``: for reading only; ``help`` says what belongs there.
    """

    title: str
    path: Path
    codec: Codec = field(default_factory=Plain)
    shown: bool = True
    fixed: bool = False
    help: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Place:
    """Where in the tables something of the file stands: the table, the shown row (from 1, 0: all of it), the column."""

    table: str
    row: int
    column: str = ""


class Table(Protocol):
    """One table of the editor. ``grows``: rows can be added and taken away."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def grows(self) -> bool: ...

    def rows(self, tree: dict) -> list[dict[str, str]]:
        """Its rows as text, by column; ``AT`` tells rows apart."""

    def write(self, tree: dict, rows: Sequence[Row]) -> dict:
        """Another tree with these rows in place of what was there."""

    def place(self, tree: dict, path: Path) -> Place | None:
        """Where a path of the file stands in this table; None where it does not."""


@dataclass(frozen=True)
class ListTable:
    """The elements listed at one place of the file, a row each. ``prefix``: what the ids of new rows begin with."""

    key: str
    title: str
    at: Path
    columns: tuple[Column, ...]
    prefix: str = ""
    ordered: bool = True
    grows: bool = True

    def rows(self, tree: dict) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for index, element in self._elements(tree):
            order = {ORDER: str(len(found) + 1)} if self.ordered else {}
            found.append({AT: str(index)} | order | self._cells(tree, element))
        return found

    def _elements(self, tree: dict) -> list[tuple[int, dict]]:
        listed = value_at(tree, self.at)
        return [(n, row) for n, row in enumerate(listed if isinstance(listed, list) else ()) if isinstance(row, dict)]

    def _cells(self, tree: dict, element: dict) -> dict[str, str]:
        return {column.title: column.codec.say(field_at(element, column.path), tree) for column in self.columns}

    def write(self, tree: dict, rows: Sequence[Row]) -> dict:
        left = dict(self._elements(tree))
        listed = value_at(tree, self.at)
        strange = [row for row in listed if not isinstance(row, dict)] if isinstance(listed, list) else []
        written: list[Tree] = []
        for row in in_order(rows) if self.ordered else rows:
            at = cell(row, AT)
            source = left.pop(int(at), {}) if at.isdigit() else {}
            if source or any(cell(row, column.title) for column in self.columns):
                written.append(self._element(tree, source, row, [*left.values(), *written]))
        return with_value(tree, self.at, [*written, *strange])

    def _element(self, tree: dict, source: dict, row: Row, others: Iterable[Tree]) -> dict:
        made = _changed(tree, source, row, self.columns)
        if self.prefix and not made.get("id"):
            made = {"id": new_id(self.prefix, others)} | made
        return made

    def place(self, tree: dict, path: Path) -> Place | None:
        size = len(self.at)
        if path[:size] != self.at:
            return None
        if len(path) == size or not isinstance(path[size], int):
            return Place(self.key, 0)
        row = next((n for n, (index, _) in enumerate(self._elements(tree), start=1) if index == path[size]), 0)
        return Place(self.key, row, title_at(self.columns, path[size + 1 :]))


@dataclass(frozen=True)
class Field:
    """One row of a FieldTable: a setting of the scheme, and where its ground (条款, 口径) is written, if it needs one.

    Without a ``path`` the row holds the ground alone; what it grounds stands in another table.
    """

    title: str
    path: Path
    codec: Codec = field(default_factory=Plain)
    ground: Path | None = None
    hint: str = ""


@dataclass(frozen=True)
class FieldTable:
    """Settings that stand alone in the file, a row each: 项目, 内容, and 条款 or 口径 where they are rules."""

    key: str
    title: str
    fields: tuple[Field, ...]
    grounded: bool = False
    grows: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """项目 and 填写说明 are for reading."""
        ground = (Column("条款", ("cite",)), Column("口径", ("assumed",), wide=True)) if self.grounded else ()
        said = Column("内容", (), wide=True), *ground, Column("填写说明", (), fixed=True, wide=True)
        return (Column("项目", (), fixed=True), *said)

    def rows(self, tree: dict) -> list[dict[str, str]]:
        return [self._row(tree, at, one) for at, one in enumerate(self.fields)]

    def _row(self, tree: dict, at: int, one: Field) -> dict[str, str]:
        content = one.codec.say(field_at(tree, one.path), tree) if one.path else ""
        said = {AT: str(at), "项目": one.title, "内容": content}
        for title, name in _GROUNDS if self.grounded else ():
            said[title] = ground_codec(name).say(field_at(tree, (*one.ground, name)), tree) if one.ground else ""
        options = one.codec.options(tree)
        return said | {"填写说明": one.hint or ("可填：" + "、".join(options) if options else "")}

    def write(self, tree: dict, rows: Sequence[Row]) -> dict:
        made = deep(tree)
        for row in rows:
            one = self.fields[int(cell(row, AT))]
            before = self._row(tree, int(cell(row, AT)), one)
            if one.path and cell(row, "内容") != before["内容"]:
                put(made, one.path, one.codec.mean(cell(row, "内容"), tree) if cell(row, "内容") else None)
            if one.ground and self.grounded:
                self._write_ground(tree, made, one.ground, row, before)
        return made

    def _write_ground(self, tree: dict, made: dict, ground: Path, row: Row, before: Row) -> None:
        for title, name in _GROUNDS:
            if (text := cell(row, title)) != before[title]:
                put(made, (*ground, name), ground_codec(name).mean(text, tree) if text else None)
                _without_other_readings(field_at(made, ground))

    def place(self, tree: dict, path: Path) -> Place | None:
        for at, one in enumerate(self.fields, start=1):
            if one.path and path[: len(one.path)] == one.path:
                return Place(self.key, at, "内容")
        for at, one in enumerate(self.fields, start=1):
            if one.ground and path[: len(one.ground)] == one.ground:
                rest = path[len(one.ground) :]
                if not rest or rest[0] in _GROUND_TITLES:
                    return Place(self.key, at, _GROUND_TITLES[str(rest[0])] if rest else "条款、口径")
        return None


_GROUND_TITLES = {"cite": "条款", "assumed": "口径", "alternatives": "口径"}


def ground_codec(name: str) -> Codec:
    """How a clause, or our reading, stands in a cell."""
    return Several() if name == "cite" else Plain()


def _changed(tree: dict, source: dict, row: Row, columns: Iterable[Column]) -> dict:
    """The written element with those cells written that say something else than before."""
    made = deep(source)
    for column in columns:
        text, before = cell(row, column.title), column.codec.say(field_at(source, column.path), tree)
        if text != before and column.title in row and not column.fixed:
            _set(made, column, column.codec.mean(text, tree) if text else None)
    if made != source:
        _without_other_readings(made)
    return made


def _without_other_readings(element: Tree) -> None:
    """What a clause now decides has no other readings (另一种口径) any more."""
    if isinstance(element, dict) and element.get("cite") and not element.get("assumed"):
        element.pop("alternatives", None)


def _set(made: dict, column: Column, value: Tree) -> None:
    writer = getattr(column.codec, "put", None)
    if writer is None:
        put(made, column.path, value)
    else:
        writer(made, value)


def title_at(columns: Iterable[Column], path: Path) -> str:
    """The heading of the column that holds a path within a row; 条款、口径 for a row that rests on nothing."""
    listed = list(columns)
    for column in listed:
        if column.path and path[: len(column.path)] == column.path:
            return column.title
    grounded = [column.title for column in listed if column.title in GROUND]
    return "、".join(grounded) if not path else ""


def cell(row: Row, title: str) -> str:
    """A cell's text without blanks around it; "" for one that is empty or not there."""
    return str(row.get(title) or "").strip()


def in_order(rows: Sequence[Row]) -> list[Row]:
    """By the numbers in 次序; a row without one, or with what is no number, stays behind the row it stands after."""
    last, keyed = Fraction(0), []
    for row in rows:
        asked = number(cell(row, ORDER))
        last = last if asked is None else asked
        keyed.append((last, row))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def reordered(rows: Sequence[Row]) -> bool:
    """Whether 次序 was typed over, so that rows on screen must be numbered anew: another order, or what is no number."""
    moved = any(one is not other for one, other in zip(in_order(rows), rows, strict=True))
    return moved or any(number(text) is None for row in rows if (text := cell(row, ORDER)))


def new_id(prefix: str, others: Iterable[Tree]) -> str:
    """An id that none of the others has: "limit-3"."""
    taken = [row.get("id") for row in others if isinstance(row, dict)]
    return next(name for n in range(1, len(taken) + 2) if (name := f"{prefix}-{n}") not in taken)


def value_at(tree: Tree, path: Path) -> Tree:
    """What stands at a path of the tree, indexes of lists among it; None where nothing does."""
    for part in path:
        if isinstance(tree, dict) and isinstance(part, str):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree


def with_value(tree: dict, path: Path, value: list) -> dict:
    """Another tree with a list at the path; an empty one is not written where none was."""
    made = deep(tree)
    holder = value_at(made, path[:-1])
    name = path[-1]
    if not isinstance(holder, dict) or not isinstance(name, str):
        return made
    if value or holder.get(name) == []:
        holder[name] = value
    else:
        holder.pop(name, None)
    return made


def deep(tree: Tree) -> dict:
    """A copy that shares nothing that can be changed."""
    copied = _copy(tree)
    return copied if isinstance(copied, dict) else {}


def _copy(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _copy(inner) for key, inner in tree.items()}
    return [_copy(inner) for inner in tree] if isinstance(tree, list) else tree
