"""What a meeting is asked to decide (提请审定事项), each in a short sentence with its clause.

The same matters, counted alike, as in the paper of that name (``data.papers.matters``): those that 总览 counts
(需领导小组审定N项), then what is settled with them (一并提请审议). What is settled is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.briefing.brief import Brief, cut
from data.briefing.counts import tally_text
from data.matters import units_to_decide
from data.papers.matters_before import before
from data.papers.pieces import at_best
from scoring.explain import at_odds
from scoring.results import UnitResult
from scoring.sentences import odds_text
from scoring.standing import draws_lines

READING = "口径（原文未规定）"
_NAME = 14
"""Letters of a reading's name."""


@dataclass(frozen=True)
class Question:
    """One matter: what is to be decided, by which clause, and what there is to say of it."""

    text: str
    cite: str
    about: str = ""


def decisive(brief: Brief) -> list[Question]:
    """需领导小组审定: readings of which another would change grades, and units that need a word of the meeting."""
    if brief.locked.standing.settled:
        return []
    units = brief.listed(brief.results.of(result.unit) for result in units_to_decide(brief.locked.state))
    return [*_readings(brief), *(question for result in units for question in _unit(brief, result))]


def along(brief: Brief) -> list[Question]:
    """一并提请审议: grades, limits and confirmed floors until they are settled, and 结果运用 that nobody decided yet."""
    settling = [] if brief.locked.standing.settled else [*_grades(brief), *_rules(brief)]
    return [*settling, *_outcomes(brief)]


def awaited(brief: Brief) -> list[str]:
    """What must be done before the meeting. With hidden names nothing: it tells papers and words of the units."""
    return [] if brief.hidden else [block.text for block in before(brief.whole)]


def counted(decide: list[Question], beside: list[Question]) -> str:
    """How many of each: "需领导小组审定1项，一并提请审议3项"."""
    told = [f"需领导小组审定{len(decide)}项"] if decide else []
    return "，".join([*told, *([f"{'一并' if decide else ''}提请审议{len(beside)}项"] if beside else [])])


def _readings(brief: Brief) -> Iterator[Question]:
    for reading, most in brief.whole.state.mattering:
        text = f"确认口径“{cut(reading.name, _NAME)}”，换用其他口径至多{most}{brief.scheme.words.measure}等次改变"
        yield Question(text, READING, reading.text)


def _unit(brief: Brief, result: UnitResult) -> Iterator[Question]:
    """At most two matters, each of which the paper lists apart; ``to_decide`` counts the unit once."""
    name = brief.called(result.unit)
    if at_odds(brief.scheme, result):
        praised = "、".join(dict.fromkeys(o.action for o in result.outcomes if o.praises))
        cites = "、".join(dict.fromkeys(outcome.basis for outcome in result.outcomes))
        yield Question(f"决定{name}是否仍列入{praised}", cites, f"{name}{odds_text(brief.scheme, result)}")
    if result.recommended:
        floors = [floor for floor in result.floors if floor.binds and not (floor.confirmed or floor.declined)]
        text = f"认定{name}是否由“{result.grade}”评为“{result.recommended}”"
        yield Question(
            text, "、".join(dict.fromkeys(floor.cite for floor in floors)), "；".join(f.text for f in floors)
        )


def _grades(brief: Brief) -> Iterator[Question]:
    scheme = brief.scheme
    if not scheme.grades:
        return
    approval = scheme.approval.basis if scheme.approval else ""
    for group in scheme.groups:
        units = [r for r in brief.results.group(group.id) if r.score is not None or brief.grade(r)]
        if not units:
            continue
        whose = group.name if len(scheme.groups) > 1 else ""
        if any(brief.grade(result) for result in units):
            yield Question(f"审定{whose}等次：{tally_text(brief, units)}", approval)
        else:
            yield Question(f"评议确定{whose or brief.count(len(units))}的等次", approval)


def _rules(brief: Brief) -> Iterator[Question]:
    """Each limit that lowers a grade or bounds the judgement, and each confirmed floor that lifts one."""
    units = brief.listed(brief.results.units)
    for result in units:
        for limit in result.limits:
            if limit.binds or not draws_lines(brief.scheme):
                text = f"确认{brief.called(result.unit)}受等次限制，{at_best(brief.scheme, limit.best)}"
                yield Question(text, limit.cite, limit.text)
    for result in units:
        for floor in result.floors:
            if floor.binds and floor.confirmed:
                yield Question(f"确认{brief.called(result.unit)}保底，不低于“{floor.worst}”", floor.cite, floor.text)


def _outcomes(brief: Brief) -> Iterator[Question]:
    for matter in brief.follow.matters:
        waiting = brief.listed(brief.results.of(proposal.unit) for proposal in matter.undecided)
        if waiting:
            who, everyone = brief.some(waiting, 3), brief.some(waiting, 80)
            text = f"决定{matter.outcome.action}{len(waiting)}{brief.scheme.words.measure}：{who}"
            yield Question(text, matter.outcome.basis, "" if everyone == who else everyone)
