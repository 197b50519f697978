"""口径: every assumed element is listed, another reading gives another scheme, and its effect is told by unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.assumptions import DEFAULT, assumptions, effects, with_reading, with_readings
from scoring.marks import Fact, Mark, Sheet
from scoring.rulebook import rules

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


def effects_of(sheets, facts=(), chosen=None, own=RULES) -> dict[tuple[str, str], dict]:
    """(key, label) → changed grades, under the readings that were chosen."""
    assess_with = lambda rules: assess(rules, sheets, facts)  # noqa: E731
    chosen = chosen or {}
    return {
        (e.key, e.label): e.changes for e in effects(own, chosen, assess_with(with_readings(own, chosen)), assess_with)
    }


def test_a_chosen_reading_gives_its_own_reason_and_no_longer_the_one_it_sets_aside():
    other = with_reading(RULES, "rounding", "不舍入")
    (rule,) = [rule for rule in rules(other) if rule.kind == "小数位数"]
    assert (rule.text, rule.assumed) == ("不舍入", "不舍入：等次按未舍入的得分确定，89.995分不进为90分")


def test_a_limit_read_as_description_is_said_to_limit_nothing_and_leaves_no_step():
    other = with_reading(RULES, "limits.violation", "只作描述不作限制")
    result = assess(other, all_three("鹤山市", {"好": 19}), [Fact("鹤山市", "violation", "有")]).of("鹤山市")
    assert (result.grade, result.limits) == ("好", ())
    assert not any("等次最高" in step.what for step in result.steps)
    assert "有“重大违纪违规问题”情形的，不限制等次" in [rule.text for rule in rules(other)]


def test_under_a_chosen_reading_the_way_back_is_offered_with_its_effect():
    """92.11, 好, under 100/85/75/60; back under 95/85/75/60 it is 89.74, 较好."""
    told = effects_of(all_three("鹤山市", {"好": 9, "较好": 10}), chosen={"ticks": "100/85/75/60"})
    assert told["ticks", DEFAULT] == {"鹤山市": ("好", "较好")}
    assert ("ticks", "100/85/75/60") not in told


def test_each_alternative_is_tried_without_what_the_chosen_one_set():
    """89.50, 89.90, 90.49 make 89.917. Whole points first: 90, 90, 90, 好. One decimal of the total: 89.9, 较好."""
    options = [{"label": "各方式先取整", "component": "0"}, {"label": "总分取一位", "total": "1"}]
    own = RULES.with_elements(rounding={"total": "2", "assumed": "原文未定", "alternatives": options})
    scores = zip(("cross", "municipal", "daily"), ("89.50", "89.90", "90.49"), strict=True)
    sheets = [Sheet("台山市", component, (Mark(None, score=Fraction(score)),)) for component, score in scores]
    told = effects_of(sheets, chosen={"rounding": "各方式先取整"}, own=own)
    assert told["rounding", "总分取一位"] == {"台山市": ("好", "较好")}


def test_the_effect_names_each_unit_with_both_grades():
    # 9 好 + 10 较好 is 89.74, 较好; under 100/85/75/60 it is (900+850)/19 = 92.11, 好.
    sheets = all_three("鹤山市", {"好": 9, "较好": 10})
    told = effects_of(sheets)
    assert told["ticks", "100/85/75/60"] == {"鹤山市": ("较好", "好")}
    assert told["rounding", "不舍入"] == {}


def test_not_rounding_lowers_a_unit_that_rounding_had_lifted():
    total = [Sheet("鹤山市", c, (Mark(None, score=Fraction("89.995")),)) for c in ("cross", "municipal", "daily")]
    told = effects_of(total)
    assert told["rounding", "不舍入"] == {"鹤山市": ("好", "较好")}


def test_a_limit_read_as_description_no_longer_limits():
    sheets, facts = all_three("鹤山市", {"好": 19}), [Fact("鹤山市", "violation", "有")]
    told = effects_of(sheets, facts)
    assert told["limits.violation", "只作描述不作限制"] == {"鹤山市": ("一般", "好")}
