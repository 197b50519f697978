"""The sentences of a year-on-year change: no number rounds, and what is nearly nothing says so."""

from __future__ import annotations

from fractions import Fraction

from scoring.backtest import backtest, compare
from scoring.crosswalk import by_name
from scoring.marks import Fact, Mark, Sheet
from scoring.sentences import plain_text
from scoring.year_words import coverage_text, moved, range_text, sentence
from tests.scoring import strategies as drawn
from tests.scoring.test_year_on_year import same, small, ticks, year


def test_a_part_is_written_exactly_or_cut_and_marked_never_rounded() -> None:
    assert [moved(Fraction(text)) for text in ("1.2", "-0.3", "0", "20/3", "-1/300")] == [
        "升1.20分", "降0.30分", "不变", "升6.66…分", "降不足0.01分",
    ]  # fmt: skip


def test_a_change_is_told_with_its_parts_and_what_they_come_of() -> None:
    old, new = small("2019", {"甲法": 50, "乙法": 50}, ["路"]), small("2020", {"甲法": 80, "乙法": 20}, ["路"])
    before = year(old, ticks("东镇", "甲法", "1"), ticks("东镇", "乙法", "2"))
    now = year(new, ticks("东镇", "甲法", "2"), ticks("东镇", "乙法", "2"))
    found = compare(before, now, by_name(old, "all", new, "all"), same("东镇"))
    assert plain_text(sentence(found, found.units[0], "东镇")) == (
        "东镇由90.00分降至85.00分，降5.00分：评分降6.50分，规则变化升1.50分；"
        "评分主要因甲法第1项“路”（-6.50）；规则主要因考核方式权重（+1.50）；"
        "等次由“好”变为“较好”，上年评分按本年规则等次不变。"
    )


def test_a_back_test_says_over_how_much_and_within_what() -> None:
    old, new = small("2019", {"甲法": 100}, ["路", "水"]), small("2020", {"甲法": 100}, ["路", "水", "网", "气"])
    found = backtest(year(old, ticks("东镇", "甲法", "12")), new, "all", by_name(old, "all", new, "all"), same("东镇"))
    assert coverage_text(found) == "按可对应的2项（权重合计50％）"
    assert range_text(new, found.units[0]) == "75.00至92.50（一般、较好、好）"
    assert "东镇两次均为90.00分" in plain_text(sentence(found, found.units[0], "东镇"))


def test_a_limit_that_binds_is_named() -> None:
    rules = drawn.COUNTY
    sheets = [Sheet("鹤山市", c, (Mark(None, score=Fraction(95)),)) for c in drawn.COUNTED]
    told = (Fact("鹤山市", "sanction", "记过", "2019-06-01", "示例纪〔2019〕1号"),)
    walk = by_name(rules, "county", rules, "county")
    found = compare(year(rules, *sheets), year(rules, *sheets, facts=told), walk, same("鹤山市"))
    text = plain_text(sentence(found, found.units[0], "鹤山市"))
    assert "等次由“好”变为“较好”（按分数为“好”，" in text
