"""A connection that never waits on a silent server: the client keeps its own time.

A frozen server (stopped process, hung disk, half-dead host) still acknowledges TCP, so neither the network nor a timeout
that the server would have to keep ever ends the wait.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.waiting import READY_NONE

T = TypeVar("T")

SILENCE = 4.0
"""Seconds without a byte from the server after which it is given up. It may take longer as long as it keeps sending."""


class SilentError(OperationalError):
    """The server has said nothing for too long; the connection was closed. What it still does with its last order, nobody knows."""


class WatchedConnection(Connection[Any]):
    """psycopg's connection, closed with a ``SilentError`` once the server has been silent for ``silence`` seconds."""

    silence = SILENCE

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Every statement, COMMIT and ROLLBACK waits here."""
        try:
            return super().wait(_watched(gen, self.silence), interval, timeout)
        except SilentError:
            self.pgconn.finish()
            raise


def _watched(gen: PQGen[T], silence: float) -> Generator[Any, Any, T]:
    """The same steps, ended by a SilentError when nothing could be read or written for so many seconds.

    psycopg wakes a waiting step every ``interval`` with READY_NONE, whatever the server does.
    """
    try:
        wanted, last = next(gen), monotonic()
        while True:
            ready = yield wanted
            if ready != READY_NONE:
                last = monotonic()
            elif monotonic() - last > silence:
                raise SilentError("the server has been silent for too long")
            wanted = gen.send(ready)
    except StopIteration as done:
        return done.value
