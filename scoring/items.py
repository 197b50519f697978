"""One marked row of a sheet, from what was written to points: value → grade → floor → points → late.

Points are out of 100 whatever the item's own full marks, so that one tree rolls up every kind of table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scoring import exact
from scoring.completion import Completion, completion, earned_by
from scoring.conditions import holds
from scoring.elements import Indicator, Target
from scoring.gather import MarksError
from scoring.late import Deduction
from scoring.marks import Fact, Mark
from scoring.peers import COMPARED, Comparison, Peers, place_among
from scoring.results import ItemResult, Step
from scoring.scheme import Scheme

FULL = Fraction(100)
YES, NO = "是", "否"
FIGURE, PEERS, PERSON = "待填目标数值", "待同组报齐", "待人工评定"
"""What a row that is filled in may wait for before it can be scored."""


@dataclass(frozen=True)
class Around:
    """What beside the mark itself decides an item: the peers' values, the unit's facts that count, late money."""

    peers: Comparison = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    late: Mapping[int, Deduction] = field(default_factory=dict)


def item_result(scheme: Scheme, row: Indicator, component: str, mark: Mark, around: Around) -> ItemResult:
    """What one row comes to. Raises MarksError for a mark that its item's kind cannot have."""
    if not mark.applicable:
        return ItemResult(row.no, None)
    found = _read(scheme, row, component, mark, around)
    return _late(row, _pointed(scheme, _lifted(scheme, row, mark, found, around)), around)


def _read(scheme: Scheme, row: Indicator, component: str, mark: Mark, around: Around) -> ItemResult:
    """From what was written to a grade, or to points where the table knows no grades."""
    if mark.grade is not None:
        if scheme.ticks is None or mark.grade not in scheme.ticks.points:
            raise MarksError(f"第{row.no}项的“{mark.grade}”不是本方案的等次")
        return ItemResult(row.no, None, mark.grade)
    if mark.score is not None:
        return ItemResult(row.no, mark.score * FULL / row.full.get(component, FULL))
    if mark.answer is not None:
        return _answered(scheme, row, mark.answer)
    return _measured(scheme, row, component, mark.value or Fraction(0), around)


def _answered(scheme: Scheme, row: Indicator, answer: str) -> ItemResult:
    if row.kind == "yesno" and answer in (YES, NO):
        return ItemResult(row.no, FULL if answer == YES else Fraction(0))
    if row.kind == "task" and scheme.tasks and answer in scheme.tasks.answers:
        grade = scheme.tasks.answers[answer]
        return ItemResult(
            row.no, None, grade, notes=(Step(f"第{row.no}项{answer}，评为“{grade}”", scheme.tasks.basis),)
        )
    raise MarksError(f"第{row.no}项“{row.name}”不能填“{answer}”")


def _measured(scheme: Scheme, row: Indicator, component: str, value: Fraction, around: Around) -> ItemResult:
    if scheme.median and row.kind in COMPARED:
        return _compared(scheme, row, value, around.peers.get((component, row.no)))
    if scheme.ratios and row.kind == "ratio":
        return _shared(scheme, row, component, value)
    if row.kind == "yesno" and row.target:
        return _against(scheme, row, value)
    if row.kind == "completion":
        return _completed(scheme, row, component, value)
    raise MarksError(f"第{row.no}项“{row.name}”不能填实际数值")


def _compared(scheme: Scheme, row: Indicator, value: Fraction, peers: Peers | None) -> ItemResult:
    """中位法. With too few peers nobody is graded by numbers: a person ticks."""
    rule = scheme.median
    if rule is None or peers is None or peers.count < rule.min_peers:
        count = peers.count if peers else 0
        least = rule.min_peers if rule else 1
        few = f"第{row.no}项只有{count}家报送数值，不足{least}家，须人工评定等次"
        return ItemResult(row.no, None, open=few, waits=PERSON)
    if peers.waiting:
        told = f"第{row.no}项须与同组各家比较，已有{peers.count}家报送数值，尚有{peers.waiting}家的评分表未到"
        return ItemResult(row.no, None, open=told, waits=PEERS)
    grade = scheme.grades[min(place_among(peers.lines, value), len(scheme.grades) - 1)]
    high, middle, low = (exact.shown(line, 2) for line in peers.lines)
    said = f"第{row.no}项为{exact.shown(value)}，{peers.count}家的界限依次为{high}、{middle}（中位数）、{low}，评为“{grade}”"
    return ItemResult(row.no, None, grade, notes=(Step(said, rule.basis),))


def _shared(scheme: Scheme, row: Indicator, component: str, value: Fraction) -> ItemResult:
    """比例计分: full marks × share, nothing below ``zero_below``."""
    rule = scheme.ratios
    if not 0 <= value <= FULL:
        raise MarksError(f"第{row.no}项的比例{exact.plain(value)}%不在0至100之间")
    nothing = rule is not None and rule.zero_below is not None and value < rule.zero_below
    points = Fraction(0) if nothing else value
    full = row.full.get(component, FULL)
    said = f"第{row.no}项比例{exact.shown(value)}%，满分{exact.plain(full)}分，得{exact.shown(points * full / FULL)}分"
    return ItemResult(row.no, points, notes=(Step(said, rule.basis if rule else ""),))


