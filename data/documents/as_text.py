"""Results as lines of text for a terminal: what a unit came to, in the words its scheme has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data.documents.as_json import official_text
from scoring import exact
from scoring.marks import Fact
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

MISSING = "暂缺"
JUDGED = "由评议确定"
"""The grade of a scheme that has grades but no lines between them."""
_PLAIN = ("有", "是")


def results_lines(results: Results, handed_in: Iterable[str]) -> Iterator[str]:
    """A line for every unit that handed in a sheet or has a result, group by group, each ranked apart.

    Before it stands the 组别 where there are several; at the end, how many units are not among them.
    """
    names, told = {group.id: group.name for group in results.scheme.groups}, set(handed_in)
    for group in dict.fromkeys(result.group for result in results.units):
        before = f"{names[group]}\t" if len(names) > 1 else ""
        for result in results.ranked(group):
            if result.unit in told or result.score is not None or result.consequences:
                told.add(result.unit)
                yield before + result_line(results, result)
    if rest := len(results.units) - len(told):
        yield f"其余{rest}个尚无评分表"


def open_lines(results: Results) -> Iterator[str]:
    """Why sheets that are filled in cannot be scored yet: a target without its figure, too few peers."""
    for result in results.units:
        for part in result.components.values():
            for why in part.open_rows:
                yield f"{result.unit}“{part.name}”暂缺：{why}"


def result_line(results: Results, result: UnitResult) -> str:
    """Place, unit, score, grade and, where they exist, awards; under judgement (综合评定) what was found and what follows."""
    rules = results.scheme
    if rules.judged:
        return "\t".join((result.unit, f"情形：{_found(rules, result)}", f"结果运用：{_follows(result)}"))
    score = official_text(rules, result.score) or MISSING
    awards = (f"{award.name}{exact.fixed(award.value, award.places)}" for award in result.awards)
    told = [f"建议认定为“{result.recommended}”"] if result.recommended else []
    return "\t".join((str(result.rank or "-"), result.unit, score, grade_text(rules, result), *awards, *told))


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
