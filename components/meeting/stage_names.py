"""Which names the stage shows: none before the presenter asks, then all of them, or one after another from the last place to the first.

What is hidden never leaves the server: pages are made with the letters, and every text goes through ``Curtain.clean`` once
more on its way out. The letters are those of 权重测算 and tell nothing of places or of the roster's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.briefing.brief import Brief
from data.briefing.hiding import hiding
from data.locked import Locked
from data.naming import aliases


@dataclass(frozen=True)
class Curtain:
    """The units with their letters; ``open`` are those whose names are shown. ``ids`` are what the browser tells them apart by."""

    letters: Mapping[str, str]
    ids: Mapping[str, str]
    open: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether no name is hidden."""
        return self.open >= frozenset(self.letters)

    @cached_property
    def names(self) -> dict[str, str]:
        """Unit → what it is called now."""
        return {unit: unit if unit in self.open else letter for unit, letter in self.letters.items()}

    def unit(self, id: str) -> str | None:
        """The unit of an id; None for what is no id of ours."""
        return next((unit for unit, known in self.ids.items() if known == id), None)

    def clean(self, value: Any) -> Any:
        """The same with every hidden name in every text taken out: the last door before the browser."""
        return value if self._hide is None else _walked(value, self._hide)

    @cached_property
    def _hide(self) -> Callable[[str], str] | None:
        return hiding(self.names)


def _walked(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {key: _walked(each, hide) for key, each in value.items()}
    return [_walked(each, hide) for each in value] if isinstance(value, (list, tuple)) else value


def curtain(locked: Locked, shown: Iterable[str] = (), *, every: bool = False) -> Curtain:
    """The names of a 锁定版's units with ``shown`` open. A single unit has nothing to hide behind: it is always named."""
    state = locked.state
    units = [result.unit for result in state.results.units]
    groups = [group.id for group in state.scheme.groups]
    seed = f"{state.assessment.id}-{groups[0]}" if len(groups) == 1 else str(state.assessment.id)
    letters = {unit: letter for letter, unit in _in_order(aliases(units, seed))}
    brief = Brief(locked, letters)
    opened = frozenset(units) if every or len(units) == 1 else frozenset(shown) & frozenset(units)
    return Curtain(letters, {unit: brief.key(unit) for unit in units}, opened)


def _in_order(drawn: Mapping[str, str]) -> list[tuple[str, str]]:
    """Letter and unit, 甲 first, 对象11 after 癸."""
    stems = {letter: at for at, letter in enumerate("甲乙丙丁戊己庚辛壬癸")}
    found = ((letter, unit) for unit, letter in drawn.items())
    return sorted(found, key=lambda each: stems.get(each[0][2:], 0) or int("0" + "".join(filter(str.isdigit, each[0]))))


def order(locked: Locked, curtain: Curtain, among: Sequence[str]) -> list[str]:
    """Units in the order in which they are revealed: the last group first, in each 暂缺 first, then the last place to the first."""
    groups = [group.id for group in locked.state.scheme.groups]
    letters, brief = list(curtain.letters), Brief(locked, curtain.letters)

    def key(unit: str) -> tuple[int, bool, int, int]:
        result = locked.state.results.of(unit)
        rank = brief.rank(result)
        return -groups.index(result.group), rank is not None, -(rank or 0), -letters.index(unit)

    return sorted(among, key=key)


def next_hidden(locked: Locked, curtain: Curtain, among: Sequence[str]) -> str | None:
    """The next unit to reveal among those of a page; None when all are named."""
    return next((unit for unit in order(locked, curtain, among) if unit not in curtain.open), None)
