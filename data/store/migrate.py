"""Bring a database to the tables this program knows; refuse one that a newer program made.

Alembic runs from here, never from an ini file, so that it does not matter where the program was started.
"""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from data.store.database import Database
from data.store.problem import StoreProblem
from data.store.tables import metadata

_FOLDER = Path(__file__).resolve().parent / "migrations"
_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps its context in module globals
TRIES = 4  # whoever loses has waited until the winner's tables were there
_NEWER = (
    "数据库由更新的版本创建（结构版本 {found}），本程序无法使用，未作任何改动。"
    "请升级程序，或使用与本程序版本相应的备份。"
)
_FOREIGN = "该数据库中已有同名的数据表（{names}），不是本系统建立的，未作任何改动。请另行指定数据库或数据文件夹。"


class Newer(StoreProblem):
    """A newer program made the database: only such a one can use it."""


def stands(connection: Connection) -> bool:
    """Whether the database is a store, of this schema or an earlier one. Raises StoreProblem where it is another's, Newer."""
    _is_current(connection)
    return bool(MigrationContext.configure(connection).get_current_heads())


def bring_up(database: Database) -> None:
    """Apply what is missing, in one transaction. A database already up to date is only read, so may be read-only.

    Where another process does the same at this moment, one of the two comes first; the other waits, or fails upon tables
    that are there all at once, looks again and finds them as it wants them.
    """
    tries = 1 if database.one_file else TRIES
    while not _found_current(database):
        tries -= 1
        try:
            _upgrade(database)
        except (StoreProblem, CommandError):
            if not tries:
                raise


def _found_current(database: Database) -> bool:
    with database.reading() as connection:
        return _is_current(connection)


def _upgrade(database: Database) -> None:
    with _ONE_AT_A_TIME, database.migrating() as connection:
        if not _is_current(connection):  # another process may have been first
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_current(connection: Connection) -> bool:
    script = ScriptDirectory.from_config(_config())
    found = set(MigrationContext.configure(connection).get_current_heads())
    strange = found - {revision.revision for revision in script.walk_revisions()}
    if strange:
        raise Newer(_NEWER.format(found="、".join(sorted(strange))))
    if not found:
        _insist_free(connection)
    return found == set(script.get_heads())


def _insist_free(connection: Connection) -> None:
    taken = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if taken:
        raise StoreProblem(_FOREIGN.format(names="、".join(taken)))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
