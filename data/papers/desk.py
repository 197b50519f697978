"""What the 反馈单 of all units share, worked out once: means of groups, who stands how, whose 情形 are whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from data.follow_up import FollowUp, Matter, Proposal
from data.locked import Locked
from data.papers.common import FEWEST, common_items
from data.papers.stood import stood
from data.store import FactRow
from scoring.results import UnitResult
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Mean:
    """The mean official score of so many units."""

    units: int
    value: Fraction


@dataclass(frozen=True)
class Desk:
    """A 锁定版 with what all of its 反馈单 need."""

    locked: Locked

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return self.locked.state.scheme

    @cached_property
    def components(self) -> dict[str, str]:
        """Component ids and names."""
        return {part.id: part.name for part in self.scheme.components}

    @cached_property
    def follow(self) -> FollowUp:
        """What follows by the grades that stand."""
        return stood(self.locked)

    @cached_property
    def consequences(self) -> dict[str, list[tuple[Matter, Proposal]]]:
        """Unit → what follows for it, as proposed and decided."""
        found: dict[str, list[tuple[Matter, Proposal]]] = defaultdict(list)
        for matter in (*self.follow.matters, *self.follow.general):
            for proposal in matter.proposals:
                found[proposal.unit].append((matter, proposal))
        return found

    @cached_property
    def _facts(self) -> dict[str, list[FactRow]]:
        found: dict[str, list[FactRow]] = defaultdict(list)
        for row in self.locked.state.facts:
            found[row.fact.unit].append(row)
        return found

    def facts_of(self, unit: str) -> Sequence[FactRow]:
        """The unit's 情形, those not yet checked too."""
        return self._facts.get(unit, [])

    @cached_property
    def _groups(self) -> dict[str, list[UnitResult]]:
        found: dict[str, list[UnitResult]] = defaultdict(list)
        for result in self.locked.state.results.units:
            found[result.group].append(result)
        return found

    @cached_property
    def _means(self) -> dict[tuple[str, str], Mean]:
        """(group, component id or "" for the total) → mean; only of at least ``FEWEST`` units."""
        found = {}
        for group, results in self._groups.items():
            for part in ("", *self.components):
                scores = [score for result in results if (score := _score(result, part)) is not None]
                if len(scores) >= FEWEST:
                    found[group, part] = Mean(len(scores), sum(scores, Fraction(0)) / len(scores))
        return found

    def mean(self, group: str, component: str = "") -> Mean | None:
        """The mean of a group's scores, or of one component's; None where too few units have one."""
        return self._means.get((group, component))

    @cached_property
    def _item_means(self) -> dict[str, dict[int, Fraction]]:
        return {
            group: {one.item.no: one.item.points or Fraction(0) for one in common_items(self.scheme, results)}
            for group, results in self._groups.items()
        }

    def item_means(self, group: str) -> dict[int, Fraction]:
        """Item number → the mean share of its points in the group."""
        return self._item_means.get(group, {})


def _score(result: UnitResult, component: str) -> Fraction | None:
    if not component:
        return result.score
    part = result.components.get(component)
    return part.score if part else None
