"""Grades along one weight, and intervals in words that stay true."""

from __future__ import annotations

from fractions import Fraction as Q

import pytest

from scoring.firmness.along import Segment, interval_text, segments
from scoring.firmness.weightings import Interval
from tests.scoring.firmness.test_reachable import line

WORKED = line((92, 86, 85), (40, 30, 30), high=Q("89.995"))


def test_the_worked_unit_is_in_the_second_grade_up_to_899_1300_of_the_first_weight():
    cut = Q(899, 1300)
    assert segments(WORKED, 0) == (Segment(Q(0), cut, "乙"), Segment(cut, Q(1), "甲"))


def test_a_weight_that_changes_nothing_is_one_segment():
    assert segments(WORKED, 1) == (Segment(Q(0), Q(1), "乙"),)


def test_bands_that_end_in_one_grade_are_one_segment():
    capped = line((100, 0), (50, 50), low=Q(30), high=Q(60))
    same = type(capped)(**{**capped.__dict__, "finals": ("乙", "乙", "丙")})
    assert segments(same, 0) == (Segment(Q(0), Q(3, 10), "丙"), Segment(Q(3, 10), Q(1), "乙"))


def test_a_single_weight_is_always_the_present_grade():
    assert segments(line((92,), (1,), high=Q("89.995")), 0) == (Segment(Q(0), Q(1), "甲"),)


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (Interval(Q(0), Q(1), True, True), "任意"),
        (Interval(Q(0), Q(899, 1300), True, False), "0至69.15%"),
        (Interval(Q(0), Q(1, 2), True, True), "0至50%"),
        (Interval(Q(0), Q(1, 2), True, False), "0至49.99%"),
        (Interval(Q(1, 3), Q(1), False, True), "33.34至100%"),
        (Interval(Q(2, 5), Q(2, 5), True, True), "40%"),
        (Interval(Q(12, 19), Q(12, 19), True, True), "63.15…%"),
    ],
)
def test_an_interval_is_rounded_inward(interval, told):
    assert interval_text(interval) == told
