"""反馈单: one unit's own result with every reason, for that unit alone.

No other unit's name, score or place is in it; means are told of at least ``FEWEST`` units. Where a unit takes its score
from those it helps (随帮扶对象计分), these are named: they are what its own score consists of.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.locked import Locked
from data.papers.desk import Desk
from data.papers.feedback_follow import deadlines, follows, mending, objecting
from data.papers.feedback_items import item_blocks
from data.papers.feedback_result import component_table, how_it_came, score_told, standing_told
from data.papers.paper import Block, Heading, Paper, Signature, Text
from data.papers.pieces import bracketed, issuing_body
from data.papers.words import READING, cites, insist_on_results, numeral, paper, possible_told, quoted, subject
from data.store import FactRow
from scoring.explain import fact_text, score_text
from scoring.firmness.marks import nearest_grade
from scoring.firmness.remarks import Remarks
from scoring.firmness.ways import item_way
from scoring.firmness.words import firmness_sentences
from scoring.judged import happened
from scoring.results import UnitResult
from scoring.sentences import pending_text, recommended_text, to_next
from scoring.standing import draws_lines
from scoring.waits import lacks

KIND = "反馈单"


def feedback(locked: Locked, unit: str) -> Paper:
    """The 反馈单 of one unit. Raises Unready for an assessment without results, KeyError for a unit not on its roster."""
    insist_on_results(locked)
    return _paper(Desk(locked), locked.state.results.of(unit))


def feedbacks(locked: Locked) -> Iterator[Paper]:
    """Those of all units in the roster's order, what they share worked out once. Raises Unready."""
    insist_on_results(locked)
    desk = Desk(locked)
    return (_paper(desk, result) for result in locked.state.results.units)


def _paper(desk: Desk, result: UnitResult) -> Paper:
    scheme = desk.scheme
    parts = [
        (f"{scheme.words.assessment}结果", list(_result(desk, result))),
        ("所缺结果", list(_lacking(desk, result))),
        ("分项得分情况", list(item_blocks(desk, result))),
        ("登记的情形", list(_facts(desk, result))),
        ("与等次线的差距", list(_gap(desk, result))),
        ("结果运用和整改要求", [*follows(desk, result), *mending(desk, result), *deadlines(desk, result)]),
        ("异议的提出和办理", list(objecting(desk, result))),
    ]
    blocks: list[Block] = []
    for number, (heading, inner) in enumerate([part for part in parts if part[1]], 1):
        blocks += [Heading(f"{numeral(number)}、{heading}"), *inner]
    blocks.append(Signature(issuing_body(scheme), None))
    title = f"{subject(desk.locked)}结果反馈单"
    return paper(desk.locked, KIND, title, blocks, addressee=result.unit, of=result.unit)


def _result(desk: Desk, result: UnitResult) -> Iterator[Block]:
    yield score_told(desk, result)
    yield from standing_told(desk, result)
    yield from component_table(desk, result)
    yield from how_it_came(desk, result)


