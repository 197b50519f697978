"""互评: groups whose senders assessed each other, in pairs or in longer rings, and whether all of them lean one way.

A 抽签 may bar mutual pairs (江门 六（三）); where it does not, A marks B low and B marks A low is what 互评压分 would look
like. So would two units that 市级考核 marks too high: told as 需核实, never as intent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scoring.scale_pairs import Pair
from scoring.scale_tests import family, holm, sign_test
from scoring.scale_values import Mutual, Scale, mean, steps_of, tally

_Link = tuple[str, str, tuple[Pair, ...]]
"""Who sent the group, whom it assessed, and the pairs of that unit alone."""


def rings_of(scales: Sequence[Scale]) -> list[list[_Link]]:
    """Pairs that assessed each other, and longer rings where every group assessed one unit."""
    links = {
        (s.assessor.home, unit): tuple(pair for pair in s.pairs if pair.unit == unit)
        for s in scales if s.assessor.home for unit in s.units
    }  # fmt: skip
    after: dict[str, list[str]] = {}
    for home, unit in links:
        after.setdefault(home, []).append(unit)
    found: dict[frozenset[str], list[str]] = {}
    for home, unit in links:
        if home != unit and (unit, home) in links:
            found.setdefault(frozenset((home, unit)), [home, unit])
    for home in after:
        ring = _ring_from(home, after)
        if len(ring) > 2:
            found.setdefault(frozenset(ring), ring)
    return [
        [(one, other, links[one, other]) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)]
        for ring in found.values()
    ]


def _ring_from(home: str, after: Mapping[str, Sequence[str]]) -> list[str]:
    """The ring that leads back to ``home`` along groups with one unit each; empty where there is none."""
    ring, here = [home], home
    while len(after.get(here, ())) == 1:
        here = after[here][0]
        if here == home:
            return ring
        if here in ring:
            break
        ring.append(here)
    return []


def mutual_of(rings: Sequence[Sequence[_Link]]) -> tuple[Mutual, ...]:
    """The rings whose links all lean the same way; adjusted among all rings that have enough items to decide."""
    told = [(ring, [tally(pairs) for _, _, pairs in ring]) for ring in rings]
    able = family([max(sign_test(t.untied, 0) for t in tallies) for _, tallies in told])
    told = [each for at, each in enumerate(told) if at in able]
    found = []
    for ring, tallies in told:
        leans = {(t.higher > t.lower) - (t.higher < t.lower) for t in tallies}
        same = len(leans) == 1 and leans != {0}
        chance = max(sign_test(t.higher, t.lower) for t in tallies) if same else Fraction(1)
        found.append((ring, tallies, leans, chance))
    adjusted = holm([chance for *_, chance in found])
    return tuple(
        Mutual(
            tuple(home for home, _, _ in ring), tuple(tallies),
            tuple(mean(steps_of(pairs)) or Fraction(0) for _, _, pairs in ring),
            "lenient" if leans == {1} else "severe", chance, after,
        )
        for (ring, tallies, leans, chance), after in zip(found, adjusted, strict=True)
        if len(leans) == 1 and leans != {0}
    )  # fmt: skip
