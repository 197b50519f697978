"""How many units stand otherwise under another result: grades, places and scores counted apart."""

from fractions import Fraction

from scoring.assess import assess
from scoring.marks import Mark, Sheet
from scoring.moved import Moved, moved
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

FIRST, SECOND, THIRD = UNITS[:3]


def results(**scores: str):
    """Each unit with the same score in every component."""
    return assess(COUNTY, [Sheet(u, c, (Mark(None, score=Fraction(v)),)) for u, v in scores.items() for c in COUNTED])


def test_a_grade_a_place_and_a_score_are_counted_each_by_itself():
    """85 → 91 passes 90: another grade, score and place; 90.5 keeps its grade and loses its place; 70 keeps everything."""
    before = results(**{FIRST: "85", SECOND: "90.5", THIRD: "70"})
    after = results(**{FIRST: "91", SECOND: "90.5", THIRD: "70"})
    assert moved(before, after, (FIRST, SECOND, THIRD)) == Moved(grades=1, places=2, scores=1)
    assert moved(before, after, (THIRD,)) == Moved(0, 0, 0)


def test_a_unit_that_comes_to_a_score_counts_in_all_three():
    assert moved(results(**{FIRST: "85"}), results(**{FIRST: "85", SECOND: "70"}), (FIRST, SECOND)) == Moved(1, 1, 1)
