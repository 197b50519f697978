"""The connection: one engine, transactions that read one moment, and transactions that write one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data.access import LOCAL, Person
from data.store import sqlite
from data.store.problem import StoreProblem, plainly
from data.store.turns import turns_at


class Database:
    """Reads see one moment; writes take SQLite's write lock at once, so that two never build on the same state.

    ``person`` is on whose behalf it is used: every change asks it, and none can say otherwise.
    """

    def __init__(self, address: str) -> None:
        url = _parsed(address)
        self.engine = _engine(url)
        self.person = LOCAL
        self._writer = self.engine.execution_options(**{sqlite.WRITES: True})
        path = sqlite.path_of(url) if url.get_backend_name() == "sqlite" else None
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
        with plainly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it on leaving, nothing of it after any exception."""
        with plainly(), self._turn():
            with self._writer.begin() as connection:
                yield connection
            if self._room:
                self._room.make()

    def _turn(self) -> AbstractContextManager[None]:
        """The turn to write, before a connection is taken: those who wait for it leave the pool to the readers."""
        return self._turns.turn(self._patience) if self._turns else nullcontext()

    def close(self) -> None:
        self.engine.dispose()


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
        return create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreProblem(
            f"没有安装数据库“{url.get_backend_name()}”的驱动。请安装后重新启动，或改用默认的 SQLite。"
        ) from error
