"""The way back: the same contents or a refusal in words, and whatever was there before is still there."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from data.demo import load_all
from data.locked import fingerprint
from data.state import load_state
from data.store import Assessment, Store, StoreProblem, migrate
from data.store.backup import restore
from data.store.backup.contents import MANIFEST
from data.store.backup.keeping import back_up
from data.store.backup.restoring import target_url
from data.store.database import Database
from data.store.location import sqlite_path, sqlite_url
from scoring.marks import Fact, Sheet

Make = Callable[..., Sheet]
WHEN = "2020-12-01 02:00:00.000000"


@pytest.fixture
def url(file: str) -> str:
    """A SQLite file; what is true of PostgreSQL stands in test_backup_engines.py."""
    return file


@pytest.fixture
def backup(store: Store, assessment: Assessment, sheet: Make, tmp_path: Path) -> Path:
    """A backup of one sheet, one fact and one choice."""
    store.take(assessment.id, "a.xlsx", b"a" * 3000, [sheet()], "张三")
    store.add_fact(assessment.id, Fact("台山市", "sanction", "记过", "2020-06-01"), "", "张三")
    store.set_setting(assessment.id, "assumption:ticks", "95/85/75/60", "张三")
    return store.back_up(tmp_path / "存", "李四").path


def file_of(url: str) -> Path:
    path = sqlite_path(url)
    assert path is not None
    return path


def plain(backup: Path) -> Path:
    """The backup as the SQLite file that it is, to be touched by hand."""
    path = backup.with_name("手改.db")
    path.write_bytes(gzip.decompress(backup.read_bytes()) if backup.suffix == ".gz" else backup.read_bytes())
    return path


def everything(url: str) -> list[str]:
    """All rows of all tables but those that the restoring itself adds, as SQL."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        lines = [line for line in connection.iterdump() if line.startswith("INSERT")]
    return [line for line in lines if "备份数据" not in line and "恢复备份" not in line and '"log_head"' not in line]


@pytest.mark.slow
def test_every_demo_gives_the_same_results_after_restoring(tmp_path: Path) -> None:
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        load_all(store)
        before = {one.id: fingerprint(load_state(store, one.id)) for one in store.assessments()}
        backup = store.back_up(tmp_path / "存", "李四").path
    assert len(before) >= 7
    restore(backup, sqlite_url(tmp_path / "新" / "b.db"), "李四")
    with Store.open(sqlite_url(tmp_path / "新" / "b.db")) as again:
        assert {one.id: fingerprint(load_state(again, one.id)) for one in again.assessments()} == before
        assert again.verify_log() is None
        assert again.wrong_originals()[1] == []


def test_a_restored_store_has_every_row_and_says_that_it_was_restored(backup: Path, url: str, tmp_path: Path) -> None:
    there = sqlite_url(tmp_path / "新" / "hengxiao.db")
    done = restore(backup, there, "李四")
    assert everything(there) == everything(url)
    with Store.open(there) as again:
        entry = again.log()[0]
        assert (entry.action, entry.actor, entry.details["sha256"]) == ("恢复备份", "李四", done.manifest.sha256)
        assert again.verify_log() is None
        assert again.set_setting(1, "k", "v", "张三").value == "v"


def test_a_place_with_data_in_it_is_left_alone(backup: Path, url: str, store: Store) -> None:
    before = everything(url)
    with pytest.raises(StoreProblem, match="已有数据，没有恢复"):
        restore(backup, url, "李四")
    assert everything(url) == before
    assert len(list(file_of(url).parent.glob("*restore*"))) == 0


def test_replacing_renames_the_earlier_file_and_deletes_nothing(backup: Path, url: str, store: Store, assessment: Assessment) -> None:
    store.set_setting(assessment.id, "later", "v", "张三")
    store.close()
    before = everything(url)
    done = restore(backup, url, "李四", replace=True)
    assert done.aside is not None
    assert everything(sqlite_url(done.aside)) == before
    assert len(everything(url)) == len(before) - 2  # the later choice and its line


def test_what_somebody_has_open_is_not_replaced(backup: Path, url: str, store: Store) -> None:
    store.assessments()  # the store keeps its connection
    before = everything(url)
    with pytest.raises(StoreProblem, match="仍有程序打开着"):
        restore(backup, url, "李四", replace=True)
    assert everything(url) == before


def test_a_damaged_database_is_replaced_and_kept_as_it_is(backup: Path, url: str, store: Store) -> None:
    store.close()
    path = file_of(url)
    path.write_bytes(b"\0" * 5000)
    done = restore(backup, url, "李四", replace=True)
    assert done.aside is not None
    assert done.aside.read_bytes() == b"\0" * 5000
    with Store.open(url) as again:
        assert len(again.assessments()) == 1


def test_a_store_in_which_nothing_happened_may_be_restored_into(backup: Path, tmp_path: Path) -> None:
    there = sqlite_url(tmp_path / "新" / "hengxiao.db")
    Store.open(there).close()
    restore(backup, there, "李四")
    with Store.open(there) as again:
        assert len(again.assessments()) == 1


