"""Last year's marks as results under another scheme: what 权重测算 tries on instead of this year's."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from scoring.assess import assess
from scoring.backtest import Kin, carried
from scoring.crosswalk import by_name
from scoring.gather import MarksError
from scoring.linear import terms
from scoring.marks import Fact
from scoring.trial import levels, scheme_of
from tests.scoring import strategies as drawn
from tests.scoring.filling import all_sheets
from tests.scoring.test_year_on_year import same, small, ticks, year

OLD = small("2019", {"甲法": 50, "乙法": 50}, ["路", "水"])
NEW = small("2020", {"甲法": 80, "乙法": 20}, ["路", "电"])
WALK = by_name(OLD, "all", NEW, "all")
BEFORE = year(OLD, ticks("东镇", "甲法", "14"), ticks("东镇", "乙法", "24"), ticks("西镇", "甲法", "11"))


def test_marks_are_scored_by_the_new_weights_and_only_where_an_item_has_a_counterpart():
    # 路 alone: .8 × 95 + .2 × 85 = 93; 水 (较差) has no counterpart
    found = carried(BEFORE, NEW, "all", WALK, same("东镇", "西镇"))
    assert (found.of("东镇").score, found.of("东镇").grade, found.of("东镇").rank) == (93, "好", 1)
    assert found.of("西镇").score is None  # 乙法 has not come


def test_a_trial_moves_them_as_it_moves_this_years():
    # .6 × 95 + .4 × 85 = 91
    tried = scheme_of(NEW, {"w": {"甲法": Fraction(60), "乙法": Fraction(40)}})
    assert carried(BEFORE, tried, "all", WALK, same("东镇")).of("东镇").score == 91


def test_the_board_can_draw_them():
    found = carried(BEFORE, NEW, "all", WALK, same("东镇"))
    assert terms(found.scheme, levels(NEW, "all")["w"], found.of("东镇")).x == (95, 85)


def test_units_under_other_names_are_called_by_todays_and_those_without_one_before_are_left_out():
    kin = [Kin("新东镇", (("东镇", Fraction(1)),)), Kin("南镇"), Kin("合镇", (("东镇", Fraction(1)), ("西镇", Fraction(1))))]
    found = carried(BEFORE, NEW, "all", WALK, kin)
    assert [result.unit for result in found.units] == ["新东镇"]
    assert found.of("新东镇").score == 93


def test_nothing_in_common_is_refused():
    other = small("2020", {"丙法": 100}, ["路"])
    with pytest.raises(MarksError):
        carried(BEFORE, other, "all", by_name(OLD, "all", other, "all"), same("东镇"))


def test_under_the_very_same_scheme_they_come_to_what_they_came_to():
    rules = drawn.COUNTY
    sheets = all_sheets(rules, Random(5))
    facts = [Fact("鹤山市", "sanction", "记过", "2020-06-01", "江纪〔2020〕1号")]
    last = year(rules, *sheets, facts=tuple(facts))
    names = [unit.name for unit in rules.groups[0].units]
    found = carried(last, rules, "county", by_name(rules, "county", rules, "county"), same(*names))
    was = assess(rules, sheets, facts)
    assert [(r.score, r.grade, r.rank) for r in found.units] == [(r.score, r.grade, r.rank) for r in was.group("county")]
