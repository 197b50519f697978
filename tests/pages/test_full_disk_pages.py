"""What a clerk sees when the disk is full or the folder read-only: the words, and a page that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from components import session
from components.navigation import OVERVIEW, UPLOAD
from data.schemes import scheme_text
from data.store import Store, StoreProblem, UnitRow
from tests.data.store.disks import MB, filled, read_only, small_disk
from tests.pages.county_hands import RULES, drop, form, opened, press, text, ticks


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small disk with a store on it: 江门's seven, nothing handed in yet. The pages open it afresh."""
    with small_disk(tmp_path / "disk", 32 * MB) as disk:
        monkeypatch.setenv("HENGXIAO_DATA", str(disk / "data"))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        with Store.open() as store:
            units = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
            store.create_assessment("2020年县级", RULES.id, scheme_text(RULES.id), RULES.hash, units, "经办")
        st.cache_resource.clear()
        yield disk
        session.whole_store().close()
        st.cache_resource.clear()


def test_on_a_full_disk_the_clerk_is_told_keeps_the_file_and_uploads_it_once_there_is_room(folder: Path) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    with filled(folder):
        _use_up_what_the_database_has_left()
        press(at, "take")
        assert "磁盘空间已满，无法保存，本次操作未生效。请清理磁盘或更换数据文件夹后重试。" in text(at)
        assert not at.exception
        assert at.button(key="take").label == "确认上报 1 份"
        assert not opened(OVERVIEW).exception
    press(at, "take")
    assert "已上报1份评分表，涉及1个考核对象。" in text(at)
    assert [one.unit for one in session.whole_store().submissions(1)] == ["蓬江区"]


def test_in_a_read_only_folder_everything_is_shown_and_saving_says_why_not(folder: Path) -> None:
    session.whole_store().close()
    st.cache_resource.clear()
    with read_only(folder / "data"):
        at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
        press(at, "take")
        assert "数据库为只读，无法保存，本次操作未生效。请联系管理员检查数据文件夹的写入权限后重试。" in text(at)
        assert not at.exception
        assert at.button(key="take").label == "确认上报 1 份"
    press(at, "take")
    assert "已上报1份评分表，涉及1个考核对象。" in text(at)


def _use_up_what_the_database_has_left() -> None:
    """The database's own files have room for a few pages more: fill it with choices until nothing fits."""
    with pytest.raises(StoreProblem, match="磁盘空间已满"):
        _choose_for_ever(session.whole_store())


def _choose_for_ever(store: Store) -> None:
    for turn in range(20_000):
        store.set_setting(1, "note", "x" * 20_000 + str(turn), "经办")
