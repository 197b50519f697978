"""A database as version 0.6.0 left it, with something in every table that has grown since: all of it is kept, and goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from alembic import command
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from data.store import Given, Store, StoreProblem, migrate
from data.store.backup.restoring import restore
from data.store.database import Database
from data.store.log import append, next_link
from data.store.opening import open_sound
from data.store.records import LogEntry
from data.store.tables import assessment, fact, locked, original, setting, settling, submission, unit
from scoring.marks import Fact, Mark, Sheet

WHEN = datetime(2020, 12, 1, 2, 0, tzinfo=UTC)
WHO = {"actor": "张三", "at": WHEN}
FILE = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"  # SHA-256 of "a"
FIRST, SECOND = (
    f'{{"format":1,"opinion":"同意","sheets":["评分表"],"marks":[[2,null,"{score}",1,"",0,"H6"]]}}' for score in ("90", "185/2")
)
OLD = {"assessment": 1, "original": FILE, "unit": "蓬江区", "component": "cross", "file_name": "a.xlsx", **WHO}
FACT = {"unit": "蓬江区", "fact": "sanction", "value": "记过", "date": "2020-06-01", "basis": "江纪1号", "note": ""}
TICKS = {"key": "assumption:ticks", "before": None, "value": "甲"}
ROWS = [
    (assessment, {"name": "甲考核", "scheme_id": "s", "scheme_text": "id: x", "scheme_hash": "h", "state": "final", "version": 7,
                  "demo": False, **WHO}),
    (unit, {"assessment": 1, "version": 1, "state": "current", "position": 0, "name": "蓬江区", "unit_group": "county", "region": "440703",
            "helps": "[]", **WHO}),
    (original, {"sha256": FILE, "name": "a.xlsx", "size": 1, "content": b"a", **WHO}),
    (submission, {**OLD, "version": 3, "revision": 1, "state": "replaced", "marks": FIRST}),
    (submission, {**OLD, "version": 3, "revision": 2, "state": "taken", "marks": SECOND}),
    (fact, {"assessment": 1, "version": 5, "state": "confirmed", **FACT, **WHO, "confirmed_by": "李四", "confirmed_at": WHEN}),
    (setting, {"assessment": 1, "version": 6, "state": "current", "key": TICKS["key"], "value": "甲", **WHO}),
    (setting, {"assessment": 1, "version": 6, "state": "paper", "key": TICKS["key"], "value": "纪要1号", **WHO}),
    (locked, {"assessment": 1, "version": 7, "state": "current", "number": 1, "hash": "f" * 64, "engine": "1", "note": "", **WHO}),
    (settling, {"assessment": 1, "version": 7, "state": "current", "kind": "settled", "locked": 1, "number": "会1号", "day": "2020-12-10",
                "body": "领导小组会议", "grades": '{"蓬江区":["好",""]}', "note": "", **WHO}),
]  # fmt: skip
LINES = [
    (1, "新建考核", {"demo": False, "scheme": "s", "scheme_hash": "h", "units": 1}),
    (2, "上报", {"sheets": [{"unit": "蓬江区", "component": "cross", "revision": 1}], "replaced": []}),
    (3, "替换", {"sheets": [{"unit": "蓬江区", "component": "cross", "revision": 2}], "replaced": [1]}),
    (4, "登记情形", {"id": 1} | FACT),
    (5, "核对情形", {"id": 1} | FACT),
    (6, "确认口径", TICKS | {"basis": "纪要1号"}),
    (7, "定稿", {}),
    (7, "锁定", {"number": 1, "fingerprint": "f" * 64}),
    (7, "登记审定", {"locked": 1, "number": "会1号"}),
]


@pytest.fixture
def left(bare_url: str) -> str:
    """A database with the tables, the rows and the log of version 0.6.0."""
    database = Database(bare_url)
    with database.writing() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        if not database.one_file:
            connection.execute(text("GRANT UPDATE, DELETE ON log TO CURRENT_USER"))  # it did not take these away
        for table, values in ROWS:
            connection.execute(insert(table).values(**values))
        for at, (version, action, details) in enumerate(LINES):
            seq, before = next_link(connection)
            when = WHEN + timedelta(hours=at)
            append(connection, LogEntry(seq, when, "张三", 1, action, "甲考核", details, before, "", version))
    database.close()
    return bare_url


def test_everything_that_was_kept_is_there_and_the_log_holds(left: str) -> None:
    with Store.open(left) as store:
        assert store.verify_log() is None
        assert [(entry.version, entry.action) for entry in reversed(store.log(1))] == [line[:2] for line in LINES]
        (now,) = store.submissions(1)
        assert now.sheet == Sheet("蓬江区", "cross", (Mark(2, score=Fraction(185, 2), sheet="评分表", cell="H6"),), opinion="同意")
        assert (now.revision, now.actor, now.at, now.stage, now.handed_by) == (2, "张三", WHEN, "filled", None)
        assert [(one.revision, one.state) for one in store.history(1)] == [(2, "taken"), (1, "replaced")]
        assert store.original(FILE) == ("a.xlsx", b"a")
        (row,) = store.facts(1)
        assert row.fact == Fact("蓬江区", "sanction", "记过", "2020-06-01", "江纪1号", confirmed=True)
        assert (row.actor, row.confirmed_by, row.account) == ("张三", "李四", "")
        assert [(one.key, one.value, one.paper) for one in store.settings(1).values()] == [("assumption:ticks", "甲", "纪要1号")]
        (record,) = store.locked_versions(1)
        assert (record.number, record.version, record.hash) == (1, 7, "f" * 64)
        assert store.settlings(1)["settled"].grades == {"蓬江区": Given("好")}
        assert not store.review_required(1)
        assert (store.requests(1), store.people()) == ([], [])


def test_every_version_of_it_can_be_gone_back_to(left: str) -> None:
    with Store.open(left) as store:
        assert [(one.version, one.kept) for one in store.versions(1)] == [(number, True) for number in range(1, 8)]
        found = store.load_between(1, 1, 7)
    sheets = {version: [one.revision for one in loaded.submissions] for version, loaded in found.items()}
    assert sheets == {1: [], 2: [1], 3: [2], 4: [2], 5: [2], 6: [2], 7: [2]}
    assert [version for version, loaded in found.items() if any(row.fact.confirmed for row in loaded.facts)] == [5, 6, 7]
    assert [version for version, loaded in found.items() if loaded.settings] == [6, 7]
    assert [version for version, loaded in found.items() if loaded.assessment.state == "final"] == [7]


def test_what_is_new_goes_on_from_it(left: str) -> None:
    with Store.open(left) as store:
        with pytest.raises(StoreProblem, match="已经审定"):
            store.ask_reopen(1, "张三", "有误")
        store.withdraw_settling(1, "settled", "张三", "有误")
        store.grant(store.ask_reopen(1, "张三", "有误").id, "李四")
        store.set_review_required(1, True, "王五")
        store.hand_in([2], "赵六")
        assert [(one.stage, one.reviewed_by) for one in store.review([2], "李四")] == [("reviewed", "李四")]
        with pytest.raises(StoreProblem, match="复核锁定"):
            store.take(1, "b.xlsx", b"b", [Sheet("蓬江区", "cross", (Mark(2, score=Fraction(60)),))], "张三")
        assert store.verify_log() is None
        assert all(one.kept for one in store.versions(1))


def test_nobody_can_change_its_log_any_more(left: str) -> None:
    """SQLite has refused it from the first; of PostgreSQL the program's account no longer holds the right."""
    with Store.open(left) as store:
        for touch in ("UPDATE log SET actor = '王五'", "DELETE FROM log"):
            with store._database.engine.connect() as connection, pytest.raises(DBAPIError):
                connection.execute(text(touch))
        assert store.verify_log() is None


def test_it_is_backed_up_as_it_was_before_its_tables_are_changed(left: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENGXIAO_BACKUPS", str(tmp_path / "备份"))
    store, found = open_sound(left)
    store.close()
    assert found.well
    (backup,) = (tmp_path / "备份").iterdir()
    again = f"sqlite:///{tmp_path}/旧.db"
    restored = restore(backup, again, "王五")
    assert (restored.manifest.revision, restored.manifest.count("submission")) == ("0007", 2)
    with Store.open(again) as store:
        assert store.log()[0].action == "恢复备份"
        assert store.verify_log() is None
