"""What a database holds, table by table, in chunks, and a digest of it that is the same whichever engine it lies in."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, text

MANIFEST = "backup_manifest"
"""The table of a backup that says what the others must hold."""
_NOT_CONTENT = ("alembic_version", MANIFEST)
_MANY, _FEW = 500, 20
_HEAVY = ("original", "geography")  # rows of up to 20 MB each


class Told(BaseModel):
    """How many rows a table has and the SHA-256 of all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rows: int
    sha256: str


@dataclass(frozen=True)
class Shape:
    """A table's name, its columns, and those that its rows are read in the order of."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def listed(self) -> str:
        """The columns for a statement."""
        return ", ".join(map(quoted, self.columns))

    @property
    def chunk(self) -> int:
        """How many rows are held in memory at once."""
        return _FEW if self.name in _HEAVY else _MANY


class Digest:
    """SHA-256 over a table's rows in the order of their key, as one engine or another gives them."""

    def __init__(self, shape: Shape) -> None:
        self.rows = 0
        self._hash = hashlib.sha256(_line([shape.name, *shape.columns]))

    def add(self, row: Sequence[Any]) -> None:
        """One more row, already ``plain``."""
        self.rows += 1
        self._hash.update(_line(row))

    @property
    def told(self) -> Told:
        """The count and the hash so far."""
        return Told(rows=self.rows, sha256=self._hash.hexdigest())


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def plain(value: Any) -> Any:
    """A value as SQLite keeps it: a moment in UTC as text, true as 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def _line(row: Iterable[Any]) -> bytes:
    told = [{"sha256": hashlib.sha256(each).hexdigest()} if isinstance(each, bytes) else each for each in row]
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def shapes(connection: sqlite3.Connection) -> tuple[Shape, ...]:
    """The tables of a SQLite file that are content, by name. Raises ValueError for one whose rows have no key."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    return tuple(_shape(connection, name) for (name,) in connection.execute(query).fetchall() if name not in _NOT_CONTENT)


def _shape(connection: sqlite3.Connection, name: str) -> Shape:
    columns = connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
    keys = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
    if not keys:
        raise ValueError(f"{name}: no key")
    return Shape(name, tuple(column[1] for column in columns), tuple(keys))


def chunks(connection: Connection, shape: Shape) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in the order of their key, some at a time, in plain values: no cursor stays open, no table fills the memory."""
    start = f"SELECT {shape.listed} FROM {quoted(shape.name)}"
    key, at = ", ".join(map(quoted, shape.key)), [shape.columns.index(name) for name in shape.key]
    order, last = f"ORDER BY {key} LIMIT {shape.chunk}", [f"last{number}" for number, _ in enumerate(at)]
    after = text(f"{start} WHERE ({key}) > ({', '.join(f':{name}' for name in last)}) {order}")
    rows = _plain(connection.execute(text(f"{start} {order}")))
    while rows:
        yield rows
        come = dict(zip(last, (rows[-1][column] for column in at), strict=True))
        rows = _plain(connection.execute(after, come)) if len(rows) == shape.chunk else []


def _plain(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(map(plain, row)) for row in rows]


def told_of(connection: Connection, wanted: Iterable[Shape]) -> dict[str, Told]:
    """Table → what it holds now."""
    found = {}
    for shape in wanted:
        digest = Digest(shape)
        for rows in chunks(connection, shape):
            for row in rows:
                digest.add(row)
        found[shape.name] = digest.told
    return found
