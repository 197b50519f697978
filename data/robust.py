"""等次稳定性 of every group of an assessment at one level of weights: what the command line tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.elements import Group
from scoring.firmness.report import UnitFirmness, firmness_report
from scoring.nodes import NODE, node_id, node_levels
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
    """The level of weights of that id or name in a group, or the one beneath the category of that path (产业/资产).

    Raises NoLevelError for another.
    """
    known = [level for level in levels(scheme, group).values() if level.mode == "weights"]
    if wanted is None:
        return known[0] if known else component_level(scheme)
    nodes = node_levels(scheme, group)
    found = next((level for level in known if wanted in (level.id, level.name, f"{level.name}权重")), None)
    found = found or nodes.get(wanted) or nodes.get(node_id((wanted,)))
    if found is None:
        where = f"{scheme.group(group).name}：" if len(scheme.marked_groups) > 1 else ""
        raise NoLevelError(f"{where}没有“{wanted}”这一层权重；{_offered(known, nodes)}")
    return found


def _offered(known: list[Level], nodes: Mapping[str, Level]) -> str:
    if not known:
        return "本方案没有可以变动的权重"
    told = [f"{level.id}（{level.name}权重）" for level in known]
    more = f"，以及类别之下：{'、'.join(name.removeprefix(NODE) for name in nodes)}" if nodes else ""
    return f"可用：{'、'.join(told)}{more}"
