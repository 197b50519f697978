"""The first sentence about a group's grades: which are firm, which is softest, every number true."""

from __future__ import annotations

from fractions import Fraction as Q

import pytest

from scoring.assess import assess
from scoring.firmness.radius_words import moves_together, radius_sentence, radius_short, together
from scoring.firmness.report import firmness_report
from scoring.firmness.verdicts import (
    headline,
    nearest_to_better,
    radius_text,
    share_text,
    softest_first,
    standing_text,
    verdicts,
)
from scoring.firmness.weightings import Radius
from scoring.marks import Fact, Mark, Sheet
from scoring.sentences import plain_text
from scoring.trial import component_level
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

LEVEL = component_level(COUNTY)
NAMES = {unit: f"对象{at}" for at, unit in enumerate(UNITS)}
WORKED, EQUAL, EDGE = ("92", "86", "85"), ("80", "80", "80"), ("90.7", "89.5", "89.5")
"""±70.18 %; no weighting moves it; 89.98 beside the line of 89.995, within ±5 points of it."""


def found(*totals, facts=()):
    sheets = [
        Sheet(unit, name, (Mark(None, score=Q(value)),))
        for unit, values in zip(UNITS, totals, strict=False)
        for name, value in zip(COUNTED, values, strict=True)
    ]
    return verdicts(firmness_report(assess(COUNTY, sheets, facts), "county"))


def told(verdicts_):
    return plain_text(headline(COUNTY, LEVEL, verdicts_, NAMES))


def test_the_worked_unit_is_firm_and_the_headline_says_what_its_card_says():
    only = found(WORKED)
    assert told(only) == (
        "对象0的等次稳固（考核方式权重±5个百分点内怎样调整都不变）；各考核方式权重同时变动±70.1%以内，等次不变"
    )
    assert (standing_text(only[0]), radius_text(only[0])) == ("稳固", "±70.1%")
    assert radius_sentence(only[0].told.firm, "各考核方式") == "各考核方式权重同时变动±70.1%以内，等次不变"


def test_the_softest_is_named_and_the_firm_are_counted():
    # 90.7 × 40% + 89.5 × 60% = 89.98: 0.015 below; Σ w|x − 89.5| = 0.48; 0.015 ÷ 0.48 = 3.125 %
    group = found(WORKED, EDGE, EQUAL)
    assert told(group) == (
        "3个市（区）中2个等次稳固（考核方式权重±5个百分点内怎样调整都不变）；"
        "最不稳的是对象1，各考核方式权重同时变动±3.1%以内，等次不变"
    )
    judged = [verdict.told.unit for verdict in softest_first(group)]
    assert judged[:3] == [UNITS[1], UNITS[0], UNITS[2]]
    assert [verdict.told.unit for verdict in nearest_to_better(group)][:2] == [UNITS[1], UNITS[0]]


def test_where_nothing_can_move_anyone_the_sentence_says_so():
    assert told(found(EQUAL, EQUAL)) == "2个市（区）的等次，无论各考核方式权重怎样调整都不变"


def test_a_limit_that_bars_every_better_grade_makes_the_grade_fixed():
    held = found(EDGE, facts=[Fact(UNITS[0], "sanction", "记过")])[0]
    assert (held.fixed, held.steady, standing_text(held)) == (True, True, "完全稳固")
    assert [limit.cite for limit in held.told.binding] == ["五（四）"]


def test_nothing_judged_is_nothing_said():
    group = found()
    assert headline(COUNTY, LEVEL, group, NAMES) == ()
    assert (standing_text(group[0]), radius_text(group[0])) == ("不作判断", "—")


@pytest.mark.parametrize(
    ("radius", "words", "short"),
    [
        (Radius(Q("0.032"), False), "各指标权重同时变动±3.1%以内，等次不变", "±3.1%"),
        (Radius(Q("0.032"), True), "各指标权重同时变动±3.2%以内，等次不变", "±3.2%"),
        (Radius(Q("0.03201"), False), "各指标权重同时变动±3.2%以内，等次不变", "±3.2%"),
        (Radius(Q(0), True), "权重稍有变动，等次就可能改变", "不足±0.1%"),
        (Radius(Q(1), True), "各指标权重同时变动±100.0%以内，等次不变", "±100.0%"),
        (Radius(Q(1), False), "各指标权重同时变动±99.9%以内，等次不变", "±99.9%"),
        (Radius(Q(3), False), "各指标权重同时变动达到±100%，等次也不变", "超过±100%"),
    ],
)
def test_how_far_a_change_is_safe_is_rounded_down_and_beyond_the_whole_it_is_not_called_the_whole(radius, words, short):
    assert (moves_together(radius, "各指标"), radius_short(radius)) == (words, short)


def test_of_every_grade_together_it_is_worded_alike():
    assert together("各类别", Q("12.3"), "全部等次") == "各类别权重同时变动±12.3%以内，全部等次不变"
    assert together("各类别", Q(300), "全部等次") == "各类别权重同时变动达到±100%，全部等次也不变"


@pytest.mark.parametrize(
    ("share", "text"),
    [(Q(0), "0"), (Q(1), "100%"), (Q(1, 10**6), "0.1%"), (1 - Q(1, 10**6), "99.9%"), (Q(1, 3), "33.3%")],
)
def test_a_share_is_all_or_nothing_only_where_it_truly_is(share, text):
    assert share_text(share) == text
