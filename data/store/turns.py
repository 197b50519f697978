"""Writers of one process take turns in the order they came, so that none starves while others overtake it."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary


class Turns:
    """A lock that is fair: first come, first served."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait for the turn, at most ``patience`` seconds, and pass it on when done.

        Raises sqlite3.OperationalError, as SQLite itself does where it waited in vain.
        """
        self._wait(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, patience: float) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                raise sqlite3.OperationalError("database is locked: the turn did not come in time")

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_OF: WeakValueDictionary[str, Turns] = WeakValueDictionary()
_MAKING = threading.Lock()


def turns_at(path: str) -> Turns:
    """The turns at one database file: one for the process, however often the file is opened."""
    with _MAKING:
        found = _OF.get(path)
        if found is None:
            found = _OF[path] = Turns()
        return found
