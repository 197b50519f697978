"""How alike two items order the units, exactly: Kendall's τ-b and the chance that mere chance would order them so alike.

The chance is one-sided (only agreement is asked for) and conditional on the ties: of all n! ways in which the second
item's marks could have fallen to the units, the part that agrees at least as much. M. G. Kendall (1945), The treatment of
ties in ranking problems, Biometrika 33. Where counting would take too long it is a bound from above, so that what is
told stays true: W. Hoeffding (1963), J. Amer. Statist. Assoc. 58.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import comb, factorial, isqrt, prod

MOST_STATES = 4_000
"""Up to so many ways of using up the second item's ties the chance is counted."""
MOST_UNITS = 60
"""Up to so many units it is counted at all."""
Ties = tuple[int, ...]
"""How many units share each mark, the least mark first."""


@dataclass(frozen=True)
class Agreement:
    """Over all pairs of units: ``score`` = those ordered alike less those ordered the other way round.

    ``first`` and ``second``: the pairs that each item orders at all, so that τ-b = score ÷ √(first · second).
    """

    score: int
    first: int
    second: int

    def at_least(self, least: Fraction) -> bool:
        """Whether τ-b is at least this (above 0), compared exactly: no root is drawn."""
        return self.score > 0 and self.score**2 >= least**2 * self.first * self.second

    @property
    def tau(self) -> Fraction:
        """τ-b cut towards 0 at two decimals; 0 where an item orders nobody."""
        whole = self.first * self.second
        size = isqrt(10_000 * self.score**2 // whole) if whole else 0
        return Fraction(size if self.score >= 0 else -size, 100)


def agreement(one: Sequence[Fraction], other: Sequence[Fraction]) -> Agreement:
    """Of two items over the same units. 1, 2, 2, 3 against 1, 3, 2, 3: score 4, of 5 and 5 pairs, τ-b 0.80."""
    score, seen = 0, list[Fraction]()
    for _, group in groupby(sorted(zip(one, other, strict=True)), key=lambda pair: pair[0]):
        marks = [mark for _, mark in group]
        score += sum(bisect_left(seen, mark) - (len(seen) - bisect_right(seen, mark)) for mark in marks)
        for mark in marks:
            insort(seen, mark)
    return Agreement(score, _ordered(ties(one)), _ordered(ties(other)))


def ties(marks: Sequence[Fraction]) -> Ties:
    """How many units share each mark: 1, 2, 2, 3 → (1, 2, 1)."""
    counts = Counter(marks)
    return tuple(counts[mark] for mark in sorted(counts))


def _ordered(sizes: Ties) -> int:
    """Pairs of units that are not tied."""
    return comb(sum(sizes), 2) - sum(comb(size, 2) for size in sizes)


def least_chance(one: Ties, other: Ties) -> Fraction:
    """No chance of a pair with these ties is less: an order alike in all can fall so in max(∏ tᵢ!, ∏ uⱼ!) of n! ways."""
    return Fraction(max(prod(map(factorial, one)), prod(map(factorial, other))), factorial(sum(one)))


def chance(found: Agreement, one: Ties, other: Ties) -> Fraction:
    """The part of all ways in which the second item's marks could have fallen that agree at least as much: counted, or
    a bound from above for many units."""
    first, second = sorted((one, other), key=_states, reverse=True)
    if sum(one) > MOST_UNITS or _states(second) > MOST_STATES:
        return _bound(found.score, sum(one))
    lowest, ways = _ways(first, second)
    return Fraction(sum(ways[max(found.score - lowest, 0) :]), sum(ways))


def _states(sizes: Ties) -> int:
    return prod(size + 1 for size in sizes)


@lru_cache(maxsize=4096)
def _ways(one: Ties, other: Ties) -> tuple[int, tuple[int, ...]]:
    """(lowest score, in how many ways the scores from it on come about), n! in all but for what ties cannot tell apart.

    The first item's groups are filled one after the other; what counts is only what is left of the second's. The ways to
    each score stand in one long number (Kronecker 1882), a fixed number of bits a score, each group's lowest being 0.
    """
    width = 8 * ((factorial(sum(one)).bit_length() + 7) // 8)
    states: dict[Ties, int] = {other: 1}
    placed = lowest = 0
    for size in one:
        more: dict[Ties, int] = {}
        for left, ways in states.items():
            for taken in _draws(left, size):
                gain = _gain(taken, [whole - rest for whole, rest in zip(other, left, strict=True)])
                rest = tuple(a - b for a, b in zip(left, taken, strict=True))
                times = prod(comb(a, b) for a, b in zip(left, taken, strict=True))
                more[rest] = more.get(rest, 0) + (times * ways << width * (gain + size * placed))
        states, lowest, placed = more, lowest - size * placed, placed + size
    packed = states[tuple(0 for _ in other)]
    length = width // 8
    data = packed.to_bytes(length * (packed.bit_length() // width + 1), "little")
    return lowest, tuple(int.from_bytes(data[at : at + length], "little") for at in range(0, len(data), length))


def _draws(left: Ties, size: int) -> Iterator[Ties]:
    """Every way to take ``size`` units out of what is left, by how many of each mark."""
    if not left:
        if not size:
            yield ()
        return
    beyond = sum(left[1:])
    for here in range(max(0, size - beyond), min(left[0], size) + 1):
        for rest in _draws(left[1:], size - here):
            yield (here, *rest)


def _gain(taken: Sequence[int], used: Sequence[int]) -> int:
    """The score that these units add against all placed before them, whose marks are ``used``."""
    gain, below, above = 0, 0, sum(used)
    for new, old in zip(taken, used, strict=True):
        above -= old
        gain += new * (below - above)
        below += old
    return gain


def _bound(score: int, n: int) -> Fraction:
    """The chance is at most exp(−s² ÷ 2 Σ i²), i < n: untied, the score is a sum of n − 1 independent parts from −i to i;
    ties only take their mean, which makes no tail heavier in this bound. Rounded up: 1/e is less than 3/8."""
    if score <= 0:
        return Fraction(1)
    whole = (n - 1) * n * (2 * n - 1) // 6
    return Fraction(3, 8) ** (score**2 // (2 * whole))
