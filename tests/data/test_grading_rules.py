"""What grades must satisfy before they are kept as 建议等次 or 审定: every rule by a case made by hand, and no way around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as always
from hypothesis import settings
from hypothesis import strategies as some

from data.demo import load_demo
from data.locked import Locked, lock, open_locked, settle, suggest
from data.locked.grading import cautions, complaints, grades_of, moved, names_paper, wants_grade
from data.state import State, load_state
from data.store import Given, Moved, Store, StoreProblem
from tests.data import locks
from tests.pages import builders

GRADES = ("好", "较好", "一般", "较差")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def locked(store: Store) -> Locked:
    """江门's seven, 恩平市 暂缺, 新会区 held at 较好 by a 记过 (五（四）)."""
    return locks.locked_of(store, builders.county(store).id)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('grades')}/hengxiao.db") as opened:
        return load_state(opened, builders.county(opened).id)


def with_(state: State, unit: str, grade: str, reason: str = "") -> dict[str, Given]:
    return grades_of(state) | {unit: Given(grade, reason)}


def test_the_computed_grades_are_taken_as_they_are_and_the_missing_unit_has_none(state: State) -> None:
    grades = grades_of(state)
    assert {unit: given.grade for unit, given in grades.items()} == {
        "蓬江区": "好", "江海区": "一般", "新会区": "较好", "台山市": "较好", "开平市": "较好", "鹤山市": "好",
    }  # fmt: skip
    assert complaints(state, grades) == ()
    assert moved(state, grades) == ()


@pytest.mark.parametrize(("unit", "grade", "reason", "told"), [
    ("台山市", "一般", "", "台山市由测算的“较好”改为“一般”，请写明理由。"),
    ("台山市", "一般", " 　", "台山市由测算的“较好”改为“一般”，请写明理由。"),
    ("台山市", "优秀", "会议研究", "台山市的等次“优秀”不在本方案的等次（好、较好、一般、较差）之内，请改选。"),
    ("恩平市", "较好", "", "恩平市的结果暂缺，给出等次“较好”的，请写明理由。"),
    ("斗门区", "好", "会议研究", "考核对象名单中没有“斗门区”，请核对名称。"),
])  # fmt: skip
def test_each_fault_is_told_with_whose_it_is_and_its_mend(state: State, unit: str, grade: str, reason: str, told: str) -> None:
    assert complaints(state, with_(state, unit, grade, reason)) == (told,)


@pytest.mark.parametrize(("unit", "grade", "reason"), [
    ("台山市", "一般", "暗访问题较多"),
    ("恩平市", "较好", "日常工作按上年计"),
    ("新会区", "一般", "从严"),
])  # fmt: skip
def test_with_a_reason_it_is_taken(state: State, unit: str, grade: str, reason: str) -> None:
    assert complaints(state, with_(state, unit, grade, reason)) == ()


def test_whoever_has_a_result_must_have_a_grade(state: State) -> None:
    grades = grades_of(state)
    del grades["鹤山市"]
    assert complaints(state, grades) == ("鹤山市尚未给出等次，请选择等次。",)
    assert len(complaints(state, {})) == 6, "恩平市 is 暂缺 and may be without"


def test_a_grade_over_a_limit_is_told_with_its_clause_and_needs_a_paper(state: State) -> None:
    over = with_(state, "新会区", "好", "工作扎实")
    (told,) = complaints(state, over)
    assert told == (
        "新会区有“记过”情形（2020-06-01，江纪〔2020〕12号），按五（四）不得评为“好”。"
        "确需给出“好”的，请在理由中写明所依据的文件（文号或会议纪要）。"
    )
    named = with_(state, "新会区", "好", "江扶会〔2020〕5号决定")
    assert complaints(state, named) == ()
    assert [(each.unit, each.named) for each in cautions(state, named)] == [("新会区", True)], "and stays told"
    assert cautions(state, grades_of(state)) == ()


@pytest.mark.parametrize("reason", [
    "江扶会〔2020〕5号", "江扶会[2020]5号", "见《领导小组会议纪要》", "会议纪要明确", "第3次会议", "第十二次会议", "市长办公会议纪要",
])  # fmt: skip
def test_a_paper_is_known_by_how_papers_are_named(reason: str) -> None:
    assert names_paper(reason)


