"""Rank acceptability: worked cases, the closed forms it must agree with, and what is published about the same simplex.

Sampled figures may be four standard errors from the truth; the seeds are fixed, so that a test that passes goes on passing.
"""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import numpy as np
import pytest

from scoring.assess import assess
from scoring.firmness.acceptability import acceptability, joint, of, said
from scoring.firmness.draws import anywhere, generator, near
from scoring.firmness.form import Form, form
from scoring.firmness.grade import near_shares
from scoring.firmness.places import Ordering, expected_rank
from scoring.firmness.sampled import places_taken
from scoring.firmness.weightings import share_of_weightings
from scoring.marks import Fact, Mark, Sheet
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.trial import ITEMS, component_level, levels
from tests.scoring.strategies import COUNTED, COUNTY, UNITS
from tests.scoring.strategies import ITEMS as NUMBERS

F = Fraction
GROUP = COUNTY.groups[0].id
MARKS = {
    0: ("95", "88", "90"), 1: ("92", "91", "86.5"), 2: ("84", "93", "91"), 3: ("79.5", "86", "81"),
    4: ("90", "90", "90"), 5: ("71", "95", "78"), 6: ("88", "70", "92"),
}  # fmt: skip


def totals(marks: dict[int, tuple[str, ...]]) -> list[Sheet]:
    return [
        Sheet(UNITS[unit], component, (Mark(None, score=F(value)),))
        for unit, values in marks.items()
        for component, value in zip(COUNTED, values, strict=True)
    ]


def ticked(seed: int) -> list[Sheet]:
    """Every unit with ticks of its own in every component."""
    drawn = np.random.default_rng(seed).integers(0, 3, (len(UNITS), len(COUNTED), len(NUMBERS)))
    return [
        Sheet(unit, c, tuple(Mark(no, grade=COUNTY.grades[drawn[u, k, i]]) for i, no in enumerate(NUMBERS)))
        for u, unit in enumerate(UNITS)
        for k, c in enumerate(COUNTED)
    ]


def forms(results: Results, *, rules: bool = False) -> list[Form]:
    level = component_level(results.scheme)
    assert level
    found = [form(results.scheme, unit, level, rules=rules) for unit in results.group(GROUP)]
    return [line for line in found if line]


def within(share: float, wanted: float, count: int) -> bool:
    """Four standard errors, and one weighting where the truth is nothing or everything."""
    return abs(share - wanted) <= 4 * (wanted * (1 - wanted) / count) ** 0.5 + 1 / count


# Weightings drawn


@pytest.mark.parametrize(
    ("terms", "centroid"),
    [
        (2, (0.75, 0.25)),
        (3, (0.6111, 0.2778, 0.1111)),
        (4, (0.5208, 0.2708, 0.1458, 0.0625)),
        (5, (0.4567, 0.2567, 0.1567, 0.0900, 0.0400)),
    ],
)
def test_ordered_weights_have_the_published_centroid(terms, centroid):
    """F. H. Barron, B. E. Barrett, *Decision quality using ranked attribute weights*, Management Science 42 (1996): the
    rank-order centroid, (1/n) Σ 1/k from the place on, is the mean of ordered weightings uniform on the simplex."""
    drawn = -np.sort(-anywhere(generator(1), terms, 200_000), axis=1)
    assert np.allclose(drawn.mean(axis=0), centroid, atol=4 * drawn.std(axis=0).max() / 200_000**0.5 + 5e-5)


def test_a_weight_drawn_anywhere_has_its_beta_distribution():
    """Uniform on the simplex of n, one weight is above t with probability (1 − t)^(n − 1)."""
    drawn = anywhere(generator(2), 19, 100_000)
    assert np.allclose(drawn.sum(axis=1), 1, atol=1e-12)
    for t in (0.01, 0.05, 0.1, 0.2):
        assert within((drawn[:, 7] > t).mean(), (1 - t) ** 18, 100_000)


