"""Exact chances on tables small enough to count by hand, on published critical values, and by listing every way there is."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.scale_counts import drawn, spread
from scoring.scale_tests import (
    ALPHA,
    LEAST,
    MOST_RANKED,
    double_ranks,
    family,
    holm,
    pools_of,
    share_test,
    sign_test,
    signed_rank,
)

WILCOXON = {6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 11: 10, 12: 13, 13: 17, 14: 21, 15: 25, 16: 29, 17: 34, 18: 40, 19: 46, 20: 52}  # fmt: skip
"""Greatest T significant at 5 %, two-tailed, by number of untied pairs: the usual published table (Wilcoxon & Wilcox 1964)."""

steps = st.integers(-3, 3)


def counted(higher: int, lower: int) -> list[int]:
    return [1] * higher + [-1] * lower


@pytest.mark.parametrize(
    ("higher", "lower", "chance"),
    [
        (7, 0, Fraction(1, 64)),  # 2 of 2⁷ = 128 ways
        (6, 0, Fraction(1, 32)),
        (5, 0, Fraction(1, 16)),  # 6.25 %: five can never reach 5 %
        (12, 1, Fraction(7, 2048)),  # 2·(1 + 13) of 8192
        (9, 1, Fraction(11, 512)),  # 2·(1 + 10) of 1024
        (3, 3, Fraction(1)),
        (0, 0, Fraction(1)),
    ],
)
def test_the_sign_test_counts_coins(higher: int, lower: int, chance: Fraction) -> None:
    assert sign_test(higher, lower) == chance


def test_six_untied_items_are_the_fewest_that_can_say_anything() -> None:
    assert sign_test(LEAST, 0) <= ALPHA < sign_test(LEAST - 1, 0)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_sign_test_is_a_chance_and_looks_both_ways_alike(higher: int, lower: int) -> None:
    assert 0 < sign_test(higher, lower) <= 1
    assert sign_test(higher, lower) == sign_test(lower, higher)


@given(st.integers(0, 12), st.integers(0, 12))
def test_the_sign_test_is_the_signed_rank_test_where_all_are_one_grade_apart(higher: int, lower: int) -> None:
    assert signed_rank(counted(higher, lower)) == sign_test(higher, lower)


def test_equal_sizes_share_their_mean_rank() -> None:
    assert double_ranks([1, 1, 2]) == [3, 3, 6]
    assert double_ranks([2, 1, 1, 1, 3]) == [8, 4, 4, 4, 10]


def test_the_signed_rank_test_counts_every_signing() -> None:
    """Ranks 1, 2, 3 all plus: only all plus and all minus lie as far, 2 of 8. Ranks +1, +2, −3 sum to 3 of 6: no evidence."""
    assert signed_rank([1, 2, 3]) == Fraction(1, 4)
    assert signed_rank([1, 2, -3]) == 1


@pytest.mark.parametrize(("count", "critical"), WILCOXON.items())
def test_the_signed_rank_test_agrees_with_the_published_table(count: int, critical: int) -> None:
    assert signed_rank(with_smaller_sum(count, critical)) <= ALPHA < signed_rank(with_smaller_sum(count, critical + 1))


def with_smaller_sum(count: int, wanted: int) -> list[int]:
    """Differences 1 … count of which the negative ones' ranks sum to ``wanted``, the largest taken first."""
    found = []
    for rank in range(count, 0, -1):
        negative = rank <= wanted
        wanted -= rank * negative
        found.append(-rank if negative else rank)
    return found


def by_listing_signs(differences: list[int]) -> Fraction:
    untied = [value for value in differences if value]
    ranks = double_ranks([abs(value) for value in untied])
    sums = [
        sum(rank * sign for rank, sign in zip(ranks, signs, strict=True))
        for signs in product((1, -1), repeat=len(ranks))
    ]
    seen = abs(sum(rank if value > 0 else -rank for rank, value in zip(ranks, untied, strict=True)))
    return Fraction(sum(abs(each) >= seen for each in sums), len(sums))


@given(st.lists(steps, max_size=9))
def test_counting_signings_cleverly_equals_listing_them(differences: list[int]) -> None:
    assert signed_rank(differences) == by_listing_signs(differences)


@given(st.lists(steps, max_size=15), st.integers(0, 10))
def test_ties_change_nothing_and_swapping_the_two_sides_changes_nothing(differences: list[int], ties: int) -> None:
    assert signed_rank(differences) == signed_rank([*differences, *[0] * ties])
    assert signed_rank(differences) == signed_rank([-value for value in differences])
    assert 0 < signed_rank(differences) <= 1


def test_a_long_list_of_differences_is_not_ranked() -> None:
    assert signed_rank([1] * MOST_RANKED + [0]) == Fraction(2, 2**MOST_RANKED)
    assert signed_rank([1] * (MOST_RANKED + 1)) is None


