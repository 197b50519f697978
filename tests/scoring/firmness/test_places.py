"""Places: worked by hand, and held against the engine's own ranking at every share that could matter."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.form import Form, form
from scoring.firmness.places import Ordering, expected_rank, expected_ranks, mean_places, pairwise_share, place_interval
from scoring.firmness.weightings import moved
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.trial import component_level
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction


def sheets(marks: dict[str, tuple[str, str, str]]) -> list[Sheet]:
    return [
        Sheet(unit, component, (Mark(None, score=F(value)),))
        for unit, values in marks.items()
        for component, value in zip(COUNTED, values, strict=True)
    ]


def forms(scheme: Scheme, marks: dict[str, tuple[str, str, str]], told=()) -> dict[str, Form]:
    level = component_level(scheme)
    assert level
    results = assess(scheme, sheets(marks), told)
    found = {unit: form(scheme, results.of(unit), level) for unit in marks}
    return {unit: line for unit, line in found.items() if line}


def interval(scheme: Scheme, marks: dict[str, tuple[str, str, str]], unit: str, index: int, told=()):
    known = forms(scheme, marks, told)
    rivals = [line for name, line in known.items() if name != unit]
    return place_interval(Ordering.of(scheme), known[unit], rivals, index)


A, B, C = UNITS[:3]


def test_the_worked_case_of_two_units_changes_places_where_their_rounded_scores_meet():
    """40/30/30. Along 交叉考核 t, A = 85.5 + 6.5t and B = 87 + 3t: at 40 % 88.10 and 88.20, B is ahead. Exactly, they meet at
    3/7. Rounded, A comes to 88.28 where it is 88.275, at t = 2.775/6.5 = 111/260, and B, at 88.2807…, is 88.28 too. Before
    that A is always a hundredth short: as 88.27 from 88.265 (t = 0.4254) on, where B is past 88.275 (t = 0.425)."""
    found = interval(COUNTY, {A: ("92", "86", "85"), B: ("90", "87", "87")}, A, 0)
    assert (found.low, found.low_closed) == (0, True)
    assert (found.high, found.high_closed) == (F(111, 260), False)


def test_a_rival_that_crosses_a_line_takes_the_place_though_no_score_does():
    """A is held at 较好 by 记过 whatever it scores and is ahead of B by score; B is placed before A once it is 好.

    B = 88 + 5t (93 against 88, 88): 89.995 at t = 0.399, just below the 40 % of now, where B is 好 and ahead. Below, by score
    A is ahead of B."""
    marks = {A: ("95", "95", "95"), B: ("93", "88", "88")}
    found = interval(COUNTY, marks, A, 0, [Fact(A, "sanction", "记过")])
    assert (found.low, found.low_closed) == (F(399, 1000), True)
    assert (found.high, found.high_closed) == (1, True)


def test_units_with_equal_marks_share_a_place_under_any_weights():
    found = interval(COUNTY, {A: ("92", "86", "85"), B: ("92", "86", "85")}, A, 1)
    assert (found.low, found.high, found.low_closed, found.high_closed) == (0, 1, True, True)
    known = forms(COUNTY, {A: ("92", "86", "85"), B: ("92", "86", "85")})
    assert pairwise_share(known[A], known[B]) == F(1, 2)
    assert expected_rank(known[A], [known[B]]) == F(3, 2)


def test_a_unit_alone_keeps_its_place():
    found = interval(COUNTY, {A: ("92", "86", "85")}, A, 2)
    assert (found.low, found.high) == (0, 1)
    assert expected_rank(forms(COUNTY, {A: ("92", "86", "85")})[A], []) == 1


def test_expected_places_of_a_worked_case():
    """A − B is 2, −1, −2: of the simplex the part where 2w₁ ≥ w₂ + 2w₃, that is a corner at w₁ cut at 1/3 and 1/2 of the edges
    to w₂ and w₃: (1 − 1/3)(1 − 1/2) = 1/3."""
    known = forms(COUNTY, {A: ("92", "86", "85"), B: ("90", "87", "87")})
    assert pairwise_share(known[A], known[B]) == F(1, 3)
    assert pairwise_share(known[B], known[A]) == F(2, 3)
    assert expected_rank(known[A], [known[B]]) == F(5, 3)


def placed(scheme: Scheme, marks, told, unit: str, index: int, share: Fraction) -> tuple[int, ...]:
    """How the engine places every rival to the unit: before, with, behind."""
    weights = moved(tuple(scheme.weights.values()), index, share)
    results = assess(scheme.replace(weights=dict(zip(scheme.weights, weights, strict=True))), sheets(marks), told)
    own = results.of(unit).rank
    return tuple((results.of(other).rank > own) - (results.of(other).rank < own) for other in marks)


close = st.sampled_from([F(n, 100) for n in range(8990, 9010)] + [F(n, 4) for n in range(300, 392)])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(close, close, close), min_size=2, max_size=4),
    st.sampled_from([("grade", "score"), ("score",), ("grade",)]),
    st.sampled_from([{"total": 2}, {"total": 0}, {"total": 2, "mode": "none"}]),
    st.integers(0, 2),
    st.booleans(),
)
def test_within_the_interval_the_engine_orders_everyone_as_now_and_beyond_it_no_more(marks, by, rounding, index, held):
    scheme = COUNTY.with_elements(rank={"by": by, "assumed": "试算"}, rounding={**rounding, "assumed": "试算"})
    handed_in = dict(zip(UNITS, marks, strict=False))
    told = [Fact(A, "sanction", "记过")] if held else []
    found = interval(scheme, handed_in, A, index, told)
    weights = tuple(scheme.weights.values())
    now = placed(scheme, handed_in, told, A, index, weights[index] / sum(weights))
    for part in range(11):
        share = F(part, 10)
        if found.holds(share):
            assert placed(scheme, handed_in, told, A, index, share) == now
    for end, closed, way in ((found.low, found.low_closed, -1), (found.high, found.high_closed, 1)):
        assert (placed(scheme, handed_in, told, A, index, end) == now) == closed
        beyond = end + way * F(1, 10**12)
        if 0 <= beyond <= 1:
            assert placed(scheme, handed_in, told, A, index, beyond) != now


@pytest.mark.parametrize("seed", range(3))
def test_pairwise_shares_are_those_of_a_fine_grid_of_weightings(seed):
    """Counted on all weightings in hundredths, ties halved; a grid of 5,151 points is off by less than its border, 3 %."""
    from random import Random

    random = Random(seed)
    marks = {unit: tuple(F(random.randint(700, 960), 10) for _ in range(3)) for unit in (A, B)}
    known = forms(COUNTY, marks)
    counted = F(0)
    grid = [(i, j, 100 - i - j) for i in range(101) for j in range(101 - i)]
    for weights in grid:
        gap = sum(w * (x - y) for w, x, y in zip(weights, known[A].values, known[B].values, strict=True))
        counted += F(1) if gap > 0 else F(1, 2) if gap == 0 else 0
    assert abs(float(counted / len(grid) - pairwise_share(known[A], known[B]))) < 0.03


def test_in_floats_expected_places_are_the_exact_ones():
    """A third unit with A's marks: it and A share a place with each other under every weighting."""
    known = forms(COUNTY, {A: ("92", "86", "85"), B: ("90", "87", "87"), C: ("92", "86", "85")})
    exactly = expected_ranks([*known.values()])
    assert mean_places([*known.values()]) == pytest.approx([float(place) for place in exactly], abs=1e-9)
    assert exactly == [F(13, 6), F(5, 3), F(13, 6)]
