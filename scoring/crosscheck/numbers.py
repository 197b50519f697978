"""A score that differs and has no formula, or one that cannot be checked: hypotheses tried one by one on its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from scoring import exact
from scoring.crosscheck.added import in_column, in_total
from scoring.crosscheck.book import decimals
from scoring.crosscheck.case import Case, Cause
from scoring.crosscheck.expected import least_places, same, wanted, written
from scoring.crosscheck.layout import EXTRAS, TOTAL, Slot
from scoring.crosscheck.rounding import roundings
from scoring.crosscheck.sums import column_weights
from scoring.results import Results, UnitResult
from scoring.tree import indicator_tree, score_of

_ONE = "一位数字不同"
SCALES = ((100, 85, 75, 60), (100, 80, 60, 40), (95, 85, 75, 60), (95, 85, 75, 65), (100, 90, 80, 60), (90, 80, 70, 60),
          (100, 75, 50, 25), (95, 85, 70, 50), (95, 85, 75, 50), (4, 3, 2, 1), (5, 4, 3, 2))  # fmt: skip
"""Points of four grades that offices use."""


def by_value(case: Case, slot: Slot) -> Iterator[Cause]:
    """Every cause that gives exactly this number, the most specific first."""
    told = case.cell(slot).number
    if told is None:
        return
    found = list(_specific(case, slot, told))
    yield from found
    yield from _typed(case, slot, told, alone=not found)


def _specific(case: Case, slot: Slot, told: Fraction) -> Iterator[Cause]:
    yield from _stale(case, slot)
    if slot.kind == TOTAL:
        yield from _totals(case, slot, told)
    if slot.kind == "component":
        yield from _ticks(case, slot)
    if slot.kind == "item":
        yield from _item_points(case, slot, told)
    if slot.kind in EXTRAS:
        yield from in_column(case, slot, told)
    yield from _swapped(case, slot)
    yield from _rounded(case, slot, told)


def _stale(case: Case, slot: Slot) -> Iterator[Cause]:
    """The mark of an earlier sheet."""
    for (unit, component), revisions in case.past.revisions.items():
        if unit != slot.unit or slot.component not in ("", component):
            continue
        if slot.kind == TOTAL and case.slot(slot, f"component:{component}"):
            continue
        for revision in revisions:
            want = wanted(_only(case, revision.result), slot)
            if isinstance(want.value, Fraction) and written(case.scheme, slot, case.cell(slot), want.value):
                name = case.scheme.component(component).name
                yield Cause(
                    "stale-mark", f"是{name}{revision.told}的旧分，此后已上报新的评分表{_source(case, unit, component)}"
                )
                return


def _only(case: Case, result: UnitResult) -> Results:
    return replace(case.results, units=(result,))


def _source(case: Case, unit: str, component: str, item: int = 0) -> str:
    """Where the mark that counts stands, in brackets, if that is known."""
    told = case.past.sources.get((unit, component, item), "")
    return f"（{told}）" if told else ""


def _totals(case: Case, slot: Slot, told: Fraction) -> Iterator[Cause]:
    parts, weights = case.parts(slot), case.weights()
    present = {name: value for name, value in parts.items() if value is not None}
    lacking = [case.scheme.component(name).name for name in weights if name not in present]
    if lacking and present:
        yield from _incomplete(case, slot, told, present, weights, "、".join(lacking))
        return
    for each in case.readings(slot):
        if found := list(_weights(case, slot, each, weights)):
            yield from found
            break
    for name in weights:
        left = [case.total(slot, {**each, name: Fraction(0)}, weights) for each in case.readings(slot)]
        if parts.get(name) and any(without is not None and _is(case, slot, without) for without in left):
            yield Cause("skipped", f"没有计入{case.scheme.component(name).name}")
    yield from in_total(case, slot, lambda value: _is(case, slot, value))
    for places in (0, 1, 2, 3):
        if places == least_places(case.scheme) == case.scheme.component_places:
            continue
        first = {name: exact.half_up(value, places) for name, value in present.items()}
        value = case.total(slot, first, weights)
        if value is not None and first != present and _is(case, slot, value):
            yield Cause("rounded-parts", f"各考核方式先四舍五入{'取整' if places == 0 else f'保留{places}位'}、再加权")
            break
    exact_total = case.total(slot, parts, weights)
    if (
        exact_total is not None
        and not same(exact_total, case.of[slot.unit].exact or Fraction(0))
        and _is(case, slot, exact_total)
    ):
        yield Cause("rounded-parts", "由表中已舍入的分项相加而得")


def _incomplete(
    case: Case,
    slot: Slot,
    told: Fraction,
    present: Mapping[str, Fraction],
    weights: Mapping[str, Fraction],
    lacking: str,
) -> Iterator[Cause]:
    zero = case.total(slot, {name: present.get(name, Fraction(0)) for name in weights}, weights)
    if zero is not None and (_is(case, slot, zero) or _near(told, zero)):
        yield Cause("missing-zero", f"{lacking}尚缺，按0分计入了；缺报应为暂缺，不计综合得分")
    mean = case.total(slot, present, {name: weights[name] for name in weights if name in present})
    if mean is not None and (_is(case, slot, mean) or _near(told, mean)):
        yield Cause("missing-mean", f"{lacking}尚缺，只按已有的考核方式折算；缺报应为暂缺，不计综合得分")


def _near(told: Fraction, value: Fraction) -> bool:
    return told == exact.half_up(value, max(1, min(decimals(told), 4)))


def _is(case: Case, slot: Slot, value: Fraction) -> bool:
    return written(case.scheme, slot, case.cell(slot), value) or same(case.cell(slot).number or Fraction(-1), value)


def _weights(
    case: Case, slot: Slot, parts: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]
) -> Iterator[Cause]:
    if case.scheme.combine == "add":
        return  # full marks add up: nobody weighs them
    names, own = list(weights), list(weights.values())
    whole = sum(own, Fraction(0))
    if found := case.once(f"weights {slot.at[0]} {slot.role}", lambda: column_weights(case, slot)):
        told = "、".join(f"{case.scheme.component(name).name}{exact.plain(each)}％" for name, each in found.items())
        yield Cause("weight", f"各行都合于另一组权重：{told}")
        return
    tried = {name: Fraction(1) for name in names}
    value = case.total(slot, parts, tried)
    if len(set(own)) > 1 and value is not None and _is(case, slot, value):
        yield Cause("weight", _sure(case, slot, tried, "按简单平均计，没有加权"))
    for order in dict.fromkeys(permutations(own)):
        trial = dict(zip(names, order, strict=True))
        value = case.total(slot, parts, trial)
        if list(order) != own and value is not None and _is(case, slot, value):
            told = "、".join(
                f"{case.scheme.component(name).name}按{exact.plain(100 * each / whole)}％"
                for name, each in zip(names, order, strict=True)
            )
            yield Cause("weight", _sure(case, slot, trial, f"权重互换了：{told}"))
            return


def _sure(case: Case, slot: Slot, weights: Mapping[str, Fraction], told: str) -> str:
    """Weights that fit one differing cell alone may fit it by chance: they are only suspected."""
    for other in case.column(slot):
        if other.at == slot.at or other.at not in case.off or other.unit not in case.of:
            continue
        values = [case.total(other, parts, weights) for parts in case.readings(other)]
        if any(value is not None and _is(case, other, value) for value in values):
            return told
    return f"疑为{told}（同列只有此格相合，请核实）"


def _ticks(case: Case, slot: Slot) -> Iterator[Cause]:
    """A component worked out with other points for a tick."""
    part = case.of[slot.unit].components.get(slot.component)
    if part is None or not part.rows or case.scheme.ticks is None or not all(row.grade for row in part.rows.values()):
        return
    grades, own = case.scheme.grades, case.scheme.ticks.points
    tree = indicator_tree(case.scheme, case.of[slot.unit].group, slot.component, slot.unit)
    for scale in _scales(case):
        points = dict(zip(grades, map(Fraction, scale), strict=False))
        if len(points) != len(grades) or points == dict(own):
            continue
        value = score_of(tree, {no: points[row.grade] for no, row in part.rows.items() if row.grade})
        if value is not None and _is(case, slot, value * part.full / 100):
            mine = "/".join(exact.plain(own[grade]) for grade in grades)
            yield Cause(
                "tick-points", f"打√的分值不同：表中按{'/'.join(map(str, scale))}，本系统按{mine}（{'/'.join(grades)}）"
            )
            return


def _scales(case: Case) -> list[tuple[int | Fraction, ...]]:
    offered = case.scheme.ticks.alternatives if case.scheme.ticks else ()
    own = [tuple(points[grade] for grade in case.scheme.grades) for one in offered
           if (points := getattr(one, "points", None)) and set(points) >= set(case.scheme.grades)]  # fmt: skip
    return [*own, *(scale for scale in SCALES if scale not in own)]


def _item_points(case: Case, slot: Slot, told: Fraction) -> Iterator[Cause]:
    """One grade's points that differ everywhere alike."""
    part = case.of[slot.unit].components.get(slot.component)
    row = part.rows.get(slot.item) if part else None
    if row is None or row.grade is None or case.scheme.ticks is None:
        return
    own = case.scheme.ticks.points.get(row.grade)
    alike = case.off_items.get(row.grade, [])
    everywhere = len(alike) > 1 and set(alike) == {told}
    known = told in case.scheme.ticks.points.values()
    if everywhere or any(
        dict(zip(case.scheme.grades, s, strict=False)).get(row.grade) == told for s in _scales(case) if not known
    ):
        ours = exact.plain(own or Fraction(0))
        yield Cause("tick-points", f"打√的分值不同：“{row.grade}”表中记{exact.plain(told)}分，本系统记{ours}分")
        return
    graded = next((grade for grade, points in case.scheme.ticks.points.items() if points == told), None)
    if graded:
        yield Cause(
            "typing",
            f"登记成了“{graded}”，评分表{_source(case, slot.unit, slot.component, slot.item)}上是“{row.grade}”",
        )


