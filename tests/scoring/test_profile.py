"""Strong and weak items, disagreements, and a self-assessment beside the score, on tables small enough to do by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from scoring.profile import differences, items, self_difference, strongest, weakest
from scoring.results import UnitResult

COUNTY = scheme("jiangmen-2020-county")
GRADES = COUNTY.grades


def sheet(component: str, grades: dict[int, str] | None = None, usual: str = "较好") -> Sheet:
    return Sheet("台山市", component, tuple(Mark(no, (grades or {}).get(no, usual)) for no in range(1, 20)))


def total(component: str, score: str) -> Sheet:
    return Sheet("台山市", component, (Mark(None, score=Fraction(score)),))


def result(*sheets: Sheet) -> UnitResult:
    return assess(COUNTY, sheets).of("台山市")


def test_an_item_is_worth_the_mean_weighted_by_its_assessors() -> None:
    found = items(COUNTY, result(sheet("cross", {1: "好"}), sheet("municipal", {1: "一般"})))
    assert found[0].points == Fraction(40 * 95 + 30 * 75, 70)
    assert found[0].grades == {"cross": "好", "municipal": "一般"}


def test_where_all_that_marked_weigh_nothing_items_and_categories_count_them_alike() -> None:
    """交叉考核 and 市级考核 weigh 0: 好 and 一般 are 85 together, in the item as in its category."""
    weightless = COUNTY.replace(weights={"cross": Fraction(0), "municipal": Fraction(0), "daily": Fraction(100)})
    sheets = [sheet("cross", usual="好"), sheet("municipal", usual="一般"), total("daily", "90")]
    found = assess(weightless, sheets).of("台山市")
    assert [item.points for item in items(weightless, found)] == [85] * 19
    assert set(found.categories.values()) == {85}


def test_a_total_says_nothing_of_items_and_a_self_assessment_does_not_count() -> None:
    found = items(COUNTY, result(total("cross", "90"), sheet("self", {1: "好"})))
    assert all(item.points is None and not item.grades for item in found)


def test_an_item_that_does_not_apply_is_neither_strong_nor_weak() -> None:
    marks = (Mark(1, applicable=False, remark="无此项"), *sheet("cross", {2: "好"}).marks[1:])
    found = items(COUNTY, result(Sheet("台山市", "cross", marks)))
    assert found[0].points is None
    assert [item.no for item in strongest(found)] == [2]
    assert 1 not in [item.no for item in weakest(found)]


def test_the_strongest_are_the_best_and_the_weakest_the_worst() -> None:
    found = items(COUNTY, result(sheet("cross", {3: "好", 14: "较差", 15: "一般"})))
    assert next(item.no for item in strongest(found)) == 3
    assert [item.no for item in weakest(found)] == [14, 15]


def test_items_that_share_the_best_place_are_all_named() -> None:
    found = items(COUNTY, result(sheet("cross", dict.fromkeys(range(1, 3), "一般"), usual="好")))
    assert len(strongest(found)) == 17
    assert [item.no for item in weakest(found)] == [1, 2]


def test_where_all_items_are_alike_none_is_strong_or_weak() -> None:
    found = items(COUNTY, result(sheet("cross")))
    assert strongest(found) == weakest(found) == []


def test_assessors_one_grade_apart_agree_and_two_apart_do_not_widest_first() -> None:
    made = result(sheet("cross", {1: "好", 2: "好", 3: "好"}), sheet("municipal", {1: "较好", 2: "一般", 3: "较差"}))
    assert [item.no for item in differences(COUNTY, items(COUNTY, made))] == [3, 2]


def test_a_self_assessment_is_compared_with_the_official_score() -> None:
    made = result(total("cross", "80"), total("municipal", "80"), total("daily", "80"), total("self", "95.5"))
    assert self_difference(made) == [("self", Fraction("15.5"))]
    assert self_difference(result(total("self", "95.5"))) == []


@given(st.lists(st.sampled_from(GRADES), min_size=19, max_size=19))
def test_strong_items_are_never_weak_ones(grades: list[str]) -> None:
    found = items(COUNTY, result(sheet("cross", dict(enumerate(grades, start=1)))))
    assert not {item.no for item in strongest(found)} & {item.no for item in weakest(found)}
