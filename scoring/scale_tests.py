"""Exact tests for small samples: how often pure chance would bring a difference as lopsided as the one seen.

Every probability is a Fraction from counting whole numbers; nothing is approximated by a normal curve. Each test is
two-sided and conditional on the ties, so that leaving a tied item out or in changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import comb

ALPHA = Fraction(1, 20)
"""The chance of a false alarm that is accepted over a whole family of comparisons: 5 %."""
LEAST = 6
"""Untied items without which the sign test cannot reach 5 %: five alike still come up once in sixteen (2/2⁵ = 6.25 %)."""


def sign_test(higher: int, lower: int) -> Fraction:
    """符号检验: the chance that n fair coins fall at least as unevenly, n = higher + lower; ties are no coins.

        p = min(1, 2 · Σ_{k ≤ min(higher, lower)} C(n, k) / 2ⁿ)

    12 higher and 1 lower: 2·(1 + 13)/8192 = 7/2048. 7 and 0: 1/64. Nothing untied: 1.
    Dixon & Mood (1946), The Statistical Sign Test, JASA 41.
    """
    n = higher + lower
    tail = sum(comb(n, k) for k in range(min(higher, lower) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**n))


def signed_rank(differences: Iterable[int]) -> Fraction:
    """符号秩检验: as the sign test, but a difference of two grades outweighs one of one grade.

    Zeros are dropped, equal sizes share their mean rank, and every one of the 2ⁿ signings is counted.
    p = share of signings with |2·W − Σ ranks| at least as large as seen. Wilcoxon (1945), Biometrics Bulletin 1.
    """
    untied = [value for value in differences if value]
    ranks = double_ranks([abs(value) for value in untied])
    seen = sum(rank for rank, value in zip(ranks, untied, strict=True) if value > 0)
    sums = Counter({0: 1})
    for rank in ranks:
        sums = _added(sums, Counter({0: 1, rank: 1}))
    return _as_far(sums, Fraction(sum(ranks), 2), seen)


def double_ranks(sizes: Sequence[int]) -> list[int]:
    """Twice the rank of each size, the smallest first; equal ones share their mean: 1, 1, 2 give 3, 3, 6."""
    below = {size: sum(other < size for other in sizes) for size in sizes}
    alike = Counter(sizes)
    return [2 * below[size] + alike[size] + 1 for size in sizes]


def share_test(columns: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Fraction:
    """逐项置换检验: one group's differences against the others', item by item.

    A column is one item: (the group's own differences, those of the others). If all groups measure alike, the item's
    differences could have fallen to the groups in any other way; every way is counted, the items apart from each
    other. p = share of ways in which the group's sum lies at least as far from its mean as seen.
    Fisher (1935), Pitman (1937); within strata: Good (2005), Permutation, Parametric and Bootstrap Tests, ch. 3.
    One group +1 against 0 and 0 on one item: only 1 of 3 ways lies 2/3 off, so p = 1/3.
    """
    sums, mean, seen = Counter({0: 1}), Fraction(0), 0
    for own, others in columns:
        values = (*own, *others)
        sums = _added(sums, _drawn(values, len(own)))
        mean += Fraction(sum(values) * len(own), len(values)) if values else 0
        seen += sum(own)
    return _as_far(sums, mean, seen)


def _drawn(values: Sequence[int], count: int) -> Counter[int]:
    """How many ways of taking ``count`` of the values give each sum."""
    ways: list[Counter[int]] = [Counter({0: 1}), *(Counter[int]() for _ in range(count))]
    for value in values:
        for size in range(count, 0, -1):
            for total, number in ways[size - 1].items():
                ways[size][total + value] += number
    return ways[count]


def _added(sums: Mapping[int, int], more: Mapping[int, int]) -> Counter[int]:
    """The sums of two independent parts with the number of ways to each."""
    found: Counter[int] = Counter()
    for one, ways in sums.items():
        for other, again in more.items():
            found[one + other] += ways * again
    return found


def _as_far(sums: Mapping[int, int], mean: Fraction, seen: int) -> Fraction:
    """The share of ways that lie at least as far from the mean as what was seen."""
    far = abs(seen - mean)
    return Fraction(sum(ways for total, ways in sums.items() if abs(total - mean) >= far), sum(sums.values()))


def holm(chances: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Chances adjusted for being many (Holm 1979, Scand. J. Statist. 6), in the order given.

    The least is multiplied by m, the next by m − 1, …; none falls below one before it, none exceeds 1. 1/100, 1/30, 1/2
    become 3/100, 1/15, 1/2.
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    found, so_far = [Fraction(1)] * len(chances), Fraction(0)
    for place, at in enumerate(order):
        so_far = max(so_far, min(Fraction(1), (len(chances) - place) * chances[at]))
        found[at] = so_far
    return tuple(found)
