"""The weightings within ±δ points of the document's weights, and the part of them that reaches a line.

They are the weights no further than δ points from the document's, one by one, summing to the same and none below zero:
a box cut by the plane of the sum. By inclusion and exclusion over the weights that exceed their upper end it is a signed
sum of simplices, so that each part of it, too, is a sum of simplices cut by a half-space. Terms that coincide are
counted together: weights that are alike make few terms even where they are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from scoring.firmness.simplex import reaching
from scoring.firmness.weightings import Numbers, normalised, score, shares_reaching

MOST_TERMS = 40_000
"""More terms than this are too many to add up for an answer at once, and in floats; then only sampling is left."""
EXACT_TERMS = 300
"""Up to so many terms the parts are computed as fractions."""

Terms = dict[tuple[Fraction, Fraction], int]
"""(What is left of the whole, the score at the corner so far) → how many times this simplex counts, with its sign."""


class TooManyTerms(Exception):  # noqa: N818
    """The neighbourhood falls into more simplices than can be added up."""


def local_shares(values: Numbers, weights: Numbers, delta: Fraction, lines: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The part of the weightings within ±``delta`` (a part of 1: 5 points are 1/20) for each band between ``lines``.

    ``lines`` descend; the parts are of those that reach the first, the second and not the first, …, none, and sum to 1.
    Exact with few terms, else to about 12 digits. Raises TooManyTerms where the weights are too many and too unlike.
    """
    w = normalised(weights)
    terms = simplices(values, w, delta)
    if not terms:  # δ is 0, or a single weight: one weighting alone
        at = score(values, w)
        reached = [Fraction(int(at >= line)) for line in lines]
    else:
        reached = _reached(values, terms, lines)
    return tuple(after - before for before, after in pairwise([Fraction(0), *reached, Fraction(1)]))


def simplices(values: Numbers, weights: Numbers, delta: Fraction) -> Terms:
    """The neighbourhood of ``weights`` (summing to 1) as signed simplices; empty where it is a single point."""
    low = [max(weight - delta, Fraction(0)) for weight in weights]
    terms: Terms = {(1 - sum(low, Fraction(0)), score_at(values, low)): 1}
    for value, weight, least in zip(values, weights, low, strict=True):
        width = weight + delta - least
        more: defaultdict[tuple[Fraction, Fraction], int] = defaultdict(int, terms)
        for (left, corner), times in terms.items():
            if left > width:
                more[left - width, corner + width * value] -= times
        terms = {key: times for key, times in more.items() if times and key[0] > 0}
        if len(terms) > MOST_TERMS:
            raise TooManyTerms
    return terms if len(weights) > 1 else {}


def score_at(values: Numbers, weights: Numbers) -> Fraction:
    """Σ w x."""
    return sum((w * x for w, x in zip(weights, values, strict=True)), Fraction(0))


def _reached(values: Numbers, terms: Terms, lines: Sequence[Fraction]) -> list[Fraction]:
    size = len(values) - 1
    volumes = [times * left**size for (left, _), times in terms.items()]
    whole = sum(volumes, Fraction(0))
    cuts = [[(line - corner) / left for left, corner in terms] for line in lines]
    if len(terms) <= EXACT_TERMS:
        parts = [[shares_reaching(values, cut) for cut in each] for each in cuts]
    else:
        marks = np.array([float(value) for value in values])
        parts = [[Fraction(part) for part in reaching(marks, np.array(each, float))] for each in cuts]
    return [sum((v * p for v, p in zip(volumes, each, strict=True)), Fraction(0)) / whole for each in parts]
