"""Nominal weight against real influence: three units worked by hand, and parts that always make a whole."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme as official
from scoring.assess import assess
from scoring.firmness.influence import (
    Influence,
    Part,
    Swing,
    effects,
    explained,
    influence,
    influence_sentences,
    much_the_same,
    percents,
)
from scoring.marks import Mark, Sheet
from scoring.trial import component_level, levels
from tests.scoring.filling import all_sheets
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction
LEVEL = component_level(COUNTY)


def told(*rows, scheme=COUNTY):
    """The group's influence where the first units have these totals and the others none."""
    sheets = [
        Sheet(unit, component, (Mark(None, score=F(value)),))
        for unit, row in zip(UNITS, rows, strict=False)
        for component, value in zip(COUNTED, row, strict=True)
    ]
    return influence(scheme, assess(scheme, sheets, ()).group(scheme.groups[0].id), LEVEL)


# 交叉考核 100, 90, 80; 市级考核 80, 90, 85; 日常工作 90 for all, under 40/30/30: 91, 90, 84.5 with mean 88.5.
# Deviations 2.5, 1.5, −4. var·3 = 6.25 + 2.25 + 16 = 24.5. 交叉: 0.4·(10·2.5 + 10·4) = 26, 市级: 0.3·(−5·2.5 + 5·1.5) = −1.5.

HAND = (("100", "80", "90"), ("90", "90", "90"), ("80", "85", "90"))


def test_the_differences_of_three_units_are_shared_out_as_on_paper():
    found = told(*HAND)
    assert {part.name: part.real for part in found.parts} == {
        "cross": F(26) / F("24.5"), "municipal": F("-1.5") / F("24.5"), "daily": 0,
    }  # fmt: skip
    assert (found.units, found.of, found.rest) == (3, len(UNITS), 0)
    assert [part.name for part in found.parts] == ["cross", "daily", "municipal"]  # +0.66, −0.30, −0.36


def test_the_share_one_part_explains_alone_is_the_squared_correlation():
    # 交叉: cov² ÷ (var x · var S) = 65² ÷ (200 · 24.5)
    by_name = {part.name: part.alone for part in told(*HAND).parts}
    assert by_name["cross"] == F(65) ** 2 / (200 * F("24.5"))
    assert by_name["daily"] == 0


def test_the_sentences_name_what_does_more_and_what_does_less():
    assert influence_sentences(told(*HAND)) == (
        "交叉考核名义权重40%，实际影响106.1%：得分差距主要由它拉开",
        "市级考核名义权重30%，实际影响−6.1%：与得分的高低相反，反而缩小差距",
    )


def test_a_component_that_is_alike_for_all_makes_no_difference():
    rows = [(str(value), "90", "90") for value in (95, 85, 75)]
    found = told(*rows)
    assert [part.real for part in found.parts] == [1, 0, 0]
    assert influence_sentences(found)[1].endswith("实际影响0.0%：没有拉开差距")


def test_without_any_difference_nothing_is_told_of_influence():
    found = told(*[("90", "80", "70")] * 3)
    assert (found.parts, found.why_not) == ((), "各市（区）得分相同，看不出实际影响")
    assert influence_sentences(found) == (found.why_not,)


def test_two_units_are_too_few_to_tell_and_none_is_said_to_be_none():
    assert told(*HAND[:2]).why_not == "得分齐全的市（区）只有2个，少于3个，看不出实际影响"
    assert told().why_not == "还没有得分齐全的市（区）"


def test_a_swing_counts_the_units_whose_grade_five_points_of_weight_change():
    # 92, 88.7, 88.7 is 90.02: 好 until 交叉 falls below 39.24 %. 96, 84, 84 is 88.8: 好 needs 49.96 %. 85, 85, 85 stays 较好.
    found = told(("92", "88.7", "88.7"), ("96", "84", "84"), ("85", "85", "85"))
    swings = {part.name: part.swing for part in found.parts}
    assert swings["cross"] == Swing((), (UNITS[0],))
    assert swings["municipal"] == swings["daily"]
    # 市级 at 35 %: 交叉 is left 40/70 of 65 %, 37.14 %: 92·0.3714 + 88.7·0.6286 = 89.93, 较好.
    assert swings["municipal"].more == (UNITS[0],)
    assert swings["municipal"].less == ()
    assert swings["municipal"].most == 1


