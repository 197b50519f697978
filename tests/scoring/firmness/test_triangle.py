"""The weight triangle: regions worked by hand, and areas that equal the closed forms, which know nothing of polygons."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.form import Form, form
from scoring.firmness.neighbourhood import local_shares
from scoring.firmness.triangle import CORNERS, at, between, by_grade, near, regions, share_of, unchanged
from scoring.firmness.weightings import Stretch, normalised, score, share_of_weightings
from scoring.marks import Fact, Mark, Sheet
from scoring.trial import component_level
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction
GRADES = ("好", "较好", "一般", "较差")
LINES = (F(90), F(80), F(70))


def made(values, weights, lines=LINES, finals=GRADES):
    """A form with these lines; ``reach`` is the band it stands in."""
    mean = score(values, weights)
    low, high = next((x for x in lines if x <= mean), None), min((x for x in lines if x > mean), default=None)
    return Form(("a", "b", "c")[: len(values)], tuple(values), normalised(weights), F(0), tuple(lines), finals, GRADES,
                Stretch(low, high))  # fmt: skip


def of(*totals, facts=()):
    sheets = [Sheet(UNITS[0], c, (Mark(None, score=F(value)),)) for c, value in zip(COUNTED, totals, strict=True)]
    return form(COUNTY, assess(COUNTY, sheets, facts).of(UNITS[0]), component_level(COUNTY))


# 100, 80, 80 against the line 90: 好 wherever the first weight is at least a half, a triangle half as high, a quarter.


def test_a_region_is_the_polygon_worked_by_hand():
    best, second = regions(made([F(100), F(80), F(80)], [F(1), F(1), F(1)]))
    assert (best.grade, best.share, second.grade, second.share) == ("好", F(1, 4), "较好", F(3, 4))
    assert set(best.polygon) == {(F(1), F(0), F(0)), (F(1, 2), F(1, 2), F(0)), (F(1, 2), F(0), F(1, 2))}
    assert set(second.polygon) == {
        (F(1, 2), F(1, 2), F(0)), (F(1, 2), F(0), F(1, 2)), (F(0), F(1), F(0)), (F(0), F(0), F(1)),
    }  # fmt: skip


def test_the_worked_case_has_the_area_of_its_published_share():
    found = regions(of("92", "86", "85"))
    assert by_grade(found) == {"好": F(160801, 1680000), "较好": 1 - F(160801, 1680000)}


def test_a_limit_makes_one_region_of_two_bands():
    only, *others = regions(of("92", "86", "85", facts=[Fact(UNITS[0], "sanction", "记过")]))
    assert (only.grade, only.share, only.polygon, others) == ("较好", 1, CORNERS[3], [])


def test_a_unit_with_every_part_exactly_on_a_line_has_the_better_grade_everywhere():
    only, *others = regions(made([F(90)] * 3, [F(1)] * 3))
    assert (only.grade, only.share, others) == ("好", 1, [])


def test_an_edge_on_a_line_is_no_region_of_the_better_grade_with_an_area():
    # 90, 90, 80: only where the third weighs nothing is the score 90.
    found = regions(made([F(90), F(90), F(80)], [F(1)] * 3))
    assert by_grade(found) == {"好": 0, "较好": 1}


def test_two_weights_make_a_line():
    best, second = regions(made([F(95), F(85)], [F(1), F(1)]))
    assert (best.share, second.share) == (F(1, 2), F(1, 2))
    assert best.polygon == ((F(1), F(0)), (F(1, 2), F(1, 2)))
    assert second.polygon == ((F(1, 2), F(1, 2)), (F(0), F(1)))


def test_other_numbers_of_weights_have_no_picture():
    with pytest.raises(KeyError):
        regions(made([F(90)] * 4, [F(1)] * 4))


# 40/30/30 ± 5 points: |w₁ − 0.4|, |w₂ − 0.3|, |w₃ − 0.3| ≤ 0.05 is a regular hexagon: the square of side 0.1 less two corners
# of side 0.05, 0.0075; the whole triangle is half a square of side 1.


def test_five_points_around_the_weights_are_a_hexagon_of_three_two_hundredths():
    hexagon = near(normalised([F(40), F(30), F(30)]))
    assert len(hexagon) == 6
    assert (F("0.45"), F("0.25"), F("0.30")) in hexagon
    assert share_of(hexagon) == F(3, 200)


def test_near_a_corner_the_hexagon_is_cut_off():
    assert set(near((F(1), F(0), F(0)))) == {
        (F(1), F(0), F(0)), (F("0.95"), F("0.05"), F(0)), (F("0.95"), F(0), F("0.05")),
    }  # fmt: skip


def test_where_nobody_changes_is_what_all_units_have_in_common():
    # 100, 80, 80 at 30/35/35 keeps 较好 below w₁ = 1/2; 80, 100, 80 at the same below w₂ = 1/2: a triangle less two quarters.
    weights = [F(30), F(35), F(35)]
    both = unchanged([made([F(100), F(80), F(80)], weights), made([F(80), F(100), F(80)], weights)])
    assert share_of(both) == F(1, 2)
    assert unchanged([]) == ()


tenths = st.integers(600, 1000).map(lambda n: F(n, 10))


def cases(size):
    weights = st.lists(st.integers(0, 9).map(F), min_size=size, max_size=size).filter(any)
    return st.builds(made, st.lists(tenths, min_size=size, max_size=size), weights)


@given(st.one_of(cases(2), cases(3)))
def test_areas_equal_the_shares_of_weightings(line):
    wanted = dict(zip(GRADES, share_of_weightings(line.values, line.lines), strict=True))
    found = by_grade(regions(line))
    assert {grade: found.get(grade, 0) for grade in GRADES} == wanted


@given(cases(3), st.sampled_from([F(1, 20), F(1, 10), F(1, 3)]))
def test_areas_near_the_weights_equal_the_local_shares(line, delta):
    hexagon = near(line.weights, delta)
    found = by_grade(regions(line, hexagon), share_of(hexagon))
    wanted = local_shares(line.values, line.weights, delta, line.lines)
    assert [found.get(grade, 0) for grade in GRADES] == list(wanted)


@given(cases(3), st.tuples(*[st.integers(1, 50)] * 3))
def test_a_weighting_lies_in_the_region_of_its_own_grade(line, drawn):
    point = normalised([F(n) for n in drawn])
    grade = line.final(at(line.values, point))
    homes = [region for region in regions(line) if inside(region.polygon, point)]
    assert grade in {region.grade for region in homes}
    assert len(homes) == 1 or at(line.values, point) in line.lines


def inside(polygon, point):
    """On one side of every edge, the corners going round one way."""
    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    signs = [turn(a, b, point) for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True)]
    return len(polygon) > 2 and (all(s >= 0 for s in signs) or all(s <= 0 for s in signs))


@given(st.lists(cases(3), min_size=1, max_size=4))
def test_the_documents_weights_lie_where_nobody_changes(lines):
    here = lines[0].weights
    told = [made(line.values, here) for line in lines]
    common = unchanged(told)
    assert share_of(common) <= min(share_of(unchanged([line])) for line in told)
    for line in told:
        assert common == between(common, line.values, line.reach.low, line.reach.high)
    if len(common) > 2:
        assert inside(common, here)
