"""The weightings within ±δ points of the document's weights, and the part of them that reaches a line.

They are the weights no further than δ points from the document's, one by one, summing to the same and none below zero:
a box cut by the plane of the sum. By inclusion and exclusion over the weights that exceed their upper end it is a signed
sum of simplices, so that each part of it, too, is a sum of simplices cut by a half-space. Terms that coincide are
counted together: weights that are alike make few terms even where they are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
HAIR = 1e-15
"""What a sum of floats comes to at least where it is not nothing, and to all but so much where it is not all."""


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
        span = extremes(values, w, delta)
        reached = list(accumulate((_part(found, values, line, span) for line in lines), max))
    return tuple(after - before for before, after in pairwise([Fraction(0), *reached, Fraction(1)]))


def _part(found: Simplices, values: Numbers, line: Fraction, span: tuple[Fraction, Fraction]) -> Fraction:
    """The part that reaches a line. Whether that is all or nothing is decided exactly, by the ends of what can be reached."""
    least, most = span
    if line <= least:
        return Fraction(1)
    if line >= most:
        return Fraction(0)
    return found.reached(values, line)


def extremes(values: Numbers, weights: Numbers, delta: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the greatest weighted mean with every weight within ±``delta`` (a part of 1), none below zero.

    The best mean begins with the least each weight can be and gives what is left to the best values first (a continuous
    knapsack, Dantzig 1957); both are truly reached.
    """
    pairs = list(zip(values, normalised(weights), strict=True))
    return _filled(sorted(pairs), delta), _filled(sorted(pairs, reverse=True), delta)


def _filled(pairs: Iterable[tuple[Fraction, Fraction]], delta: Fraction) -> Fraction:
    """The mean when those who come first get as much as they can."""
    bounds = [(value, max(weight - delta, Fraction(0)), weight + delta) for value, weight in pairs]
    left = 1 - sum((low for _, low, _ in bounds), Fraction(0))
    mean = Fraction(0)
    for value, low, high in bounds:
        more = min(left, high - low)
        mean += value * (low + more)
        left -= more
    return mean


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
        """The part of the neighbourhood with a score of ``line`` or more, for a line that some reach and some do not."""
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
        return Fraction(min(max(added, HAIR), 1 - HAIR))


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
