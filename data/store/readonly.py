"""A SQLite file that may be read but not written: opened so that everything can still be seen.

In a folder that takes no new file SQLite cannot make the two files that it reads with in WAL mode. Where nobody can be
writing, the database is opened as one that never changes, for as long as that stays true.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from data.store.problem import StoreProblem

_SEEN = "hengxiao_read_only"
_UNFINISHED = (
    "数据文件夹为只读，而上次保存的部分内容还在“{name}”中、尚未并入数据库，现在读取会缺少这些内容，因此没有打开。"
    "请恢复数据文件夹的写入权限后重新打开；请勿删除该文件。"
)


def listen(engine: Engine) -> None:
    """Let the engine open read-only what cannot be written, and open it anew once it can."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _still_so)


def writable(path: Path) -> bool:
    """Whether this process may write the file and make others beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _connect(
    _dialect: object, record: ConnectionPoolEntry, args: list[Any], params: dict[str, Any]
) -> sqlite3.Connection | None:
    """A connection that only reads, or None: the usual one will do."""
    path = Path(str(args[0]))
    if params.get("uri") or str(path) == ":memory:" or not path.exists() or writable(path):
        return None
    made = _shared(path, params) or _unchanging(path, params)
    record.info[_SEEN] = (path, _state(path))
    return made


def _shared(path: Path, params: dict[str, Any]) -> sqlite3.Connection | None:
    """Beside others who may be writing; None where SQLite cannot without making a file."""
    try:
        return _opened(f"{path.as_uri()}?mode=ro", params)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        return None


def _unchanging(path: Path, params: dict[str, Any]) -> sqlite3.Connection:
    wal = Path(f"{path}-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreProblem(_UNFINISHED.format(name=wal.name))
    return _opened(f"{path.as_uri()}?immutable=1", params)


def _opened(address: str, params: dict[str, Any]) -> sqlite3.Connection:
    made = sqlite3.connect(address, uri=True, **params)
    try:
        made.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        made.close()
        raise
    return made


def _still_so(_driver: object, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Let go of a read-only connection once the file may be written, or somebody else has."""
    if (seen := record.info.get(_SEEN)) is not None and (writable(seen[0]) or _state(seen[0]) != seen[1]):
        raise DisconnectionError("the database may have changed since it was opened read-only")


def _state(path: Path) -> tuple[int, int, bool]:
    now = path.stat()
    return now.st_mtime_ns, now.st_size, Path(f"{path}-wal").exists()
