"""An office moves from SQLite to PostgreSQL and back by its backups, and every result stays what it was."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.demo import demo_of, load_one
from data.locked import fingerprint
from data.state import load_state
from data.store import Store, StoreProblem
from data.store.backup import inspect_backup, restore
from data.store.backup.contents import MANIFEST
from data.store.backup.reading import unpack
from data.store.location import sqlite_url
from data.verify import verify
from scoring.marks import Sheet
from tests.pg_server import PostgresServer

pytestmark = pytest.mark.slow


def test_to_postgresql_and_back_nothing_is_different(postgres: PostgresServer, tmp_path: Path) -> None:
    first, there, back = sqlite_url(tmp_path / "a.db"), postgres.database(), sqlite_url(tmp_path / "新" / "b.db")
    with Store.open(first) as store:
        for scheme_id in ("jiangmen-2020-county", "ruyuan-2017", "dongxi-2019-city"):
            load_one(store, demo_of(scheme_id))
        before = {one.id: fingerprint(load_state(store, one.id)) for one in store.assessments()}
        out = store.back_up(tmp_path / "甲", "张三")
    restore(out.path, there, "李四")
    with Store.open(there) as shared:
        assert {one.id: fingerprint(load_state(shared, one.id)) for one in shared.assessments()} == before
        assert [one.words for one in verify(shared) if one.weight == "bad"] == []
        new = shared.create_assessment("新的", "s", "t", "h", [], "张三")
        assert new.id == max(before) + 1, "numbers go on after those that were brought"
        home = shared.back_up(tmp_path / "乙", "张三")
    assert (out.manifest.engine, home.manifest.engine) == ("sqlite", "postgresql")
    changed = {name for name in out.manifest.tables if out.manifest.tables[name] != home.manifest.tables[name]}
    assert changed == {"assessment", "log", "log_head"}
    restore(home.path, back, "李四")
    with Store.open(back) as again:
        found = {one.id: fingerprint(load_state(again, one.id)) for one in again.assessments() if one.id != new.id}
        assert found == before
        assert again.verify_log() is None


def test_a_database_on_postgresql_that_holds_anything_is_left_alone(postgres: PostgresServer, tmp_path: Path) -> None:
    there = postgres.database()
    with Store.open(there) as store:
        made = store.create_assessment("甲", "s", "t", "h", [], "张三")
        backup = store.back_up(tmp_path / "甲", "张三").path
        with pytest.raises(StoreProblem, match="已有数据，没有恢复"):
            restore(backup, there, "李四")
        with pytest.raises(StoreProblem, match="--replace 只用于 SQLite"):
            restore(backup, there, "李四", replace=True)
        assert store.assessments() == [made]


def test_a_spoiled_backup_leaves_an_empty_postgresql_empty(postgres: PostgresServer, tmp_path: Path) -> None:
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        store.create_assessment("甲", "s", "t", "h", [], "张三")
        made = store.back_up(tmp_path / "甲.db", "张三")
    spoiled = tmp_path / "坏.db"
    unpack(made.path, spoiled)
    with closing(sqlite3.connect(spoiled)) as connection:
        connection.execute("UPDATE assessment SET name = '乙'")
        connection.commit()
    there = postgres.database()
    with pytest.raises(StoreProblem, match="不一致：assessment"):
        restore(spoiled, there, "李四")
    with Store.open(there) as empty:
        assert empty.assessments() == []
        assert empty.log() == []


def test_a_backup_of_postgresql_made_while_others_write_is_one_moment(
    postgres: PostgresServer, tmp_path: Path, sheet: Callable[..., Sheet]
) -> None:
    with Store.open(postgres.database()) as store:
        made = store.create_assessment("甲", "s", "t", "h", [], "张三")
        stop, done = threading.Event(), []

        def write() -> None:
            while not stop.is_set():
                store.take(made.id, "a.xlsx", f"{len(done)}".encode(), [sheet()], "张三")
                done.append(1)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            backups = [store.back_up(tmp_path, "李四") for _ in range(3)]
        finally:
            stop.set()
            writer.join()
    for at, one in enumerate(backups):
        uploads = one.manifest.log_seq - 1 - at
        assert (one.manifest.count("submission"), one.manifest.count("original")) == (uploads, uploads)
        assert inspect_backup(one.path).log_break is None
    assert MANIFEST not in backups[0].manifest.tables