def _swapped(case: Case, slot: Slot) -> Iterator[Cause]:
    """Two units, or two components, that stand in each other's place."""
    for other in case.column(slot):
        if other.unit != slot.unit and _holds(case, slot, other) and _holds(case, other, slot):
            yield Cause("swapped", f"与{other.unit}（{case.name(other.at, slot)}）的数填反了")
            return
    column = case.column(slot)
    at = column.index(slot)
    for step in (-1, 1):
        near = column[at + step] if 0 <= at + step < len(column) else None
        back = column[at - step] if 0 <= at - step < len(column) else None
        beyond = bool(back) and back in column and back.at in case.off and _holds(case, back, slot)
        further = column[at + 2 * step] if 0 <= at + 2 * step < len(column) else None
        along = bool(near and further) and near.at in case.off and _holds(case, near, further)  # type: ignore[union-attr,arg-type]
        if near is not None and _holds(case, slot, near) and (beyond or along):
            yield Cause("row-shift", f"错行：填的是{near.unit}的数")
            return
    if slot.kind != "component":
        return
    for part in case.scheme.components:
        twin = case.slot(slot, f"component:{part.id}")
        if twin is not None and twin != slot and _holds(case, slot, twin) and _holds(case, twin, slot):
            yield Cause("swapped", f"与本行的{part.name}（{case.name(twin.at, slot)}）填反了")
            return


