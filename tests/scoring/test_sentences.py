"""The first screen's sentences: chosen by the facts, silent when there is nothing to say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Fact, Mark, Sheet
from scoring.sentences import Progress, Readings, at_edge, deadline, headline, number, plain_text, to_next

RULES = scheme("jiangmen-2020-county")
UNITS = ["蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市"]
SETTLED = Readings(0, 0, 0)


def sheets(scores: dict[str, str], leave_out: tuple[str, str] | None = None) -> list[Sheet]:
    return [
        Sheet(unit, component, (Mark(None, score=Fraction(score)),))
        for unit, score in scores.items()
        for component in ("cross", "municipal", "daily")
        if (unit, component) != leave_out
    ]


def told(scores, *, leave_out=None, facts=(), today=date(2020, 12, 7), readings=SETTLED) -> list[str]:
    results = assess(RULES, sheets(scores, leave_out), facts)
    absent = tuple(
        (unit, c) for unit in UNITS for c in ("cross", "municipal", "daily")
        if unit not in scores or (unit, c) == leave_out
    )  # fmt: skip
    progress = Progress(21 - len(absent), 21, absent, today)
    return [plain_text(sentence) for sentence in headline(results, progress, readings)]


ALL = dict(zip(UNITS, ["95", "90", "89.24", "85", "84.5", "78.66", "60"], strict=True))


def test_all_in_says_so_and_counts_the_grades_with_names():
    first, grades, *_ = told(ALL)
    assert first == "数据已齐。7个市（区）三种考核方式结果已全部到齐。"
    assert grades == (
        "按江扶字〔2020〕8号测算，等次为：好2个（蓬江区、江海区），较好3个（新会区、台山市、开平市），"
        "一般1个（鹤山市），较差1个（恩平市）。"
    )


def test_the_edge_is_told_nearest_first_and_a_unit_on_the_line_is_called_so():
    assert "江海区恰在“好”线上；新会区距“好”差0.76分。" in told(ALL)


def test_a_missing_sheet_is_named_with_its_deadline_and_the_range_still_possible():
    said = told(ALL, leave_out=("恩平市", "daily"))
    assert said[0] == (
        "数据未齐。已收20份，应收21份，尚缺恩平市的日常工作（12月5日截止，已逾期2天）。其余6个市（区）已可测算，位次为暂列。"
    )
    assert "无论所缺结果如何，恩平市得分在42.00至72.00之间，等次可能为较差或一般。" in said


def test_a_whole_group_has_its_places_whatever_the_others_lack():
    """Three towns of 江海区 are in; of 蓬江区's six one is, and of the other five groups none."""
    towns = scheme("jiangmen-2020-town")
    whole, part = towns.group("440704").units, towns.group("440703").units[:1]
    marked = [Sheet(unit.name, "county", (Mark(None, score=Fraction(90)),)) for unit in (*whole, *part)]
    absent = tuple(
        (unit.name, "county") for group in towns.groups for unit in group.units if unit not in (*whole, *part)
    )
    results = assess(towns, marked)
    assert len(results.units) == len(absent) + 4 == 73
    said = plain_text(headline(results, Progress(4, 73, absent, date(2020, 12, 7)), SETTLED)[0])
    assert said.endswith("尚缺69份。其余4个镇（街）已可测算，江海区位次已形成，其余组别位次为暂列。")
    assert not results.provisional(results.group("440704"))
    assert results.provisional(results.group("440703"))
    assert not results.provisional(results.group("440705"))  # nobody has a place yet


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 12, 5), "（12月5日截止，今日到期）"),
        (date(2020, 12, 2), "（12月5日截止，还有3天）"),
        (date(2020, 12, 6), "（12月5日截止，已逾期1天）"),
        (date(2026, 11, 21), "（2020年12月5日截止，已逾期）"),
        (date(2019, 1, 1), "（2020年12月5日截止）"),
    ],
)
def test_the_last_day_itself_is_on_time(today, words):
    assert words in told(ALL, leave_out=("恩平市", "daily"), today=today)[0]


def test_what_is_complete_is_never_late_and_what_has_no_day_says_nothing():
    task = next(task for task in RULES.steps if task.component == "cross")
    assert deadline(task, date(2020, 12, 9), done=True) == "2020年11月30日截止，已收齐"
    assert deadline(None, date(2020, 12, 9)) == ""


def test_a_limit_is_told_with_both_grades_and_its_clause():
    said = told(ALL, facts=[Fact("蓬江区", "sanction", "记过")])
    assert (
        "蓬江区95.00分，按分数为“好”；因有“记过”情形（班子成员受政务处分），按五（四）等次最高为“较好”，测算等次为“较好”。"
        in said
    )


def test_of_several_limits_the_one_that_decides_is_cited():
    """记过 allows 较好 at best, 重大违纪 一般: the grade is 一般, by our reading of 附件1 and not by 五（四）."""
    said = told(ALL, facts=[Fact("蓬江区", "sanction", "记过"), Fact("蓬江区", "violation", "有")])
    assert (
        "蓬江区95.00分，按分数为“好”；因有“重大违纪违规问题”情形，按口径（原文未规定）等次最高为“一般”，测算等次为“一般”。"
        in said
    )


def test_an_unconfirmed_fact_changes_no_grade_but_is_told():
    said = told(ALL, facts=[Fact("蓬江区", "sanction", "记过", confirmed=False)])
    assert "蓬江区有待核对的情形，核对属实后等次由“好”变为“较好”。" in said
    assert any("好2个" in sentence for sentence in said)


