"""A SQLite file that can be read but not written: opened so that everything can still be seen.

In a folder that takes no new file, or on a disk without room for one, SQLite cannot make the two files that it reads with
in WAL mode. Where nobody can be writing, the database is opened as one that never changes, for as long as that stays true.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from data.store.problem import StoreProblem

_SEEN = "hengxiao_read_only"
_ROOM = 2**20
"""Bytes that must be free before a disk that was full is tried again."""
_UNFINISHED = (
    "数据文件夹为只读或磁盘已满，而上次保存的部分内容还在“{name}”中、尚未并入数据库，现在读取会缺少这些内容，因此没有打开。"
    "请恢复数据文件夹的写入权限或清理磁盘后重新打开；请勿删除该文件。"
)


@dataclass(frozen=True)
class _Seen:
    """How a file stood when it was opened only to be read."""

    path: Path
    state: tuple[int, int, bool]
    full: bool  # for want of room, not of permission

    def over(self) -> bool:
        """Whether it may be otherwise by now."""
        return _state(self.path) != self.state or (writable(self.path) and (not self.full or _free(self.path) > _ROOM))


def listen(engine: Engine) -> None:
    """Let the engine open read-only what cannot be written, and open it anew once it can."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _still_so)


def writable(path: Path) -> bool:
    """Whether this process may write the file and make others beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def insist_writable(connection: Connection) -> None:
    """Raise what SQLite would say at the first write, where the connection only reads."""
    seen = connection.connection.info.get(_SEEN)
    if seen is not None:
        raise sqlite3.OperationalError("database or disk is full" if seen.full else "attempt to write a readonly database")


def _connect(
    _dialect: object, record: ConnectionPoolEntry, args: list[Any], params: dict[str, Any]
) -> sqlite3.Connection | None:
    """A connection that only reads, or None: the usual one will do."""
    path = Path(str(args[0]))
    record.info.pop(_SEEN, None)
    if params.get("uri") or str(path) == ":memory:" or not path.exists():
        return None
    full = False
    if writable(path):
        try:
            return _opened(str(path), params)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_FULL):
                return None  # the usual one fails alike, and tells it
            full = True
    made = _shared(path, params) or _unchanging(path, params)
    record.info[_SEEN] = _Seen(path, _state(path), full)
    return made


def _shared(path: Path, params: dict[str, Any]) -> sqlite3.Connection | None:
    """Beside others who may be writing; None where SQLite cannot without making a file."""
    try:
        return _opened(f"{path.as_uri()}?mode=ro", params)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
            raise
        return None


def _unchanging(path: Path, params: dict[str, Any]) -> sqlite3.Connection:
    wal = Path(f"{path}-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreProblem(_UNFINISHED.format(name=wal.name))
    return _opened(f"{path.as_uri()}?immutable=1", params)


def _opened(address: str, params: dict[str, Any]) -> sqlite3.Connection:
    made = sqlite3.connect(address, uri=address.startswith("file:"), **params)
    try:
        made.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        made.close()
        raise
    return made


def _still_so(_driver: object, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Let go of a read-only connection once the file may be written, or somebody else has."""
    seen = record.info.get(_SEEN)
    if seen is not None and seen.over():
        raise DisconnectionError("the database may have changed since it was opened read-only")


def _free(path: Path) -> int:
    told = os.statvfs(path.parent)
    return told.f_bavail * told.f_frsize


def _state(path: Path) -> tuple[int, int, bool]:
    now = path.stat()
    return now.st_mtime_ns, now.st_size, Path(f"{path}-wal").exists()
