"""What moved a unit's official score from one result to another under the same scheme, part by part, exactly.

The parts add up to the difference. Components enter the sum apart, so each has its own part; within one the marks are put
in one after another in the table's order, so that what an item passes on to its siblings (不适用) is told where it happens.
加分 and 扣分 are put in after the marks (``change_extras``); what rounding makes of it stands beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from scoring import exact
from scoring.change_extras import extra_parts
from scoring.combine import entering
from scoring.explain import score_text
from scoring.extras import extra_rows
from scoring.gather import weights_of
from scoring.inherit import weights
from scoring.marks import Mark, Sheet
from scoring.results import ComponentResult, ItemResult, UnitResult
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, score_of

ZERO = Fraction(0)
ABSENT, THERE = "未报", "已报"
NOT_APPLICABLE, BLANK = "不适用", "未填"
Kind = Literal[
    "mark", "total", "sheet", "same", "around", "helped", "bonus", "rounding", "fact", "reading", "target", "roster", "several"
]  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One part of a difference: what it is about, what it was and is, and its part of the official score.

    ``part`` is None where no score stood on one of the sides. ``component`` and ``cell`` ("评分表!F17") lead to the sheet
    that says it now; ``no`` is the item's number.
    """

    kind: Kind
    subject: str
    was: str = ""
    now: str = ""
    part: Fraction | None = None
    component: str = ""
    no: int | None = None
    cell: str = ""


def pieces(scheme: Scheme, before: UnitResult, after: UnitResult) -> list[Piece]:
    """Every part that is not nothing; with scores on both sides they add up to ``after.score`` − ``before.score``."""
    scored = before.score is not None and after.score is not None
    found = [
        piece for part in after.components.values() for piece in _component(scheme, before, after, part.id, scored)
    ]
    if before.inherited or after.inherited:
        found += _helped(scheme, before, after, scored)
    return [*_extra(scheme, before, after, found), *_rounded(before, after)] if scored else found


def _component(scheme: Scheme, before: UnitResult, after: UnitResult, name: str, scored: bool) -> list[Piece]:
    was, now = before.components.get(name), after.components[name]
    if was is None or (was.sheet is None and now.sheet is None):
        return []
    if was.sheet is None or now.sheet is None:
        states = (ABSENT, THERE) if was.sheet is None else (THERE, ABSENT)
        return [Piece("sheet", f"{now.name}评分表", *states, ZERO if scored else None, name)]
    rate = _rate(scheme, now) if scored and now.counted else None
    if not now.counted:
        return _uncounted(was.sheet, now.sheet, now.name, scored)
    beside = frozenset(row.no for row in extra_rows(scheme, after.group, name, after.unit))
    itemised = was.rows and now.rows
    found = _items(scheme, after, was, now, rate, beside) if itemised else _total(scheme, was, now, rate)
    found += _beside(scheme, after, was, now, beside, ZERO if scored else None)
    if was.sheet != now.sheet and not any(piece.kind in ("mark", "total") for piece in found):
        found.append(
            Piece("same", f"{now.name}评分表重新上报，评分未变", part=ZERO if scored else None, component=name)
        )
    return found


def _rate(scheme: Scheme, part: ComponentResult) -> Fraction:
    """What one point of a component is worth in the sum."""
    shares = weights_of(scheme)
    return shares[part.id] * entering(scheme, part.id, Fraction(1)) / sum(shares.values(), ZERO)


def _uncounted(was: Sheet, now: Sheet, name: str, scored: bool) -> list[Piece]:
    if was == now:
        return []
    return [Piece("same", f"{name}（不计分）评分表更新", part=ZERO if scored else None, component=now.component)]


def _total(scheme: Scheme, was: ComponentResult, now: ComponentResult, rate: Fraction | None) -> list[Piece]:
    """A total beside a total, or a total in place of items and the other way round: one part."""
    part = None if rate is None or was.exact is None or now.exact is None else (now.exact - was.exact) * rate
    mark = now.sheet.marks[0] if now.sheet and not now.rows and now.sheet.marks else None
    then, told = _given(scheme, was), _given(scheme, now)
    if then == told and not part:
        return []
    return [Piece("total", f"{now.name}总分", then, told, part, now.id, cell=_cell(mark))]


def _given(scheme: Scheme, part: ComponentResult) -> str:
    return (
        BLANK if part.unrounded is None else f"{exact.shown(part.unrounded)}分" + ("（分项合计）" if part.rows else "")
    )


def _items(
    scheme: Scheme,
    unit: UnitResult,
    was: ComponentResult,
    now: ComponentResult,
    rate: Fraction | None,
    beside: frozenset[int],
) -> list[Piece]:
    """Each item whose mark, or whose points by what is around it, differ; then what rounding the component makes of it."""
    marks = _marks(was), _marks(now)
    numbers = _moved(was, now, (set(was.rows) | set(now.rows)) - beside)
    parts = _walk(scheme, unit, was, now, numbers) if rate is not None else None
    found = []
    for no in numbers:
        part = None if parts is None or rate is None else parts[no] * rate
        found.append(_item(scheme, unit, now, no, (marks[0].get(no), marks[1].get(no)), (was.rows, now.rows), part))
    if parts is not None and rate is not None:
        whole = (now.exact or ZERO) - (was.exact or ZERO)
        if rest := (whole - sum(parts.values(), ZERO)) * rate:
            found.append(Piece("rounding", f"{now.name}得分取整", part=rest, component=now.id))
    return found


