"""A backup being made: every table copied from one reading transaction into a SQLite file, then read back and compared."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

import data
from data.store import migrate
from data.store.backup.contents import MANIFEST, Digest, Shape, Told, chunks, quoted, shapes
from data.store.backup.files import beside, disk, put_in_place, sync, without
from data.store.backup.manifest import Manifest
from data.store.backup.reading import break_of, insist_whole
from data.store.database import Database
from data.store.location import sqlite_url
from data.store.problem import StoreProblem, plainly

_PAYS = 0.9
"""Compressed only where that makes it smaller than this share: office files are compressed already."""


def make(database: Database, stem: Path) -> tuple[Path, Manifest]:
    """Make a backup beside ``stem``, which gets its ending: .db, or .db.gz where compressing pays. Returns where it lies.

    It appears under that name whole, on the disk and proved, or not at all. Raises StoreProblem.
    """
    part, packed = beside(stem, "db"), beside(stem, "gz")
    try:
        with disk(stem):
            manifest = _copied(database, part)
            insist_whole(part, manifest)
            return _in_place(part, packed, stem), manifest
    finally:
        without(part, packed)


def _in_place(part: Path, packed: Path, stem: Path) -> Path:
    _compress(part, packed)
    pays = packed.stat().st_size < part.stat().st_size * _PAYS
    if pays and _unpacked(packed) != _hash(part):
        raise StoreProblem("备份压缩后读回核对不一致，没有生成备份。请检查磁盘是否正常，然后重试。")
    path = stem.with_name(stem.name + (".db.gz" if pays else ".db"))
    put_in_place(packed if pays else part, path)
    return path


def _copied(database: Database, part: Path) -> Manifest:
    """Every row of one moment in a new SQLite file with the same tables, and what they must hold."""
    without(part)
    with database.reading() as source:
        revision = migrate.revision_of(source)
        _build(part, revision)
        with plainly(), closing(sqlite3.connect(part, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = OFF")  # unfinished, it is thrown away
            target.execute("PRAGMA synchronous = OFF")  # the whole file is waited for at the end
            target.execute("BEGIN")
            tables = {shape.name: _copy(source, target, shape) for shape in shapes(target)}
            manifest = _manifest(source, revision, database.engine.dialect.name, tables)
            target.execute(f"CREATE TABLE {MANIFEST} (manifest TEXT NOT NULL)")
            target.execute(f"INSERT INTO {MANIFEST} VALUES (?)", [manifest.model_dump_json()])
            target.execute("COMMIT")
    sync(part)
    return manifest


def _build(part: Path, revision: str) -> None:
    """An empty database with the tables of that revision, not written ahead: one file and nothing beside it."""
    empty = Database(sqlite_url(part))
    try:
        migrate.build(empty, revision)
    finally:
        empty.close()
    with plainly(), closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _copy(source: Connection, target: sqlite3.Connection, shape: Shape) -> Told:
    digest = Digest(shape)
    target.execute(f"DELETE FROM {quoted(shape.name)}")  # what the migrations put there
    holders = ", ".join("?" * len(shape.columns))
    statement = f"INSERT INTO {quoted(shape.name)} ({shape.listed}) VALUES ({holders})"
    for rows in chunks(source, shape):
        target.executemany(statement, rows)
        for row in rows:
            digest.add(row)
    return digest.told


def _manifest(source: Connection, revision: str, engine: str, tables: dict[str, Told]) -> Manifest:
    head = source.execute(text("SELECT seq, hash FROM log_head")).one_or_none()
    return Manifest(
        program=data.VERSION, revision=revision, engine=engine, made_at=datetime.now(UTC), tables=tables,
        log_seq=head.seq if head else 0, log_hash=head.hash if head else "", log_break=break_of(source),
    )  # fmt: skip


def _compress(part: Path, packed: Path) -> None:
    with part.open("rb") as source, packed.open("wb") as kept, gzip.GzipFile("", "wb", 6, kept, mtime=0) as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _unpacked(packed: Path) -> str:
    with gzip.open(packed) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
