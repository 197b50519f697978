"""同比分解: the parts sum exactly to the change, whatever the schemes and the marks; and cases worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.assess import assess
from scoring.backtest import Kin, Year, backtest, compare
from scoring.crosswalk import Crosswalk, by_name
from scoring.gather import MarksError
from scoring.load import load_scheme
from scoring.marks import Fact, Mark, Sheet
from scoring.sentences import plain_text
from scoring.split import EXTRA
from scoring.year_words import RULES, place_name, sentence
from tests.scoring import strategies as drawn
from tests.scoring.extras_scheme import TODAY
from tests.scoring.filling import all_sheets, some_facts

ONE = Fraction(1)
BASE = """
id: small-{year}
title: 示例{year}
short: 示例
document: {{title: 示例}}
grades: [好, 较好, 一般, {worst}]
groups: [{{id: all, name: 全部, cite: 一}}]
combine: weighted
components:
{components}
ticks: {{points: {{{ticks}}}, cite: 二}}
item_weights: {{equal: leaves, cite: 二}}
rounding: {{total: 2, cite: 二}}
indicators:
{items}
bands: {{items: [{{grade: 好, min: 90}}, {{grade: 较好, min: 80}}, {{grade: 一般, min: 70}}, {{grade: {worst}, min: 0}}], cite: 三}}
rank: {{by: [grade, score], cite: 三}}
"""


def small(year: str, weights: dict[str, int], items: list[str], ticks=(95, 85, 75, 60), worst: str = "较差"):
    """A scheme of a few items that are marked by ticks."""
    parts = "\n".join(
        f"  - {{id: {n}, name: {n}, weight: {w}, marks: [ticks, total], cite: 一}}" for n, w in weights.items()
    )
    rows = "\n".join(f"  - {{no: {i}, path: [类], name: {name}, cite: 一}}" for i, name in enumerate(items, 1))
    points = ", ".join(f"{g}: {p}" for g, p in zip(("好", "较好", "一般", worst), ticks, strict=True))
    return load_scheme(BASE.format(year=year, components=parts, items=rows, ticks=points, worst=worst))


def ticks(unit: str, component: str, grades: str) -> Sheet:
    """One sheet: 1 is the best grade, and so on."""
    names = ("好", "较好", "一般", "较差")
    return Sheet(unit, component, tuple(Mark(no, grade=names[int(g) - 1]) for no, g in enumerate(grades, 1)))


def year(rules, *sheets: Sheet, facts: tuple[Fact, ...] = ()) -> Year:
    """One year as handed in."""
    return Year(rules, rules.groups[0].id, tuple(sheets), facts, assess(rules, sheets, facts))


def same(*names: str) -> list[Kin]:
    """Units that went on under their own names."""
    return [Kin(name, ((name, ONE),)) for name in names]


def parts(split) -> Fraction:
    return split.marks + split.rules + split.added + split.dropped + split.merged + split.rounding


@st.composite
def walks(draw) -> Crosswalk:
    """Any correspondence of the county's items, one and one or tangled, and of its components."""
    pairs = st.tuples(st.sampled_from(drawn.ITEMS), st.sampled_from(drawn.ITEMS))
    full = by_name(drawn.COUNTY, "county", drawn.COUNTY, "county")
    items = full.items if draw(st.booleans()) else frozenset(draw(st.lists(pairs, min_size=1, max_size=25)))
    kept = draw(st.lists(st.sampled_from(full.components), min_size=1, max_size=3, unique=True))
    return Crosswalk(items, tuple(kept), full.grades, full.back)


@settings(max_examples=50, deadline=None)
@given(drawn.schemes(), drawn.schemes(), drawn.sheets(), drawn.sheets(), walks())
def test_the_split_of_a_year_on_year_change_sums_exactly_to_the_change(old, new, before, now, walk) -> None:
    kin = same(*drawn.UNITS[:4])
    try:
        found = compare(year(old, *before), year(new, *now), walk, kin)
    except MarksError as error:
        assert "权重合计为0" in str(error)  # noqa: PT017
        return
    for unit in found.units:
        if unit.split:
            split = unit.split
            assert split.change == unit.now[0] - unit.before[0] == parts(split)
            assert sum(split.by_item.values()) == split.marks
            assert sum(split.by_component.values()) == split.marks
            assert sum(split.by_rule.values()) == split.rules


