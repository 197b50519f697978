"""对应关系: how two schemes speak of the same things, read either way: items, components and grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from scoring.gather import MarksError, insist_on_scored
from scoring.matching import same_components, same_grades, same_names
from scoring.scheme import Scheme

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Link:
    """Items that stand for the same thing: one and one, several and one (合并), one and several (拆分).

    ``no`` is the least new number in it and names it.
    """

    old: frozenset[int]
    new: frozenset[int]

    @property
    def no(self) -> int:
        """The new item that the link is told by."""
        return min(self.new)


@dataclass(frozen=True)
class Crosswalk:
    """What of an old scheme stands for what of a new one: pairs (old, new).

    ``items`` may hold several pairs of one item; ``components`` each component once. ``grades`` say what an old grade
    becomes, ``back`` what a new one becomes (new, old) when marks are carried the other way.
    """

    items: frozenset[tuple[int, int]] = frozenset()
    components: Pairs = ()
    grades: Pairs = ()
    back: Pairs = ()

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The pairs gathered: items that share a partner belong together."""
        found: list[tuple[set[int], set[int]]] = []
        for old, new in sorted(self.items):
            touching = [link for link in found if old in link[0] or new in link[1]]
            merged = {old}.union(*(link[0] for link in touching)), {new}.union(*(link[1] for link in touching))
            found = [link for link in found if link not in touching] + [merged]
        links = [Link(frozenset(old), frozenset(new)) for old, new in found]
        return tuple(sorted(links, key=lambda link: link.no))

    @cached_property
    def reverse(self) -> Crosswalk:
        """The same, read from the new scheme to the old one."""
        return Crosswalk(
            frozenset((new, old) for old, new in self.items),
            tuple((new, old) for old, new in self.components),
            self.back,
            self.grades,
        )

    @cached_property
    def of_old(self) -> Mapping[int, Link]:
        """Old item → its link."""
        return {no: link for link in self.links for no in link.old}

    @cached_property
    def of_new(self) -> Mapping[int, Link]:
        """New item → its link."""
        return {no: link for link in self.links for no in link.new}

    def only_known(self, old: Scheme, old_group: str, new: Scheme, new_group: str) -> Crosswalk:
        """Without what the schemes do not have (any more): a pair kept last year must not break this year's page."""
        rows = {row.no for row in old.indicators_of(old_group)}, {row.no for row in new.indicators_of(new_group)}
        parts = {part.id for part in old.counted}, {part.id for part in new.counted}
        return Crosswalk(
            frozenset((a, b) for a, b in self.items if a in rows[0] and b in rows[1]),
            _once((a, b) for a, b in self.components if a in parts[0] and b in parts[1]),
            tuple((a, b) for a, b in self.grades if a in old.grades and b in new.grades),
            tuple((a, b) for a, b in self.back if a in new.grades and b in old.grades),
        )


def _once(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Each component at most once on either side; the first pair stands."""
    kept: list[tuple[str, str]] = []
    for old, new in pairs:
        if all(old != a and new != b for a, b in kept):
            kept.append((old, new))
    return tuple(kept)


def by_name(old: Scheme, old_group: str, new: Scheme, new_group: str) -> Crosswalk:
    """What can be said without asking anybody: the same names, and grades of the same place."""
    return Crosswalk(
        same_names(old.indicators_of(old_group), new.indicators_of(new_group)),
        same_components(old, new),
        same_grades(old, new),
        same_grades(new, old),
    )


def insist_on_counterparts(old: Scheme, new: Scheme, walk: Crosswalk) -> None:
    """Raise MarksError, in words, where two schemes have no score or no component with a weight in common."""
    for scheme in (old, new):
        insist_on_scored(scheme)
        if scheme.judged:
            raise MarksError(f"“{scheme.title}”由评议作出综合评价，没有得分可以回测")
    if not walk.components:
        raise MarksError("两个方案没有一种考核方式相对应，无从回测。请在“考核方式对应”中选定")
    for scheme, names in ((old, [a for a, _ in walk.components]), (new, [b for _, b in walk.components])):
        if sum((scheme.weights[name] for name in names), Fraction(0)) <= 0:
            raise MarksError(f"相对应的考核方式在“{scheme.title}”中的权重合计为0，无从回测。请另行选定")