def _holds(case: Case, slot: Slot, other: Slot) -> bool:
    value, told = case.wants[other.at].value, case.cell(slot).number
    if not isinstance(value, Fraction) or told is None or abs(abs(told) - abs(value)) > 1:
        return False  # no rounding takes a number so far
    return value != case.wants[slot.at].value and written(case.scheme, slot, case.cell(slot), value)


def _rounded(case: Case, slot: Slot, told: Fraction) -> Iterator[Cause]:
    value = case.wants[slot.at].value
    if not isinstance(value, Fraction):
        return
    bases = [value]
    if slot.kind == TOTAL:
        own = case.total(slot, case.parts(slot), case.weights())
        bases += [own] if own is not None else []
    places = case.scheme.places if slot.kind == TOTAL else least_places(case.scheme)
    for base in bases:
        for way in roundings(base, told, places):
            ours = "不舍入" if places is None else f"四舍五入保留{places}位小数"
            yield Cause("rounding", f"舍入不同：表中{way}，本系统{ours}（未舍入为{exact.shown(base)}）")
            return


def _typed(case: Case, slot: Slot, told: Fraction, *, alone: bool) -> Iterator[Cause]:
    """A typing error against the mark that is kept: digits changed about, a point misplaced; one wrong digit where
    nothing else explains it, and only in what is typed and not worked out."""
    value = case.wants[slot.at].value
    if slot.kind not in ("component", "item", TOTAL, "weighted") or not isinstance(value, Fraction):
        return
    right = exact.fixed(value, max(decimals(told), least_places(case.scheme)) if decimals(told) < 6 else 2)
    wrong = exact.fixed(told, len(right.partition(".")[2]))
    how = mistyped(wrong, right)
    if how and (how != _ONE or (alone and slot.kind in ("component", "item"))):
        source = _source(case, slot.unit, slot.component, slot.item) if slot.component else ""
        yield Cause("typing", f"疑为录入错误（{how}）：应为{exact.shown(value)}{source}")


def mistyped(wrong: str, right: str) -> str:
    """How one writing may have become the other; nothing where no single slip explains it."""
    one, two = wrong.replace(".", ""), right.replace(".", "")
    if one.strip("0") == two.strip("0") and wrong != right:
        return "小数点错位"
    if len(wrong) != len(right):
        return ""
    differing = [at for at, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
    if (
        len(differing) == 2
        and wrong[differing[0]] == right[differing[1]]
        and wrong[differing[1]] == right[differing[0]]
    ):
        return "数字颠倒"
    return _ONE if len(differing) == 1 else ""


def nearest(case: Case, slot: Slot) -> str:
    """How far an unexplained number lies from ours and, of a total, from the nearest of what was tried."""
    told, want = case.cell(slot).number, case.wants[slot.at].value
    if told is None or not isinstance(want, Fraction) or slot.kind == "rank":
        return ""
    text = f"（比本系统{'高' if told > want else '低'}{exact.shown(abs(told - want))}）"
    if slot.kind != TOTAL or slot.unit not in case.of:
        return text
    tried = list(_tried(case, slot))
    if not tried:
        return text
    name, value = min(tried, key=lambda each: abs(each[1] - told))
    return f"{text}；所试中最接近的是“{name}”，为{exact.shown(value)}，也不相同"


def _tried(case: Case, slot: Slot) -> Iterator[tuple[str, Fraction]]:
    parts, weights = case.parts(slot), case.weights()
    for name in weights:
        value = case.total(slot, {**parts, name: Fraction(0)}, weights)
        if value is not None and parts.get(name):
            yield f"不计{case.scheme.component(name).name}", value
    if case.scheme.combine == "add":
        return  # full marks add up: nobody averages them
    even = case.total(slot, parts, {name: Fraction(1) for name in weights})
    if even is not None and len(set(weights.values())) > 1:
        yield "简单平均", even
