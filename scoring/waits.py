"""Why a unit has no score yet: sheets that have not come, and what the sheets that have come still wait for.

A sheet that is there is never called missing: it waits for a figure of the office, for the peers, or for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme

INCOMPLETE = "评分表缺项"
"""A sheet has come and a row of it was left blank."""


def absent(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    """Names of the counted 考核方式 of which no sheet has come."""
    return tuple(scheme.component(name).name for name in result.missing if _sheetless(result.components.get(name)))


def _sheetless(part: ComponentResult | None) -> bool:
    return part is None or part.sheet is None


def waits(result: UnitResult) -> tuple[str, ...]:
    """What sheets that have come wait for, each once: "待填目标数值：全国增长率", "待同组报齐", "待人工评定", "评分表缺项"."""
    stuck = [p for p in result.components.values() if p.counted and p.sheet is not None and p.exact is None]
    told = [why for part in stuck for why in _of(part)]
    return tuple(dict.fromkeys(told))


def _of(part: ComponentResult) -> list[str]:
    return [row.waits for row in part.rows.values() if row.open] or [INCOMPLETE]


def lacks(scheme: Scheme, result: UnitResult) -> str:
    """All of it in words: "缺日常考核；待填目标数值：全国增长率"; empty for a complete unit."""
    names = absent(scheme, result)
    return "；".join([f"缺{'、'.join(names)}"] * bool(names) + list(waits(result)))


def lacks_in_short(scheme: Scheme, results: Sequence[UnitResult]) -> str:
    """The same of one or several units in the few letters of a card: "缺年终考核，待填目标数值", "缺3份"."""
    sheets = Counter(name for result in results for name in absent(scheme, result))
    told = [f"缺{next(iter(sheets))}" if len(sheets) == 1 else f"缺{sheets.total()}份"] if sheets else []
    told += list(dict.fromkeys(wait.partition("：")[0] for result in results for wait in waits(result)))
    return "，".join(told)