_MEETS = {
    "above": lambda value, target: value > target,
    "at_least": lambda value, target: value >= target,
    "at_most": lambda value, target: value <= target,
    "below": lambda value, target: value < target,
}
COMPARES = {"above": "高于", "at_least": "不低于", "at_most": "不超过", "below": "低于"}


def _against(scheme: Scheme, row: Indicator, value: Fraction) -> ItemResult:
    """All or nothing against a target: 高于 is strict."""
    target = next(known for known in scheme.targets if known.id == row.target)
    if target.value is None:
        told = f"第{row.no}项须与“{target.name}”比较，而该数尚未填写"
        return ItemResult(row.no, None, open=told, waits=f"{FIGURE}：{target.name}")
    compare = row.compare or "at_least"
    met = _MEETS[compare](value, target.value)
    verdict = "" if met else "不"
    shown, line = (f"{exact.shown(number)}{target.measure}" for number in (value, target.value))
    said = f"第{row.no}项为{shown}，{verdict}{COMPARES[compare]}{target.name}{line}"
    points = FULL if met else Fraction(0)
    return ItemResult(row.no, points, notes=(Step(f"{said}，{'得满分' if met else '不得分'}", "、".join(row.cite)),))


def _completed(scheme: Scheme, row: Indicator, component: str, value: Fraction) -> ItemResult:
    """完成率: full marks × completion, at most all; or what the 档 earns that the completion reaches."""
    rule = row.completion or Completion.model_validate({})
    target = next((known for known in scheme.targets if known.id == row.target), None)
    if target is not None and target.value is None:
        told = f"第{row.no}项须与“{target.name}”比较，而该数尚未填写"
        return ItemResult(row.no, None, open=told, waits=f"{FIGURE}：{target.name}")
    reached = value if target is None else completion(rule, value, target.value or Fraction(0))
    points, how = earned_by(rule, reached)
    full = row.full.get(component, FULL)
    said = f"第{row.no}项{_reached(row, target, value, reached)}，{how}满分{exact.plain(full)}分，得{exact.shown(points * full / FULL)}分"
    return ItemResult(row.no, points, notes=(Step(said, "、".join(row.cite)),))


def _reached(row: Indicator, target: Target | None, value: Fraction, reached: Fraction | None) -> str:
    """The completion in words: "完成230人，目标250人，完成率92%"."""
    if target is None or target.value is None:
        return f"完成率{exact.shown(value)}%"
    measure = target.measure or row.measure
    what = f"为{exact.shown(value)}{measure}，{target.name}{exact.plain(target.value)}{measure}"
    if row.completion is not None and row.completion.better == "less":
        return f"{what}（越少越好），完成率{'100%以上' if reached is None else f'{exact.shown(reached, 2)}%'}"
    return f"{what}，完成率{exact.shown(reached or Fraction(0), 2)}%"


def _lifted(scheme: Scheme, row: Indicator, mark: Mark, found: ItemResult, around: Around) -> ItemResult:
    """Floors under an item's grade (分项保底)."""
    met = {scheme.tasks.target} if scheme.tasks and _task_met(scheme, row, mark) else set()
    for floor in scheme.floors:
        applies = floor.of == "items" and (not floor.kinds or row.kind in floor.kinds)
        if not applies or found.grade is None or not scheme.worse_than(found.grade, floor.worst):
            continue
        if holds(floor.when, scheme, around.facts, found.grade, met=met):
            step = Step(f"第{row.no}项：{floor.text}，由“{found.grade}”定为“{floor.worst}”", floor.basis)
            found = replace(found, grade=floor.worst, notes=(*found.notes, step))
    return found


def _task_met(scheme: Scheme, row: Indicator, mark: Mark) -> bool:
    return bool(row.kind == "task" and scheme.tasks and mark.answer in scheme.tasks.met)


def _pointed(scheme: Scheme, found: ItemResult) -> ItemResult:
    if found.grade is None or scheme.ticks is None:
        return found
    return replace(found, points=scheme.ticks.points[found.grade])


def _late(row: Indicator, found: ItemResult, around: Around) -> ItemResult:
    late = around.late.get(row.no)
    if late is None or found.points is None:
        return found
    points = found.points * (1 - late.percent / 100)
    told = []
    if late.gap:
        told.append(f"{'、'.join(late.gap)}到账晚于期限而早于扣分起算日，原文未写，不扣分")
    if late.percent:
        told.append(
            f"逾期到账扣{exact.shown(late.percent)}%，由{exact.shown(found.points)}分减为{exact.shown(points)}分"
        )
    step = Step(f"第{row.no}项：{'；'.join(told)}", late.rule.basis)
    return replace(found, points=points, notes=(*found.notes, step))
