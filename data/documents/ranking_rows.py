"""The ranking as rows: one a unit, with the columns that its document knows. The screen, CSV and workbook read these.

Scores are fractions and amounts, None while they are missing; all else is text. A document without lines has no column of
grades, and one that judges has no column of scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.edges import to_next
from scoring.explain import fact_name, reason_text, score_text, told_consequences
from scoring.judged import Judged, judged
from scoring.results import AppliedLimit, Inherited, Results, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import limit_reason, pending_text, recommended_text
from scoring.standing import draws_lines, word
from scoring.waits import lacks


@dataclass(frozen=True)
class Amount:
    """A figure that is no score, with its own decimals: 绩效得分 1.7200."""

    value: Fraction
    places: int


Value = str | Fraction | Amount | None
Row = dict[str, Value]
GROUP, PLACE, SCORE, GRADE, BY_SCORE = "组别", "位次", "综合得分", "测算等次", "按分数等次"
NEXT, OUTCOME, NOTE, BONUS, FROM = "距上一等次", "拟结果运用", "说明", "加分", "随何处计分"
DEDUCTION = "扣分"
SITUATIONS, CLAUSES, MEASURES = "情形", "条款", "拟处理"
_REMARK = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True)
class _Columns:
    """Which columns a table of these units needs."""

    group: bool
    grade: bool
    bonus: bool
    deduction: bool
    inherited: bool


def rows(results: Results, units: Sequence[UnitResult]) -> list[Row]:
    """One row a unit, in the order given, all with the same columns."""
    if results.scheme.judged:
        grouped = len({result.group for result in units}) > 1
        return [_judged_row(results.scheme, judged(results.scheme, result), grouped) for result in units]
    shared = Counter((result.group, result.rank) for result in results.units)
    wanted = _columns(results.scheme, units)
    awards = _award_names(results.scheme, units)
    return [_row(results.scheme, r, shared[(r.group, r.rank)] > 1, wanted, awards) for r in units]


def _columns(scheme: Scheme, units: Sequence[UnitResult]) -> _Columns:
    return _Columns(
        group=len({result.group for result in units}) > 1,
        grade=draws_lines(scheme) or any(result.grade for result in units),
        bonus=any(result.bonuses for result in units),
        deduction=any(result.deductions for result in units),
        inherited=any(scheme.inheritance(result.group) for result in units),
    )


def _award_names(scheme: Scheme, units: Sequence[UnitResult]) -> tuple[str, ...]:
    groups = {result.group for result in units}
    return tuple(dict.fromkeys(award_name(rule.name) for rule in scheme.awards if groups & set(rule.groups)))


def award_name(name: str) -> str:
    """An award in short: without the remark on whose it is."""
    return _REMARK.sub("", name)


def _row(scheme: Scheme, result: UnitResult, shares: bool, wanted: _Columns, awards: Sequence[str]) -> Row:
    row: Row = {GROUP: scheme.group(result.group).name} if wanted.group else {}
    if scheme.rank.shown != "none":
        row[PLACE] = "" if result.rank is None else f"{'并列' if shares else ''}{result.rank}"
    row |= {scheme.words.unit: result.unit, SCORE: result.score}
    row |= {GRADE: word(result)} if wanted.grade else {}
    row |= {name: _award(result, name) for name in awards}
    row |= {FROM: from_text(result.inherited)} if wanted.inherited else {}
    row |= {part.name: part.score for part in result.components.values() if part.counted}
    row |= {BONUS: _bonus(result)} if wanted.bonus else {}
    row |= {DEDUCTION: _deduction(result)} if wanted.deduction else {}
    row |= {BY_SCORE: result.score_grade or "", NEXT: _next(scheme, result)} if draws_lines(scheme) else {}
    return row | {OUTCOME: outcomes(scheme, result), NOTE: note(scheme, result)}


def _award(result: UnitResult, name: str) -> Amount | str:
    found = next((award for award in result.awards if award_name(award.name) == name), None)
    return Amount(found.value, found.places) if found else ""


def from_text(inherited: Sequence[Inherited]) -> str:
    """Whose scores a unit takes: "桂头镇（30户）、一六镇（10户）"; for nobody, that none is entered."""
    told = [f"{i.unit}（{exact.plain(i.households)}户）" if i.households is not None else i.unit for i in inherited]
    return "、".join(told) or "未登记帮扶对象"


def _bonus(result: UnitResult) -> str:
    points = sum((bonus.points for bonus in result.bonuses), Fraction(0))
    return f"{exact.plain(points)}分" if points else ""


def _deduction(result: UnitResult) -> str:
    points = sum((each.points for each in result.deductions), Fraction(0))
    return f"{exact.plain(points)}分" if points else ""


def _next(scheme: Scheme, result: UnitResult) -> str:
    following = to_next(scheme, result)
    return f"距“{following[0]}”{score_text(scheme, following[1])}分" if following else ""


def outcomes(scheme: Scheme, result: UnitResult) -> str:
    """What is to follow (结果运用) for this unit and not for every unit alike: "拟谈话提醒"."""
    told = [consequence.outcome.action for consequence in told_consequences(scheme, result)]
    return f"拟{'、'.join(told)}" if told else ""


def note(scheme: Scheme, result: UnitResult) -> str:
    """Why the grade differs from the score's, which 情形 brings what follows, what waits: nothing for most units."""
    told = [*_limits(scheme, result), *_floors(scheme, result)]
    told += [
        f"拟{c.outcome.action}：{reason_text(scheme, result, c)}" for c in told_consequences(scheme, result) if c.fact
    ]
    if result.to_check:
        told.append(pending_text(result))
    if result.crossed_by_rounding and result.unrounded is not None:
        told.append(f"未舍入时为{exact.shown(result.unrounded)}分")
    if result.missing:
        told.append(_missing(scheme, result))
    return "；".join(told)


