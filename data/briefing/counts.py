"""Counts and spans in the short words of a page, each worked out from the results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.briefing.brief import Brief
from scoring.results import UnitResult
from scoring.standing import MISSING, UNJUDGED


def tally_text(brief: Brief, units: Iterable[UnitResult]) -> str:
    """Grades with their counts, those that nobody has left out: "好2个、较好3个，暂缺1个"."""
    measure = brief.scheme.words.measure
    tally = brief.tally(units)
    grades = "、".join(f"{word}{number}{measure}" for word, number in tally.items() if number and not _open(word))
    rest = [f"{word}{number}{measure}" for word, number in tally.items() if number and _open(word)]
    return "，".join([*([grades] if grades else []), *rest])


def _open(word: str) -> bool:
    return word in (MISSING, UNJUDGED)


def score_span(brief: Brief, units: Sequence[UnitResult], whose: str = "") -> str:
    """Between which scores units lie: "14个得分在78.20至94.55之间"; what lacks a score is counted."""
    measure = f"{brief.scheme.words.measure}{whose}"
    scores = [result.score for result in units if result.score is not None]
    if not scores:
        return f"{len(units)}{measure}暂缺"
    lack = f"，{len(units) - len(scores)}{brief.scheme.words.measure}暂缺" if len(scores) < len(units) else ""
    low, high = min(scores), max(scores)
    if low == high:
        each = "均" if len(scores) > 1 else ""
        return f"{len(scores)}{measure}得分{each}为{brief.points(high)}{lack}"
    return f"{len(scores)}{measure}得分在{brief.points(low)}至{brief.points(high)}之间{lack}"


def actions_text(brief: Brief) -> str:
    """What is proposed, with counts: "拟表扬2个、谈话提醒2个"; nothing where nothing is."""
    measure = brief.scheme.words.measure
    told = [f"{m.outcome.action}{len(m.proposals)}{measure}" for m in brief.follow.matters if m.proposals]
    return f"拟{'、'.join(told)}" if told else ""


def decided_basis(brief: Brief) -> tuple[str, ...]:
    """The clauses that grades, or scores where there are none, rest on."""
    scheme = brief.scheme
    found = [scheme.bands.basis] if scheme.bands else []
    found += [component.basis for component in scheme.counted]
    return tuple(dict.fromkeys(found))