@pytest.mark.parametrize(
    ("weights", "delta"),
    [
        ((F(2, 5), F(3, 10), F(3, 10)), F(1, 20)),
        ((F(9, 10), F(1, 10), F(0)), F(1, 20)),
        ((F(1), F(0), F(0), F(0)), F(1, 10)),
        ((F(1, 2), F(1, 50), F(12, 25)), F(1, 4)),
    ],
)
def test_near_the_document_every_line_is_reached_as_often_as_the_exact_share_says(weights, delta):
    """The exact part comes from signed simplices (``neighbourhood``), which share nothing with rejection."""
    drawn = near(generator(3), weights, delta, 60_000)
    assert np.allclose(drawn.sum(axis=1), 1, atol=1e-12)
    assert (drawn >= -1e-15).all()
    assert (abs(drawn - np.array([float(w) for w in weights])) <= float(delta) + 1e-12).all()
    scheme_grades = ("上", "中", "下")
    for values in ((95, 80, 70, 60), (60, 95, 80, 88), (70, 61, 99, 75)):
        x = tuple(map(F, values[: len(weights)]))
        mean = sum(w * v for w, v in zip(weights, x, strict=True))
        lines = (mean + F(3, 10), mean - F(1, 2))
        exact = near_shares(Form(("",) * len(x), x, weights, F(0), lines, scheme_grades, scheme_grades, None), delta)  # type: ignore[arg-type]
        scores = drawn @ np.array([float(v) for v in x])
        assert within((scores >= float(lines[0])).mean(), float(exact["上"]), 60_000)
        assert within((scores < float(lines[1])).mean(), float(exact["下"]), 60_000)


def test_nineteen_equal_weights_keep_their_mean_near_the_document():
    drawn = near(generator(4), (F(1, 19),) * 19, F(1, 20), 20_000)
    assert np.allclose(drawn.mean(axis=0), 1 / 19, atol=4 * drawn.std(axis=0).max() / 20_000**0.5)


def test_no_play_at_all_is_the_document_itself():
    assert near(generator(5), (F(3, 5), F(2, 5)), F(0), 3).tolist() == [[0.6, 0.4]] * 3
    assert near(generator(5), (F(1),), F(1, 20), 2).tolist() == [[1.0]] * 2


# Places


