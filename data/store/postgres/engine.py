"""The engine: a pool of bounded size that recovers by itself, and what each side does when the other keeps it waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.url import URL

from data.store.postgres.connection import SILENCE, WatchedConnection

NAMES = ("postgresql", "postgres", "postgresql+psycopg")
"""How an address may begin."""

CONNECT_SECONDS, POOL_SECONDS = 3, 3
"""For a new connection (the least that libpq knows is 2), and for a free one of the pool."""
POOL, OVERFLOW, RECYCLE_SECONDS = 10, 10, 1800
"""At most 20 connections a process, so that three replicas fit into the server's usual 100; none older than half an hour."""

UNHURRIED_SECONDS = 900

# What the server does when it is a client that hangs. A waiting writer gives up before this side would call the server
# silent; whoever holds the writers' queue and no longer answers is cut off, so that the others go on.
_SERVER_KEEPS = "SET lock_timeout = '3s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'"


def make_engine(url: URL) -> Engine:
    """The engine for an address whose name is one of ``NAMES``."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS},
        pool_pre_ping=True,  # a connection that died in the pool is replaced before anybody notices
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_timeout=POOL_SECONDS,
        pool_recycle=RECYCLE_SECONDS,
        pool_use_lifo=True,
        use_native_hstore=False,  # spares a question that not every engine answers
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _settle)
    return engine


def _connect(_dialect: object, _record: object, args: list[Any], options: dict[str, Any]) -> WatchedConnection:
    return WatchedConnection.connect(*args, **options)


def _settle(connection: WatchedConnection, _record: object) -> None:
    connection.autocommit = True  # or the settings would go with the next ROLLBACK
    try:
        connection.execute(_SERVER_KEEPS)
    finally:
        connection.autocommit = False


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Inside, this transaction may wait and work for minutes without a word."""
    watched = connection.connection.driver_connection
    assert isinstance(watched, WatchedConnection)
    watched.silence = UNHURRIED_SECONDS
    try:
        for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {name} = '{UNHURRIED_SECONDS}s'")
        yield
    finally:
        watched.silence = SILENCE


READS: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""One moment for all questions of a transaction, and no way to write in it."""

WRITES: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
"""Right because every change first takes the row of ``log_head`` (see ``log.next_link``): writers stand in a queue there,
and each sees, statement by statement, all that those before it committed. Under REPEATABLE READ its sight would begin
before its turn, and every change that had to wait would fail. An engine that gives SERIALIZABLE instead answers 40001
where it must, and the change is begun anew (``change.retried``)."""
