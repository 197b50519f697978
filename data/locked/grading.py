"""What the grades of a step must satisfy before 建议等次 or 审定 is recorded. Pure: a state and grades in, words out.

A grade that people give stands beside the computed one, never in its place: wherever the two differ the reason is part of
the record, and a grade better than a 等次限制 permits names the paper that it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.state import State
from data.store import Given
from scoring.explain import fact_text
from scoring.results import AppliedLimit, UnitResult
from scoring.scheme import Scheme

_PAPER = re.compile(r"[〔\[【（(]\s*(19|20)\d\d\s*[〕\]】）)]\s*第?\s*\d+|《[^《》]+》|纪要|第\s*[0-9一二三四五六七八九十百]+\s*[次号]")
"""How a paper is named: 江扶会〔2020〕5号, 《…会议纪要》, 会议纪要, 第3次会议, 第12号."""


@dataclass(frozen=True)
class Caution:
    """A grade better than a limit of the document permits: whose, the limit in words, and whether a paper is named for it."""

    unit: str
    told: str
    named: bool


def grades_of(state: State) -> dict[str, Given]:
    """The computed grades as they would be suggested or settled unchanged; units without one are not in it."""
    return {result.unit: Given(result.grade) for result in state.results.units if result.grade}


def wants_grade(state: State, result: UnitResult) -> bool:
    """Whether a unit must be given a grade: its result is there, by score or by a veto. One that is 暂缺 may not have one."""
    return bool(state.scheme.grades) and (result.grade is not None or result.score is not None)


def differs(result: UnitResult, given: Given | None) -> bool:
    """Whether people gave another grade than was computed; where none was computed there is nothing to differ from."""
    return given is not None and result.grade is not None and given.grade != result.grade


def complaints(state: State, grades: Mapping[str, Given]) -> tuple[str, ...]:
    """Everything that stands in the way of recording these grades, a sentence each that says whose, what and how to mend it."""
    if not state.scheme.grades:
        return ("本方案不评等次，只审定名单和处理意见，请不要填写等次。",) if grades else ()
    known = {result.unit for result in state.results.units}
    strange = [f"考核对象名单中没有“{unit}”，请核对名称。" for unit in grades if unit not in known]
    return (*strange, *(told for result in state.results.units for told in _of_unit(state, result, grades.get(result.unit))))


def _of_unit(state: State, result: UnitResult, given: Given | None) -> Iterator[str]:
    scheme, unit = state.scheme, result.unit
    if given is None:
        if wants_grade(state, result):
            yield f"{unit}尚未给出等次，请选择等次。"
        return
    if given.grade not in scheme.grades:
        yield f"{unit}的等次“{given.grade}”不在本方案的等次（{'、'.join(scheme.grades)}）之内，请改选。"
        return
    reason = given.reason.strip()
    if differs(result, given) and not reason:
        yield f"{unit}由测算的“{result.grade}”改为“{given.grade}”，请写明理由。"
    elif not wants_grade(state, result) and not reason:
        yield f"{unit}的结果暂缺，给出等次“{given.grade}”的，请写明理由。"
    for caution in _cautions(scheme, result, given):
        if not caution.named:
            yield f"{caution.told}。确需给出“{given.grade}”的，请在理由中写明所依据的文件（文号或会议纪要）。"


def cautions(state: State, grades: Mapping[str, Given]) -> tuple[Caution, ...]:
    """Every grade that is better than a 等次限制 permits, with the limit's clause."""
    given = ((result, grades.get(result.unit)) for result in state.results.units)
    return tuple(each for result, one in given if one for each in _cautions(state.scheme, result, one))


def _cautions(scheme: Scheme, result: UnitResult, given: Given) -> Iterator[Caution]:
    if given.grade not in scheme.grades:
        return
    for limit in result.limits:
        if scheme.worse_than(limit.best, given.grade):
            told = f"{result.unit}{_because(scheme, limit)}，按{limit.cite}{_bound(scheme, limit)}"
            yield Caution(result.unit, told, names_paper(given.reason))


def _because(scheme: Scheme, limit: AppliedLimit) -> str:
    return f"有{fact_text(scheme, limit.fact)}" if limit.fact else "符合等次限制的条件"


def _bound(scheme: Scheme, limit: AppliedLimit) -> str:
    better = scheme.grades[: scheme.grades.index(limit.best)]
    return "不得评为" + "、".join(f"“{grade}”" for grade in better)


def names_paper(reason: str) -> bool:
    """Whether a reason names what it rests on: a 文号, a title in 《》, a numbered meeting, or 会议纪要."""
    return bool(_PAPER.search(reason))


def moved(state: State, grades: Mapping[str, Given]) -> tuple[tuple[UnitResult, Given], ...]:
    """Units whose given grade is another than the computed one, in the roster's order."""
    pairs = ((result, grades.get(result.unit)) for result in state.results.units)
    return tuple((result, given) for result, given in pairs if given is not None and differs(result, given))
