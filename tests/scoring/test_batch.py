"""The fast engine against the one that defines the results, and against cases worked by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from scoring.assess import assess
from scoring.batch import batch
from scoring.gather import MarksError
from scoring.marks import Fact, Mark, Sheet
from scoring.table import ABSENT, NOT_APPLICABLE, table, table_of_codes
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS, facts, schemes, sheets


def equals_assess(scheme, handed_in, told) -> None:
    slow, fast = assess(scheme, handed_in, told), batch(scheme, table(scheme, handed_in, told))
    assert [result.unit for result in slow.units] == list(fast.table.units)
    for row, result in enumerate(slow.units):
        assert fast.exact(row) == result.exact
        assert fast.score(row) == result.score
        assert (fast.grade(row), fast.rank(row)) == (result.grade, result.rank)
        assert bool(fast.complete[row]) == result.complete
        by_score = scheme.grades[fast.score_grades[row]] if fast.score_grades[row] >= 0 else None
        assert by_score == result.score_grade
        assert bool(fast.crossed_by_rounding[row]) == result.crossed_by_rounding


@given(schemes(), sheets(), facts())
@settings(max_examples=120, deadline=None)
def test_the_fast_engine_gives_what_the_definition_gives(scheme, handed_in, told):
    equals_assess(scheme, handed_in, told)


def totals(unit: str, *values: str) -> list[Sheet]:
    return [Sheet(unit, c, (Mark(None, score=Fraction(v)),)) for c, v in zip(COUNTED, values, strict=True)]


def test_a_sum_that_floats_would_put_below_the_line_stands_on_it():
    result = batch(COUNTY, table(COUNTY, totals(UNITS[0], "80.3", "82.64", "76.96")))
    assert (result.exact(0), result.grade(0), result.rank(0)) == (80, "较好", 1)


def test_half_a_hundredth_rounds_up_in_whole_numbers():
    result = batch(COUNTY, table(COUNTY, totals(UNITS[0], "92.35", "88.2", "91.75")))
    assert (result.exact(0), result.score(0)) == (Fraction(3637, 40), Fraction("90.93"))


def test_numbers_too_long_for_int64_stay_exact():
    long = f"89.{'9' * 28}"
    result = batch(COUNTY, table(COUNTY, totals(UNITS[0], long, long, long)))
    assert result.exact(0) == Fraction(long)
    assert result.totals.dtype == object
    assert (result.score(0), result.grade(0)) == (90, "好")


def test_numbers_too_long_for_a_float_stay_exact():
    long = f"79.{'9' * 13}"
    handed_in = totals(UNITS[0], long, long, long)
    unrounded = COUNTY.with_elements(rounding=None)
    result = batch(unrounded, table(unrounded, handed_in))
    assert result.totals.dtype == np.int64
    assert (result.exact(0), result.grade(0)) == (Fraction(long), "一般")


def test_thousands_of_different_marks_have_a_place_each():
    values = [Fraction(n, 1000) for n in range(len(UNITS) * len(COUNTED) * len(ITEMS))]
    handed_in = [
        Sheet(unit, component, tuple(Mark(no, score=values.pop()) for no in ITEMS))
        for unit in UNITS
        for component in COUNTED
    ]
    assert len(table(COUNTY, handed_in).palette) > 256
    equals_assess(COUNTY, handed_in, [])


def test_places_without_rounding_are_sorted_when_there_are_too_many_keys_to_count():
    unrounded = COUNTY.with_elements(rounding=None)
    handed_in = [
        s for u, n in zip(UNITS, [3, 1, 2, 3, 9, 8, 7], strict=True) for s in totals(u, f"5{n}.1234567", "9", "8")
    ]
    assert batch(unrounded, table(unrounded, handed_in)).ranks.tolist() == [4, 7, 6, 4, 1, 2, 3]


def codes(*sheets_: list[int]) -> np.ndarray:
    return np.array([[sheet] * 3 for sheet in sheets_], dtype=np.uint8)


def test_codes_give_the_worked_scores():
    """1715/19, 1705/19 and, one item 不适用, 95; then one row without a mark."""
    result = batch(
        COUNTY,
        table_of_codes(
            COUNTY,
            codes([0] * 10 + [1] * 9, [0] * 9 + [1] * 10, [0] * 18 + [NOT_APPLICABLE], [0] * 18 + [ABSENT]),
        ),
    )
    assert [result.exact(row) for row in range(4)] == [Fraction(1715, 19), Fraction(1705, 19), 95, None]
    assert [result.grade(row) for row in range(4)] == ["好", "较好", "好", None]
    assert [result.rank(row) for row in range(4)] == [2, 3, 1, None]


def test_a_limit_lowers_the_grade_and_the_place_but_not_the_score():
    handed_in = [*totals(UNITS[0], "95", "95", "95"), *totals(UNITS[1], "91", "91", "91")]
    result = batch(COUNTY, table(COUNTY, handed_in, [Fact(UNITS[0], "sanction", "记过")]))
    assert (result.score(0), result.grade(0), result.rank(0)) == (95, "较好", 2)
    assert (result.grade(1), result.rank(1)) == ("好", 1)


def test_an_unconfirmed_fact_limits_nothing_yet():
    pending = [Fact(UNITS[0], "sanction", "记过", confirmed=False)]
    assert batch(COUNTY, table(COUNTY, totals(UNITS[0], "95", "95", "95"), pending)).grade(0) == "好"


def test_the_line_truly_begins_half_a_hundredth_lower():
    below, on = "89.994999", "89.995"
    handed_in = [*totals(UNITS[0], below, below, below), *totals(UNITS[1], on, on, on)]
    result = batch(COUNTY, table(COUNTY, handed_in))
    assert [result.grade(row) for row in (0, 1)] == ["较好", "好"]
    assert result.crossed_by_rounding.tolist()[:2] == [False, True]


def test_nobody_at_all_is_no_mistake():
    result = batch(COUNTY, table_of_codes(COUNTY, np.zeros((0, 3, 19), dtype=np.uint8)))
    assert (len(result.totals), len(result.grades), len(result.ranks)) == (0, 0, 0)


def test_changed_points_are_used_though_marks_are_kept():
    kept = table_of_codes(COUNTY, codes([0] * 19))
    assert batch(COUNTY, kept).exact(0) == 95
    assert batch(COUNTY.replace(points={"好": Fraction(100)}), kept).exact(0) == 100


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros((2, 3, 18), dtype=np.uint8), "对象×3种考核方式×19项"),
        (np.full((2, 3, 19), 4, dtype=np.uint8), "没有的等次编码"),
    ],
)
def test_an_array_that_does_not_fit_is_refused(array, words):
    with pytest.raises(MarksError, match=words):
        table_of_codes(COUNTY, array)


def test_weights_that_are_all_zero_are_refused():
    nothing = COUNTY.replace(weights=dict.fromkeys(COUNTED, Fraction(0)))
    with pytest.raises(MarksError, match="权重合计为0"):
        batch(nothing, table(nothing, totals(UNITS[0], "1", "2", "3")))
