"""等次稳定性 of every group of an assessment at one level of weights: what the command line tells."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.elements import Group
from scoring.firmness.report import UnitFirmness, firmness_report
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.trial import Level, component_level, levels

NO_SCORE = "本方案由评议综合认定，不计得分"


class NoLevelError(ValueError):
    """A level of weights that a scheme does not have; the message lists those it has."""


@dataclass(frozen=True)
class Asked:
    """``groups``: each group with its level of weights (None: nothing is weighed) and its units in the roster's order."""

    results: Results
    groups: tuple[tuple[Group, Level | None, tuple[UnitFirmness, ...]], ...]


def robust(results: Results, level: str | None = None, only: str | None = None) -> Asked:
    """``level`` by id or name; by default the components', or the next that has several weights. Raises NoLevelError.

    ``only``: the one group that is asked of.
    """
    scheme = results.scheme
    found: list[tuple[Group, Level | None, tuple[UnitFirmness, ...]]] = []
    for group in scheme.groups:
        if only not in (None, group.id):
            continue
        # Units that inherit their score have no weights of their own: any group's level leads to saying so.
        marked = group if group in scheme.marked_groups else scheme.marked_groups[0]
        asked = level_of(scheme, marked.id, level)
        found.append((group, asked, firmness_report(results, group.id, asked)))
    return Asked(results, tuple(found))


def level_of(scheme: Scheme, group: str, wanted: str | None) -> Level | None:
    """The level of weights of that id or name in a group. Raises NoLevelError for another."""
    known = [level for level in levels(scheme, group).values() if level.mode == "weights"]
    if wanted is None:
        return known[0] if known else component_level(scheme)
    for level in known:
        if wanted in (level.id, level.name, f"{level.name}权重"):
            return level
    offered = "、".join(f"{level.id}（{level.name}权重）" for level in known)
    rest = f"可用：{offered}" if known else "本方案没有可以变动的权重"
    where = f"{scheme.group(group).name}：" if len(scheme.marked_groups) > 1 else ""
    raise NoLevelError(f"{where}没有“{wanted}”这一层权重；{rest}")
