"""核对: every cell of the workbook held against the engine's result; each that differs with the cause that reproduces it.

A cell is judged by what stands in the workbook beside it: where its own inputs differ and would, put right, give the
engine's value, it only follows from them (由E5引起). Otherwise the fault is its own, and hypotheses are tried, the most
specific first. A cause is told only where it reproduces the workbook's value; else 原因未能判明.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from scoring.combine import official
from scoring.crosscheck.book import At, Book, number_text
from scoring.crosscheck.case import Case, Cause, Past, settled
from scoring.crosscheck.circle import circle, reached
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError, stored
from scoring.crosscheck.expected import accepts, least_places, plain_grade, same
from scoring.crosscheck.functions import Errors
from scoring.crosscheck.grades import by_rule
from scoring.crosscheck.layout import EXTRAS, GRADE, RANK, TOTAL, Layout, Slot
from scoring.crosscheck.numbers import by_value, nearest
from scoring.crosscheck.places import by_order, keys, placed
from scoring.crosscheck.report import UNKNOWN, Difference, Report, reported
from scoring.crosscheck.sums import by_formula
from scoring.crosscheck.trace import calls, precedents
from scoring.exact import shown
from scoring.grading import grade_for
from scoring.results import Results

__all__ = ["compare"]

_TYPED = "typed-over"
MOST_FORMULAS = 2_000
"""Formulas looked at for doubts about our own arithmetic."""


def compare(results: Results, book: Book, layout: Layout, past: Past | None = None) -> Report:
    """Hold a workbook, as recognised and confirmed, against the results."""
    case = Case(results.scheme, results, replace(settled(replace(book))), layout, past or Past())
    texts = _texts(case)
    found = [_difference(case, slot, texts) for slot in layout.slots if slot.at in case.off or slot.at in texts]
    return reported(case, found)


def _texts(case: Case) -> frozenset[At]:
    """Numbers stored as text without which a formula of a differing cell comes to something else."""
    if not case.book.typed:
        return frozenset()
    kept = set(case.slots)
    found: set[At] = set()
    for at in case.off:
        if case.book.node(at) is None:
            continue
        try:
            found |= {
                one for one in precedents(case.book, at, kept) if one not in found and _passed_over(case, at, one)
            }
        except (UnsupportedError, RecursionError):
            continue
    return frozenset(found)


def _passed_over(case: Case, at: At, one: At) -> bool:
    """Whether a formula comes to something else because a cell's number is stored as text."""
    cell, kept = case.book.cell(one), set(case.slots)
    if one not in case.slots or case.slots[one].kind == GRADE or not cell.stored_as_text:
        return False
    try:
        plain = Evaluator(case.book, {one: stored(case.book, one)}, kept).formula(at)
        return bool(plain != Evaluator(case.book, {one: cell.number}, kept).formula(at))
    except (UnsupportedError, RecursionError):
        return False


def _difference(case: Case, slot: Slot, texts: frozenset[At]) -> Difference:
    try:
        causes, by = _explained(case, slot, texts)
    except (UnsupportedError, RecursionError) as unread:  # whatever is not caught nearer: one cell never ends the rest
        causes, by = [_unchecked(unread)], []
    cell, want = case.cell(slot), case.wants[slot.at]
    seen = f"{shown(slot.told * 100)}％" if slot.told is not None else cell.seen or "（空）"
    if cell.shown and cell.shown != cell.text:
        seen = f"{cell.shown}（存的是{_short(cell.text)}）"
    return Difference(slot, _short(seen), want.text, tuple(causes), tuple(by))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_Found = tuple[list[Cause], list[At]]


def _explained(case: Case, slot: Slot, texts: frozenset[At]) -> _Found:
    cell, at = case.cell(slot), slot.at
    if at in texts:
        told = f"数存成了文本（{_short(cell.text)}），求和时被略过"
        own = [cause for cause in (_own(case, slot, [])[0] if at in case.off else []) if cause.code != UNKNOWN]
        return [Cause("text-number", told), *own], []
    if slot.kind == "weight":
        return [_weight(case, slot)], []
    node = case.book.node(at)
    want = case.wants[at]
    if (
        want.value is None
        and want.official is None
        and slot.kind in ("component", "weighted", "item")
        and cell.number is not None
    ):
        return _not_yet(case, slot)
    if cell.kind == "error":
        faulty = [one for one in _behind(case, at) if case.book.cell(one).kind == "error"]
        return (
            ([], faulty)
            if faulty
            else ([Cause("error-cell", f"公式出错，显示{cell.text}{_written(cell.formula)}")], [])
        )
    if not cell.text and node is None:
        return [Cause("not-in-book", "表中没有填，本系统已有结果")], []
    if node is None:
        return _own(case, slot, _local(case, slot))
    return _with_formula(case, slot, texts)


