"""What is beneath a place in one line, and a unit against its neighbours in words, against hand-worked figures."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace as Stand

import pytest

from data import regions
from data.maps import beneath, beside, beside_words
from data.maps.known import HIDDEN, NOT_BEGUN
from data.maps.spots import Spot
from data.schemes import scheme
from scoring.results import UnitResult

COUNTY = scheme("jiangmen-2020-county")
STATE = Stand(scheme=COUNTY)


def unit(code: str, score: str | None, grade: str | None = "好", state=STATE) -> Spot:
    value = None if score is None else Fraction(score)
    result = UnitResult(regions.place(code).name, "county", code, {}, (), score=value, grade=grade if score else None)
    return Spot(regions.place(code), state, result, "")


def test_each_grade_is_counted_best_first_and_what_is_not_told_is_named():
    found = [unit("440703", "91"), unit("440704", "85", "较好"), unit("440705", "95"), unit("440785", None)]
    assert beneath.sentence(found) == "4个市（区）：好2个，较好1个，暂缺1个。"
    more = [*found, Spot(regions.place("440781"), absent=HIDDEN)]
    assert beneath.sentence(more) == "4个市（区）：好2个，较好1个，暂缺1个；另有1个未公开。"


@pytest.mark.parametrize(("absent", "told"), [(HIDDEN, "未公开"), (NOT_BEGUN, "未开展"), ("不在本次范围", "")])
def test_where_nothing_is_to_be_seen_the_reason_is_told(absent, told):
    said = beneath.sentence([Spot(each, absent=absent) for each in regions.towns("440781")])
    assert told in said
    assert bool(told) == bool(said)


def test_the_mean_of_the_neighbours_is_exact_and_what_is_missing_is_left_out_and_said():
    # (90.60 + 92.40 + 90.09) / 3 = 91.03 exactly; 91.45 − 91.03 = 0.42
    others = [unit("440703", "90.60"), unit("440705", "92.40"), unit("440783", "90.09"), unit("440785", None)]
    found = beside.against(unit("440781", "91.45"), others)
    assert beside_words.sentence(found) == "邻近3个市（区）平均91.03分，高0.42分（另有1个未计入平均）。"
    assert [beside_words.difference(row) for row in found.rows] == ["高0.85", "低0.95", "高1.36", "尚无得分"]


def test_a_mean_that_no_two_decimals_give_is_cut_and_marked():
    # (90.00 + 90.00 + 90.01) / 3 = 90.00333…
    found = beside.against(unit("440781", "90.00"), [unit("440703", "90"), unit("440705", "90"), unit("440783", "90.01")])
    assert beside_words.sentence(found) == "邻近3个市（区）平均90.00…分，低0.003…分。"


def test_without_a_score_of_its_own_only_the_mean_is_told():
    found = beside.against(unit("440781", None), [unit("440703", "90.60")])
    assert beside_words.sentence(found) == "邻近1个市（区）平均90.60分。"


def test_units_of_another_assessment_are_told_and_not_counted():
    found = beside.against(unit("440781", "90"), [unit("440703", "80", state=Stand(scheme=COUNTY))])
    assert beside_words.sentence(found) == ""
    assert beside_words.difference(found.rows[0]) == "不属同一考核"


def test_places_outside_the_assessment_are_no_neighbours_to_compare_with():
    found = beside.against(unit("440781", "90"), [Spot(regions.place("440402"))])
    assert beside_words.units(found) == ()
