"""Whether what is kept is sound: asked at every start, so bounded by size, and again at leisure for all of it.

Nothing here writes. What is found is told in Chinese, each with its remedy; the caller decides whether to go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from data.store import log, migrate
from data.store.database import Database
from data.store.problem import StoreProblem
from data.store.tables import log as log_table
from data.store.tables import log_head, metadata

Kind = Literal["unreadable", "schema", "pages", "references", "guard", "log"]

SMALL = 256 * 1024 * 1024
"""Bytes up to which every page of a SQLite file is looked at; of a larger one all but the uploaded files are."""
TAIL = 500
"""How many of the newest log entries are proved at a start; ``Store.verify_log`` proves all of them."""
_BULKY = "original"
_SAID = 3  # findings quoted of one check
_BACKUP = "请停止使用，把数据文件夹整个另存备查，再用最近的备份恢复。"
_GUARDS = {"log_no_update", "log_no_delete"}


@dataclass(frozen=True)
class Trouble:
    """One thing that is not as it should be. ``words`` says what and how to mend it, in Chinese."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Health:
    """What a look at the database found. ``whole``: no page was passed over for the file's size."""

    troubles: tuple[Trouble, ...] = ()
    whole: bool = True

    @property
    def well(self) -> bool:
        """Whether nothing was found."""
        return not self.troubles


def health(database: Database, *, thorough: bool = False) -> Health:
    """Look at the pages, the references, the schema, the log's guards and its newest entries.

    Cheap enough for a start: at most ``SMALL`` bytes of pages and ``TAIL`` entries, unless ``thorough`` asks for all.
    Never raises StoreProblem: that it cannot be read at all is a Trouble, too. A database that has no tables yet is well.
    """
    try:
        with database.reading() as connection:
            if not migrate.stands(connection):
                return Health()
            lite = connection.dialect.name == "sqlite"
            whole = thorough or not lite or _bytes(connection) <= SMALL
            found = [*(_of_sqlite(connection, whole) if lite else ()), *_of_log(connection, None if thorough else TAIL)]
            return Health(tuple(found), whole)
    except migrate.Newer as problem:
        return Health((Trouble("schema", str(problem)),))
    except StoreProblem as problem:
        return Health((Trouble("unreadable", str(problem)),))


def _of_sqlite(connection: Connection, whole: bool) -> Iterator[Trouble]:
    if torn := _torn(connection, whole):
        yield Trouble("pages", f"数据库文件有损坏（{_few(torn)}）。{_BACKUP}")
        return  # what else is found in a torn file says nothing
    dangling = [row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if dangling:
        tables = _few(sorted(set(dangling)))
        yield Trouble("references", f"数据库中有{len(dangling)}条记录缺少所依据的内容（数据表 {tables}），可能被其他程序改动过。{_BACKUP}")
    kept = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    if not set(kept) >= _GUARDS:
        yield Trouble("guard", "操作日志的防改动保护已被去除，日志可能被改动过。请核对操作日志，并用最近的备份恢复。")


def _torn(connection: Connection, whole: bool) -> list[str]:
    """What SQLite says of its pages, each finding a line; of a large file, of every table but that of the files."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    checks = [""] if whole else [f"({name})" for name in tables if name in metadata.tables and name != _BULKY]
    said = [line for one in checks for line in connection.exec_driver_sql(f"PRAGMA quick_check{one}").scalars()]
    return [line for line in said if line != "ok"]


def _bytes(connection: Connection) -> int:
    pages, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0 for name in ("page_count", "page_size"))
    return pages * size


def _of_log(connection: Connection, tail: int | None) -> Iterator[Trouble]:
    """The head names the newest entry, no number is missing, and the newest entries follow from each other."""
    broken = log.first_break(connection, tail)
    count = connection.execute(select(func.count()).select_from(log_table)).scalar_one()
    head = connection.execute(select(log_head.c.seq)).scalar()
    if broken is not None:
        yield Trouble("log", f"操作日志自第{broken.seq}条起与校验值不符，可能被改动或缺失。请在“操作日志”核对，并用最近的备份恢复。")
    elif count != head:
        yield Trouble("log", f"操作日志应有{head or 0}条，现有{count}条，可能被改动或缺失。请在“操作日志”核对，并用最近的备份恢复。")


def _few(names: list[str]) -> str:
    shown = "；".join(names[:_SAID])
    return f"{shown} 等{len(names)}处" if len(names) > _SAID else shown