def test_an_unconfirmed_fact_that_changes_only_what_follows_is_told():
    said = told(ALL, facts=[Fact("蓬江区", "prominent", "有", confirmed=False)])
    assert "蓬江区有待核对的情形，核对属实后拟谈话提醒。" in said
    assert not any("变为" in sentence for sentence in said)


def test_an_unconfirmed_fact_of_an_incomplete_unit_is_told_by_what_would_still_be_possible():
    """95 twice of three is 66.50 to 96.50: all four grades; 重大违纪 would leave 较差 and 一般."""
    waiting = [Fact("蓬江区", "violation", "有", confirmed=False)]
    said = told(ALL, leave_out=("蓬江区", "daily"), facts=waiting)
    assert "无论所缺结果如何，蓬江区得分在66.50至96.50之间，等次可能为较差、一般、较好或好。" in said
    assert "蓬江区有待核对的情形，核对属实后等次只可能为较差或一般。" in said


def test_an_unconfirmed_fact_that_would_change_nothing_is_not_told():
    for fact in (
        Fact("恩平市", "sanction", "记过", confirmed=False),
        Fact("蓬江区", "violation", "无", confirmed=False),
    ):
        assert not any("待核对" in sentence for sentence in told(ALL, facts=[fact]))


def test_consequences_are_counted_with_their_clause_and_the_one_for_everyone_is_left_out():
    said = told(ALL)
    assert "按六（六），拟表扬2个、拟谈话提醒2个。" in said
    assert not any("整改" in sentence for sentence in said)


def test_what_follows_is_told_in_the_schemes_order_however_many_it_is_for():
    """The unit first on the roster is summoned and more are summoned than praised: 表扬 still stands first."""
    reversed_scores = dict(zip(UNITS, ["60", "65", "70", "85", "84.5", "88", "95"], strict=True))
    assert "按六（六），拟表扬1个、拟谈话提醒3个。" in told(reversed_scores)


def test_who_is_summoned_by_a_fact_is_named_with_the_fact():
    said = told(ALL, facts=[Fact("新会区", "prominent", "有")])
    assert "新会区因有“某些方面存在突出问题”情形拟谈话提醒。" in said


def test_who_is_to_be_praised_and_summoned_is_put_to_the_meeting():
    said = told(ALL, facts=[Fact("蓬江区", "prominent", "有")], readings=Readings(0, 0, 1))
    assert "蓬江区因有“某些方面存在突出问题”情形拟谈话提醒，同时按等次拟表扬，需领导小组审定。" in said
    assert said[-1] == "需领导小组审定1项。"


def test_a_fact_that_adds_nothing_to_the_grade_has_no_sentence_of_its_own():
    said = told(ALL, facts=[Fact("鹤山市", "prominent", "有")])
    assert not any("突出问题" in sentence for sentence in said)


def test_what_rounding_moved_is_named():
    said = told(ALL | {"江海区": "89.995"})
    assert "江海区（89.995）因四舍五入越过等次线，请留意。" in said


def test_unconfirmed_readings_are_counted():
    assert told(ALL, readings=Readings(9, 1, 2))[-1] == "9项口径尚未确认，其中1项会影响等次。需领导小组审定2项。"
    assert told(ALL, readings=Readings(9, 0, 0))[-1] == "9项口径尚未确认，均不影响等次。"


def test_nothing_received_is_one_sentence():
    assert told({}) == ["尚未收到评分表，应收21份。"]


def test_distance_is_to_the_line_as_printed():
    result = assess(RULES, sheets({"蓬江区": "89.24"})).of("蓬江区")
    assert to_next(RULES, result) == ("好", Fraction(76, 100))
    assert to_next(RULES, assess(RULES, sheets({"蓬江区": "90"})).of("蓬江区")) is None


def test_more_than_a_point_from_any_line_is_no_edge():
    assert at_edge(assess(RULES, sheets({"蓬江区": "85"}))) == []
    assert len(at_edge(assess(RULES, sheets({"蓬江区": "89.01"})))) == 1
    assert at_edge(assess(RULES, sheets({"蓬江区": "91"}))) == []


def test_exactly_a_point_is_not_less_than_a_point():
    assert at_edge(assess(RULES, sheets({"蓬江区": "89"}))) == []


def test_a_line_that_a_limit_bars_is_no_edge_and_no_next_step():
    """重大违纪 holds at 一般: 好 is out of reach half a point below its line, and nothing is lost just above it."""
    for score in ("89.5", "90.5"):
        results = assess(RULES, sheets({"蓬江区": score}), [Fact("蓬江区", "violation", "有")])
        assert at_edge(results) == []
        assert to_next(RULES, results.of("蓬江区")) is None


def test_a_limit_bars_only_what_lies_above_it():
    """记过 holds at 较好: half a point below and above the line of 较好 the grade is still at stake."""
    told_off = [Fact("蓬江区", "sanction", "记过")]
    below = assess(RULES, sheets({"蓬江区": "79.5"}), told_off)
    assert to_next(RULES, below.of("蓬江区")) == ("较好", Fraction("0.5"))
    assert plain_text(at_edge(below)[0][1]) == "蓬江区距“较好”差0.50分"
    above = assess(RULES, sheets({"蓬江区": "80.5"}), told_off)
    assert plain_text(at_edge(above)[0][1]) == "蓬江区仅高出“较好”线0.50分"


def test_small_numbers_are_written_as_words():
    assert [number(n) for n in (1, 3, 10, 11)] == ["一", "三", "十", "11"]
