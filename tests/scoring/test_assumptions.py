"""口径: every assumed element is listed, another reading gives another scheme, and its effect is told by unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.assumptions import DEFAULT, assumptions, effects, with_reading, with_readings
from scoring.marks import Fact, Mark, Sheet

RULES = scheme("jiangmen-2020-county")


def all_three(unit: str, counts: dict[str, int]) -> list[Sheet]:
    grades = [grade for grade, count in counts.items() for _ in range(count)]
    marks = tuple(Mark(no, grade=grade) for no, grade in enumerate(grades, start=1))
    return [Sheet(unit, component, marks) for component in ("cross", "municipal", "daily")]


def test_every_element_that_says_assumed_is_listed_with_its_reason():
    written = scheme("jiangmen-2020-county").model_dump_json().count('"assumed":"')
    listed = assumptions(RULES)
    assert len(listed) == written
    assert {"ticks", "item_weights", "rounding", "rank", "limits.violation"} <= {a.key for a in listed}
    assert all(a.text and a.name for a in listed)


def test_another_reading_is_another_scheme_and_the_own_one_stays():
    other = with_reading(RULES, "ticks", "100/85/75/60")
    assert (other.ticks.points["好"], RULES.ticks.points["好"]) == (100, 95)
    assert with_reading(RULES, "ticks", DEFAULT) is RULES
    with pytest.raises(KeyError):
        with_reading(RULES, "ticks", "没有的读法")


def test_an_unknown_choice_is_passed_over():
    assert with_readings(RULES, {"ticks": "旧版的读法", "nothing": "甲"}) == RULES


def test_the_effect_names_each_unit_with_both_grades():
    # 9 好 + 10 较好 is 89.74, 较好; under 100/85/75/60 it is (900+850)/19 = 92.11, 好.
    sheets = all_three("鹤山市", {"好": 9, "较好": 10})
    told = {(e.key, e.label): e.changes for e in effects(assess(RULES, sheets), lambda rules: assess(rules, sheets))}
    assert told["ticks", "100/85/75/60"] == {"鹤山市": ("较好", "好")}
    assert told["rounding", "不舍入"] == {}


def test_not_rounding_lowers_a_unit_that_rounding_had_lifted():
    total = [Sheet("鹤山市", c, (Mark(None, score=Fraction("89.995")),)) for c in ("cross", "municipal", "daily")]
    told = {e.label: e.changes for e in effects(assess(RULES, total), lambda rules: assess(rules, total))}
    assert told["不舍入"] == {"鹤山市": ("好", "较好")}


def test_a_limit_read_as_description_no_longer_limits():
    sheets, facts = all_three("鹤山市", {"好": 19}), [Fact("鹤山市", "violation", "有")]
    told = {e.label: e.changes for e in effects(assess(RULES, sheets, facts), lambda r: assess(r, sheets, facts))}
    assert told["只作描述不作限制"] == {"鹤山市": ("一般", "好")}
