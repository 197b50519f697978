"""The bulk refresh against the definition: exact where it is exact, and within 1e-9 where it is to draw."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.batch import batch
from scoring.firmness.bulk import Firm, of_results, refresh
from scoring.firmness.bulk_forms import near, reaching
from scoring.firmness.grade import Firmness, firmness, near_shares
from scoring.marks import Fact, Mark, Sheet
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.table import table, table_of_codes
from scoring.trial import CATEGORIES, ITEMS, WEIGHTS, Level, levels
from tests.scoring.strategies import COUNTED, COUNTY, UNITS, extra_schemes, facts, schemes, sheets

F = Fraction
GROUP = COUNTY.groups[0].id
CLOSE = 1e-9


def level_of(scheme: Scheme, level: str) -> Level:
    return levels(scheme, GROUP)[level]


def equals(found: Firm, row: int, wanted: Firmness | None) -> None:
    """One unit's figures are those of the definition."""
    assert found.known[row] == (wanted is not None)
    if wanted is None:
        return
    for column, name in enumerate(found.names):
        one = wanted.intervals[name]
        assert isclose(found.low[row, column], float(one.low), abs_tol=CLOSE)
        assert isclose(found.high[row, column], float(one.high), abs_tol=CLOSE)
        assert (found.low_closed[row, column], found.high_closed[row, column]) == (one.low_closed, one.high_closed)
    radius = inf if wanted.radius is None else float(wanted.radius.value)
    assert isclose(found.radius[row], radius, rel_tol=CLOSE, abs_tol=CLOSE)
    if wanted.radius is not None:
        assert found.radius_closed[row] == wanted.radius.closed
    assert np.allclose(found.shares[row], [float(part) for part in wanted.shares.values()], rtol=0, atol=CLOSE)
    if found.near is not None:
        parts = near_shares(wanted.form)
        assert parts is not None
        assert np.allclose(found.near[row], [float(part) for part in parts.values()], rtol=0, atol=CLOSE)


@given(schemes(), sheets(), facts(), st.sampled_from([WEIGHTS, ITEMS]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_unit_has_the_firmness_it_has_alone(scheme, handed_in, told, name, rules):
    level, results = level_of(scheme, name), assess(scheme, handed_in, told)
    found = refresh(scheme, table(scheme, handed_in, told), level, rules=rules)
    for row, result in enumerate(results.units):
        assert (found.result.score(row), found.result.grade(row)) == (result.score, result.grade)
        assert found.result.rank(row) == result.rank
        equals(found.firm, row, firmness(scheme, result, level, rules=rules))


@given(extra_schemes(), st.data())
@settings(max_examples=25, deadline=None)
def test_of_results_serves_schemes_that_add_up_and_take_off(scheme, data):
    units = tuple(unit.name for unit in scheme.groups[0].units)[:3]
    group = scheme.groups[0].id
    marks = st.integers(6000, 10000).map(lambda n: F(n, 10000))
    handed_in = [
        Sheet(u, c.id, (Mark(None, score=data.draw(marks) * scheme.full_of(c.id)),))
        for u in units
        for c in scheme.counted
    ]
    results = assess(scheme, handed_in, [Fact(units[0], "honour", "县级"), Fact(units[1], "notice", "是")])
    for level in levels(scheme, group).values():
        if level.mode == "weights":
            same_as_alone(results, group, level)


@given(sheets(kinds=("ticks", "total")), facts())
@settings(max_examples=25, deadline=None)
def test_of_results_serves_categories_too(handed_in, told):
    same_as_alone(assess(COUNTY, handed_in, told), GROUP, level_of(COUNTY, CATEGORIES))


def same_as_alone(results: Results, group: str, level: Level) -> None:
    found = of_results(results, group, level)
    for row, result in enumerate(results.group(group)):
        equals(found, row, firmness(results.scheme, result, level))


def totals(unit: str, *values: str) -> list[Sheet]:
    return [Sheet(unit, c, (Mark(None, score=F(v)),)) for c, v in zip(COUNTED, values, strict=True)]


def refreshed(*units: tuple[str, ...], scheme: Scheme = COUNTY, told: tuple[Fact, ...] = ()) -> Firm:
    handed_in = [sheet for name, values in zip(UNITS, units, strict=False) for sheet in totals(name, *values)]
    return refresh(scheme, table(scheme, handed_in, told)).firm


def test_a_unit_exactly_on_an_effective_line_is_safe_on_one_side_only():
    """40/30/30 of 90.295, 89.795, 89.795 is 89.995, where 好 begins. More 交叉考核 keeps 好, less loses it; no radius at all."""
    found = refreshed(("90.295", "89.795", "89.795"))
    assert (found.low[0, 0], found.high[0, 0]) == (0.4, 1.0)
    assert (found.low_closed[0, 0], found.high_closed[0, 0]) == (True, True)
    assert (found.low[0, 1], found.high[0, 1]) == (0.0, 0.3)
    assert (found.radius[0], bool(found.radius_closed[0])) == (0.0, True)


def test_equal_marks_divide_by_nothing_and_no_weight_moves_them():
    found = refreshed(("89.995", "89.995", "89.995"), ("89.99", "89.99", "89.99"))
    assert found.radius[:2].tolist() == [inf, inf]
    assert found.low[:2].tolist() == [[0.0] * 3] * 2
    assert found.high[:2].tolist() == [[1.0] * 3] * 2
    assert found.shares[:2].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert found.near is not None
    assert found.near[:2].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]


def test_a_weight_of_zero_stays_zero_in_the_radius_but_has_an_interval():
    """50/50/0 of 92, 90, 60 is 91. Both that weigh are above 89.995, so no re-weighting of these loses 好; but along 日常工作 t
    it is 91 − 31 t, which is 89.995 at 201/6200."""
    moved = COUNTY.replace(weights=dict(zip(COUNTED, (F(50), F(50), F(0)), strict=True)))
    found = refreshed(("92", "90", "60"), scheme=moved)
    assert found.radius[0] == inf
    assert isclose(found.high[0, 2], 201 / 6200, abs_tol=CLOSE)
    assert (found.low[0, 2], bool(found.high_closed[0, 2])) == (0.0, True)


def test_one_weight_that_is_everything_gives_way_to_the_others_alike():
    alone = COUNTY.replace(weights=dict(zip(COUNTED, (F(100), F(0), F(0)), strict=True)))
    found = refreshed(("92", "90", "60"), scheme=alone)
    assert isclose(found.low[0, 0], (89.995 - 75) / (92 - 75), abs_tol=CLOSE)
    assert (found.high[0, 0], found.radius[0]) == (1.0, inf)


def test_a_limit_joins_the_bands_it_makes_one():
    told = (Fact(UNITS[0], "sanction", "记过"),)
    ruled = refreshed(("92", "91", "90"), told=told)
    assert ruled.shares[0].tolist() == [0, 1, 0, 0]
    assert ruled.radius[0] == inf
    handed_in = table(COUNTY, totals(UNITS[0], "92", "91", "90"), told)
    assert refresh(COUNTY, handed_in, rules=False).firm.shares[0].tolist() == [1, 0, 0, 0]


def test_who_changes_grade_is_counted_grade_by_grade():
    """95, 88, 88 is 90.8 under 40/30/30 and 89.4 under 20/40/40; 70 everywhere stays; the third is 暂缺."""
    handed_in = table(COUNTY, [*totals(UNITS[0], "95", "88", "88"), *totals(UNITS[1], "70", "70", "70")])
    moved = COUNTY.replace(weights=dict(zip(COUNTED, (F(20), F(40), F(40)), strict=True)))
    found = refresh(moved, handed_in, before=batch(COUNTY, handed_in)).migration
    assert found is not None
    assert found[0].tolist() == [0, 1, 0, 0, 0]
    assert found[2].tolist() == [0, 0, 1, 0, 0]
    assert found[4, 4] == len(UNITS) - 2
    assert found.sum() == len(UNITS)


def test_numbers_too_long_for_a_float_are_compared_as_integers():
    below = f"89.994{'9' * 28}"
    found = refreshed(("89.995", "89.995", "89.995"), (below, below, below), ("95", below, below))
    assert found.shares[:2].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]
    alone = assess(COUNTY, [s for u, v in zip(UNITS, [("95", below, below)], strict=False) for s in totals(u, *v)])
    wanted = firmness(COUNTY, alone.of(UNITS[0]))
    assert wanted is not None
    assert np.allclose(found.shares[2], [float(part) for part in wanted.shares.values()], rtol=0, atol=CLOSE)


