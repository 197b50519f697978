"""One unit item by item (分项情况): which items are strong, which weak, and where the assessors disagree.

Nothing here is a rule of any document: it only reads what the sheets say, for people who ask why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.exact import weighted_mean
from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme

TWO_GRADES = 2
"""Grades between two assessors' marks of one item from which a reader should look again."""


@dataclass(frozen=True)
class Item:
    """One item over the counted components that marked it: ``points`` is their weighted mean out of 100.

    ``grades`` maps component ids to grades where ticks were made; an item nobody marked (不适用) has no ``points``.
    """

    no: int
    name: str
    category: str
    points: Fraction | None
    grades: dict[str, str]


def items(scheme: Scheme, result: UnitResult) -> tuple[Item, ...]:
    """Every item of the unit's table, in its order."""
    return tuple(
        Item(row.no, row.name, row.path[0], _mean(result, row.no), _grades(result, row.no))
        for row in scheme.indicators_of(result.group)
    )


def _detailed(result: UnitResult) -> list[ComponentResult]:
    return [part for part in result.components.values() if part.counted and part.items]


def _mean(result: UnitResult, no: int) -> Fraction | None:
    """Weighted by the components' weights; where all that marked the item weigh nothing, they count alike."""
    return weighted_mean(
        (part.weight or Fraction(0), value) for part in _detailed(result) if (value := part.items.get(no)) is not None
    )


def _grades(result: UnitResult, no: int) -> dict[str, str]:
    found = {}
    for part in _detailed(result):
        for mark in part.sheet.marks if part.sheet else ():
            if mark.indicator == no and mark.grade:
                found[part.id] = mark.grade
    return found


def strongest(found: Sequence[Item], least: int = 3) -> list[Item]:
    """The best items, best first: ``least`` of them, or all that share the best points. None where all are alike."""
    return _ends(found, least, best=True)


def weakest(found: Sequence[Item], least: int = 3) -> list[Item]:
    """The weakest items, weakest first, as ``strongest``."""
    return _ends(found, least, best=False)


def _ends(found: Sequence[Item], least: int, best: bool) -> list[Item]:
    marked = [(item.points, item) for item in found if item.points is not None]
    points = [value for value, _ in marked]
    if not points or min(points) == max(points):
        return []
    end, middle = (max if best else min)(points), (min(points) + max(points)) / 2
    side = [(value, item) for value, item in marked if (value > middle if best else value < middle)]
    side.sort(key=lambda pair: -pair[0] if best else pair[0])
    return [item for at, (value, item) in enumerate(side) if at < least or value == end]


def differences(scheme: Scheme, found: Sequence[Item]) -> list[Item]:
    """Items that two components tick two grades or more apart, the widest first."""
    apart = [(_spread(scheme, item), item) for item in found]
    return [item for spread, item in sorted(apart, key=lambda pair: -pair[0]) if spread >= TWO_GRADES]


def _spread(scheme: Scheme, item: Item) -> int:
    places = [scheme.grades.index(grade) for grade in item.grades.values()]
    return max(places) - min(places) if places else 0


def self_difference(result: UnitResult) -> list[tuple[str, Fraction]]:
    """Each component that is not counted (自查自评) with its official score less the unit's; only where both are there."""
    return [
        (part.id, part.score - result.score)
        for part in result.components.values()
        if not part.counted and part.score is not None and result.score is not None
    ]
