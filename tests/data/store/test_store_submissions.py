"""Taking files: all or nothing, revisions kept, originals identical, withdrawn and restored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction

import pytest
from sqlalchemy import text

from data.store import Assessment, Moved, Store, StoreProblem, marks_json
from scoring.marks import Sheet

Make = Callable[..., Sheet]


def test_a_taken_sheet_comes_back_as_it_was_with_its_file(store: Store, assessment: Assessment, sheet: Make) -> None:
    content = bytes(range(256)) * 40
    (made,) = store.take(assessment.id, "蓬江区.xlsx", content, [sheet()], "张三")
    assert store.submissions(assessment.id) == [made]
    assert (made.sheet, made.revision, made.state, made.actor) == (sheet(), 1, "taken", "张三")
    assert made.file_sha256 == hashlib.sha256(content).hexdigest()
    assert store.original(made.file_sha256) == ("蓬江区.xlsx", content)


def test_all_is_there_after_the_store_is_opened_again(
    url: str, store: Store, assessment: Assessment, sheet: Make
) -> None:
    made = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    loaded = store.load(assessment.id)
    store.close()
    with Store.open(url) as again:
        assert again.load(assessment.id) == loaded
        assert again.submissions(assessment.id) == made
        assert again.original(made[0].file_sha256) == ("a.xlsx", b"a")
        assert again.verify_log() is None


def test_taking_the_same_unit_and_component_again_makes_revision_two_and_keeps_both(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    store.take(assessment.id, "旧.xlsx", b"1", [sheet(score="80")], "张三")
    store.take(assessment.id, "新.xlsx", b"2", [sheet(score="90")], "李四")
    newer, older = store.history(assessment.id, "蓬江区", "cross")
    assert (newer.revision, newer.state, newer.file_name) == (2, "taken", "新.xlsx")
    assert (older.revision, older.state, older.file_name) == (1, "replaced", "旧.xlsx")
    assert store.submissions(assessment.id) == [newer]
    assert older.sheet.marks[1].score == Fraction(80)
    assert [store.original(one.file_sha256)[1] for one in (older, newer)] == [b"1", b"2"]
    assert store.log()[0].action == "替换"


def test_one_file_of_many_sheets_is_one_version_and_one_log_entry(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    many = [sheet(unit, part) for unit in ("蓬江区", "江海区") for part in ("cross", "daily")]
    made = store.take(assessment.id, "全部.xlsx", b"x", many, "张三")
    assert [one.sheet for one in made] == many
    assert store.version(assessment.id) == 2
    entry = store.log()[0]
    assert (entry.action, entry.subject, entry.version) == ("上报", "2个考核对象，4份评分表（《全部.xlsx》）", 2)
    assert entry.details["sheets"][3] == {"unit": "江海区", "component": "daily", "revision": 1}


def test_the_same_bytes_are_kept_once(store: Store, assessment: Assessment, sheet: Make) -> None:
    store.take(assessment.id, "a.xlsx", b"same", [sheet("蓬江区")], "张三")
    store.take(assessment.id, "b.xlsx", b"same", [sheet("江海区")], "张三")
    with store._database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM original")).scalar() == 1
    assert [one.file_name for one in store.submissions(assessment.id)] == ["a.xlsx", "b.xlsx"]


def test_an_unknown_unit_refuses_the_whole_file(store: Store, assessment: Assessment, sheet: Make) -> None:
    with pytest.raises(StoreProblem, match="名单中没有“台山县”，未作任何保存"):
        store.take(assessment.id, "a.xlsx", b"a", [sheet("蓬江区"), sheet("台山县")], "张三")
    assert _nothing_happened(store, assessment)


def test_the_same_unit_and_component_twice_in_one_file_is_refused(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    with pytest.raises(StoreProblem, match="“蓬江区”的同一种考核方式出现了不止一份评分表"):
        store.take(assessment.id, "a.xlsx", b"a", [sheet(score="1"), sheet(score="2")], "张三")
    assert _nothing_happened(store, assessment)


def test_a_file_without_sheets_or_without_a_name_is_refused(store: Store, assessment: Assessment, sheet: Make) -> None:
    with pytest.raises(StoreProblem, match="没有可上报的评分表"):
        store.take(assessment.id, "a.xlsx", b"a", [], "张三")
    with pytest.raises(StoreProblem, match="文件名不能为空"):
        store.take(assessment.id, "", b"a", [sheet()], "张三")


def test_a_failure_in_the_middle_leaves_nothing(
    store: Store, assessment: Assessment, sheet: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.take(assessment.id, "旧.xlsx", b"1", [sheet()], "张三")
    before = (store.load(assessment.id), store.history(assessment.id), store.log())
    encode, calls = marks_json.encode, []

    def fails_at_the_second(one: Sheet) -> str:
        calls.append(one)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return encode(one)

    monkeypatch.setattr(marks_json, "encode", fails_at_the_second)
    with pytest.raises(RuntimeError, match="power cut"):
        store.take(assessment.id, "新.xlsx", b"2", [sheet(score="60"), sheet("江海区")], "张三")
    assert (store.load(assessment.id), store.history(assessment.id), store.log()) == before
    with pytest.raises(StoreProblem, match="没有找到这份原始文件"):
        store.original(hashlib.sha256(b"2").hexdigest())


def test_a_save_on_an_older_look_is_refused(store: Store, assessment: Assessment, sheet: Make) -> None:
    looked = store.version(assessment.id)
    store.take(assessment.id, "a.xlsx", b"a", [sheet("蓬江区")], "李四", expected_version=looked)
    with pytest.raises(Moved, match=r"已被他人更新.*重新查看"):
        store.take(assessment.id, "b.xlsx", b"b", [sheet("江海区")], "张三", expected_version=looked)
    assert [one.unit for one in store.submissions(assessment.id)] == ["蓬江区"]


def test_a_withdrawn_sheet_no_longer_counts_and_is_not_lost(store: Store, assessment: Assessment, sheet: Make) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    gone = store.withdraw(made.id, "李四", "误传")
    assert gone.state == "withdrawn"
    assert store.submissions(assessment.id) == []
    assert store.history(assessment.id) == [gone]
    entry = store.log()[0]
    assert (entry.action, entry.subject, entry.details["reason"]) == ("撤回", "蓬江区第1次评分表（《a.xlsx》）", "误传")


def test_the_last_word_on_a_sheet_is_its_newest_withdrawal_or_return(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    assert store.last_words(assessment.id) == {}
    store.withdraw(made.id, "李四", "误传")
    assert store.last_words(assessment.id)[made.id].details["reason"] == "误传"
    store.restore(made.id, "王五", "核实无误")
    told = store.last_words(assessment.id)[made.id]
    assert (told.actor, told.action, told.details["reason"]) == ("王五", "恢复", "核实无误")


def test_a_restored_sheet_counts_again(store: Store, assessment: Assessment, sheet: Make) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(made.id, "李四", "误传")
    assert store.restore(made.id, "李四", "核实无误") == made
    assert store.submissions(assessment.id) == [made]
    assert store.version(assessment.id) == 4


def test_restoring_replaces_the_one_that_counts_and_the_log_says_so(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    (first,) = store.take(assessment.id, "a.xlsx", b"a", [sheet(score="80")], "张三")
    (second,) = store.take(assessment.id, "b.xlsx", b"b", [sheet(score="90")], "张三")
    store.restore(first.id, "李四", "以首次为准")
    assert [one.id for one in store.submissions(assessment.id)] == [first.id]
    assert {one.id: one.state for one in store.history(assessment.id)} == {first.id: "taken", second.id: "replaced"}
    assert "取代现用的第2次" in store.log()[0].subject
    assert store.log()[0].details["replaced"] == [second.id]


def test_a_sheet_taken_after_a_withdrawal_gets_a_new_number(store: Store, assessment: Assessment, sheet: Make) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(made.id, "李四", "误传")
    (again,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    assert again.revision == 2
    assert [one.state for one in store.history(assessment.id)] == ["taken", "withdrawn"]


def test_withdrawing_and_restoring_need_a_reason_and_the_right_state(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    with pytest.raises(StoreProblem, match="撤回理由不能为空"):
        store.withdraw(made.id, "李四", "  ")
    with pytest.raises(StoreProblem, match="就是现用的一份"):
        store.restore(made.id, "李四", "x")
    store.withdraw(made.id, "李四", "误传")
    with pytest.raises(StoreProblem, match="恢复理由不能为空"):
        store.restore(made.id, "李四", "")
    with pytest.raises(StoreProblem, match="已不是现用的一份"):
        store.withdraw(made.id, "李四", "误传")
    with pytest.raises(StoreProblem, match="没有找到这份评分表"):
        store.withdraw(999, "李四", "误传")
    assert store.version(assessment.id) == 3


@pytest.mark.parametrize("actor", ["", "  ", "\t\n"])
def test_nobody_changes_anything_without_a_name(store: Store, assessment: Assessment, sheet: Make, actor: str) -> None:
    with pytest.raises(StoreProblem, match="操作人不能为空"):
        store.take(assessment.id, "a.xlsx", b"a", [sheet()], actor)
    assert _nothing_happened(store, assessment)


def test_an_original_that_was_touched_is_not_handed_out(store: Store, assessment: Assessment, sheet: Make) -> None:
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    with store._database.writing() as connection:
        connection.execute(text("UPDATE original SET content = :content"), {"content": bytes(1)})
    with pytest.raises(StoreProblem, match=r"《a.xlsx》与上报时的校验值不一致"):
        store.original(made.file_sha256)


def test_text_that_cannot_be_stored_is_said_in_words(store: Store, assessment: Assessment, sheet: Make) -> None:
    with pytest.raises(StoreProblem, match="无法保存的字符"):
        store.take(assessment.id, "坏\udc80名.xlsx", b"a", [sheet()], "张三")
    assert _nothing_happened(store, assessment)


def _nothing_happened(store: Store, assessment: Assessment) -> bool:
    return (store.version(assessment.id), store.history(assessment.id), len(store.log())) == (1, [], 1)
