"""Everything a figure rests on is held to what proves it: whatever is touched by hand is named, and nothing else is."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.locked import lock
from data.store import READING, Store, submissions
from data.store.location import sqlite_url
from data.verify import verify
from tests.pages import builders


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """江门's seven with a fact, a choice, a sheet handed in twice, one withdrawn, and a 锁定版: a closed file."""
    path = tmp_path_factory.mktemp("核验") / "a.db"
    with Store.open(sqlite_url(path)) as opened:
        one = builders.county(opened)
        builders.hand_in(opened, one, builders.total("台山市", "daily", "84.00"))
        opened.withdraw(opened.submissions(one.id)[0].id, "王复核", "误传")
        opened.set_setting(one.id, READING + "ticks", "x", "王复核")
        lock(opened, one.id, "王复核")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to be touched."""
    shutil.copy(made, tmp_path / "a.db")
    with Store.open(sqlite_url(tmp_path / "a.db")) as opened:
        yield opened


def bad(store: Store) -> list[str]:
    return [one.words for one in verify(store) if one.weight == "bad"]


def test_a_store_that_nobody_touched_verifies(store: Store) -> None:
    assert [one for one in verify(store) if one.weight != "fine"] == []


TOUCHES = [
    ("UPDATE submission SET marks = replace(marks, '\"84\"', '\"85\"') WHERE unit = '台山市'", "台山市第2次评分表"),
    ("UPDATE submission SET marks = replace(marks, '\"83\"', '\"93\"') WHERE unit = '台山市'", "台山市第1次评分表"),
    ("UPDATE submission SET marks = '{}' WHERE unit = '台山市' AND revision = 1", "台山市第1次评分表|无法核验"),
    ("UPDATE submission SET unit = '开平市' WHERE unit = '台山市' AND component = 'self'", "开平市第1次评分表.*没有上报记录"),
    ("DELETE FROM submission WHERE unit = '台山市' AND component = 'self'", "有上报记录而没有内容|第1次"),
    ("UPDATE submission SET state = 'taken' WHERE state = 'withdrawn'", "无法还原|不符|不一致"),
    ("UPDATE submission SET state = 'withdrawn' WHERE unit = '鹤山市' AND component = 'daily'", "无法还原|不符|不一致"),
    ("UPDATE original SET content = x'00' WHERE name = '台山市_日常工作.xlsx'", "原始文件《台山市_日常工作.xlsx》"),
    ("UPDATE fact SET value = '警告'", "新会区的情形“警告”与登记时不一致"),
    ("UPDATE fact SET state = 'pending', confirmed_by = NULL", "不符|不一致"),
    ("UPDATE unit SET name = '新会' WHERE name = '新会区'", "考核对象名单与操作日志"),
    ("UPDATE unit SET region = '440799' WHERE name = '新会区'", "考核对象名单与操作日志"),
    ("UPDATE setting SET value = 'y' WHERE state = 'current'", "不符|不一致"),
    ("UPDATE assessment SET scheme_text = replace(scheme_text, 'weight: 40', 'weight: 41')", "方案文字与其校验值不一致"),
    ("UPDATE assessment SET scheme_hash = 'x'", "方案与建立时所记的校验值不一致"),
    ("UPDATE assessment SET version = version - 1", "各版次的操作日志不全"),
    ("UPDATE locked SET hash = 'f' || substr(hash, 2)", "锁定版第1号.*与锁定时不一致"),
    ("UPDATE assessment SET state = 'final'", "不一致|不符"),
]


@pytest.mark.parametrize(("touch", "told"), TOUCHES, ids=[each[0][:50] for each in TOUCHES])
def test_whatever_is_touched_is_named(store: Store, touch: str, told: str) -> None:
    with store._database.writing() as connection:
        changed = connection.exec_driver_sql(touch).rowcount
    assert changed
    found = bad(store)
    assert any(re.search(told, words) for words in found), found


def test_a_reviewed_sheet_is_proved_by_its_upload_as_any_other(store: Store) -> None:
    store.set_review_required(1, True, "管理员")
    sheets = [one.id for one in store.stages(1)]
    store.hand_in(sheets, "李经办")
    store.review(sheets, "赵复核")
    assert [one for one in verify(store) if one.weight != "fine"] == []
    with store._database.writing() as connection:
        connection.exec_driver_sql(TOUCHES[0][0])
    assert any(re.search(TOUCHES[0][1], words) for words in bad(store))


def test_sheets_of_an_earlier_program_are_told_as_not_provable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their lines in the log have no hash of the marks: nothing is wrong, and nothing is claimed."""
    say = submissions._say_taken

    def as_before(change, rows, replaced, kept) -> None:
        say(change, rows, replaced, kept)
        for sheet in change.details["sheets"]:
            del sheet["marks"]

    monkeypatch.setattr(submissions, "_say_taken", as_before)
    with Store.open(sqlite_url(tmp_path / "旧.db")) as old:
        builders.county(old)
        found = verify(old)
    assert [one.words for one in found if one.weight == "note"] == [
        "《2020年江门市 · 县级》：21份评分表由旧版程序收入，日志没有记分值的校验值，只能与原始文件人工核对。"
    ]
    assert not any(one.weight == "bad" for one in found)


def test_a_database_with_torn_pages_is_told_and_nothing_else_is_claimed(store: Store, tmp_path: Path) -> None:
    with store._database.writing() as connection:
        (page,) = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'submission'").one()
    store.close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as closed:
        closed.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / "a.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 200)
    with Store.open(sqlite_url(tmp_path / "a.db")) as torn:
        found = verify(torn)
    assert found[0].weight == "bad"
    assert not any("一致，可以计分" in one.words for one in found)
