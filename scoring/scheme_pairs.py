"""Which row of one list of a scheme is which row of another's: by what names it, not by where it stands."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Row = dict[str, Any]

_NAMED_BY = {
    "outcomes": ("action",), "categories": ("path",), "units": ("name",), "excluded": ("name",), "helps": ("unit",), "nodes": ("path",),
    "items": ("grade",), "lines": ("grade",), "alternatives": ("label",), "doubts": ("clause", "text"), "late": ("fact",),
    "inherits": ("groups", "source"), "tiers": ("at",),
}  # fmt: skip
"""What names a row in these lists; elsewhere its id."""

ALIKE = 0.6
"""From this ratio of difflib on two names are taken for one item renamed (0: nothing in common, 1: the same)."""


@dataclass(frozen=True)
class Pairs:
    """Rows that are in both, in the later list's order, and those that only one of them has."""

    both: tuple[tuple[Row, Row], ...]
    gone: tuple[Row, ...]
    come: tuple[Row, ...]


def paired(field: str, before: Sequence[Row], after: Sequence[Row]) -> Pairs:
    """The rows of a field's list before and after, matched."""
    if field == "indicators":
        return _items(before, after)
    old, new = _keyed(field, before), _keyed(field, after)
    return Pairs(
        tuple((old[key], new[key]) for key in new if key in old),
        tuple(row for key, row in old.items() if key not in new),
        tuple(row for key, row in new.items() if key not in old),
    )


def moved(pairs: Pairs, before: Sequence[Row]) -> bool:
    """Whether the rows that stay stand in another order than before."""
    places = {id(row): at for at, row in enumerate(before)}
    order = [places[id(old)] for old, _ in pairs.both]
    return order != sorted(order)


def _keyed(field: str, rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """Each row under what names it; a second of the same name counts on (结果运用 may name 谈话提醒 twice)."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], Row] = {}
    for row in rows:
        name = str([row.get(part) for part in _NAMED_BY.get(field, ("id",))])
        seen[name] += 1
        found[name, seen[name]] = row
    return found


def _items(before: Sequence[Row], after: Sequence[Row]) -> Pairs:
    """Items by category and name, then by name alone, then the most alike names: an item that was reworded."""
    old, new, found = list(before), list(after), []
    for named in (lambda row: (*map(plain, row["path"]), plain(row["name"])), lambda row: plain(row["name"])):
        for later in list(new):
            earlier = next((row for row in old if named(row) == named(later)), None)
            if earlier is not None:
                found.append((earlier, later))
                old.remove(earlier)
                new.remove(later)
    while best := _most_alike(old, new):
        found.append(best)
        old.remove(best[0])
        new.remove(best[1])
    place = {id(row): at for at, row in enumerate(after)}
    return Pairs(tuple(sorted(found, key=lambda pair: place[id(pair[1])])), tuple(old), tuple(new))


def _most_alike(old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, Row] | None:
    rated = [(_alike(one, other), -at, one, other) for at, one in enumerate(old) for other in new]
    best = max(rated, key=lambda each: each[:2], default=None)
    return (best[2], best[3]) if best and best[0] >= ALIKE else None


def _alike(one: Row, other: Row) -> float:
    return SequenceMatcher(None, plain(one["name"]), plain(other["name"])).ratio()


def plain(name: str) -> str:
    """A name without what typing changes: full and half width, blanks and marks."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())
