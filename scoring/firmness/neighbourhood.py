"""The weightings within ±δ points of the document's weights, and the part of them that reaches a line.

They are the weights no further than δ points from the document's, one by one, summing to the same and none below zero:
a box cut by the plane of the sum. By inclusion and exclusion over the weights that exceed their upper end it is a signed
sum of simplices, so that each part of it, too, is a sum of simplices cut by a half-space. Terms that coincide are
counted together: weights that are alike make few terms even where they are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import fsum, lcm

import numpy as np

from scoring.firmness.simplex import reaching
from scoring.firmness.weightings import Numbers, normalised, score, shares_reaching

MOST_TERMS = 40_000
"""More terms than this are too many to add up for an answer at once, and in floats; then only sampling is left."""
EXACT_WORK = 10_000
"""Up to so many terms × weights² the parts are computed as fractions."""


class TooManyTerms(Exception):  # noqa: N818
    """The neighbourhood falls into more simplices than can be added up."""


def local_shares(values: Numbers, weights: Numbers, delta: Fraction, lines: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The part of the weightings within ±``delta`` (a part of 1: 5 points are 1/20) for each band between ``lines``.

    ``lines`` descend; the parts are of those that reach the first, the second and not the first, …, none, and sum to 1.
    Exact with few terms, else to about 12 digits. Raises TooManyTerms where the weights are too many and too unlike.
    """
    w = normalised(weights)
    found = simplices(values, w, delta)
    if not found.terms:  # δ is 0, or a single weight: one weighting alone
        at = score(values, w)
        reached = [Fraction(int(at >= line)) for line in lines]
    else:
        reached = list(accumulate((found.reached(values, line) for line in lines), max))
    return tuple(after - before for before, after in pairwise([Fraction(0), *reached, Fraction(1)]))


@dataclass(frozen=True)
class Simplices:
    """The neighbourhood as signed simplices, on whole numbers.

    ``terms``: (what is left of the whole in 1/``parts``, the score at the corner so far in 1/(``parts`` × ``marks``)) → how
    many times this simplex counts, with its sign. Empty where the neighbourhood is a single point.
    """

    terms: dict[tuple[int, int], int]
    parts: int
    marks: int

    def reached(self, values: Numbers, line: Fraction) -> Fraction:
        """The part of the neighbourhood with a score of ``line`` or more."""
        size = len(values) - 1
        volumes = [times * left**size for (left, _), times in self.terms.items()]
        whole = sum(volumes)
        at = line * self.parts * self.marks
        cuts = [
            (at.numerator - corner * at.denominator, left * self.marks * at.denominator) for left, corner in self.terms
        ]
        if len(volumes) * len(values) ** 2 <= EXACT_WORK:
            exact = (
                volume * shares_reaching(values, Fraction(*cut)) for volume, cut in zip(volumes, cuts, strict=True)
            )
            return sum(exact, Fraction(0)) / whole
        found = reaching(np.array([float(value) for value in values]), np.array([over / under for over, under in cuts]))
        added = fsum(volume / whole * part for volume, part in zip(volumes, found.tolist(), strict=True))
        return Fraction(min(max(added, 0.0), 1.0))


def simplices(values: Numbers, weights: Numbers, delta: Fraction) -> Simplices:
    """The weightings within ±``delta`` of ``weights`` (summing to 1). Raises TooManyTerms."""
    parts = lcm(delta.denominator, *(weight.denominator for weight in weights))
    marks = lcm(*(value.denominator for value in values))
    low = [int(max(weight - delta, Fraction(0)) * parts) for weight in weights]
    widths = [int((weight + delta) * parts) - least for weight, least in zip(weights, low, strict=True)]
    whole = [int(value * marks) for value in values]
    terms = {(parts - sum(low), sum(least * value for least, value in zip(low, whole, strict=True))): 1}
    for value, width in zip(whole, widths, strict=True):
        more: defaultdict[tuple[int, int], int] = defaultdict(int, terms)
        for (left, corner), times in terms.items():
            if left > width:
                more[left - width, corner + width * value] -= times
        terms = {key: times for key, times in more.items() if times and key[0] > 0}
        if len(terms) > MOST_TERMS:
            raise TooManyTerms
    return Simplices(terms if len(weights) > 1 else {}, parts, marks)
