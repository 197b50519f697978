"""备份与存档 as its users find it: one button makes a proved backup, one file brings in another office's assessment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.access import signed_in
from components.navigation import ASSESSMENTS, KEEPING, LOG, OVERVIEW
from data.access import Duty, Person
from data.beijing import local
from data.command_line import line
from data.documents.archive import archive, kept_of
from data.store import Store
from data.store.backup import backups_in, inspect_backup
from data.store.location import sqlite_url
from tests.data.locks import locked_of
from tests.pages import builders
from tests.pages.county_hands import opened, press, settle, text


@pytest.fixture
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    with Store.open(sqlite_url(tmp_path_factory.mktemp("那边") / "a.db")) as there:
        found = locked_of(there, builders.county(there).id)
        yield archive(found, kept_of(there, found))


def dropped(at: AppTest, name: str, content: bytes) -> None:
    at.file_uploader[0].upload(name, content, "application/zip")
    settle(at)


def test_one_button_makes_a_backup_that_is_proved_and_on_record(county_store: Store, tmp_path: Path) -> None:
    at = opened(KEEPING)
    assert "还没有备份" in text(at)
    press(at, "back-up")
    (made,) = backups_in(tmp_path / "backups")
    assert "年度考核1个、评分表21份、原始文件21份，已读回核对" in text(at)
    assert inspect_backup(made.path).count("submission") == 21
    assert county_store.log()[0].action == "备份数据"
    assert line(f'restore "{made.path}" --replace') in [each.value for each in at.code]


def test_the_verification_names_what_was_touched(county_store: Store) -> None:
    at = opened(KEEPING)
    press(at, "verify-all")
    assert at.status[0].label == "核验完毕，没有发现问题"
    with county_store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE submission SET marks = replace(marks, '\"85\"', '\"95\"') WHERE unit = '蓬江区'")
    press(at, "verify-all")
    assert at.status[0].label == "发现1处问题"
    assert "蓬江区第1次评分表" in text(at)


def test_an_archive_is_shown_for_what_it_is_before_it_is_brought_in(page_store: Store, packed: bytes) -> None:
    at = opened(KEEPING)
    dropped(at, "归档包.zip", packed)
    assert page_store.assessments() == []
    assert "请与纸质件或提供单位核对" in text(at)
    press(at, "archive-bring")
    (made,) = page_store.assessments()
    assert made.name == "2020年江门市 · 县级"
    assert "已导入为" in text(at)
    dropped(at, "归档包.zip", packed)
    assert "本系统中已有" in text(at)
    assert at.button(key="archive-bring").disabled
    cards = text(opened(ASSESSMENTS))
    assert "由存档导入" in cards
    brought = page_store.log(1, action="导入存档")[0]
    assert f"{brought.actor}于{local(brought.at)}由存档《归档包.zip》导入（原锁定版第1号）" in cards
    assert "由存档导入" in text(opened(OVERVIEW))
    journal = opened(LOG)
    assert "原系统操作日志（随存档导入，25条）" in [each.label for each in journal.expander]


def test_an_assessment_made_here_is_not_called_imported(county_store: Store) -> None:
    assert "由存档导入" not in text(opened(ASSESSMENTS)) + text(opened(OVERVIEW))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF"])
def test_a_file_that_is_no_archive_is_refused_in_words(page_store: Store, content: bytes) -> None:
    at = opened(KEEPING)
    dropped(at, "别的.zip", content)
    assert "别的.zip：" in text(at)
    assert page_store.assessments() == []


def test_whoever_does_not_manage_sees_why_not(page_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "person", lambda _: Person("王五", "w", (Duty("plan"),)))
    at = opened(KEEPING)
    assert "供管理角色使用" in text(at)
    assert [each.key for each in at.button] == []


def test_who_manages_one_assessment_alone_verifies_no_others(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in, "person", lambda _: Person("王五", "w", (Duty("manage", 1),)))
    at = opened(KEEPING)
    assert "由在全部年度考核担任“管理”的人员办理" in text(at)
    assert "verify-all" not in [each.key for each in at.button]
