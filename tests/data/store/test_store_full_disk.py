"""A disk that is full: said in words, read on, and well again as soon as there is room, without a restart."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from data.store import Assessment, Store, StoreProblem, UnitRow, sqlite
from data.store.health import health
from scoring.marks import Mark, Sheet
from tests.data.store.disks import MB, filled, free, small_disk

SAID = r"磁盘空间已满，无法保存，本次操作未生效。请清理磁盘或更换数据文件夹后重试"


@pytest.fixture
def url(file: str) -> str:
    """Only a file: PostgreSQL has trials of its own."""
    return file


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 64 * MB) as folder:
        yield folder


@pytest.fixture
def kept(disk: Path) -> Iterator[Store]:
    with Store.open(_url(disk)) as opened:
        _begin(opened)
    with Store.open(_url(disk)) as opened:  # as on any day but the first
        yield opened


def test_an_upload_of_15_mb_with_5_mb_left_is_refused_in_words_and_taken_once_there_is_room(
    disk: Path, kept: Store
) -> None:
    before = kept.load(1)
    with filled(disk, leave=5 * MB):
        with pytest.raises(StoreProblem, match=SAID):
            kept.take(1, "大.xlsx", os.urandom(15 * MB), _sheets(2), "张三")
        assert kept.load(1) == before
        assert free(disk) > 4 * MB  # what was written in vain is given back
        kept.take(1, "小.xlsx", b"2", _sheets(2), "张三")
    kept.take(1, "大.xlsx", os.urandom(15 * MB), _sheets(3), "张三")
    _is_whole(kept, 4)


def test_on_a_disk_without_a_byte_left_everything_is_still_read_by_many_at_once(disk: Path, kept: Store) -> None:
    before = kept.load(1)
    with filled(disk):
        with pytest.raises(StoreProblem, match=SAID):
            kept.take(1, "大.xlsx", os.urandom(6 * MB), _sheets(2), "张三")
        with filled(disk):  # what the refusal gave back, too
            with pytest.raises(StoreProblem, match=SAID):
                _take_many(kept)
            now = kept.load(1)
            with ThreadPoolExecutor(20) as pool:  # more than the pool keeps open: new connections, too
                assert all(loaded == now for loaded in pool.map(lambda _: kept.load(1), range(200)))
            assert kept.verify_log() is None
    kept.take(1, "又有了.xlsx", os.urandom(6 * MB), _sheets(0), "张三")
    _is_whole(kept, now.assessment.version + 1)
    assert before.assessment.version == 2


def test_what_could_not_be_brought_into_the_database_is_saved_nevertheless(
    disk: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint that fails for want of room is nobody's failure: what was acknowledged is there."""
    monkeypatch.setattr(sqlite, "WAL_LIMIT", 1 * MB)
    monkeypatch.setattr(sqlite, "_AGAIN_SECONDS", 0.0)
    wal = disk / "data" / "hengxiao.db-wal"
    with kept._database.reading() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM log").scalar()  # it sees this moment, so nothing newer may move
        kept.take(1, "大.xlsx", os.urandom(10 * MB), _sheets(2), "张三")
    size = (disk / "data" / "hengxiao.db").stat().st_size
    with filled(disk, leave=1 * MB):
        kept.take(1, "小.xlsx", b"3", _sheets(3), "张三")
        assert (disk / "data" / "hengxiao.db").stat().st_size < size + 10 * MB  # it did not fit
        assert wal.stat().st_size > 10 * MB
        assert [one.file_name for one in kept.submissions(1)] == ["小.xlsx"]
        with Store.open(_url(disk)) as other:
            assert other.load(1) == kept.load(1)
    kept.take(1, "有了地方.xlsx", b"4", _sheets(4), "张三")
    assert wal.stat().st_size <= 1 * MB
    _is_whole(kept, 5)


def test_a_store_is_opened_and_read_on_a_full_disk(disk: Path, kept: Store) -> None:
    before = kept.load(1)
    kept.close()
    with filled(disk), Store.open(_url(disk)) as opened:
        assert opened.load(1) == before
        with pytest.raises(StoreProblem, match=SAID):
            opened.take(1, "大.xlsx", os.urandom(MB), _sheets(2), "张三")
    with Store.open(_url(disk)) as opened:
        opened.take(1, "大.xlsx", os.urandom(MB), _sheets(2), "张三")
        _is_whole(opened, 3)


