"""Sheets filled in at random, each row as its kind allows: for properties over every scheme."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from scoring.assumptions import open_targets, with_targets
from scoring.elements import Indicator
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme


def full_sheet(scheme: Scheme, group: str, component: str, unit: str, random: Random, bare: bool = False) -> Sheet:
    """One unit's sheet with every row filled in; ``bare``: nothing is 不适用."""
    rows = scheme.items_for(group, component, unit)
    return Sheet(unit, component, tuple(mark(scheme, row, component, random, bare) for row in rows))


def mark(scheme: Scheme, row: Indicator, component: str, random: Random, bare: bool = False) -> Mark:
    """One row: any of the ways its kind can be filled in."""
    if not bare and random.random() < 0.03:
        return Mark(row.no, applicable=False, remark="本年度无此项工作")
    if row.kind == "yesno" and not (row.target and random.random() < 0.5):
        return Mark(row.no, answer=random.choice(["是", "否"]))
    if row.kind in ("completion", "yesno"):
        return Mark(row.no, value=Fraction(random.randrange(0, 1301), 10))
    if row.kind == "task" and random.random() < 0.7:
        return Mark(row.no, answer=random.choice(list(scheme.tasks.answers)))
    if row.kind == "ratio" and scheme.ratios and random.random() < 0.7:
        return Mark(row.no, value=Fraction(random.randrange(0, 1001), 10))
    if scheme.ticks and random.random() < 0.8:
        return Mark(row.no, grade=random.choice(scheme.grades))
    full = row.full.get(component, Fraction(100))
    return Mark(row.no, score=full * random.randrange(0, 101) / 100)


def with_figures(scheme: Scheme) -> Scheme:
    """The scheme with every open target filled in: 100, of whatever it is measured in."""
    return with_targets(scheme, {target.id: Fraction(100) for target in open_targets(scheme)})


def some_facts(scheme: Scheme, unit: str, random: Random) -> list[Fact]:
    """A few facts of one unit, mostly confirmed, those that earn or cost points among them."""
    kinds = [kind for kind in scheme.facts if random.random() < 0.4]
    return [
        Fact(unit, kind.id, random.choice(kind.values[1:]), "2026-03-01", f"文{at}", confirmed=random.random() < 0.8,
             amount=Fraction(random.randrange(0, 90), 10) if kind.amount else None)
        for kind in kinds for at in range(random.randrange(1, 4) if kind.many else 1)
    ]  # fmt: skip


def all_sheets(scheme: Scheme, random: Random, bare: bool = False) -> list[Sheet]:
    """Every counted sheet of every unit that is marked."""
    return [
        full_sheet(scheme, group.id, component.id, unit.name, random, bare)
        for group in scheme.marked_groups
        for unit in group.units
        for component in scheme.counted
    ]
