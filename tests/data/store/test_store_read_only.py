"""A folder that is really read-only: all is shown, saving is refused in words, and once it may be written it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from data.store import Assessment, Store, StoreProblem
from data.store.health import health
from scoring.marks import Sheet
from tests.data.store.disks import read_only

Make = Callable[..., Sheet]
SAID = r"数据库为只读，无法保存，本次操作未生效。请联系管理员检查数据文件夹的写入权限后重试"


@pytest.fixture
def url(file: str) -> str:
    """Only a file: PostgreSQL has trials of its own."""
    return file


@pytest.fixture
def folder(url: str, store: Store, assessment: Assessment, sheet: Make) -> Path:
    """A folder with a store that was closed as it should be; one sheet is in it."""
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.close()
    return Path(url.removeprefix("sqlite:///")).parent


def test_a_read_only_folder_is_opened_and_everything_shown_and_nothing_saved(
    url: str, folder: Path, assessment: Assessment, sheet: Make
) -> None:
    with read_only(folder), Store.open(url) as store:
        (one,) = store.submissions(assessment.id)
        assert store.original(one.file_sha256) == ("a.xlsx", b"a")
        assert (one.sheet, store.verify_log(), health(store._database).well) == (sheet(), None, True)
        with pytest.raises(StoreProblem, match=SAID):
            store.take(assessment.id, "b.xlsx", b"b", [sheet(score="1")], "张三")
        assert store.submissions(assessment.id) == [one]
    assert os.listdir(folder) == ["hengxiao.db"]


def test_once_the_folder_may_be_written_the_same_store_saves_without_a_restart(
    url: str, folder: Path, assessment: Assessment, sheet: Make
) -> None:
    with read_only(folder):
        store = Store.open(url)
        with pytest.raises(StoreProblem, match=SAID):
            store.take(assessment.id, "b.xlsx", b"b", [sheet(score="1")], "张三")
    with store:
        store.take(assessment.id, "b.xlsx", b"b", [sheet(score="1")], "张三")
        assert [one.file_name for one in store.submissions(assessment.id)] == ["b.xlsx"]
        assert store.verify_log() is None


def test_what_another_saves_meanwhile_is_seen_by_one_who_opened_it_read_only(
    url: str, folder: Path, assessment: Assessment, sheet: Make
) -> None:
    """The read-only one must not go on believing that nothing changes."""
    with read_only(folder):
        reader = Store.open(url)
        assert reader.version(assessment.id) == 2
    with reader, Store.open(url) as writer:
        writer.take(assessment.id, "b.xlsx", b"b", [sheet(score="1")], "张三")
        assert reader.version(assessment.id) == 3


def test_a_file_left_by_a_crash_is_read_whole_or_not_at_all(
    url: str, store: Store, assessment: Assessment, sheet: Make, tmp_path: Path
) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    crashed = tmp_path / "crashed"
    shutil.copytree(Path(url.removeprefix("sqlite:///")).parent, crashed)  # what a crash leaves: nothing was closed
    assert (crashed / "hengxiao.db-wal").stat().st_size > 0
    address = f"sqlite:///{crashed}/hengxiao.db"
    with read_only(crashed), Store.open(address) as kept:
        assert [one.file_name for one in kept.submissions(assessment.id)] == ["a.xlsx"]
    (crashed / "hengxiao.db-shm").unlink()
    with read_only(crashed), pytest.raises(StoreProblem, match=r"“hengxiao.db-wal”.*没有打开.*请恢复.*写入权限.*请勿删除"):
        Store.open(address)
    with Store.open(address) as kept:
        assert [one.file_name for one in kept.submissions(assessment.id)] == ["a.xlsx"]


def test_a_new_store_in_a_read_only_folder_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with read_only(tmp_path):
        with pytest.raises(StoreProblem, match=r"无法打开数据库。请检查数据文件夹（HENGXIAO_DATA）"):
            Store.open(f"sqlite:///{tmp_path}/a.db")
        with pytest.raises(StoreProblem, match=r"无法建立数据文件夹.*HENGXIAO_DATA"):
            Store.open(f"sqlite:///{tmp_path}/sub/a.db")


def test_a_store_of_an_earlier_schema_says_that_it_cannot_be_brought_up_where_it_is_read_only(
    url: str, folder: Path
) -> None:
    tool = sqlite3.connect(folder / "hengxiao.db", isolation_level=None)
    tool.execute("UPDATE alembic_version SET version_num = '0007'")
    tool.close()
    with read_only(folder), pytest.raises(StoreProblem, match="只读"):
        Store.open(url)