@settings(max_examples=20, deadline=None)
@given(drawn.schemes(), drawn.schemes(), drawn.sheets(kinds=drawn.WHOLE), drawn.sheets(kinds=drawn.WHOLE))
def test_without_any_change_of_scheme_everything_is_due_to_marks(old, new, before, now) -> None:
    walk = by_name(old, "county", old, "county")
    for unit in compare(year(old, *before), year(old, *now), walk, same(*drawn.UNITS[:4])).units:
        assert unit.split is not None
        assert unit.split.rules == unit.split.added == unit.split.dropped == 0
    for unit in compare(year(old, *before), year(new, *before), walk, same(*drawn.UNITS[:4])).units:
        assert unit.split is not None
        assert unit.split.marks == 0


@settings(max_examples=20, deadline=None)
@given(drawn.schemes(), drawn.schemes(), drawn.sheets(kinds=drawn.WHOLE), walks())
def test_a_back_test_s_parts_sum_to_its_change_and_its_score_lies_in_its_range(old, new, before, walk) -> None:
    try:
        found = backtest(year(old, *before), new, "county", walk, same(*drawn.UNITS[:4]))
    except MarksError as error:
        assert "权重合计为0" in str(error)  # noqa: PT017
        return
    for unit in found.units:
        if unit.split:
            assert unit.split.change == parts(unit.split)
            assert sum(unit.split.by_rule.values()) == unit.split.rules
        if unit.possible:
            assert unit.possible.low <= unit.possible.high


def test_last_year_s_marks_under_the_very_same_scheme_come_to_last_year_s_results() -> None:
    rules = drawn.COUNTY
    sheets = [
        Sheet("鹤山市", c, tuple(Mark(no, grade="好" if no % 2 else "一般") for no in drawn.ITEMS))
        for c in drawn.COUNTED
    ]
    found = backtest(year(rules, *sheets), rules, "county", by_name(rules, "county", rules, "county"), same("鹤山市"))
    (unit,) = found.units
    assert unit.before == unit.now
    assert unit.possible is None
    assert found.coverage == 1


def test_marks_and_rules_worked_by_hand() -> None:
    # S(o,o) = .5·95 + .5·85 = 90      S(n,o) = .5·85 + .5·85 = 85
    # S(o,n) = .8·95 + .2·85 = 93      S(n,n) = .8·85 + .2·85 = 85
    # marks = ½(85−90) + ½(85−93) = −6.5     rules = ½(93−90) + ½(85−85) = 1.5
    old, new = small("2019", {"甲法": 50, "乙法": 50}, ["路"]), small("2020", {"甲法": 80, "乙法": 20}, ["路"])
    before = year(old, ticks("东镇", "甲法", "1"), ticks("东镇", "乙法", "2"))
    now = year(new, ticks("东镇", "甲法", "2"), ticks("东镇", "乙法", "2"))
    (unit,) = compare(before, now, by_name(old, "all", new, "all"), same("东镇")).units
    assert (unit.before, unit.now) == ((90, "好"), (85, "较好"))
    assert unit.split is not None
    assert (unit.split.marks, unit.split.rules) == (Fraction("-6.5"), Fraction("1.5"))
    assert unit.split.by_item == {("甲法", 1): Fraction("-6.5"), ("乙法", 1): 0}
    assert unit.split.by_rule == {"weights": Fraction("1.5"), "shares": 0, "points": 0}
    assert unit.other is not None
    assert unit.other.score == 93
    assert unit.swapped is not None
    assert unit.swapped.score == 85


