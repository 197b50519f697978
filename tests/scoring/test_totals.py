"""Totals of every kind: marks that add up, bonuses, floors, vetoes without lines, inheritance, judgement; by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assess import MarksError, assess
from scoring.firmness.grade import firmness
from scoring.firmness.marks import total_moves
from scoring.firmness.remarks import Remarks
from scoring.firmness.words import firmness_sentences
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights
from tests.scoring.filling import all_sheets, full_sheet, with_figures

LEAGUE, COUNTY_OF_TOWNS = scheme("neimenggu-2018"), scheme("ruyuan-2017")
CITY, OFFICES = scheme("dongxi-2019-city"), scheme("dongxi-2019-department")
PROVINCE, JUDGED = scheme("guangdong-2019"), scheme("qujiang-2018")
SCORED = [name for name in scheme_ids() if not scheme(name).judged]


def total(unit: str, component: str, value: str) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(value)),))


# marks that add up


def test_moving_the_halves_weights_moves_the_total_as_a_weighted_mean_does():
    sheets = [total("包头市", "daily", "80"), total("包头市", "yearend", "90")]
    moved = LEAGUE.replace(weights={"daily": Fraction(30), "yearend": Fraction(70)})
    assert assess(moved, sheets).of("包头市").exact == 87  # 0.3 × 80 + 0.7 × 90


def test_what_is_not_applicable_gives_its_points_to_its_siblings():
    """精准识别退出 in 平时监控 has 4 + 6: without the 4, the 6 stand for all ten."""
    marks = [Mark(i.no, score=i.full["daily"]) for i in LEAGUE.indicators if i.full["daily"] and i.no not in (4, 5)]
    sheet = Sheet("包头市", "daily", (*marks, Mark(4, applicable=False, remark="无"), Mark(5, score=Fraction(3))))
    assert assess(LEAGUE, [sheet]).of("包头市").components["daily"].exact == 95


def test_a_category_over_both_halves_weighs_what_it_has_in_each():
    """作风建设 stands in 平时监控 alone, 减贫成效 in 年终考核 alone; 精准帮扶 has ten points in both."""
    daily = [
        Mark(i.no, score=i.full["daily"] if i.no != 18 else Fraction(10)) for i in LEAGUE.indicators if i.full["daily"]
    ]
    yearend = [
        Mark(i.no, score=i.full["yearend"] if i.path[0] != "精准帮扶" else Fraction(0))
        for i in LEAGUE.indicators
        if i.full["yearend"]
    ]
    result = assess(LEAGUE, [Sheet("包头市", "daily", tuple(daily)), Sheet("包头市", "yearend", tuple(yearend))]).of(
        "包头市"
    )
    assert (result.categories["作风建设"], result.categories["精准帮扶"], result.categories["减贫成效"]) == (
        50,
        50,
        100,
    )
    assert result.exact == 90  # (90 + 90) ÷ 2


def test_the_steps_of_a_total_that_adds_up_show_both_halves():
    result = assess(LEAGUE, [total("包头市", "daily", "80"), total("包头市", "yearend", "90")]).of("包头市")
    said = [step.what for step in result.steps]
    assert "（平时监控80＋年终考核90）÷200×100＝85.00分" in said
    assert any("等次由评议确定" in what for what in said)


# no lines: no grade, but a veto is a grade


def test_without_lines_there_is_a_score_and_a_place_and_no_grade():
    sheets = [
        total(unit, c, value)
        for unit, value in (("韶关市", "91"), ("汕头市", "85"))
        for c in ("cross", "third", "daily")
    ]
    results = assess(PROVINCE, sheets)
    assert [(r.score, r.grade, r.rank) for r in map(results.of, ("韶关市", "汕头市"))] == [(91, None, 1), (85, None, 2)]


def test_the_two_groups_are_ranked_apart():
    sheets = [
        total(unit, c, value)
        for unit, value in (("韶关市", "91"), ("广州市", "70"))
        for c in ("cross", "third", "daily")
    ]
    assert [assess(PROVINCE, sheets).of(unit).rank for unit in ("韶关市", "广州市")] == [1, 1]


def test_each_group_is_marked_on_its_own_items():
    assert [len(list(indicator_tree(PROVINCE, group).leaves())) for group in ("helped", "helper")] == [17, 8]
    shares = leaf_weights(indicator_tree(PROVINCE, "helped"))
    assert sum(shares[no] for no in range(3, 15)) == Fraction(12, 17)


def test_a_veto_gives_the_worst_grade_even_where_no_lines_are_drawn():
    unlined = CITY.with_elements(bands={"items": [], "assumed": "评议"})
    sheet = Sheet("江门市", "review", tuple(Mark(i.no, grade="好") for i in CITY.indicators))
    facts = [Fact("江门市", "falsified", "是")]
    assert assess(unlined, [sheet]).of("江门市").grade is None
    assert assess(unlined, [sheet], facts).of("江门市").grade == "差"


def test_a_limit_that_is_no_veto_gives_no_grade_where_no_lines_are_drawn_but_is_told():
    sheets = [total("韶关市", c, "95") for c in ("cross", "third", "daily")]
    result = assess(PROVINCE, sheets, [Fact("韶关市", "violation", "有")]).of("韶关市")
    assert result.grade is None
    assert any("等次最高为“一般”" in step.what for step in result.steps)


# bonuses and floors


def test_only_confirmed_commendations_count_and_what_waits_is_told():
    sheet = total_of_review("88")
    facts = [Fact("江门市", "praise", "有", basis="一"), Fact("江门市", "praise", "有", basis="二", confirmed=False)]
    result = assess(CITY, [sheet], facts).of("江门市")
    assert (result.score, result.pending_score, result.grade, result.pending) == (89, 90, "较好", "好")
    assert result.to_check


def total_of_review(value: str, unit: str = "江门市") -> Sheet:
    return Sheet(unit, "review", tuple(Mark(i.no, score=Fraction(value)) for i in CITY.indicators))


def test_a_bonus_never_lowers_a_score_and_moves_every_line_by_as_much():
    result = assess(CITY, [total_of_review("88")], [Fact("江门市", "praise", "有")]).of("江门市")
    firm = firmness(CITY, result)
    assert firm.form.offset == 1
    assert [(move.to, move.grade) for move in total_moves(Remarks(CITY, result), firm.form, up=True)] == [(Fraction("89"), "好")]
    assert firmness_sentences(CITY, result)[0] == "距“好”差1.00分：分组成效评价须由88.00升至89.00以上"


def test_growth_without_a_veto_lifts_an_office_at_once():
    unit = "省教育厅"
    rows = OFFICES.items_for("department", "review", unit)
    sheet = Sheet(unit, "review", tuple(Mark(row.no, grade="较好" if row.no < 9 else "差") for row in rows))
    grown = [Fact(unit, "duties", "是"), Fact(unit, "growth", "是")]
    # 组织领导 85, 基础工作 85, 重点工作 60: 76.67, 一般; the poor category allows 一般 at most
    result = assess(OFFICES, [sheet], grown).of(unit)
    assert (result.score_grade, result.grade) == ("一般", "一般")
    assert [(floor.id, floor.binds, floor.confirmed) for floor in result.floors] == [("growth", True, True)]
    assert not assess(OFFICES, [sheet], grown[1:]).of(unit).floors  # growth alone is one of two conditions
    fair = Sheet(unit, "review", tuple(Mark(row.no, grade="一般") for row in rows))
    assert assess(OFFICES, [fair], grown).of(unit).grade == "较好"
    assert assess(OFFICES, [fair], [*grown, Fact(unit, "violation", "是")]).of(unit).grade == "差"


def test_an_office_is_marked_on_the_common_items_and_its_own():
    rows = OFFICES.items_for("department", "review", "团省委")
    assert [row.no for row in rows] == [*range(1, 10), 22]
    shares = leaf_weights(indicator_tree(OFFICES, "department", "review", "团省委"))
    assert (shares[9], shares[22]) == (Fraction(1, 6), Fraction(1, 6))
    other = Sheet("团省委", "review", (Mark(10, grade="好"),))
    with pytest.raises(MarksError, match="第10项在这里不计分"):
        assess(OFFICES, [other])


# inheritance


def with_unit(helps: object) -> Scheme:
    groups = [g.model_dump() for g in COUNTY_OF_TOWNS.groups]
    next(g for g in groups if g["id"] == "economy").update(size=None, units=[{"name": "县农业局", "helps": helps}])
    return COUNTY_OF_TOWNS.with_elements(groups=groups)


def test_a_unit_waits_for_the_towns_it_helps_and_knows_its_range():
    result = assess(with_unit({"桂头镇": "3", "大桥镇": "1"}), [total("桂头镇", "county", "80")]).of("县农业局")
    assert (result.score, result.rank, result.missing) == (None, None, ("county",))
    assert (result.possible.low, result.possible.high) == (60, 85)
    assert result.possible.grades == ("一般", "较好")
    assert "所帮扶的大桥镇尚无得分" in result.steps[0].what


def test_a_unit_that_helps_nobody_says_so():
    result = assess(with_unit([]), []).of("县农业局")
    assert not result.complete
    assert "未登记所帮扶的单位" in result.steps[0].what


def test_a_sheet_for_a_unit_that_inherits_is_refused():
    with pytest.raises(MarksError, match="“县农业局”随所帮扶的单位计分，不另填评分表"):
        assess(with_unit(["桂头镇"]), [total("县农业局", "county", "80")])


# judgement


def test_judgement_follows_its_ladder_from_triggers_alone():
    facts = [
        Fact("马坝镇", "funds", "有"),
        Fact("马坝镇", "gravity", "情节严重、造成不良影响"),
        Fact("大塘镇", "gravity", "涉嫌违法"),
    ]
    results = assess(JUDGED, [], facts)
    assert [o.action for o in results.of("马坝镇").outcomes] == ["提出处理意见", "约谈并限期整改", "责任追究"]
    assert results.of("大塘镇").outcomes == ()  # gravity of nothing follows nothing
    assert all((r.score, r.grade, r.rank) == (None, None, None) and r.complete for r in results.units)


# every scheme


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_full_assessment_scores_every_marked_unit_within_its_base(name, seed):
    rules = with_figures(scheme(name))
    results = assess(rules, all_sheets(rules, Random(seed)))
    marked = [r for r in results.units if not rules.inheritance(r.group)]
    assert marked
    assert all(r.complete and 0 <= r.score <= rules.base for r in marked)
    assert all(bool(r.rank) == (rules.rank.shown != "none") for r in marked)
    assert all((r.grade in rules.grades) == bool(rules.bands.items) for r in marked)


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_an_incomplete_unit_comes_to_lies_within_what_was_possible(name, seed):
    random, rules = Random(seed), with_figures(scheme(name))
    sheets = all_sheets(rules, random, bare=True)
    left_out = random.choice(sheets)
    before = assess(rules, [sheet for sheet in sheets if sheet is not left_out]).of(left_out.unit)
    after = assess(rules, sheets).of(left_out.unit)
    assert before.possible.low <= after.score <= before.possible.high
    assert after.grade is None or after.grade in before.possible.grades


@pytest.mark.parametrize("name", [name for name in SCORED if scheme(name).ticks and scheme(name).bands.items])
def test_a_sheet_ticked_alike_is_graded_alike(name):
    rules = scheme(name)
    unit = rules.marked_groups[0].units[0].name if rules.marked_groups[0].units else "某镇"
    group = rules.group_of(unit).id
    for grade in rules.grades:
        sheets = [
            Sheet(unit, c.id, tuple(Mark(row.no, grade=grade) for row in rules.items_for(group, c.id, unit)))
            for c in rules.counted
        ]
        assert assess(rules, sheets).of(unit).grade == grade


def test_the_sheets_of_the_properties_are_whole():
    sheet = full_sheet(LEAGUE, "league", "daily", "包头市", Random(1))
    assert {mark.indicator for mark in sheet.marks} == set(range(4, 19))
