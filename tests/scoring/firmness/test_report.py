"""Everything of one unit at once: the worked cases of a group, in numbers and in words."""

from __future__ import annotations

from fractions import Fraction

from scoring.assess import assess
from scoring.firmness.report import UnitFirmness, firmness_report
from scoring.firmness.weightings import Interval
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
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
        "比前一位少0.10分：交叉考核由92.00升至92.27以上，或交叉考核权重由40%升至43%（其余按比例），即排到其前"
    )
    assert (ahead.rival, ahead.gap, ahead.weights.to) == (B, F("0.1"), F("0.43"))
    assert behind.sentence == (
        "比后一位多0.10分：交叉考核由90.00降至89.73以下，或交叉考核权重由40%升至43%（其余按比例），即排到其后"
    )
    assert both[A].behind is both[B].ahead is None
    assert [both[unit].expected_rank for unit in (A, B)] == [F(5, 3), F(4, 3)]


def test_a_limit_leaves_the_nearest_change_by_score_and_says_which_clause_bars_the_grade():
    one = report(ONE_UNIT, {A: ("92", "86", "85")}, [Fact(A, "sanction", "记过")])[A]
    assert one.up.sentence == "因受五（四）限制等次最高为“较好”：限制未解除前，得分再高、权重怎样调整都不升等次"
    assert (one.up.weights, one.up.total, one.up.item) == (None, None, None)
    assert one.up_by_score.sentence.startswith("距“好”差1.90分：交叉考核由92.00升至96.74以上，或")
    assert [limit.cite for limit in one.binding] == ["五（四）"]
