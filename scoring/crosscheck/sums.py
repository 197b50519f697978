"""A score that differs and has a formula: how much each cell counts in it, held against how much it should."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from scoring import exact
from scoring.crosscheck.added import left_out
from scoring.crosscheck.book import At, letters
from scoring.crosscheck.case import Case, Cause
from scoring.crosscheck.evaluate import Evaluator
from scoring.crosscheck.expected import extra_points, factor, item_scale, same, shares
from scoring.crosscheck.layout import BONUS, DEDUCTION, EXTRAS, NET, TOTAL, Slot, role_name
from scoring.crosscheck.parse import Binary, Call, Node, Num
from scoring.crosscheck.trace import ROUNDING, calls, cells, coefficients, ranges
from scoring.tree import indicator_tree, leaf_weights

ZERO = Fraction(0)
_NAMES = {"ROUND": "四舍五入", "ROUNDDOWN": "截断", "TRUNC": "截断", "INT": "取整（只舍不入）", "ROUNDUP": "进位"}


def by_formula(case: Case, slot: Slot, inputs: Iterable[At] = ()) -> list[Cause]:
    """What is wrong with the formula of a score, the differing cells it rests on put right. Raises UnsupportedError."""
    if loose := _loose(case, slot):
        return loose
    kept = set(case.slots)
    given = {at: case.right(at) for at in kept if case.cell(case.slots[at]).stored_as_text}
    given |= {at: value for at in inputs if isinstance(value := case.right(at), Fraction)}
    found = coefficients(case.book, slot.at, kept, given)
    shifted, extra, wrong = [], [], []
    for at, counts in found.items():
        own = case.slots.get(at)
        due = _due(case, slot, at, own, counts)
        if due is None or counts == due:
            continue
        if own is not None and own.unit not in ("", slot.unit) and own.kind != "rank":
            shifted.append(at)
        elif due == 0:
            extra.append(at)
        elif counts:
            wrong.append((at, counts, due))
    lacking = _lacking(case, slot, found)
    return (
        _shifted(case, slot, shifted)
        or _skipped(case, slot, lacking, found)
        or _extra(case, slot, extra)
        or _wrong(case, slot, wrong)
        or _offset(case, slot, found, given)
        or _rounded(case, slot, given)
    )


def _loose(case: Case, slot: Slot) -> list[Cause]:
    """A formula filled down whose row of weights was not pinned: it names the row above its own instead."""
    weights = [one for one in case.by_unit.get("", ()) if one.kind == "weight" and one.at[0] == slot.at[0]]
    own = cells(case.book, case.book.node(slot.at))
    if not weights or any(one.at in own for one in weights):
        return []
    areas = [area for area in ranges(case.book.node(slot.at)) if area.top == area.bottom and not area.fixed[0]]
    span = {one.at[2] for one in weights}
    for area in areas:
        if area.top != slot.at[1] and {*range(area.left, area.right + 1)} >= span:
            told = f"{letters(area.left)}{area.top}:{letters(area.right)}{area.bottom}"
            row = f"{letters(min(span))}{weights[0].at[1]}:{letters(max(span))}{weights[0].at[1]}"
            return [Cause("range", f"公式引用的是{told}，不是权重行{row}（引用没有用$锁定）")] if len(areas) > 1 else []
    return []


def _due(case: Case, slot: Slot, at: At, own: Slot | None, counts: Fraction) -> Fraction | None:
    """How much a cell should count; None where it is a weight, which counts as much as the score beside it."""
    if own is None:
        return None if _weighs(case, slot, at, counts) else ZERO
    if own.kind == "weight":
        return None
    if own.unit != slot.unit or own.kind not in ("component", "weighted", "item", *EXTRAS):
        return ZERO
    if (sign := _sign(case, own)) is not None:
        return _signed(case, own, sign, counts) if slot.kind == TOTAL else ZERO
    outer = factor(case.scheme, own.component)
    if slot.kind == "weighted" and own.component == slot.component:
        return outer if own.kind == "component" else _leaf(case, own) * outer
    if slot.kind == "component" and own.component == slot.component:
        return Fraction(1) if own.kind == "component" else _leaf(case, own)
    if slot.kind == TOTAL:
        return {"component": outer, "weighted": Fraction(1)}.get(own.kind, _leaf(case, own) * outer)
    return ZERO


def _sign(case: Case, own: Slot) -> int | None:
    """Whether a cell is added to a total whole (1) or taken off it (-1); None where it counts by its weight."""
    if own.kind in EXTRAS:
        return -1 if own.kind == DEDUCTION else 1
    rows = case.scheme.indicators_of(case.of[own.unit].group)
    role = next((row.role for row in rows if own.kind == "item" and row.no == own.item), "base")
    return {"base": None, "bonus": 1, "deduction": -1}[role]


def _signed(case: Case, own: Slot, sign: int, counts: Fraction) -> Fraction:
    """A 扣分 written with its sign is added; where it is nothing either way will do."""
    held = case.cell(own).number or ZERO
    if sign < 0 and not held and abs(counts) == 1:
        return counts
    return Fraction(1 if held < 0 else sign)


def _weighs(case: Case, slot: Slot, at: At, counts: Fraction) -> bool:
    """A cell without a role whose weight in the formula is a component's score: a weight kept apart."""
    value = case.book.cell(at).number
    if value is None or not 0 <= value <= 100:
        return False
    scores = [told for told in case.parts(slot).values() if told is not None]
    return any(same(counts, told) or same(counts * 100, told) for told in scores)