def _behind(case: Case, at: At) -> list[At]:
    """The differing cells that a cell's formula rests on, as far as they can be followed."""
    try:
        return [one for one in precedents(case.book, at, set(case.slots)) if one in case.off]
    except (UnsupportedError, RecursionError):
        return []


def _not_yet(case: Case, slot: Slot) -> _Found:
    """The workbook has a score for which no sheet has come: perhaps 0 for what is missing, perhaps a sheet not handed in."""
    source = case.slot(slot, f"component:{slot.component}") if slot.kind == "weighted" else None
    if source is not None and source.at in case.off:
        return [], [source.at]
    name = case.scheme.component(slot.component).name
    part = case.of[slot.unit].components.get(slot.component) if slot.unit in case.of else None
    if slot.kind == "item" and part is not None and part.exact is not None:
        return [Cause("not-in-system", f"系统中{name}是直接给总分的（或此项不适用），没有这一项的评分")], []
    if not case.cell(slot).number:
        return [Cause("missing-zero", f"{name}尚缺，填成了0分；缺报应为暂缺，不计综合得分")], []
    return [Cause("not-in-system", f"系统尚未收到{slot.unit}的{name}评分表，表中已有得分；请先在“数据上报”上报")], []


def _weight(case: Case, slot: Slot) -> Cause:
    name = case.scheme.component(slot.component).name
    want, told = case.wants[slot.at], slot.told or Fraction(0)
    return Cause(
        "weight",
        f"{name}的权重写成{shown(told * 100)}％，方案为{want.text}（{case.scheme.component(slot.component).basis}）",
    )


def _written(formula: str) -> str:
    return f"（{_short(formula)}）" if formula else ""


def _with_formula(case: Case, slot: Slot, texts: frozenset[At]) -> _Found:
    at, kept = slot.at, set(case.slots)
    try:
        if way := circle(case.book, at):
            return [Cause("circular", f"循环引用（{way}）：公式绕回自身，算不出数，请改正公式")], []
        now = Evaluator(case.book).formula(at)
        held = stored(case.book, at)
        if not _alike(now, held):
            return _not_recalculated(case, slot, now, held)
        inputs = [one for one in precedents(case.book, at, kept) if one in case.off or one in texts]
        if inputs:
            given = {one: case.right(one) for one in inputs}
            if case.wants[at].official is None:
                return [], inputs  # nothing is due here while what it rests on has not come
            if accepts(case.scheme, slot, Evaluator(case.book, given, kept).formula(at), case.wants[at]):
                return [], inputs
        causes = _by_kind(case, slot, inputs)
    except (UnsupportedError, RecursionError) as unread:
        found, by = _own(case, slot, _local(case, slot))
        return [*found, _unchecked(unread)], by
    return causes or _unknown(case, slot), inputs


def _unchecked(unread: Exception) -> Cause:
    why = "公式层数过多" if isinstance(unread, RecursionError) else unread
    return Cause("unchecked", f"公式无法核对（{why}），按其保存的值比较")


def _alike(now: Any, held: Any) -> bool:
    if isinstance(now, Fraction) and isinstance(held, Fraction):
        return abs(now - held) <= max(abs(now), Fraction(1)) * Fraction(1, 10**9)
    return now == held or (now is None and held in ("", Fraction(0))) or (now == "" and held in (None, ""))


def _not_recalculated(case: Case, slot: Slot, now: Any, held: Any) -> _Found:
    """The saved value is not what the formula gives: binary dust on a line, or a workbook that was not recalculated.

    Where the saved values of other cells contradict us too, in formulas of the same functions, it may be our reading of
    the function that is wrong: then nothing is said against the workbook.
    """
    if _dust(case.book, slot.at, now, held):
        return [Cause("float", f"Excel的浮点误差：按精确值公式应得“{now}”，Excel算成了“{held}”")], []
    told = f"按表中现有的数应为{number_text(now)}，存的却是{number_text(held)}"
    if other := _doubt(case, slot):
        found, by = _own(case, slot, _local(case, slot))
        why = f"{told}，{case.name(other, slot)}等也是如此：或是整表没有重算，或是本系统与Excel的算法不同"
        found = [cause for cause in found if cause.code != UNKNOWN]
        return [Cause("unchecked", f"公式无法核对（{why}），按其保存的值比较"), *found], by
    right = accepts(case.scheme, slot, now, case.wants[slot.at])
    rest = "与本系统一致" if right else "与本系统仍不同，请重算后再核对"
    return [Cause("stale-cache", f"公式没有重算：{told}；重算后{rest}")], []


def _dust(book: Book, at: At, now: Any, held: Any) -> bool:
    """Whether counting in binary fractions, as a spreadsheet does, gives the saved text."""
    if not isinstance(now, str) or isinstance(now, Errors):
        return False
    try:
        floats = Evaluator(book, floats=True).formula(at)
    except (UnsupportedError, RecursionError, TypeError):
        return False
    return bool(floats == held and floats != now)


