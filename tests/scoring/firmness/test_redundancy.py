"""Items that divide nobody and items that order the units alike: by hand on 江门's nineteen, and properties."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from data.schemes import scheme as official
from scoring.assess import assess
from scoring.firmness.redundancy import all_gone, constant, doubles, nearly, same, shares, without
from scoring.firmness.redundancy_words import (
    constant_sentence,
    double_sentence,
    doubles_verdict,
    nearly_lines,
    same_lines,
    without_sentences,
)
from scoring.marks import Mark, Sheet
from tests.scoring.filling import all_sheets
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction
GRADES = COUNTY.grades
TOWN = official("jiangmen-2020-town")


def ticks(unit, component, digits, grades=GRADES):
    return Sheet(unit, component, tuple(Mark(no, grade=grades[int(d) - 1]) for no, d in enumerate(digits, start=1)))


def county(cross, *, municipal=None, daily="85"):
    """The first units with these rows of ticks for 交叉考核, and totals elsewhere."""
    sheets = [ticks(unit, "cross", row) for unit, row in zip(UNITS, cross, strict=False)]
    for unit, row in zip(UNITS, municipal or ["85"] * len(cross), strict=False):
        sheets.append(ticks(unit, "municipal", row) if len(row) == 19 else Sheet(unit, "municipal", (Mark(None, score=F(row)),)))
        sheets.append(Sheet(unit, "daily", (Mark(None, score=F(daily)),)))
    return assess(COUNTY, sheets, ())


def rows(results):
    return results.group(results.scheme.groups[0].id)


GROUP = COUNTY.groups[0].id


def test_every_item_weighs_its_part_and_all_make_a_whole():
    found = shares(COUNTY, GROUP)
    assert found["cross", 1] == F(40, 100) / 19
    assert sum(found.values()) == 1


def test_items_that_all_have_alike_are_told_with_what_they_weigh():
    # Item 1 好 for all, item 2 较好 for all, item 3 differs, the rest 好 but for the last, where one differs.
    told = county(["12" + "1" + "1" * 16, "12" + "2" + "1" * 16, "12" + "3" + "1" * 15 + "2"])
    items = same(COUNTY, rows(told), GROUP)
    fixed = constant(items)
    assert [each.item.no for each in fixed] == [1, 2, *range(4, 19)]
    assert sum(each.share for each in fixed) == F(17 * 40, 19 * 100)
    assert constant_sentence(fixed) == "17项评分全部相同：这17项占权重35.78…%，未拉开任何差距"
    assert same_lines(COUNTY, fixed)[1] == "交叉考核1项（占权重2.10…%）都是“较好”：第2项防止返贫监测和帮扶情况"
    assert nearly(items) == ()  # three units are too few for "nearly"


def test_all_but_one_of_five_nearly_divide_nobody():
    told = county(["1" * 19] * 4 + ["3" + "2" + "1" * 17])
    close = nearly(same(COUNTY, rows(told), GROUP))
    assert [each.item.no for each in close] == [1, 2]
    assert nearly_lines(COUNTY, close)[0].endswith("5个市（区）中4个是“好”（占权重2.10…%）")


def test_a_component_handed_in_as_a_total_by_anyone_has_no_items_to_speak_of():
    told = county(["1" * 19] * 4, municipal=["1" * 19] * 3 + ["90"])
    assert {each.item.component for each in same(COUNTY, rows(told), GROUP)} == {"cross"}


def test_two_units_say_nothing_of_an_item():
    assert same(COUNTY, rows(county(["1" * 19] * 2)), GROUP) == ()


# 17 items 好 for all, two that divide: without the 17, 交叉考核 is the mean of those two alone.


def test_without_the_items_the_rest_takes_their_weight():
    # A: 好 on all, B: 较好 on items 18 and 19. 交叉 of B: (17·95 + 2·85)/19 = 1785/19 = 93.947…; 0.4 of it and 0.6·87 = 52.2
    # is 89.7789 → 89.78 较好. Without the 17: 85: 34 + 52.2 = 86.2 较好. A: 38 + 52.2 = 90.2 好 both times. C: 一般 on 18
    # alone: (17·95 + 75 + 95)/19 = 93.947…, equal to B; without: 85, equal to B. So nothing changes.
    told = county(["1" * 19, "1" * 17 + "22", "1" * 17 + "31"], municipal=["87"] * 3, daily="87")
    assert [str(result.score) for result in rows(told)[:3]] == ["451/5", "4489/50", "4489/50"]
    fixed = constant(same(COUNTY, rows(told), GROUP))
    found = without(told, GROUP, [each.cell for each in fixed])
    assert (found.grades, found.places, found.components) == ((), (), ())
    names = {unit: f"对象{at}" for at, unit in enumerate(UNITS)}
    assert without_sentences(COUNTY, found, names) == ("去除这些项（权重按方案归其余指标）：等次均不变，位次均不变",)


def test_without_the_items_a_grade_may_fall_and_is_told_by_the_names_of_the_page():
    # B with 0.6·88 = 52.8 is 90.3789 好 with all nineteen, and 34 + 52.8 = 86.8 较好 without the seventeen.
    told = county(["1" * 19, "1" * 17 + "22", "1" * 17 + "31"], municipal=["88"] * 3, daily="88")
    fixed = constant(same(COUNTY, rows(told), GROUP))
    found = without(told, GROUP, [each.cell for each in fixed])
    assert found.grades == ((UNITS[1], "好", "较好"), (UNITS[2], "好", "较好"))
    names = {unit: f"对象{at}" for at, unit in enumerate(UNITS)}
    assert without_sentences(COUNTY, found, names) == (
        "去除这些项（权重按方案归其余指标）：2个市（区）等次改变，位次均不变", "对象1：好 → 较好", "对象2：好 → 较好",
    )  # fmt: skip


def test_a_component_of_such_items_alone_weighs_nothing_then():
    told = county(["1" * 19] * 3, municipal=["1" * 18 + "1", "1" * 18 + "2", "1" * 18 + "3"], daily="85")
    cells = [each.cell for each in constant(same(COUNTY, rows(told), GROUP)) if each.item.component == "cross"]
    found = without(told, GROUP, cells)
    assert found.components == ("cross",)
    assert "交叉考核全部指标都相同，不再计权" in without_sentences(COUNTY, found, {unit: unit for unit in UNITS})[0]


def test_without_anything_that_weighs_there_is_no_result():
    every = shares(COUNTY, GROUP)
    assert all_gone(COUNTY, GROUP, every)
    assert not all_gone(COUNTY, GROUP, [cell for cell in every if cell != ("daily", 1)])


def towns(*columns):
    """江门's towns of one group, ticked in columns: each column is an item's digits over the units; the rest 好."""
    group = max(TOWN.groups, key=lambda g: len(g.units))
    names = [unit.name for unit in group.units][: len(columns[0])]
    size = len(TOWN.indicators)
    component = TOWN.counted[0].id
    sheets = [
        ticks(name, component, "".join(column[at] for column in columns) + "1" * (size - len(columns)), TOWN.grades)
        for at, name in enumerate(names)
    ]
    return assess(TOWN, sheets, ()).group(group.id), group.id


def test_two_items_that_order_twelve_units_alike_are_told_with_their_exact_chance():
    # 3·3·3·3 of twelve alike on both: 3!⁴ ways of 12! = 1296/479001600 = 1/369600. The third item is reversed: pairs 3.
    alike = "111222333444"
    units, group = towns(alike, alike, "444333222111")
    told = doubles(TOWN, units, group)
    assert (told.asked, told.able, told.maybe, told.units) == (3, 3, 0, 12)
    (pair,) = told.pairs
    assert (pair.first, pair.second, pair.identical, pair.units) == (1, 2, 12, 12)
    assert pair.found.tau == 1
    assert pair.p == 3 * F(1, 369600)
    assert double_sentence(TOWN, pair).endswith(
        "12个镇（街）中12个评分相同，排序一致程度1.00（完全一致为1），合计占权重10.52…%，偶然如此的可能不足0.1%"
    )
    assert doubles_verdict(TOWN, told).startswith("3对指标中，1对的排序一致超出偶然：可能重复计量")


def test_items_that_are_alike_for_all_are_in_no_pair():
    units, group = towns("1" * 12, "1" * 12)
    told = doubles(TOWN, units, group)
    assert (told.asked, told.pairs) == (0, ())
    assert doubles_verdict(TOWN, told).startswith("没有可以两两比较的分项评分")


def test_few_units_are_said_to_be_few():
    # Two and two of four units fall alike in 2!·2! of 4! ways: once in six.
    units, group = towns("1122", "1122")
    told = doubles(TOWN, units, group)
    assert (told.asked, told.able, told.maybe) == (1, 0, 1)
    assert doubles_verdict(TOWN, told) == "只有4个镇（街），1对指标即使排序完全一致，也可能出于偶然，不作判断"


def test_one_unit_set_apart_by_both_items_is_no_evidence():
    units, group = towns("1" * 11 + "3", "1" * 11 + "3")
    told = doubles(TOWN, units, group)
    assert told.pairs == ()
    assert told.able == 0  # one in twelve at best


@pytest.mark.parametrize("name", ["jiangmen-2020-county", "jiangmen-2020-town", "neimenggu-2018", "dongxi-2019-city"])
def test_marks_by_chance_make_no_pair_and_no_gap_is_left_unweighed(name):
    scheme = official(name)
    results = assess(scheme, all_sheets(scheme, Random(3), bare=True), ())
    for group in scheme.marked_groups:
        units = results.group(group.id)
        assert sum(shares(scheme, group.id).values()) == 1
        assert doubles(scheme, units, group.id).pairs == ()
        nothing = without(results, group.id, [])
        assert (nothing.grades, nothing.places) == ((), ())


def test_the_counted_components_are_all_looked_at():
    told = county(["1" * 19] * 3, municipal=["1" * 19] * 3)
    assert {each.item.component for each in same(COUNTY, rows(told), GROUP)} == set(COUNTED) - {"daily"}


def test_agreement_all_over_is_not_told_as_counting_twice():
    column = "111222333444"
    units, group = towns(*[column] * 6)
    told = doubles(TOWN, units, group)
    assert (told.asked, len(told.pairs)) == (15, 15)
    assert "不宜逐对认定重复计量" in doubles_verdict(TOWN, told)
