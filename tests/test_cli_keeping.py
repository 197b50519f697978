"""``cli.py backup``, ``restore``, ``verify``, ``import-archive``: told in words, and the exit code says how it went."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli import main
from data.documents.archive import archive, kept_of
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.data.locks import locked_of
from tests.pages import builders

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's data folder with 江门's seven in it."""
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path / "数据"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("HENGXIAO_BACKUPS", raising=False)
    with Store.open() as store:
        builders.county(store)
    return tmp_path


@pytest.fixture
def packed(folder: Path) -> Path:
    path = folder / "归档包.zip"
    with Store.open() as store:
        found = locked_of(store, 1)
        path.write_bytes(archive(found, kept_of(store, found)))
    return path


def test_a_backup_goes_into_the_backup_folder_and_its_path_is_all_that_is_printed(folder: Path, capsys: Capture) -> None:
    assert main(["backup"]) == 0
    told = capsys.readouterr()
    (path,) = (folder / "数据" / "backups").iterdir()
    assert told.out == f"{path}\n"
    assert "年度考核1个、评分表21份、原始文件21份" in told.err


def test_a_folder_of_ones_own_and_how_many_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("HENGXIAO_BACKUPS", str(folder / "别处"))
    for _ in range(3):
        assert main(["backup", "--keep", "2", "--actor", "赵六"]) == 0
    assert len(list((folder / "别处").iterdir())) == 2
    assert "按保留2份的规则，已删去" in capsys.readouterr().err
    with Store.open() as store:
        assert store.log()[0].actor == "赵六"


def test_there_and_back(folder: Path, capsys: Capture) -> None:
    assert main(["backup", str(folder / "存.db")]) == 0
    backup = capsys.readouterr().out.strip()
    assert main(["restore", backup]) == 1
    assert "已有数据，没有恢复，也未作任何改动" in capsys.readouterr().err
    assert main(["restore", backup, "--to", str(folder / "新")]) == 0
    assert "恢复前后逐表条数和校验值一致" in capsys.readouterr().err
    assert main(["restore", backup, "--replace"]) == 0
    assert "原有的文件已改名留存" in capsys.readouterr().err
    assert main(["verify"]) == 0


def test_what_is_no_backup_is_told_and_nothing_is_touched(folder: Path, capsys: Capture) -> None:
    before = (folder / "数据" / FILE_NAME).read_bytes()
    (folder / "别的.db").write_bytes(b"other")
    assert main(["restore", str(folder / "别的.db"), "--replace"]) == 1
    assert "不是本系统的备份文件" in capsys.readouterr().err
    assert (folder / "数据" / FILE_NAME).read_bytes() == before


def test_a_flipped_digit_is_found_by_verify(folder: Path, capsys: Capture) -> None:
    assert main(["verify"]) == 0
    capsys.readouterr()
    with closing(sqlite3.connect(folder / "数据" / FILE_NAME)) as connection:
        connection.execute("UPDATE submission SET marks = replace(marks, '\"85\"', '\"95\"') WHERE unit = '蓬江区'")
        connection.commit()
    assert main(["verify"]) == 1
    told = capsys.readouterr()
    assert "× 《2020年江门市 · 县级》：蓬江区第1次评分表" in told.out
    assert "发现1处问题" in told.err


@pytest.mark.parametrize("command", [["backup"], ["verify"]])
def test_a_folder_without_data_is_no_empty_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: list[str]
) -> None:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path / "写错"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(command) == 2
    assert "没有找到数据库" in capsys.readouterr().err
    assert not (tmp_path / "写错").exists()


@pytest.mark.parametrize("command", ["backup", "verify"])
def test_a_torn_database_is_told_without_a_traceback(folder: Path, capsys: Capture, command: str) -> None:
    path = folder / "数据" / FILE_NAME
    path.write_bytes(b"\xff" * 4096 + path.read_bytes()[4096:])
    assert main([command]) == 1
    assert "已损坏或不是本系统的数据库" in capsys.readouterr().err


def test_an_archive_is_checked_imported_and_recognised(
    folder: Path, packed: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("HENGXIAO_DATA", str(folder / "那边"))
    assert main(["import-archive", str(packed), "--check"]) == 0
    assert "重新计算，结果逐项一致" in capsys.readouterr().err
    assert not (folder / "那边").exists()
    assert main(["import-archive", str(packed), "--actor", "赵六"]) == 0
    assert "已导入为“2020年江门市 · 县级”" in capsys.readouterr().err
    assert main(["import-archive", str(packed)]) == 1
    assert "本系统中已有" in capsys.readouterr().err
    with Store.open(sqlite_url(folder / "那边" / FILE_NAME)) as there:
        assert there.log()[0].actor == "赵六"


def test_an_archive_that_was_touched_is_refused(folder: Path, packed: Path, capsys: Capture) -> None:
    packed.write_bytes(packed.read_bytes()[:-200])
    assert main(["import-archive", str(packed)]) == 1
    assert "已损坏" in capsys.readouterr().err
    assert main(["import-archive", str(folder / "没有.zip")]) == 2