def test_new_and_dropped_items_and_rounding_are_told_apart_by_hand() -> None:
    # last year 路 好, 水 较好, 电 较差: 240/3 = 80; this year 路 好, 水 好, 网 一般: 265/3 = 88.333… → 88.33
    # in common 路 and 水: 90 last year, 95 this year: marks 5; dropping 电 +10, adding 网 −6.666…, rounding −0.00333…
    old, new = small("2019", {"甲法": 100}, ["路", "水", "电"]), small("2020", {"甲法": 100}, ["路", "水", "网"])
    before, now = year(old, ticks("东镇", "甲法", "124")), year(new, ticks("东镇", "甲法", "113"))
    (unit,) = compare(before, now, by_name(old, "all", new, "all"), same("东镇")).units
    split = unit.split
    assert split is not None
    assert (split.before, split.after) == (80, Fraction("88.33"))
    assert (split.marks, split.rules, split.dropped) == (5, 0, 10)
    assert (split.added, split.rounding) == (Fraction(-20, 3), Fraction("88.33") - Fraction(265, 3))


def test_a_back_test_over_some_items_says_how_much_they_weigh_and_what_the_rest_could_change() -> None:
    # 路 好 and 水 较好 of four items: 90; were 网 and 气 both 较差 (95+85+60+60)/4 = 75, both 好 (95+85+95+95)/4 = 92.5
    old, new = small("2019", {"甲法": 100}, ["路", "水"]), small("2020", {"甲法": 100}, ["路", "水", "网", "气"])
    found = backtest(year(old, ticks("东镇", "甲法", "12")), new, "all", by_name(old, "all", new, "all"), same("东镇"))
    (unit,) = found.units
    assert found.coverage == Fraction(1, 2)
    assert unit.now == (90, "好")
    assert unit.possible is not None
    assert (unit.possible.low, unit.possible.high) == (75, Fraction("92.5"))
    assert unit.possible.grades == ("一般", "较好", "好")


def test_grades_of_other_names_are_carried_by_their_place() -> None:
    old = small("2019", {"甲法": 100}, ["路", "水"])
    new = small("2020", {"甲法": 100}, ["路", "水"], (90, 80, 70, 50), "差")
    walk = by_name(old, "all", new, "all")
    assert walk.grades == (("好", "好"), ("较好", "较好"), ("一般", "一般"), ("较差", "差"))
    (unit,) = backtest(year(old, ticks("东镇", "甲法", "14")), new, "all", walk, same("东镇")).units
    assert unit.now == (70, "一般")  # (90 + 50) / 2


def test_several_items_that_became_one_count_with_their_mean_and_one_that_was_divided_counts_in_each() -> None:
    old, new = small("2019", {"甲法": 100}, ["路", "桥", "水"]), small("2020", {"甲法": 100}, ["路桥", "饮水", "灌溉"])
    walk = by_name(old, "all", new, "all")
    by_hand = Crosswalk(frozenset({(1, 1), (2, 1), (3, 2), (3, 3)}), walk.components, walk.grades, walk.back)
    before, now = year(old, ticks("东镇", "甲法", "132")), year(new, ticks("东镇", "甲法", "211"))
    (unit,) = backtest(before, new, "all", by_hand, same("东镇")).units
    assert unit.now[0] == 85  # ((95 + 75) / 2 + 85 + 85) / 3
    (unit,) = compare(before, now, by_hand, same("东镇")).units
    assert unit.split is not None
    assert parts(unit.split) == unit.split.change
    # 上年 (95+75+85)/3 = 85; 本年 (85+95+95)/3 = 91.67; this year under last year's table (85+85+95)/3 = 88.33…
    assert unit.swapped is not None
    assert unit.swapped.exact == Fraction(265, 3)


