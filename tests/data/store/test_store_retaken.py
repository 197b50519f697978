"""The same form handed in twice: a double click or a lost answer makes no second revision, and no official is surprised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import text

from data.log_text import details_text
from data.store import Assessment, Moved, Store, StoreProblem
from scoring.marks import Sheet

Make = Callable[..., Sheet]
COUNTIES = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")


def test_the_same_file_again_is_answered_with_what_counts_and_changes_nothing(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    first = store.take(assessment.id, "a.xlsx", b"a", [sheet("江海区"), sheet("蓬江区")], "张三")
    before = (store.load(assessment.id), store.log())
    again = store.take(assessment.id, "a.xlsx", b"a", [sheet("江海区"), sheet("蓬江区")], "李四")
    assert again == first
    assert (store.load(assessment.id), store.log()) == before
    assert store.verify_log() is None


def test_after_a_file_that_changed_nothing_the_next_change_follows_in_the_log(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    for score in ("80", "80", "90", "90", "80"):
        store.take(assessment.id, "a.xlsx", score.encode(), [sheet(score=score)], "张三")
    assert [(entry.seq, entry.action, entry.version) for entry in store.log()] == [
        (4, "替换", 4), (3, "替换", 3), (2, "上报", 2), (1, "新建考核", 1),
    ]  # fmt: skip
    assert [one.revision for one in store.history(assessment.id)] == [3, 2, 1]
    assert store.verify_log() is None


def test_a_client_that_got_no_answer_may_send_again_what_it_sent(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    seen = store.version(assessment.id)
    made = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三", expected_version=seen)
    assert store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三", expected_version=seen) == made
    with pytest.raises(Moved):
        store.take(assessment.id, "a.xlsx", b"b", [sheet(score="1")], "张三", expected_version=seen)


def test_of_a_workbook_of_seven_with_one_mark_corrected_one_sheet_is_replaced(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    first = store.take(assessment.id, "旧.xlsx", b"1", [sheet(unit) for unit in COUNTIES], "张三")
    corrected = [sheet(unit, score="70" if unit == "台山市" else "92.5") for unit in COUNTIES]
    made = store.take(assessment.id, "新.xlsx", b"2", corrected, "李四")
    assert [(one.unit, one.revision, one.file_name) for one in made] == [
        (unit, 2, "新.xlsx") if unit == "台山市" else (unit, 1, "旧.xlsx") for unit in COUNTIES
    ]
    assert [one for one in made if one.unit != "台山市"] == [one for one in first if one.unit != "台山市"]
    entry = store.log()[0]
    assert (entry.action, entry.version) == ("替换", 3)
    assert entry.subject == "台山市第2次，1份评分表（《新.xlsx》）"
    assert entry.details["replaced"] == [first[3].id]
    assert details_text(entry, {}).endswith("同一文件中另有6份与现用的相同，未作改动；文件校验值：d4735e3a265e…")


def test_what_was_replaced_or_withdrawn_since_counts_again_when_its_file_comes_again(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    units = [sheet(unit) for unit in ("蓬江区", "江海区", "鹤山市")]
    first = store.take(assessment.id, "a.xlsx", b"a", units, "张三")
    store.take(assessment.id, "b.xlsx", b"b", [sheet("江海区", score="60")], "李四")
    store.withdraw(first[2].id, "李四", "误传")
    made = store.take(assessment.id, "a.xlsx", b"a", units, "张三")
    assert [(one.unit, one.revision) for one in made] == [("蓬江区", 1), ("江海区", 3), ("鹤山市", 2)]
    assert [one.sheet for one in made] == units


def test_where_a_mark_stands_in_the_form_and_in_what_order_makes_no_difference(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    made = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    moved = replace(sheet(), marks=tuple(replace(mark, cell="Z9", sheet="表2") for mark in reversed(sheet().marks)))
    assert store.take(assessment.id, "b.xlsx", b"b", [moved], "张三") == made


@pytest.mark.parametrize(
    "other",
    [
        lambda one: replace(one, opinion="不同意"),
        lambda one: replace(one, marks=one.marks[:1]),
        lambda one: replace(one, marks=(*one.marks, one.marks[0])),
        lambda one: replace(one, marks=(replace(one.marks[0], grade="较好"), one.marks[1])),
        lambda one: replace(one, marks=(replace(one.marks[0], remark="补充说明"), one.marks[1])),
        lambda one: replace(one, marks=(one.marks[0], replace(one.marks[1], score=Fraction(0)))),
        lambda one: replace(one, marks=(one.marks[0], replace(one.marks[1], score=None, value=Fraction("92.5")))),
        lambda one: replace(one, marks=(replace(one.marks[0], grade=None, answer="好"), one.marks[1])),
        lambda one: replace(one, marks=(replace(one.marks[0], grade=None, applicable=False), one.marks[1])),
    ],
)
def test_whatever_a_sheet_says_differently_is_a_new_revision(
    store: Store, assessment: Assessment, sheet: Make, other: Callable[[Sheet], Sheet]
) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    (made,) = store.take(assessment.id, "b.xlsx", b"b", [other(sheet())], "张三")
    assert (made.revision, made.sheet) == (2, other(sheet()))


def test_a_file_that_brings_nothing_new_is_not_kept_again(store: Store, assessment: Assessment, sheet: Make) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.take(assessment.id, "另存.xlsx", b"saved again", [sheet()], "张三")
    with store._database.reading() as connection:
        assert connection.execute(text("SELECT name FROM original")).scalars().all() == ["a.xlsx"]


def test_the_same_marks_for_another_unit_or_assessment_are_another_sheet(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    other = store.create_assessment("2021年考核", "s", "t", "h", list(assessment.units), "张三")
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.take(assessment.id, "a.xlsx", b"a", [sheet(component="daily")], "张三")
    (made,) = store.take(other.id, "a.xlsx", b"a", [sheet()], "张三")
    assert (made.assessment, made.revision) == (other.id, 1)
    assert len(store.log()) == 5


def test_what_would_be_refused_is_refused_though_it_says_the_same(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    with pytest.raises(StoreProblem, match="名单中没有“台山县”"):
        store.take(assessment.id, "a.xlsx", b"a", [sheet(), sheet("台山县")], "张三")
    with pytest.raises(StoreProblem, match="不止一份"):
        store.take(assessment.id, "a.xlsx", b"a", [sheet(), sheet()], "张三")
    with pytest.raises(StoreProblem, match="不存在或已清除"):
        store.take(99, "a.xlsx", b"a", [sheet()], "张三")
    assert len(store.log()) == 2
