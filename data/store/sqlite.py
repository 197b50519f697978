"""SQLite: opened so that a power cut loses nothing, readers never wait for writers, and a full or read-only disk is survived.

A writer takes SQLite's write lock at once, so that two never build on the same state. In one process writers queue
(``turns``); between processes each asks again after a short random pause, for SQLite's own pauses grow, and whoever has
waited longest would ask least often.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import SQLAlchemyError

from data.store import readonly
from data.store.location import make_folder

BUSY_SECONDS = 10.0
"""How long SQLite waits by itself, such as for another process that recovers after a crash."""
PATIENCE = 30.0
"""How long a writer waits for its turn, in seconds, unless the address says otherwise (``?timeout=5``)."""
WAL_LIMIT = 32 * 1024 * 1024
"""Bytes of the -wal file above which a writer makes room; SQLite alone never does while readers overlap."""
_ROOM_SECONDS, _AGAIN_SECONDS = 1.0, 5.0  # how long it waits for readers to leave, and until it tries again in vain
_PAUSE = 0.015
WRITES = "hengxiao_writes"


def path_of(url: URL) -> Path | None:
    """The database's file; None for one in memory."""
    name = (url.database or "").removeprefix("file:").partition("?")[0]
    return None if name in ("", ":memory:") else Path(name).absolute()


def patience(url: URL) -> float:
    """Seconds that a writer waits for its turn."""
    return float(str(url.query.get("timeout", PATIENCE)))


def engine(url: URL) -> Engine:
    """An engine on a SQLite file; its folder is made."""
    if url.database and not url.database.startswith(("file:", ":memory:")):
        make_folder(Path(url.database).parent)
    waits = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 30} if url.database else {}
    made = create_engine(url, connect_args=waits, **pool)
    readonly.listen(made)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _beginning(patience(url)))
    return made


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; the driver's own habit breaks DDL and the write lock
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")  # sorting goes on where the disk is full
    connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """WAL, so that viewers read while somebody uploads. Two first openings may collide: SQLite does not wait here."""
    for _ in range(50):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.02)


def _beginning(seconds: float) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            readonly.insist_writable(connection)
            driver = connection.connection.dbapi_connection
            assert isinstance(driver, sqlite3.Connection)
            _begin_writing(driver, seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    return begin


def _begin_writing(driver: sqlite3.Connection, seconds: float) -> None:
    until = time.monotonic() + seconds
    (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not _busy(error) or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(0.001, _PAUSE))
    finally:
        driver.execute(f"PRAGMA busy_timeout = {usual}")


def _busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Room:
    """Keeps the -wal file of one database small, after a change is saved and for nobody to wait long."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self._wal = engine, Path(f"{path}-wal")
        self._not_before = 0.0

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A change is made inside; afterwards the -wal file is no larger than it must be, however the change ended."""
        try:
            yield
        except BaseException as error:
            self.give_back(error)
            raise
        self.make()

    def make(self) -> None:
        """Bring what the -wal file holds into the database, where it has grown beyond its limit.

        What was saved is saved: nothing that goes wrong here, such as a disk that is full, is anybody's failure.
        """
        if self._size() <= WAL_LIMIT or time.monotonic() < self._not_before:
            return
        if not self._emptied():  # a reader stays long, or the disk is full
            self._not_before = time.monotonic() + _AGAIN_SECONDS

    def give_back(self, error: BaseException) -> None:
        """After a change for which the disk was too full: what it wrote in vain is let go, that others may write."""
        driver = getattr(error, "orig", error)
        if getattr(driver, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            self._emptied()

    def _emptied(self) -> bool:
        try:
            return self._empty()
        except (SQLAlchemyError, sqlite3.Error):
            return False

    def _empty(self) -> bool:
        """Whether it could be emptied. New readers are not kept waiting: they read the database itself meanwhile."""
        borrowed = self._engine.raw_connection()
        try:
            driver = borrowed.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute(f"PRAGMA busy_timeout = {int(_ROOM_SECONDS * 1000)}")
            try:
                return driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
            finally:
                driver.execute(f"PRAGMA busy_timeout = {usual}")
        finally:
            borrowed.close()

    def _size(self) -> int:
        try:
            return os.stat(self._wal).st_size
        except OSError:
            return 0
