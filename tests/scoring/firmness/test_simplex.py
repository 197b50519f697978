"""Shares in bulk and near the document's weights, against oracles that share no formula with them.

The whole simplex: rational divided differences (Curry–Schoenberg: the part above a line is a divided difference of
truncated powers). Three weights: the areas of rational polygons, clipped edge by edge. More: seeded sampling.
"""

from __future__ import annotations

from fractions import Fraction
from math import isclose
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.firmness.neighbourhood import TooManyTerms, local_shares
from scoring.firmness.simplex import reaching
from scoring.firmness.weightings import share_of_weightings, shares_reaching

F = Fraction
Point = tuple[Fraction, Fraction]
marks = st.integers(600, 1000).map(lambda n: F(n, 10))


def divided_difference(values: list[Fraction], line: Fraction) -> Fraction:
    """The part of the simplex with Σ w x ≥ line for distinct values: Σ (xᵢ − line)₊ⁿ⁻¹ ÷ Π (xᵢ − xⱼ)."""
    whole = F(0)
    for i, x in enumerate(values):
        if x > line:
            below = F(1)
            for j, other in enumerate(values):
                below *= x - other if j != i else 1
            whole += (x - line) ** (len(values) - 1) / below
    return whole


def clipped(polygon: list[Point], a: Fraction, b: Fraction, c: Fraction) -> list[Point]:
    """The part of a convex polygon with a·x + b·y ≥ c (Sutherland & Hodgman 1974)."""
    kept: list[Point] = []
    for k, (x, y) in enumerate(polygon):
        before_x, before_y = polygon[k - 1]
        before, now = a * before_x + b * before_y - c, a * x + b * y - c
        if before * now < 0:
            t = before / (before - now)
            kept.append((before_x + t * (x - before_x), before_y + t * (y - before_y)))
        if now >= 0:
            kept.append((x, y))
    return kept


def area(polygon: list[Point]) -> Fraction:
    return (
        sum((x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True)), F(0))
        / 2
    )


def by_clipping(values: list[Fraction], lines: list[Fraction], polygon: list[Point]) -> list[Fraction]:
    """Parts of a polygon of (w₁, w₂), w₃ being the rest, that reach the first line, the second and not the first, …"""
    x1, x2, x3 = values
    above = [area(clipped(polygon, x1 - x3, x2 - x3, line - x3)) / area(polygon) for line in lines]
    return [after - before for before, after in zip([F(0), *above], [*above, F(1)], strict=True)]


TRIANGLE = [(F(0), F(0)), (F(1), F(0)), (F(0), F(1))]


def hexagon(weights: list[Fraction], delta: Fraction) -> list[Point]:
    """The weightings of three within ±delta: the triangle cut by six edges."""
    found = TRIANGLE
    for a, b, middle in ((F(1), F(0), weights[0]), (F(0), F(1), weights[1]), (F(-1), F(-1), weights[2] - 1)):
        found = clipped(clipped(found, a, b, middle - delta), -a, -b, -middle - delta)
    return found


@given(st.lists(marks, min_size=3, max_size=3, unique=True), marks)
def test_three_values_have_the_areas_of_clipped_polygons(values, line):
    lines = [line, line - 10]
    assert list(share_of_weightings(values, lines)) == by_clipping(values, lines, TRIANGLE)


@given(st.lists(marks, min_size=19, max_size=19, unique=True), marks)
def test_nineteen_values_have_the_volume_of_the_divided_difference(values, line):
    wanted = divided_difference(values, line)
    assert shares_reaching(values, line) == wanted
    bulk = reaching(np.array([float(value) for value in values]), np.array(float(line)))
    assert isclose(float(bulk), float(wanted), abs_tol=1e-12)


@given(
    st.lists(
        st.lists(st.sampled_from([F(95), F(85), F(75), F(60), F(80)]), min_size=5, max_size=5), min_size=1, max_size=6
    ),
    marks,
)
def test_in_bulk_every_unit_has_the_share_it_has_alone(units, line):
    lines = np.array([[float(line), 80.0]] * len(units))
    found = reaching(np.array([[[float(x) for x in unit]] * 2 for unit in units]), lines)
    for row, unit in zip(found, units, strict=True):
        assert isclose(row[0], float(shares_reaching(unit, line)), abs_tol=1e-12)
        assert isclose(row[1], float(shares_reaching(unit, F(80))), abs_tol=1e-12)


