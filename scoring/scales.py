"""打分尺度对照: whether a cross-assessment group measures like 市级考核, and like the other groups, as far as few items tell.

Two questions of each group, each with a chance that is told only beside its counts:

* against the yardstick: on the items that both ticked, how many it set higher and how many lower (``sign_test``);
* against the other groups: whether its differences from the yardstick are other than theirs (``share_test``). The
  yardstick is what all units have in common: every group sees only its own units, so raw marks could not tell a
  generous group from a good unit. What the yardstick itself got wrong about one unit still looks like the group's doing.

Asked of several groups at once, so adjusted together (``holm``); a group whose test could be beyond chance at no outcome
is left out of that family and is too small to tell (``family``). Never a conclusion: 需核实，不作为结论.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scoring.scale_counts import Pool, Spread, spread
from scoring.scale_pairs import Pair, UnitPair
from scoring.scale_rings import mutual_of, rings_of
from scoring.scale_tests import ALPHA, LEAST, family, holm, pools_of, sign_test, signed_rank
from scoring.scale_values import Assessor, Comparison, Scale, Verdict, counted, mean, steps_of, tally

_Columns = list[tuple[list[int], list[int]]]
"""Item by item: a group's own differences from the yardstick, and the others'."""
OWN = "考核{}的组"
"""What a group is called of which nobody told who sent it."""


def compare(first: str, second: str, units: Sequence[UnitPair], assessors: Mapping[str, Assessor]) -> Comparison:
    """Hold the first component against the second. ``assessors``: who assessed each unit; any unit not in it has a group
    of its own, called after it."""
    waiting = tuple(unit for unit in units if unit.missing)
    there = [unit for unit in units if unit.ticked]
    scales = _plain(there, assessors)
    if not waiting:
        scales = _against_others(_against_yardstick(scales))
    rings = rings_of(scales) if not waiting else []
    return Comparison(
        first, second, tuple(scales), tuple(unit for unit in units if not unit.missing and not unit.ticked), waiting,
        tally(pair for unit in there for pair in unit.ticked), counted([sum(steps_of(unit.ticked)) for unit in there]),
        mutual_of(rings),
    )  # fmt: skip


def own_group(unit: str) -> Assessor:
    """The group of a unit of which nobody told who assessed it."""
    return Assessor(OWN.format(unit))


def _plain(units: Sequence[UnitPair], assessors: Mapping[str, Assessor]) -> list[Scale]:
    """Counts and means only, a group at a time: those told of in their order, then the others in that of their units."""
    by_group: dict[Assessor, list[UnitPair]] = {assessor: [] for assessor in assessors.values()}
    for unit in units:
        by_group.setdefault(assessors.get(unit.unit) or own_group(unit.unit), []).append(unit)
    found = []
    for assessor, members in ((assessor, members) for assessor, members in by_group.items() if members):
        pairs = tuple(pair for unit in members for pair in unit.ticked)
        points = mean([pair.points for pair in pairs])
        found.append(
            Scale(assessor, tuple(unit.unit for unit in members), pairs, tally(pairs), mean(steps_of(pairs)), points)
        )
    return found


def _against_yardstick(scales: Sequence[Scale]) -> list[Scale]:
    """Sign tests of the groups that can have a verdict, adjusted together."""
    able = family([sign_test(scale.tally.untied, 0) for scale in scales])
    chances = [sign_test(s.tally.higher, s.tally.lower) if at in able else None for at, s in enumerate(scales)]
    found = []
    for scale, chance, adjusted in zip(scales, chances, _adjusted(chances), strict=True):
        ranked = signed_rank(steps_of(scale.pairs)) if chance is not None else None
        verdict = _verdict(scale.tally.higher - scale.tally.lower, adjusted)
        found.append(replace(scale, chance=chance, adjusted=adjusted, verdict=verdict, rank_chance=ranked))
    return found


def _against_others(scales: Sequence[Scale]) -> list[Scale]:
    """Each group's differences from the yardstick against all other groups', item by item.

    Two groups that nobody else is held against are one question, whichever of them is asked of.
    """
    columns = [_columns(scales, at) for at in range(len(scales))]
    tests = _tests(scales, columns)
    asked = sorted(set(tests.values()))
    spreads = _spreads([columns[at] for at in asked])
    able = family([each.least for each in spreads])
    own = [each.as_far(abs(_lean(columns[at]))) if k in able else None
           for k, (at, each) in enumerate(zip(asked, spreads, strict=True))]  # fmt: skip
    told = {at: pair for at, *pair in zip(asked, own, _adjusted(own), strict=True)}
    found = []
    for at, scale in enumerate(scales):
        chance, adjusted = told[tests[at]] if at in tests else (None, None)
        verdict = _verdict(_lean(columns[at]), adjusted)
        found.append(
            replace(scale, apart=_apart(scales, at), others=verdict, others_chance=chance, others_adjusted=adjusted)
        )
    return found


def _tests(scales: Sequence[Scale], columns: Sequence[_Columns]) -> dict[int, int]:
    """Group → the group by which its test is asked, itself but for the second of two; none where there are too few items."""
    able = [at for at, own in enumerate(columns) if len(own) >= LEAST]
    return {at: able[0] if len(able) == 2 and _alone(scales, able) else at for at in able}


def _alone(scales: Sequence[Scale], two: Sequence[int]) -> bool:
    """Whether no other group marked any item that these two did."""
    shared = {p.no for at in two for p in scales[at].pairs}
    return not any(p.no in shared for at, scale in enumerate(scales) if at not in two for p in scale.pairs)


def _spreads(columns: Sequence[_Columns]) -> list[Spread]:
    """How each group's sum could fall; worked out once for groups of one size, for they draw from the same."""
    known: dict[tuple[Pool, ...], Spread] = {}
    found = []
    for own in columns:
        pools = pools_of(own)
        found.append(known[pools] if pools in known else known.setdefault(pools, spread(pools)))
    return found


def _apart(scales: Sequence[Scale], at: int) -> Fraction | None:
    """A group's mean less that of all others."""
    own = scales[at].steps
    beyond = mean([step for other, s in enumerate(scales) if other != at for step in steps_of(s.pairs)])
    return own - beyond if own is not None and beyond is not None else None


def _columns(scales: Sequence[Scale], at: int) -> _Columns:
    """The items on which the groups differ, each as (this group's differences, the others')."""
    own, others = _by_item(scales[at].pairs), _by_item(p for i, s in enumerate(scales) if i != at for p in s.pairs)
    both = [(values, others[no]) for no, values in own.items() if no in others]
    return [(values, rest) for values, rest in both if len({*values, *rest}) > 1]


def _by_item(pairs: Iterable[Pair]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pair in pairs:
        if pair.steps is not None:
            found.setdefault(pair.no, []).append(pair.steps)
    return found


def _lean(columns: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Fraction:
    """By how much the group's sum exceeds what a fair share of each item would be."""
    shares = [sum(own) - Fraction(sum((*own, *rest)) * len(own), len(own) + len(rest)) for own, rest in columns]
    return sum(shares, Fraction(0))


def _adjusted(chances: Sequence[Fraction | None]) -> list[Fraction | None]:
    """Holm over those that can have a verdict; the others stay None."""
    told = iter(holm([chance for chance in chances if chance is not None]))
    return [None if chance is None else next(told) for chance in chances]


def _verdict(way: Fraction | int, adjusted: Fraction | None) -> Verdict:
    if adjusted is None:
        return "few"
    return "alike" if adjusted > ALPHA else "lenient" if way > 0 else "severe"
