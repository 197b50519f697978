"""Every unit of a 锁定版 in a line of final texts: place, score, grade, components, and what is to be said of it.

The picture for a phone, the whole result as HTML and the preview on screen are made from these lines, so that they cannot
differ. The grade is the one that stands (审定, else 建议, else 测算); where it is not the computed one, the line says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from data.documents import ranking_rows
from data.locked import Locked
from data.looks import sign
from data.papers.stood import stood
from scoring.edges import at_edge
from scoring.explain import fact_name, score_text
from scoring.judged import Judged, in_order
from scoring.results import UnitResult
from scoring.sentences import Progress, Readings, headline, pending_text, plain_text
from scoring.standing import MISSING, gives_places, word
from scoring.tallies import tallies

NOTHING = "未登记情形"
NAMED = 8
"""So many units of one outcome are named in a sentence, more are counted."""


@dataclass(frozen=True)
class Line:
    """One unit. ``place`` is "1", "并列2" or "" where it has none; ``score`` is 暂缺 while there is none, "" under judgement.

    ``grade`` is the word (好, 待评议, 暂缺, "" under judgement), ``sign`` shape and word. ``parts``: (考核方式, score).
    ``edge`` tells how near a line it is, ``notes`` what else must be said.
    """

    unit: str
    group: str
    place: str
    score: str
    grade: str
    sign: str
    parts: tuple[tuple[str, str], ...]
    edge: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The lines of one group, by place; ``provisional``: a result is missing, so that the places may still move (暂列)."""

    group: str
    name: str
    lines: tuple[Line, ...]
    provisional: bool


def sections(locked: Locked) -> tuple[Section, ...]:
    """Group by group, each ranked apart; under judgement all together, the gravest first."""
    results = locked.state.results
    scheme = results.scheme
    if scheme.judged:
        lines = tuple(_judged_line(locked, one) for one in in_order(scheme, results.units))
        return (Section("", scheme.words.units, lines, provisional=False),)
    near = {result.unit: plain_text(told).removeprefix(result.unit) for result, told in at_edge(results)}
    standing = stood(locked).state.results
    shared = Counter((result.group, result.rank) for result in standing.units)
    found = []
    for group in scheme.groups:
        if units := standing.ranked(group.id):
            lines = tuple(_line(locked, r, near.get(r.unit, ""), shared[(r.group, r.rank)] > 1) for r in units)
            found.append(Section(group.id, group.name, lines, standing.provisional(units)))
    return tuple(found)


def counts(locked: Locked, section: Section) -> tuple[tuple[str, int], ...]:
    """How many of a section have each grade that stands, the scheme's grades first and each of them named even for nobody."""
    scheme, had = locked.state.scheme, Counter(line.grade for line in section.lines)
    grades = scheme.grades if any(had[grade] for grade in scheme.grades) else ()
    return tuple((grade, had[grade]) for grade in dict.fromkeys((*grades, *(g for g in had if g))))


def grade_heading(locked: Locked) -> str:
    """What the column of grades is called: 测算等次, 建议等次 or 审定等次."""
    return locked.standing.word


def sentences(locked: Locked) -> tuple[str, ...]:
    """What is said first: whether all is there, and the grades that stand. Never a count of computed grades beside others."""
    results, state = locked.state.results, locked.state
    came = len(state.expected) - len(state.absent)
    progress = Progress(came, len(state.expected), state.absent, locked.follow_up.today)
    said = [plain_text(each) for each in headline(results, progress, Readings(0, 0, 0))]
    if state.scheme.judged:
        return tuple(said[:3])
    follow = tuple(_proposed(locked))
    if not (locked.standing.suggested or locked.standing.settled):
        return (*said[:1], *(plain_text(each) for each in tallies(results)), *follow)
    told = sections(locked)
    return (*said[:1], *(_given(locked, section, len(told) > 1) for section in told), *follow)


def _proposed(locked: Locked) -> Iterator[str]:
    """Who is to be praised or talked to by the grades that stand, unless it was refused: by name, or counted where they are many."""
    measure, told = locked.state.scheme.words.measure, []
    for matter in stood(locked).matters:
        units = [one.unit for one in matter.proposals if not (one.decision and one.decision.ruling.choice == "refused")]
        if units:
            names = f"（{'、'.join(units)}）" if len(units) <= NAMED else ""
            told.append(f"{matter.outcome.action}{len(units)}{measure}{names}")
    if told:
        yield f"拟{'；拟'.join(told)}。"


def _given(locked: Locked, section: Section, headed: bool) -> str:
    measure = locked.state.scheme.words.measure
    listed = "、".join(f"{grade}{n}{measure}" for grade, n in counts(locked, section) if n)
    return f"{section.name if headed else ''}{locked.standing.word}：{listed}。"


def _line(locked: Locked, result: UnitResult, edge: str, shares: bool) -> Line:
    """``result`` has the place and the consequences of the grade that stands (``stood``)."""
    scheme, given, computed = locked.state.scheme, locked.given(result), locked.state.results.of(result.unit)
    place = f"{'并列' if shares else ''}{result.rank}" if gives_places(scheme) and result.rank is not None else ""
    grade = given.grade if given else word(result)
    shown = sign(scheme.grades, grade) if grade in scheme.grades else grade
    parts = tuple(
        (part.name, MISSING if part.score is None else score_text(scheme, part.score))
        for part in result.components.values()
        if part.counted
    )
    edge = edge if grade == word(computed) else ""  # how near a line is told of the computed grade alone
    score = MISSING if result.score is None else score_text(scheme, result.score)
    return Line(result.unit, result.group, place, score, grade, shown, parts, edge, tuple(_notes(locked, result, computed)))


def _notes(locked: Locked, result: UnitResult, computed: UnitResult) -> Iterator[str]:
    """Why the grade that stands is not the computed one; limits, what waits, what is missing, what follows by a 情形."""
    given = locked.given(result)
    if given and given.grade != computed.grade:
        reason = f"：{given.reason}" if given.reason else ""
        yield f"测算等次为“{word(computed)}”，{locked.standing.word}为“{given.grade}”{reason}"
    if told := ranking_rows.note(locked.state.scheme, result):
        yield told


def _judged_line(locked: Locked, one: Judged) -> Line:
    scheme = locked.state.scheme
    facts = "、".join(fact_name(scheme, fact) for fact in (*one.problems, *one.aggravating, *one.honoured))
    measures = "、".join(f"拟{each.outcome.action}" for each in (*one.follows, *one.praised))
    waiting = pending_text(one.result) if one.result.to_check else ""
    notes = tuple(told for told in (facts or NOTHING, measures, waiting) if told)
    return Line(one.result.unit, one.result.group, "", "", "", "", (), "", notes)
