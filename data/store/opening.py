"""The store opened for an office: looked at before anything is written, backed up before its tables are changed.

Where it is torn it is not opened at all. Where its pages are whole but something in it was touched, it is opened to be read.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from data.command_line import line
from data.store import migrate
from data.store.backup.files import backup_folder, free_name
from data.store.backup.making import make
from data.store.database import Database
from data.store.health import Health, health
from data.store.location import database_url, sqlite_path
from data.store.problem import StoreProblem
from data.store.store import Store

WRITE_ANYWAY = "HENGXIAO_WRITE_ANYWAY"
"""Set to 1 by whoever has looked into what was touched, put it on paper, and goes on with it."""
_READ_ONLY = "系统现为只读：启动时发现数据可能被改动过，本次操作未生效。请管理员按首页顶部的提示处理后再办理。"
_TORN = ("unreadable", "schema", "pages")


class Torn(StoreProblem):
    """The database cannot be used: nothing of it was changed."""


def open_sound(url: str | None = None) -> tuple[Store, Health]:
    """Open the store and what a look at it found; a store that was touched is opened but takes no change.

    Raises Torn where it cannot be read or a newer program made it, StoreProblem where its tables could not be brought up.
    """
    database = Database(url or database_url())
    try:
        found = health(database)
        if torn := [trouble.words for trouble in found.troubles if trouble.kind in _TORN]:
            raise Torn("\n".join(torn))
        _bring_up(database, found)
    except BaseException:
        database.close()
        raise
    if not found.well and os.environ.get(WRITE_ANYWAY, "").strip() != "1":
        database.frozen = _READ_ONLY
    return Store(database), found


def _bring_up(database: Database, found: Health) -> None:
    """Bring the tables up; what is in them is backed up before, so that the earlier program can have it back."""
    with database.reading() as connection:
        old = migrate.stands(connection) and not migrate.is_current(connection)
    if old and not found.well:
        raise Torn("\n".join(trouble.words for trouble in found.troubles))
    if old and _holds_anything(database):
        try:
            make(database, free_name(backup_folder(), datetime.now(UTC)))
        except StoreProblem as problem:
            raise StoreProblem(f"升级数据表之前须先自动备份，备份未成功，因此没有升级，数据未作任何改动。{problem}") from problem
    migrate.bring_up(database)


def _holds_anything(database: Database) -> bool:
    with database.reading() as connection:
        return connection.exec_driver_sql("SELECT 1 FROM assessment").first() is not None


def restore_line(backup: str, url: str | None = None) -> str:
    """The line to type in the program's folder to restore this backup in place of the database in use."""
    ours = sqlite_path(url or database_url()) is not None
    return line(f'restore "{backup}" ' + ("--replace" if ours else "--to 新建的空数据库地址"))
