"""提请审定事项: the grades, the limits and the floors, as matters (about, told, proposed, cites) and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.locked import Locked
from data.locked.grading import cautions
from data.papers.paper import Block, Table, Text
from data.papers.pieces import at_best, of_group
from data.papers.words import cites, grade_counts
from scoring.elements import Group
from scoring.explain import fact_text, score_text
from scoring.results import UnitResult
from scoring.sentences import limit_reason
from scoring.standing import MISSING, draws_lines, gives_places, word

Matter = tuple[str, tuple[str, ...], str, tuple[str, ...]]


def grade_matters(locked: Locked) -> Iterator[Matter]:
    """The grades of each group as one matter; where they are found by 评议, that they have to be."""
    scheme = locked.state.scheme
    if not scheme.grades:
        return
    for group in _groups(locked):
        results = [r for r in locked.state.results.group(group.id) if r.score is not None or locked.given(r)]
        if not results:
            continue
        whose = group.name if len(scheme.groups) > 1 else scheme.words.units
        count = of_group(scheme, group, len(results))
        grounds = cites(scheme.bands or scheme.criteria or group, *([scheme.approval] if scheme.approval else []))
        if all(locked.given(result) is None for result in results):
            told = f"{count}已出得分，原文未定分数线，等次由评议确定，见所附名册。"
            yield f"评议确定{whose}的等次", (told,), f"经评议，确定{count}的等次（逐一填列）", grounds
        else:
            told = f"{locked.standing.word}：{grade_counts(locked, results)}。"
            yield f"审定{whose}的等次", (told, *_differing(locked, results)), f"同意{count}的等次，见所附名册", grounds


def _differing(locked: Locked, results: Sequence[UnitResult]) -> Iterator[str]:
    """Whose suggested grade is not the computed one, and which are better than a limit permits."""
    given_to = {result.unit: given for result in results if (given := locked.given(result))}
    yield from (f"须注意：{caution.told}，建议等次优于该限制。" for caution in cautions(locked.state, given_to))
    for result in results:
        given = locked.given(result)
        if given and result.grade and given.grade != result.grade:
            reason = f"，理由：{given.reason.strip().rstrip('。')}" if given.reason.strip() else "，未写理由"
            yield f"{result.unit}测算等次为“{result.grade}”，建议等次为“{given.grade}”{reason}。"


def limit_matters(locked: Locked) -> Iterator[Matter]:
    """Each limit that lowers a grade, or below which the judgement must stay."""
    scheme = locked.state.scheme
    for result in locked.state.results.units:
        for limit in result.limits:
            if not limit.binds and draws_lines(scheme):
                continue
            why = f"有{fact_text(scheme, limit.fact)}" if limit.fact else limit_reason(scheme, result, limit)
            score = f"得分{score_text(scheme, result.score)}，" if result.score is not None else ""
            by_score = f"按分数为“{result.score_grade}”，" if result.score_grade else ""
            told = f"{result.unit}{score}{by_score}{why}。规定：{limit.text.rstrip('。')}（{limit.cite}）。"
            yield (
                f"确认{result.unit}的等次限制",
                (told,),
                f"{result.unit}等次{at_best(scheme, limit.best)}",
                cites(limit.cite),
            )


def floor_matters(locked: Locked) -> Iterator[Matter]:
    """Each confirmed 保底 that lifts a grade."""
    scheme = locked.state.scheme
    for result in locked.state.results.units:
        for floor in (floor for floor in result.floors if floor.binds and floor.confirmed):
            told = (
                f"{result.unit}{limit_reason(scheme, result, floor)}。规定：{floor.text.rstrip('。')}（{floor.cite}）。"
            )
            yield f"确认{result.unit}的保底等次", (told,), f"{result.unit}等次不低于“{floor.worst}”", cites(floor.cite)


def tables(locked: Locked) -> Iterator[Block]:
    """The names with their figures: group by group, by place where there are places."""
    scheme = locked.state.scheme
    if scheme.judged or not scheme.grades:
        return
    ranked = gives_places(scheme)
    asked = "审定等次"
    heads = (*(["位次"] if ranked else []), scheme.words.unit, "得分", locked.standing.word, "说明", asked)
    widths = (*([14.0] if ranked else []), 44.0 if ranked else 58.0, 20.0, 24.0, 32.0, 22.0)
    for group in _groups(locked):
        results = locked.state.results.ranked(group.id) if ranked else locked.state.results.group(group.id)
        rows = tuple(_row(locked, result, ranked) for result in results)
        name = f"{group.name}等次名册" if len(scheme.groups) > 1 else "等次名册"
        yield Table(name, (heads,), rows, widths, left=2 if ranked else 1)
    if ranked and locked.state.results.provisional():
        yield Text("数据未齐的组别，位次为暂列。", cites(scheme.rank))


def _row(locked: Locked, result: UnitResult, ranked: bool) -> tuple[str, ...]:
    scheme, given = locked.state.scheme, locked.given(result)
    notes = ["受等次限制"] if any(limit.binds for limit in result.limits) else []
    notes += ["有待核对情形"] if result.to_check else []
    notes += ["因四舍五入越线"] if result.crossed_by_rounding else []
    score = MISSING if result.score is None else score_text(scheme, result.score)
    place = (str(result.rank or "—"),) if ranked else ()
    return (*place, result.unit, score, given.grade if given else word(result), "、".join(notes), "")


def _groups(locked: Locked) -> list[Group]:
    return [group for group in locked.state.scheme.groups if locked.state.results.group(group.id)]
