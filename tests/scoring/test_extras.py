"""加分, 扣分 and 完成率: what they come to, how they are told, and what they refuse; every figure worked by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import MarksError, assess
from scoring.batch import insist_on_batch
from scoring.combine import official
from scoring.completion import Completion, completion, earned_by
from scoring.extras import adjusted
from scoring.firmness.form import BENT, has_firmness
from scoring.firmness.grade import firmness
from scoring.firmness.words import firmness_sentences
from scoring.grading import grade_for
from scoring.load import load_scheme
from scoring.marks import Fact, Mark, Sheet
from scoring.profile import items, weakest
from scoring.results import UnitResult
from scoring.rulebook import rules
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights
from tests.scoring import strategies as drawn
from tests.scoring.extras_scheme import TODAY
from tests.scoring.filling import all_sheets, some_facts

UNIT = "甲镇"


def field(first: str = "20", second: str = "40", bonus: str = "0") -> Sheet:
    return Sheet(UNIT, "field", tuple(Mark(no, score=Fraction(x)) for no, x in ((1, first), (2, second), (6, bonus))))


def data(jobs: str = "250", paid: str = "100", idle: str = "2", off: str = "0") -> Sheet:
    values = tuple(Mark(no, value=Fraction(x)) for no, x in ((3, jobs), (4, paid), (5, idle)))
    return Sheet(UNIT, "data", (*values, Mark(7, score=Fraction(off))))


def told(*facts: tuple[str, str, str]) -> list[Fact]:
    return [
        Fact(UNIT, kind, value, "2026-05-01", amount=Fraction(n) if n else None, confirmed=True)
        for kind, value, n in facts
    ]


def result(*sheets: Sheet, facts: list[Fact] | None = None, scheme: Scheme = TODAY) -> UnitResult:
    return assess(scheme, sheets or (field(), data()), facts or ()).of(UNIT)


def said(found: UnitResult) -> str:
    return "\n".join(step.what for step in found.steps)


# 加分项 and 扣分项


def test_a_full_sheet_without_extras_is_a_hundred():
    assert result().score == 100


def test_an_added_item_comes_on_top_of_the_total_and_a_deducted_one_off_it():
    found = result(field("15", "30", "4"), data(off="6"))  # 15 + 30 + 40, + 4, − 6
    assert (found.before_bonus, found.exact, found.grade) == (85, 83, "较好")


def test_added_and_deducted_items_are_no_part_of_their_components_score():
    found = result(field("15", "30", "4"), data(off="6"))
    assert [part.exact for part in found.components.values()] == [45, 40]
    assert [part.extras for part in found.components.values()] == [{6: 4}, {7: 6}]


def test_an_added_item_lifts_the_total_over_its_full_marks_up_to_the_stated_most():
    assert result(field(bonus="5"), data()).score == 105
    honours = told(*[("honour", "市级", "")] * 2)
    assert result(field(bonus="5"), data(), facts=honours).score == 106  # 5 + 3, all 加分 at most 6


def test_facts_earn_points_by_their_value_up_to_their_most():
    honours = told(("honour", "县级", ""), ("honour", "市级", ""), ("honour", "市级", ""))
    found = result(field("10", "30"), data(), facts=honours)  # 80 + min(1 + 2 + 2, 3)
    assert found.score == 83
    assert "加分：受表扬的加分，3次，加3分" in said(found)


def test_a_deduction_counts_each_fact_up_to_its_most():
    found = result(facts=told(*[("notice", "是", "")] * 3))
    assert (found.score, found.deductions[0].count, found.deductions[0].points) == (94, 3, 6)
    assert "扣分：被通报的扣分，3次，扣6分" in said(found)
    assert "扣分后综合得分94.00分" in said(found)


def test_a_deduction_by_amount_off_an_item_takes_no_more_than_that_has_earned():
    found = result(field("5"), data(), facts=told(("misuse", "是", "1.5"), ("misuse", "是", "3")))  # 4.5 × 2 = 9 of 5
    assert found.score == 80  # 85 − 5
    assert found.deductions[0].spent
    assert "合计4.5万元，扣5分（应扣9分，第1项所得只有5分，扣完为止）" in said(found)


def test_the_total_never_falls_below_nothing():
    sheets = field("0", "4"), data("0", "0", "100", "8")
    found = result(*sheets, facts=told(("notice", "是", "")))
    assert found.before_bonus == Fraction(42, 10)  # 4 + 10 × 2 ÷ 100
    assert found.score == 0
    assert "扣分后以0分为下限" in said(found)


def test_an_unconfirmed_deduction_is_pending_and_takes_nothing_off():
    waiting = [Fact(UNIT, "notice", "是", "2026-05-01", confirmed=False)]
    found = result(facts=waiting)
    assert (found.score, found.pending_score) == (100, 97)


def test_an_extra_row_left_blank_is_missing_and_never_nothing():
    blank = Sheet(UNIT, "data", data().marks[:-1])
    found = result(field(), blank)
    assert found.score is None
    assert found.missing == ("data",)


def test_a_missing_sheet_leaves_room_for_all_it_could_add_and_take_off():
    found = result(data())  # field is missing: 0 + 40 to 60 + 40, and up to 5 more
    assert found.possible is not None
    assert (found.possible.low, found.possible.high) == (40, 105)
    lacking_data = result(field())  # 60 − 8 to 100
    assert lacking_data.possible is not None
    assert (lacking_data.possible.low, lacking_data.possible.high) == (52, 100)


def test_what_is_known_of_extras_narrows_the_range():
    open_target = TODAY.with_elements(
        targets=[t.model_dump() | ({"value": None} if t.id == "jobs" else {}) for t in TODAY.targets]
    )
    found = result(field(), data(off="5"), scheme=open_target)  # item 3 open: 60 + 20 − 5 to 100 − 5
    assert found.possible is not None
    assert (found.possible.low, found.possible.high) == (75, 95)


def test_more_than_an_extra_items_most_is_refused():
    with pytest.raises(MarksError, match="第6项的6分不在0至5之间"):
        result(field(bonus="6"), data())


def test_an_added_item_is_neither_strong_nor_weak():
    found = result(field("15", "30", "0"), data())
    assert [item.no for item in items(TODAY, found)] == [1, 2, 3, 4, 5]
    assert 7 not in [item.no for item in weakest(items(TODAY, found))]


def test_extras_carry_no_weight_in_the_tree():
    assert sum(leaf_weights(indicator_tree(TODAY, "town")).values()) == 1
    assert set(leaf_weights(indicator_tree(TODAY, "town"))) == {1, 2, 3, 4, 5}


def test_two_deductions_off_one_item_share_what_it_has_earned():
    twice = TODAY.with_elements(deductions=[
        {"id": name, "text": name, "fact": "notice", "each": 4, "indicator": 1, "cite": ["五"]} for name in ("first", "second")
    ])  # fmt: skip
    found = result(field("5"), data(), facts=told(("notice", "是", "")), scheme=twice)
    assert [each.points for each in found.deductions] == [4, 1]


def test_a_deduction_off_a_category_stops_at_what_its_items_earned():
    rule = {
        "id": "assets",
        "text": "资产管理违规",
        "fact": "notice",
        "each": 15,
        "path": ["产业", "资产"],
        "cite": ["五"],
    }
    scheme = TODAY.with_elements(deductions=[rule])
    found = result(field(), data(paid="85", idle="4"), facts=told(("notice", "是", "")), scheme=scheme)
    assert found.before_bonus == 90  # 60 + 20 + 5 + 5
    assert (found.score, found.deductions[0].off) == (80, "“资产”")


@given(st.integers(0, 20), st.integers(0, 40), st.integers(0, 9))
def test_a_higher_mark_never_lowers_a_total_with_deductions(first: int, second: int, notices: int):
    facts = told(*[("notice", "是", "")] * notices, ("misuse", "是", "3"))
    low = result(field(str(first), str(second)), data(), facts=facts)
    high = result(field(str(min(20, first + 1)), str(second)), data(), facts=facts)
    assert low.exact is not None
    assert high.exact is not None
    assert 0 <= low.exact <= high.exact


@given(st.integers(0, 30))
def test_a_deduction_never_lifts_a_score(amount: int):
    facts = told(("misuse", "是", str(amount)))
    assert (result(facts=facts).exact or 0) <= (result().exact or 0)


# 等次稳定性


def test_a_plain_deduction_moves_every_line_by_as_much():
    found = result(facts=told(("notice", "是", "")))
    firm = firmness(TODAY, found)
    assert firm is not None
    assert firm.form.offset == -3
    assert firm.form.reach.low == Fraction(92995, 1000)  # 89.995 + 3


def test_where_a_deduction_stops_at_what_is_left_no_closed_form_is_claimed():
    found = result(facts=told(("misuse", "是", "2")))
    assert not has_firmness(TODAY, found)
    assert firmness_sentences(TODAY, found) == (BENT,)


def test_where_the_bound_of_added_points_bites_before_a_deduction_no_closed_form_is_claimed():
    """94 is over the bound of 93 and gains nothing, then loses 6: 88, 较好. 94 + 3 − 6 would be 91, 好."""
    bound = TODAY.with_elements(extras={"total_max": 93, "assumed": "试算"})
    (found,) = assess(
        bound, [field("20", "34"), data()],
        told(("honour", "市级", ""), ("honour", "县级", ""), ("notice", "是", ""), ("notice", "是", "")),
    ).units[:1]  # fmt: skip
    assert (found.score, found.grade, found.extra) == (88, "较好", -3)
    assert not has_firmness(bound, found)


@settings(max_examples=60, deadline=None)
@given(drawn.extra_schemes(), st.integers(0, 10**6), st.lists(drawn.numbers, min_size=1, max_size=30))
def test_where_a_closed_form_is_claimed_the_lines_do_move_by_what_is_earned_whatever_the_marks(scheme, seed, sums):
    random = Random(seed)
    facts = [fact for unit in ("甲镇", "乙镇") for fact in some_facts(scheme, unit, random)]
    for found in assess(scheme, all_sheets(scheme, random), facts).units:
        for value in sums if found.linear else ():
            after = official(scheme, adjusted(scheme, value, found.bonuses, found.deductions))
            assert grade_for(scheme, after) == grade_for(scheme, official(scheme, value + found.extra))


def test_the_fast_engine_refuses_what_comes_on_top_or_off():
    with pytest.raises(MarksError, match="不能成批快速计算"):
        insist_on_batch(TODAY)


# 完成率


@pytest.mark.parametrize(
    ("jobs", "points"), [("250", "20"), ("300", "20"), ("230", "18.4"), ("150", "12"), ("149", "0"), ("0", "0")]
)
def test_completion_earns_its_share_of_full_marks_and_nothing_below_the_least(jobs: str, points: str):
    found = result(field(), data(jobs=jobs))
    assert found.score == 80 + Fraction(points)


@pytest.mark.parametrize(("paid", "points"), [("120", 10), ("100", 10), ("99.9", 8), ("90", 8), ("80", 5), ("79", 0)])
def test_a_tier_holds_from_its_line_on(paid: str, points: int):
    assert result(field(), data(paid=paid)).score == 90 + points


@pytest.mark.parametrize(("idle", "points"), [("0", 10), ("1", 10), ("2", 10), ("4", 5), ("8", "2.5")])
def test_where_less_is_better_the_target_is_divided_by_the_value(idle: str, points: str | int):
    assert result(field(), data(idle=idle)).score == 90 + Fraction(points)


def test_completion_tells_value_target_and_points():
    told_steps = said(result(field(), data(jobs="230", paid="95", idle="4")))
    assert "第3项为230人，务工目标250人，完成率92%，满分20分，得18.4分" in told_steps
    assert "第4项完成率95%，达到90%档（得80%），满分10分，得8分" in told_steps
    assert "第5项为4宗，闲置上限2宗（越少越好），完成率50%，满分10分，得5分" in told_steps


def test_a_target_of_nothing_is_reached_wholly_or_not_at_all():
    more, less = Completion.model_validate({}), Completion.model_validate({"better": "less"})
    assert completion(more, Fraction(0), Fraction(0)) == 100
    assert earned_by(less, completion(less, Fraction(0), Fraction(0)))[0] == 100
    assert earned_by(less, completion(less, Fraction(1), Fraction(0)))[0] == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_greater_completion_never_earns_less(one: int, other: int):
    rule = TODAY.indicators[3].completion
    assert rule is not None
    low, high = sorted((one, other))
    assert earned_by(rule, Fraction(low))[0] <= earned_by(rule, Fraction(high))[0]


# three levels, weights by 分值


def test_a_category_three_levels_deep_weighs_the_full_marks_beneath_it():
    found = result(field("20", "20"), data())
    assert found.components["field"].categories == {"责任": 100, "监测": 50}


def test_items_of_weighed_components_may_weigh_their_full_marks():
    components = [
        {"id": "field", "name": "实地考核", "weight": 60, "marks": ["points"], "cite": ["三"]},
        {"id": "data", "name": "数据考核", "weight": 40, "marks": ["points"], "cite": ["三"]},
    ]
    rows = [
        row.model_dump() | {"full": {"field": full, "data": full}}
        for row, full in zip(TODAY.indicators[:2], (20, 80), strict=True)
    ]
    scheme = TODAY.with_elements(
        combine="weighted", components=components, indicators=rows, deductions=[], extras=None,
        item_weights={"equal": "full", "assumed": "按分值"},
    )  # fmt: skip
    sheets = [
        Sheet(UNIT, name, (Mark(1, score=Fraction(10)), Mark(2, score=Fraction(80)))) for name in ("field", "data")
    ]
    assert assess(scheme, sheets).of(UNIT).score == 90  # 10 of 20 and 80 of 80


def test_the_rules_are_told_in_the_terms_of_the_field():
    told_rules = {rule.kind: rule.text for rule in rules(TODAY)}
    assert told_rules["加分"] == "受表扬“县级”的加1分、“市级”的加2分，最多加3分，总分不超过106分"
    assert told_rules["扣分"] == "资金违规每1万元扣2分，从第1项所得中扣，扣完为止"
    assert told_rules["加扣分上下限"] == "加分合计不超过6分；加分后总分不超过106分；扣分后总分不低于0分"
    assert "6. 典型经验（加分项，至多5分）" in told_rules["指标"]
    assert "分档计分：达到100%得100%、达到90%得80%、达到80%得50%，再低不得分" in told_rules["指标"]


NESTED = load_scheme("""
id: nested-2026
title: 三级指标、类别权重
short: 三级
document: {title: 某县考核办法}
grades: [好, 较好, 一般, 较差]
groups: [{id: town, name: 镇, units: [{name: 甲镇}], cite: 二}]
combine: weighted
components: [{id: cross, name: 交叉考核, weight: 100, cite: 三}]
ticks: {points: {好: 100, 较好: 80, 一般: 60, 较差: 0}, assumed: 原文未定}
item_weights:
  nodes:
    - {path: [责任], weight: 30}
    - {path: [产业], weight: 70}
    - {path: [产业, 就业], weight: 1}
    - {path: [产业, 资产], weight: 3}
  assumed: 原文未定