@pytest.mark.parametrize("kind", ["compressed", "plain"])
def test_a_flipped_byte_is_refused_or_changed_nothing(backup: Path, url: str, tmp_path: Path, kind: str) -> None:
    """Bytes that hold nothing may be anything; whatever is restored is what was backed up."""
    good = backup.read_bytes() if kind == "compressed" else plain(backup).read_bytes()
    bad, wanted, refused = tmp_path / "坏.db", everything(url), 0
    draw = random.Random(8)
    for number in range(24):
        at = draw.randrange(len(good))
        bad.write_bytes(good[:at] + bytes([good[at] ^ (1 << draw.randrange(8))]) + good[at + 1 :])
        there = tmp_path / f"新{number}" / "hengxiao.db"
        try:
            restore(bad, sqlite_url(there), "李四")
        except StoreProblem:
            refused += 1
            assert not there.exists()
        else:
            assert everything(sqlite_url(there)) == wanted
    assert refused > (18 if kind == "compressed" else 0)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_cut_short_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    for whole in (backup, plain(backup)):
        content = whole.read_bytes()
        cut = tmp_path / "短.db"
        cut.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(StoreProblem, match="备份"):
            restore(cut, sqlite_url(tmp_path / "新" / "hengxiao.db"), "李四")
        assert not (tmp_path / "新" / "hengxiao.db").exists()


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        ("UPDATE submission SET marks = replace(marks, '185', '186')", "submission"),
        ("UPDATE original SET content = x'00'", "original"),
        ("UPDATE fact SET value = '警告'", "fact"),
        ("UPDATE setting SET value = '其他'", "setting"),
        ("UPDATE unit SET unit_group = '' WHERE position = 3", "unit"),
        ("DELETE FROM setting", "setting"),
        ("UPDATE assessment SET state = 'final'", "assessment"),
        ("UPDATE log_head SET seq = 9", "log_head"),
        ("DROP TRIGGER log_no_delete; DELETE FROM log WHERE seq = 4", "log"),
        ("CREATE TABLE more (id INTEGER PRIMARY KEY)", "more"),
        ("DROP TABLE drawing", "drawing"),
        ("CREATE TABLE nokey (x)", "损坏"),
        (f"DROP TABLE {MANIFEST}", "没有备份目录"),
        (f"DELETE FROM {MANIFEST}", "没有备份目录"),
        (f"UPDATE {MANIFEST} SET manifest = '{{}}'", "无法识别"),
        (f"UPDATE {MANIFEST} SET manifest = replace(manifest, '\"format\":1', '\"format\":2')", "无法识别"),
        (f"UPDATE {MANIFEST} SET manifest = replace(manifest, '\"log_seq\":4', '\"log_seq\":3')", "操作日志"),
        ("UPDATE alembic_version SET version_num = '0099'", "更新的版本"),
    ],
)
def test_whatever_is_changed_by_hand_is_found_before_anything_is_restored(
    backup: Path, tmp_path: Path, touch: str, told: str
) -> None:
    path = plain(backup)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(touch)
    there = tmp_path / "新" / "hengxiao.db"
    with pytest.raises(StoreProblem, match=told):
        restore(path, sqlite_url(there), "李四")
    assert not there.exists()


@pytest.mark.parametrize("content", [b"", b"PK\3\4", "考核".encode(), b"SQLite format 3\0", b"\x1f\x8b\x08", b"\0" * 100])
def test_what_is_no_backup_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "不是.db"
    path.write_bytes(content)
    with pytest.raises(StoreProblem, match="备份"):
        restore(path, sqlite_url(tmp_path / "新" / "hengxiao.db"), "李四")


def test_a_backup_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="是否存在"):
        restore(tmp_path / "没有.db", sqlite_url(tmp_path / "新" / "hengxiao.db"), "李四")


def test_a_database_of_ours_that_is_no_backup_is_refused(url: str, store: Store, assessment: Assessment, tmp_path: Path) -> None:
    store.close()
    with pytest.raises(StoreProblem, match="没有备份目录"):
        restore(file_of(url), sqlite_url(tmp_path / "新" / "hengxiao.db"), "李四")


def test_an_older_schema_is_backed_up_as_it_is_and_brought_up_when_restored(url: str, tmp_path: Path) -> None:
    database = Database(url)
    with database.writing() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO assessment (id, name, scheme_id, scheme_text, scheme_hash, state, version, demo, actor, at) "
            f"VALUES (7, '甲考核', 's', 't', 'h', 'draft', 3, 0, '张三', '{WHEN}')"
        )
        connection.exec_driver_sql(
            "INSERT INTO unit (assessment, position, name, unit_group, region) VALUES (7, 0, '台山市', 'county', '440781')"
        )
    made = back_up(database, tmp_path / "旧", "张三")
    database.close()
    assert made.manifest.revision == "0001"
    assert made.unlogged == ""
    there = sqlite_url(tmp_path / "新" / "hengxiao.db")
    done = restore(made.path, there, "李四")
    assert done.revision > "0007"
    with Store.open(there) as again:
        (one,) = again.assessments()
        assert (one.id, one.name, [unit.name for unit in one.units]) == (7, "甲考核", ["台山市"])


@pytest.mark.parametrize(
    ("named", "file"),
    [(None, "/现用.db"), ("/新/数据", "/新/数据/hengxiao.db"), ("/新/别名.db", "/新/别名.db"), ("sqlite:////另.db", "/另.db")],
)
def test_the_place_may_be_a_folder_a_file_or_an_address(named: str | None, file: str) -> None:
    assert sqlite_path(target_url(named, "sqlite:////现用.db")) == Path(file)


def test_the_place_may_be_another_engine() -> None:
    address = "postgresql+psycopg://127.0.0.1/h"
    assert target_url(address, "sqlite:////现用.db") == address


@pytest.mark.parametrize("place", ["不是地址", "sqlite://", "sqlite:///:memory:"])
def test_a_place_that_is_none_is_refused(backup: Path, place: str) -> None:
    with pytest.raises(StoreProblem, match="--to"):
        restore(backup, place, "李四")


def test_the_manifest_is_plain_json_that_anybody_can_read(backup: Path) -> None:
    with closing(sqlite3.connect(plain(backup))) as connection:
        (told,) = connection.execute(f"SELECT manifest FROM {MANIFEST}").fetchone()
    assert json.loads(told)["tables"]["submission"]["rows"] == 1