def test_places_are_shared_and_the_next_one_is_left_out():
    taken = places_taken(np.array([[5, 3, 3, 9], [1, 1, 1, 1], [4, 3, 2, 1]]))
    places = [dict(zip((row % 4).tolist(), (row // 4 + 1).tolist(), strict=True)) for row in taken]
    assert places == [{0: 3, 1: 1, 2: 1, 3: 4}, {0: 1, 1: 1, 2: 1, 3: 1}, {0: 4, 1: 3, 2: 2, 3: 1}]


def test_two_units_of_two_marks_worked_by_hand():
    """100, 0 against 40, 60: ahead where 100 w > 40 w + 60 (1 − w), that is w > 1/2; 30, 30 is last save where 40 w + 60 (1 − w)
    or 100 w is less: the first never, the second for w < 0.3."""
    found = acceptability(np.array([[100, 0], [40, 60], [30, 30]]), weightings=40_000)
    wanted = [[0.5, 0.2, 0.3], [0.5, 0.5, 0], [0, 0.3, 0.7]]
    assert all(within(found.shares[i, j], wanted[i][j], 40_000) for i in range(3) for j in range(3))
    assert np.allclose(found.shares.sum(axis=1), 1)


def test_each_of_n_criteria_alone_is_first_in_an_nth_of_all_weightings():
    """By symmetry every place is as likely: the units' scores are the weights themselves."""
    found = acceptability(np.eye(6), weightings=60_000)
    assert all(within(share, 1 / 6, 60_000) for share in found.shares.ravel())
    assert np.allclose(found.mean_rank, 3.5, atol=4 * found.mean_rank_errors.max())


def test_units_alike_once_rounded_share_the_better_place():
    values = np.array([[90.004, 90.004], [90.0, 90.0], [80.0, 80.0]])
    assert acceptability(values, places=2).shares.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert acceptability(values).shares.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert acceptability(values[1:] - 85.0, np.array([0.0, 10.0])).shares.tolist() == [[1, 0], [1, 0]]


def test_a_half_is_rounded_up_though_a_float_has_lost_some_of_it():
    level = np.full((1, 19), 89.995)
    higher = np.full((1, 19), 90.0)
    assert acceptability(np.vstack([level, higher]), places=2).shares[0].tolist() == [1, 0]


def test_mean_places_are_the_exact_expected_ranks():
    results = assess(COUNTY.with_elements(rounding=None), totals(MARKS))
    found = of(results, GROUP, rules=False, weightings=40_000)
    assert found is not None
    by_score = acceptability(
        np.array([[float(x) for x in line.values] for line in forms(results)]), weightings=40_000, seed=9
    )
    lines = forms(results)
    for row, line in enumerate(lines):
        wanted = float(expected_rank(line, [other for other in lines if other is not line]))
        for sampled in (found, by_score):
            assert abs(sampled.mean_rank[row] - wanted) <= 4 * sampled.mean_rank_errors[row]


def test_grades_have_their_exact_shares():
    results = assess(COUNTY, totals(MARKS), [Fact(UNITS[0], "sanction", "记过")])
    for rules in (True, False):
        found = of(results, GROUP, rules=rules, weightings=40_000)
        assert found is not None
        assert found.grades is not None
        for row, line in enumerate(forms(results, rules=rules)):
            parts = dict.fromkeys(COUNTY.grades, F(0))
            for grade, part in zip(line.finals, share_of_weightings(line.values, line.lines), strict=True):
                parts[grade] += part
            assert all(
                within(share, float(part), 40_000)
                for share, part in zip(found.grades[row], parts.values(), strict=True)
            )


def test_a_limit_takes_the_place_from_who_has_the_better_score():
    """95 everywhere under 记过 is 较好 and stands behind 91 everywhere, by score before it."""
    handed_in = totals({0: ("95", "95", "95"), **dict.fromkeys(range(1, len(UNITS)), ("91", "91", "91"))})
    results = assess(COUNTY, handed_in, [Fact(UNITS[0], "sanction", "记过")])
    ruled, by_score = of(results, GROUP), of(results, GROUP, rules=False)
    assert ruled is not None
    assert by_score is not None
    assert (ruled.shares[0, -1], by_score.shares[0, 0], by_score.shares[1, 1]) == (1, 1, 1)
    assert ruled.mean_rank.tolist() == [len(UNITS), *[1] * (len(UNITS) - 1)]
    assert ruled.error == 0


def test_places_are_those_that_the_engine_gives_under_the_same_weights():
    """Near the document by so little that nothing can change, everyone has the one place that stands on the page."""
    results = assess(COUNTY, totals(MARKS))
    found = of(results, GROUP, delta=F(1, 10**9), weightings=200)
    assert found is not None
    for row, unit in enumerate(results.group(GROUP)):
        assert unit.rank is not None
        assert found.shares[row, unit.rank - 1] == 1


def test_while_a_unit_is_missing_there_are_no_places():
    assert of(assess(COUNTY, totals({0: MARKS[0]})), GROUP) is None
    assert joint(COUNTY, assess(COUNTY, totals({0: MARKS[0]})), GROUP) is None


def test_so_many_units_that_their_places_cannot_be_kept_are_refused():
    with pytest.raises(ValueError, match="at most"):
        acceptability(np.ones((5_000, 2)))


# Weights of two levels at once


def scored(scheme: Scheme, seed: int, weightings: int) -> np.ndarray:
    """Each unit's mean place under weightings of both levels, computed anew by the engine's definition of a score."""
    results = assess(scheme, ticked(7))
    points = np.array([
        [[float(unit.components[c].items[no] or 0) for no in NUMBERS] for c in COUNTED] for unit in results.group(GROUP)
    ])  # fmt: skip
    random = np.random.default_rng(seed)
    outer, inner = random.dirichlet(np.ones(3), weightings), random.dirichlet(np.ones(19), weightings)
    scores = np.einsum("ucj,rc,rj->ru", points, outer, inner).round(2)
    return (1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)).mean(axis=0)


def test_two_levels_at_once_agree_with_another_draw_of_both():
    results = assess(COUNTY, ticked(7))
    found = joint(COUNTY, results, GROUP, weightings=40_000)
    assert found is not None
    assert found.grades is not None
    error = found.mean_rank_errors * (1 + (40_000 / 10_000) ** 0.5)
    assert (abs(found.mean_rank - scored(COUNTY, 5, 10_000)) <= 4 * error + 0.01).all()
    assert np.allclose(found.grades.sum(axis=1), 1)


def test_a_total_handed_in_does_not_move_with_the_items():
    """Nothing but totals: item weights move nothing, so both levels at once are the level of components alone."""
    results = assess(COUNTY, totals(MARKS))
    both, one = joint(COUNTY, results, GROUP, weightings=40_000), of(results, GROUP, weightings=40_000, seed=2)
    assert both is not None
    assert one is not None
    error = 4 * 2**0.5 * np.maximum(both.errors, one.errors) + 1e-4
    assert (abs(both.shares - one.shares) <= error).all()


def test_near_the_document_two_levels_hardly_move_anybody():
    results = assess(COUNTY, ticked(7))
    found = joint(COUNTY, results, GROUP, weightings=300, delta=F(1, 10**9))
    assert found is not None
    assert [int(row.argmax()) + 1 for row in found.shares] == [unit.rank for unit in results.group(GROUP)]


def test_a_gap_in_the_marks_leaves_no_straight_line_in_both_levels():
    handed_in = ticked(7)
    first = handed_in[0]
    gap = (Mark(NUMBERS[0], applicable=False, remark="本年度无此项工作"), *first.marks[1:])
    results = assess(COUNTY, [Sheet(first.unit, first.component, gap), *handed_in[1:]])
    assert joint(COUNTY, results, GROUP) is None
    assert of(results, GROUP, levels(COUNTY, GROUP)[ITEMS]) is None


# What is told


def test_the_same_seed_gives_the_same_answer():
    values = np.random.default_rng(1).uniform(60, 100, (40, 5))
    one, same, other = (acceptability(values, weightings=500, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.shares, same.shares)
    assert not np.array_equal(one.shares, other.shares)


def test_the_seeded_generator_gives_the_numbers_it_gave_when_this_was_written():
    assert anywhere(generator(20201117), 3, 1).round(6).tolist() == [[0.121807, 0.698642, 0.179551]]


def test_the_error_is_told_rounded_up_with_the_seed():
    """Of two alike in all respects p is about a half: √(0.25 ÷ 10000) is half a point."""
    found = acceptability(np.array([[100, 0], [0, 100]]), seed=3)
    assert isclose(found.error, 0.005, abs_tol=1e-5)
    assert said(found) == "按10000组随机权重抽样估计（随机种子3，同一种子结果相同），各占比的标准误差不超过0.50个百分点"


def test_where_no_weighting_drawn_moved_anybody_no_error_of_nothing_is_told():
    found = acceptability(np.array([[90, 90], [80, 80]]), weightings=100)
    assert (
        said(found) == "按100组随机权重抽样估计（随机种子20201117，同一种子结果相同），抽到的各组权重下位次和等次都不变"
    )


def test_the_order_of_a_scheme_decides_what_places_are_read_from():
    """Ranked by score first, the limit costs the grade but not the place."""
    by_score = COUNTY.with_elements(rank={"by": ("score", "grade"), "assumed": "试算"})
    handed_in = totals({0: ("95", "95", "95"), **dict.fromkeys(range(1, len(UNITS)), ("91", "91", "91"))})
    found = of(assess(by_score, handed_in, [Fact(UNITS[0], "sanction", "记过")]), GROUP)
    assert found is not None
    assert found.shares[0, 0] == 1
    assert found.grades is not None
    assert found.grades[0].tolist() == [0, 1, 0, 0]
    assert Ordering.of(by_score).by == ("score", "grade")
