"""A scenario: values and readings together, written and read back, and the scheme they make."""

from __future__ import annotations

import json
from fractions import Fraction as Q

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.assumptions import DEFAULT
from scoring.marks import Mark, Sheet
from scoring.scenario import Scenario, choices, offered, read
from scoring.trial import LONGEST

COUNTY = scheme("jiangmen-2020-county")
MOVED = {"w": {"cross": Q(46), "municipal": Q(27), "daily": Q(27)}}
SIBLINGS = {"item_weights": "各类别等权、类别内等权"}


def scored(rules, total: str):
    """One unit with the same total in all three ways, so that its score is that total whatever they weigh."""
    sheets = [Sheet("蓬江区", name, (Mark(None, score=Q(total)),), "意见") for name in ("cross", "municipal", "daily")]
    return assess(rules, sheets).of("蓬江区")


def test_values_and_readings_are_written_together_and_read_back():
    scenario = Scenario("county", MOVED, SIBLINGS)
    text = scenario.to_text()
    assert text == {"w": "cross:46,municipal:27,daily:27", "r": '{"item_weights": "各类别等权、类别内等权"}'}
    assert read(COUNTY, {}, "county", text | {"a": "3", "group": "county"}) == (scenario, ())


def test_what_was_saved_before_there_were_readings_is_read_as_it_was():
    assert read(COUNTY, {}, "county", {"w": "cross:46,municipal:27,daily:27"}) == (Scenario("county", MOVED), ())


def test_it_makes_the_scheme_of_both():
    made = Scenario("county", MOVED, {"ticks": "100/85/75/60"}).scheme(COUNTY, {})
    assert made.weights["cross"] == 46
    assert made.ticks.points["好"] == 100
    assert COUNTY.weights["cross"] == 40


def test_a_trial_without_anything_is_the_assessments_own_scheme():
    assert not Scenario("county")
    assert Scenario("county").scheme(COUNTY, {}) == COUNTY


def test_the_readings_that_were_chosen_stay_unless_another_is_tried():
    chosen = {"ticks": "100/85/75/60"}
    assert Scenario("county", MOVED).scheme(COUNTY, chosen).ticks.points["好"] == 100
    assert Scenario("county", {}, {"ticks": DEFAULT}).scheme(COUNTY, chosen).ticks.points["好"] == 95


def test_a_reading_that_is_in_force_is_nothing_to_try():
    chosen = {"ticks": "100/85/75/60"}
    kept, problems = read(COUNTY, chosen, "county", {"r": json.dumps({"ticks": "100/85/75/60", "rounding": DEFAULT})})
    assert (kept.readings, problems) == ({}, ())
    # a choice that the scheme no longer offers is not in force: the scheme's own reading is
    kept, _ = read(COUNTY, {"ticks": "早先的说法"}, "county", {"r": json.dumps({"ticks": DEFAULT})})
    assert kept.readings == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"ticks": "120/80"}', "口径“四档赋分”没有“120/80”这一选项"),
        ('{"甲": "乙"}', "口径“甲”没有“乙”这一选项"),
        ('{"bands": "只出得分"}', "没有“只出得分”这一选项"),
        ('["ticks"]', "口径的内容无法读取"),
        ("<script>", "口径的内容无法读取"),
        ("[" * 3000, "口径的内容无法读取"),
        ('{"ticks": "' + "x" * LONGEST + '"}', "口径的内容无法读取"),
    ],
)
def test_readings_that_cannot_be_read_are_passed_over_with_a_word_and_the_values_stand(text, told):
    kept, problems = read(COUNTY, {}, "county", {"r": text, "w": "cross:46,municipal:27,daily:27"})
    assert kept == Scenario("county", MOVED)
    assert told in problems[0]


@given(st.text(max_size=40))
def test_no_text_of_readings_breaks_it(text):
    kept, _ = read(COUNTY, {}, "county", {"r": text})
    assert kept.scheme(COUNTY, {}) == COUNTY


def test_values_are_counted_from_the_readings_they_stand_on():
    """Under 100/85/75/60 that very scale is nothing moved; under 95/85/75/60 it is."""
    scale = {"p": "好:100,较好:85,一般:75,较差:60"}
    assert read(COUNTY, {}, "county", scale)[0].values["p"]["好"] == 100
    told = scale | {"r": json.dumps({"ticks": "100/85/75/60"})}
    assert read(COUNTY, {}, "county", told)[0] == Scenario("county", {}, {"ticks": "100/85/75/60"})


def test_what_no_longer_fits_is_left_out():
    old = Scenario("county", MOVED | {"l": {"优": Q(90)}}, {"ticks": "100/85/75/60", "median": "以中位数上下10%为界"})
    assert old.tidied(COUNTY, {}) == Scenario("county", MOVED, {"ticks": "100/85/75/60"})
    assert old.tidied(COUNTY, {"ticks": "100/85/75/60"}) == Scenario("county", MOVED)


@pytest.mark.parametrize(
    ("label", "score", "grade"),
    [
        ("四舍五入取整数", Q(90), "好"),  # 89.945 → 90
        ("四舍五入保留1位", Q("89.9"), "较好"),
        (DEFAULT, Q("89.95"), "较好"),  # two decimals
        ("不舍入", Q("89.945"), "较好"),
    ],
)
def test_the_decimals_a_planner_would_try_are_offered(label, score, grade):
    result = scored(Scenario("county", {}, {"rounding": label}).scheme(COUNTY, {}), "89.945")
    assert (result.score, result.grade) == (score, grade)


def test_decimals_that_the_scheme_offers_under_its_own_words_are_not_offered_twice():
    labels = next(each.labels for each in choices(scheme("ruyuan-2017")) if each.key == "rounding")
    assert labels == (DEFAULT, "先取整再定等次", "不舍入", "四舍五入保留1位")


@pytest.mark.parametrize("rounding", [None, {"total": 1, "cite": ["四（一）"]}])
def test_decimals_can_be_tried_where_the_document_sets_them_or_does_not_round(rounding):
    rules = COUNTY.with_elements(rounding=rounding)
    own = next(each for each in choices(rules) if each.key == "rounding")
    assert len(own.labels) == 4
    assert Scenario("county", {}, {"rounding": "四舍五入取整数"}).scheme(rules, {}).places == 0
    assert Scenario("county", MOVED).scheme(rules, {}).rounding == rules.rounding


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_reading_of_every_scheme_can_be_tried_and_read_back(scheme_id):
    rules = scheme(scheme_id)
    group = rules.groups[0].id
    for each in choices(rules):
        for label in each.labels[1:]:
            tried = Scenario(group, {}, {each.key: label})
            assert tried.scheme(rules, {}) != rules
            assert read(rules, {}, group, tried.to_text()) == (tried, ())


def test_under_judgement_there_are_no_decimals_to_try():
    assert offered(scheme("qujiang-2018")) == scheme("qujiang-2018")