def _beside(
    scheme: Scheme,
    unit: UnitResult,
    was: ComponentResult,
    now: ComponentResult,
    beside: frozenset[int],
    part: Fraction | None,
) -> list[Piece]:
    """Each 加分项 and 扣分项 that is marked otherwise; what it moves is worked out with all 加分 and 扣分."""
    then, told = _marks(was), _marks(now)
    rows = was.rows, now.rows
    return [_item(scheme, unit, now, no, (then.get(no), told.get(no)), rows, part) for no in _moved(was, now, beside)]


def _marks(part: ComponentResult) -> dict[int | None, Mark]:
    return {mark.indicator: mark for mark in part.sheet.marks} if part.sheet else {}


def _moved(was: ComponentResult, now: ComponentResult, numbers: Collection[int]) -> list[int]:
    """Those of the items that say something else, or come to something else."""
    then, told = _marks(was), _marks(now)
    return [
        no for no in sorted(numbers)
        if _said(then.get(no)) != _said(told.get(no)) or _points(was.rows, no) != _points(now.rows, no)
    ]  # fmt: skip


def _walk(
    scheme: Scheme, unit: UnitResult, was: ComponentResult, now: ComponentResult, numbers: list[int]
) -> dict[int, Fraction]:
    """Item → what it adds to the component's score when the new points are put in one after another."""
    tree, points = indicator_tree(scheme, unit.group, now.id, unit.unit), dict(was.items)
    last, found = score_of(tree, points) or ZERO, {}
    for no in numbers:
        points[no] = now.items.get(no)
        value = score_of(tree, points)
        value = last if value is None else value
        found[no], last = (value - last) * now.full / 100, value
    return found


def _item(
    scheme: Scheme,
    unit: UnitResult,
    now: ComponentResult,
    no: int,
    marks: tuple[Mark | None, Mark | None],
    rows: tuple[Mapping[int, ItemResult], Mapping[int, ItemResult]],
    part: Fraction | None,
) -> Piece:
    name = next((row.name for row in scheme.indicators_of(unit.group) if row.no == no), "")
    subject = f"{now.name}第{no}项" + (f"“{name}”" if name else "")
    then, said = (_said(mark) for mark in marks)
    if then != said:
        return Piece("mark", subject, then, said, part, now.id, no, _cell(marks[1] or marks[0]))
    then, said = (_came_to(each.get(no)) for each in rows)
    return Piece("around", subject, then, said, part, now.id, no, _cell(marks[1]))


def _points(rows: Mapping[int, ItemResult], no: int) -> Fraction | None:
    return rows[no].points if no in rows else None


def _came_to(row: ItemResult | None) -> str:
    if row is None or row.points is None:
        return row.waits if row and row.waits else NOT_APPLICABLE
    return row.grade or f"得分率{exact.shown(row.points, 2)}%"


def _said(mark: Mark | None) -> str:
    """What a row says, in short: "一般", "8.5分", "12.3", "是", "不适用"."""
    if mark is None:
        return BLANK
    if not mark.applicable:
        return NOT_APPLICABLE
    if mark.score is not None:
        return f"{exact.plain(mark.score)}分"
    if mark.value is not None:
        return exact.plain(mark.value)
    return mark.grade or mark.answer or mark.remark or BLANK


def _cell(mark: Mark | None) -> str:
    return "" if mark is None else "!".join(part for part in (mark.sheet, mark.cell) if part)


def _helped(scheme: Scheme, before: UnitResult, after: UnitResult, scored: bool) -> list[Piece]:
    """随帮扶对象计分: each helped unit's part; whom a unit helps may have changed, too."""
    rule = scheme.inheritance(after.group)
    alike = [(one.unit, one.households) for one in before.inherited] == [
        (one.unit, one.households) for one in after.inherited
    ]
    if rule is None or not alike:
        part = (after.before_bonus or ZERO) - (before.before_bonus or ZERO) if scored else None
        return [Piece("helped", "所帮扶的单位调整", part=part)]
    counts = weights(rule, after.inherited)
    whole = sum(counts, ZERO)
    found = []
    for was, now, count in zip(before.inherited, after.inherited, counts, strict=True):
        if was.score != now.score:
            share = count / whole if whole else Fraction(1, len(counts))
            part = None if was.score is None or now.score is None or not scored else (now.score - was.score) * share
            then, told = ("暂缺" if one.score is None else f"{score_text(scheme, one.score)}分" for one in (was, now))
            found.append(Piece("helped", f"所帮扶的{now.unit}得分", then, told, part))
    return found


def _extra(scheme: Scheme, before: UnitResult, after: UnitResult, found: list[Piece]) -> list[Piece]:
    """What 加分 and 扣分 make of it: each 加分项 and 扣分项 by its own mark, the others beside."""
    every = extra_parts(scheme, before, after)
    marked = {part.no: part.value for part in every if part.no is not None}
    told = [replace(piece, part=marked[piece.no]) if piece.no in marked else piece for piece in found]
    named = {piece.no for piece in found}
    rest = [part for part in every if part.no is None or part.no not in named]
    return [*told, *(Piece("bonus", part.subject, part.was, part.now, part.value) for part in rest)]


def _rounded(before: UnitResult, after: UnitResult) -> Iterator[Piece]:
    """What rounding the total makes of it."""
    moved = [(r.score or ZERO) - (r.exact or ZERO) for r in (before, after)]
    if part := moved[1] - moved[0]:
        yield Piece("rounding", "综合得分四舍五入", part=part)
