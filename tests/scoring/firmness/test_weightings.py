"""Closed forms against oracles that share no formula with them: dense exact scans, corners of the box, areas by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.firmness.weightings import (
    Interval,
    Radius,
    Stretch,
    moved,
    nearest_weight,
    normalised,
    safe_interval,
    safe_radius,
    score,
    share_of_weightings,
    shares_reaching,
    weighted_median,
)

F = Fraction
LINES = [F(90), F(80), F(70)]
values = st.lists(st.integers(600, 1000).map(lambda n: F(n, 10)), min_size=2, max_size=4)


@st.composite
def units(draw):
    """A unit's values, its weights and the stretch of its grade, zero weights and values on a line among them."""
    xs = draw(values)
    ws = draw(st.lists(st.integers(0, 9).map(F), min_size=len(xs), max_size=len(xs)).filter(any))
    total = score(xs, ws)
    line = draw(st.sampled_from([*LINES, total]))
    lines = sorted({*LINES, line}, reverse=True)
    return (
        xs,
        ws,
        Stretch(next((x for x in lines if x <= total), None), min((x for x in lines if x > total), default=None)),
    )


# Worked by hand: 92, 86, 85 under 40/30/30, the lines of 较好 being 79.995 and 89.995.

HAND = [F(92), F(86), F(85)], [F(40), F(30), F(30)], Stretch(F("79.995"), F("89.995"))


def test_the_worked_unit_keeps_its_grade_until_899_of_1300():
    assert safe_interval(*HAND[:2], 0, HAND[2]) == Interval(F(0), F(899, 1300), True, False)
    assert safe_interval(*HAND[:2], 1, HAND[2]) == Interval(F(0), F(1), True, True)
    assert safe_interval(*HAND[:2], 2, HAND[2]) == Interval(F(0), F(1), True, True)


def test_the_worked_unit_has_a_radius_of_1895_of_2700():
    assert weighted_median(*HAND[:2]) == 86
    assert safe_radius(*HAND) == Radius(F(1895, 2700), closed=False)


def test_the_worked_unit_rises_at_69_16_percent():
    change = nearest_weight(*HAND, up=True)
    assert change is not None
    assert (change.index, change.to) == (0, F("0.6916"))
    assert change.weights == (F("0.6916"), F("0.1542"), F("0.1542"))
    assert nearest_weight(*HAND, up=False) is None


def test_the_worked_unit_is_haojiao_in_160801_of_1680000_weightings():
    """(2.005/6) × (2.005/7): the corner of the triangle that the line cuts off."""
    assert shares_reaching(HAND[0], F("89.995")) == F(2005, 6000) * F(2005, 7000) == F(160801, 1680000)
    assert share_of_weightings(HAND[0], [F("89.995"), F("79.995")]) == (F(160801, 1680000), F(1519199, 1680000), 0)


# Exactly on a line, worked by hand: 100 and 80 under 50/50 give 90.


def test_a_unit_exactly_on_its_line_is_safe_on_one_side_only():
    """The score is 80 + 20t: from a half upward it keeps its grade, below it does not."""
    on_line = [F(100), F(80)], [F(1), F(1)]
    assert safe_interval(*on_line, 0, Stretch(F(90), None)) == Interval(F(1, 2), F(1), True, True)
    assert safe_interval(*on_line, 1, Stretch(F(90), None)) == Interval(F(0), F(1, 2), True, True)
    assert safe_radius(*on_line, Stretch(F(90), None)) == Radius(F(0), closed=True)


def test_a_unit_on_its_line_falls_with_the_next_hundredth_of_a_percent():
    change = nearest_weight([F(100), F(80)], [F(1), F(1)], Stretch(F(90), None), up=False)
    assert change is not None
    assert (change.index, change.to) == (0, F("0.4999"))


def test_two_units_tied_in_score_may_differ_in_firmness():
    """Both score 85; 85 and 85 cannot be moved, 95 and 75 reach 90 with three quarters on the first."""
    band, even = Stretch(F(80), F(90)), [F(1), F(1)]
    assert safe_radius([F(85), F(85)], even, band) is None
    assert safe_radius([F(95), F(75)], even, band) == Radius(F(1, 2), closed=False)
    assert safe_interval([F(95), F(75)], even, 0, band) == Interval(F(1, 4), F(3, 4), True, False)