def _leaf(case: Case, own: Slot) -> Fraction:
    result = case.of[own.unit]
    tree = indicator_tree(case.scheme, result.group, own.component, own.unit)
    part = result.components.get(own.component)
    present = frozenset(no for no, points in part.items.items() if points is not None) if part and part.items else None
    share = leaf_weights(tree, present).get(own.item, ZERO)
    return share * case.scheme.full_of(own.component) / 100 / item_scale(case.scheme, result, own.component, own.item)


def _lacking(case: Case, slot: Slot, found: Mapping[At, Fraction]) -> list[Slot]:
    """The cells that should count and do not."""
    used = {case.slots[at].role for at, counts in found.items() if at in case.slots and counts}
    used = set(used) | {f"component:{role.split(':')[1]}" for role in used if ":" in role}
    if slot.kind == TOTAL:
        due = [case.slot(slot, f"component:{c.id}") or case.slot(slot, f"weighted:{c.id}") for c in case.scheme.counted]
        lacking = [one for one in due if one and f"component:{one.component}" not in used]
        return lacking + [one for one in _columns(case, slot) if one.role not in used and case.wants[one.at].value]
    items = [one for one in case.by_unit[slot.unit] if one.kind == "item" and one.component == slot.component]
    direct = f"component:{slot.component}" in {case.slots[at].role for at in found if at in case.slots}
    return [] if direct or not found else [one for one in items if one.role not in used and _leaf(case, one)]


def _columns(case: Case, slot: Slot) -> list[Slot]:
    """The unit's 加分 and 扣分 columns, that of both together only where it stands alone."""
    found = [one for role in (BONUS, DEDUCTION) if (one := case.slot(slot, role))]
    both = case.slot(slot, NET)
    return found or ([both] if both else [])


def _shifted(case: Case, slot: Slot, cells: Iterable[At]) -> list[Cause]:
    told = [f"{case.name(at, slot)}（{case.slots[at].unit}）" for at in cells]
    return [Cause("row-shift", f"公式引用了别的行：{'、'.join(told[:6])}，应引用{slot.unit}本行")] if told else []


def _skipped(case: Case, slot: Slot, lacking: list[Slot], found: Mapping[At, Fraction]) -> list[Cause]:
    if not lacking:
        return []
    names = "、".join(f"{case.name(one.at, slot)}（{_what(case, one)}）" for one in lacking[:6])
    return [Cause("skipped", f"公式漏算了{names}")]


def _what(case: Case, slot: Slot) -> str:
    if slot.kind == "item":
        return f"第{slot.item}项"
    if slot.kind in EXTRAS:
        return role_name(case.scheme, slot.role)
    return case.scheme.component(slot.component).name


def _extra(case: Case, slot: Slot, cells: Iterable[At]) -> list[Cause]:
    told = [case.name(at, slot) for at in cells]
    return [Cause("range", f"公式多算了{'、'.join(told[:6])}，该处不是{slot.unit}的得分")] if told else []


def _wrong(case: Case, slot: Slot, wrong: list[tuple[At, Fraction, Fraction]]) -> list[Cause]:
    if not wrong:
        return []
    told = [
        f"{_what(case, case.slots[at])}按{_percent(counts)}计，应为{_percent(due)}" for at, counts, due in wrong[:6]
    ]
    return [Cause("weight", f"公式里的权重不同：{'；'.join(told)}")]


def _percent(value: Fraction) -> str:
    return f"{exact.shown(value * 100)}％"