def _lacking(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """What is missing, when it was due, and what the result may still be."""
    if result.complete or desk.scheme.judged:
        return
    grounds = cites(*(desk.scheme.component(part) for part in result.missing if part in desk.components))
    told = lacks(desk.scheme, result)
    if result.inherited or desk.scheme.inheritance(result.group):
        told = "所帮扶的单位尚无得分" if result.inherited else "尚未登记所帮扶的单位"
    yield Text(f"{told}。所缺的记为暂缺，不按零分计，也不以其他结果代替。", grounds or (READING,))
    came = any(part.exact is not None for part in result.components.values() if part.counted)
    if came and (possible := possible_told(desk.scheme, result)):
        yield Text(f"{possible}。", grounds or (READING,))


def _facts(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """Every registered 情形 with its evidence and what it does; those that say that nothing happened are left out."""
    scheme = desk.scheme
    rows = [row for row in desk.facts_of(result.unit) if happened(scheme, row.fact)]
    if scheme.judged and not rows:
        yield Text("没有登记问题情形。", cites(*scheme.outcomes[:1] or [scheme.rank]))
    for number, row in enumerate(rows, 1):
        kind = scheme.fact(row.fact.fact)
        told = f"{_numbered(number, len(rows))}{fact_text(scheme, row.fact)}{bracketed(kind)}，{_checked(row)}"
        effects = "；".join(_effects(result, row))
        yield Text(f"{told}{f'。{effects}' if effects else ''}。", cites(kind, *_effect_cites(result, row)))


def _numbered(number: int, whole: int) -> str:
    return f"{number}. " if whole > 1 else ""


def _checked(row: FactRow) -> str:
    note = row.note.strip().rstrip("。")
    evidence = f"佐证为{quoted(note)}" if note else "未附佐证说明"
    return f"{evidence}；{'已由第二人核对' if row.fact.confirmed else '尚待第二人核对，核对前不影响结果'}"


def _effects(result: UnitResult, row: FactRow) -> Iterator[str]:
    """What the 情形 does to the grade."""
    for limit in result.limits:
        if limit.fact == row.fact:
            bound = (
                f"等次最高为“{limit.best}”" if limit.binds else f"等次最高为“{limit.best}”，按分数本在其下，不受影响"
            )
            yield f"按{limit.cite}，{bound}"
    for floor in result.floors:
        if floor.fact == row.fact and floor.confirmed:
            yield f"按{floor.cite}，等次不低于“{floor.worst}”"


def _effect_cites(result: UnitResult, row: FactRow) -> list[str]:
    limits = [limit.cite for limit in result.limits if limit.fact == row.fact]
    return limits + [floor.cite for floor in result.floors if floor.fact == row.fact]


def _gap(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """How far it is to the next grade, and what would change the grade, every number such that it stays true."""
    scheme = desk.scheme
    if scheme.judged or result.score is None:
        return
    if not draws_lines(scheme):
        if scheme.bands or scheme.grades:
            grounds = cites(scheme.bands or scheme.rank)
            yield Text("原文只列等次、未定分数线，等次由评议确定，不能由得分推算与等次的差距。", grounds)
        return
    grounds = cites(*([scheme.bands] if scheme.bands else []), *(floor.cite for floor in result.floors if floor.binds))
    given = desk.locked.given(result)
    if given and result.grade and given.grade != result.grade:
        stands = f"{desk.locked.standing.word}为“{given.grade}”，与测算等次“{result.grade}”不同"
        yield Text(f"{stands}，不由得分推算与等次线的差距。", grounds)
        return
    if scheme.inheritance(result.group):
        yield from _helping_gap(desk, result)
        return
    told = [pending_text(result)] if result.to_check else []
    told += [recommended_text(scheme, result)] if result.recommended else []
    told += firmness_sentences(scheme, result, weighed=False)
    told += _by_one_item(desk, result)
    for number, sentence in enumerate(told, 1):
        yield Text(f"{_numbered(number, len(told))}{sentence}。", grounds)


def _helping_gap(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """A helping unit moves with those it helps."""
    rule, following = desk.scheme.inheritance(result.group), to_next(desk.scheme, result)
    assert rule is not None
    gap = f"距“{following[0]}”差{score_text(desk.scheme, following[1])}分；" if following else ""
    yield Text(f"{gap}本单位随所帮扶的单位计分，得分和等次随其变动。", cites(rule))


def _by_one_item(desk: Desk, result: UnitResult) -> list[str]:
    """The nearest single mark that would bring a better grade, where the unit is marked item by item."""
    if to_next(desk.scheme, result) is None or not result.linear or result.category_grades:
        return []
    move = nearest_grade(Remarks(desk.scheme, result), up=True)
    return [f"单项评分中最接近的变动：{item_way(desk.scheme, move)}，即达到“{move.grade}”"] if move else []
