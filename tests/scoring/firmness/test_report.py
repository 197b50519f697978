"""Everything of one unit at once: the worked cases of a group, in numbers and in words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.assess import assess
from scoring.firmness.report import UnitFirmness, brief_report, firmness_report, unit_report
from scoring.firmness.weightings import Interval
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.trial import component_level, levels
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction
A, B, C = UNITS[:3]
GROUP = COUNTY.groups[0].id
ALWAYS = Interval(F(0), F(1), True, True)
ONE_UNIT = COUNTY.with_roster([(A, GROUP, "")])
TWO_UNITS = COUNTY.with_roster([(A, GROUP, ""), (B, GROUP, "")])


def report(scheme: Scheme, marks: dict[str, tuple[str, str, str]], told=()) -> dict[str, UnitFirmness]:
    sheets = [
        Sheet(unit, component, (Mark(None, score=F(value)),))
        for unit, values in marks.items()
        for component, value in zip(COUNTED, values, strict=True)
    ]
    return {one.unit: one for one in firmness_report(assess(scheme, sheets, told), GROUP)}


def test_a_unit_alone_is_told_what_moves_its_grade_and_has_nobody_to_pass():
    """92, 86, 85 under 40/30/30: 88.10; 1.895 to 89.995 are 4.7375 of 交叉考核 (96.74), or its weight at 69.16 %."""
    one = report(ONE_UNIT, {A: ("92", "86", "85")})[A]
    assert one.up.sentence == (
        "距“好”差1.90分：交叉考核由92.00升至96.74以上，或交叉考核权重由40%升至69.16%以上（其余按比例），即达到“好”"
    )
    assert one.down.sentence == "高出“较好”等次线8.10分：交叉考核由92.00降至71.73以下，即低于该线"
    assert (one.up.item, one.down.item, one.down.weights) == (None, None, None)
    assert (one.ahead, one.behind, one.expected_rank) == (None, None, 1)
    assert one.places == dict.fromkeys(COUNTED, ALWAYS)


def test_the_neighbour_is_passed_by_the_least_change_that_shows_in_the_rounded_scores():
    """A 88.10, B 90, 87, 87: 88.20. A needs 88.205, 0.105 more: 0.2625 of 交叉考核, so 92.27. Along 交叉考核 t the two are
    85.5 + 6.5t and 87 + 3t. They meet at 3/7 in 88.29 both; A is 88.30 from t = 2.795/6.5 = 43 % on, B only from 43.17 %.

    B is passed with a loss of 0.105: 0.2625 of 交叉考核 down to 89.73, and by the same 43 %."""
    both = report(TWO_UNITS, {A: ("92", "86", "85"), B: ("90", "87", "87")})
    ahead, behind = both[A].ahead, both[B].behind
    assert ahead.sentence == (
        "比前一位少0.10分：交叉考核由92.00升至92.27以上，或交叉考核权重由40%升至43%（其余按比例），即排到现在的前一位之前"
    )
    assert (ahead.rival, ahead.gap, ahead.weights.to) == (B, F("0.1"), F("0.43"))
    assert behind.sentence == (
        "比后一位多0.10分：交叉考核由90.00降至89.73以下，或交叉考核权重由40%升至43%（其余按比例），即排到现在的后一位之后"
    )
    assert both[A].behind is both[B].ahead is None
    assert [both[unit].expected_rank for unit in (A, B)] == [F(5, 3), F(4, 3)]


def test_a_limit_leaves_the_nearest_change_by_score_and_says_which_clause_bars_the_grade():
    one = report(ONE_UNIT, {A: ("92", "86", "85")}, [Fact(A, "sanction", "记过")])[A]
    assert one.up.sentence == "因受五（四）限制等次最高为“较好”：限制未解除前，得分再高、权重怎样调整都不升等次"
    assert (one.up.weights, one.up.total, one.up.item) == (None, None, None)
    assert one.up_by_score.sentence.startswith("距“好”差1.90分：交叉考核由92.00升至96.74以上，或")
    assert [limit.cite for limit in one.binding] == ["五（四）"]


def test_a_unit_exactly_on_the_effective_line_loses_its_grade_with_any_loss():
    """0.4 × 89.98 + 0.3 × 90 + 0.3 × 90.01 = 89.995: 90.00, 好. 交叉考核 is its least, so that its weight at 40.01 % is too much."""
    one = report(ONE_UNIT, {A: ("89.98", "90", "90.01")})[A]
    assert one.down.sentence == (
        "正在“好”等次线上：交叉考核由89.98降至89.97以下，或交叉考核权重由40%升至40.01%以上（其余按比例），即低于该线"
    )
    assert one.up.sentence == ""
    assert one.firm.intervals["cross"] == Interval(F(0), F(2, 5), True, True)


def test_no_sentence_names_a_unit_so_that_hidden_names_stay_hidden():
    both = report(TWO_UNITS, {A: ("92", "86", "85"), B: ("90", "87", "87")})
    told = [one for unit in both.values() for one in (unit.up, unit.down, unit.ahead, unit.behind) if one]
    assert len(told) == 6
    assert not any(name in one.sentence for name in (A, B) for one in told)


def test_a_level_of_points_or_lines_has_no_firmness_of_weights():
    results = assess(ONE_UNIT, [Sheet(A, name, (Mark(None, score=F(90)),)) for name in COUNTED])
    with pytest.raises(ValueError, match="no level of weights"):
        firmness_report(results, GROUP, levels(ONE_UNIT, GROUP)["l"])


def test_units_that_share_a_place_are_neither_before_nor_behind_each_other():
    """A and B have 88.10, C 90, 86, 85: 87.30. 0.805 more shows as 88.11: 2.0125 of 交叉考核. No weight lifts C over A: it has
    less or the same everywhere. A is passed from 87.295 down. A against B counts half: 1.5, 1.5 and 3."""
    three = COUNTY.with_roster([(unit, GROUP, "") for unit in (A, B, C)])
    found = report(three, {A: ("92", "86", "85"), B: ("92", "86", "85"), C: ("90", "86", "85")})
    assert [found[unit].ahead for unit in (A, B)] == [None, None]
    assert (found[C].ahead.rival, found[A].behind.rival, found[B].behind.rival) == (B, C, C)
    assert found[C].ahead.sentence == "比前一位少0.80分：交叉考核由90.00升至92.02以上，即排到现在的前一位之前"
    assert found[A].behind.sentence == "比后一位多0.80分：交叉考核由92.00降至89.98以下，即排到现在的后一位之后"
    assert [found[unit].expected_rank for unit in (A, B, C)] == [F(3, 2), F(3, 2), 3]


def mixed(unit: str, tick: str, municipal: str, daily: str) -> list[Sheet]:
    """交叉考核 marked item by item, all alike; the others handed in as totals."""
    cross = Sheet(unit, "cross", tuple(Mark(no, tick) for no in range(1, 20)))
    totals = (("municipal", municipal), ("daily", daily))
    return [cross, *(Sheet(unit, name, (Mark(None, score=F(value)),)) for name, value in totals)]


def whole(unit: str, *values: str) -> list[Sheet]:
    return [Sheet(unit, name, (Mark(None, score=F(value)),)) for name, value in zip(COUNTED, values, strict=True)]


def test_a_sheet_of_ticks_is_asked_for_no_more_than_every_tick_at_the_best():
    """A has 19 ticks of 较好 (85), 85 and 85: 85.00. B 96, 85, 85: 89.40. A needs 4.405 more: 交叉考核 11.0125, so 96.02, and all
    好 is 95; the others 14.6834, so 99.69. No tick brings more than 0.4 × 10/19; without 交叉考核 both are 85 and share a place."""
    sheets = [*mixed(A, "较好", "85", "85"), *whole(B, "96", "85", "85")]
    ahead = {one.unit: one for one in firmness_report(assess(TWO_UNITS, sheets), GROUP)}[A].ahead
    assert ahead.sentence == "比前一位少4.40分：市级考核由85.00升至99.69以上，即排到现在的前一位之前"


def test_where_neither_ticks_nor_totals_suffice_nothing_is_said_to_do_it():
    """B 96, 90, 90: 92.40, by 7.4. All ticks at 好 bring 4, and 100 for one of the others 4.5."""
    sheets = [*mixed(A, "较好", "85", "85"), *whole(B, "96", "90", "90")]
    ahead = {one.unit: one for one in firmness_report(assess(TWO_UNITS, sheets), GROUP)}[A].ahead
    assert (ahead.total, ahead.item, ahead.weights) == (None, None, None)
    assert ahead.sentence == (
        "比前一位少7.40分：任何考核方式权重、任何一项评分单独变动，都不能排到现在的前一位之前"
    )


def test_a_sheet_of_ticks_is_taken_no_lower_than_every_tick_at_the_worst():
    """A all 较差 (60), 90, 90: 78.00. B 60, 88, 89: 77.10, so that A falls behind below 77.095: 市级考核 3.0167 less, at 86.98.
    交叉考核 would have to be 57.73."""
    sheets = [*mixed(A, "较差", "90", "90"), *whole(B, "60", "88", "89")]
    behind = {one.unit: one for one in firmness_report(assess(TWO_UNITS, sheets), GROUP)}[A].behind
    assert behind.sentence == "比后一位多0.90分：市级考核由90.00降至86.98以下，即排到现在的后一位之后"


def test_a_grade_too_is_reached_by_no_more_than_every_tick_at_the_best():
    """85, 86, 87: 85.90; 89.995 needs 4.095 more: 交叉考核 10.2375, so 95.24, and all 好 is 95; 市级考核 13.65, so 99.65."""
    up = firmness_report(assess(ONE_UNIT, mixed(A, "较好", "86", "87")), GROUP)[0].up
    assert up.sentence == "距“好”差4.10分：市级考核由86.00升至99.65以上，即达到“好”"


def test_a_weight_of_zero_is_a_weight_that_can_be_raised():
    """50/50/0. 84, 84, 100: 84 + 16t comes to 89.995 at t = 0.3746875; 5.995 at half the weight are 11.99. No weight is
    there to change by a part of itself: the radius is endless. 4.005 down to 79.995 are 8.01, and that is the line itself."""
    none = ONE_UNIT.replace(weights={"cross": F(50), "municipal": F(50), "daily": F(0)})
    one = report(none, {A: ("84", "84", "100")})[A]
    assert one.up.sentence == (
        "距“好”差6.00分：交叉考核由84.00升至95.99以上，或日常工作权重由0%升至37.47%以上（其余按比例），即达到“好”"
    )
    assert one.down.sentence == "高出“较好”等次线4.00分：交叉考核由84.00降至75.98以下，即低于该线"
    assert (one.firm.radius, one.firm.fixed) == (None, False)


def test_equal_marks_everywhere_leave_it_to_the_marks():
    """85 everywhere: 4.995 at 40 % are 12.4875."""
    one = report(ONE_UNIT, {A: ("85", "85", "85")})[A]
    assert one.up.sentence == "距“好”差5.00分：交叉考核由85.00升至97.49以上，即达到“好”"
    assert one.firm.fixed
    assert one.near == one.firm.shares == {"好": 0, "较好": 1, "一般": 0, "较差": 0}


def test_where_neither_weights_nor_a_mark_reach_the_next_grade_that_is_said():
    """80.3, 82.64, 76.96: 80.00. At the most, 82.64; with 交叉考核 at 100, 87.88. 79.995 is 0.0125 of 交叉考核 off (80.28, since
    80.29 still gives 79.996), and 日常工作, others 81.3029, slope −4.3429, is over it at 30.1151 %."""
    one = report(ONE_UNIT, {A: ("80.3", "82.64", "76.96")})[A]
    assert one.up.sentence == "距“好”差10.00分：任何考核方式权重、任何一项评分都进不了“好”"
    assert one.down.sentence == (
        "正在“较好”等次线上：交叉考核由80.30降至80.28以下，或日常工作权重由30%升至30.12%以上（其余按比例），即低于该线"
    )


def test_by_score_and_after_the_rules_are_told_apart_where_a_limit_binds():
    """95 everywhere and 记过: by score 好, 5.005 above its line (12.5125 of 交叉考核), after 五（四） 较好, 15.005 above its own."""
    one = report(ONE_UNIT, {A: ("95", "95", "95")}, [Fact(A, "sanction", "记过")])[A]
    assert one.up.sentence.startswith("按分数为“好”，因受五（四）限制等次最高为“较好”")
    assert one.up_by_score.sentence == ""
    assert one.down.sentence == "高出“较好”等次线15.00分：交叉考核由95.00降至57.48以下，即低于该线"
    assert one.down_by_score.sentence == "高出“好”等次线5.00分：交叉考核由95.00降至82.48以下，即低于该线"
    assert (one.near["较好"], one.near_by_score["好"]) == (1, 1)
    assert [(limit.id, limit.best, limit.binds) for limit in one.binding] == [("leader", "较好", True)]


def test_a_unit_behind_one_with_fewer_points_is_told_that_its_grade_is_lower():
    """A 95 but held at 较好; B 91, 好. B falls behind below 89.995, with 1.005 less: 2.5125 of 交叉考核."""
    both = report(TWO_UNITS, {A: ("95", "95", "95"), B: ("91", "91", "91")}, [Fact(A, "sanction", "记过")])
    assert both[A].ahead.sentence == (
        "比前一位多4.00分，但等次较低：任何考核方式权重、任何一项评分单独变动，都不能排到现在的前一位之前"
    )
    assert both[B].behind.sentence == "比后一位少4.00分，但等次较高：交叉考核由91.00降至88.48以下，即排到现在的后一位之后"


def test_a_floor_that_holds_is_named_where_no_score_is_low_enough():
    held = {"id": "held", "text": "等次不低于较好", "of": "total", "worst": "较好", "cite": "七（二）"}
    floored = ONE_UNIT.with_elements(limits=[], floors=[held | {"when": {"fact": "sanction", "at_least": "记过"}}])
    one = report(floored, {A: ("75", "75", "75")}, [Fact(A, "sanction", "记过")])[A]
    assert (one.result.score_grade, one.result.grade) == ("一般", "较好")
    assert one.down.sentence == "因七（二）保底，等次最低为“较好”：得分再低、权重怎样调整都不降等次"
    assert one.down_by_score.sentence.startswith("高出“一般”等次线5.00分：")


def test_one_component_alone_speaks_of_marks_only():
    alone = ONE_UNIT.with_elements(components=[{"id": "cross", "name": "交叉考核", "weight": 100, "cite": "六（五）"}])
    sheet = Sheet(A, "cross", tuple(Mark(no, "较好" if no else "好") for no in range(1, 20)))
    one = firmness_report(assess(alone, [sheet]), GROUP)[0]
    assert one.up.sentence == "距“好”差5.00分：交叉考核由85.00升至90.00以上，即达到“好”"
    assert one.up.item is None


def test_while_a_unit_is_missing_no_place_is_foretold_but_neighbours_are_known():
    three = COUNTY.with_roster([(unit, GROUP, "") for unit in (A, B, C)])
    found = report(three, {A: ("92", "86", "85"), B: ("90", "87", "87")})
    assert (found[C].firm, found[C].why_not) == (None, "尚无综合得分")
    assert (found[A].places, found[A].expected_rank) == ({}, None)
    assert found[A].ahead.rival == B


def test_without_lines_there_is_nothing_to_be_firm_about():
    lineless = ONE_UNIT.with_elements(bands=None)
    one = report(lineless, {A: ("92", "86", "85")})[A]
    assert (one.firm, one.why_not, one.up.sentence, one.ahead) == (None, "文件没有等次线", "", None)


def test_in_brief_and_one_by_one_a_large_groups_units_are_told_as_in_the_whole_report():
    """A beside B, and a third with a punishment, whose grade by score differs from the one after the rules."""
    marks = {A: ("92", "86", "85"), B: ("95", "93", "92"), C: ("70", "72", "75")}
    sheets = [
        Sheet(unit, name, (Mark(None, score=F(value)),))
        for unit, row in marks.items()
        for name, value in zip(COUNTED, row, strict=True)
    ]
    scheme = COUNTY.with_roster([(unit, GROUP, "") for unit in marks])
    results, level = assess(scheme, sheets, [Fact(B, "sanction", "记过")]), component_level(scheme)
    whole = firmness_report(results, GROUP, level)
    brief = brief_report(results, GROUP, level)
    for told, short in zip(whole, brief, strict=True):
        alone = unit_report(results, told.unit, level)
        assert replace(told, expected_rank=None, places={}) == alone
        assert (short.firm, short.by_score, short.near, short.near_by_score, short.why_not) == (
            told.firm, told.by_score, told.near, told.near_by_score, told.why_not,
        )  # fmt: skip
