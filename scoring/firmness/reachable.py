"""What a score can come to while every weight stays near the document's: the greatest and the least, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scoring.firmness.form import Form
from scoring.firmness.grade import DELTA
from scoring.firmness.weightings import Numbers, normalised

ZERO = Fraction(0)


def extremes(values: Numbers, weights: Numbers, delta: Fraction = DELTA) -> tuple[Fraction, Fraction]:
    """The least and the greatest weighted mean with every weight within ±``delta`` (a part of 1), none below zero.

    The best mean begins with the least each weight can be and gives what is left to the best values first (a continuous
    knapsack, Dantzig 1957); both are truly reached.
    """
    pairs = list(zip(values, normalised(weights), strict=True))
    return _filled(sorted(pairs), delta), _filled(sorted(pairs, reverse=True), delta)


def _filled(pairs: Iterable[tuple[Fraction, Fraction]], delta: Fraction) -> Fraction:
    """The mean when those who come first get as much as they can."""
    bounds = [(value, max(weight - delta, ZERO), weight + delta) for value, weight in pairs]
    left = 1 - sum((low for _, low, _ in bounds), ZERO)
    mean = ZERO
    for value, low, high in bounds:
        more = min(left, high - low)
        mean += value * (low + more)
        left -= more
    return mean


def holds_near(line: Form, delta: Fraction = DELTA) -> bool:
    """Whether no weighting whatever within ±``delta`` of the document's changes the grade: its end points included."""
    return all(line.reach.holds(mean) for mean in extremes(line.values, line.weights, delta))
