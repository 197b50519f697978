"""A place that differs: ties, direction, the grade left out, or a range that leaves units out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from scoring.crosscheck.book import letters
from scoring.crosscheck.case import Case, Cause
from scoring.crosscheck.layout import RANK, TOTAL, Slot
from scoring.crosscheck.parse import Call, Num, Range
from scoring.crosscheck.trace import parts

_Key = tuple[int, Fraction]


def keys(case: Case, slot: Slot) -> dict[str, _Key]:
    """What each unit of the group is placed by, as the workbook has it: grade, then score, the best least."""
    group = case.of[slot.unit].group
    found: dict[str, _Key] = case.once(("keys", slot.at[0], slot.role, group), lambda: _keys(case, slot, group))
    return found


def _keys(case: Case, slot: Slot, group: str) -> dict[str, _Key]:
    found = {}
    for one in _members(case, slot):
        score, grade = case.score(one), case.grade(one)
        if score is None or case.of[one.unit].group != group:
            continue
        order = case.scheme.grades.index(grade) if grade in case.scheme.grades else len(case.scheme.grades)
        found[one.unit] = (order if "grade" in case.scheme.rank.by else 0, -score)
    return found


def _members(case: Case, slot: Slot) -> list[Slot]:
    return [
        case.slot(slot, slot.role, unit) or Slot(slot.at, unit, slot.role) for unit in case.by_unit if unit in case.of
    ]


def placed(keyed: Mapping[str, object], unit: str) -> int | None:
    """The place by these keys, equal ones sharing it: 1, 2, 2, 4."""
    own = keyed.get(unit)
    return None if own is None else 1 + sum(other < own for other in keyed.values())  # type: ignore[operator]


def by_order(case: Case, slot: Slot) -> Iterator[Cause]:
    """Every cause that gives exactly this place from the scores and grades that stand in the workbook."""
    told, keyed = case.place(slot), keys(case, slot)
    if told is None or slot.unit not in keyed:
        return
    if node_cause := _range(case, slot):
        yield node_cause
        return
    own = keyed[slot.unit]
    scores = {unit: key[1] for unit, key in keyed.items()}
    if "grade" in case.scheme.rank.by and placed(scores, slot.unit) == told:
        yield Cause("rank-by-score", "只按得分排位次，没有先比等次（受等次限制的应排在其等次之内）")
        return
    backwards = {unit: -score for unit, score in scores.items()}
    if placed(backwards, slot.unit) == told and told != placed(scores, slot.unit):
        yield Cause("rank-order", "排反了：得分低的在前")
        return
    for by, values in ((own, keyed), (scores[slot.unit], scores)):
        before = sum(other < by for other in values.values())  # type: ignore[operator]
        ties = sum(other == by for other in values.values())
        distinct = len({other for other in values.values() if other < by})  # type: ignore[operator]
        if told == distinct + 1 and told != before + 1:
            yield Cause("rank-ties", "并列后不空位次（1、2、2、3）；本系统并列后空出位次（1、2、2、4）")
            return
        if ties > 1 and told == before + ties:
            yield Cause("rank-ties", "得分相同的没有并列，排在了后面" if ties == 2 else "得分相同的没有并列")
            return
        if ties > 1 and before + 1 < told < before + ties:
            yield Cause("rank-ties", "得分相同的没有并列" if told.denominator == 1 else "得分相同的取了平均位次")
            return
    for other in case.column(slot):
        if other.unit in keyed and placed(keyed, other.unit) == told != case.place(other) == placed(keyed, slot.unit):
            yield Cause("swapped", f"与{other.unit}（{case.name(other.at, slot)}）的位次填反了")
            return


def _range(case: Case, slot: Slot) -> Cause | None:
    """RANK whose range leaves out a unit, takes in what is no score, or runs the other way."""
    for call in parts(case.book.node(slot.at)):
        if not isinstance(call, Call) or call.name not in ("RANK", "RANK.EQ", "RANK.AVG") or len(call.arguments) < 2:
            continue
        area = call.arguments[1]
        group = case.of[slot.unit].group
        totals = [one for one in case.layout.slots if one.kind == TOTAL and case.of[one.unit].group == group]
        if isinstance(area, Range):
            outside = [one for one in totals if one.at[0] == area.sheet and not _within(area, one)]
            if outside and len(outside) < len(totals):
                names = "、".join(one.unit for one in outside[:6])
                loose = "" if area.fixed[0] and area.fixed[2] else "，引用没有用$锁定"
                return Cause("rank-range", f"RANK的范围{_shown(area)}漏了{names}{loose}")
        order = call.arguments[2] if len(call.arguments) > 2 else None
        if isinstance(order, Num) and order.value:
            return Cause("rank-order", "排反了：RANK的第三个参数使得分低的在前")
    return None


def _within(area: Range, slot: Slot) -> bool:
    return area.top <= slot.at[1] <= area.bottom and area.left <= slot.at[2] <= area.right


def _shown(area: Range) -> str:
    return f"{letters(area.left)}{area.top}:{letters(area.right)}{area.bottom}"


__all__ = ["RANK", "by_order", "keys", "placed"]
