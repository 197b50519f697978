"""What a unit page says of firmness: the worked case, limits that decide instead of the score, and sentences that stay true."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.grade import firmness
from scoring.firmness.marks import nearest_mark, total_moves
from scoring.firmness.remarks import Remarks
from scoring.firmness.words import distance, firmness_sentences
from scoring.marks import Fact, Mark, Sheet
from tests.scoring.strategies import COUNTED, COUNTY, UNITS, facts, schemes, sheets
from tests.scoring.test_cases import COUNTY as CASES

UNIT = UNITS[0]
F = Fraction


def result(*totals: str, scheme=COUNTY, told=()):
    given_ = [Sheet(UNIT, c, (Mark(None, score=F(v)),)) for c, v in zip(COUNTED, totals, strict=False)]
    return assess(scheme, given_, told).of(UNIT)


def marks(unit, scheme=COUNTY, *, up, rules=True):
    return total_moves(Remarks(scheme, unit), firmness(scheme, unit, rules=rules).form, up=up)


SANCTION = [Fact(UNIT, "sanction", "记过")]


def test_the_worked_case_comes_out_as_the_case_file_says():
    case = next(case for case in CASES if "interval" in case)
    unit = result(*case["totals"].values())
    firm = firmness(COUNTY, unit)
    assert (str(unit.exact), unit.grade) == (case["exact"], case["grade"])

    cross = firm.intervals["cross"]
    assert str(cross.high) == re.search(r"\d+/\d+", case["interval"]["cross"]["keeps 较好"])[0]
    assert (cross.low, cross.low_closed, cross.high_closed) == (0, True, False)
    assert all(firm.intervals[name].holds(F(n, 10)) for name in ("municipal", "daily") for n in range(11))
    assert f"{float(firm.up.to):.2%}" in case["interval"]["cross"]["nearest"]
    assert firm.radius.value == (F("89.995") - F("88.1")) / F("2.7")
    assert (marks(unit, up=True)[0].component, marks(unit, up=True)[0].to) == ("cross", F("96.74"))
    assert case["nearest_mark"]["cross"].endswith("96.74")
    assert str(firm.shares["好"]) == case["share_of_weightings"]["好"].partition(" ")[0]


def test_the_worked_case_in_words():
    assert firmness_sentences(COUNTY, result("92", "86", "85")) == (
        "距“好”差1.90分：交叉考核须由92.00升至96.74以上",
        "高出“较好”等次线8.10分：交叉考核由92.00降至71.73以下即低于该线",
        "各考核方式权重同时变动±70.1%以内，等次不变",
        "交叉考核权重由40%升至69.16%以上（其余按比例）即达到“好”",
        "任何考核方式权重都不会低于“较好”",
    )


def test_a_unit_no_weight_can_lift_is_told_so():
    """The best mark is 82.64."""
    said = firmness_sentences(COUNTY, result("80.3", "82.64", "76.96"))
    assert "任何考核方式权重都进不了“好”" in said
    assert "距“好”差10.00分：任何一种考核方式单独升至满分，也进不了“好”" in said


def test_a_unit_on_a_printed_line_stands_on_it():
    """Exactly 80: a hundredth less in 交叉考核 still rounds up to 80.00, two hundredths do not."""
    unit = result("80.3", "82.64", "76.96")
    assert (distance(COUNTY, unit).down, distance(COUNTY, unit).up) == (0, 10)
    assert "正在“较好”等次线上：交叉考核由80.30降至80.28以下即低于该线" in firmness_sentences(COUNTY, unit)


def test_a_unit_exactly_on_the_effective_line_falls_with_any_loss():
    """0.4 × 89.98 + 0.3 × 90 + 0.3 × 90.01 = 89.995, which rounds to 90.00."""
    unit = result("89.98", "90", "90.01")
    firm = firmness(COUNTY, unit)
    assert (unit.exact, unit.grade) == (F("89.995"), "好")
    assert (firm.radius.value, firm.radius.closed) == (0, True)
    assert firm.intervals["cross"].high == F(2, 5)
    assert firm.intervals["cross"].high_closed
    assert [move.to for move in marks(unit, up=False)] == [F("89.97"), F("89.99"), F("90.00")]
    assert "权重稍有变动，等次就可能改变" in firmness_sentences(COUNTY, unit)


def test_equal_marks_make_weights_irrelevant():
    assert "无论各考核方式权重怎样调整，等次都不变" in firmness_sentences(COUNTY, result("85", "85", "85"))


def test_the_best_grade_has_no_next_and_the_worst_no_line_below():
    best, worst = distance(COUNTY, result("95", "95", "95")), distance(COUNTY, result("60", "60", "60"))
    assert (best.better, best.up, best.worse, best.down) == (None, None, "较好", 5)
    assert (worst.better, worst.up, worst.worse, worst.down) == ("一般", 10, None, None)


def test_where_a_limit_decides_the_sentence_names_its_clause():
    unit = result("95", "95", "95", told=SANCTION)
    firm = firmness(COUNTY, unit)
    assert [limit.cite for limit in firm.caps] == ["五（四）"]
    assert (firm.form.reach.low, firm.form.reach.high) == (F("79.995"), None)
    assert firmness_sentences(COUNTY, unit)[0] == (
        "按分数为“好”，因受五（四）限制等次最高为“较好”：限制未解除前，得分再高、权重怎样调整都不升等次"
    )


def test_a_limit_that_waits_above_is_named_before_the_score_gets_there():
    unit = result("92", "86", "85", told=SANCTION)
    by_score, after = firmness(COUNTY, unit, rules=False), firmness(COUNTY, unit)
    assert by_score.up.grade == "好"
    assert (after.up, marks(unit, up=True), after.radius) == (None, (), None)
    assert after.shares == {"好": 0, "较好": 1, "一般": 0, "较差": 0}
    assert "因受五（四）限制等次最高为“较好”" in firmness_sentences(COUNTY, unit)[0]


def test_an_unconfirmed_fact_limits_nothing_yet():
    pending = [Fact(UNIT, "sanction", "记过", confirmed=False)]
    assert firmness(COUNTY, result("92", "86", "85", told=pending)).caps == ()


def test_one_component_speaks_of_marks_only():
    alone = COUNTY.with_elements(components=[{"id": "cross", "name": "交叉考核", "weight": 100, "cite": "六（五）"}])
    assert firmness_sentences(alone, result("85.50", scheme=alone)) == (
        "距“好”差4.50分：交叉考核须由85.50升至90.00以上",
        "高出“较好”等次线5.50分：交叉考核由85.50降至79.99以下即低于该线",
    )


def ticks_only():
    """The county scheme without totals: no sheet can give more than 95, all 好, or less than 60."""
    return COUNTY.with_elements(components=[{**part.model_dump(), "marks": ["ticks"]} for part in COUNTY.components])


def ticked(*counts: dict[str, int]):
    """A unit whose three sheets have so many ticks of each grade."""
    grades = [[grade for grade, count in each.items() for _ in range(count)] for each in counts]
    given_ = [
        Sheet(UNIT, c, tuple(Mark(n, g) for n, g in enumerate(gs, 1))) for c, gs in zip(COUNTED, grades, strict=True)
    ]
    return assess(ticks_only(), given_).of(UNIT)


def test_no_sheet_of_ticks_is_asked_for_more_than_all_ticks_at_the_best():
    """All 较好 is 85: to reach 89.995 交叉考核 alone would need 97.49, and 95 is the most."""
    unit = ticked({"较好": 19}, {"较好": 19}, {"较好": 19})
    assert marks(unit, ticks_only(), up=True) == ()
    said = firmness_sentences(ticks_only(), unit)
    assert "距“好”差5.00分：任何一种考核方式单独升至最高分，也进不了“好”" in said


def test_no_sheet_of_ticks_is_taken_below_all_ticks_at_the_worst():
    """好 everywhere, 95: 好 is lost with 交叉考核 at 82.48 or one of the others at 78.31."""
    best = ticked({"好": 19}, {"好": 19}, {"好": 19})
    assert [move.to for move in marks(best, up=False)] == [F("82.48"), F("78.31"), F("78.31")]
    # 95, 95, 60 make 84.50: for 79.99 日常工作 alone would have to fall to 44.98, and 60 is the least.
    lost = ticked({"好": 19}, {"好": 19}, {"较差": 19})
    assert [move.component for move in marks(lost, ticks_only(), up=False)] == [
        "cross",
        "municipal",
    ]


def test_an_incomplete_unit_has_no_firmness_and_no_distance():
    unit = result("92", "86")
    assert firmness(COUNTY, unit) is None
    assert firmness_sentences(COUNTY, unit) == ()
    assert distance(COUNTY, unit).up is None


def test_without_lines_there_is_no_firmness():
    for bands in (None, {"items": [], "assumed": "原文未定分数线"}):
        lineless = COUNTY.with_elements(bands=bands)
        unit = result("92", "86", "85", scheme=lineless)
        assert firmness(lineless, unit) is None
        assert firmness_sentences(lineless, unit) == ()
        assert distance(lineless, unit).up is None


def test_without_rounding_the_line_itself_counts():
    exact = COUNTY.with_elements(rounding=None)
    unit = result("92", "86", "85", scheme=exact)
    assert firmness(exact, unit).intervals["cross"].high == F(90 * 2 - 171, 2) / F(92 * 2 - 171, 2)
    assert firmness_sentences(exact, unit)[0] == "距“好”差1.9分：交叉考核须由92升至96.75以上"


@pytest.mark.parametrize(
    ("line", "up", "places", "mark"),
    [
        ("96.7375", True, None, "96.74"),
        ("96.7375", False, None, "96.73"),
        ("96.74", True, None, "96.74"),
        ("96.74", False, None, "96.73"),
        ("96.7375", True, 1, "96.75"),  # 96.7 falls short, so it must become 96.8
        ("96.7375", False, 1, "96.74"),
    ],
)
def test_a_mark_is_rounded_outward_to_what_can_be_written(line, up, places, mark):
    assert nearest_mark(F(line), up, places) == F(mark)


WHOLE = ("total", "ticks", "with 不适用")


@given(schemes(), sheets((UNIT,), WHOLE), facts((UNIT,)), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_change_named_truly_does_it_and_a_hundredth_less_does_not(scheme, handed_in, told, rules):
    unit = assess(scheme, handed_in, told).of(UNIT)
    firm = firmness(scheme, unit, rules=rules)

    def grade(weights=None, **marks):
        changed = [s for s in handed_in if s.component not in marks]
        changed += [Sheet(UNIT, name, (Mark(None, score=value),)) for name, value in marks.items()]
        found = assess(scheme.replace(weights=weights) if weights else scheme, changed, told).of(UNIT)
        return found.grade if rules else found.score_grade

    present, order = grade(), list(scheme.grades).index
    for move, better in [(firm.up, True), (firm.down, False)]:
        if move:
            assert grade(move.weights) == move.grade
            assert (order(move.grade) < order(present)) == better
    for moves, step in [(marks(unit, scheme, up=True, rules=rules), F(-1, 100)), (marks(unit, scheme, up=False, rules=rules), F(1, 100))]:
        for move in moves:
            assert grade(**{move.component: move.to}) == move.grade != present
            assert grade(**{move.component: move.to + step}) == present


@given(schemes(), sheets((UNIT,), WHOLE), facts((UNIT,)))
@settings(max_examples=40, deadline=None)
def test_shares_are_parts_of_one_and_no_grade_beyond_a_limit_has_any(scheme, handed_in, told):
    unit = assess(scheme, handed_in, told).of(UNIT)
    firm = firmness(scheme, unit)
    assert sum(firm.shares.values()) == 1
    assert all(interval.holds(share) for share, interval in zip(present(scheme), firm.intervals.values(), strict=True))
    for limit in firm.caps:
        assert all(firm.shares[grade] == 0 for grade in scheme.grades if scheme.worse_than(limit.best, grade))
    assert firmness_sentences(scheme, unit)


def present(scheme) -> list[Fraction]:
    return [weight / sum(scheme.weights.values()) for weight in scheme.weights.values()]
