"""Items that divide nobody (未拉开差距) and items that order the units alike (可能重复计量), with what hangs on them.

An item on which all have the same mark holds its weight and changes no order. What the result would be without such
items is scored anew, exactly: they count as 不适用, so that their weight goes where the scheme sends it. Two items that
agree more than chance explains may measure one thing twice, or were marked by one hand; no number tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from scoring import exact
from scoring.assess import assess
from scoring.firmness.agreement import Agreement, agreement, chance, least_chance, ties
from scoring.firmness.weightings import normalised
from scoring.marks import Mark, Sheet
from scoring.results import Results, UnitResult
from scoring.scale_items import FEWEST, Sameness, sameness, undivided
from scoring.scale_tests import ALPHA, family, holm
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights

ZERO = Fraction(0)
ALIKE = Fraction(4, 5)
"""The τ-b from which two items are said to order the units alike."""
NEARLY, MANY = Fraction(9, 10), 5
"""The part of the units whose mark is the same on an item that nearly divides nobody: all but one do, too, of 5 or more."""
Cell = tuple[str, int]
"""One item in one component: (component id, item number)."""


@dataclass(frozen=True)
class Undivided:
    """One item in one component that (nearly) divides nobody, and which part of the whole it weighs."""

    item: Sameness
    share: Fraction

    @property
    def cell(self) -> Cell:
        """Where it is."""
        return self.item.component, self.item.no


@dataclass(frozen=True)
class Without:
    """What the result would be without the items that divide nobody: the units whose grade, or place, is then another.

    ``components``: those that consist of such items alone and would weigh nothing.
    """

    grades: tuple[tuple[str, str, str], ...]
    """(unit, grade now, grade then)."""
    places: tuple[str, ...]
    components: tuple[str, ...]


@dataclass(frozen=True)
class Double:
    """Two items that order the units alike beyond chance. ``p``: the chance, adjusted for all pairs asked of."""

    first: int
    second: int
    names: tuple[str, str]
    found: Agreement
    units: int
    identical: int
    """Units whose marks on the two are the same."""
    p: Fraction
    share: Fraction
    """Which part of the whole the two weigh together."""


@dataclass(frozen=True)
class Doubles:
    """Pairs of items asked of. ``able``: those that could be beyond chance at all; ``maybe``: alike, but chance may do it."""

    pairs: tuple[Double, ...]
    asked: int
    able: int
    maybe: int
    units: int


def shares(scheme: Scheme, group: str) -> dict[Cell, Fraction]:
    """Which part of the whole every item weighs in every counted component; they sum to 1. Empty where nothing is weighed."""
    if not any(scheme.weights.values()):
        return {}
    parts = dict(zip(scheme.weights, normalised([*scheme.weights.values()]), strict=True))
    return {
        (name, no): part * share
        for name, part in parts.items()
        for no, share in leaf_weights(indicator_tree(scheme, group, name)).items()
    }


def same(scheme: Scheme, units: Sequence[UnitResult], group: str) -> tuple[Undivided, ...]:
    """Every item with its commonest mark over the units with a score, in the components that all of them had marked item
    by item; those with too few marks left out."""
    weighs, scored = shares(scheme, group), _scored(units)
    return tuple(
        Undivided(item, weighs.get((item.component, item.no), ZERO))
        for name in _detailed(scheme, scored)
        for item in sameness(scheme, scored, name)
    )


def _scored(units: Iterable[UnitResult]) -> list[UnitResult]:
    return [result for result in units if result.exact is not None and not result.inherited]


def _detailed(scheme: Scheme, units: Sequence[UnitResult]) -> list[str]:
    """The counted components that every one of these units had marked item by item, none as a total."""
    return [part.id for part in scheme.counted if units and all(result.components[part.id].items for result in units)]


def constant(items: Iterable[Undivided]) -> tuple[Undivided, ...]:
    """Those on which all units have the same mark."""
    return tuple(each for each in items if undivided([each.item]))


def nearly(items: Iterable[Undivided]) -> tuple[Undivided, ...]:
    """Those on which all but one or two of many have the same mark."""
    return tuple(
        each
        for each in items
        if each.item.alike < each.item.count >= MANY
        and (each.item.share >= NEARLY or each.item.alike == each.item.count - 1)
    )


def without(results: Results, group: str, cells: Iterable[Cell]) -> Without:
    """Score everybody again with these items 不适用. A component that has no other item weighs 0 instead.

    Other groups keep their marks: items are the same ones only within a table.
    """
    scheme, gone = results.scheme, set(cells)
    empty = _emptied(scheme, group, gone)
    trial = scheme.replace(weights=dict.fromkeys(empty, ZERO)) if empty else scheme
    kept = {cell for cell in gone if cell[0] not in empty}
    sheets = [
        _blanked(part.sheet, kept) if result.group == group else part.sheet
        for result in results.units
        for part in result.components.values()
        if part.sheet is not None
    ]
    then = assess(trial, sheets, [fact for result in results.units for fact in result.facts])
    pairs = [(now, then.of(now.unit)) for now in results.group(group)]
    grades = [(now.unit, now.grade or "", new.grade or "") for now, new in pairs if now.grade != new.grade]
    return Without(tuple(grades), tuple(now.unit for now, new in pairs if now.rank != new.rank), empty)


def _emptied(scheme: Scheme, group: str, gone: set[Cell]) -> tuple[str, ...]:
    every: dict[str, set[int]] = {}
    for name, no in shares(scheme, group):
        every.setdefault(name, set()).add(no)
    return tuple(name for name, numbers in every.items() if all((name, no) in gone for no in numbers))


def all_gone(scheme: Scheme, group: str, cells: Iterable[Cell]) -> bool:
    """Whether nothing that weighs would be left: then there is no result without these items."""
    gone = set(cells)
    return all(cell in gone or not share for cell, share in shares(scheme, group).items())


def _blanked(sheet: Sheet, gone: set[Cell]) -> Sheet:
    marks = (_blank(mark) if (sheet.component, mark.indicator) in gone else mark for mark in sheet.marks)
    return replace(sheet, marks=tuple(marks))


def _blank(mark: Mark) -> Mark:
    return Mark(mark.indicator, applicable=False, remark="测算：去除未拉开差距的指标")


def doubles(scheme: Scheme, units: Sequence[UnitResult], group: str) -> Doubles:
    """Pairs of items that order the units alike, beyond what chance would bring among so many pairs (Holm 1979).

    An item's mark is its points over the components that every unit with a score had marked item by item, by what it
    weighs in each. Items that are alike for all are in no pair. Pairs that could be beyond chance at no outcome are left out of the family
    (Tarone 1990): that depends on their ties alone. One-sided: only agreement is asked for.
    """
    scored = _scored(units)
    columns = _columns(scheme, scored, group)
    names = {row.no: row.name for row in scheme.indicators_of(group)}
    pairs = [pair for pair in combinations(columns, 2) if _divides(columns, *pair)]
    told = [_both(columns[one], columns[other]) for one, other in pairs]
    able = family([least_chance(ties(a), ties(b)) for a, b in told])
    found = {at: agreement(*told[at]) for at in range(len(pairs))}
    alike = {at: each.at_least(ALIKE) for at, each in found.items()}
    asked = sorted(able)
    # A pair that is not alike is not told whatever its chance: 1 in its stead makes the others' no less.
    chances = [chance(found[at], *map(ties, told[at])) if alike[at] else Fraction(1) for at in asked]
    adjusted = dict(zip(asked, holm(chances), strict=True))
    weighs = _item_shares(scheme, group)
    kept = [
        Double(
            *pairs[at], (names[pairs[at][0]], names[pairs[at][1]]), found[at], len(told[at][0]),
            sum(a == b for a, b in zip(*told[at], strict=True)), p, sum((weighs.get(no, ZERO) for no in pairs[at]), ZERO),
        )
        for at, p in adjusted.items()
        if alike[at] and p <= ALPHA
    ]  # fmt: skip
    kept.sort(key=lambda double: (double.p, -double.found.tau, double.first, double.second))
    return Doubles(tuple(kept), len(pairs), len(able), sum(alike.values()) - len(kept), len(scored))


Column = Mapping[str, Fraction]
"""One item: unit → its points out of 100, for the units that it applies to."""


def _columns(scheme: Scheme, units: Sequence[UnitResult], group: str) -> dict[int, Column]:
    weighs, detailed = shares(scheme, group), _detailed(scheme, units)
    columns: dict[int, dict[str, Fraction]] = {}
    for result in units:
        marks: dict[int, list[tuple[Fraction, Fraction]]] = {}
        for name in detailed:
            for no, points in result.components[name].items.items():
                if points is not None:
                    marks.setdefault(no, []).append((weighs.get((name, no), ZERO), points))
        for no, weighed in marks.items():
            columns.setdefault(no, {})[result.unit] = exact.weighted_mean(weighed) or ZERO
    return dict(sorted(columns.items()))


def _both(one: Column, other: Column) -> tuple[list[Fraction], list[Fraction]]:
    """The marks of the units that both items apply to."""
    units = [unit for unit in one if unit in other]
    return [one[unit] for unit in units], [other[unit] for unit in units]


def _divides(columns: Mapping[int, Column], first: int, second: int) -> bool:
    """Whether both items order anybody among the units that both apply to, and these are enough."""
    one, other = _both(columns[first], columns[second])
    return len(one) >= FEWEST and len(set(one)) > 1 and len(set(other)) > 1


def _item_shares(scheme: Scheme, group: str) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for (_, no), share in shares(scheme, group).items():
        found[no] = found.get(no, ZERO) + share
    return found
