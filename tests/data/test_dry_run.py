"""试上报: differences in words, clashes, effects; and that looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.dry_run import Offered, differences, dry_run, if_confirmed
from data.schemes import scheme, scheme_text
from data.state import State, load_state
from data.store import Assessment, Store, UnitRow
from data.store.location import sqlite_url
from scoring.marks import Fact, Mark, Sheet

RULES = scheme("jiangmen-2020-county")
GRADES = ("好", "较好", "一般", "较差")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def assessment(store: Store) -> Assessment:
    units = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    return store.create_assessment("甲", RULES.id, scheme_text(RULES.id), RULES.hash, units, "经办")


def now(store: Store, assessment: Assessment) -> State:
    return load_state(store, assessment.id)


def ticks(unit: str, component: str, *grades: str) -> Sheet:
    """Nineteen marks: those given, then 较好."""
    wanted = (*grades, *["较好"] * (19 - len(grades)))
    return Sheet(unit, component, tuple(Mark(no, grade) for no, grade in enumerate(wanted, 1)))


def total(score: str, opinion: str = "") -> Sheet:
    return Sheet("蓬江区", "daily", (Mark(None, score=Fraction(score)),), opinion)


def offered(name: str, *sheets: Sheet) -> Offered:
    return Offered(name, name, sheets)


@pytest.mark.parametrize(("before", "after", "said"), [
    (ticks("蓬江区", "cross"), ticks("蓬江区", "cross", "好"), ("第1项 较好→好",)),
    (ticks("蓬江区", "cross", "好", "一般"), ticks("蓬江区", "cross"), ("第1项 好→较好", "第2项 一般→较好")),
    (total("85"), total("86.5"), ("总分 85→86.5",)),
    (total("85", "好"), total("85", "尚可"), ("评价意见有改动",)),
    (ticks("蓬江区", "daily"), total("86"), ("逐项评分19项→总分86",)),
    (total("85"), total("85"), ()),
])  # fmt: skip
def test_differences_are_said_mark_by_mark(before: Sheet, after: Sheet, said: tuple[str, ...]) -> None:
    assert differences(before, after) == said


def test_where_a_mark_stands_in_the_form_is_no_difference_but_its_remark_is() -> None:
    one = Sheet("蓬江区", "cross", (Mark(1, "好", cell="E5"),))
    assert differences(one, Sheet("蓬江区", "cross", (Mark(1, "好", cell="F9", sheet="x"),))) == ()
    assert differences(one, Sheet("蓬江区", "cross", (Mark(1, "好", remark="补"),))) == ("第1项备注有改动",)


def test_not_applicable_and_absent_rows_are_told_apart() -> None:
    ticked = Sheet("蓬江区", "cross", (Mark(1, "好"), Mark(2, "好")))
    other = Sheet("蓬江区", "cross", (Mark(1, applicable=False, remark="无此项"),))
    assert differences(ticked, other) == ("第1项 好→不适用", "第2项 好→无")


@given(some.lists(some.sampled_from(GRADES), min_size=19, max_size=19), some.permutations(range(19)))
def test_the_order_of_rows_is_no_difference(grades: list[str], order: list[int]) -> None:
    sheet = ticks("蓬江区", "cross", *grades)
    assert differences(sheet, replace(sheet, marks=tuple(sheet.marks[at] for at in order))) == ()


def test_new_replaced_and_unchanged_are_told_apart(store: Store, assessment: Assessment) -> None:
    store.take(assessment.id, "a", b"a", [ticks("蓬江区", "cross")], "张三")
    plan = dry_run(store, now(store, assessment), [
        offered("新", ticks("江海区", "cross")),
        offered("改", ticks("蓬江区", "cross", "好")),
    ])  # fmt: skip
    assert [(one.kind, one.revision) for one in plan.arrivals] == [("new", 1), ("replaced", 2)]
    same = dry_run(store, now(store, assessment), [offered("同", ticks("蓬江区", "cross"))])
    assert (same.arrivals[0].kind, same.taken, same.after) == ("same", (), None)


def test_a_replacement_after_an_earlier_one_was_restored_gets_the_next_number(
    store: Store, assessment: Assessment
) -> None:
    (first,) = store.take(assessment.id, "a", b"a", [ticks("蓬江区", "cross")], "张三")
    store.take(assessment.id, "b", b"b", [ticks("蓬江区", "cross", "好")], "张三")
    store.restore(first.id, "张三", "以首次为准")
    (one,) = dry_run(store, now(store, assessment), [offered("c", ticks("蓬江区", "cross", "一般"))]).arrivals
    assert (one.before and one.before.revision, one.revision) == (1, 3)


def test_the_effect_is_scored_with_the_replaced_sheets(store: Store, assessment: Assessment) -> None:
    for way in ("cross", "municipal", "daily"):
        store.take(assessment.id, way, way.encode(), [ticks("蓬江区", way)], "张三")
    every = [ticks("蓬江区", way, *["好"] * 19) for way in ("cross", "municipal", "daily")]
    ((before, after),) = dry_run(store, now(store, assessment), [offered("x", *every)]).touched
    assert before is not None
    assert (before.score, before.grade, after.score, after.grade) == (85, "较好", 95, "好")


def test_files_that_bring_the_same_are_held_and_score_nothing(store: Store, assessment: Assessment) -> None:
    files = [offered("甲", ticks("蓬江区", "cross")), offered("乙", ticks("蓬江区", "cross", "好"))]
    plan = dry_run(store, now(store, assessment), [*files, offered("丙", ticks("江海区", "cross"))])
    (clash,) = plan.clashes
    assert (clash.unit, clash.component, clash.files) == ("蓬江区", "cross", tuple(files))
    assert [one.file.name for one in plan.taken] == ["丙"]


def test_looking_changes_nothing(store: Store, assessment: Assessment) -> None:
    before = (store.load(assessment.id), store.log())
    dry_run(store, now(store, assessment), [offered("x", ticks("蓬江区", "cross"))])
    assert (store.load(assessment.id), store.log()) == before


def test_what_a_pending_fact_would_do_is_worked_out_for_that_fact_alone(store: Store, assessment: Assessment) -> None:
    for way in ("cross", "municipal", "daily"):
        store.take(assessment.id, way, way.encode(), [ticks("蓬江区", way, *["好"] * 19)], "张三")
    capped = store.add_fact(assessment.id, Fact("蓬江区", "sanction", "记过"), "", "张三")
    worse = store.add_fact(assessment.id, Fact("蓬江区", "violation", "有"), "", "张三")
    state = now(store, assessment)
    assert if_confirmed(state, capped.id).grade == "较好"
    assert if_confirmed(state, worse.id).grade == "一般"
    with pytest.raises(KeyError):
        if_confirmed(state, 99)


def test_a_file_that_cannot_be_scored_is_held_back_alone(store: Store, assessment: Assessment) -> None:
    stranger, good = offered("甲", ticks("江南街道", "cross")), offered("乙", ticks("蓬江区", "cross"))
    plan = dry_run(store, now(store, assessment), [stranger, good])
    assert plan.refused == {"甲": "“江南街道”不在考核对象名单上"}
    assert [arrival.file.id for arrival in plan.taken] == ["乙"]
    assert (plan.problem, [after.unit for _, after in plan.touched]) == ("", ["蓬江区"])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Mark(8, value=Fraction(12)), Mark(8, value=Fraction("13.5")), "第8项 实际数值12→实际数值13.5"),
        (Mark(3, answer="部分完成"), Mark(3, answer="完成"), "第3项 部分完成→完成"),
        (Mark(4, score=Fraction(4)), Mark(4, value=Fraction(4)), "第4项 4→实际数值4"),
        (Mark(1, remark="属实"), Mark(1, remark="基本属实"), "第1项评价意见有改动"),
        (Mark(1, "好", remark="属实"), Mark(1, "好", remark="基本属实"), "第1项备注有改动"),
    ],
)
def test_values_answers_and_opinions_that_differ_are_told_in_their_own_words(before, after, words):
    assert differences(Sheet("甲", "c", (before,)), Sheet("甲", "c", (after,))) == (words,)
