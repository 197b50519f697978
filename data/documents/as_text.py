"""Results as lines of text for a terminal: what a unit came to, in the words its scheme has for it."""

from __future__ import annotations

from data.documents.as_json import official_text
from scoring import exact
from scoring.marks import Fact
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

MISSING = "暂缺"
JUDGED = "由评议确定"
"""The grade of a scheme that has grades but no lines between them."""
_PLAIN = ("有", "是")


def result_line(results: Results, result: UnitResult) -> str:
    """Place, unit, score, grade and, where they exist, awards; under judgement (综合评定) what was found and what follows."""
    rules = results.scheme
    if rules.judged:
        return "\t".join((result.unit, f"情形：{_found(rules, result)}", f"结果运用：{_follows(result)}"))
    score = official_text(rules, result.score) or MISSING
    awards = (f"{award.name}{exact.fixed(award.value, award.places)}" for award in result.awards)
    return "\t".join((str(result.rank or "-"), result.unit, score, grade_text(rules, result), *awards))


def grade_text(rules: Scheme, result: UnitResult) -> str:
    """The grade, or why there is none: not everything is there, or the text leaves it to judgement."""
    unlined = rules.bands is None or not rules.bands.items
    return result.grade or (JUDGED if unlined and result.score is not None else MISSING)


def _found(rules: Scheme, result: UnitResult) -> str:
    counted = [fact for fact in result.facts if fact.confirmed and fact.value != rules.fact(fact.fact).values[0]]
    return "、".join(_fact(rules, fact) for fact in counted) or "无"


def _fact(rules: Scheme, fact: Fact) -> str:
    name = rules.fact(fact.fact).name
    return name if fact.value in _PLAIN else f"{name}（{fact.value}）"


def _follows(result: UnitResult) -> str:
    return "、".join(dict.fromkeys(f"{outcome.action}（{outcome.basis}）" for outcome in result.outcomes)) or "无"
