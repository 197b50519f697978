"""How many ways lead to each sum, exactly and fast: lists of whole numbers, multiplied as one long number each.

A list stands for the numbers of ways to the sums ``low``, ``low`` + 1, … Two independent parts are put together by writing
each list into one whole number, a fixed number of bytes a sum, and multiplying these (Kronecker 1882).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

Pool = tuple[tuple[int, ...], int]
"""Values in order, and how many of them are drawn."""


@dataclass(frozen=True)
class Ways:
    """Numbers of ways to the sums from ``low`` on, the first and the last of them above 0."""

    low: int
    counts: tuple[int, ...]

    @property
    def high(self) -> int:
        """The greatest sum."""
        return self.low + len(self.counts) - 1

    def times(self, other: Ways) -> Ways:
        """The sums of two independent parts."""
        size = (sum(self.counts) * sum(other.counts)).bit_length() // 8 + 1
        product = _packed(self.counts, size) * _packed(other.counts, size)
        return Ways(self.low + other.low, _unpacked(product, size, len(self.counts) + len(other.counts) - 1))


ONE_WAY = Ways(0, (1,))


@dataclass(frozen=True)
class Spread:
    """The distribution of the sum of two independent halves, which are never put together: only its ends are asked for."""

    one: Ways
    other: Ways
    mean: Fraction

    def as_far(self, far: Fraction) -> Fraction:
        """The share of all ways whose sum lies at least ``far`` from the mean."""
        if far <= 0:
            return Fraction(1)
        upto = [0, *accumulate(self.other.counts)]
        low, high = (self.mean - far).__floor__(), (self.mean + far).__ceil__()
        found = 0
        for total, ways in enumerate(self.one.counts, self.one.low + self.other.low):
            below = upto[min(max(low - total + 1, 0), len(upto) - 1)]
            above = upto[-1] - upto[min(max(high - total, 0), len(upto) - 1)]
            found += ways * (below + above)
        return Fraction(found, sum(self.one.counts) * upto[-1])

    @property
    def least(self) -> Fraction:
        """The least share that any outcome can have: that of the sum farthest from the mean."""
        ends = self.one.low + self.other.low, self.one.high + self.other.high
        return self.as_far(max(abs(end - self.mean) for end in ends))


def drawn(pool: Pool) -> Ways:
    """How many ways of drawing some of the values give each sum."""
    values, count = pool
    least, width = min(values, default=0), 8 * (len(values) // 8 + 1)
    ways = [1] + [0] * count
    for value in values:
        for size in range(count, 0, -1):
            ways[size] += ways[size - 1] << width * (value - least)
    span = max(values, default=0) - least
    counts = _unpacked(ways[count], width // 8, span * count + 1)
    first = next(at for at, number in enumerate(counts) if number)
    last = next(at for at in range(len(counts), 0, -1) if counts[at - 1])
    return Ways(least * count + first, counts[first:last])


def spread(pools: Sequence[Pool]) -> Spread:
    """The sum of what is drawn from each pool, the pools apart from each other."""
    mean = sum((Fraction(sum(values) * count, len(values)) for values, count in pools if values), Fraction(0))
    parts = sorted((drawn(pool) for pool in pools), key=lambda ways: len(ways.counts))
    return Spread(all_of(parts[::2]), all_of(parts[1::2]), mean)


def all_of(parts: Iterable[Ways]) -> Ways:
    """All parts together, by pairs, so that long numbers meet long ones."""
    left = list(parts) or [ONE_WAY]
    while len(left) > 1:
        left = [one.times(other) for one, other in zip(left[::2], left[1::2], strict=False)] + left[len(left) & ~1 :]
    return left[0]


def _packed(counts: Sequence[int], size: int) -> int:
    return int.from_bytes(b"".join(number.to_bytes(size, "little") for number in counts), "little")


def _unpacked(number: int, size: int, count: int) -> tuple[int, ...]:
    told = number.to_bytes(size * count, "little")
    return tuple(int.from_bytes(told[one:end], "little") for one, end in pairwise(range(0, size * count + 1, size)))