def test_a_group_is_held_against_the_others_item_by_item() -> None:
    """One of three groups +1 on one item, the others 0: one way of three. On two such items: one way of nine."""
    assert share_test([([1], [0, 0])]) == Fraction(1, 3)
    assert share_test([([1], [0, 0]), ([1], [0, 0])]) == Fraction(1, 9)


def test_against_one_other_group_it_is_a_flip_of_each_item() -> None:
    """Two groups, four items on which the one is a grade above the other: all four one way or the other, 2 of 16."""
    assert share_test([([1], [0])] * 4) == Fraction(1, 8)


def test_items_on_which_the_groups_do_not_differ_say_nothing() -> None:
    column = ([1], [0, 0])
    assert share_test([column, ([1], [1, 1]), ([0], [0])]) == share_test([column])
    assert share_test([]) == 1


def by_listing_shares(columns: list[tuple[list[int], list[int]]]) -> Fraction:
    shares = [[sum(each) for each in combinations([*own, *rest], len(own))] for own, rest in columns]
    mean = sum((Fraction(sum(each), len(each)) for each in shares), Fraction(0))
    seen = abs(sum(sum(own) for own, _ in columns) - mean)
    ways = [abs(sum(each) - mean) >= seen for each in product(*shares)]
    assert len(ways) == prod(comb(len(own) + len(rest), len(own)) for own, rest in columns)
    return Fraction(sum(ways), len(ways))


columns = st.lists(
    st.tuples(st.lists(steps, min_size=1, max_size=2), st.lists(steps, min_size=1, max_size=3)), max_size=4
)


@settings(deadline=None)
@given(columns)
def test_counting_shares_cleverly_equals_listing_them(given_columns: list[tuple[list[int], list[int]]]) -> None:
    assert share_test(given_columns) == by_listing_shares(given_columns)


@settings(deadline=None)
@given(columns)
def test_the_least_chance_is_that_of_the_most_lopsided_of_all_outcomes(
    given_columns: list[tuple[list[int], list[int]]],
) -> None:
    shares = [[sum(each) for each in combinations([*own, *rest], len(own))] for own, rest in given_columns]
    sums = [sum(each) for each in product(*shares)]
    mean = Fraction(sum(sums), len(sums))
    farthest = max(abs(each - mean) for each in sums)
    assert spread(pools_of(given_columns)).least == Fraction(
        sum(abs(each - mean) == farthest for each in sums), len(sums)
    )


def test_drawing_two_of_three_values_counts_each_way() -> None:
    """−1 + 0, −1 + 2 and 0 + 2: once each to −1, 1 and 2."""
    ways = drawn(((-1, 0, 2), 2))
    assert (ways.low, ways.high, ways.counts) == (-1, 2, (1, 0, 1, 1))


@pytest.mark.parametrize(
    ("least", "able"),
    [
        (["1/32"], {0}),
        (["1/16"], set()),
        (["1/32"] * 2, set()),  # two of them: 1/16
        (["1/32", "1/64"], {1}),  # 1/64 alone can come to 1/40
        (["1/32", "1/64", "1/64"], {1, 2}),
        (["1/128"] * 7, set()),  # 7/128 is over 5 %
        (["1/128"] * 6, set(range(6))),  # 6/128 is not
        (["1/256"] * 7, set(range(7))),
        ([], set()),
    ],
)
def test_only_tests_that_could_tell_are_asked_together(least: list[str], able: set[int]) -> None:
    assert family([Fraction(each) for each in least]) == able


@given(st.lists(st.fractions(Fraction(1, 5000), 1), max_size=9))
def test_each_test_of_a_family_could_be_beyond_chance_among_them(least: list[Fraction]) -> None:
    able = family(least)
    assert all(least[at] * len(able) <= ALPHA for at in able)
    assert all(one in able for one in range(len(least)) if any(least[one] <= least[at] for at in able))


def test_many_questions_asked_at_once_raise_the_bar() -> None:
    chances = (Fraction(1, 2), Fraction(1, 100), Fraction(1, 30))
    assert holm(chances) == (Fraction(1, 2), Fraction(3, 100), Fraction(1, 15))
    assert holm(()) == ()


@given(st.lists(st.fractions(Fraction(1, 1000), 1), max_size=8))
def test_adjusting_keeps_the_order_and_never_lowers_a_chance(chances: list[Fraction]) -> None:
    adjusted = holm(chances)
    assert all(one <= other <= 1 for one, other in zip(chances, adjusted, strict=True))
    assert all(
        adjusted[i] <= adjusted[j] for i in range(len(chances)) for j in range(len(chances)) if chances[i] < chances[j]
    )
