"""The connection: one engine, transactions that read one moment, and transactions that write one at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from data.access import LOCAL, Person
from data.store.location import make_folder
from data.store.postgres.engine import NAMES, READS, WRITES, make_engine, unhurried
from data.store.postgres.failures import UNREACHABLE, failure_of
from data.store.problem import StoreProblem, Unconfirmed, Unreachable, plainly

BUSY_SECONDS = 10.0
DECIDE_SECONDS, DECIDE_PAUSE = 3.0, 0.1
"""How long a lost COMMIT is looked for, and the seconds between two looks while nobody answers."""
Landed = Callable[[Connection], bool]
_UNCONFIRMED = (
    "保存时与数据库的连接中断，暂时无法确认本次操作是否已经生效。请在数据库恢复后先查看上报记录或操作日志，"
    "没有本次操作的再重新办理，以免重复。"
)
_WRITES = "hengxiao_writes"


class Database:
    """Reads see one moment; writers queue, so that two never build on the same state.

    On SQLite (``one_file``) they queue for its write lock at BEGIN, elsewhere for the row of ``log_head``.

    ``person`` is on whose behalf it is used: every change asks it, and none can say otherwise.
    """

    def __init__(self, address: str) -> None:
        self.engine = _engine(_parsed(address))
        self.person = LOCAL
        self.one_file = self.engine.dialect.name == "sqlite"
        self._reader = self.engine if self.one_file else self.engine.execution_options(**READS)
        self._writer = self.engine.execution_options(**({_WRITES: True} if self.one_file else WRITES))

    def by(self, person: Person) -> Database:
        """The same database, used on behalf of this person."""
        other = copy(self)
        other.person = person
        return other

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with plainly(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, landed: Landed | None = None) -> Iterator[Connection]:
        """A transaction that writes: all of it on leaving, nothing of it after any exception but ``Unconfirmed``.

        ``landed`` says of a later transaction whether it sees what this one wrote. It is asked only where the connection
        was lost while COMMIT had no answer yet: then that alone decides between done and not done.
        """
        with plainly():
            with self._writer.connect() as connection, connection.begin() as transaction:
                yield connection
                lost = _unanswered(transaction)
            if lost is not None:
                self._decide(landed, lost)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """As ``writing``, for a change of the tables themselves: it may take as long as it needs."""
        with self.writing() as connection, nullcontext() if self.one_file else unhurried(connection):
            yield connection

    def _decide(self, landed: Landed | None, lost: SQLAlchemyError) -> None:
        """Leave where the change is there, raise Unreachable where it is not and never will be, else Unconfirmed."""
        until = time.monotonic() + DECIDE_SECONDS
        while landed is not None:
            try:
                with self._writer.connect() as connection:
                    if landed(connection):
                        return
                raise Unreachable(UNREACHABLE) from lost
            except SQLAlchemyError:
                if time.monotonic() > until:
                    break
                time.sleep(DECIDE_PAUSE)
        raise Unconfirmed(_UNCONFIRMED) from lost

    def close(self) -> None:
        self.engine.dispose()


def _unanswered(transaction: RootTransaction) -> SQLAlchemyError | None:
    """Commit. The error where the database was lost and so may or may not have committed; any other is raised."""
    try:
        transaction.commit()
    except SQLAlchemyError as error:
        failure = failure_of(error)
        if failure is None or failure.kind != "lost":
            raise
        return error
    return None


def _parsed(address: str) -> URL:
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StoreProblem(
            "数据库地址（DATABASE_URL）写法有误，例如 sqlite:////data/hengxiao.db。请改正后重新启动。"
        ) from error


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        return make_engine(url) if url.drivername in NAMES else create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreProblem(
            f"没有安装数据库“{url.get_backend_name()}”的驱动。请安装后重新启动，或改用默认的 SQLite。"
        ) from error


def _sqlite(url: URL) -> Engine:
    if url.database and not url.database.startswith(("file:", ":memory:")):
        make_folder(Path(url.database).parent)
    waits = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 30} if url.database else {}
    engine = create_engine(url, connect_args=waits, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; the driver's own habit breaks DDL and the write lock
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
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


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
