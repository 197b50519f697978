"""The pages of a 汇报 in their standard order; what has nothing to report has no page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from data.briefing import deciding, edges, following, limits, opening, parts, ranking
from data.briefing.brief import Brief
from data.briefing.hiding import covered
from data.briefing.model import Page
from data.locked import Locked

_BUILDERS: dict[str, tuple[str, Callable[[Brief], Iterator[Page]]]] = {
    "cover": ("封面", opening.cover),
    "missing": ("数据未齐", opening.missing),
    "conclusion": ("一句话结论", opening.conclusion),
    "ranking": ("位次", ranking.ranking),
    "map": ("等次地图", ranking.grade_map),
    "parts": ("得分构成", parts.composition),
    "weak": ("共性短板", parts.weaknesses),
    "edges": ("谁在边界", edges.edges),
    "limits": ("等次限制和情形", limits.limits),
    "outcomes": ("拟结果运用", following.outcomes),
    "rectify": ("问题与整改", following.rectifying),
    "assumptions": ("口径", deciding.assumptions),
    "objections": ("异议", following.objections),
    "matters": ("请会议审定的事项", deciding.matters),
    "end": ("结束", opening.end),
}

TOPICS: dict[str, str] = {key: name for key, (name, _) in _BUILDERS.items()}
"""Every topic by its key, in standard order."""


def pages(
    locked: Locked, names: Mapping[str, str] | None = None, keys: Sequence[str] | None = None
) -> tuple[Page, ...]:
    """What the meeting is shown.

    ``names`` maps units to what they are called here (None: by their names); see ``data.naming.aliases``. ``keys`` picks
    topics and their order: a topic's key gives all its pages ("ranking", "ranking-2", …); unknown ones give none.
    """
    brief = Brief(locked, names)
    wanted = TOPICS if keys is None else [key for key in dict.fromkeys(keys) if key in TOPICS]
    return tuple(covered(page, names) for key in wanted for page in _BUILDERS[key][1](brief))
