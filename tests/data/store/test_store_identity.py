"""Who did what, and when, is never taken from what was sent: through every change that a store offers."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.access import ROLES, Duty, Person
from data.schemes import scheme_text
from data.store import Finding, Given, Ruling, Store, UnitRow
from data.store.tables import metadata
from scoring.marks import Fact, Mark, Sheet

ALL = tuple(Duty(role) for role in ROLES)
ONE, TWO = Person("王主任", "wang@example.org", ALL), Person("李科长", "li@example.org", ALL)
FALSE = "冒名者"
DAY = date(2020, 12, 10)
OFFERED = {
    name for name, method in inspect.getmembers(Store, callable)
    if not name.startswith("_") and name not in ("log", "bring") and "actor" in inspect.signature(method).parameters
}  # fmt: skip
"""Every change but the bringing in of an archive, whose names are proved in test_archive_import."""


class Teller:
    """Makes changes under a false name and holds each against the line that it left."""

    def __init__(self, store: Store) -> None:
        self.store, self.made = store, set[str]()

    def __call__(self, person: Person, name: str, *told: Any, **more: Any) -> Any:
        before, seen = datetime.now(UTC), len(self.store.log(limit=10_000))
        answer = getattr(self.store.by(person), name)(*told, **more, actor=FALSE)
        lines = self.store.log(limit=10_000)
        assert len(lines) == seen + 1, f"{name} left {len(lines) - seen} lines"
        assert lines[0].actor == person.name, name
        assert lines[0].details["account"] == person.account, name
        assert before <= lines[0].at <= datetime.now(UTC), name
        self.made.add(name)
        return answer


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    """Every change there is, made once at least."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('told')}/a.db") as store:
        change = Teller(store)
        for part in (_sheets, _facts_and_choices, _meeting, _follow_up, _schemes_and_maps, _people):
            part(change)
        _backup(change, tmp_path_factory.mktemp("backups"))
        yield change


def test_every_change_bears_the_name_of_the_sign_in_and_the_time_of_the_store(told: Teller) -> None:
    assert told.made == OFFERED, "each change that the store offers is made here; add those that are new"
    assert told.store.verify_log() is None


def test_no_row_anywhere_bears_a_name_that_was_only_sent(told: Teller) -> None:
    with told.store._database.reading() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.c if (c.name == "actor" or c.name.endswith("_by")) and c.name != "raised_by"]
            for row in connection.execute(select(*columns)) if columns else ():
                assert set(row) <= {ONE.name, TWO.name, None, ""}, table.name


def test_without_a_sign_in_the_name_is_the_one_that_was_typed_and_no_account_is_claimed(store: Store) -> None:
    store.create_assessment("甲", "s", "t", "h", [], "张三")
    assert (store.log()[0].actor, "account" in store.log()[0].details) == ("张三", False)


def test_no_change_takes_a_moment_for_its_own() -> None:
    for name in OFFERED:
        asked = inspect.signature(getattr(Store, name)).parameters
        assert not {"at", "now", "when", "time", "stamp"} & set(asked), name
        assert not any("datetime" in str(each.annotation) for each in asked.values()), name


def _new(change: Teller, name: str, *, demo: bool = False) -> int:
    units = [UnitRow(unit, "county") for unit in ("蓬江区", "江海区", "台山市")]
    text = scheme_text("jiangmen-2020-county")
    return change(ONE, "create_assessment", name, "jiangmen-2020-county", text, "abc", units, demo=demo).id


def _sheet(unit: str = "蓬江区", words: str = "") -> Sheet:
    return Sheet(unit, "cross", (Mark(1, grade="好", remark=words),))


def _sheets(change: Teller) -> None:
    key = _new(change, "评分表")
    change(ONE, "set_review_required", key, True)
    (one,) = change(ONE, "take", key, "a.xlsx", b"a", [_sheet()])
    change(ONE, "withdraw", one.id, reason="误传")
    change(ONE, "restore", one.id, reason="核实")
    change(ONE, "hand_in", [one.id])
    change(TWO, "send_back", one.id, reason="缺一项")
    change(ONE, "hand_in", [one.id])
    change(TWO, "review", [one.id])
    asked = change(ONE, "ask_unlock", one.id, reason="更正")
    change(ONE, "withdraw_request", asked.id)
    change(TWO, "refuse", change(ONE, "ask_unlock", one.id, reason="更正").id, reason="无据")
    change(TWO, "grant", change(ONE, "ask_unlock", one.id, reason="更正").id)
    units = [UnitRow(unit, "county") for unit in ("蓬江区", "江海区")]
    change(ONE, "correct_roster", key, units, reason="名单有误")
    _new(change, "示例", demo=True)
    change(ONE, "remove_demo")


