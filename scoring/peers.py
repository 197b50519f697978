"""中位法: what a measured value is worth among its peers (七（一）of 东西部2019, which names the method and defines none).

Quartiles are inclusive: of n sorted values the p-quantile stands at place p × (n − 1), in between by proportion. Of
1, 2, …, 10 that gives 3.25, 5.5 and 7.75.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.elements import Median
from scoring.marks import Sheet
from scoring.scheme import Scheme

COMPARED = ("quantity", "ratio")
"""Kinds of items whose values are compared with their peers'."""


@dataclass(frozen=True)
class Peers:
    """The values of one item in one component: how many there are, and the least value of every grade but the last.

    ``waiting``: peers whose sheet has not come. Until all have, nobody is graded: the lines would move under them.
    """

    count: int
    lines: tuple[Fraction, ...]
    waiting: int = 0


Comparison = Mapping[tuple[str, int], Peers]
"""(component id, item number) → its peers."""


def comparison(scheme: Scheme, by_unit: Mapping[str, Mapping[str, Sheet]]) -> Comparison:
    """Every measured item with the values its peers have handed in so far."""
    rule = scheme.median
    if rule is None or all(group.id != rule.peers for group in scheme.groups):
        return {}
    members = [unit.name for unit in scheme.group(rule.peers).units]
    compared = {row.no for row in scheme.indicators_of(rule.peers) if row.kind in COMPARED}
    values: dict[tuple[str, int], list[Fraction]] = defaultdict(list)
    for unit in members:
        for component, sheet in by_unit.get(unit, {}).items():
            for mark in sheet.marks:
                if mark.indicator in compared and mark.value is not None and mark.applicable:
                    values[component, mark.indicator].append(mark.value)
    came = {part.id: sum(part.id in by_unit.get(unit, {}) for unit in members) for part in scheme.components}
    return {key: Peers(len(found), lines_of(rule, found), len(members) - came[key[0]]) for key, found in values.items()}


def lines_of(rule: Median, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The least value of each grade but the last, best first. Raises ValueError for no values."""
    middle = quantile(values, Fraction(1, 2))
    if rule.method == "band":
        margin = abs(middle) * rule.percent / 100
        return middle + margin, middle, middle - margin
    return quantile(values, Fraction(3, 4)), middle, quantile(values, Fraction(1, 4))


def quantile(values: Iterable[Fraction], share: Fraction) -> Fraction:
    """The inclusive quantile. Raises ValueError for no values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def place_among(lines: Sequence[Fraction], value: Fraction) -> int:
    """How many of the descending lines the value does not reach: 0 is the best grade."""
    return sum(value < line for line in lines)