@pytest.mark.parametrize("reason", ["", "工作扎实", "2020年表现突出", "得分94分", "排第一", "领导同意"])
def test_a_mere_opinion_names_no_paper(reason: str) -> None:
    assert not names_paper(reason)


@settings(max_examples=60, deadline=None)
@always(data=some.data())
def test_no_set_of_grades_passes_with_a_difference_unexplained_or_a_limit_passed_over_in_silence(state: State, data) -> None:
    reasons = some.sampled_from(["", "研究决定", "江扶会〔2020〕5号"])
    units = [result.unit for result in state.results.units]
    grades = data.draw(some.dictionaries(some.sampled_from(units), some.builds(Given, some.sampled_from(GRADES), reasons)))
    if complaints(state, grades):
        return
    for result in state.results.units:
        given = grades.get(result.unit)
        assert given or not result.grade
        if given and given.grade != result.grade:
            assert given.reason
        if given and any(GRADES.index(given.grade) < GRADES.index(limit.best) for limit in result.limits):
            assert "〔2020〕" in given.reason


def test_the_store_facing_calls_refuse_the_same_and_keep_nothing(store: Store, locked: Locked) -> None:
    bad = with_(locked.state, "台山市", "一般")
    with pytest.raises(StoreProblem, match="暂不能登记建议等次：台山市由测算的“较好”改为“一般”，请写明理由。"):
        suggest(store, locked, bad, "", "张三")
    with pytest.raises(StoreProblem, match="暂不能登记审定：台山市"):
        settle(store, locked, "会议1号", locks.SETTLED_ON, "领导小组", bad, "", "张三")
    assert store.settlings(locked.record.assessment) == {}


def test_all_faults_are_told_at_once(store: Store, locked: Locked) -> None:
    bad = with_(locked.state, "台山市", "一般") | {"新会区": Given("好", "扎实"), "无名": Given("好")}
    with pytest.raises(StoreProblem) as refused:
        suggest(store, locked, bad, "", "张三")
    assert all(part in str(refused.value) for part in ("无名", "台山市", "五（四）"))


def test_who_filled_in_the_form_before_somebody_elses_step_is_refused(store: Store, locked: Locked) -> None:
    made, grades = locked.record.assessment, grades_of(locked.state)
    first = suggest(store, locked, grades, "", "张三", seen={})
    with pytest.raises(Moved, match="他人已登记、更正或撤销建议等次"):
        suggest(store, locked, grades, "", "李四", seen={})
    assert suggest(store, locked, grades, "", "李四", seen={"suggested": first.id}).actor == "李四"
    store.withdraw_settling(made, "suggested", "王五", "误登")
    with pytest.raises(Moved):
        suggest(store, locked, grades, "", "张三", seen={"suggested": first.id})


def test_where_grades_are_by_judgement_everyone_scored_must_be_given_one(store: Store) -> None:
    (made,) = load_demo(store, documents=["guangdong-2019"])
    locked = open_locked(store, made.id, lock(store, made.id, "张三").number, locks.TODAY)
    wanted = [result.unit for result in locked.state.results.units if wants_grade(locked.state, result)]
    assert len(complaints(locked.state, grades_of(locked.state))) == len(wanted) - len(grades_of(locked.state)) > 10
    given = {unit: Given("较好") for unit in wanted}
    assert [told for told in complaints(locked.state, given) if "尚未给出" in told] == []
    assert suggest(store, locked, {unit: Given("较好", "评议意见，粤扶组〔2020〕1号") for unit in wanted}, "", "张三").kind == "suggested"


def test_judgement_without_grades_takes_none(store: Store) -> None:
    (made,) = load_demo(store, documents=["qujiang-2018"])
    locked = open_locked(store, made.id, lock(store, made.id, "张三").number, locks.TODAY)
    assert complaints(locked.state, {}) == ()
    unit = locked.state.results.units[0].unit
    assert complaints(locked.state, {unit: Given("好")}) == ("本方案不评等次，只审定名单和处理意见，请不要填写等次。",)


def test_reasons_are_kept_without_surrounding_blanks(store: Store, locked: Locked) -> None:
    kept = suggest(store, locked, with_(locked.state, "台山市", "一般", " 暗访 "), " 备注 ", "张三")
    assert (kept.grades["台山市"].reason, kept.note) == ("暗访", "备注")
    assert replace(kept, note="") != kept
