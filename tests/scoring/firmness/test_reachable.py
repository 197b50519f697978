"""The least and the greatest score near the document's weights: worked by hand, and no random weighting beyond them."""

from __future__ import annotations

from fractions import Fraction as Q

from hypothesis import given
from hypothesis import strategies as st

from scoring.firmness.form import Form
from scoring.firmness.neighbourhood import extremes
from scoring.firmness.reachable import holds_near
from scoring.firmness.weightings import Stretch

WORKED = (Q(92), Q(86), Q(85)), (Q(40), Q(30), Q(30))
TWENTIETH = Q(1, 20)


def line(values, weights, low=None, high=None) -> Form:
    shares = tuple(Q(w) / sum(weights) for w in weights)
    lines = tuple(each for each in (high, low) if each is not None)
    return Form(
        tuple("abc"[: len(values)]), tuple(map(Q, values)), shares, Q(0), lines, tuple("甲乙丙"[: len(lines) + 1]),
        ("甲", "乙", "丙"), Stretch(low, high),
    )  # fmt: skip


def test_the_worked_unit_comes_to_88_45_at_most_and_87_75_at_least():
    # 45/30/25: 41.4 + 25.8 + 21.25; 35/30/35: 32.2 + 25.8 + 29.75
    assert extremes(*WORKED, TWENTIETH) == (Q("87.75"), Q("88.45"))


def test_no_weight_falls_below_zero():
    # 2 % may go down to 0 only: 7/93 and 0/100
    assert extremes((Q(100), Q(0)), (Q(2), Q(98)), TWENTIETH) == (Q(0), Q(7))


def test_a_single_weight_stays_everything():
    assert extremes((Q(80),), (Q(3),), TWENTIETH) == (Q(80), Q(80))


def test_a_line_that_the_best_weighting_just_reaches_is_not_held():
    assert holds_near(line((92, 86, 85), (40, 30, 30), high=Q("88.46")))
    assert not holds_near(line((92, 86, 85), (40, 30, 30), high=Q("88.45")))


def test_a_line_that_the_worst_weighting_just_reaches_is_held():
    assert holds_near(line((92, 86, 85), (40, 30, 30), low=Q("87.75")))
    assert not holds_near(line((92, 86, 85), (40, 30, 30), low=Q("87.76")))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), min_size=2, max_size=6), st.randoms())
def test_no_weighting_near_comes_beyond(pairs, chance):
    values, weights = [Q(value) for value, _ in pairs], [Q(weight) for _, weight in pairs]
    shares = [weight / sum(weights) for weight in weights]
    low, high = extremes(values, weights, TWENTIETH)
    here = list(shares)
    for _ in range(20):  # weight handed from one to another, within the bounds of both
        i, j = chance.sample(range(len(here)), 2)
        most = min(here[i] - max(shares[i] - TWENTIETH, 0), shares[j] + TWENTIETH - here[j])
        part = most * Q(chance.randint(0, 4), 4)
        here[i], here[j] = here[i] - part, here[j] + part
        assert low <= sum(x * w for x, w in zip(values, here, strict=True)) <= high