indicators:
  - {no: 1, path: [责任, 组织], name: 部署, cite: 附件}
  - {no: 2, path: [责任, 组织], name: 督促, cite: 附件}
  - {no: 3, path: [产业, 就业, 务工], name: 规模, cite: 附件}
  - {no: 4, path: [产业, 资产, 收益], name: 到位, cite: 附件}
  - {no: 5, path: [产业, 资产, 管护], name: 管护, cite: 附件}
rank: {by: [score], assumed: 原文未写}
""", "nested-2026.yaml")  # fmt: skip


def test_weights_of_nodes_hold_at_every_depth():
    shares = leaf_weights(indicator_tree(NESTED, "town"))
    assert shares == {
        no: Fraction(share) for no, share in ((1, ".15"), (2, ".15"), (3, ".175"), (4, ".2625"), (5, ".2625"))
    }


def test_a_deep_tree_scores_by_its_weights_and_gives_what_does_not_apply_to_its_siblings():
    grades = ("好", "较好", "好", "一般", "较差")
    sheet = Sheet(UNIT, "cross", tuple(Mark(no, grade=grade) for no, grade in enumerate(grades, 1)))
    assert assess(NESTED, [sheet]).of(UNIT).score == Fraction("60.25")  # 30 × .9 + 70 × (¼ × 1 + ¾ × .3)
    off = Sheet(UNIT, "cross", (*sheet.marks[:4], Mark(5, applicable=False, remark="没有资产")))
    assert assess(NESTED, [off]).of(UNIT).score == Fraction("76")  # 30 × .9 + 70 × (¼ × 1 + ¾ × .6)


def test_another_weight_of_a_deep_node_makes_another_scheme():
    moved = NESTED.replace(node_weights={("产业", "就业"): Fraction(3), ("产业", "资产"): Fraction(1)})
    assert leaf_weights(indicator_tree(moved, "town"))[3] == Fraction(525, 1000)
    assert leaf_weights(indicator_tree(NESTED, "town"))[3] == Fraction(175, 1000)
