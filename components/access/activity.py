"""When somebody last did something, in this process's memory: the server hears each press of a key, the store only minutes.

The server (``serving``) notes what comes from a person, and nothing that a page does by itself.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock

MOST = 20_000
"""How many sign-ins are remembered; beyond them the oldest fall back on what the store has."""

_lock = Lock()
_heard: dict[str, datetime] = {}
_judged: dict[str, datetime] = {}
_listening = False


def listen() -> None:
    """Say that a server notes activity in this process. Without one nobody may sign in: nothing would bound it."""
    global _listening
    _listening = True


def listening() -> bool:
    """Whether a server notes activity here."""
    return _listening


def note(key: str, at: datetime) -> None:
    """Something was done just now under this sign-in; whether it came in time is judged by ``standing``."""
    with _lock:
        _put(_heard, key, at)


def take(key: str) -> datetime | None:
    """The last that was done and not yet judged."""
    with _lock:
        return _heard.pop(key, None)


def judge(key: str, at: datetime) -> None:
    """It came in time."""
    with _lock:
        _put(_judged, key, at)


def judged(key: str) -> datetime | None:
    """The last that came in time, as far as this process knows."""
    with _lock:
        return _judged.get(key)


def forget(key: str) -> None:
    """The sign-in has ended."""
    with _lock:
        _heard.pop(key, None)
        _judged.pop(key, None)


def _put(book: dict[str, datetime], key: str, at: datetime) -> None:
    book.pop(key, None)
    book[key] = at
    if len(book) > MOST:
        del book[next(iter(book))]
