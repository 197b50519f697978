"""A backup being read: unpacked, and held to its manifest down to the last row before anything is done with it."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from pydantic import ValidationError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError

from data.store import log
from data.store.backup.contents import MANIFEST, shapes, told_of
from data.store.backup.files import disk
from data.store.backup.manifest import Manifest
from data.store.problem import StoreProblem

_SQLITE, _GZIP = b"SQLite format 3\0", b"\x1f\x8b"
_USE_ANOTHER = "请改用另一份备份，这一份留存备查。"


def inspect_backup(path: Path) -> Manifest:
    """Prove a backup whole and return its manifest. Raises StoreProblem that says what is wrong with the file."""
    with tempfile.TemporaryDirectory(prefix="hengxiao-") as folder:
        unpacked = Path(folder) / "backup.db"
        unpack(path, unpacked)
        manifest = manifest_of(unpacked)
        insist_whole(unpacked, manifest)
        return manifest


def unpack(path: Path, target: Path) -> None:
    """The backup as a SQLite file at ``target``, whether it was compressed or not; the backup itself is only read."""
    with disk(path), path.open("rb") as source:
        begins = source.read(16)
        source.seek(0)
        if begins == _SQLITE:
            with target.open("wb") as kept:
                shutil.copyfileobj(source, kept, 1 << 20)
        elif begins.startswith(_GZIP):
            _unpack(source, target)
        else:
            raise StoreProblem(f"“{path.name}”不是本系统的备份文件。请选择 hengxiao-….db 或 hengxiao-….db.gz。")


def _unpack(source, target: Path) -> None:
    try:
        with gzip.GzipFile(fileobj=source) as opened, target.open("wb") as kept:
            shutil.copyfileobj(opened, kept, 1 << 20)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreProblem(f"备份文件不完整或已损坏，无法解压，没有改动任何数据。{_USE_ANOTHER}") from error


@contextmanager
def read_only(path: Path) -> Iterator[Connection]:
    """A SQLite file of which nothing is changed, not even its header; nobody else may be writing it."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with _damage_told(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ValueError, OverflowError) as error:
        raise StoreProblem(f"备份文件已损坏，内容无法读取，没有改动任何数据。{_USE_ANOTHER}") from error


def manifest_of(path: Path) -> Manifest:
    """The manifest of an unpacked backup."""
    with read_only(path) as connection:
        there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (MANIFEST,)).first()
        found = connection.exec_driver_sql(f"SELECT manifest FROM {MANIFEST}").scalars().all() if there else []
    if len(found) != 1:
        raise StoreProblem(f"文件中没有备份目录（manifest），不是由“备份”生成的，或已被改动。{_USE_ANOTHER}")
    try:
        return Manifest.model_validate_json(found[0])
    except ValidationError as error:
        raise StoreProblem(f"备份目录（manifest）无法识别：文件已被改动，或由更新的版本生成。{_USE_ANOTHER}") from error


def insist_whole(path: Path, manifest: Manifest) -> None:
    """The database is sound, every table holds what the manifest says, and the log is as it was. Raises StoreProblem."""
    with read_only(path) as connection:
        sound = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if sound != "ok" or loose:
            raise StoreProblem(f"备份文件内部结构已损坏，没有改动任何数据。{_USE_ANOTHER}")
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as raw:
            wanted = shapes(raw)
        found = told_of(connection, wanted)
        changed = sorted(name for name in found.keys() | manifest.tables.keys() if found.get(name) != manifest.tables.get(name))
        if changed:
            raise StoreProblem(f"备份内容与其目录（manifest）不一致：{'、'.join(changed)}，文件已损坏或被改动过。{_USE_ANOTHER}")
        head = connection.exec_driver_sql("SELECT seq, hash FROM log_head").one_or_none()
        if head is None or (head.seq, head.hash) != (manifest.log_seq, manifest.log_hash) or break_of(connection) != manifest.log_break:
            raise StoreProblem(f"备份中的操作日志与其目录（manifest）不一致，文件已损坏或被改动过。{_USE_ANOTHER}")


def break_of(connection: Connection) -> int | None:
    """The number of the first log line that does not follow, or None."""
    found = log.first_break(connection)
    return None if found is None else found.seq
