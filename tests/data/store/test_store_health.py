"""The look at every start: a sound store passes, and each kind of damage is told with its remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from data.store import Assessment, Store, health
from data.store.database import Database
from data.store.health import Health
from scoring.marks import Sheet

Make = Callable[..., Sheet]


@pytest.fixture
def url(file: str) -> str:
    """Only a file: PostgreSQL has trials of its own."""
    return file


@pytest.fixture
def path(url: str, store: Store, assessment: Assessment, sheet: Make) -> Path:
    """The file of a closed store with five sheets in it, three of them one after the other."""
    for score in ("80", "81", "82"):
        store.take(assessment.id, f"{score}.xlsx", score.encode() * 9000, [sheet(score=score)], "张三")
    store.take(assessment.id, "二.xlsx", b"x", [sheet("江海区"), sheet("鹤山市")], "张三")
    store.close()
    return Path(url.removeprefix("sqlite:///"))


def test_a_sound_store_is_well(path: Path) -> None:
    assert _look(path) == Health((), whole=True)
    assert _look(path, thorough=True).well


def test_a_database_yet_to_be_made_is_well(tmp_path: Path) -> None:
    assert _look(tmp_path / "new.db").well


def test_the_look_writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    _look(path, thorough=True)
    assert path.read_bytes() == before


def test_of_a_large_file_all_but_the_uploaded_files_is_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SMALL", 1000)
    assert _look(path) == Health((), whole=False)
    assert _look(path, thorough=True).whole
    _tear(path, "submission_one_taken")
    assert [trouble.kind for trouble in _look(path).troubles] == ["pages"]


def test_a_torn_page_is_said_with_its_remedy(path: Path) -> None:
    _tear(path, "setting_one_current")
    (trouble,) = _look(path).troubles
    assert trouble.kind == "pages"
    assert "有损坏" in trouble.words
    assert "备份恢复" in trouble.words


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("这不是数据库" * 200, encoding="utf-8")
    (trouble,) = _look(tmp_path / "a.db").troubles
    assert trouble.kind == "unreadable"
    assert "已损坏或不是本系统的数据库" in trouble.words


def test_a_record_without_what_it_rests_on_is_said(path: Path) -> None:
    _with_a_tool(path, "DELETE FROM original WHERE name = '二.xlsx'")
    (trouble,) = _look(path).troubles
    assert trouble.kind == "references"
    assert "有2条记录" in trouble.words
    assert "submission" in trouble.words


def test_a_newer_schema_is_said(path: Path) -> None:
    _with_a_tool(path, "UPDATE alembic_version SET version_num = '0099'")
    (trouble,) = _look(path).troubles
    assert trouble.kind == "schema"
    assert "请升级程序" in trouble.words


def test_a_log_without_its_guard_is_said(path: Path) -> None:
    _with_a_tool(path, "DROP TRIGGER log_no_delete")
    assert [trouble.kind for trouble in _look(path).troubles] == ["guard"]


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        ("UPDATE log SET actor = '王五' WHERE seq = 4", "自第4条起"),
        ("DELETE FROM log WHERE seq = 5", "自第5条起"),
        ("DELETE FROM log", "自第1条起"),
        ("UPDATE log_head SET seq = 6", "自第6条起"),
        ("DELETE FROM log_head", "自第6条起"),
    ],
)
def test_a_touched_log_is_said(path: Path, touch: str, words: str) -> None:
    _with_a_tool(path, "DROP TRIGGER log_no_delete", "DROP TRIGGER log_no_update", touch, *_GUARDS)
    (trouble,) = _look(path).troubles
    assert trouble.kind == "log"
    assert words in trouble.words


def test_a_start_proves_the_newest_entries_and_counts_the_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "TAIL", 2)
    _with_a_tool(path, "DROP TRIGGER log_no_update", "UPDATE log SET actor = '王五' WHERE seq = 2", *_GUARDS[1:])
    assert _look(path).well
    assert [trouble.kind for trouble in _look(path, thorough=True).troubles] == ["log"]
    _with_a_tool(path, "DROP TRIGGER log_no_delete", "DELETE FROM log WHERE seq = 2", *_GUARDS[:1])
    (trouble,) = _look(path).troubles
    assert "应有5条，现有4条" in trouble.words


_GUARDS = [
    f"CREATE TRIGGER log_no_{verb} BEFORE {verb} ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    for verb in ("delete", "update")
]


def _look(path: Path, *, thorough: bool = False) -> Health:
    database = Database(f"sqlite:///{path}")
    try:
        return health.health(database, thorough=thorough)
    finally:
        database.close()


def _with_a_tool(path: Path, *statements: str) -> None:
    """What someone with the file and a SQLite tool can do."""
    tool = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        tool.execute(statement)
    tool.close()


def _tear(path: Path, name: str) -> None:
    """Overwrite the first page of a table or an index."""
    tool = sqlite3.connect(path, isolation_level=None)
    (page,) = tool.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
    (size,) = tool.execute("PRAGMA page_size").fetchone()
    tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tool.close()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(bytes(whole))