def test_thousands_of_units_are_cut_into_blocks_without_a_seam():
    codes = np.random.default_rng(3).integers(0, 4, (20_000, 3, 19)).astype(np.uint8)
    level = level_of(COUNTY, ITEMS)
    whole = refresh(COUNTY, table_of_codes(COUNTY, codes), level).firm
    for row in (0, 1723, 1724, 1725, 13_799, 19_999):
        one = refresh(COUNTY, table_of_codes(COUNTY, codes[row : row + 1]), level).firm
        for name in ("low", "high", "low_closed", "high_closed", "radius"):
            assert np.array_equal(getattr(whole, name)[row], getattr(one, name)[0]), name
        assert np.allclose(whole.shares[row], one.shares[0], rtol=0, atol=1e-12)
        assert isclose(whole.shares[row].sum(), 1, abs_tol=1e-12)


def test_few_cuts_and_many_have_the_same_volumes():
    """With few all of Varsi's table is filled, with many only what each needs; zeros lie on the line."""
    marks = np.sort(np.random.default_rng(5).integers(-8, 9, (7, 3_000)).astype(float), axis=0)
    few = np.concatenate([reaching(marks[:, first : first + 500]) for first in range(0, 3_000, 500)])
    assert np.allclose(reaching(marks), few, rtol=0, atol=1e-12)
    assert reaching(np.zeros((3, 2_000))).tolist() == [1] * 2_000


def test_nobody_at_all_is_no_mistake():
    nobody = table_of_codes(COUNTY, np.zeros((0, 3, 19), dtype=np.uint8))
    for name in (WEIGHTS, ITEMS):
        assert refresh(COUNTY, nobody, level_of(COUNTY, name)).firm.shares.shape == (0, 4)


def test_nineteen_items_are_too_many_for_their_neighbourhood():
    assert near((1,) * 19, F(1, 20)) is None
    assert near((40, 30, 30), F(1, 20)) is not None
    codes = np.zeros((2, 3, 19), dtype=np.uint8)
    assert refresh(COUNTY, table_of_codes(COUNTY, codes), level_of(COUNTY, ITEMS)).firm.near is None


def test_a_level_that_cannot_be_refreshed_in_bulk_is_refused():
    with pytest.raises(ValueError, match="components and items"):
        refresh(COUNTY, table(COUNTY, []), level_of(COUNTY, CATEGORIES))


def test_a_group_without_a_form_has_no_figures():
    found = of_results(assess(COUNTY, []), GROUP)
    assert not found.known.any()
    assert len(found.known) == len(UNITS)
