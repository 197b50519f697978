"""登录: each time somebody signed in, when the person was last there, and when and why it ended.

The browser's cookie says who somebody is; this record says whether that still holds. A sign-in that has ended stays
ended, for every copy of its cookie and on every replica. It is no change of anything, so the 操作日志 has none of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store.database import Database
from data.store.people_records import Ending, SignIn
from data.store.problem import StoreProblem
from data.store.tables import sign_in

CURRENT, ENDED = "current", "ended"


def one(connection: Connection, key: str) -> SignIn | None:
    """The sign-in of this key, or None where it is new."""
    row = connection.execute(select(sign_in).where(sign_in.c.key == key)).one_or_none()
    return None if row is None else _told(row)


def recent(connection: Connection, most: int) -> list[SignIn]:
    """The last sign-ins, newest first."""
    return [_told(row) for row in connection.execute(select(sign_in).order_by(sign_in.c.id.desc()).limit(most))]


def begin(database: Database, key: str, account: str, name: str, at: datetime) -> None:
    """Record that somebody signed in. What is on record already stays as it is: two tabs may come at once."""
    row = {"key": key, "account": account, "name": name, "state": CURRENT, "began": at, "seen": at, "why": ""}
    try:
        with database.writing() as connection:
            if one(connection, key) is None:
                connection.execute(insert(sign_in).values(**row))
    except StoreProblem as problem:
        if not isinstance(problem.__cause__, IntegrityError):
            raise


def seen(database: Database, key: str, at: datetime) -> None:
    """Record that the person was there; never for a sign-in that has ended."""
    later = sign_in.c.key == key, sign_in.c.state == CURRENT, sign_in.c.seen < at
    with database.writing() as connection:
        connection.execute(update(sign_in).where(*later).values(seen=at))


def end(database: Database, key: str, why: Ending, at: datetime) -> None:
    """End a sign-in, once: the first reason stays."""
    stands = sign_in.c.key == key, sign_in.c.state == CURRENT
    with database.writing() as connection:
        connection.execute(update(sign_in).where(*stands).values(state=ENDED, ended=at, why=why))


def _told(row: Row[Any]) -> SignIn:
    return SignIn(row.key, row.account, row.name, row.began, row.seen, row.ended, row.why)
