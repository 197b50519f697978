"""What one scheme of a comparison has otherwise than another, and which clause says what was there."""

from __future__ import annotations

from fractions import Fraction

from data.schemes import scheme
from scoring.scenario import Scenario
from scoring.scenario_diff import Trying, differences

COUNTY = scheme("jiangmen-2020-county")
FIFTY = {"cross": Fraction(50), "municipal": Fraction(25), "daily": Fraction(25)}


def trying(chosen: dict[str, str] | None = None, **scenario) -> Trying:
    one = Scenario("county", **scenario)
    readings = {**(chosen or {}), **one.readings}
    return Trying(COUNTY, one.scheme(COUNTY, chosen or {}), one, readings)


def told(base: Trying, other: Trying) -> list[tuple[str, str, str, str, str]]:
    return [(d.level, d.name, d.before, d.after, d.basis) for d in differences(base, other, "county")]


def test_a_moved_weight_is_told_with_the_clauses_that_give_the_document_s():
    assert told(trying(), trying(values={"w": FIFTY})) == [
        ("考核方式权重", "交叉考核", "40%", "50%", "五（一）、六（五）"),
        ("考核方式权重", "市级考核", "30%", "25%", "五（一）、六（五）"),
        ("考核方式权重", "日常工作", "30%", "25%", "五（一）、六（五）"),
    ]


def test_a_reading_is_told_by_what_it_says_and_that_the_text_is_silent():
    other = trying(readings={"ticks": "100/80/60/40"})
    assert told(trying(), other) == [
        ("口径", "四档赋分", "好95分，较好85分，一般75分，较差60分", "100/80/60/40", "原文未规定")
    ]


def test_a_reading_that_the_assessment_has_chosen_differs_from_the_document_s_only():
    chosen = {"ticks": "100/80/60/40"}
    document, in_force = trying(chosen, readings={"ticks": "默认"}), trying(chosen)
    assert [row[1] for row in told(document, in_force)] == ["四档赋分"]
    assert told(in_force, in_force) == []


def test_two_scenarios_are_told_against_each_other():
    sixty = {"cross": Fraction(60), "municipal": Fraction(20), "daily": Fraction(20)}
    rows = told(trying(values={"w": FIFTY}), trying(values={"w": sixty}))
    assert rows[0] == ("考核方式权重", "交叉考核", "50%", "60%", "五（一）、六（五）")


def test_a_line_that_was_moved_rests_on_the_annex_and_what_stayed_is_not_told():
    lines = {"好": Fraction(89), "较好": Fraction(80), "一般": Fraction(70)}
    assert told(trying(), trying(values={"l": lines})) == [("等次线", "“好”线", "90分", "89分", "附件1")]


def test_tick_points_that_follow_from_a_reading_are_told_as_the_reading_alone():
    rows = told(trying(values={"w": FIFTY}), trying(values={"w": FIFTY}, readings={"ticks": "100/80/60/40"}))
    assert [row[0] for row in rows] == ["口径"]


def test_how_far_a_value_moved_is_exact():
    third = Fraction(100, 3)
    moved = differences(trying(), trying(values={"w": dict.fromkeys(FIFTY, third)}), "county")
    assert [d.amount for d in moved] == [Fraction(-20, 3), Fraction(10, 3), Fraction(10, 3)]
    assert moved[0].after == "33.33…%"
