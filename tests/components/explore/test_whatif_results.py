"""What a trial comes to in words and counts: changed grades with their reason, lines that come or go, values before and after."""

from __future__ import annotations

from fractions import Fraction as Q

from components.explore.whatif_results import NEAREST, effective, firm_ones, headline, least_firm, migration, sentences
from data.schemes import scheme
from scoring.assess import assess
from scoring.firmness.grade import firmness
from scoring.marks import Mark, Sheet
from scoring.scenario import Scenario
from scoring.sentences import plain_text

COUNTY, PROVINCE = scheme("jiangmen-2020-county"), scheme("guangdong-2019")
WAYS = ("cross", "municipal", "daily")


def handed_in(rules, **totals: str) -> list[Sheet]:
    """Each unit with one total in every counted way, so that its score is that total."""
    return [
        Sheet(unit, part.id, (Mark(None, score=Q(total)),), "意见") for unit, total in totals.items() for part in rules.counted
    ]


def tried(rules, sheets, **readings: str):
    scenario = Scenario(rules.marked_groups[0].id, {}, readings)
    return assess(rules, sheets), assess(scenario.scheme(rules, {}), sheets)


def test_a_sentence_ends_with_the_reason_where_there_is_one():
    before, after = tried(COUNTY, handed_in(COUNTY, 蓬江区="89.96"), rounding="四舍五入保留1位")
    names = {"蓬江区": "对象甲"}
    (bare,), (told,) = sentences(before, after, names), sentences(before, after, names, {"蓬江区": "因口径"})
    assert plain_text(bare) == "对象甲 89.96 → 90.0：较好 → 好"
    assert plain_text(told) == "对象甲 89.96 → 90.0：较好 → 好，因口径"


def test_borrowed_lines_give_grades_and_the_page_says_how_many():
    units = [unit.name for unit in PROVINCE.marked_groups[0].units[:2]]
    sheets = handed_in(PROVINCE, **dict(zip(units, ("91", "85"), strict=True)))
    before, after = tried(PROVINCE, sheets, bands="借用江门2020的90/80/70")
    names = dict(zip(units, ("对象甲", "对象乙"), strict=True))
    assert headline(before, after, names) == "2个地级以上市改变等次，位次均不变"
    assert [plain_text(told) for told in sentences(before, after, names)] == [
        "对象甲 91.00：待评议 → 好", "对象乙 85.00：待评议 → 较好",
    ]  # fmt: skip
    assert migration(before, after, names)[-1] == {
        "原等次": "待评议", "好": "**1**", "较好": "**1**", "一般": "·", "较差": "·", "待评议": "·", "合计": "2",
    }  # fmt: skip


def test_lines_taken_away_leave_units_without_a_grade_and_the_table_counts_them():
    rules = scheme("dongxi-2019-department")
    units = [unit.name for unit in rules.marked_groups[0].units[:1]]
    before, after = tried(rules, handed_in(rules, **{units[0]: "91"}), bands="只出得分，等次由评议确定")
    names = {units[0]: "对象甲"}
    assert before.of(units[0]).grade
    assert "1个" in headline(before, after, names)
    assert "改变等次" in headline(before, after, names)
    (row,) = [row for row in migration(before, after, names) if row["合计"] == "1"]
    assert row["待评议"] == "**1**"


def test_points_that_another_reading_gives_are_listed_beside_the_old_ones():
    scale = Scenario("county", {}, {"ticks": "100/85/75/60"}).scheme(COUNTY, {})
    told = [row for row in effective(COUNTY, scale, "county", {}) if row["项目"] == "赋分"]
    assert [(row["名称"], row["原"], row["测算"]) for row in told] == [
        ("好", "95分", "95分 → **100分**"), ("较好", "85分", "85分"), ("一般", "75分", "75分"), ("较差", "60分", "60分"),
    ]  # fmt: skip


def test_lines_that_only_the_trial_has_are_listed_without_an_old_value():
    lined = Scenario("helped", {}, {"bands": "借用江门2020的90/80/70"}).scheme(PROVINCE, {})
    told = [row for row in effective(PROVINCE, lined, "helped", {}) if row["项目"] == "等次线"]
    assert (told[0]["原"], told[0]["测算"]) == ("—", "— → **90分**")


def test_of_many_units_the_least_firm_come_first():
    rules = COUNTY.with_roster((f"县{n}", "county", "", ()) for n in range(NEAREST + 2))
    marks = {f"县{n}": (str(90 + n), str(86 - n), "80") for n in range(NEAREST + 2)}
    sheets = [
        Sheet(unit, way, (Mark(None, score=Q(mark)),), "意见")
        for unit, told in marks.items()
        for way, mark in zip(WAYS, told, strict=True)
    ]
    results = assess(rules, sheets)
    listed = least_firm(firm_ones(results, marks), {unit: unit for unit in marks})
    assert {unit for unit, _ in listed} == set(firm_ones(results, marks))
    radii = [_radius(results, unit) for unit, _ in listed]
    assert radii == sorted(radii)
    few = dict(list({unit: unit for unit in marks}.items())[:3])
    assert least_firm(firm_ones(results, few), few) == list(few.items())


def _radius(results, unit: str) -> Q:
    found = firmness(results.scheme, results.of(unit))
    assert found is not None
    assert found.radius is not None
    return found.radius.value
