"""The way back from a backup: into an empty place only, proved before and after, and nothing of what was there deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, delete, func, insert, select, text
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import ArgumentError

from data.beijing import BEIJING
from data.store import migrate
from data.store.backup.contents import MANIFEST, Told, shapes, told_of
from data.store.backup.files import beside, disk, put_in_place, without
from data.store.backup.manifest import Manifest
from data.store.backup.reading import break_of, insist_whole, manifest_of, read_only, unpack
from data.store.change import changing
from data.store.database import Database
from data.store.location import FILE_NAME, data_folder, make_folder, sqlite_path, sqlite_url
from data.store.problem import StoreProblem, plainly
from data.store.tables import log_head, metadata

VERB = "恢复备份"
_BUSY = "“{path}”仍有程序打开着，不能换下。请先停止衡效（及其他打开该文件的程序），再重试。"
_TAKEN = "“{where}”中已有数据，没有恢复，也未作任何改动。请恢复到空的数据库或新的文件夹（--to）"
_ENDS = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What was restored and where; ``aside`` is where the earlier file went, ``revision`` the schema's now."""

    manifest: Manifest
    where: str
    revision: str
    aside: Path | None = None


def restore(backup: Path, url: str, actor: str, *, replace: bool = False) -> Restored:
    """Restore into the database at ``url``, which must be empty; ``replace`` renames an earlier SQLite file aside.

    Everything is proved before anything is touched: the manifest, every table's hash, the log's chain; afterwards every
    row count and hash again. Raises StoreProblem.
    """
    address = _parsed(url)
    on_sqlite = address.get_backend_name() == "sqlite"
    if replace and not on_sqlite:
        raise StoreProblem("--replace 只用于 SQLite 文件。恢复到 PostgreSQL 的，请先建立一个空的数据库，再写在 --to。")
    place = sqlite_path(url) if on_sqlite else data_folder() / FILE_NAME
    if place is None:
        raise StoreProblem("没有指明要恢复到哪个文件。请写明数据库文件或文件夹（--to）。")
    part = beside(place, "restore")
    try:
        with disk(place):
            return _restored(backup, part, address, place if on_sqlite else None, actor, replace)
    finally:
        without(part)


def _restored(backup: Path, part: Path, address: URL, place: Path | None, actor: str, replace: bool) -> Restored:
    """``place`` is the SQLite file to be, None for another engine."""
    aside = _to_be_moved(place, replace) if place else None
    unpack(backup, part)
    manifest = manifest_of(part)
    insist_whole(part, manifest)
    _strip(part)
    revision, told = _brought_up(part, manifest)
    if place is None:
        where = address.render_as_string(hide_password=True)
        _fill(address.render_as_string(hide_password=False), part, told, where)
        _record(address.render_as_string(hide_password=False), backup, manifest, actor)
        return Restored(manifest, where, revision)
    _record(sqlite_url(part), backup, manifest, actor)
    _fold(part)
    if aside:
        _move_aside(place, aside)
    put_in_place(part, place)
    return Restored(manifest, str(place), revision, aside)


def target_url(named: str | None, fallback: str) -> str:
    """What somebody wrote as the place to restore to: an address, a folder, a file; nothing written is ``fallback``."""
    if not named:
        return fallback
    if "://" in named:
        return named
    path = Path(named).expanduser().resolve()
    return sqlite_url(path if path.suffix == ".db" else path / FILE_NAME)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StoreProblem("数据库地址（--to 或 DATABASE_URL）写法有误，例如 sqlite:////data/hengxiao.db。请改正后重试。") from error


def _to_be_moved(place: Path, replace: bool) -> Path | None:
    """Where the file that lies there now will go; None where there is nothing to keep. Raises StoreProblem."""
    make_folder(place.parent)
    if not place.exists() or (place.stat().st_size == 0 and not place.with_name(place.name + "-wal").exists()):
        place.unlink(missing_ok=True)
        return None
    if not replace:
        if _is_empty_store(place):
            return _aside(place)
        raise StoreProblem(_TAKEN.format(where=place) + "，或加 --replace：原有文件改名留存，不会删除。")
    return _aside(place)


def _aside(place: Path) -> Path:
    when = f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}"
    names = (f"{place.stem}.{when}{extra}.old{place.suffix}" for extra in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in map(place.with_name, names) if not path.exists())


