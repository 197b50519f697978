"""Sheets filled in at random, each row as its kind allows: for properties over every scheme."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from scoring.elements import Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme


def full_sheet(scheme: Scheme, group: str, component: str, unit: str, random: Random, bare: bool = False) -> Sheet:
    """One unit's sheet with every row filled in; ``bare``: nothing is 不适用."""
    rows = scheme.items_for(group, component, unit)
    return Sheet(unit, component, tuple(mark(scheme, row, component, random, bare) for row in rows))


def mark(scheme: Scheme, row: Indicator, component: str, random: Random, bare: bool = False) -> Mark:
    """One row: any of the ways its kind can be filled in."""
    if not bare and random.random() < 0.03:
        return Mark(row.no, applicable=False, remark="本年度无此项工作")
    if row.kind == "yesno":
        return Mark(row.no, answer=random.choice(["是", "否"]))
    if row.kind == "task" and random.random() < 0.7:
        return Mark(row.no, answer=random.choice(list(scheme.tasks.answers)))
    if row.kind == "ratio" and scheme.ratios and random.random() < 0.7:
        return Mark(row.no, value=Fraction(random.randrange(0, 1001), 10))
    if scheme.ticks and random.random() < 0.8:
        return Mark(row.no, grade=random.choice(scheme.grades))
    full = row.full.get(component, Fraction(100))
    return Mark(row.no, score=full * random.randrange(0, 101) / 100)


def all_sheets(scheme: Scheme, random: Random, bare: bool = False) -> list[Sheet]:
    """Every counted sheet of every unit that is marked."""
    return [
        full_sheet(scheme, group.id, component.id, unit.name, random, bare)
        for group in scheme.marked_groups
        for unit in group.units
        for component in scheme.counted
    ]
