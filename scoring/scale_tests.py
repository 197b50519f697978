"""Exact tests for small samples: how often pure chance would bring a difference as lopsided as the one seen.

Every probability is a Fraction from counting whole numbers; nothing is approximated by a normal curve. Each test is
two-sided and conditional on the ties, so that leaving a tied item out or in changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb

from scoring.scale_counts import Pool, Spread, Ways, all_of, spread

ALPHA = Fraction(1, 20)
"""The chance of a false alarm that is accepted over a whole family of comparisons: 5 %."""
LEAST = 6
"""Untied items without which not even a single sign test can reach 5 %: five alike still come up once in sixteen (2/2⁵ =
6.25 %). No group is held against the others on fewer items, either."""
MOST_RANKED = 150
"""Untied differences above which ``signed_rank`` is not counted out."""


def sign_test(higher: int, lower: int) -> Fraction:
    """符号检验: the chance that n fair coins fall at least as unevenly, n = higher + lower; ties are no coins.

        p = min(1, 2 · Σ_{k ≤ min(higher, lower)} C(n, k) / 2ⁿ)

    12 higher and 1 lower: 2·(1 + 13)/8192 = 7/2048. 7 and 0: 1/64. Nothing untied: 1.
    Dixon & Mood (1946), The Statistical Sign Test, JASA 41.
    """
    n = higher + lower
    tail = sum(comb(n, k) for k in range(min(higher, lower) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**n))


def signed_rank(differences: Iterable[int]) -> Fraction | None:
    """符号秩检验: as the sign test, but a difference of two grades outweighs one of one grade.

    Zeros are dropped, equal sizes share their mean rank, and every one of the 2ⁿ signings is counted, those of equal sizes
    together. p = share of signings with |2·W − Σ ranks| at least as large as seen. Wilcoxon (1945), Biometrics Bulletin 1.
    None of more than ``MOST_RANKED`` untied differences: it is told beside and decides nothing.
    """
    untied = [value for value in differences if value]
    if len(untied) > MOST_RANKED:
        return None
    ranks = double_ranks([abs(value) for value in untied])
    seen = sum(rank for rank, value in zip(ranks, untied, strict=True) if value > 0)
    parts = [_signings(rank, count) for rank, count in sorted(Counter(ranks).items())]
    return Spread(all_of(parts[::2]), all_of(parts[1::2]), Fraction(sum(ranks), 2)).as_far(
        abs(seen - Fraction(sum(ranks), 2))
    )


def _signings(rank: int, count: int) -> Ways:
    """The sums of those that are plus among ``count`` of one rank: C(count, k) ways to k · rank."""
    ways = [0] * (rank * count + 1)
    ways[::rank] = [comb(count, plus) for plus in range(count + 1)]
    return Ways(0, tuple(ways))


def double_ranks(sizes: Sequence[int]) -> list[int]:
    """Twice the rank of each size, the smallest first; equal ones share their mean: 1, 1, 2 give 3, 3, 6."""
    alike, below, so_far = Counter(sizes), {}, 0
    for size in sorted(alike):
        below[size], so_far = so_far, so_far + alike[size]
    return [2 * below[size] + alike[size] + 1 for size in sizes]


def share_test(columns: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Fraction:
    """逐项置换检验: one group's differences against the others', item by item.

    A column is one item: (the group's own differences, those of the others). If all groups measure alike, the item's
    differences could have fallen to the groups in any other way; every way is counted, the items apart from each
    other. p = share of ways in which the group's sum lies at least as far from its mean as seen.
    Fisher (1935), Pitman (1937); within strata: Good (2005), Permutation, Parametric and Bootstrap Tests, ch. 3.
    One group +1 against 0 and 0 on one item: only 1 of 3 ways lies 2/3 off, so p = 1/3.
    """
    told = list(columns)
    own = spread(pools_of(told))
    return own.as_far(abs(sum(sum(values) for values, _ in told) - own.mean))


def pools_of(columns: Iterable[tuple[Sequence[int], Sequence[int]]]) -> tuple[Pool, ...]:
    """What ``share_test`` draws from: of each item all differences, whosesoever, and how many are the group's."""
    return tuple((tuple(sorted((*own, *others))), len(own)) for own, others in columns)


def family(least: Sequence[Fraction]) -> frozenset[int]:
    """Which of several tests can decide anything together, by the least chance that each could come to (Tarone 1990).

    K is the least number for which no more than K tests could come to α/K; these are the family, in which each would be
    beyond chance at its most lopsided. The others could be so at no outcome. The least chance depends on how many items
    are untied (or on what is drawn from), never on how they fell, so that leaving tests out is fair. Biometrics 46.

    Seven tests at 1/32: K = 1 has all seven, K = 2 (1/40) none. Seven at 1/128: none; at 1/256: K = 7 (1/140) has all.
    """
    for number in range(1, len(least) + 1):
        found = frozenset(at for at, chance in enumerate(least) if chance * number <= ALPHA)
        if len(found) <= number:
            return found
    return frozenset()


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