def test_a_value_on_the_line_reaches_it_under_every_weighting_if_all_do():
    assert reaching(np.array([90.0, 90.0]), np.array(90.0)) == 1
    assert reaching(np.array([90.0]), np.array(90.0)) == 1
    assert reaching(np.array([89.0]), np.array(90.0)) == 0
    assert reaching(np.array([80.0, 90.0]), np.array(90.0)) == 0


@given(
    st.lists(marks, min_size=3, max_size=3),
    st.lists(st.integers(0, 20).map(F), min_size=3, max_size=3).filter(any),
    st.sampled_from([F(1, 100), F(1, 20), F(1, 10), F(1, 2), F(1)]),
    marks,
)
def test_near_the_weights_three_values_have_the_areas_of_clipped_hexagons(values, weights, delta, line):
    whole = sum(weights)
    weights = [weight / whole for weight in weights]
    lines = [line, line - 10]
    assert list(local_shares(values, weights, delta, lines)) == by_clipping(values, lines, hexagon(weights, delta))


@given(st.lists(marks, min_size=1, max_size=6), st.sampled_from([F(0), F(1, 20), F(1, 4)]), marks)
def test_shares_near_the_weights_are_parts_of_one(values, delta, line):
    shares = local_shares(values, [F(k + 1) for k in range(len(values))], delta, [line, line - 10])
    assert sum(shares) == 1
    assert all(0 <= share <= 1 for share in shares)


@given(st.lists(marks, min_size=2, max_size=5), marks)
def test_within_a_whole_point_of_everything_near_is_everywhere(values, line):
    """±100 points around any weights is the whole simplex."""
    assert local_shares(values, [F(1)] * len(values), F(1), [line]) == share_of_weightings(values, [line])


def test_two_weights_within_ten_points_worked_by_hand():
    """100, 80 under 60/40: w₁ from 0.5 to 0.7 within 10 points, 90 needs half, 93 needs 0.65: a quarter of the way."""
    assert local_shares([F(100), F(80)], [F(60), F(40)], F(1, 10), [F(93), F(90)]) == (F(1, 4), F(3, 4), 0)


def test_no_play_at_all_is_the_weights_themselves():
    assert local_shares([F(100), F(80)], [F(1), F(1)], F(0), [F(90), F(80)]) == (1, 0, 0)
    assert local_shares([F(85)], [F(1)], F(1, 10), [F(90), F(80)]) == (0, 1, 0)


def test_many_weights_alike_are_added_up_and_agree_with_sampling():
    random = Random(7)
    values = [F(random.choice([95, 85, 75, 60])) for _ in range(19)]
    line, delta = F(sum(values), 19) + F(1, 10), F(2, 100)
    reached = float(local_shares(values, [F(1)] * 19, delta, [line])[0])
    draws = np.random.default_rng(7)
    steps = draws.uniform(-0.02, 0.02, (400_000, 19))
    steps[:, -1] = -steps[:, :-1].sum(axis=1)
    steps = steps[abs(steps[:, -1]) <= 0.02]
    sampled = ((1 / 19 + steps) @ np.array([float(x) for x in values]) >= float(line)).mean()
    assert abs(reached - sampled) < 5 * (0.25 / len(steps)) ** 0.5


def test_of_many_weights_a_sliver_is_neither_nothing_nor_all():
    """19 alike within ±2 points: nine with 100 gain 2 points each at most and ten with 0 lose as much, which comes to
    900/19 + 18. A hair below is in reach of a part too small for a float beside 1, at the end itself of none."""
    values, most = [F(100)] * 9 + [F(0)] * 10, F(900, 19) + 18
    share = local_shares(values, [F(1)] * 19, F(1, 50), [most - F(1, 10**6)])
    assert 0 < share[0] < F(1, 10**12)
    assert local_shares(values, [F(1)] * 19, F(1, 50), [most]) == (0, 1)
    least = F(900, 19) - 18
    assert local_shares(values, [F(1)] * 19, F(1, 50), [least]) == (1, 0)
    assert 0 < local_shares(values, [F(1)] * 19, F(1, 50), [least + F(1, 10**6)])[1] < F(1, 10**12)


def test_weights_too_many_and_too_unlike_are_refused():
    with pytest.raises(TooManyTerms):
        local_shares([F(60) + F(k * k, 7) for k in range(24)], [F(100 + k * k) for k in range(24)], F(1, 25), [F(80)])
