"""Intervals and radius against a dense exact scan: the document's arithmetic written out once more, weighting by weighting."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.grade import firmness
from scoring.marks import Fact, Mark, Sheet
from tests.scoring.strategies import AROUND_LINES, COUNTED, COUNTY, UNITS

F = Fraction
UNIT = UNITS[0]
GRADES = ("好", "较好", "一般", "较差")
Weights = tuple[Fraction, ...]


def graded(marks: Weights, weights: Weights, held: bool) -> str:
    """Rounded half-up to two places, 90/80/70, and not 好 after 记过."""
    total = sum(w * x for w, x in zip(weights, marks, strict=True)) / sum(weights)
    score = F((total * 100 + F(1, 2)).__floor__(), 100)
    place = sum(score < line for line in (90, 80, 70))
    return GRADES[max(place, int(held))]


def with_share(weights: Weights, index: int, share: Fraction) -> Weights:
    """One weight at a share of all; what is left goes to the others as they were, alike where they were nothing."""
    others = [F(0) if k == index else w for k, w in enumerate(weights)]
    others = others if any(others) else [F(k != index) for k in range(len(weights))]
    return tuple(share if k == index else (1 - share) * w / sum(others) for k, w in enumerate(others))


def corners(weights: Weights, radius: Fraction) -> list[Weights]:
    """Every corner of the box of ±radius of each weight, never negative, in which the weights keep their sum."""
    ends = [(max(w * (1 - radius), F(0)), w * (1 + radius)) for w in weights]
    found = []
    for free in range(len(weights)):
        for chosen in product(*(ends[k] for k in range(len(weights)) if k != free)):
            rest = sum(weights) - sum(chosen)
            if ends[free][0] <= rest <= ends[free][1]:
                found.append((*chosen[:free], rest, *chosen[free:]))
    return found


mark = st.one_of(st.sampled_from(AROUND_LINES), st.integers(500, 1000).map(lambda n: F(n, 10)))
units = st.tuples(
    st.tuples(mark, mark, mark),
    st.tuples(*[st.integers(0, 6).map(lambda n: F(10 * n))] * 3).filter(any),
    st.booleans(),
)


def measured(marks: Weights, weights: Weights, held: bool):
    scheme = COUNTY.replace(weights=dict(zip(COUNTED, weights, strict=True)))
    sheets = [Sheet(UNIT, name, (Mark(None, score=x),)) for name, x in zip(COUNTED, marks, strict=True)]
    told = [Fact(UNIT, "sanction", "记过")] if held else []
    return firmness(scheme, assess(scheme, sheets, told).of(UNIT))


@settings(max_examples=25, deadline=None)
@given(units)
def test_an_interval_holds_the_shares_that_keep_the_grade_and_no_others(unit):
    marks, weights, held = unit
    firm, now = measured(*unit), graded(marks, weights, held)
    for k, interval in enumerate(firm.intervals.values()):
        ends = [end + way * F(1, 10**9) for end in (interval.low, interval.high) for way in (-1, 0, 1)]
        for share in [F(n, 250) for n in range(251)] + ends:
            if 0 <= share <= 1:
                assert interval.holds(share) == (graded(marks, with_share(weights, k, share), held) == now)


@settings(max_examples=40, deadline=None)
@given(units)
def test_within_the_radius_no_corner_of_the_box_changes_the_grade_and_just_beyond_one_does(unit):
    """A straight line is least and greatest at corners (the linear programme by its vertices)."""
    marks, weights, held = unit
    firm, now = measured(*unit), graded(marks, weights, held)
    hair = F(1, 10**9)
    if firm.radius is None:
        assert all(graded(marks, corner, held) == now for corner in corners(weights, F(10**6)))
        return
    value, closed = firm.radius.value, firm.radius.closed
    assert any(graded(marks, corner, held) != now for corner in corners(weights, value + hair))
    if closed or value > hair:
        inside = value if closed else value - hair
        assert all(graded(marks, corner, held) == now for corner in corners(weights, inside))


@settings(max_examples=40, deadline=None)
@given(units)
def test_the_nearest_weight_changes_the_grade_and_no_weight_does_so_a_step_nearer(unit):
    marks, weights, held = unit
    firm, place = measured(*unit), GRADES.index(graded(marks, weights, held))
    for move, way in ((firm.up, -1), (firm.down, 1)):
        far = abs(move.to - move.before) - F(1, 10_000) if move else F(1)
        if move:
            then = graded(marks, tuple(move.weights.values()), held)
            assert (GRADES.index(then) - place) * way > 0
            assert then == move.grade
        for k, weight in enumerate(weights):
            for to in (weight / sum(weights) - far, weight / sum(weights) + far):
                if far >= 0 and 0 <= to <= 1:
                    then = graded(marks, with_share(weights, k, to), held)
                    assert (GRADES.index(then) - place) * way <= 0
