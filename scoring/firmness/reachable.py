"""Whether a grade holds while every weight stays near the document's (等次稳固), exactly."""

from __future__ import annotations

from fractions import Fraction

from scoring.firmness.form import Form
from scoring.firmness.grade import DELTA
from scoring.firmness.neighbourhood import extremes


def holds_near(line: Form, delta: Fraction = DELTA) -> bool:
    """Whether no weighting whatever within ±``delta`` of the document's changes the grade: its end points included."""
    return all(line.reach.holds(mean) for mean in extremes(line.values, line.weights, delta))
