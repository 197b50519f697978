"""Why a grade changes under a scenario: the one move that did it, or those that did it together."""

from __future__ import annotations

from fractions import Fraction as Q

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.causes import BEYOND_ANY, causes, level_words, moves
from scoring.marks import Mark, Sheet
from scoring.scenario import Scenario
from scoring.trial import levels

COUNTY = scheme("jiangmen-2020-county")
KNOWN = levels(COUNTY, "county")
SIXTY = {"w": {"cross": Q(60), "municipal": Q(20), "daily": Q(20)}}


def handed_in(*totals: str) -> list[Sheet]:
    ways = ("cross", "municipal", "daily")
    return [Sheet("蓬江区", way, (Mark(None, score=Q(t)),), "意见") for way, t in zip(ways, totals, strict=True)]


def why(sheets: list[Sheet], scenario: Scenario) -> dict[str, str]:
    before, after = assess(COUNTY, sheets), assess(scenario.scheme(COUNTY, {}), sheets)
    return causes(before, after, moves(scenario, COUNTY, {}), lambda other: assess(other.scheme(COUNTY, {}), sheets))


def test_a_single_move_is_the_cause():
    # 95 × 0.4 + 85 × 0.6 = 89; 95 × 0.6 + 85 × 0.4 = 91
    assert why(handed_in("95", "85", "85"), Scenario("county", SIXTY)) == {"蓬江区": "因交叉考核权重 40 → 60"}


def test_of_several_moves_the_one_without_which_nothing_would_change_is_the_cause():
    # 91 is 好 with or without the other line; 89 is 较好 under either line
    both = Scenario("county", SIXTY | {"l": {"好": Q(90), "较好": Q(80), "一般": Q(65)}})
    assert why(handed_in("95", "85", "85"), both) == {"蓬江区": "因交叉考核权重 40 → 60"}


def test_moves_that_are_each_needed_are_named_together():
    # 92 × 0.4 + 84.5 × 0.6 = 87.5, below 89 and 90; 92 × 0.6 + 84.5 × 0.4 = 89, which reaches 89 and not 90
    lower = {"l": {"好": Q(89), "较好": Q(80), "一般": Q(70)}}
    told = why(handed_in("92", "84.5", "84.5"), Scenario("county", SIXTY | lower))
    assert told == {"蓬江区": "因交叉考核权重 40 → 60和“好”线 90 → 89共同作用"}


def test_where_each_alone_would_do_none_is_called_the_cause():
    # 89 → 91 by the weights; 89 reaches a line of 88 by itself
    either = Scenario("county", SIXTY | {"l": {"好": Q(88), "较好": Q(80), "一般": Q(70)}})
    assert why(handed_in("95", "85", "85"), either) == {"蓬江区": BEYOND_ANY}


def test_a_reading_can_be_the_cause():
    # 89.95 to one decimal is 90.0: 好
    tried = Scenario("county", {}, {"rounding": "四舍五入保留1位"})
    told = why(handed_in("89.95", "89.95", "89.95"), tried)
    assert told == {"蓬江区": "因口径“小数位数与舍入”改为“四舍五入保留1位”"}


def test_a_reading_taken_away_takes_along_the_values_that_stood_on_it():
    """Lines tried on a borrowed scale have nothing to stand on without it, and do not break the question."""
    province = scheme("guangdong-2019")
    borrowed = {"bands": "借用江门2020的90/80/70"}
    group = province.marked_groups[0].id
    tried = Scenario(group, {"l": {"好": Q(89), "较好": Q(80), "一般": Q(70)}}, borrowed).tidied(province, {})
    assert tried.values
    assert moves(tried, province, {})[1].without == Scenario(group)


def test_nothing_is_said_of_those_that_keep_their_grade():
    assert why(handed_in("95", "95", "95"), Scenario("county", SIXTY)) == {}
    assert why(handed_in("95", "85", "85"), Scenario("county")) == {}


@pytest.mark.parametrize(
    ("level", "values", "told"),
    [
        ("w", {"cross": Q(46), "municipal": Q(27), "daily": Q(27)}, "交叉考核权重 40 → 46"),
        ("w", {"cross": Q("40.3"), "municipal": Q("29.9"), "daily": Q("29.8")}, "交叉考核权重 40 → 40.3"),
        ("w", {"cross": Q(50), "municipal": Q(20), "daily": Q(30)}, "交叉考核权重 40 → 50、市级考核权重 30 → 20"),
        ("w", {"cross": Q(45), "municipal": Q(20), "daily": Q(35)}, "考核方式权重 40/30/30 → 45/20/35"),
        ("p", {"好": Q(100), "较好": Q(85), "一般": Q(75), "较差": Q(60)}, "“好”赋分 95 → 100"),
        ("p", {"好": Q(100), "较好": Q(85), "一般": Q(75), "较差": Q(50)}, "“好”赋分 95 → 100、“较差”赋分 60 → 50"),
        ("p", {"好": Q(100), "较好": Q(80), "一般": Q(70), "较差": Q(50)}, "赋分 95/85/75/60 → 100/80/70/50"),
        ("l", {"好": Q(89), "较好": Q(80), "一般": Q(70)}, "“好”线 90 → 89"),
    ],
)
def test_a_levels_values_are_told_by_what_was_moved(level, values, told):
    assert level_words(KNOWN[level], values) == told


def test_many_items_moved_at_once_are_only_counted():
    names = list(KNOWN["i"].originals)
    each = Q(100, 19)
    values = dict.fromkeys(names, each) | {
        names[0]: each + 1,
        names[1]: each - 1,
        names[2]: each + 2,
        names[3]: each - 2,
    }
    assert level_words(KNOWN["i"], values) == "4项指标权重"
    one = dict.fromkeys(names, Q(90, 18)) | {names[0]: Q(10)}
    assert level_words(KNOWN["i"], one) == "指标“1. 建档立卡贫困人口退出情况”权重 5.26… → 10"
