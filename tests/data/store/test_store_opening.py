"""Opening: where data lives, migrations, newer and foreign databases, and every way a disk can fail."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, text

from data.store import Assessment, Store, StoreProblem, location, migrate
from data.store.database import Database
from data.store.tables import metadata
from scoring.marks import Sheet

ON_A_FILE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # what only a file can suffer


def test_an_empty_place_becomes_a_store_with_exactly_the_tables_the_code_knows(bare_url: str) -> None:
    with Store.open(bare_url) as store, store._database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_heads() == tuple(ScriptDirectory.from_config(migrate._config()).get_heads())


def test_opening_twice_changes_nothing(url: str, store: Store, assessment: Assessment) -> None:
    with Store.open(url) as again:
        assert again.assessments() == [assessment]


def test_the_file_is_set_to_survive_a_power_cut(file: str) -> None:
    with Store.open(file) as store, store._database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}


def test_a_schema_newer_than_the_program_is_refused_with_the_remedy(url: str, store: Store) -> None:
    with store._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    with pytest.raises(StoreProblem, match=r"数据库由更新的版本创建（结构版本 0099）.*请升级程序，或使用.*备份"):
        Store.open(url)


def test_a_database_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE submission (x)")
    with pytest.raises(StoreProblem, match="同名的数据表（submission），不是本系统建立的"):
        Store.open(f"sqlite:///{path}")
    with sqlite3.connect(path) as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["submission"]


def test_a_migration_that_fails_leaves_nothing(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = migrate.command.upgrade

    def cut(config: object, revision: str) -> None:
        upgrade(config, revision)  # type: ignore[arg-type]
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrate.command, "upgrade", cut)
    with pytest.raises(RuntimeError):
        Store.open(bare_url)
    left = Database(bare_url)
    with left.reading() as connection:
        assert inspect(connection).get_table_names() == []
    left.close()
    monkeypatch.undo()
    Store.open(bare_url).close()


def test_the_start_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Store.open(f"sqlite:///{tmp_path}/100%/a.db").close()
    assert (tmp_path / "100%" / "a.db").exists()


def test_data_lives_where_the_one_setting_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path / "数据? 一"))
    Store.open().close()
    assert (tmp_path / "数据? 一" / "hengxiao.db").exists()


def test_without_a_setting_data_lives_beside_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HENGXIAO_DATA", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    assert location.data_folder() == Path(location.__file__).parents[2] / "var"
    assert location.database_url().endswith("/var/hengxiao.db")


def test_database_url_names_another_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/shared.db")
    Store.open().close()
    assert (tmp_path / "shared.db").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("江门", "DATABASE_URL）写法有误"),
        ("nosuch://host/db", "没有安装数据库“nosuch”的驱动"),
        ("mysql://host/db", "没有安装数据库“mysql”的驱动"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_in_words(url: str, words: str) -> None:
    with pytest.raises(StoreProblem, match=words):
        Store.open(url)


def test_a_folder_that_cannot_be_made_is_said_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreProblem, match=r"无法建立数据文件夹.*HENGXIAO_DATA"):
        Store.open(f"sqlite:///{tmp_path}/file/a.db")


def test_a_path_that_is_a_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="无法打开数据库"):
        Store.open(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("content", ["这不是数据库" * 200, "SQLite format 3\0" + "x" * 5000])
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.db"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreProblem, match=r"已损坏或不是本系统的数据库.*备份"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8") == content


@ON_A_FILE
def test_damage_in_the_middle_of_the_file_is_said(url: str, store: Store, assessment: Assessment) -> None:
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreProblem, match="备份"):
        Store.open(url).assessments()


@ON_A_FILE
def test_a_read_only_database_shows_everything_and_refuses_to_save(
    url: str, store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    path = url.removeprefix("sqlite:///")
    with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as reader:
        assert reader.assessment(assessment.id) == assessment
        with pytest.raises(StoreProblem, match=r"只读.*写入权限"):
            reader.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")


@ON_A_FILE
def test_a_full_disk_refuses_in_words_and_leaves_nothing(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    @event.listens_for(store._database.engine, "checkout")
    def nearly_full(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 40")

    with pytest.raises(StoreProblem, match=r"磁盘空间已满.*清理磁盘"):
        store.take(assessment.id, "a.xlsx", bytes(1_000_000), [sheet()], "张三")
    assert (store.version(assessment.id), store.submissions(assessment.id)) == (1, [])
    store.take(assessment.id, "b.xlsx", b"small", [sheet()], "张三")
    assert store.verify_log() is None


@ON_A_FILE
def test_a_locked_database_refuses_in_words_while_reading_goes_on(
    url: str, store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    with Store.open(f"{url}?timeout=0.05") as hasty, store._database.writing():
        with pytest.raises(StoreProblem, match=r"正被其他操作占用.*稍候再试"):
            hasty.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
        assert hasty.version(assessment.id) == 1


def test_words_come_from_the_driver_and_not_from_the_values(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem) as caught, store._database.writing() as connection:
        connection.execute(text("INSERT INTO log_head VALUES (1, 0, :hash)"), {"hash": "locked malformed"})
    assert "未能完成" in str(caught.value)
    assert "INSERT" not in str(caught.value)
