"""A backup: one moment, whole or not at all, under a name that nobody has; and who may make one."""

from __future__ import annotations

import errno
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from data.access import Duty, Person
from data.store import Assessment, NotAllowed, Store, StoreProblem
from data.store.backup import backups_in, inspect_backup, making
from data.store.database import Database
from scoring.marks import Fact, Sheet

Make = Callable[..., Sheet]


@pytest.fixture
def url(file: str) -> str:
    """A SQLite file; what is true of PostgreSQL stands in test_backup_engines.py."""
    return file


def test_a_backup_holds_every_row_and_the_logs_head(
    store: Store, assessment: Assessment, sheet: Make, tmp_path: Path
) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet("蓬江区"), sheet("江海区")], "张三")
    store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")
    made = store.back_up(tmp_path / "存", "李四")
    counts = {name: told.rows for name, told in made.manifest.tables.items() if told.rows}
    assert counts == {"assessment": 1, "unit": 7, "submission": 2, "original": 1, "fact": 1, "log": 3, "log_head": 1}
    assert (made.manifest.log_seq, made.manifest.engine, made.manifest.log_break) == (3, "sqlite", None)
    assert inspect_backup(made.path) == made.manifest


def test_the_backup_is_put_on_record_with_what_identifies_it(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    made = store.back_up(tmp_path, "李四")
    entry = store.log()[0]
    assert (entry.action, entry.actor, entry.details["document"]) == ("备份数据", "李四", made.path.name)
    assert entry.details["sha256"] == made.manifest.sha256
    assert store.verify_log() is None


def test_two_backups_of_the_same_data_have_the_same_hash_of_contents(
    store: Store, assessment: Assessment, url: str, tmp_path: Path
) -> None:
    first = making.make(Database(url), tmp_path / "甲")[1]
    second = making.make(Database(url), tmp_path / "乙")[1]
    assert first.sha256 == second.sha256
    store.set_setting(assessment.id, "k", "v", "张三")
    assert making.make(Database(url), tmp_path / "丙")[1].sha256 != first.sha256


def test_nothing_but_the_finished_backup_is_left_in_its_folder(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    made = store.back_up(tmp_path / "夹", "李四").path
    assert list((tmp_path / "夹").iterdir()) == [made]
    assert made.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["已有.db", "已有.db.gz", "已有"])
def test_a_backup_never_takes_the_place_of_a_file(store: Store, tmp_path: Path, name: str) -> None:
    store.back_up(tmp_path / "已有", "李四")
    before = {path: path.read_bytes() for path in tmp_path.glob("已有*")}
    with pytest.raises(StoreProblem, match="已经存在，没有覆盖"):
        store.back_up(tmp_path / name, "李四")
    assert {path: path.read_bytes() for path in tmp_path.glob("已有*")} == before


def test_a_backup_made_while_others_write_is_one_moment(
    store: Store, assessment: Assessment, sheet: Make, tmp_path: Path
) -> None:
    """Each upload is a log line, a submission and an original: whatever the moment, the counts fit each other."""
    stop, done = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            number = len(done)
            store.take(assessment.id, "a.xlsx", f"{number}".encode(), [sheet(score=f"{number % 100}")], "张三")
            done.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [store.back_up(tmp_path, "李四").manifest for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    assert len(done) > 5
    for at, manifest in enumerate(made):
        uploads = manifest.log_seq - 1 - at  # but the assessment's own line and those of the backups before
        assert (manifest.count("submission"), manifest.count("original"), manifest.count("log")) == (
            uploads, uploads, manifest.log_seq,
        )  # fmt: skip
    assert store.verify_log() is None


@pytest.mark.parametrize("stage", ["while the rows are copied", "while it is compressed", "at the very end"])
def test_a_full_disk_leaves_no_backup_and_says_so(
    store: Store, assessment: Assessment, sheet: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    store.take(assessment.id, "a.xlsx", b"a" * 300_000, [sheet()], "张三")
    folder = tmp_path / "夹"
    folder.mkdir()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if stage == "while the rows are copied":
        connect = sqlite3.connect

        def small(path: str, **more: object) -> sqlite3.Connection:
            opened = connect(path, **more)  # type: ignore[call-overload]
            opened.execute("PRAGMA max_page_count = 60")
            return opened

        monkeypatch.setattr(making.sqlite3, "connect", small)
    elif stage == "while it is compressed":
        monkeypatch.setattr(making.shutil, "copyfileobj", full)
    else:
        monkeypatch.setattr("data.store.backup.files.os.fsync", full)
    with pytest.raises(StoreProblem, match="磁盘空间已满"):
        store.back_up(folder, "李四")
    monkeypatch.undo()
    assert list(folder.iterdir()) == []
    assert [entry.action for entry in store.log()] == ["上报", "新建考核"]
    assert inspect_backup(store.back_up(folder, "李四").path).count("submission") == 1


def test_a_backup_that_reads_back_otherwise_is_thrown_away(
    store: Store, assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = making._copied

    def spoiled(database: Database, part: Path):
        manifest = copy(database, part)
        with sqlite3.connect(part) as connection:
            connection.execute("UPDATE unit SET name = '别处' WHERE position = 0")
        return manifest

    monkeypatch.setattr(making, "_copied", spoiled)
    with pytest.raises(StoreProblem, match="不一致：unit"):
        store.back_up(tmp_path / "存", "李四")
    assert not list(tmp_path.glob("*存*"))


def test_only_so_many_are_kept_and_nothing_else_is_touched(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "hengxiao-20200101-000000.db.gz").write_bytes(b"the oldest")
    (tmp_path / "hengxiao-20200102-000000.db").write_bytes(b"old")
    for name in ("hengxiao.db.gz", "hengxiao-20200101-000000.db.gz.txt", "我的备份.db"):
        (tmp_path / name).write_bytes(b"not ours")
    made = store.back_up(tmp_path, "李四", keep=2)
    assert [path.name for path in made.removed] == ["hengxiao-20200101-000000.db.gz"]
    assert [one.path.name for one in backups_in(tmp_path)] == [made.path.name, "hengxiao-20200102-000000.db"]
    assert len(list(tmp_path.glob("*"))) == 6  # two backups, three strangers, the store's own folder


def test_keeping_none_is_refused_before_anything_is_made(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="至少要保留1份"):
        store.back_up(tmp_path, "李四", keep=0)
    assert backups_in(tmp_path) == ()


def test_backups_of_one_second_have_names_of_their_own(store: Store, tmp_path: Path) -> None:
    paths = {store.back_up(tmp_path, "李四").path for _ in range(3)}
    assert len(paths) == 3
    assert {one.path for one in backups_in(tmp_path)} == paths


def test_a_database_that_takes_no_line_is_backed_up_all_the_same(
    url: str, store: Store, assessment: Assessment, tmp_path: Path
) -> None:
    store.close()
    path = url.removeprefix("sqlite:///")
    frozen = Store(Database(f"sqlite:///file:{path}?mode=ro&uri=true"))
    made = frozen.back_up(tmp_path / "存", "李四")
    frozen.close()
    assert "只读" in made.unlogged
    assert inspect_backup(made.path).count("assessment") == 1


@pytest.mark.parametrize("role", ["view", "plan", "fill", "review"])
def test_only_who_manages_may_take_everything_out(store: Store, tmp_path: Path, role: str) -> None:
    somebody = store.by(Person("王五", "wangwu", (Duty(role),)))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="备份数据"):
        somebody.back_up(tmp_path / "存", "李四")
    assert not list(tmp_path.glob("存*"))
    manager = store.by(Person("赵六", "zhaoliu", (Duty("manage"),)))
    manager.back_up(tmp_path / "存", "李四")
    assert store.log()[0].actor == "赵六"


def test_who_manages_one_assessment_alone_takes_nothing_out_unlogged(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    somebody = store.by(Person("王五", "wangwu", (Duty("manage", assessment.id),)))
    with pytest.raises(NotAllowed, match="全部年度考核"):
        somebody.back_up(tmp_path / "存", "李四")
    assert not list(tmp_path.glob("存*"))


def test_a_broken_log_is_backed_up_as_it_is_and_told(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_no_update")
        connection.exec_driver_sql("UPDATE log SET actor = '别人' WHERE seq = 1")
    made = store.back_up(tmp_path, "李四")
    assert made.manifest.log_break == 1
    assert inspect_backup(made.path).log_break == 1


def test_what_compressing_does_not_make_smaller_stays_as_it_is(
    store: Store, assessment: Assessment, sheet: Make, tmp_path: Path
) -> None:
    store.take(assessment.id, "a.xlsx", random.Random(1).randbytes(3_000_000), [sheet()], "张三")
    made = store.back_up(tmp_path, "李四")
    assert made.path.suffix == ".db"
    shutil.copy(made.path, tmp_path / "别名")
    assert inspect_backup(tmp_path / "别名") == made.manifest
