"""How firm the grades of a group are together, worked by hand from 江门's seven of ``builders.county``."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.firmness.headline import headline
from scoring.marks import Mark, Sheet

COUNTY = scheme("jiangmen-2020-county")


def results(scores: dict[str, tuple[str, str, str]], rules=COUNTY):
    """Totals in the order 交叉考核, 市级考核, 日常工作."""
    sheets = [
        Sheet(unit, part, (Mark(None, score=Fraction(score)),), opinion="好")
        for unit, three in scores.items()
        for part, score in zip(("cross", "municipal", "daily"), three, strict=True)
    ]
    return assess(rules, sheets, [])


def test_the_smallest_radius_is_that_of_the_unit_nearest_to_a_line():
    # 蓬江区: 0.4×92 + 0.3×91 + 0.3×88 = 90.50 and the line is 89.995; median 91, Σ w·|x − 91| = 0.4 + 0 + 0.9 = 1.3;
    # 0.505 ÷ 1.3 = 38.846… %. 江海区: 85 ± 0.4 and 0.3 never leave 较好 within as much.
    found = headline(results({"蓬江区": ("92", "91", "88"), "江海区": ("86", "84", "85")}), "county")
    assert found is not None
    assert (found.of, found.unit, found.words) == (2, "蓬江区", "±38.8%")
    assert found.radius is not None
    assert found.radius.value == Fraction(505, 1300)


def test_a_grade_is_soft_where_five_points_of_weight_can_change_it():
    # 开平市 89.50 needs 0.495 to 89.995: five points from 80 to 96 bring 0.8. 蓬江区 at 95 needs far more.
    # 0.4×96 + 0.3×91 + 0.3×x = 89.5 → x = (89.5 − 38.4 − 27.3) ÷ 0.3 = 79.333…, so 79.34 gives 89.502 → 89.50
    found = headline(results({"开平市": ("96", "91", "79.34"), "蓬江区": ("95", "95", "95")}), "county")
    assert found is not None
    assert found.soft == ("开平市",)


def test_equal_marks_everywhere_are_changed_by_no_weights():
    found = headline(results({"蓬江区": ("95", "95", "95")}), "county")
    assert found is not None
    assert (found.words, found.unit, found.soft) == ("现有权重按比例怎样调整均不变", "", ())


def test_a_weight_of_zero_is_not_said_to_change_nothing():
    # 50/50/0: 95, 95 and 60. The two that weigh are alike, so in proportion nothing changes; raised, 日常工作 brings 80 and less.
    rules = COUNTY.replace(weights={"cross": Fraction(50), "municipal": Fraction(50), "daily": Fraction(0)})
    found = headline(results({"蓬江区": ("95", "95", "60")}, rules), "county")
    assert found is not None
    assert found.words == "现有权重按比例怎样调整均不变"


def test_a_unit_just_on_a_line_leaves_less_than_a_tenth_of_a_percent():
    # 0.4×100 + 0.3×100 + 0.3×66.65 = 89.995, rounded to 90.00: exactly on the effective line
    found = headline(results({"蓬江区": ("100", "100", "66.65")}), "county")
    assert found is not None
    assert found.words == "不足±0.1%"
    assert found.soft == ("蓬江区",)


@pytest.mark.parametrize("name", ["jiangmen-2020-city", "qujiang-2018"])
def test_where_there_is_nothing_to_weigh_there_is_no_headline(name):
    rules = scheme(name)
    assert headline(assess(rules, [], []), rules.groups[0].id) is None


def test_a_group_without_scores_has_no_headline():
    assert headline(results({}), "county") is None
