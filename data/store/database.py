"""The connection: one engine, transactions that read one moment, and transactions that write one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from data.access import LOCAL, Person
from data.store import sqlite
from data.store.postgres.engine import NAMES, READS, WRITES, make_engine, unhurried
from data.store.postgres.failures import UNREACHABLE, failure_of
from data.store.problem import StoreProblem, Unconfirmed, Unreachable, plainly
from data.store.turns import turns_at

DECIDE_SECONDS, DECIDE_PAUSE = 3.0, 0.1
"""How long a lost COMMIT is looked for, and the seconds between two looks while nobody answers."""
Landed = Callable[[Connection], bool]
_UNCONFIRMED = (
    "保存时与数据库的连接中断，暂时无法确认本次操作是否已经生效。请在数据库恢复后先查看上报记录或操作日志，"
    "没有本次操作的再重新办理，以免重复。"
)


class Database:
    """Reads see one moment; writers queue, so that two never build on the same state.

    On SQLite (``one_file``) they queue for its write lock at BEGIN, elsewhere for the row of ``log_head``.

    ``person`` is on whose behalf it is used: every change asks it, and none can say otherwise.
    """

    def __init__(self, address: str) -> None:
        url = _parsed(address)
        self.engine = _engine(url)
        self.person = LOCAL
        self.frozen = ""  # why it takes no change, in Chinese; "" while it does
        self.one_file = self.engine.dialect.name == "sqlite"
        self._reader = self.engine if self.one_file else self.engine.execution_options(**READS)
        self._writer = self.engine.execution_options(**({sqlite.WRITES: True} if self.one_file else WRITES))
        path = sqlite.path_of(url) if self.one_file else None
        self._turns = turns_at(str(path)) if path else None
        self._patience = sqlite.patience(url) if path else 0.0
        self._room = sqlite.Room(self.engine, path) if path else None

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
        if self.frozen:
            raise StoreProblem(self.frozen)
        with plainly(), self._turn(), self._roomy():
            with self._writer.connect() as connection, connection.begin() as transaction:
                yield connection
                lost = _unanswered(transaction)
            if lost is not None:
                self._decide(landed, lost)

    def _turn(self) -> AbstractContextManager[None]:
        """The turn to write, before a connection is taken: those who wait for it leave the pool to the readers."""
        return self._turns.turn(self._patience) if self._turns else nullcontext()

    def _roomy(self) -> AbstractContextManager[None]:
        """Afterwards SQLite's own files are brought back to size."""
        return self._room.kept() if self._room else nullcontext()

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
    if not transaction.is_active:
        return None  # the change found nothing to do and took itself back
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
            return sqlite.engine(url)
        return make_engine(url) if url.drivername in NAMES else create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreProblem(
            f"没有安装数据库“{url.get_backend_name()}”的驱动。请安装后重新启动，或改用默认的 SQLite。"
        ) from error