def _is_empty_store(place: Path) -> bool:
    """Whether the file is a store of ours in which nothing ever happened, as a first start leaves it."""
    try:
        with closing(sqlite3.connect(place)) as connection:
            return connection.execute("SELECT count(*) FROM log").fetchone() == (0,)
    except sqlite3.Error:
        return False


def _strip(part: Path) -> None:
    """Without the manifest it is a database as any other."""
    with plainly(), closing(sqlite3.connect(part)) as connection:
        connection.execute(f"DROP TABLE {MANIFEST}")
        connection.commit()


def _brought_up(part: Path, manifest: Manifest) -> tuple[str, dict[str, Told]]:
    """Migrate the copy to this program's tables; returns the revision and what each table now holds."""
    database = Database(sqlite_url(part))
    try:
        migrate.bring_up(database)
        with database.reading() as connection:
            revision = migrate.revision_of(connection)
            told = told_of(connection, _shapes(part))
            broken = break_of(connection)
    finally:
        database.close()
    fewer = [name for name in manifest.tables if name in told and told[name].rows != manifest.count(name)]
    same = revision != manifest.revision or told == manifest.tables
    if fewer or not same or broken != manifest.log_break:
        raise StoreProblem("升级备份的结构之后核对不一致，没有恢复，也未作任何改动。请用备份时的程序版本恢复，并将本提示交管理员。")
    return revision, told


def _shapes(part: Path) -> tuple[Any, ...]:
    with closing(sqlite3.connect(part)) as raw:
        return shapes(raw)


def _fold(part: Path) -> None:
    """One file and nothing beside it."""
    with plainly(), closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _move_aside(place: Path, aside: Path) -> None:
    """Rename what lies there, with what belongs to it; refused while anybody has it open."""
    try:
        with closing(sqlite3.connect(place, timeout=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # takes the file for itself, and the last of its writes into it
    except sqlite3.Error as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreProblem(_BUSY.format(path=place)) from error
        # A damaged file says so here: it goes aside as it is.
    for end in _ENDS:
        if (old := place.with_name(place.name + end)).exists():
            old.rename(aside.with_name(aside.name + end))


def _fill(url: str, part: Path, told: Mapping[str, Told], where: str) -> None:
    """Copy the rows into an empty database of another engine, in one transaction, and compare before it is committed."""
    target = Database(url)
    try:
        migrate.bring_up(target)
        with read_only(part) as source, target.migrating() as connection:
            _insist_empty(connection, where)
            connection.execute(delete(log_head))
            for table in metadata.sorted_tables:
                _pour(source, connection, table)
            _count_on(connection)
            if told_of(connection, _shapes(part)) != told:
                raise StoreProblem("恢复后逐表核对不一致，已全部撤回，数据库仍是空的。请重试；仍不成功的，请将本提示交管理员。")
    finally:
        target.close()


def _insist_empty(connection: Connection, where: str) -> None:
    for table in metadata.sorted_tables:
        if table is not log_head and connection.execute(select(func.count()).select_from(table)).scalar():
            raise StoreProblem(_TAKEN.format(where=where) + "。")


def _pour(source: Connection, target: Connection, table: Any) -> None:
    (key,), size = table.primary_key.columns, 20 if table.name in ("original", "geography") else 500
    query = select(table).order_by(key).limit(size)
    rows = source.execute(query).mappings().all()
    while rows:
        target.execute(insert(table), [dict(row) for row in rows])
        rows = source.execute(query.where(key > rows[-1][key.name])).mappings().all() if len(rows) == size else []


def _count_on(connection: Connection) -> None:
    """Let the database number new rows from after those that were brought with their numbers."""
    for table in metadata.sorted_tables:
        (key,) = table.primary_key.columns
        if connection.dialect.name == "postgresql" and isinstance(key.type, Integer) and key.autoincrement == "auto":
            counter = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
            last = connection.execute(select(func.max(key))).scalar()
            if last is not None and connection.execute(text(f"SELECT {counter}")).scalar():
                connection.execute(text(f"SELECT setval({counter}, :last)"), {"last": last})


def _record(url: str, backup: Path, manifest: Manifest, actor: str) -> None:
    """The restored database says that it is one, and from what: what came after the backup is not in it."""
    database = Database(url)
    try:
        with changing(database, actor, VERB) as change:
            made = manifest.made_at.astimezone(UTC).isoformat(timespec="seconds")
            change.subject = f"由{backup.name}恢复，至日志第{manifest.log_seq}条"
            change.details = {"document": backup.name, "sha256": manifest.sha256, "log_seq": manifest.log_seq, "made_at": made}
    finally:
        database.close()