def _limits(scheme: Scheme, result: UnitResult) -> list[str]:
    """The limits that lowered the grade; where scores are not graded, all that the judgement must heed."""
    told = [limit for limit in result.limits if limit.binds or result.score_grade is None]
    return [_limit(scheme, result, limit) for limit in told]


def _limit(scheme: Scheme, result: UnitResult, limit: AppliedLimit) -> str:
    why = limit_reason(scheme, result, limit).removeprefix("因")
    why = f"有“{fact_name(scheme, limit.fact)}”情形" if limit.fact else why
    return f"{why}，按{limit.cite}最高为“{limit.best}”"


def _floors(scheme: Scheme, result: UnitResult) -> list[str]:
    if result.recommended:
        return [recommended_text(scheme, result).removeprefix("因")]
    held = [floor for floor in result.floors if floor.binds and floor.confirmed]
    return [f"{limit_reason(scheme, result, f).removeprefix('因')}，按{f.cite}不低于“{f.worst}”" for f in held]


def _missing(scheme: Scheme, result: UnitResult) -> str:
    why = lacking(scheme, result)
    if result.possible is None or (len(result.missing) == len(scheme.counted) and not result.inherited):
        return why
    low, high = (score_text(scheme, end) for end in (result.possible.low, result.possible.high))
    ends = dict.fromkeys((*result.possible.grades[:1], *result.possible.grades[-1:]))
    span = f"，{'至'.join(ends)}" if ends else ""
    return f"{why}；可能{low}至{high}分{span}"


def lacking(scheme: Scheme, result: UnitResult) -> str:
    """What is missing: sheets, the scores of those it helps, or what a row still waits for."""
    waiting = [one.unit for one in result.inherited if one.score is None]
    if scheme.inheritance(result.group):
        return f"所帮扶的{'、'.join(waiting)}尚无得分" if waiting else "未登记帮扶对象"
    return lacks(scheme, result)


def _judged_row(scheme: Scheme, one: Judged, grouped: bool) -> Row:
    row: Row = {GROUP: scheme.group(one.result.group).name} if grouped else {}
    facts = [*one.problems, *one.aggravating, *one.honoured]
    return row | {
        scheme.words.unit: one.result.unit,
        SITUATIONS: "、".join(fact_name(scheme, fact) for fact in facts),
        CLAUSES: "、".join(dict.fromkeys(scheme.fact(fact.fact).basis for fact in facts)),
        MEASURES: "、".join(f"拟{each.outcome.action}" for each in (*one.follows, *one.praised)),
        NOTE: pending_text(one.result) if one.result.to_check else "",
    }
