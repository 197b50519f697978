"""Which row of one scheme is which row of another: by what they are called, whatever their places and numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from scoring.elements import Indicator
from scoring.kinds import Element

Row = TypeVar("Row", bound=Element)
NEAR = 0.6
"""How alike two names must be to be taken for one indicator renamed."""

_BY: dict[str, tuple[tuple[str, ...], ...]] = {
    "Component": (("id",), ("name",)),
    "Group": (("id",), ("name",)),
    "FactKind": (("id",), ("name",)),
    "Target": (("id",), ("name",)),
    "Award": (("id",), ("name",)),
    "Limit": (("id",), ("text",)),
    "Floor": (("id",), ("text",)),
    "Bonus": (("id",), ("text",)),
    "Deduction": (("id",), ("text",)),
    "Task": (("id",), ("what",)),
    "Sample": (("id",), ("of",)),
    "Outcome": (("action", "when"), ("action", "by"), ("action",), ("text",)),
    "Unit": (("name",),),
    "Excluded": (("name",),),
    "Help": (("unit",),),
    "Band": (("grade",),),
    "Criterion": (("grade",),),
    "Category": (("path",), ("text",)),
    "NodeWeight": (("path",),),
    "Inherits": (("groups",), ("source",)),
    "Late": (("fact", "indicators"), ("fact",)),
    "Doubt": (("clause", "text"), ("clause",)),
    "Alternative": (("label",),),
    "Indicator": (("no", "path", "name"), ("path", "name"), ("name",)),
}
"""By which fields rows of a kind are known, the surest first."""


class Matched(NamedTuple):
    """Pairs of rows that are the same one, and the rows that only one side has; each with its place."""

    pairs: list[tuple[int, int]]
    gone: list[int]
    come: list[int]


def matched(before: Sequence[Row], after: Sequence[Row]) -> Matched:
    """Each row with its counterpart, in the order of ``after``; no row is used twice."""
    old, new = list(range(len(before))), list(range(len(after)))
    pairs: list[tuple[int, int]] = []
    for key in _keys(before, after):
        waiting: dict[Hashable, list[int]] = {}
        for at in old:
            waiting.setdefault(key(before[at]), []).append(at)
        for at in list(new):
            known = key(after[at])
            if known != ("",) and (same := waiting.get(known)):  # what says nothing is no name
                pairs.append((same.pop(0), at))
                new.remove(at)
                old.remove(pairs[-1][0])
    if any(isinstance(row, Indicator) for row in (*before, *after)):
        pairs += _near(before, after, old, new)
    return Matched(sorted(pairs, key=lambda pair: pair[1]), old, new)


def _keys(before: Sequence[Row], after: Sequence[Row]) -> list[Callable[[Element], Hashable]]:
    kind = next((type(row).__name__ for row in (*before, *after)), "")
    return [_dump, *(_by(fields) for fields in _BY.get(kind, ()))]


def _by(fields: tuple[str, ...]) -> Callable[[Element], Hashable]:
    def key(row: Element) -> Hashable:
        found = [getattr(row, field) for field in fields]
        return tuple(_dump(value) if isinstance(value, Element) else value for value in found)

    return key


def _dump(row: Element) -> str:
    return row.model_dump_json(exclude_defaults=True)


def _near(before: Sequence[Row], after: Sequence[Row], old: list[int], new: list[int]) -> list[tuple[int, int]]:
    """Pairs among the rest whose names are nearly equal, the nearest first; they are taken out of ``old`` and ``new``."""
    found = [(_likeness(before[a], after[b]), a, b) for a in old for b in new]
    pairs = []
    for likeness, a, b in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if likeness >= NEAR and a in old and b in new:
            pairs.append((a, b))
            old.remove(a)
            new.remove(b)
    return pairs


def _likeness(one: Element, other: Element) -> float:
    was, now = (str(getattr(row, "name", "")) for row in (one, other))
    return SequenceMatcher(None, was, now, autojunk=False).ratio()
