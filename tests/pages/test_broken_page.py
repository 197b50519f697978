"""A database that cannot be used or was touched: words and a way out on the screen, never a traceback, never silence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import OVERVIEW
from data.command_line import PROGRAM, line
from data.store import Store, StoreProblem
from data.store.location import FILE_NAME
from data.store.opening import Torn, open_sound
from tests.pages import builders
from tests.pages.county_hands import APP, text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A closed database of one assessment, with one backup."""
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with Store.open() as store:
        builders.county(store)
        store.back_up(None, "张三")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield tmp_path
    st.cache_resource.clear()
    st.cache_data.clear()


def started() -> AppTest:
    st.cache_resource.clear()
    return AppTest.from_file(APP, default_timeout=60).run()


def spoil(folder: Path, at: int, content: bytes) -> None:
    with (folder / FILE_NAME).open("r+b") as file:
        file.seek(at)
        file.write(content)


def page_of(folder: Path, name: str) -> int:
    """Where the root page of a table begins in the file."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        (number,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return (number - 1) * size


@pytest.mark.parametrize("where", ["header", "schema", "submission", "log", "assessment", "cut short", "nothing left"])
def test_a_torn_database_is_told_with_the_line_that_restores_it(folder: Path, where: str) -> None:
    path = folder / FILE_NAME
    if where == "header":
        spoil(folder, 0, b"\xff" * 40)
    elif where == "schema":
        spoil(folder, 100, b"\xff" * 400)
    elif where == "cut short":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif where == "nothing left":
        path.write_bytes(b"\0" * 9000)
    else:
        spoil(folder, page_of(folder, where), b"\xff" * 64)
    before = path.read_bytes()
    at = started()
    assert not at.exception
    told = text(at)
    assert [title.value for title in at.title] == ["数据库无法使用"]
    assert "没有改动任何数据" in told
    (backup,) = (folder / "backups").iterdir()
    (restored,) = (each.value for each in at.code if "restore" in each.value)
    assert restored == line(f'restore "{backup}" --replace')
    assert line("verify") in [each.value for each in at.code]
    assert str(PROGRAM) in told.replace("\\", "")
    assert path.read_bytes() == before


def test_a_touched_log_row_is_told_on_every_page_and_nothing_is_taken(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("DROP TRIGGER log_no_update")
        connection.execute("UPDATE log SET actor = '别人' WHERE seq = 3")
        connection.commit()
    at = started().switch_page(OVERVIEW).run()
    assert not at.exception
    assert "数据可能被改动过" in text(at)
    assert "系统现为只读" in str([each.label for each in at.expander])
    store, found = open_sound()
    assert {trouble.kind for trouble in found.troubles} == {"guard", "log"}
    with store, pytest.raises(StoreProblem, match="系统现为只读"):
        store.set_setting(1, "k", "v", "张三")


def test_whoever_has_looked_into_it_may_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("DROP TRIGGER log_no_update")
    monkeypatch.setenv("HENGXIAO_WRITE_ANYWAY", "1")
    store, found = open_sound()
    with store:
        assert not found.well
        assert store.set_setting(1, "k", "v", "张三").value == "v"


def test_without_a_backup_the_way_out_says_so(folder: Path) -> None:
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    spoil(folder, 0, b"\xff" * 40)
    told = text(started())
    assert "没有找到备份" in told


def test_a_sound_database_shows_nothing_of_it(folder: Path) -> None:
    at = started()
    assert not at.exception
    assert "数据可能被改动过" not in text(at)
    assert "只读" not in str([each.label for each in at.expander])


def test_a_newer_schema_is_refused_and_left_alone(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    with pytest.raises(Torn, match="更新的版本"):
        open_sound()
