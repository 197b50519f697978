"""Where rules meet: each a case that once came out wrong, or that would be wrong if a rule looked too far."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme
from scoring.assess import MarksError, assess
from scoring.load import load_scheme
from scoring.marks import Fact, Mark, Sheet

CITY, OFFICES, TOWNS = scheme("dongxi-2019-city"), scheme("dongxi-2019-department"), scheme("ruyuan-2017")
COUNTED = next(row.no for row in CITY.indicators if row.kind == "quantity")


def ticked(unit: str, grade: str, rules=CITY) -> Sheet:
    group = rules.group_of(unit).id
    return Sheet(unit, "review", tuple(Mark(row.no, grade=grade) for row in rules.items_for(group, "review", unit)))


def counted(unit: str, value: int) -> Sheet:
    marks = [Mark(i.no, value=Fraction(value)) if i.no == COUNTED else Mark(i.no, grade="好") for i in CITY.indicators]
    return Sheet(unit, "review", tuple(marks))


@pytest.mark.parametrize("rules", [CITY, OFFICES])
def test_grave_fraud_is_a_veto_and_never_praised(rules):
    unit = rules.groups[0].units[0].name
    result = assess(rules, [ticked(unit, "好", rules)], [Fact(unit, "falsified", "情节严重")]).of(unit)
    assert (result.score_grade, result.grade) == ("好", "差")
    assert [outcome.action for outcome in result.outcomes] == ["约谈", "通报批评", "追究相关人员责任"]


def test_a_floor_that_a_person_declines_recommends_nothing_and_is_told():
    facts = [Fact("江门市", "targets_met", "是"), Fact("江门市", "floor_confirmed", "否")]
    result = assess(CITY, [ticked("江门市", "一般")], facts).of("江门市")
    assert (result.grade, result.recommended) == ("一般", None)
    assert [floor.declined for floor in result.floors] == [True]
    assert any("经人认定不采用" in step.what for step in result.steps)


def test_nobody_is_graded_among_peers_before_all_have_handed_in():
    units = [unit.name for unit in CITY.groups[0].units]
    nine = [counted(unit, value) for value, unit in enumerate(units[:9])]
    before = assess(CITY, nine).of(units[0])
    assert (before.score, before.components["review"].open_rows) == (
        None, (f"第{COUNTED}项须与同组各家比较，已有9家报送数值，尚有1家的评分表未到",)
    )  # fmt: skip
    after = assess(CITY, [*nine, counted(units[9], 100)])
    assert all(result.complete for result in after.units)


def test_two_towns_of_no_households_count_alike_and_say_so():
    groups = [g.model_dump() for g in TOWNS.groups]
    next(g for g in groups if g["id"] == "party").update(
        size=None, units=[{"name": "某单位", "helps": {"桂头镇": 0, "大桥镇": 0}}]
    )
    rules = TOWNS.with_elements(groups=groups)
    sheets = [Sheet(town, "county", (Mark(None, score=Fraction(v)),)) for town, v in (("桂头镇", 90), ("大桥镇", 80))]
    result = assess(rules, sheets).of("某单位")
    assert result.score == 85
    assert "取平均" in result.steps[0].what


ADDING = """
id: x
title: 试
short: 试
document: {title: 试}
grades: [好, 差]
groups:
  - id: g
    name: 组
    units: [{name: 甲}]
    indicators:
      - {no: 1, path: [类一], name: 子, kind: points, full: {a: 90, b: 10}, cite: 一}
      - {no: 2, path: [类二], name: 丑, kind: points, full: {a: 10, b: 90}, cite: 一}
    cite: 一
combine: add
components:
  - {id: a, name: 平时, full: 100, cite: 一}
  - {id: b, name: 年终, full: 100, cite: 一}
bands: {items: [{grade: 好, min: 180}, {grade: 差, min: 0}], cite: 一}
rank: {by: [score], cite: 一}
facts: [{id: praise, name: 表彰, values: [无, 有], many: true, cite: 一}]
bonuses: [{id: praise, text: 加分, fact: praise, each: 5, max: 10, cite: 一}]
"""


def added(a: tuple[int, int], b: tuple[int, int]) -> list[Sheet]:
    rows = lambda marks: tuple(Mark(no, score=Fraction(v)) for no, v in enumerate(marks, start=1))  # noqa: E731
    return [Sheet("甲", "a", rows(a)), Sheet("甲", "b", rows(b))]


def test_a_category_of_a_group_s_own_table_weighs_its_full_marks_in_each_component():
    result = assess(load_scheme(ADDING), added((90, 0), (0, 0))).of("甲")
    assert (result.categories["类一"], result.categories["类二"]) == (90, 0)  # 90 of 100 points of 类一


def test_lines_and_bonuses_stand_on_the_full_marks_of_what_adds_up():
    rules = load_scheme(ADDING)
    result = assess(rules, added((90, 10), (10, 65)), [Fact("甲", "praise", "有")]).of("甲")
    assert (result.before_bonus, result.score, result.grade) == (175, 180, "好")
    most = assess(rules, added((90, 10), (10, 89)), [Fact("甲", "praise", "有")]).of("甲")
    assert most.score == 200


def test_a_veto_tells_its_reason_even_where_a_scheme_has_no_lines_at_all():
    text = ADDING.replace("bands: {items: [{grade: 好, min: 180}, {grade: 差, min: 0}], cite: 一}\n", "")
    veto = "limits: [{id: v, text: 一票否决, when: {fact: praise}, best: 差, cite: 二}]\n"
    result = assess(load_scheme(text + veto), added((1, 1), (1, 1)), [Fact("甲", "praise", "有")]).of("甲")
    assert result.grade == "差"
    assert any("一票否决" in step.what and step.cite == "二" for step in result.steps)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((Mark(None, score=Fraction(101)),), "总分的101分不在0至100之间"),
        ((Mark(None, score=Fraction(90)), Mark(1, score=Fraction(9))), "只能有一个总分，不能另有分项"),
        ((Mark(None, grade="好"),), "只能有一个总分"),
        ((Mark(1, score=Fraction(-1)),), "第1项的-1分不在0至10之间"),
        ((Mark(11, score=Fraction(1)),), "第11项不在指标表上"),
    ],
)
def test_marks_that_cannot_be_are_refused_whoever_hands_them_in(marks, words):
    with pytest.raises(MarksError, match=words):
        assess(TOWNS, [Sheet("桂头镇", "county", marks)])


def test_of_a_sheet_that_has_come_only_the_open_row_can_still_move():
    """内蒙古: full marks everywhere but 第3项 (6 points), which waits for the nation's figure: 97 to 100."""
    rules = scheme("neimenggu-2018")
    marks = [Mark(i.no, score=i.full["yearend"]) for i in rules.indicators if i.full["yearend"] and i.no != 3]
    sheets = [
        Sheet("包头市", "daily", (Mark(None, score=Fraction(100)),)),
        Sheet("包头市", "yearend", (*marks, Mark(3, value=Fraction(9)))),
    ]
    possible = assess(rules, sheets).of("包头市").possible
    assert (possible.low, possible.high) == (97, 100)
