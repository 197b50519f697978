"""What a kind of 情形 touches in its scheme, in words."""

from __future__ import annotations

from data.schemes import scheme
from scoring.fact_uses import Use, confirms, facts_in, registrable, uses
from scoring.rules import Condition

COUNTY, QUJIANG = scheme("jiangmen-2020-county"), scheme("qujiang-2018")


def told(rules, fact: str) -> list[tuple[str, str, str]]:
    return [(use.kind, use.text, use.basis) for use in uses(rules, fact)]


def with_rules(**more):
    """江门's scheme with facts for a recommendation, praise and money, and the rules given."""
    facts = [
        *COUNTY.model_dump()["facts"],
        {"id": "met", "name": "完成目标", "values": ["否", "是"], "cite": ["七"]},
        {"id": "agreed", "name": "保底的认定", "values": ["否", "是"], "cite": ["七"]},
        {"id": "praise", "name": "批示肯定", "values": ["无", "有"], "many": True, "cite": ["四"]},
        {"id": "money", "name": "资金到账", "values": ["新增", "应到"], "amount": "万元", "cite": ["附件2"]},
    ]
    return COUNTY.with_elements(facts=facts, **more)


def test_a_limit_is_told_with_its_clause_and_the_documents_words():
    assert uses(COUNTY, "sanction") == (
        Use(
            "limit",
            "“班子成员受政务处分”达到“记过”及以上的，等次最高为“较好”",
            "当年在扶贫领域方面各市（区）党委或政府班子成员出现受到记过以上处分的情况，当年不得评为“好”等次",
            "五（四）",
        ),
    )


def test_a_limit_that_a_reading_has_lifted_is_told_as_such():
    limits = [{**limit, "best": "好"} for limit in COUNTY.model_dump()["limits"]]
    assert "按所选口径不限制等次" in told(COUNTY.with_elements(limits=limits), "sanction")[0][1]


def test_a_fact_in_a_joined_condition_is_found_however_deep():
    deep = Condition.model_validate({"all": [{"any": [{"fact": "a"}, {"fact": "b"}]}, {"grades": ["好"]}]})
    assert facts_in(deep) == {"a", "b"}
    assert [use[0] for use in told(QUJIANG, "gravity")] == ["outcome", "outcome"]


def test_what_follows_names_who_acts():
    assert ("outcome", "有“完成年度计划减贫成效显著”情形的，拟表彰", "第八条（二）") in told(QUJIANG, "outstanding")
    assert ("outcome", "有“未完成年度计划减贫任务”情形的，由区扶贫开发领导小组约谈并限期整改", "第八条（三）") in told(
        QUJIANG, "missed"
    )


def test_of_alternatives_only_those_that_ask_for_the_fact_are_told():
    assert told(QUJIANG, "missed")[2][1] == (
        "有“未完成年度计划减贫任务”情形，并且“情节轻重”达到“情节严重、造成不良影响”及以上的，拟责任追究"
    )
    assert [text for _, text, _ in told(COUNTY, "prominent")] == [
        "有“某些方面存在突出问题”情形的，由市扶贫开发领导小组谈话提醒"
    ]


def test_a_floor_in_principle_waits_for_the_fact_that_confirms_it():
    floor = {
        "id": "f",
        "text": "原则上不低于",
        "when": {"fact": "met", "equals": "是"},
        "worst": "较好",
        "cite": ["七"],
    }
    rules = with_rules(floors=[{**floor, "confirmed_by": "agreed"}])
    ((kind, text, basis),) = told(rules, "met")
    assert (kind, basis) == ("floor", "七")
    assert text == "有“完成目标”情形的，原则上等次不低于“较好”，须另行登记“保底的认定”后才采用"
    ((kind, text, _),) = told(rules, "agreed")
    assert kind == "confirms"
    assert text == "认定“是”的，采用“原则上不低于‘较好’”这一条，认定“否”的不采用；认定前只作建议，不改变等次"
    assert registrable(rules, rules.fact("agreed")) == ("否", "是")
    assert registrable(rules, rules.fact("met")) == ("是",)
    assert confirms(rules, "agreed") == rules.floors[0]
    assert confirms(rules, "met") is None


def test_a_bonus_says_each_most_and_the_total():
    bonus = {
        "id": "b",
        "text": "适当加分",
        "fact": "praise",
        "each": "1",
        "max": "3",
        "total_max": "100",
        "cite": ["四"],
    }
    rules = with_rules(bonuses=[bonus])
    assert told(rules, "praise") == [("bonus", "每件加1分，合计最多加3分，加分后不超过100分", "四")]


def test_money_says_its_days_and_its_exempt_value_can_be_registered():
    late = {"indicators": ["12"], "fact": "money", "due": "2019-03-30", "deduct_from": "2019-04-01", "percent": "10",
            "max": "30", "cite": ["附件2"]}  # fmt: skip
    rules = with_rules(late=[late])
    assert told(rules, "money") == [
        (
            "late",
            "第12项按每批的金额和到账日期计：2019年3月30日以前到账的不扣，2019年4月1日起每迟一个月"
            "（不足一个月按一个月计）扣该项得分的10％，最多扣30％；取值为“新增”的不扣",
            "附件2",
        )
    ]
    assert registrable(rules, rules.fact("money")) == ("新增", "应到")
    assert registrable(rules, rules.fact("praise")) == ("有",)


def test_a_fact_that_no_rule_asks_for_is_only_kept():
    assert uses(scheme("ruyuan-2017"), "excused") == ()
