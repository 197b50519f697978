"""A trial: how it is written and read, the scheme it makes, and that what the bench draws is what the engine computes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as Q

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.explore.whatif_board import encode
from components.explore.whatif_results import firm_ones
from components.explore.whatif_units import board_of
from data.naming import aliases
from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.assumptions import with_reading
from scoring.firmness.headline import all_firm
from scoring.firmness.weightings import Radius
from scoring.linear import terms
from scoring.marks import Fact, Mark, Sheet
from scoring.trial import (
    CATEGORIES,
    ITEMS,
    LINES,
    POINTS,
    WEIGHTS,
    from_text,
    levels,
    read,
    scheme_of,
    tidy,
    to_text,
    written,
)
from tests.components.explore.whatif_schemes import handed_in, schemes, tried

COUNTY = scheme("jiangmen-2020-county")
KNOWN = levels(COUNTY, "county")
GRADES = ("好", "较好", "一般", "较差")
UNITS = ("蓬江区", "江海区", "台山市")


def ticked(unit: str, component: str, places: str, off: tuple[int, ...] = ()) -> Sheet:
    """Nineteen ticks; the items in ``off`` are 不适用."""
    marks = [
        Mark(no, applicable=False, remark="无此项") if no in off else Mark(no, GRADES[int(place)])
        for no, place in enumerate(places, start=1)
    ]
    return Sheet(unit, component, tuple(marks))


def total(unit: str, component: str, score: str) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Q(score)),), "意见")


# 蓬江区: ticks, ticks, a total. 江海区: three totals. 台山市: 日常工作 has not come.
SHEETS = [
    ticked("蓬江区", "cross", "0000000000011111111"),
    ticked("蓬江区", "municipal", "0000000000000000011"),
    total("蓬江区", "daily", "85"),
    *(total("江海区", name, score) for name, score in (("cross", "80.3"), ("municipal", "82.64"), ("daily", "76.96"))),
    ticked("台山市", "cross", "0" * 19),
    ticked("台山市", "municipal", "1" * 19),
]
NOW = assess(COUNTY, SHEETS)


def test_a_scheme_offers_the_levels_at_which_it_has_something_to_move():
    assert [level.name for level in KNOWN.values()] == ["考核方式", "类别", "指标", "赋分", "等次线"]
    town = scheme("jiangmen-2020-town")
    assert [level.name for level in levels(town, town.groups[0].id).values()] == ["类别", "指标", "赋分", "等次线"]
    assert not levels(scheme("qujiang-2018"), scheme("qujiang-2018").groups[0].id)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_scheme_can_be_asked(scheme_id):
    for group in scheme(scheme_id).groups:
        for level in levels(scheme(scheme_id), group.id).values():
            assert set(level.names) == set(level.originals)


def test_the_way_back_is_called_by_the_documents_own_weights():
    assert KNOWN[WEIGHTS].restore == "恢复文件权重 40/30/30"
    assert KNOWN[POINTS].restore == "恢复现行赋分 95/85/75/60"
    assert KNOWN[LINES].restore == "恢复文件等次线 90/80/70"


def test_a_trial_is_written_as_a_link_holds_it_and_read_back_exactly():
    trial = {WEIGHTS: {"cross": Q(46), "municipal": Q(27), "daily": Q(27)}}
    assert to_text(trial) == {"w": "cross:46,municipal:27,daily:27"}
    assert from_text(KNOWN, {"w": "municipal:27,cross:46,daily:27", "a": "1"}) == (trial, [])
    thirds = dict(zip(KNOWN[CATEGORIES].originals, (Q(100, 3), Q(100, 3), Q(100, 3), Q(0), Q(0)), strict=True))
    assert read(KNOWN[CATEGORIES], written(thirds)) == thirds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cross:46,municipal:27,daily:20", "合计应为100，实为93"),
        ("cross:146,municipal:-27,daily:-19", "0至100之间"),
        ("cross:50", "考核方式缺市级考核、日常工作"),
        ("cross:46,municipal:27,daily:27,x:0", "考核方式方案中没有“x”"),
        ("cross:46,municipal:27,x:27", "考核方式缺日常工作；方案中没有“x”"),
        (f"cross:46,municipal:27,daily:27,{'长' * 90}:0", f"没有“{'长' * 20}…”"),
        ("cross:46,cross:46,municipal:27,daily:27", "重复的名称"),
        ("cross:abc", "考核方式“交叉考核”的数值“abc”不是数字"),
        ("cross:四,municipal:27,y:", "“交叉考核”的数值“四”不是数字；“y”的数值“”不是数字"),
        ("cross:1e2,municipal:0,daily:0", "不是数字"),
        ("cross:nan,municipal:27,daily:27", "不是数字"),
        ("<script>", "考核方式“<script>”应写作“名称:数值”"),
        ("x" * 5000, "过长"),
    ],
)
def test_a_bad_link_is_passed_over_and_says_why(text, told):
    trial, problems = from_text(KNOWN, {"w": text})
    assert trial == {}
    assert told in problems[0]


def test_points_and_lines_that_do_not_descend_are_refused():
    assert "由高到低" in from_text(KNOWN, {"p": "好:80,较好:85,一般:75,较差:60"})[1][0]
    assert "由高到低" in from_text(KNOWN, {"l": "好:90,较好:90,一般:70"})[1][0]
    assert "由高到低" in from_text(KNOWN, {"l": "好:90,较好:80,一般:0"})[1][0]


def test_values_as_the_scheme_has_them_are_no_trial():
    assert tidy(KNOWN, {WEIGHTS: dict(KNOWN[WEIGHTS].originals)}) == {}


def test_category_and_item_weights_are_never_tried_together():
    even = dict.fromkeys(KNOWN[CATEGORIES].originals, Q(20))
    first = {**dict.fromkeys(KNOWN[ITEMS].originals, Q(5)), "1": Q(10)}
    assert set(from_text(KNOWN, {"c": written(even), "i": written(first)})[0]) == {ITEMS}


def test_an_items_weight_is_its_share_whatever_reading_was_in_force():
    siblings = with_reading(COUNTY, "item_weights", "各类别等权、类别内等权")
    even = dict.fromkeys(KNOWN[ITEMS].originals, Q(100, 19))
    assert levels(scheme_of(siblings, {ITEMS: even}), "county")[ITEMS].originals == even
    assert assess(scheme_of(siblings, {ITEMS: even}), SHEETS).of("蓬江区").exact == NOW.of("蓬江区").exact


def test_a_trial_leaves_the_scheme_as_it_was():
    before = COUNTY.hash
    scheme_of(
        COUNTY,
        {
            WEIGHTS: {"cross": Q(50), "municipal": Q(25), "daily": Q(25)},
            LINES: {"好": Q(92), "较好": Q(80), "一般": Q(70)},
        },
    )
    assert COUNTY.hash == before


def drawn(level, values, found):
    """The score as the bench paints it, before rounding."""
    if found.x is None:
        return None
    numbers = [values[name] for name in level.originals]
    moved = sum((n * x for n, x in zip(numbers, found.x, strict=False)), Q(0))
    return moved / (sum(numbers) if level.mode == "weights" else 1) + found.offset


def shares(count: int) -> st.SearchStrategy[list[Q]]:
    """Points of a hundred, zeros among them."""
    parts = st.lists(st.integers(0, 50), min_size=count, max_size=count).filter(any)
    return parts.map(lambda whole: [Q(100 * part, sum(whole)) for part in whole])


def descending(count: int) -> st.SearchStrategy[list[Q]]:
    return st.sets(st.integers(1, 1000), min_size=count, max_size=count).map(
        lambda s: [Q(n, 10) for n in sorted(s, reverse=True)]
    )


QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.data())
@pytest.mark.parametrize("name", [WEIGHTS, CATEGORIES, ITEMS, POINTS, LINES])
def test_what_the_bench_draws_is_what_the_engine_computes(name, data):
    level = KNOWN[name]
    numbers = data.draw((shares if level.mode == "weights" else descending)(len(level.originals)))
    values = dict(zip(level.originals, numbers, strict=True))
    then = assess(scheme_of(COUNTY, {name: values}), SHEETS)
    for unit in UNITS:
        found = terms(COUNTY, level, NOW.of(unit))
        assert found.exact
        assert drawn(level, values, found) == then.of(unit).exact


@pytest.mark.parametrize("name", [WEIGHTS, CATEGORIES, ITEMS, POINTS, LINES])
@pytest.mark.parametrize("off", [(3,), (14,), (1, 2), (18, 19)])
def test_with_items_left_out_the_bench_begins_exactly_and_says_where_it_is_only_near(name, off):
    # 14 is all of 资金管理, 1 and 2 all of 减贫成效, 18 and 19 all of 扶贫改革: whole categories are 不适用
    sheets = [ticked("蓬江区", "cross", "0120120120120120120", off), *SHEETS[1:3]]
    result = assess(COUNTY, sheets).of("蓬江区")
    level = KNOWN[name]
    found = terms(COUNTY, level, result)
    assert drawn(level, level.originals, found) == result.exact
    assert found.exact == (name in (WEIGHTS, POINTS, LINES) or (name == CATEGORIES and off == (3,)))


def test_scores_rounded_before_they_are_weighed_are_only_near():
    rounded = COUNTY.with_elements(rounding={"total": 2, "component": 2, "assumed": "试"})
    result = assess(rounded, SHEETS).of("蓬江区")
    assert terms(rounded, KNOWN[WEIGHTS], result).exact
    assert not terms(rounded, KNOWN[POINTS], result).exact


def test_the_board_knows_limits_and_those_without_a_score():
    limited = assess(COUNTY, SHEETS, [Fact("蓬江区", "sanction", "记过")])
    board = board_of(
        COUNTY,
        KNOWN[WEIGHTS],
        KNOWN[WEIGHTS].originals,
        limited,
        limited,
        {"台山市": "对象甲", "蓬江区": "对象乙"},
        "t",
    )
    missing, held = board.units
    assert (missing.x, missing.before_score, missing.before_rank) == (None, None, None)
    assert (held.best, held.before_grade, held.before_score) == (1, 1, Q(90))
    assert "蓬江区" not in repr(board)


def test_the_board_opens_where_it_is_told_and_knows_the_way_back():
    opened = {"cross": Q(46), "municipal": Q(27), "daily": Q(27)}
    board = board_of(COUNTY, KNOWN[WEIGHTS], opened, NOW, NOW, {"蓬江区": "对象甲"}, "t")
    assert [(c.value, c.original) for c in board.controls] == [(46, 40), (27, 30), (27, 30)]
    assert replace(board, token="u") != board


@pytest.mark.parametrize(
    ("wanted", "rank"),
    [
        (COUNTY, ["grade", "score"]),
        (COUNTY.with_elements(rank={"by": ["score"], "assumed": "试"}), ["score"]),
        (scheme("jiangmen-2020-city"), []),
    ],
)
def test_the_board_gives_places_as_the_document_does_and_none_where_it_gives_none(wanted, rank):
    level = levels(wanted, wanted.groups[0].id)[LINES]
    nothing = assess(wanted, [])
    assert encode(board_of(wanted, level, level.originals, nothing, nothing, {}, "t"))["rank"] == rank


def test_how_far_all_weights_may_move_is_said_as_each_radius_says_it(monkeypatch):
    monkeypatch.setattr(Radius, "within", property(lambda radius: Q(7)))
    assert all_firm(NOW.scheme, firm_ones(NOW, ["蓬江区"]).values()) == "各考核方式权重同时变动±7.0%以内，全部等次不变。"
    monkeypatch.setattr(Radius, "within", property(lambda radius: None))
    assert all_firm(NOW.scheme, firm_ones(NOW, ["蓬江区"]).values()) == "权重稍有变动，就有等次可能改变。"


def test_aliases_are_the_same_for_everyone_and_follow_no_roster():
    names = [unit.name for unit in COUNTY.groups[0].units]
    hidden = aliases(names, 1)
    assert aliases(reversed(names), 1) == hidden
    assert sorted(hidden.values(), key="对象甲对象乙对象丙对象丁对象戊对象己对象庚".index) == [
        "对象甲", "对象乙", "对象丙", "对象丁", "对象戊", "对象己", "对象庚",
    ]  # fmt: skip
    assert len({tuple(aliases(names, seed).items()) for seed in range(20)}) > 10
    assert list(aliases([f"镇{n}" for n in range(12)], 1).values())[9:] == ["对象癸", "对象11", "对象12"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_the_document_the_bench_draws_what_the_engine_computes_or_says_it_is_only_near(data):
    wanted = data.draw(schemes())
    sheets, facts = data.draw(handed_in(wanted))
    now = assess(wanted, sheets, facts)
    for group in wanted.groups:
        for level in levels(wanted, group.id).values():
            values = data.draw(tried(level))
            then = assess(scheme_of(wanted, {level.id: values}), sheets, facts)
            for result in then.group(group.id):
                found = terms(wanted, level, now.of(result.unit))
                assert (found.x is None) == (result.exact is None)
                assert not found.exact or drawn(level, values, found) == result.exact


def test_a_weight_of_zero_is_not_said_to_change_nothing_when_giving_it_weight_would():
    # 95 counts for nothing beside 85 and 85: no change in proportion moves the 85, but 95 given weight does.
    sheets = [Sheet("蓬江区", name, (Mark(None, score=Q(score)),)) for name, score in
              (("cross", 95), ("municipal", 85), ("daily", 85))]  # fmt: skip
    rules = COUNTY.replace(weights={"cross": Q(0), "municipal": Q(50), "daily": Q(50)})
    results = assess(rules, sheets)
    told = all_firm(results.scheme, firm_ones(results, ["蓬江区"]).values())
    assert told == "各考核方式现有权重按比例怎样调整，全部等次不变；给权重为0的考核方式加上权重，则可能改变，见下表。"