def test_equal_marks_everywhere_leave_weights_nothing_to_do():
    flat = [F(85)] * 3, [F(4), F(3), F(3)], Stretch(F(80), F(90))
    assert safe_interval(*flat[:2], 0, flat[2]) == Interval(F(0), F(1), True, True)
    assert safe_radius(*flat) is None
    assert nearest_weight(*flat, up=True) is None
    assert share_of_weightings(flat[0], [F(90), F(80)]) == (0, 1, 0)


def test_equal_marks_on_the_line_itself_are_above_it_under_every_weighting():
    assert safe_radius([F(90)] * 2, [F(1), F(1)], Stretch(F(90), None)) is None
    assert share_of_weightings([F(90)] * 2, [F(90)]) == (1, 0)


def test_one_component_is_always_everything():
    alone = [F(85)], [F(100)], Stretch(F(80), F(90))
    assert safe_interval(*alone[:2], 0, alone[2]) == Interval(F(0), F(1), True, True)
    assert safe_radius(*alone) is None
    assert nearest_weight(*alone, up=True) is None
    assert share_of_weightings(alone[0], [F(90), F(80)]) == (0, 1, 0)


def test_a_weight_of_zero_stays_zero_within_the_radius_but_can_be_raised_alone():
    """84 and 84 count, 100 does not: within proportions nothing moves; at 37.5 % the third brings 84 + 16t to 90."""
    zero = [F(84), F(84), F(100)], [F(1), F(1), F(0)], Stretch(F(80), F(90))
    assert safe_radius(*zero) is None
    assert safe_interval(*zero[:2], 2, zero[2]) == Interval(F(0), F(3, 8), True, False)
    assert nearest_weight(*zero, up=True).to == F(3, 8)


def test_a_weight_that_is_everything_gives_way_to_the_others_alike():
    assert moved([F(1), F(0), F(0)], 0, F(1, 2)) == (F(1, 2), F(1, 4), F(1, 4))


def test_weights_that_can_flip_nothing_have_no_radius_and_no_nearest_change():
    """70 to 89: no weighting reaches 90 and none falls below 70."""
    stuck = [F(89), F(80), F(70)], [F(1), F(1), F(1)], Stretch(F(70), F(90))
    assert safe_radius(*stuck) is None
    assert [nearest_weight(*stuck, up=up) for up in (True, False)] == [None, None]


def test_beyond_a_hundred_percent_no_weight_falls_below_zero():
    """90, 80, 70 alike: 80. For 89 the first needs 9/10, the second 1/10: the first grows by 170 %."""
    assert safe_radius([F(90), F(80), F(70)], [F(1)] * 3, Stretch(None, F(89))) == Radius(F(17, 10), closed=False)
    assert safe_radius([F(90), F(80), F(70)], [F(1)] * 3, Stretch(None, F(90))) == Radius(F(2), closed=False)


def test_the_area_of_two_components_is_a_length():
    """Between 95 and 75 the score is 75 + 20t: a quarter of the way down reaches 90, half 85."""
    assert share_of_weightings([F(95), F(75)], [F(90), F(80)]) == (F(1, 4), F(1, 2), F(1, 4))


def test_a_middle_value_on_the_line_halves_nothing():
    """95, 85, 75 against 85: by symmetry one half."""
    assert shares_reaching([F(95), F(85), F(75)], F(85)) == F(1, 2)


# Oracles


@given(units(), st.data())
@settings(deadline=None)
def test_an_interval_holds_exactly_the_shares_that_keep_the_grade(unit, data):
    xs, ws, stretch = unit
    index = data.draw(st.integers(0, len(xs) - 1))
    interval = safe_interval(xs, ws, index, stretch)
    edges = [interval.low, interval.high]
    for share in [F(n, 60) for n in range(61)] + edges + [e + d for e in edges for d in (F(1, 10**9), -F(1, 10**9))]:
        if 0 <= share <= 1:
            assert interval.holds(share) == stretch.holds(score(xs, moved(ws, index, share)))
    assert interval.holds(normalised(ws)[index])


def best_within(xs: list[Fraction], w: tuple[Fraction, ...], radius: Fraction) -> Fraction:
    """The greatest score with every weight within ±radius (never negative), summing to 1: over all corners.

    A corner of the box cut by the sum has every weight but one at an end; the last makes up the sum.
    """
    ends = [(max(share * (1 - radius), F(0)), share * (1 + radius)) for share in w]
    found = []
    for free in range(len(w)):
        for others in product(*(ends[k] for k in range(len(w)) if k != free)):
            rest = 1 - sum(others)
            if ends[free][0] <= rest <= ends[free][1]:
                corner = [*others[:free], rest, *others[free:]]
                found.append(sum(x * share for x, share in zip(xs, corner, strict=True)))
    return max(found)


