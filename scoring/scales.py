"""打分尺度对照: whether a cross-assessment group measures like 市级考核, and like the other groups, as far as few items tell.

Two questions of each group, each with a chance that is told only beside its counts:

* against the yardstick: on the items that both ticked, how many it set higher and how many lower (``sign_test``);
* against the other groups: whether its differences from the yardstick are other than theirs (``share_test``). The
  yardstick is what all units have in common: every group sees only its own units, so raw marks could not tell a
  generous group from a good unit. What the yardstick itself got wrong about one unit still looks like the group's doing.

Asked of several groups at once, so adjusted together (``holm``). Never a conclusion: 需核实，不作为结论.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scoring.scale_pairs import Pair, UnitPair
from scoring.scale_rings import mutual_of, rings_of
from scoring.scale_tests import ALPHA, LEAST, holm, share_test, sign_test, signed_rank
from scoring.scale_values import Assessor, Comparison, Scale, Verdict, counted, mean, steps_of, tally

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
    """Sign tests of the groups that can have a verdict, adjusted together.

    Which these are depends on the number of untied items alone, never on their signs, so that leaving the others out of
    the family is fair (Tarone 1990, Biometrics 46).
    """
    chances = [sign_test(s.tally.higher, s.tally.lower) if s.tally.untied >= LEAST else None for s in scales]
    found = []
    for scale, chance, adjusted in zip(scales, chances, _adjusted(chances), strict=True):
        ranked = signed_rank(steps_of(scale.pairs)) if chance is not None else None
        verdict = _verdict(scale.tally.higher - scale.tally.lower, adjusted)
        found.append(replace(scale, chance=chance, adjusted=adjusted, verdict=verdict, rank_chance=ranked))
    return found


def _against_others(scales: Sequence[Scale]) -> list[Scale]:
    """Each group's differences from the yardstick against all other groups', item by item."""
    columns = [_columns(scales, at) for at in range(len(scales))]
    chances = [share_test(own) if len(own) >= LEAST else None for own in columns]
    found = []
    for at, adjusted in enumerate(_adjusted(chances)):
        scale, rest = scales[at], [step for s in (*scales[:at], *scales[at + 1 :]) for step in steps_of(s.pairs)]
        beyond = mean(rest)
        apart = scale.steps - beyond if scale.steps is not None and beyond is not None else None
        way = _lean(columns[at])
        found.append(
            replace(
                scale, apart=apart, others=_verdict(way, adjusted), others_chance=chances[at], others_adjusted=adjusted
            )
        )
    return found


def _columns(scales: Sequence[Scale], at: int) -> list[tuple[list[int], list[int]]]:
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
