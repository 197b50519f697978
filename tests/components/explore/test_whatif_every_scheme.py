"""权重测算 over every document: what the bench draws is what the engine computes, or it says that it is only near."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.linear import terms
from scoring.marks import Fact, Mark, Sheet
from scoring.trial import CATEGORIES, ITEMS, LINES, POINTS, WEIGHTS, Values, levels, scheme_of
from tests.components.explore.whatif_schemes import tried
from tests.scoring.filling import all_sheets

SCORED = [name for name in scheme_ids() if not scheme(name).judged]


def drawn(mode: str, values: Values, found) -> Fraction:
    whole = sum(values.values()) if mode == "weights" else Fraction(1)
    return sum((v * x for v, x in zip(values.values(), found.x, strict=True)), Fraction(0)) / whole + found.offset


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_the_bench_draws_what_the_engine_computes_or_says_it_is_only_near(name, data):
    random, rules = Random(data.draw(st.integers(0, 10**6))), scheme(name)
    sheets = [sheet for sheet in all_sheets(rules, random) if random.random() > 0.05]
    now = assess(rules, sheets)
    for group in rules.marked_groups:
        for level in levels(rules, group.id).values():
            values = data.draw(tried(level))
            then = assess(scheme_of(rules, {level.id: values}), sheets)
            for result in then.group(group.id):
                found = terms(rules, level, now.of(result.unit))
                assert (found.x is None) == (result.exact is None)
                moved = {} if level.id == LINES else values
                assert not found.exact or found.x is None or drawn(level.mode, moved, found) == result.exact


@pytest.mark.parametrize(
    ("name", "group", "offered"),
    [
        ("guangdong-2019", "helped", [WEIGHTS, CATEGORIES, ITEMS, POINTS]),
        ("neimenggu-2018", "league", [WEIGHTS]),
        ("ruyuan-2017", "town", [CATEGORIES, ITEMS, LINES]),
        ("dongxi-2019-city", "city", [CATEGORIES, ITEMS, POINTS, LINES]),
        ("dongxi-2019-department", "department", [CATEGORIES, POINTS, LINES]),
        ("qujiang-2018", "town", []),
    ],
)
def test_each_document_offers_what_it_has_to_move(name, group, offered):
    assert list(levels(scheme(name), group)) == offered


def test_halves_that_add_up_are_moved_as_shares_of_a_hundred():
    rules = scheme("neimenggu-2018")
    level = levels(rules, "league")[WEIGHTS]
    assert level.originals == {"daily": 50, "yearend": 50}
    sheets = [Sheet("包头市", c, (Mark(None, score=Fraction(v)),)) for c, v in (("daily", 80), ("yearend", 90))]
    then = assess(scheme_of(rules, {WEIGHTS: {"daily": Fraction(60), "yearend": Fraction(40)}}), sheets)
    assert (assess(rules, sheets).of("包头市").exact, then.of("包头市").exact) == (85, 84)


def test_a_bonus_stays_while_weights_move_and_the_bench_says_it_is_only_near():
    rules = scheme("dongxi-2019-city")
    sheet = Sheet("江门市", "review", tuple(Mark(i.no, grade="较好") for i in rules.indicators))
    result = assess(rules, [sheet], [Fact("江门市", "praise", "有")]).of("江门市")
    level = levels(rules, "city")[CATEGORIES]
    found = terms(rules, level, result)
    assert drawn("weights", level.originals, found) == result.exact == 86
    assert not found.exact