def _offset(case: Case, slot: Slot, found: Mapping[At, Fraction], right: Mapping[At, Any]) -> list[Cause]:
    """A number that the formula adds by hand, or 加分 and 扣分 that it does not."""
    given: dict[At, Any] = {at: right.get(at, case.book.cell(at).number) or ZERO for at in found}
    value = Evaluator(case.book, given, set(case.slots), unrounded=True).formula(slot.at)
    if not isinstance(value, Fraction) or not found:
        return []
    scores = {at: n for at, n in found.items() if _due(case, slot, at, case.slots.get(at), n) is not None}
    plus, minus = _beside(case, slot, scores)
    rest = value - sum((counts * given[at] for at, counts in scores.items()), ZERO) - plus + minus
    if same(rest, ZERO):
        return []
    for more, less in ((plus, ZERO), (ZERO, minus), (plus, minus)):
        if same(rest, less - more):
            return [left_out(more, less)]
    return [Cause("offset", f"公式另{'加' if rest > 0 else '减'}了{exact.shown(abs(rest))}分")]


def _beside(case: Case, slot: Slot, cells: Iterable[At]) -> tuple[Fraction, Fraction]:
    """加分 and 扣分 of a total that stand in none of the cells its formula counts."""
    if slot.kind != TOTAL:
        return ZERO, ZERO
    used = [case.slots[at] for at in cells if at in case.slots]
    signs = {_sign(case, one) for one in used} - {None}
    both = any(one.kind == NET for one in used)
    plus, minus = (extra_points(case.scheme, case.of[slot.unit], kind) for kind in (BONUS, DEDUCTION))
    return ZERO if both or 1 in signs else plus, ZERO if both or -1 in signs else minus


def _rounded(case: Case, slot: Slot, right: Mapping[At, Any]) -> list[Cause]:
    """The formula weighs rightly: what is left is how it rounds, or that what it sums was rounded first."""
    own = calls(case.book.node(slot.at)) & set(ROUNDING)
    way = "、".join(dict.fromkeys(_NAMES[name] for name in ROUNDING if name in own))
    value = Evaluator(case.book, {**right, slot.at: None}, set(case.slots), unrounded=True).formula(slot.at)
    want = case.wants[slot.at].value
    if not isinstance(value, Fraction) or not isinstance(want, Fraction):
        return []
    inner = Evaluator(case.book, {**right, slot.at: None}, set(case.slots)).value(_core(case.book.node(slot.at)))
    if isinstance(inner, Fraction) and not same(inner, value):
        value = inner
    if not same(value, want):
        told = f"各分项先舍入、再相加，得{exact.shown(value)}；本系统按未舍入的分项计，为{exact.shown(want)}"
        return [Cause("rounded-parts", told)]
    places = case.scheme.places
    ours = "不舍入" if places is None else f"四舍五入保留{places}位小数"
    told = f"用的是{way}（{'、'.join(sorted(own))}）" if own else "没有舍入"
    return [Cause("rounding", f"舍入不同：公式{told}，本系统{ours}")]


def _core(node: Node | None) -> Node | None:
    """A formula without the rounding of its result; what is rounded inside stays rounded."""
    while isinstance(node, Call) and node.name in ROUNDING and node.arguments:
        node = node.arguments[0]
    if isinstance(node, Binary) and node.sign in "*/" and isinstance(node.right, Num):  # INT(x*100)/100
        return Binary(node.sign, _core(node.left) or node.left, node.right)
    return node


def column_weights(case: Case, slot: Slot) -> dict[str, Fraction] | None:
    """Round weights (steps of 5 points) that give every differing total of a column without formulas; only if alone."""
    names = list(shares(case.scheme))
    if len(names) != 3:
        return None
    rows = [one for one in case.column(slot) if one.at in case.off and case.cell(one).number is not None]
    parts = [case.readings(one) for one in rows]
    if len(rows) < 3 or any(value is None for each in parts for told in each for value in told.values()):
        return None
    found = []
    for one in range(0, 21):
        for two in range(0, 21 - one):
            trial = dict(zip(names, (Fraction(5 * each) for each in (one, two, 20 - one - two)), strict=True))
            if all(any(_gives(case, row, part, trial) for part in each) for row, each in zip(rows, parts, strict=True)):
                found.append(trial)
    return found[0] if len(found) == 1 else None


def _gives(case: Case, slot: Slot, parts: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> bool:
    value, told = case.total(slot, parts, weights), case.cell(slot).number
    if value is None or told is None:
        return False
    return same(told, value) or told == exact.half_up(value, 2 if case.scheme.places is None else case.scheme.places)
