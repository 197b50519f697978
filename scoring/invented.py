"""示例评分: marks that nobody gave, the same for the same seed, to show what a draft makes of them. Never stored."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from scoring.assumptions import open_targets, with_targets
from scoring.elements import Component, Group, Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

SEED = 2026
_LEAN = 7  # points by which a component sees a unit otherwise than the others: else no weight could be seen to matter
_OPINION = "示例评价意见"


def with_invented(scheme: Scheme) -> Scheme:
    """The scheme with what a demonstration needs and a draft may leave open: five units for a group without a roster,
    and a figure for each open target."""
    targets = with_targets(scheme, {target.id: Fraction(100) for target in open_targets(scheme)})
    bare = [group for group in targets.groups if not group.units and targets.inheritance(group.id) is None]
    if not bare:
        return targets
    listed = [group.model_dump() for group in targets.groups]
    for group in listed:
        if group["id"] in {one.id for one in bare}:
            group["size"] = None
            group["units"] = [{"name": f"示例{group['name']}{n}"} for n in range(1, 6)]
    return targets.with_elements(groups=listed)


def invented_sheets(scheme: Scheme, seed: int = SEED) -> list[Sheet]:
    """A full sheet of every counted component for every unit that is marked, from strong units to weak ones."""
    dice = Random(seed)
    return [
        _sheet(scheme, group, component, unit.name, quality + dice.randint(-_LEAN, _LEAN), dice)
        for group in scheme.marked_groups
        for unit, quality in zip(group.units, _qualities(len(group.units), dice), strict=True)
        for component in scheme.counted
    ]


def _qualities(count: int, dice: Random) -> list[int]:
    """How good each unit is, in percent: spread evenly from 98 down to 62, dealt by the dice."""
    spread = [98 - 36 * n // max(count - 1, 1) for n in range(count)]
    dice.shuffle(spread)
    return spread


def _sheet(scheme: Scheme, group: Group, component: Component, unit: str, quality: int, dice: Random) -> Sheet:
    items = scheme.items_for(group.id, component.id, unit)
    if component.marks[0] == "total" or not items:
        score = scheme.full_of(component.id) * Fraction(_near(quality, dice), 100)
        return Sheet(unit, component.id, (Mark(None, score=score),), _OPINION if component.opinion else "")
    return Sheet(unit, component.id, tuple(_mark(scheme, row, component, quality, dice) for row in items))


def _near(quality: int, dice: Random) -> int:
    return min(100, max(0, quality + dice.randint(-9, 9)))


def _mark(scheme: Scheme, row: Indicator, component: Component, quality: int, dice: Random) -> Mark:
    """One row in the way its kind is filled in."""
    near = _near(quality, dice)
    if row.role != "base":
        full = row.full.get(component.id, Fraction(1))
        return Mark(row.no, score=full * (Fraction(1, 2) if (near > 80) == (row.role == "bonus") else Fraction(0)))
    if row.kind == "yesno" and not row.target:
        return Mark(row.no, answer="是" if near > 75 else "否")
    if row.kind == "task" and scheme.tasks:
        return Mark(row.no, answer=_of(tuple(scheme.tasks.answers), near))
    if row.kind in ("ratio", "quantity", "yesno", "completion") and _measured(scheme, row):
        return Mark(row.no, value=Fraction(near))
    if scheme.ticks and row.kind in ("tick", "task", "quantity", "judged"):
        return Mark(row.no, grade=_of(scheme.grades, near))
    return Mark(row.no, score=row.full.get(component.id, Fraction(100)) * Fraction(near, 100))


def _measured(scheme: Scheme, row: Indicator) -> bool:
    """Whether the scheme makes points of what was measured."""
    if row.kind in ("completion", "yesno"):
        return True
    return scheme.median is not None or (row.kind == "ratio" and scheme.ratios is not None)


def _of(words: Sequence[str], near: int) -> str:
    """The word for so good a result, best first: 92 and more the first, then one in every ten points."""
    return words[min(max(0, (101 - near) // 10), len(words) - 1)]
