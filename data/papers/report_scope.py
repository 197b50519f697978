"""What the parts of the 考核情况报告 share: whom it may tell of, tables of items, and figures that are worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from data.follow_up import FollowUp
from data.locked import Locked
from data.papers.openness import hidden_groups
from data.papers.paper import Block, Heading, Text
from data.papers.stood import stood
from data.papers.words import numeral, quoted
from data.state import State
from scoring import exact, profile
from scoring.elements import Group
from scoring.profile import Item
from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme

Part = tuple[str, Sequence[Block]]
"""A sub-heading without its number, and what stands below it; one with nothing below it is left out."""


@dataclass(frozen=True)
class Kind:
    """Units marked by one table of items: ``name`` is "" where there is only one table."""

    name: str
    group: str
    results: tuple[UnitResult, ...]


@dataclass(frozen=True)
class Scope:
    """A 锁定版 as the report tells of it. Towns whose county has not made their results public are left out of it."""

    locked: Locked
    _items: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The state as locked."""
        return self.locked.state

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return self.locked.state.scheme

    @cached_property
    def follow(self) -> FollowUp:
        """What follows the grades as they stand, and the places that these grades bring."""
        return stood(self.locked)

    @cached_property
    def hidden(self) -> tuple[Group, ...]:
        """Groups of towns whose results their 市（区） has not made public (六（六）: 自行研究决定)."""
        return hidden_groups(self.state)

    @cached_property
    def told(self) -> tuple[UnitResult, ...]:
        """Every unit whose result may stand in the report, in the roster's order."""
        hidden = {group.id for group in self.hidden}
        return tuple(result for result in self.state.results.units if result.group not in hidden)

    @cached_property
    def marked(self) -> tuple[UnitResult, ...]:
        """Those of them that are marked on sheets of their own."""
        return tuple(result for result in self.told if self.scheme.inheritance(result.group) is None)

    @cached_property
    def heirs(self) -> tuple[UnitResult, ...]:
        """Those of them that take the score of whom they help (随帮扶对象计分)."""
        return tuple(result for result in self.told if self.scheme.inheritance(result.group) is not None)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Groups that are marked and ranked apart, and told of."""
        present = {result.group for result in self.marked}
        return tuple(group for group in self.scheme.marked_groups if group.id in present)

    def of(self, group: Group) -> tuple[UnitResult, ...]:
        """The units of a group by place as the grades stand, those without one last."""
        placed = self.follow.state.results.ranked(group.id)
        return tuple(self._computed[result.unit] for result in placed)

    def standing(self, unit: str) -> UnitResult:
        """A unit with the grade that stands for it, and the place and consequences which that brings."""
        return self._stood[unit]

    @cached_property
    def _computed(self) -> dict[str, UnitResult]:
        return {result.unit: result for result in self.state.results.units}

    @cached_property
    def _stood(self) -> dict[str, UnitResult]:
        return {result.unit: result for result in self.follow.state.results.units}

    @cached_property
    def called(self) -> str:
        """What the marked units are called: 镇 where others on the roster only inherit, else the scheme's word."""
        return self.groups[0].name if len(self.groups) == 1 and self.heirs else self.scheme.words.units

    def count(self, number: int) -> str:
        """So many of the marked units: "9个镇"."""
        return f"{number}{self.scheme.words.measure}{self.called}"

    @cached_property
    def names(self) -> frozenset[str]:
        """The units that may be told of."""
        return frozenset(result.unit for result in self.told)

    @property
    def several(self) -> bool:
        """Whether several groups are told apart."""
        return len(self.groups) > 1

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The units by the table of items that marks them: groups without items of their own share the scheme's."""
        own = [group for group in self.groups if group.indicators]
        shared = [group.id for group in self.groups if not group.indicators]
        found = [Kind(group.name, group.id, self.of(group)) for group in own]
        if shared:
            units = tuple(result for result in self.marked if result.group in shared)
            found.insert(0, Kind("", shared[0], units))
        return tuple(found) if len(found) > 1 else tuple(Kind("", kind.group, kind.results) for kind in found)

    def items(self, result: UnitResult) -> tuple[Item, ...]:
        """A unit's items with their share of points (得分率), worked out once."""
        if result.unit not in self._items:
            self._items[result.unit] = profile.items(self.scheme, result)
        return self._items[result.unit]

    def weakest(self, result: UnitResult, least: int = 3) -> list[Item]:
        """Its weakest items, weakest first; nothing while no sheet has been marked item by item."""
        return profile.weakest(self.items(result), least)


def section(number: int, title: str, parts: Iterable[Part]) -> list[Block]:
    """One of the five parts: its heading, and what has something to tell, numbered （一）, （二） where there are several."""
    there = [(name, list(blocks)) for name, blocks in parts if blocks]
    found: list[Block] = [Heading(f"{numeral(number)}、{title}", 1)]
    for at, (name, blocks) in enumerate(there, start=1):
        if name and len(there) > 1:
            found.append(Heading(f"（{numeral(at)}）{name}", 2))
        found += blocks
    return found


def numbered(texts: Sequence[Text]) -> list[Block]:
    """Paragraphs as a list: 1. … 2. …; a single one stands without its number."""
    if len(texts) < 2:
        return list(texts)
    return [Text(f"{at}. {text.text}", text.cites) for at, text in enumerate(texts, start=1)]


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of at least one value."""
    return sum(values, Fraction(0)) / len(values)


def rate(part: ComponentResult) -> Fraction | None:
    """A component's score out of 100 (得分率), whatever its full marks."""
    return None if part.score is None or not part.full else part.score * 100 / part.full


def those(scheme: Scheme, units: Sequence[str], most: int = 2) -> str:
    """Who has a greatest or least value: "蓬江区", of many the first: "蓬江区、江海区等5个"."""
    return "、".join(units[:most]) + (f"等{len(units)}{scheme.words.measure}" if len(units) > most else "")


def two(value: Fraction) -> str:
    """A mean or a share with two decimals, half-up; never an official score."""
    return exact.fixed(value, 2)


def item_name(no: int, name: str) -> str:
    """第15项“…”."""
    return f"第{no}项{quoted(name.rstrip('。'))}"