@given(units())
@settings(deadline=None)
def test_the_radius_is_where_a_corner_of_the_box_first_crosses_a_line(unit):
    xs, ws, stretch = unit
    w, radius = normalised(ws), safe_radius(xs, ws, stretch)
    reach = radius.value if radius else F(10**6)
    most, least = best_within(xs, w, reach), -best_within([-x for x in xs], w, reach)
    if radius is None:
        assert stretch.holds(most) and stretch.holds(least)  # noqa: PT018
    elif radius.closed:
        assert stretch.holds(most) and least == stretch.low  # noqa: PT018
        assert -best_within([-x for x in xs], w, reach + F(1, 10**6)) < stretch.low
    else:
        assert most == stretch.high
        assert stretch.low is None or least >= stretch.low
    if radius and radius.value > F(1, 10**6):
        less = reach - F(1, 10**6)
        assert stretch.holds(best_within(xs, w, less))
        assert stretch.holds(-best_within([-x for x in xs], w, less))


@given(units())
@settings(deadline=None)
def test_up_to_a_hundred_percent_the_radius_is_gap_over_spread(unit):
    xs, ws, stretch = unit
    w, radius = normalised(ws), safe_radius(xs, ws, stretch)
    assume(radius is not None and radius.value <= 1)
    spread = min(sum(share * abs(x - m) for x, share in zip(xs, w, strict=True)) for m in xs)
    total = score(xs, ws)
    gaps = [total - stretch.low] if stretch.low is not None else []
    gaps += [stretch.high - total] if stretch.high is not None else []
    assert radius.value in [gap / spread for gap in gaps]


@given(units(), st.booleans())
@settings(deadline=None)
def test_a_nearest_weight_flips_and_one_hundredth_of_a_percent_less_does_not(unit, up):
    xs, ws, stretch = unit
    change = nearest_weight(xs, ws, stretch, up)
    line = stretch.high if up else stretch.low
    if change is None:
        singles = [score(xs, moved(ws, k, to)) for k in range(len(xs)) for to in (F(0), F(1))]
        assert line is None or not any(total >= line if up else total < line for total in singles)
        return
    assert (score(xs, change.weights) >= line) == up
    back = F(1, 10_000) * (1 if change.to < normalised(ws)[change.index] else -1)
    assert stretch.holds(score(xs, moved(ws, change.index, change.to + back)))


def divided_differences(xs: list[Fraction], line: Fraction) -> Fraction:
    """Σ (xᵢ − line)₊ⁿ⁻¹ ÷ Π (xᵢ − xⱼ): the classical sum for distinct values (Curry and Schoenberg 1966)."""
    total = F(0)
    for i, x in enumerate(xs):
        if x > line:
            term = (x - line) ** (len(xs) - 1)
            for j, other in enumerate(xs):
                term /= (x - other) if j != i else 1
            total += term
    return total


@given(st.lists(st.integers(400, 1000), min_size=2, max_size=19, unique=True), st.integers(400, 1000))
@settings(deadline=None)
def test_shares_equal_the_divided_differences_of_up_to_nineteen_values(tenths, line):
    xs = [F(n, 10) for n in tenths]
    assume(line not in tenths)
    assert shares_reaching(xs, F(line, 10)) == divided_differences(xs, F(line, 10))


@given(st.lists(st.integers(60, 100).map(F), min_size=1, max_size=5))
def test_shares_of_all_grades_sum_to_one_and_the_order_of_components_does_not_matter(xs):
    shares = share_of_weightings(xs, LINES)
    assert sum(shares) == 1
    assert min(shares) >= 0
    assert shares == share_of_weightings(xs[::-1], LINES)


@pytest.mark.parametrize("share", [F(0), F(1, 4), F(1)])
def test_moving_a_weight_keeps_the_proportions_of_the_others(share):
    assert moved([F(40), F(20), F(40)], 0, share) == (share, (1 - share) / 3, (1 - share) * 2 / 3)


@pytest.mark.parametrize(("value", "closed", "said"), [
    ("0.70185", False, "70.1"),
    ("0.25", True, "25"),
    ("0.25", False, "24.9"),  # at 25 % exactly the grade changes, and 以内 includes it
    ("0.001", False, None),
    ("0.0019", False, "0.1"),
    ("0", True, None),
])  # fmt: skip
def test_a_radius_is_said_in_tenths_that_keep_the_grade(value, closed, said):
    assert Radius(Fraction(value), closed).within == (said and Fraction(said))