def test_a_merged_unit_takes_the_weighted_mean_of_those_before_it() -> None:
    rules = small("2019", {"甲法": 100}, ["路"])
    walk = by_name(rules, "all", rules, "all")
    before = year(rules, ticks("东镇", "甲法", "1"), ticks("西镇", "甲法", "4"))
    now = year(rules, ticks("大镇", "甲法", "2"), ticks("新镇", "甲法", "1"))
    kin = [Kin("大镇", (("东镇", Fraction(30)), ("西镇", Fraction(10)))), Kin("新镇")]
    big, fresh = compare(before, now, walk, kin).units
    assert big.before == (Fraction("86.25"), "较好")  # (30·95 + 10·60) / 40
    assert big.split is not None
    assert (big.split.change, big.split.marks) == (Fraction("-1.25"), Fraction("-1.25"))
    assert (fresh.lacking, fresh.split, fresh.before) == ("无上年数据", None, (None, None))
    (tested, _) = backtest(before, rules, "all", walk, kin).units
    assert tested.now == (Fraction("86.25"), "较好")


def renamed(unit: str, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    return tuple(replace(sheet, unit=unit) for sheet in sheets)


def merged(first: str = "20") -> tuple[Year, Crosswalk]:
    """甲镇 with two 通报 (−6) and 乙镇 with one (−3), both full marks but 甲镇's item 1."""
    facts = (*notices(2), replace(notices(1)[0], unit="乙镇"))
    return year(TODAY, *town(first), *renamed("乙镇", town()), facts=facts), by_name(TODAY, "town", TODAY, "town")


def test_what_units_since_merged_lost_by_their_facts_is_told_as_such_and_not_as_items_dropped() -> None:
    """(94 + 97) / 2 = 95.5 last year, 100 now: (6 + 3) / 2 are given back, and nothing else changed."""
    before, walk = merged()
    kin = [Kin("甲镇", (("甲镇", ONE), ("乙镇", ONE)))]
    found = compare(before, year(TODAY, *town()), walk, kin)
    split = found.units[0].split
    assert split is not None
    assert (split.before, split.after, split.merged) == (Fraction("95.5"), 100, Fraction("4.5"))
    assert split.marks == split.rules == split.added == split.dropped == split.rounding == 0
    told = plain_text(sentence(found, found.units[0], "大镇"))
    assert "升4.50分：合并前的情形升4.50分" in told
    assert "取消指标" not in told


def test_merged_units_weigh_in_what_their_facts_cost_and_their_marks_by_hand() -> None:
    """Twice 84 (90 − 6) and once 97 are 265/3 = 88.33; without 情形 280/3 = 93.33; now 100.

    marks 2·10/3, 情形 (2·6 + 3)/3 = 5, rounding 11.67 − 35/3. In the back-test the marks are the same: 93.33 − 88.33.
    """
    before, walk = merged("10")
    kin = [Kin("甲镇", (("甲镇", Fraction(2)), ("乙镇", ONE)))]
    split = compare(before, year(TODAY, *town()), walk, kin).units[0].split
    assert split is not None
    assert (split.marks, split.merged, split.rounding) == (Fraction(20, 3), 5, Fraction("11.67") - Fraction(35, 3))
    assert split.rules == split.added == split.dropped == 0
    (unit,) = backtest(before, TODAY, "town", walk, kin).units
    assert unit.split is not None
    assert (unit.now[0], unit.split.merged, unit.split.change) == (Fraction("93.33"), 5, 5)
    assert unit.split.rules == unit.split.dropped == unit.split.rounding == 0


def test_points_are_carried_in_proportion_and_never_become_ticks() -> None:
    ruyuan = scheme("ruyuan-2017")
    points = Sheet("桂头镇", "county", tuple(Mark(no, score=Fraction(8)) for no in range(1, 11)))
    old = year(ruyuan, points)
    town = small("2020", {"县考核": 100}, ["产业帮扶", "就业扶贫"])
    walk = Crosswalk(by_name(ruyuan, "town", town, "all").items, (("county", "县考核"),))
    found = backtest(old, town, "all", walk, same("桂头镇"))
    assert {each.why for each in found.uncarried} == {"上年记分值，新方案打等次，两者不作换算"}
    assert found.units[0].now == (None, None)
    assert found.coverage == 0


def test_schemes_without_a_component_in_common_cannot_be_compared() -> None:
    old, new = small("2019", {"甲法": 100}, ["路"]), small("2020", {"丙法": 100}, ["路"])
    with pytest.raises(MarksError, match="没有一种考核方式相对应"):
        backtest(year(old, ticks("东镇", "甲法", "1")), new, "all", by_name(old, "all", new, "all"), same("东镇"))


def test_a_limit_that_the_new_scheme_knows_binds_in_the_back_test() -> None:
    rules = drawn.COUNTY
    sheets = [Sheet("鹤山市", c, (Mark(None, score=Fraction(95)),)) for c in drawn.COUNTED]
    told = (Fact("鹤山市", "sanction", "记过", "2019-06-01", "示例纪〔2019〕1号"),)
    found = backtest(
        year(rules, *sheets, facts=told), rules, "county", by_name(rules, "county", rules, "county"), same("鹤山市")
    )
    assert found.units[0].now == (95, "较好")
    assert found.lost_facts == ()


# 加分、扣分


def town(one: str = "20", two: str = "40", plus: str = "0", minus: str = "0") -> tuple[Sheet, ...]:
    """甲镇's two sheets under today's scheme: items 1 and 2, 加分项 6 and 扣分项 7; the other 40 points are full."""
    field = (Mark(1, score=Fraction(one)), Mark(2, score=Fraction(two)), Mark(6, score=Fraction(plus)))
    data = (
        Mark(3, value=Fraction(250)),
        Mark(4, value=Fraction(100)),
        Mark(5, value=Fraction(2)),
        Mark(7, score=Fraction(minus)),
    )
    return Sheet("甲镇", "field", field), Sheet("甲镇", "data", data)


def notices(count: int) -> tuple[Fact, ...]:
    return tuple(Fact("甲镇", "notice", "是", basis=f"文{at}") for at in range(count))


def test_added_and_deducted_points_are_told_by_the_item_or_the_kind_of_fact_they_come_of() -> None:
    """Last year 90 + 1; this year 90 + 3 − 2 and one 通报 of 3: 91 → 88, two more added, five more taken off."""
    walk = by_name(TODAY, "town", TODAY, "town")
    old, new = year(TODAY, *town("10", plus="1")), year(TODAY, *town("10", plus="3", minus="2"), facts=notices(1))
    found = compare(old, new, walk, same("甲镇"))
    split = found.units[0].split
    assert split is not None
    assert split.change == split.marks == -3
    told = {place_name(found, place): value for place, value in split.by_item.items() if value}
    assert told == {"实地考核第6项“典型经验”": 2, "数据考核第7项“数据造假”": -2, "扣分情形": -3}


def test_what_the_bound_of_the_total_takes_is_told_apart_from_the_points() -> None:
    """100 + 5 + 3 of two 情形 would be 108, of which 106 stand."""
    honours = (Fact("甲镇", "honour", "市级"), Fact("甲镇", "honour", "县级"))
    walk = by_name(TODAY, "town", TODAY, "town")
    found = compare(year(TODAY, *town()), year(TODAY, *town(plus="5"), facts=honours), walk, same("甲镇"))
    split = found.units[0].split
    assert split is not None
    assert {place_name(found, place): value for place, value in split.by_item.items() if value} == {
        "实地考核第6项“典型经验”": 5, "加分情形": 3, "加分、扣分的上下限": -2,
    }  # fmt: skip


def test_a_heavier_deduction_for_the_same_fact_is_a_change_of_rules() -> None:
    """Each 通报 cost 3 and costs 5 now: 97 → 95 by the rules alone."""
    dearer = TODAY.with_elements(deductions=[{"id": "notice", "text": "扣", "fact": "notice", "each": 5, "cite": "五"}])
    walk = by_name(TODAY, "town", dearer, "town")
    (unit,) = backtest(year(TODAY, *town(), facts=notices(1)), dearer, "town", walk, same("甲镇")).units
    assert unit.split is not None
    assert (unit.now[0], unit.split.rules, dict(unit.split.by_rule)["bonus"]) == (95, -2, -2)
    assert RULES[EXTRA] == "加分、扣分规则"


def test_an_added_item_never_becomes_one_that_earns_a_share_nor_two_one() -> None:
    walk = by_name(TODAY, "town", TODAY, "town")
    crossed = Crosswalk(walk.items - {(6, 6), (2, 2)} | {(6, 2)}, walk.components)
    joined = Crosswalk(walk.items | {(6, 7)}, walk.components)
    told = {one.why for one in backtest(year(TODAY, *town()), TODAY, "town", crossed, same("甲镇")).uncarried}
    assert told == {"基础分项与加分项的计分办法不同，不作换算"}
    old = TODAY.with_elements(indicators=[
        row.model_dump() | ({"full": {"field": "8"}, "role": "bonus"} if row.no == 7 else {}) for row in TODAY.indicators
    ])  # fmt: skip
    assert old.indicators_of("town")[6].role == "bonus"
    sheets = [
        replace(sheet, marks=tuple(mark for mark in sheet.marks if mark.indicator != 7)) for sheet in town(plus="2")
    ]
    sheets[0] = replace(sheets[0], marks=(*sheets[0].marks, Mark(7, score=Fraction(1))))
    two = Crosswalk(frozenset({(no, no) for no in range(1, 6)} | {(6, 6), (7, 6)}), joined.components)
    told = {one.why for one in backtest(year(old, *sheets), TODAY, "town", two, same("甲镇")).uncarried}
    assert told == {"加分项、扣分项只能一项对一项，合并、拆分的不作换算"}


def test_a_deduction_without_a_counterpart_leaves_open_how_much_less_and_a_bonus_how_much_more() -> None:
    """90 of 100 carried; item 6 may add up to 5 and item 7 take up to 8."""
    walk = Crosswalk(frozenset((no, no) for no in range(1, 6)), by_name(TODAY, "town", TODAY, "town").components)
    (unit,) = backtest(year(TODAY, *town("10")), TODAY, "town", walk, same("甲镇")).units
    assert unit.possible is not None
    assert (unit.now[0], unit.possible.low, unit.possible.high) == (90, 82, 95)


def test_a_component_without_a_counterpart_leaves_its_added_and_deducted_points_open_too() -> None:
    """实地考核 alone was there: 60 of 60 carried; 数据考核 gives 0 to 40, and its 扣分项 takes up to 8."""
    walk = Crosswalk(frozenset((no, no) for no in (1, 2, 6)), (("field", "field"),))
    (unit,) = backtest(year(TODAY, *town()), TODAY, "town", walk, same("甲镇")).units
    assert unit.possible is not None
    assert (unit.now[0], unit.possible.low, unit.possible.high) == (100, 52, 100)


@settings(max_examples=40, deadline=None)
@given(drawn.extra_schemes(), drawn.extra_schemes(), st.integers(0, 10**6), st.data())
def test_the_split_sums_exactly_whatever_comes_on_top_or_off_within_whatever_bounds(old, new, seed, data) -> None:
    random = Random(seed)
    years = []
    for rules in (old, new):
        facts = tuple(fact for name in ("甲镇", "乙镇") for fact in some_facts(rules, name, random))
        years.append(year(rules, *all_sheets(rules, random), facts=facts))
    whole = by_name(old, "town", new, "town")
    items = data.draw(st.frozensets(st.sampled_from(sorted(whole.items)), min_size=1) | st.just(whole.items))
    walk = Crosswalk(items, whole.components)
    for unit in compare(*years, walk, same("甲镇", "乙镇")).units:
        if split := unit.split:
            assert split.change == unit.now[0] - unit.before[0] == parts(split)
            assert sum(split.by_item.values()) == split.marks
            assert sum(split.by_rule.values()) == split.rules
    for unit in backtest(years[0], new, "town", walk, same("甲镇", "乙镇")).units:
        if split := unit.split:
            assert split.change == parts(split)
            assert sum(split.by_rule.values()) == split.rules
        if unit.possible and walk.items == whole.items:
            assert unit.possible.low <= unit.now[0] <= unit.possible.high
