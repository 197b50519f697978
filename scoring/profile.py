"""One unit item by item (分项情况): which items are strong, which weak, and where the assessors disagree.

Nothing here is a rule of any document: it only reads what the sheets say, for people who ask why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.elements import Indicator
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


def unit_rows(scheme: Scheme, result: UnitResult) -> tuple[Indicator, ...]:
    """The items of a unit's table: its group's, without those that apply to others only (省直单位)."""
    return tuple(row for row in scheme.indicators_of(result.group) if not row.only or result.unit in row.only)


def items(scheme: Scheme, result: UnitResult) -> tuple[Item, ...]:
    """Every item of the unit's table, in its order; 加分项 and 扣分项 are neither strong nor weak and left out."""
    return tuple(
        Item(row.no, row.name, row.path[0], _mean(scheme, result, row), _grades(result, row.no))
        for row in unit_rows(scheme, result)
        if row.role == "base"
    )


def full_of(scheme: Scheme, row: Indicator, component: str) -> Fraction | None:
    """An item's full marks in a component; None where its document gives none (then points are out of 100)."""
    return row.full.get(component)


def category_full(scheme: Scheme, result: UnitResult, category: str, components: Sequence[str]) -> Fraction | None:
    """Full marks of a category in these components, where marks add up: 精准施策 35 in one half, 70 in both."""
    if scheme.combine != "add":
        return None
    rows = [row for row in unit_rows(scheme, result) if row.path[0] == category and row.role == "base"]
    return sum((row.full.get(name, Fraction(0)) for row in rows for name in components), Fraction(0))


def _detailed(result: UnitResult) -> list[ComponentResult]:
    return [part for part in result.components.values() if part.counted and part.items]


def _mean(scheme: Scheme, result: UnitResult, row: Indicator) -> Fraction | None:
    """Weighted by the components' weights, or by the item's full marks in each; where all weigh nothing they count alike."""
    return weighted_mean(
        (part.weight or Fraction(0) if (full := _weighs(scheme, row, part.id)) is None else full, value)
        for part in _detailed(result)
        if (value := part.items.get(row.no)) is not None
    )


def _weighs(scheme: Scheme, row: Indicator, component: str) -> Fraction | None:
    """Where marks add up, what an item weighs among the components."""
    return row.full.get(component) if scheme.combine == "add" else None


def _grades(result: UnitResult, no: int) -> dict[str, str]:
    """The item's grade in each component, ticked or found from a value or an answer."""
    return {part.id: row.grade for part in _detailed(result) if (row := part.rows.get(no)) and row.grade}


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