def test_a_new_store_on_a_full_disk_is_refused_in_words_and_made_once_there_is_room(disk: Path) -> None:
    with filled(disk), pytest.raises(StoreProblem, match=r"磁盘空间已满|无法建立数据文件夹|读写磁盘出错|无法打开数据库"):
        Store.open(_url(disk))
    with Store.open(_url(disk)) as opened:
        _begin(opened)
        _is_whole(opened, 2)


def test_a_file_that_may_not_grow_is_survived_without_root(url: str, store: Store, assessment: Assessment) -> None:
    """The limit on a file's size stands in for a disk that is full, where no disk of one's own can be had."""
    store.close()
    processes = multiprocessing.get_context("forkserver")
    here, there = processes.Pipe()
    process = processes.Process(target=_under_a_limit, args=(url, assessment.id, there), daemon=True)
    process.start()
    there.close()
    assert here.poll(60)
    refused, version, counting, after = here.recv()
    process.join(60)
    assert "本次操作未生效" in refused
    assert "磁盘" in refused
    assert (version, counting, after) == (1, [], ["又可以了.xlsx"])
    with Store.open(url) as again:
        _is_whole(again, 2)


def _under_a_limit(url: str, assessment: int, told: Connection[Any, Any]) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Store.open(url) as store:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MB, most))
        refused = ""
        try:
            store.take(assessment, "大.xlsx", os.urandom(4 * MB), _sheets(1), "张三")
        except StoreProblem as problem:
            refused = str(problem)
        version, counting = store.version(assessment), store.submissions(assessment)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        store.take(assessment, "又可以了.xlsx", os.urandom(4 * MB), _sheets(1), "张三")
        told.send((refused, version, counting, [one.file_name for one in store.submissions(assessment)]))


def test_the_write_ahead_file_stays_small_though_there_is_always_somebody_reading(
    url: str, store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """50 readers whose looks overlap: SQLite alone would let the file grow without end."""
    monkeypatch.setattr(sqlite, "WAL_LIMIT", 1 * MB)
    monkeypatch.setattr(sqlite, "_AGAIN_SECONDS", 0.0)
    wal = Path(f"{url.removeprefix('sqlite:///')}-wal")
    done, largest, problems = threading.Event(), 0, []

    def look(_: int) -> None:
        while not done.is_set():
            try:
                store.load(assessment.id)
                store.log(assessment.id)
            except StoreProblem as problem:
                problems.append(problem)

    with ThreadPoolExecutor(50) as readers:
        looking = [readers.submit(look, n) for n in range(50)]
        try:
            for turn in range(25):
                store.take(assessment.id, f"{turn}.xlsx", os.urandom(300_000), _sheets(turn), "张三")
                largest = max(largest, wal.stat().st_size)
        finally:
            done.set()
        for one in looking:
            one.result()
    assert problems == []
    assert largest < 2 * MB  # 25 × 0.3 MB were written
    _is_whole(store, 26)


def _url(disk: Path) -> str:
    return f"sqlite:///{disk}/data/hengxiao.db"


def _begin(store: Store) -> None:
    """One assessment, one upload: version 2."""
    store.create_assessment("2020年考核", "s", "t", "h", [UnitRow("蓬江区", "county")], "张三")
    store.take(1, "一.xlsx", b"1", _sheets(1), "张三")


def _take_many(store: Store) -> None:
    """Until the room that the database itself still has is used up."""
    for turn in range(2, 2000):
        store.take(1, f"{turn}.xlsx", os.urandom(60_000), _sheets(turn), "张三")


def _sheets(score: int) -> list[Sheet]:
    return [Sheet("蓬江区", "cross", (Mark(1, grade="好", remark=f"第{score}份"),))]


def _is_whole(store: Store, version: int) -> None:
    """The assessment is at this version, every file is as it was handed in, and nothing was half done."""
    assert store.version(1) == version
    assert [entry.version for entry in store.log(1, limit=5000)] == list(range(version, 0, -1))
    for one in store.history(1):
        store.original(one.file_sha256)
    assert store.verify_log() is None
    assert health(store._database, thorough=True).well
