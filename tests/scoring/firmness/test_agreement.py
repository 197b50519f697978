"""τ-b and its chance against all pairs and all permutations, which know no shortcut."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import comb, factorial, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.firmness import agreement as room
from scoring.firmness.agreement import Agreement, agreement, chance, least_chance, ties

F = Fraction


def of(text):
    return [F(mark) for mark in text.split()]


def test_kendalls_own_example_of_two_untied_rankings():
    # Kendall (1938), A new measure of rank correlation: ten men ranked twice, S = 5 of 45 pairs, τ = 0.11.
    found = agreement(of("1 2 3 4 5 6 7 8 9 10"), of("4 7 2 10 3 6 8 1 5 9"))
    assert found == Agreement(5, 45, 45)
    assert found.tau == F("0.11")


def test_ties_as_on_paper():
    # Pairs: 1-2↑↑ 1-3↑↑ 1-4↑↑ 2-3 tied 2-4 (2,3)(3,3) tied 3-4↑↑: 4, of 5 and 5.
    found = agreement(of("1 2 2 3"), of("1 3 2 3"))
    assert found == Agreement(4, 5, 5)
    assert found.tau == F("0.80")
    assert found.at_least(F(4, 5))
    assert not found.at_least(F(81, 100))


def test_tau_is_cut_and_never_rounded_up():
    assert Agreement(2, 3, 3).tau == F("0.66")
    assert Agreement(-2, 3, 3).tau == F("-0.66")
    assert Agreement(0, 0, 3).tau == 0


def test_three_untied_units_agree_by_chance_once_in_six():
    found = agreement(of("1 2 3"), of("7 8 9"))
    assert chance(found, (1, 1, 1), (1, 1, 1)) == F(1, 6) == least_chance((1, 1, 1), (1, 1, 1))


def test_one_of_seven_apart_agrees_by_chance_once_in_seven():
    one = of("1 2 2 2 2 2 2")
    assert chance(agreement(one, one), ties(one), ties(one)) == F(1, 7)


def test_the_chance_of_kendalls_example_is_that_of_the_permutations_with_as_many_inversions():
    # Permutations of 10 by inversions (Mahonian numbers): S = 45 − 2·inversions ≥ 5 means 20 inversions at most.
    mahonian = [1]
    for n in range(2, 11):
        mahonian = [sum(mahonian[max(0, k - n + 1) : k + 1]) for k in range(len(mahonian) + n - 1)]
    wanted = F(sum(mahonian[:21]), factorial(10))
    assert chance(Agreement(5, 45, 45), (1,) * 10, (1,) * 10) == wanted


marks = st.integers(0, 3).map(F)
pairs = st.integers(2, 6).flatmap(lambda n: st.tuples(*[st.lists(marks, min_size=n, max_size=n)] * 2))


def brute(one, other):
    return sum(((a > b) - (a < b)) * ((x > y) - (x < y)) for (a, x), (b, y) in combinations(zip(one, other, strict=True), 2))


@given(pairs)
def test_the_score_is_that_of_all_pairs(pair):
    one, other = pair
    found = agreement(one, other)
    assert found.score == brute(one, other)
    assert found.first == sum(a != b for a, b in combinations(one, 2))
    assert found == Agreement(agreement(other, one).score, found.first, found.second)


@settings(max_examples=60)
@given(pairs)
def test_the_chance_is_counted_over_every_permutation(pair):
    one, other = pair
    seen = brute(one, other)
    every = [brute(one, fallen) >= seen for fallen in permutations(other)]
    found = chance(agreement(one, other), ties(one), ties(other))
    assert found == F(sum(every), len(every))
    assert found >= least_chance(ties(one), ties(other))


@settings(max_examples=40)
@given(pairs)
def test_the_bound_for_many_units_is_never_below_the_chance(pair):
    one, other = pair
    found = agreement(one, other)
    assert room._bound(found.score, len(one)) >= chance(found, ties(one), ties(other))


@pytest.mark.parametrize("n", [61, 400])
def test_many_units_that_agree_in_all_are_beyond_chance(n):
    one = [F(k) for k in range(n)]
    found = agreement(one, one)
    assert found.score == comb(n, 2)
    assert chance(found, ties(one), ties(one)) < F(1, 10**6)
    assert chance(Agreement(-3, 3, 3), ties(one), ties(one)) == 1


def test_the_published_tau_b_of_two_tied_rankings():
    # Income by job satisfaction, General Social Survey 1996, in Agresti's textbooks: γ = 482/2180 = 0.221, τ-b = 0.1524.
    table = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
    one = [F(i) for i, row in enumerate(table) for count in row for _ in range(count)]
    other = [F(j) for row in table for j, count in enumerate(row) for _ in range(count)]
    found = agreement(one, other)
    concordant, discordant = 1331, 849
    assert found.score == concordant - discordant
    assert abs(float(found.score) / sqrt(found.first * found.second) - 0.1524) < 0.00005
