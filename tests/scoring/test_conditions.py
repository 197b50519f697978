"""Conditions by hand, and the words of marks and facts that do not belong to a scheme."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.assess import MarksError, assess
from scoring.conditions import gravest, holds
from scoring.elements import Condition
from scoring.marks import Fact, Mark, Sheet
from scoring.table import table
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS

UNIT = UNITS[0]
SEVERE = {"fact": "sanction", "at_least": "记过"}
VIOLATION = {"fact": "violation"}


def said(kind: str, value: str, **more) -> Fact:
    return Fact(UNIT, kind, value, **more)


def met(condition: dict, *facts: Fact, grade: str | None = "好") -> bool:
    return holds(Condition.model_validate(condition), COUNTY, facts, grade)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("无", False), ("警告", False), ("记过", True), ("记大过", True), ("开除", True)],
)
def test_at_least_counts_from_the_named_value_upward(value, expected):
    assert met(SEVERE, said("sanction", value)) == expected


def test_equals_means_that_value_alone():
    exact = {"fact": "sanction", "equals": "记过"}
    assert met(exact, said("sanction", "记过"))
    assert not met(exact, said("sanction", "开除"))


def test_a_fact_named_alone_holds_for_anything_but_its_lightest_value():
    assert met(VIOLATION, said("violation", "有"))
    assert not met(VIOLATION, said("violation", "无"))
    assert not met(VIOLATION)


def test_a_condition_on_grades_holds_for_those_grades_only():
    condition = {"grades": ["一般", "较差"]}
    assert [met(condition, grade=grade) for grade in ("好", "一般", None)] == [False, True, False]


def test_a_count_holds_from_that_many_declared_facts_upward():
    thrice = {"fact": "violation", "equals": "有", "count": 3}
    assert not met(thrice, said("violation", "有"), said("violation", "有"), said("violation", "无"))
    assert met(thrice, *[said("violation", "有")] * 3)
    assert gravest(Condition.model_validate(thrice), COUNTY, [said("violation", "有")]) is None


def test_a_limit_that_needs_three_of_a_fact_leaves_a_unit_with_one_alone():
    limits = [{**limit.model_dump(), "when": {"fact": "violation", "count": 3}} for limit in COUNTY.limits[-1:]]
    rules = COUNTY.with_elements(limits=limits)
    handed_in = [total("95", component) for component in COUNTED]
    graded = [
        assess(rules, handed_in, [said("violation", "有", basis=str(n)) for n in range(times)]) for times in (1, 3)
    ]
    assert [results.of(UNIT).grade for results in graded] == ["好", "一般"]


def test_all_and_any_may_be_nested():
    """(记过以上 and graded 好) or a violation."""
    condition = {"any": [{"all": [SEVERE, {"grades": ["好"]}]}, VIOLATION]}
    assert met(condition, said("sanction", "记过"))
    assert not met(condition, said("sanction", "记过"), grade="一般")
    assert met(condition, said("violation", "有"), grade="一般")
    assert not met(condition)


def test_of_several_facts_the_gravest_is_named():
    light, grave = said("sanction", "记过", basis="甲号"), said("sanction", "撤职", basis="乙号")
    assert gravest(Condition.model_validate(SEVERE), COUNTY, [light, grave]) == grave
    nested = Condition.model_validate({"all": [{"grades": ["好"]}, {"any": [VIOLATION, SEVERE]}]})
    assert gravest(nested, COUNTY, [light, grave]) == grave
    assert gravest(nested, COUNTY, []) is None


def test_of_alternatives_the_gravest_is_named_and_only_one_that_holds():
    """警告 alone and 重大违纪 both hold: 有 stands at the top of its scale, 警告 near the foot of its own."""
    light, grave = said("sanction", "警告"), said("violation", "有")
    either = Condition.model_validate({"any": [{"fact": "sanction"}, VIOLATION]})
    assert gravest(either, COUNTY, [light, grave]) == grave
    assert gravest(either, COUNTY, [said("sanction", "开除"), grave]).value == "开除"
    graded = Condition.model_validate({"any": [{"all": [SEVERE, {"grades": ["好"]}]}, VIOLATION]})
    dismissed = said("sanction", "开除")
    assert gravest(graded, COUNTY, [dismissed, grave], "一般") == grave
    assert gravest(graded, COUNTY, [dismissed, grave], "好") == dismissed


def total(value: str, component: str = "cross", unit: str = UNIT) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(value)),))


def ticks(*marks: Mark) -> Sheet:
    return Sheet(UNIT, "cross", marks)


@pytest.mark.parametrize(
    ("sheets", "facts", "words"),
    [
        ([total("90", "nobody")], [], "方案没有“nobody”这一考核方式"),
        ([total("90", unit="广州市")], [], "“广州市”不在考核对象名单上"),
        ([total("90"), total("91")], [], "“蓬江区”的“交叉考核”有两份评分表，请只留一份"),
        ([ticks(Mark(3, grade="好"), Mark(3, grade="较好"))], [], "“蓬江区”的“交叉考核”中第3项出现了两次，请只留一处"),
        ([ticks(Mark(None, score=Fraction(1)), Mark(None, score=Fraction(2)))], [], "“交叉考核”中总分出现了两次"),
        ([ticks(*(Mark(no, grade="良好") for no in ITEMS))], [], "第1项的“良好”不是本方案的等次"),
        ([], [said("blame", "有")], "方案没有“blame”这一情形"),
        ([], [said("sanction", "训诫")], "情形“班子成员受政务处分”没有“训诫”这一取值"),
        ([], [Fact("蓬江", "sanction", "记过")], "“蓬江”不在考核对象名单上"),
    ],
)
def test_what_does_not_belong_to_the_scheme_is_refused_in_words(sheets, facts, words):
    with pytest.raises(MarksError, match=words):
        assess(COUNTY, sheets, facts)


def test_a_scheme_that_is_only_to_be_read_is_not_scored():
    read_only = COUNTY.with_elements(status="skeleton")
    with pytest.raises(MarksError, match=f"“{read_only.title}”的计分方法尚未启用，只能查阅方案"):
        assess(read_only, [])
    with pytest.raises(MarksError, match="只能查阅方案"):
        table(read_only, [])


def test_weights_that_are_all_zero_say_so():
    nothing = COUNTY.replace(weights=dict.fromkeys(COUNTED, Fraction(0)))
    with pytest.raises(MarksError, match="至少一项权重应大于0"):
        assess(nothing, [total("90")])


def test_a_blank_row_makes_its_component_missing_and_never_pays():
    blank = ticks(*(Mark(no, grade="好") for no in ITEMS[:-1]), Mark(ITEMS[-1]))
    result = assess(COUNTY, [blank, total("90", "municipal"), total("90", "daily")]).of(UNIT)
    assert (result.missing, result.exact) == (("cross",), None)


def test_a_zero_weight_component_that_is_missing_is_still_missing():
    rules = COUNTY.replace(weights={"daily": Fraction(0)})
    result = assess(rules, [total("90"), total("90", "municipal")]).of(UNIT)
    assert result.missing == ("daily",)
    assert (result.possible.low, result.possible.high, result.possible.grades) == (90, 90, ("好",))


def test_a_scheme_without_lines_says_what_is_possible_without_grades():
    lineless = COUNTY.with_elements(bands=None)
    result = assess(lineless, [total("90")]).of(UNIT)
    assert result.possible.grades == ()
    assert result.steps[-1].what.endswith("得分在36.00至96.00之间")


def test_grades_between_lines_that_no_rounded_score_can_meet_are_not_possible():
    """Rounded to whole points, nothing lies from 89.5 up to 90: 较好 cannot come about."""
    rules = COUNTY.with_elements(rounding={"total": 0, "assumed": "试算"}).replace(lines={"较好": Fraction("89.5")})
    result = assess(rules, [total("90")]).of(UNIT)
    assert result.possible.grades == ("较差", "一般", "好")


def test_a_limit_narrows_what_is_possible():
    result = assess(COUNTY, [total("95"), total("95", "municipal")], [said("sanction", "记过")]).of(UNIT)
    assert (result.possible.high, result.possible.grades) == (Fraction("96.5"), ("较差", "一般", "较好"))


def test_what_misses_a_line_by_less_than_half_a_hundredth_is_possible():
    """40 + 30 points of 100 and a third of at most 66.65: 89.995 at the utmost rounds up to 90.00."""
    rules = COUNTY.replace(weights={"cross": Fraction(40), "municipal": Fraction(30), "daily": Fraction(30)})
    high = assess(rules, [total("90"), total("79.98", "municipal")]).of(UNIT).possible
    assert (high.high, high.grades[-1]) == (Fraction("89.99"), "较好")
    high = assess(rules, [total("90"), total("79.984", "municipal")]).of(UNIT).possible
    assert (high.high, high.grades[-1]) == (Fraction("90.00"), "好")


def test_a_scheme_without_a_roster_takes_any_unit_in_the_order_of_the_sheets():
    open_to_all = COUNTY.with_elements(groups=[{"id": "town", "name": "镇（街）", "cite": "附件4"}])
    results = assess(open_to_all, [total("88", unit="乙镇"), total("90", unit="甲镇")])
    assert [unit.unit for unit in results.units] == ["乙镇", "甲镇"]
