"""From a recognised table and answers to a scheme: what the table says is cited, what the office said is assumed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.indicator_tables import AnswersError, scheme_text_from
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from tests.data.indicator_books import HEAD, read, scheme_of, told

PLAIN = [HEAD, ["甲", "子", 60, "x"], ["乙", "丑", 40, "y"]]
EXTRAS = [*PLAIN, ["加分项", "表彰", 5, "z"], ["扣分项", "通报", 3, "w"]]


def sheet(unit: str, component: str, *scores: int | str) -> Sheet:
    return Sheet(unit, component, tuple(Mark(no, score=Fraction(score)) for no, score in enumerate(scores, 1)))


def test_rules_of_the_table_cite_it_and_answers_are_assumed_with_their_reason():
    rules = scheme_of(read(PLAIN, title="2026年考核"))
    assert {row.cite for row in rules.indicators} == {("指标表 2026年考核",)}
    for element in (*rules.groups, *rules.components, rules.bands, rules.rank, rules.rounding):
        assert element.cite == ()
        assert element.assumed.startswith("指标表没有")


def test_marks_that_add_up_are_scored_as_the_table_says():
    rules = scheme_of(read(PLAIN), roster="东镇")
    result = assess(rules, [sheet("东镇", "part1", "55.5", 38)]).of("东镇")
    assert (result.score, result.grade) == (Fraction("93.5"), "好")


def test_additions_come_on_top_and_deductions_off():
    rules = scheme_of(read(EXTRAS), roster="东镇")
    assert rules.extras.total_max == 105
    result = assess(rules, [sheet("东镇", "part1", 60, 40, 4, 1)]).of("东镇")
    assert result.score == 103  # 100 + 4 − 1


def test_additions_may_stop_at_full_marks():
    rules = scheme_of(read(EXTRAS), roster="东镇", bonus="加分后不超过满分")
    assert assess(rules, [sheet("东镇", "part1", 60, 38, 5, 0)]).of("东镇").score == 100


def test_additions_may_be_items_among_the_others():
    rules = scheme_of(read(EXTRAS), bonus="作为普通指标计入总分")
    assert (rules.base, rules.extras) == (105, None)
    assert [row.role for row in rules.indicators] == ["base", "base", "base", "deduction"]


def test_additions_and_deductions_may_be_left_out_and_are_kept_in_mind():
    rules = scheme_of(read(EXTRAS), bonus="不列入本方案", deduction="不列入本方案")
    assert [row.name for row in rules.indicators] == ["子", "丑"]
    assert [doubt.text for doubt in rules.doubts] == ["“表彰”是加分项，未列入本方案", "“通报”是扣分项，未列入本方案"]


def test_several_ways_of_assessing_weigh_as_answered():
    rules = scheme_of(read(PLAIN), roster="东镇", components="年终考核60、平时考核 40%")
    assert rules.combine == "weighted"
    # 年终: 60 + 20 = 80; 平时: 30 + 40 = 70; 0.6 × 80 + 0.4 × 70 = 76
    marked = [sheet("东镇", "part1", 60, 20), sheet("东镇", "part2", 30, 40)]
    assert assess(rules, marked).of("东镇").score == 76


def test_items_graded_one_by_one_weigh_as_the_table_says():
    reading = read([["指标", "权重"], ["甲", "30%"], ["乙", "70%"]])
    rules = scheme_of(reading, roster="东镇")
    assert rules.ticks.points == {"好": 95, "较好": 85, "一般": 75, "较差": 60}
    marked = Sheet("东镇", "part1", (Mark(1, grade="好"), Mark(2, grade="一般")))
    assert assess(rules, [marked]).of("东镇").score == 81  # 0.3 × 95 + 0.7 × 75


def test_shares_within_shares_are_multiplied():
    head = ["一级指标", "权重", "二级指标", "权重"]
    reading = read([head, ["甲", "40%", "子", "50%"], [None, None, "丑", "50%"], ["乙", "60%", "寅", "100%"]])
    assert told(reading) == []
    rules = scheme_of(reading, roster="东镇", measure="权重：各项按百分制打分后加权")
    # 0.4 × (0.5 × 100 + 0.5 × 50) + 0.6 × 80 = 78
    assert assess(rules, [sheet("东镇", "part1", 100, 50, 80)]).of("东镇").score == 78


def test_a_base_of_a_thousand_is_brought_to_a_hundred_or_kept():
    rows = [["指标", "分值"], ["甲", 600], ["乙", 400]]
    folded, kept = scheme_of(read(rows)), scheme_of(read(rows), base="保留原来的总分")
    assert (folded.total.full, folded.total.on, folded.base) == (1000, 100, 100)
    assert (kept.total, kept.base) == (None, 1000)
    assert [band.min for band in folded.bands.items] == [90, 80, 70, 0]
    assert [band.min for band in kept.bands.items] == [900, 800, 700, 0]


@pytest.mark.parametrize(("grades", "lines"), [("不设", "不设"), ("优、良、中、差", "不设")])
def test_grades_and_lines_may_be_left_out(grades: str, lines: str):
    rules = scheme_of(read(PLAIN), grades=grades, lines=lines)
    assert rules.grades == (() if grades == "不设" else ("优", "良", "中", "差"))
    assert rules.bands is None or rules.bands.items == ()


def test_three_grades_take_two_lines():
    rules = scheme_of(read(PLAIN), grades="优秀、合格、不合格", lines="85、60")
    assert [(band.grade, band.min) for band in rules.bands.items] == [("优秀", 85), ("合格", 60), ("不合格", 0)]


def test_rosters_of_several_groups_name_the_group():
    rows = [["甲表"], ["指标", "分值"], ["子", 100], [], ["乙表"], ["指标", "分值"], ["丑", 100]]
    rules = scheme_of(read(rows), roster="甲表：东镇、西镇；乙表：县农业农村局")
    assert [[unit.name for unit in group.units] for group in rules.groups] == [["东镇", "西镇"], ["县农业农村局"]]


@pytest.mark.parametrize(
    ("answers", "question", "words"),
    [
        ({"components": "年终60、平时30"}, "components", "合计为90，应为100"),
        ({"components": "年终考核"}, "components", "应写成“名称和权重”"),
        ({"components": "甲50、甲50"}, "components", "重名"),
        ({"lines": "90、80"}, "lines", "4个等次应有3条等次线，现有2条"),
        ({"lines": "70、80、90"}, "lines", "从高到低"),
        ({"lines": "九十、80、70"}, "lines", "应是几个数"),
        ({"lines": "190、80、70"}, "lines", "没有得分能够达到"),
        ({"year": "26"}, "year", "应写成 2026"),
        ({"title": " "}, "title", "请填写方案名称"),
        ({"roster": "东镇、西镇、东镇"}, "roster", "“东镇”写了2次"),
        ({"roster": "丙组：东镇"}, "roster", "“丙组”不在方案之内"),
        ({"measure": "权重：各项评出等次后加权", "grades": "不设"}, "grades", "至少要有两个等次"),
        ({"measure": "权重：各项评出等次后加权", "ticks": "95、85"}, "ticks", "应是4个数"),
    ],
)
def test_an_answer_that_fits_no_scheme_is_told_with_its_mend(answers, question, words):
    with pytest.raises(AnswersError) as found:
        scheme_text_from(read(PLAIN, answers=answers), answers)
    assert any(name == question and words in message for name, message in found.value.faults), found.value.faults


def test_a_thousand_with_additions_is_not_brought_to_a_hundred_by_half():
    rows = [HEAD, ["甲", "子", 600, "x"], ["乙", "丑", 400, "y"], ["加分项", "表彰", 50, "z"]]
    assert scheme_of(read(rows)).base == 1000
    with pytest.raises(AnswersError, match="不能折为100分"):
        scheme_text_from(read(rows), {"base": "折为100分"})


def test_all_wrong_answers_are_told_at_once():
    with pytest.raises(AnswersError) as found:
        scheme_text_from(read(PLAIN), {"year": "去年", "lines": "1", "components": "x"})
    assert {name for name, _ in found.value.faults} >= {"lines", "components"}
