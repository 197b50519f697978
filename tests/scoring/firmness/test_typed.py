"""The nearest change as weights that can be typed: two decimals, the total kept, the grade truly another, none nearer."""

from __future__ import annotations

from fractions import Fraction as Q

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.grade import WeightMove, firmness
from scoring.firmness.typed import typed_weights
from scoring.marks import Fact, Mark, Sheet
from scoring.trial import component_level, scheme_of, written
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

UNIT = UNITS[0]
LEVEL = component_level(COUNTY)


def sheets(totals):
    return [Sheet(UNIT, name, (Mark(None, score=Q(total)),)) for name, total in zip(COUNTED, totals, strict=True)]


def typed(totals, *, up=True, facts=()):
    """(weights that can be typed, the grade they give when the unit is scored anew, the firmness)."""
    given_ = sheets(totals)
    firm = firmness(COUNTY, assess(COUNTY, given_, facts).of(UNIT), LEVEL)
    move = firm.up if up else firm.down
    if move is None:
        return None, None, firm

    def grade(values):
        return assess(scheme_of(COUNTY, {LEVEL.id: values}), given_, facts).of(UNIT).grade

    values = typed_weights(LEVEL, firm.form, move, lambda values: grade(values) == move.grade)
    return values, grade(values) if values else None, firm


def test_the_worked_unit_is_lifted_at_69_16():
    values, grade, _ = typed(["92", "86", "85"])
    assert written(values) == "cross:69.16,municipal:15.42,daily:15.42"
    assert grade == "好"


def test_where_a_limit_bars_it_there_is_nothing_to_type():
    values, _, firm = typed(["92", "86", "85"], facts=[Fact(UNIT, "sanction", "记过")])
    assert values is None
    assert firm.up is None


def test_what_does_not_flip_when_scored_anew_is_not_offered():
    firm = firmness(COUNTY, assess(COUNTY, sheets(["92", "86", "85"]), ()).of(UNIT), LEVEL)
    assert typed_weights(LEVEL, firm.form, firm.up, lambda values: False) is None


def test_weights_that_no_decimals_can_hold_are_given_as_fractions():
    # only the single point 一半对一半 is between the lines; a third of a hundredth is no decimal
    firm = firmness(COUNTY, assess(COUNTY, sheets(["92", "86", "85"]), ()).of(UNIT), LEVEL)
    third = {"cross": Q(9, 13), "municipal": Q(2, 13), "daily": Q(2, 13)}
    move = WeightMove("cross", Q(2, 5), Q(9, 13), third, "好")
    exact = {name: 100 * part for name, part in third.items()}
    assert typed_weights(LEVEL, firm.form, move, lambda values: values == exact) == exact


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(5000, 10000), min_size=3, max_size=3), st.booleans())
def test_typed_weights_keep_the_total_in_hundredths_and_change_the_grade(hundredths, up):
    values, grade, firm = typed([Q(each, 100) for each in hundredths], up=up)
    move = firm.up if up else firm.down
    if move is None:
        return
    if values is None:  # only where the weight must go all the way and rounding the others cannot be made good
        assert move.to > Q(97, 100) or move.to < Q(3, 100)
        return
    assert sum(values.values()) == 100
    assert grade == move.grade
    assert abs(values[move.name] / 100 - move.before) >= abs(move.to - move.before) - Q(1, 10**9)