def test_what_is_printed_adds_up_to_a_hundred():
    level = told(*HAND).level
    thirds = tuple(Part(name, name, F(1, 3), F(1, 3), F(0), None) for name in "abc")
    assert percents(Influence(level, 3, 3, thirds)) == {"a": "33.4%", "b": "33.3%", "c": "33.3%", "": "0.0%"}
    little = (Part("a", "a", F(1, 2), F(99999, 100000), F(1), None), Part("b", "b", F(1, 2), F(1, 100000), F(0), None))
    assert percents(Influence(level, 3, 3, little)) == {"a": "100.0%", "b": "不足0.1%", "": "0.0%"}


def test_much_the_same_is_said_once():
    level = told(*HAND).level
    parts = (Part("a", "甲", F(1, 2), F(11, 20), F(1), None), Part("b", "乙", F(1, 2), F(9, 20), F(0), None))
    assert influence_sentences(Influence(level, 3, 3, parts)) == (
        "各考核方式的实际影响与名义权重大体相当（相差最多5个百分点）",
    )


numbers = st.integers(0, 1000).map(lambda n: F(n, 10))


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.tuples(
            st.lists(st.integers(0, 9).map(F), min_size=n, max_size=n).filter(any),
            st.lists(st.tuples(st.lists(numbers, min_size=n, max_size=n), numbers), min_size=2, max_size=8),
        )
    )
)
def test_the_parts_always_make_a_whole(drawn):
    weights, units = drawn
    found = effects(weights, [row for row, _ in units], [offset for _, offset in units])
    assert found is None or sum(found) == 1


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=8))
def test_what_one_part_explains_is_a_part_of_one(pairs):
    xs, scores = zip(*pairs, strict=True)
    if len(set(scores)) > 1:
        assert 0 <= explained(xs, scores) <= 1
        assert explained(scores, scores) == 1


@pytest.mark.parametrize("name", ["jiangmen-2020-county", "guangdong-2019", "neimenggu-2018", "ruyuan-2017"])
def test_every_level_of_weights_of_every_kind_of_scheme_is_shared_out(name):
    scheme = official(name)
    results = assess(scheme, all_sheets(scheme, Random(7), bare=True), ())
    for group in scheme.groups:
        for level in levels(scheme, group.id).values():
            if level.mode == "weights":
                found = influence(scheme, results.group(group.id), level)
                assert found.why_not or sum((part.real for part in found.parts), found.rest) == 1
                assert found.why_not or {part.name for part in found.parts} == set(level.originals)


def test_of_many_weights_a_quarter_of_one_is_no_longer_the_same():
    assert much_the_same(3) == F(1, 20)
    assert much_the_same(20) == F(1, 80)


def test_a_component_that_one_unit_has_as_a_total_is_no_column_of_items():
    # 交叉考核 is ticked for all, 市级考核 for the first only: its items stay out, and it counts with 日常工作 as the rest.
    def ticks(unit, component, grade):
        return Sheet(unit, component, tuple(Mark(row.no, grade=grade) for row in COUNTY.indicators))

    sheets = [ticks(unit, "cross", grade) for unit, grade in zip(UNITS[:3], ("好", "较好", "一般"), strict=True)]
    sheets += [ticks(UNITS[0], "municipal", "好")]
    sheets += [Sheet(unit, "municipal", (Mark(None, score=F(95)),)) for unit in UNITS[1:3]]
    sheets += [Sheet(unit, "daily", (Mark(None, score=F(90)),)) for unit in UNITS[:3]]
    group = COUNTY.groups[0].id
    found = influence(COUNTY, assess(COUNTY, sheets, ()).group(group), levels(COUNTY, group)["i"])
    # 市级考核 is 95 for all, so the nineteen items of 交叉考核 make all the differences, alike.
    assert {part.real for part in found.parts} == {F(1, 19)}
    assert {part.nominal for part in found.parts} == {F(40, 100) / 19}
    assert (found.rest, found.beyond) == (0, F(60, 100))
