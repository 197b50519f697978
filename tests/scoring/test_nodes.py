"""Weights beneath one category: a level at any depth, worked by hand and held against the engine under these weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.assess import assess
from scoring.firmness.form import CURVED, GRADED, form
from scoring.firmness.grade import firmness
from scoring.firmness.report import firmness_report
from scoring.firmness.weightings import Interval, Radius, moved
from scoring.marks import Mark, Sheet
from scoring.nodes import node_levels, reweighed
from scoring.trial import levels
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS, sheets

F = Fraction
UNIT, GROUP = UNITS[0], COUNTY.groups[0].id
LEVELS = node_levels(COUNTY, GROUP)
DUTY = LEVELS["n:精准扶贫/责任落实"]


def ticked(told: dict[int, str | None], rest: str = "较好"):
    rows = [
        Mark(no, applicable=False, remark="无此项") if told.get(no, rest) is None else Mark(no, told.get(no, rest))
        for no in ITEMS
    ]
    return assess(COUNTY, [Sheet(UNIT, component, tuple(rows)) for component in COUNTED])


# Items 3 and 4 are all of 责任落实. 3 is 好 (95), 4 is 较差 (60), of the other 17 ten are 好 and seven 较好: 1545 points. With
# the share t on item 3 the score is (1545 + 2 (60 + 35t)) ÷ 19 = (1665 + 70t) ÷ 19: 1700 ÷ 19 = 89.47 at a half.
NEAR = {3: "好", 4: "较差", **dict.fromkeys([1, 2, *range(5, 13)], "好")}


def test_a_category_of_two_items_is_firm_up_to_64_15_percent_of_the_first():
    """89.995 × 19 = 1709.905: t = 44.905 ÷ 70 = 0.6415. All at once: 9.905 of 35 points of half the weight each, 28.3 %."""
    result = ticked(NEAR).of(UNIT)
    firm = firmness(COUNTY, result, DUTY)
    assert (result.exact, result.grade) == (F(1700, 19), "较好")
    assert firm.intervals == {
        "3": Interval(F(0), F("0.6415"), True, False),
        "4": Interval(F("0.3585"), F(1), False, True),
    }
    assert firm.radius == Radius(F("0.283"), closed=False)
    assert (firm.up.name, firm.up.to, firm.down) == ("3", F("0.6415"), None)
    assert firm.shares == {"好": F("0.3585"), "较好": F("0.6415"), "一般": 0, "较差": 0}


def test_its_nearest_change_is_told_with_the_category_it_is_beneath():
    """0.5213 short: 1.3033 of 交叉考核 at 40 % (90.78), or its item 4 from 60 to 85: 0.4 × 25 ÷ 19 = 0.5263; to 75 is too little."""
    one = next(one for one in firmness_report(ticked(NEAR), GROUP, DUTY) if one.unit == UNIT)
    name = next(row.name for row in COUNTY.indicators if row.no == 3)
    assert one.up.sentence == (
        "距“好”差0.53分：交叉考核由89.47升至90.78以上，或交叉考核第4项由“较差”改为“较好”，"
        f"或“3. {name}”在“责任落实”之下的权重由50%升至64.15%以上（其余按比例），即达到“好”"
    )


def test_where_an_item_beneath_does_not_apply_the_score_is_no_straight_line():
    results = ticked({**NEAR, 4: None})
    assert firmness(COUNTY, results.of(UNIT), DUTY) is None
    assert next(one for one in firmness_report(results, GROUP, DUTY) if one.unit == UNIT).why_not == CURVED


def test_where_nothing_beneath_applies_nothing_beneath_matters():
    """责任落实 gives its weight to its siblings, and the weights of its items decide nothing."""
    firm = firmness(COUNTY, ticked({**NEAR, 3: None, 4: None}).of(UNIT), DUTY)
    assert firm.fixed


def test_levels_are_all_categories_with_more_than_one_child_and_sum_to_what_the_category_carries():
    assert [*LEVELS] == [
        "n:减贫成效", "n:精准扶贫", "n:精准扶贫/责任落实", "n:精准扶贫/政策落实", "n:精准扶贫/工作落实", "n:工作衔接", "n:扶贫改革",
    ]  # fmt: skip
    assert LEVELS["n:精准扶贫"].originals == {"责任落实": F(200, 19), "政策落实": F(500, 19), "工作落实": F(400, 19)}
    assert [*DUTY.originals.values()] == [F(100, 19)] * 2


def test_a_scheme_whose_items_have_no_weights_of_their_own_has_no_such_levels():
    plain = scheme("neimenggu-2018")
    assert node_levels(plain, plain.groups[0].id) == {}


def test_an_unknown_category_cannot_be_weighed():
    with pytest.raises(KeyError):
        reweighed(COUNTY, GROUP, "n:没有", {})


def test_where_item_weights_move_the_grades_of_categories_that_a_limit_asks_for_no_straight_line_is_told():
    """组织领导: five of six items 好 (95), one 差 (60), 89.17 together: 较好. With 90 % on the 差 it is 63.5, 差, and caps the whole."""
    own = scheme("dongxi-2019-city")
    group = own.groups[0].id
    rows = own.indicators_of(group)
    spread = [Mark(row.no, "差" if row.no == 1 else "好") for row in rows]
    unit = own.groups[0].units[0].name
    handed_in = [Sheet(unit, "review", tuple(spread))]
    results, level = assess(own, handed_in), node_levels(own, group)["n:组织领导"]
    heavy = reweighed(own, group, level.id, {name: F(90 if name == "1" else 2) for name in level.originals})
    assert results.of(unit).category_grades["组织领导"] == "较好"
    then = assess(heavy, handed_in).of(unit)
    assert (then.category_grades["组织领导"], then.score_grade, then.grade) == ("差", "较好", "一般")
    known = levels(own, group)
    for moving in (level, known["i"]):
        assert form(own, results.of(unit), moving) is None
        assert form(own, results.of(unit), moving, rules=False) is not None
        told = next(one for one in firmness_report(results, group, moving) if one.unit == unit)
        assert (told.firm, told.why_not) == (None, GRADED)
    assert form(own, results.of(unit), known["c"]) is not None
    worst = own.with_elements(category_grades={**own.category_grades.model_dump(), "method": "worst"})
    assert form(worst, assess(worst, handed_in).of(unit), level) is not None


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["leaves", "siblings"]),
    st.sampled_from([*LEVELS]),
    sheets((UNIT,), ("total", "ticks", "ticks", "with 不适用")),
    st.data(),
)
def test_the_straight_line_is_the_engine_s_own_score_under_every_weighting(equal, level, handed_in, data):
    own = COUNTY.with_elements(item_weights={"equal": equal, "assumed": "试算"})
    known = node_levels(own, GROUP)[level]
    line = form(own, assess(own, handed_in).of(UNIT), known)
    if line is None:
        return
    index = data.draw(st.integers(0, len(line.names) - 1))
    weights = moved(line.weights, index, data.draw(st.fractions(0, 1, max_denominator=40)))
    under = reweighed(own, GROUP, level, dict(zip(line.names, weights, strict=True)))
    mean = sum((w * x for w, x in zip(weights, line.values, strict=True)), F(0))
    assert assess(under, handed_in).of(UNIT).exact == mean + line.offset
