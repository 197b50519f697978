"""Whoever has the file and a SQLite tool: whatever they do to the log is refused, or found on demand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.store import Store
from data.store.log import digest
from data.store.records import LogEntry
from data.store.tables import log

LAST = 12
COLUMNS = {
    "seq": "40", "assessment": "NULL", "version": "version + 1", "actor": "actor || ' '", "subject": "subject || '。'",
    "at": "'2020-01-01 00:00:00.000001'", "action": "'撤回'", "details": "details || ' '", "prev_hash": "hash", "hash": "prev_hash",
}  # fmt: skip
"""Column of the log → what somebody puts there."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with twelve lines in its log, closed."""
    path = tmp_path_factory.mktemp("sound") / "a.db"
    with Store.open(f"sqlite:///{path}") as store:
        made = store.create_assessment("2020年考核", "s", "t", "h", [], "张三")
        for turn in range(LAST - 1):
            store.set_setting(made.id, "assumption:k", str(turn), f"人{turn}")
    return path


@pytest.fixture
def touched(sound: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of it in somebody's hands."""
    path = tmp_path / "a.db"
    path.write_bytes(sound.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        yield tool


def test_every_column_is_among_those_tried() -> None:
    assert set(COLUMNS) == {column.name for column in log.c}


@pytest.mark.parametrize("statement", ["UPDATE log SET actor = 'x' WHERE seq = 3", "DELETE FROM log WHERE seq = 12", "DELETE FROM log"])
def test_the_database_refuses_to_change_or_delete_a_line(touched: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        touched.execute(statement)


@pytest.mark.parametrize("seq", [1, 6, LAST])
@pytest.mark.parametrize("column", COLUMNS)
def test_whatever_is_changed_in_a_line_is_found(touched: sqlite3.Connection, column: str, seq: int) -> None:
    _unguard(touched)
    touched.execute(f"UPDATE log SET {column} = {COLUMNS[column]} WHERE seq = {seq}")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq in (seq, seq + 1, 40)


@pytest.mark.parametrize(("gone", "found"), [("= 1", 2), ("= 6", 7), ("IN (5, 6)", 7), ("= 12", 12), ("> 6", 7), ("> 0", 1)])
def test_whatever_is_deleted_is_found(touched: sqlite3.Connection, gone: str, found: int) -> None:
    _unguard(touched)
    touched.execute(f"DELETE FROM log WHERE seq {gone}")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == found


def test_two_lines_that_changed_places_are_found(touched: sqlite3.Connection) -> None:
    _unguard(touched)
    for old, new in ((5, 100), (6, 5), (100, 6)):
        touched.execute(f"UPDATE log SET seq = {new} WHERE seq = {old}")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == 5


def test_two_lines_that_swapped_their_words_are_found(touched: sqlite3.Connection) -> None:
    _unguard(touched)
    touched.execute("UPDATE log SET actor = (SELECT actor FROM log WHERE seq = 7) WHERE seq = 6")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == 6


@pytest.mark.parametrize("seq", [0, -5])
def test_a_line_put_before_the_first_is_found(touched: sqlite3.Connection, seq: int) -> None:
    touched.execute(f"INSERT INTO log SELECT {seq}, {_rest()} FROM log WHERE seq = 3")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == seq


def test_a_line_forged_at_the_end_with_a_fitting_hash_is_found(touched: sqlite3.Connection) -> None:
    _forge(touched)
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == LAST + 2  # the chain goes on beyond where the store left it


def test_a_tail_forged_in_place_of_the_true_one_is_found(touched: sqlite3.Connection) -> None:
    """The last line rewritten with a fitting hash: the head still names the true one."""
    _unguard(touched)
    last = _entry(touched, LAST)
    forged = replace(last, actor="王五", at=last.at - timedelta(days=30))
    touched.execute("UPDATE log SET actor = ?, at = ?, hash = ? WHERE seq = ?",
                    [forged.actor, forged.at.strftime("%Y-%m-%d %H:%M:%S.%f"), digest(forged), LAST])  # fmt: skip
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == LAST + 1


def test_a_line_replaced_past_the_guard_is_found(touched: sqlite3.Connection) -> None:
    """REPLACE deletes without asking the trigger: SQLite's own gap, and the chain closes it."""
    touched.execute(f"REPLACE INTO log SELECT 6, {_rest()} FROM log WHERE seq = 3")
    broken = _verify(touched)
    assert broken is not None
    assert broken.seq == 6


def test_a_whole_log_from_elsewhere_is_found(touched: sqlite3.Connection, tmp_path: Path) -> None:
    """Another store's log, sound in itself and as long: the head does not know it."""
    with Store.open(f"sqlite:///{tmp_path}/other.db") as other:
        made = other.create_assessment("2020年考核", "s", "t", "h", [], "李四")
        for turn in range(LAST - 1):
            other.set_setting(made.id, "assumption:k", str(turn), "李四")
    _unguard(touched)
    touched.execute("ATTACH ? AS other", [str(tmp_path / "other.db")])
    touched.execute("DELETE FROM log")
    touched.execute("INSERT INTO log SELECT * FROM other.log")
    assert _verify(touched) is not None


def _rest() -> str:
    return ", ".join(column.name for column in log.c if column.name != "seq")


def _unguard(tool: sqlite3.Connection) -> None:
    for verb in ("update", "delete"):
        tool.execute(f"DROP TRIGGER log_no_{verb}")


def _forge(tool: sqlite3.Connection) -> None:
    last = _entry(tool, LAST)
    forged = replace(last, seq=LAST + 1, prev_hash=last.hash, actor="王五")
    tool.execute(f"INSERT INTO log (seq, {_rest()}) SELECT {LAST + 1}, {_rest()} FROM log WHERE seq = {LAST}")
    _unguard(tool)
    tool.execute("UPDATE log SET actor = ?, prev_hash = ?, hash = ? WHERE seq = ?",
                 [forged.actor, forged.prev_hash, digest(forged), LAST + 1])  # fmt: skip


def _entry(tool: sqlite3.Connection, seq: int) -> LogEntry:
    with _opened(tool) as store:
        return next(entry for entry in store.log() if entry.seq == seq)


def _verify(tool: sqlite3.Connection) -> LogEntry | None:
    with _opened(tool) as store:
        return store.verify_log()


def _opened(tool: sqlite3.Connection) -> Store:
    (path,) = (row[2] for row in tool.execute("PRAGMA database_list") if row[1] == "main")
    return Store.open(f"sqlite:///{path}")
