"""反馈单, first part: the score, the grade and who gave it, the 考核方式, and how the one came from the others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from data.papers.desk import Desk
from data.papers.paper import Block, Table, Text
from data.papers.pieces import OPEN, bracketed, of_group, you
from data.papers.words import READING, cited, cites, given_told, settled_by
from scoring import exact
from scoring.explain import category_steps, grade_steps, score_text, total_steps
from scoring.results import ComponentResult, UnitResult
from scoring.scheme import Scheme


def score_told(desk: Desk, result: UnitResult) -> Text:
    """What the unit comes to, and the mean of its group beside it."""
    scheme = desk.scheme
    group = scheme.group(result.group)
    head = f"根据{cited(scheme.document)}，对{you(desk.locked, result.unit)}进行了{scheme.words.assessment}"
    if scheme.judged:
        return Text(f"{head}，由评议作出综合评价，不计总分、不评等次、不排位次。", cites(scheme.rank))
    if result.score is None:
        return Text(f"{head}。因结果未齐，综合得分暂缺，等次暂缺。", cites(*scheme.counted))
    mean = desk.mean(result.group)
    beside = f"；已出得分的{of_group(scheme, group, mean.units)}平均{exact.fixed(mean.value)}分" if mean else ""
    place = f"，居第{result.rank}位" if scheme.rank.shown == "public" and result.rank is not None else ""
    full = exact.plain(scheme.base)
    text = f"{head}，综合得分{score_text(scheme, result.score)}分（满分{full}分）{place}{beside}。"
    return Text(text, cites(*scheme.counted))


def standing_told(desk: Desk, result: UnitResult) -> Iterator[Text]:
    """The grade by the word that fits it, and by whom it was given."""
    scheme, standing = desk.scheme, desk.locked.standing
    if not scheme.grades:
        return
    given = desk.locked.given(result)
    if given is None:
        if result.score is not None:
            yield Text("等次由评议确定，尚未形成建议等次。", cites(scheme.bands or scheme.rank))
        return
    grounds = cites(*(_grading(scheme)))
    if standing.settled is None:
        yield Text(f"{standing.word}为“{given.grade}”，尚未审定，以审定结果为准。", grounds)
    else:
        approved = f"，{settled_by(standing.approved)}批复" if standing.approved else "，尚待批复"
        yield Text(f"经{settled_by(standing.settled)}审定{approved}，等次为“{given.grade}”。", grounds)
    if result.grade and (differs := given_told(desk.locked, result)):
        yield Text(f"{differs}。", grounds)


def _grading(scheme: Scheme) -> list:
    return [element for element in (scheme.bands, scheme.approval) if element] or [scheme.rank]


def component_table(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """Each 考核方式 with what it weighs, its score and the mean of the group."""
    scheme = desk.scheme
    parts = [part for part in result.components.values() if part.sheet is not None or part.counted]
    if scheme.judged or scheme.inheritance(result.group) or not parts:
        return
    adds = scheme.combine == "add"
    heads = (scheme.words.component, "满分" if adds else "权重", "得分", "本组平均得分", "说明")
    rows = tuple(_component(desk, result, part, adds) for part in parts)
    yield Table(f"各{scheme.words.component}得分", (heads,), rows, (40, 22, 26, 30, 38))


def _component(desk: Desk, result: UnitResult, part: ComponentResult, adds: bool) -> tuple[str, ...]:
    mean = desk.mean(result.group, part.id) if part.exact is not None else None
    note = "" if part.counted else "不计入综合得分"
    if part.counted and part.exact is None:
        note = "评分表已到，暂不能计分" if part.sheet else "评分表未到"
    weight = exact.plain(part.full) if adds else _share(desk.scheme, part)
    score = score_text(desk.scheme, part.score) if part.score is not None else "暂缺"
    return part.name, weight, score, exact.fixed(mean.value) if mean else "—", note


def _share(scheme: Scheme, part: ComponentResult) -> str:
    whole = sum(scheme.weights.values(), Fraction(0))
    if not part.counted or not whole:
        return "—"
    return f"{exact.shown(100 * scheme.weights[part.id] / whole, 2)}%"


def how_it_came(desk: Desk, result: UnitResult) -> Iterator[Text]:
    """The sum, the line it reaches, and what limits or lifts the grade, each with its clause."""
    scheme = desk.scheme
    if scheme.judged or result.score is None:
        return
    steps = [*total_steps(scheme, result), *category_steps(scheme, result), *grade_steps(scheme, result)]
    for step in steps:
        yield Text(f"{step.what}（{_ground(step.cite)}）。", cites(step.cite) or (READING,))
    for award in result.awards:
        rule = next(rule for rule in scheme.awards if rule.id == award.id)
        yield Text(f"{award.name}{exact.fixed(award.value, award.places)}分{bracketed(rule)}。", cites(rule))


def _ground(cite: str) -> str:
    """A step's clause within brackets of its own."""
    return OPEN if cite == READING else cite
