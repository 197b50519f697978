"""A scheme's rules in words, and the weights that follow from its tree."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme, scheme_ids
from scoring.assumptions import with_reading
from scoring.elements import Condition
from scoring.rulebook import condition, implied_weights, rules

COUNTY = scheme("jiangmen-2020-county")


def texts(kind: str, scheme_id: str = "jiangmen-2020-county") -> list[str]:
    return [rule.text for rule in rules(scheme(scheme_id)) if rule.kind == kind]


def test_the_weights_of_the_ways_are_told_with_their_clause():
    cross = next(rule for rule in rules(COUNTY) if rule.text.startswith("交叉考核"))
    assert cross.text == "交叉考核：权重40%，由交叉考核组实施，评分表可为打√或总分"
    assert cross.cites == ("五（一）", "六（五）")
    assert "40%" in cross.phrases


def test_the_median_method_tells_the_reading_in_force():
    assert texts("中位法", "dongxi-2019-city") == [
        "与帮扶市各对象同项比较：不低于上四分位数为“好”，不低于中位数为“较好”，不低于下四分位数为“一般”，其余为“差”；"
        "少于5个时由人工评定"
    ]
    other = with_reading(scheme("dongxi-2019-city"), "median", "以中位数上下10%为界")
    assert [rule.text for rule in rules(other) if rule.kind == "中位法"] == [
        "与帮扶市各对象同项比较：不低于中位数上浮10％为“好”，不低于中位数为“较好”，不低于中位数下浮10％为“一般”，其余为“差”；"
        "少于5个时由人工评定"
    ]


def test_a_floor_of_items_says_that_it_is_the_items():
    floors = texts("保底", "dongxi-2019-city")
    assert [("该项指标的" in text) for text in floors] == [
        floor.of == "items" for floor in scheme("dongxi-2019-city").floors
    ]


def test_the_lines_are_told_from_the_best_grade_down():
    assert texts("等次线") == ["好 90分以上；较好 80分以上、90分以下；一般 70分以上、80分以下；较差 70分以下"]


def test_a_limit_says_when_it_holds_and_what_it_allows():
    assert texts("等次限制")[0] == "“班子成员受政务处分”达到“记过”及以上的，等次最高为“较好”"


def test_what_follows_says_for_whom_by_whom_and_by_when():
    assert texts("结果运用") == [
        "等次为“好”的，表扬",
        "等次为“一般”或“较差”，或者有“某些方面存在突出问题”情形的，由市扶贫开发领导小组谈话提醒",
        "所有市（区），提交整改方案与报告，期限为通报后2个月",
    ]


def test_a_step_has_its_last_day():
    assert "镇（街）：自查和考核数据填报，2020年11月20日前完成" in texts("考核步骤")


def test_declared_facts_in_a_row_are_named_in_a_row():
    asked = [{"fact": "violation", "equals": "有"}, {"fact": "prominent", "equals": "有"}]
    assert (
        condition(COUNTY, Condition.model_validate({"any": asked}))
        == "有“重大违纪违规问题”或“某些方面存在突出问题”情形"
    )


def test_a_name_with_quotation_marks_is_quoted_legibly():
    assert any("“违反贫困退出规定，弄虚作假、搞‘数字脱贫’”" in text for text in texts("结果运用", "qujiang-2018"))


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_rule_of_every_scheme_rests_on_a_clause_or_says_it_does_not(scheme_id):
    read = rules(scheme(scheme_id))
    assert read
    assert all(bool(rule.cites) != bool(rule.assumed) for rule in read)
    assert all(rule.text and "None" not in rule.text and "Fraction" not in rule.text for rule in read)


def test_eleven_of_nineteen_items_carry_eleven_nineteenths():
    shares = {row.name: row.share for row in implied_weights(COUNTY, "county") if len(row.path) == 1 and row.no is None}
    assert shares == {
        "减贫成效": Fraction(2, 19), "精准扶贫": Fraction(11, 19), "资金管理": Fraction(1, 19),
        "工作衔接": Fraction(3, 19), "扶贫改革": Fraction(2, 19),
    }  # fmt: skip


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_the_items_shares_make_a_whole(scheme_id):
    read = scheme(scheme_id)
    for group in read.groups:
        shares = [row.share for row in implied_weights(read, group.id) if row.no is not None]
        assert not shares or sum(shares) == 1


@pytest.mark.parametrize(("when", "words"), [
    ({"fact": "violation", "equals": "有", "count": 3}, "“重大违纪违规问题”达到3次"),
    ({"fact": "sanction", "at_least": "记过", "count": 2}, "“班子成员受政务处分”达到“记过”及以上的有2次以上"),
])  # fmt: skip
def test_a_condition_that_counts_says_what_it_counts(when, words):
    assert condition(COUNTY, Condition.model_validate(when)) == words
