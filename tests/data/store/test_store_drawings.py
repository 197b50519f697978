"""Draws kept: logged, never overwritten, drawn again only with a reason, and found as they were."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from data.store import Assessment, Drawing, Store, StoreProblem, migrate
from data.store.log import canonical

INPUTS: dict[str, Any] = {"title": "交叉考核抽签", "plan": {"form": "pairs"}}
RESULT: dict[str, Any] = {"lines": [{"number": 1, "group": "蓬江区", "objects": ["新会区"], "also": []}]}


def keep(store: Store, assessment: Assessment, seed: str = "3 17 22", *, rule: str = "", scope: tuple[str, ...] = (),
         reason: str = "") -> Drawing:  # fmt: skip
    kind = "sample" if rule else "draw"
    return store.record_drawing(assessment.id, kind, rule, scope, seed, INPUTS, RESULT, "张三", reason)  # type: ignore[arg-type]


def test_a_draw_comes_back_as_it_was_and_is_logged_with_the_hash_of_its_result(
    store: Store, assessment: Assessment
) -> None:
    made = keep(store, assessment)
    assert store.drawings(assessment.id) == [made]
    assert (made.seed, made.inputs, made.result, made.state, made.actor) == (
        "3 17 22",
        INPUTS,
        RESULT,
        "current",
        "张三",
    )
    entry = store.log(assessment.id)[0]
    assert (entry.action, entry.subject) == ("抽签", "交叉考核抽签　种子3 17 22")
    assert entry.details["result"] == hashlib.sha256(canonical(RESULT).encode()).hexdigest()
    assert store.verify_log() is None


def test_a_draw_moves_no_result(store: Store, assessment: Assessment) -> None:
    keep(store, assessment)
    assert store.version(assessment.id) == assessment.version


def test_drawing_again_needs_a_reason_and_leaves_the_earlier_one_to_be_seen(
    store: Store, assessment: Assessment
) -> None:
    first = keep(store, assessment)
    with pytest.raises(StoreProblem, match="已于此前抽过（种子3 17 22），再抽须写明理由"):
        keep(store, assessment, "9")
    assert [one.id for one in store.drawings(assessment.id)] == [first.id]
    second = keep(store, assessment, "9", reason="鹤山市临时换组长")
    states = {one.seed: (one.state, one.reason) for one in store.drawings(assessment.id)}
    assert states == {"9": ("current", "鹤山市临时换组长"), "3 17 22": ("replaced", "")}
    entry = store.log(assessment.id)[0]
    assert (entry.action, entry.details["replaced"], entry.details["reason"]) == (
        "重新抽签",
        [first.id],
        "鹤山市临时换组长",
    )
    assert second.result == first.result


def test_a_withdrawn_draw_stays_and_the_next_one_needs_a_reason_too(store: Store, assessment: Assessment) -> None:
    first = keep(store, assessment)
    with pytest.raises(StoreProblem, match="作废理由不能为空"):
        store.withdraw_drawing(first.id, "张三", " ")
    gone = store.withdraw_drawing(first.id, "张三", "漏了一个组")
    assert gone.state == "withdrawn"
    assert store.log(assessment.id)[0].action == "作废抽签"
    with pytest.raises(StoreProblem, match="再抽须写明理由"):
        keep(store, assessment, "9")
    with pytest.raises(StoreProblem, match="无须再作废"):
        store.withdraw_drawing(first.id, "张三", "再来")
    with pytest.raises(StoreProblem, match="没有找到这次抽取的记录"):
        store.withdraw_drawing(99, "张三", "无")


def test_samples_of_other_places_and_other_rules_stand_beside_each_other(store: Store, assessment: Assessment) -> None:
    one = keep(store, assessment, "1", rule="household", scope=("大桥镇",))
    keep(store, assessment, "2", rule="household", scope=("洛阳镇", "必背镇"))
    keep(store, assessment, "3", rule="village", scope=("大桥镇",))
    keep(store, assessment, "4")
    assert all(row.state == "current" for row in store.drawings(assessment.id))
    assert [row.seed for row in store.drawings(assessment.id, "draw")] == ["4"]
    with pytest.raises(StoreProblem, match="种子1"):
        keep(store, assessment, "5", rule="household", scope=("大桥镇", "东坪镇"))
    keep(store, assessment, "5", rule="household", scope=("大桥镇", "东坪镇"), reason="名册补报")
    assert {row.id: row.state for row in store.drawings(assessment.id)}[one.id] == "replaced"


def test_a_sample_of_the_whole_list_shares_every_place(store: Store, assessment: Assessment) -> None:
    keep(store, assessment, "1", rule="household", scope=("大桥镇",))
    with pytest.raises(StoreProblem, match="再抽须写明理由"):
        keep(store, assessment, "2", rule="household")


def test_what_cannot_be_kept_is_refused(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="种子不能为空"):
        keep(store, assessment, " ")
    with pytest.raises(StoreProblem, match="不存在或已清除"):
        store.record_drawing(99, "draw", "", (), "1", INPUTS, RESULT, "张三")
    assert store.drawings(assessment.id) == []


def test_the_table_is_made_on_postgresql_by_the_same_statements() -> None:
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    revision = ScriptDirectory.from_config(migrate._config()).get_revision("0003")
    assert revision is not None
    with Operations.context(context):
        revision.module.upgrade()
    assert "CREATE TABLE drawing" in said.getvalue()
    assert "WHERE state = 'current'" in said.getvalue()
