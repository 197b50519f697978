"""Crossings counted: known answers by hand, and no further than asked."""

from __future__ import annotations

from shapely.geometry import Point, Polygon

from data.geographies.crossings import crossings, crowded

BOWTIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
SQUARE = Polygon([(0, 0), (2, 0), (2, 2), (0, 2)])


def test_a_bow_tie_crosses_itself_once_and_a_square_never() -> None:
    assert crossings([BOWTIE], 10) == 1
    assert crossings([BOWTIE], 10, touching=True) == 1
    assert crossings([SQUARE], 10, touching=True) == 0


def test_two_squares_set_over_each_others_corner_cross_twice() -> None:
    assert crossings([SQUARE, Polygon([(1, 1), (3, 1), (3, 3), (1, 3)])], 10) == 2


def test_a_common_border_is_no_crossing_but_touches() -> None:
    beside = Polygon([(2, 0), (4, 0), (4, 2), (2, 2)])
    assert crossings([SQUARE, beside], 10) == 0
    assert crossings([SQUARE, beside], 99, touching=True) > 0


def test_the_way_from_one_ring_to_the_next_is_no_border() -> None:
    """Two holes and an outer ring: between their last and first points nothing is drawn."""
    holed = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (2, 1), (2, 2)], [(7, 7), (8, 7), (8, 8)]])
    assert crossings([holed, Polygon([(4, 4), (5, 4), (5, 5), (4, 5)])], 10) == 0


def test_it_is_counted_no_further_than_just_beyond_what_is_asked() -> None:
    teeth = Polygon([(at, at % 2 * 9) for at in range(50)] + [(50, -1), (0, -1)])
    across = Polygon([(-1, 4), (60, 4), (60, 5), (-1, 5)])
    assert crossings([teeth, across], 1_000) > 90
    assert crossings([teeth, across], 5) == 6


def test_points_have_no_borders_and_few_points_are_no_crowd() -> None:
    assert crossings([Point(1, 1), Point()], 5) == 0
    assert not crowded([BOWTIE])
