"""Finding an indicator by its printed name. The number is a cross-check; it never decides alone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from data.sheets import words
from scoring.elements import Indicator
from scoring.scheme import Scheme

NEAR = 0.72
"""Share of letters in common from which a name is taken for a misspelt one."""


@dataclass(frozen=True)
class Found:
    """What a text says: the indicators of that name (usually one), the number written before it, and the name alone."""

    items: tuple[Indicator, ...] = ()
    number: int | None = None
    name: str = ""


class Items:
    """The indicators of one table by name."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.all = tuple(indicators)
        self._named: dict[str, tuple[Indicator, ...]] = {}
        for item in self.all:
            spelt = words.key(item.name)
            self._named[spelt] = (*self._named.get(spelt, ()), item)

    def find(self, text: str) -> Found:
        """Indicators of exactly that name, blanks, line breaks and punctuation set aside."""
        if whole := self._named.get(words.key(text)):
            return Found(whole, None, text)
        number, name = words.split_number(text)
        return Found(self._named.get(words.key(name), ()), number, name)

    def near(self, text: str) -> Indicator | None:
        """The one a misspelt name most resembles, if any does."""
        spelt = words.key(words.split_number(text)[1])
        close = difflib.get_close_matches(spelt, self._named, n=1, cutoff=NEAR) if len(spelt) > 3 else []
        return self._named[close[0]][0] if close else None

    def numbered(self, number: int | None) -> Indicator | None:
        """The indicator of that number."""
        return next((item for item in self.all if item.no == number), None)

    def hint(self, text: str) -> str:
        """；是否为第3项“…”？ for a misspelt name, or nothing."""
        item = self.near(text)
        return f"，是否为第{item.no}项“{item.name}”？" if item else ""


def items_for(scheme: Scheme, unit: str | None) -> Items:
    """The indicators by which a unit is marked; every indicator of the scheme while the unit is unknown."""
    group = scheme.group_of(unit) if unit else None
    if group is None:
        return all_items(scheme)
    return Items(item for item in scheme.indicators_of(group.id) if not item.only or unit in item.only)


def all_items(scheme: Scheme) -> Items:
    """Every indicator of every group, the same one once."""
    tables = {id(table): table for table in map(scheme.indicators_of, (group.id for group in scheme.groups))}
    named = {(item.no, item.path, item.name): item for table in tables.values() for item in table}
    return Items(named.values())