def _doubt(case: Case, slot: Slot) -> At | None:
    """Another cell whose saved value is not what we make of it, by a function of this formula, and not resting on it."""
    own = calls(case.book.node(slot.at))
    contradicted = case.once("contradicted", lambda: _contradicted(case.book))
    found = (at for at, names in contradicted.items() if own & names and at != slot.at)
    return next((at for at in found if slot.at not in reached(case.book, at, slot.at)), None)


def _contradicted(book: Book) -> dict[At, set[str]]:
    """Every formula cell whose saved value is not what its formula gives → its functions."""
    found = {}
    for at in book.formulas[:MOST_FORMULAS]:
        held = stored(book, at)
        if book.cells[at].kind == "formula" or not (names := calls(book.node(at))):
            continue
        try:
            now = Evaluator(book).formula(at)
            if not _alike(now, held) and not _dust(book, at, now, held):
                found[at] = names
        except (UnsupportedError, RecursionError):
            continue
    return found


def _by_kind(case: Case, slot: Slot, inputs: Sequence[At] | None = None) -> list[Cause]:
    """The hypotheses for a kind of cell; with ``inputs``, the differing cells it rests on, also those on its formula."""
    if slot.kind == GRADE:
        return list(by_rule(case, slot))
    if slot.kind == RANK:
        return list(by_order(case, slot))
    if inputs is not None and case.wants[slot.at].value is not None and slot.kind not in ("item", *EXTRAS):
        return by_formula(case, slot, inputs) or list(by_value(case, slot))
    return list(by_value(case, slot))


def _own(case: Case, slot: Slot, by: list[At]) -> _Found:
    """A constant: it follows from its neighbours, was typed over a formula, or has a cause of its own."""
    if by:
        return [], by
    causes = _by_kind(case, slot)
    formulas = [one for one in case.column(slot) if case.book.node(one.at) is not None]
    if case.book.node(slot.at) is None and len(formulas) * 2 >= len(case.column(slot)) > 1:
        near = min(formulas, key=lambda one: abs(one.at[1] - slot.at[1]) + abs(one.at[2] - slot.at[2]))
        told = f"公式被改成了固定的数：同列其他格是公式（如{case.name(near.at, slot)}），此格直接填了{_short(case.cell(slot).seen)}"
        causes = [Cause(_TYPED, told), *causes]
    return causes or _unknown(case, slot), []


def _local(case: Case, slot: Slot) -> list[At]:
    """The differing cells from which a constant follows by the engine's own rule; empty where it does not."""
    if slot.kind == TOTAL:
        beside = [*case.by_unit.get("", ()), *case.by_unit[slot.unit]]
        kinds = ("weight", "component", "weighted", *EXTRAS)
        inputs = [one.at for one in beside if one.at in case.off and one.kind in kinds]
        totals = [case.total(slot, parts, case.weights()) for parts in case.readings(slot)]
        told = case.cell(slot).number
        fits = told is not None and any(
            same(told, n) for v in totals if v is not None for n in (v, official(case.scheme, v))
        )
        return inputs if inputs and fits else []
    if slot.kind == "weighted":
        source = case.slot(slot, f"component:{slot.component}")
        return [source.at] if source and source.at in case.off and _weighs_out(case, slot, source) else []
    if slot.kind == GRADE:
        source, score = case.slot(slot, TOTAL), case.score(slot)
        if source is None or source.at not in case.off or score is None:
            return []
        return [source.at] if _graded(case, slot, score) == plain_grade(case.cell(slot).text) else []
    if slot.kind == RANK:
        inputs = [at for at in case.placing if at != slot.at]
        keyed = keys(case, slot)
        return inputs if inputs and slot.unit in keyed and placed(keyed, slot.unit) == case.place(slot) else []
    return []


def _weighs_out(case: Case, slot: Slot, source: Slot) -> bool:
    held, told = case.cell(source).number, case.cell(slot).number
    want = case.wants[slot.at].value
    base = case.wants[source.at].value
    if held is None or told is None or not isinstance(want, Fraction) or not isinstance(base, Fraction) or not base:
        return False
    return abs(told - held * want / base) <= Fraction(1, 2 * 10 ** least_places(case.scheme))


def _graded(case: Case, slot: Slot, score: Fraction) -> str | None:
    """The grade of a score under the unit's own limits and floors."""
    grade, result, scheme = grade_for(case.scheme, score), case.of[slot.unit], case.scheme
    for floor in result.floors:
        if grade and floor.confirmed and scheme.worse_than(grade, floor.worst):
            grade = floor.worst
    for limit in result.limits:
        if grade and scheme.worse_than(limit.best, grade):
            grade = limit.best
    return grade


def _unknown(case: Case, slot: Slot) -> list[Cause]:
    told = "原因未能判明：所试的各种原因都不能算出表中的数，请人工核对"
    return [Cause(UNKNOWN, told + nearest(case, slot))]
