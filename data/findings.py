"""Problems that a unit's own result suggests for the 整改台账: its weakest items, its limits, the 情形 behind what follows.

They are only offered; a person takes each over. ``source`` names what it was taken from, so that none is offered twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.state import State
from data.store import Finding, Rectification
from scoring import exact, profile
from scoring.explain import fact_text
from scoring.marks import Fact
from scoring.results import UnitResult
from scoring.scheme import Scheme

LEAST = 5
"""So many of the weakest items are offered, or all that share the worst points."""


def suggested(state: State, unit: str, items: Iterable[Rectification]) -> list[Finding]:
    """What could be taken over for a unit, in the order: limits, 情形, weakest items; without what it already has."""
    result = state.results.of(unit)
    taken = {item.finding.source for item in items if item.finding.unit == unit}
    offered = [*_limits(state.scheme, result), *_facts(state.scheme, result), *_items(state.scheme, result)]
    return [finding for finding in offered if finding.source not in taken]


def _limits(scheme: Scheme, result: UnitResult) -> list[Finding]:
    return [
        Finding(
            result.unit, f"有{fact_text(scheme, limit.fact)}" if limit.fact else limit.text,
            source=_fact_source(limit.fact) if limit.fact else f"等次限制（{limit.cite}）",
        )
        for limit in result.limits
    ]  # fmt: skip


def _facts(scheme: Scheme, result: UnitResult) -> list[Finding]:
    """The 情形 that bring something other than praise and limit nothing."""
    limiting = [limit.fact for limit in result.limits]
    facts = [c.fact for c in result.consequences if c.fact and not c.outcome.praises and c.fact not in limiting]
    return [
        Finding(result.unit, f"有{fact_text(scheme, fact)}", source=_fact_source(fact)) for fact in dict.fromkeys(facts)
    ]


def _fact_source(fact: Fact) -> str:
    return f"情形“{fact.value}”" + "".join(f"，{part}" for part in (fact.fact, fact.date, fact.basis) if part)


def _items(scheme: Scheme, result: UnitResult) -> list[Finding]:
    weak = profile.weakest(profile.items(scheme, result), LEAST)
    return [
        Finding(result.unit, f"第{item.no}项{_named(item)}：{_how_weak(scheme, item)}", source=f"指标第{item.no}项")
        for item in weak
    ]


def _named(item: profile.Item) -> str:
    """The item's name in quotation marks; marks within it become single ones."""
    return f"“{item.name.replace('“', '‘').replace('”', '’').rstrip('。')}”"


def _how_weak(scheme: Scheme, item: profile.Item) -> str:
    """ "交叉考核一般，市级考核较差"; where nothing was ticked, the share of its points: "得分率62.50％"."""
    ticked = "，".join(f"{scheme.component(id_).name}{grade}" for id_, grade in item.grades.items())
    return ticked or (f"得分率{exact.fixed(item.points, 2)}％" if item.points is not None else "")