def _facts_and_choices(change: Teller) -> None:
    key = _new(change, "情形")
    row = change(ONE, "add_fact", key, Fact("台山市", "sanction", "记过"), "附件")
    change(TWO, "confirm_fact", row.id)
    change(ONE, "withdraw_fact", row.id, reason="有误")
    change(ONE, "restore_fact", row.id, reason="无误")
    saved = change(ONE, "save_scenario", key, "甲案", {"w": "1/3"}, reason="试算")
    change(ONE, "withdraw_scenario", saved.id, reason="不用")
    change(ONE, "restore_scenario", saved.id)
    change(ONE, "set_setting", key, "k", "v")
    change(ONE, "confirm", key, {"assumption:ticks": "一"}, subject="口径")
    drawn = change(ONE, "record_drawing", key, "draw", "抽签", ["county"], "seed", {}, {}, reason="")
    change(ONE, "withdraw_drawing", drawn.id, reason="重抽")


def _meeting(change: Teller) -> None:
    key = _new(change, "会议")
    change(ONE, "finalise", key)
    asked = change(ONE, "ask_reopen", key, reason="更正")
    change(ONE, "withdraw_request", asked.id)
    version = change.store.version(key)
    first = change(ONE, "lock_version", key, version, "ab" * 32, "1", "")
    change(ONE, "withdraw_lock", key, first.number, reason="锁早了")
    number = change(ONE, "lock_version", key, version, "ab" * 32, "1", "").number
    objection = change(ONE, "add_objection", key, number, "蓬江区", "分数有误", "蓬江区", DAY)
    change(TWO, "answer_objection", objection.id, "rejected", "核对无误", "纪要1号")
    other = change(ONE, "add_objection", key, number, "江海区", "分数有误", "江海区", DAY)
    change(ONE, "withdraw_objection", other.id, reason="误登")
    grades = {unit: Given("好") for unit in ("蓬江区", "江海区", "台山市")}
    change(ONE, "suggest", key, number, grades, "")
    change(ONE, "settle", key, number, "江扶会〔2020〕5号", DAY, "领导小组会议", grades, "")
    change(ONE, "approve", key, "江府函〔2020〕66号", DAY, "市人民政府", "")
    change(ONE, "put_notice", key, DAY, "江扶字〔2020〕9号", "")
    change(ONE, "withdraw_notice", key, reason="误登")
    change(ONE, "withdraw_settling", key, "approved", reason="误登")
    change(ONE, "record_export", key, "总览", {"document": "总览.docx"})


def _follow_up(change: Teller) -> None:
    key = _new(change, "整改")
    ruling = Ruling("台山市", "1:谈话提醒", "谈话提醒", "adopted")
    (decided,) = change(ONE, "decide", key, [ruling])
    change(ONE, "withdraw_decision", decided.id, reason="误登")
    item, other = change(ONE, "add_rectifications", key, [Finding("台山市", "问题一"), Finding("台山市", "问题二")])
    item = change(ONE, "edit_rectification", item.id, Finding("台山市", "问题一", "原因", "措施", "赵六"), "doing")
    item = change(ONE, "report_rectification", item.id, "已改")
    item = change(TWO, "send_back_rectification", item.id, reason="不全")
    item = change(ONE, "report_rectification", item.id, "已改")
    change(TWO, "close_rectification", item.id)
    change(ONE, "strike_rectification", other.id, reason="重复")


def _schemes_and_maps(change: Teller) -> None:
    own = change(ONE, "create_scheme", "明年方案", scheme_text("jiangmen-2020-county"))
    own = change(ONE, "save_scheme", own.id, own.text.replace("减贫成效", "帮扶成效"), expected_revision=own.revision)
    own = change(TWO, "advance_scheme", own.id, expected_revision=own.revision)
    own = change(ONE, "return_scheme", own.id, reason="再改", expected_revision=own.revision)
    change(ONE, "remove_scheme", own.id, reason="不用", expected_revision=own.revision)
    change(ONE, "restore_scheme", own.id, reason="仍用")
    shape = {"type": "Polygon", "coordinates": [[[112.0, 22.0], [112.1, 22.0], [112.1, 22.1], [112.0, 22.0]]]}
    place = ("440700", "areas", ("a.geojson", b"{}"), {"440781": shape}, {"crs": "wgs84"})
    first = change(ONE, "put_geography", *place, called="江门市", replaces=None)
    change(ONE, "withdraw_geography", first.id, reason="有误", called="江门市")
    change(ONE, "restore_geography", first.id, reason="无误", called="江门市")


def _people(change: Teller) -> None:
    made = change(ONE, "enrol_person", "zhao@example.org", "赵六", [Duty("view")], "")
    made = change(ONE, "change_person", made.number, made.revision, "赵六", [Duty("plan")], "轮岗")
    change(ONE, "retire_person", made.number, made.revision, reason="调离")


def _backup(change: Teller, folder: Path) -> None:
    change(ONE, "back_up", folder)
