"""What comes on top of the marks and off them: 加分 and 扣分, of registered facts and of items of their own.

All of it is in points of the official score and enters after the components are combined, so that no weight of a
component makes an added point smaller. In order: each 加分 up to its own bounds, all 加分 together, 扣分, the least total.
A 扣分 off a category or an item takes no more than that has earned (扣完为止).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.elements import Indicator
from scoring.gather import weights_of
from scoring.marks import Fact
from scoring.results import AppliedBonus, AppliedDeduction, ComponentResult
from scoring.rules import Bonus, Deduction
from scoring.scheme import Scheme
from scoring.tree import Node, indicator_tree, leaf_weights

ZERO = Fraction(0)
Parts = Mapping[str, ComponentResult]


@dataclass(frozen=True)
class Whose:
    """The unit whose points they are: its group and its components' results."""

    unit: str
    group: str
    parts: Parts


def extra_rows(scheme: Scheme, group: str, component: str, unit: str) -> tuple[Indicator, ...]:
    """The 加分项 and 扣分项 of one unit's sheet."""
    return tuple(row for row in scheme.items_for(group, component, unit) if row.role != "base")


def bonuses(scheme: Scheme, facts: Sequence[Fact], whose: Whose) -> tuple[AppliedBonus, ...]:
    """Every 加分 that earns something: of the facts that count, then of the items."""
    top = _top(scheme)
    found = []
    for rule in scheme.bonuses:
        count, points, told = _counted(scheme, rule, facts)
        most = rule.total_max if rule.total_max is not None else top or scheme.base
        if points:
            found.append(AppliedBonus(rule.id, rule.text, rule.basis, count, points, most, told))
    for row, points in _marked(scheme, whose, "bonus"):
        found.append(
            AppliedBonus(f"item-{row.no}", row.name, "、".join(row.cite), 1, points, top, f"第{row.no}项", row.no)
        )
    return tuple(found)


def deductions(scheme: Scheme, facts: Sequence[Fact], whose: Whose) -> tuple[AppliedDeduction, ...]:
    """Every 扣分 that takes something off, or would if there were anything left."""
    left: dict[int, Fraction] | None = None
    found = []
    for rule in scheme.deductions:
        count, asked, told = _counted(scheme, rule, facts)
        if not asked:
            continue
        if not (rule.path or rule.indicator):
            found.append(AppliedDeduction(rule.id, rule.text, rule.basis, count, asked, asked, told=told))
            continue
        left = _contributions(scheme, whose) if left is None else left
        numbers = _numbers(scheme, whose.group, rule)
        taken = min(asked, sum((left.get(no, ZERO) for no in numbers), ZERO))
        _take(left, numbers, taken)
        off = _off(scheme, whose.group, rule)
        found.append(AppliedDeduction(rule.id, rule.text, rule.basis, count, taken, asked, off, told))
    for row, points in _marked(scheme, whose, "deduction"):
        told = f"第{row.no}项"
        found.append(
            AppliedDeduction(f"item-{row.no}", row.name, "、".join(row.cite), 1, points, points, told=told, no=row.no)
        )
    return tuple(found)


def net(scheme: Scheme, added: Iterable[AppliedBonus], taken: Iterable[AppliedDeduction]) -> Fraction:
    """What both come to together, before the total's own bounds: by so much every line stands lower for the unit."""
    most, least = _most(scheme)
    plus = sum((bonus.points for bonus in added), ZERO)
    minus = sum((each.points for each in taken), ZERO)
    return (plus if most is None else min(plus, most)) - (minus if least is None else min(minus, least))


def adjusted(
    scheme: Scheme, value: Fraction, added: Collection[AppliedBonus], taken: Collection[AppliedDeduction]
) -> Fraction:
    """The sum with every 加分 and 扣分 within their bounds. 加分 never lower it, 扣分 never lift it."""
    most, least = _most(scheme)
    with_added = lifted(value, added)
    if most is not None:
        with_added = min(with_added, value + most)
    minus = sum((each.points for each in taken), ZERO)
    bound = scheme.extras.total_min if scheme.extras and scheme.extras.total_min is not None else ZERO
    return max(with_added - (minus if least is None else min(minus, least)), min(with_added, bound))


def lifted(value: Fraction, added: Collection[AppliedBonus]) -> Fraction:
    """The sum with every 加分, none lifting it over its ``most``; a sum already above that stays.

    Those with the lowest bound come first, so that the order in the file decides nothing.
    """
    for bonus in sorted(added, key=lambda bonus: (bonus.most is None, bonus.most or ZERO)):
        raised = value + bonus.points
        value = raised if bonus.most is None else max(value, min(raised, bonus.most))
    return value


def is_linear(scheme: Scheme, result_added: Collection[AppliedBonus], taken: Collection[AppliedDeduction]) -> bool:
    """Whether the total still moves evenly with the marks wherever a line is: only then is 等次稳定性 in closed form.

    Not where a 扣分 is bounded by what a category earns, nor where a bound of the total lies beyond a line.
    """
    lines = [band.min for band in scheme.bands.items[:-1]] if scheme.bands and scheme.bands.items else []
    if any(each.off for each in taken):
        return False
    if taken and lines and scheme.extras and scheme.extras.total_min and scheme.extras.total_min >= min(lines):
        return False
    minus = -net(scheme, (), taken)  # what is lost at the top counts from there
    return all(bonus.most is None or not lines or bonus.most - minus >= max(lines) for bonus in result_added)


def possible_extra(scheme: Scheme, group: str, component: str, unit: str, best: bool) -> dict[int, Fraction]:
    """What a component's 加分项 and 扣分项 still come to at their best or at their worst, by item number."""
    good = "bonus" if best else "deduction"
    return {row.no: row.full[component] for row in extra_rows(scheme, group, component, unit) if row.role == good}


def _counted(scheme: Scheme, rule: Bonus | Deduction, facts: Sequence[Fact]) -> tuple[int, Fraction, str]:
    """How many facts count, the points they come to within the rule's own bound, and how often in words."""
    values = scheme.fact(rule.fact).values
    mine = [fact for fact in facts if fact.fact == rule.fact and values.index(fact.value) > 0]
    told = f"{len(mine)}次"
    if rule.by == "amount":
        whole = sum((fact.amount or ZERO for fact in mine), ZERO)
        told, points = f"合计{exact.plain(whole)}{scheme.fact(rule.fact).amount}", whole * (rule.each or ZERO)
    elif rule.points:
        points = sum((rule.points.get(fact.value, ZERO) for fact in mine), ZERO)
    else:
        points = len(mine) * (rule.each or ZERO)
    return len(mine), points if rule.max is None else min(points, rule.max), told


def _marked(scheme: Scheme, whose: Whose, role: str) -> Iterator[tuple[Indicator, Fraction]]:
    """The 加分项 or 扣分项 that were marked with more than nothing in a counted component."""
    rows = {row.no: row for row in scheme.indicators_of(whose.group)}
    for part in whose.parts.values():
        for no, points in part.extras.items() if part.counted else ():
            if points and rows[no].role == role:
                yield rows[no], points


def _contributions(scheme: Scheme, whose: Whose) -> dict[int, Fraction]:
    """What each item has earned of the official score. A component that is one number counts evenly over its items."""
    weights = weights_of(scheme)
    whole, found = sum(weights.values(), ZERO), dict[int, Fraction]()
    for name, weight in weights.items():
        part = whose.parts.get(name)
        if part is None or part.exact is None:
            continue
        tree = indicator_tree(scheme, whose.group, name, whose.unit)
        for no, points in _points(tree, part).items():
            found[no] = found.get(no, ZERO) + points * weight / whole * scheme.base / 100
    return found


def _points(tree: Node, part: ComponentResult) -> dict[int, Fraction]:
    """Each item's points of the component's hundred."""
    if not part.items:
        return {no: share * (part.exact or ZERO) * 100 / part.full for no, share in leaf_weights(tree).items()}
    shares = leaf_weights(tree, frozenset(no for no, points in part.items.items() if points is not None))
    return {no: share * (part.items[no] or ZERO) for no, share in shares.items()}


def _take(left: dict[int, Fraction], numbers: Collection[int], taken: Fraction) -> None:
    """Take points off the items in their order, so that a second 扣分 finds only what is left."""
    for no in numbers:
        off = min(left.get(no, ZERO), taken)
        left[no], taken = left.get(no, ZERO) - off, taken - off


def _numbers(scheme: Scheme, group: str, rule: Deduction) -> list[int]:
    rows = [row for row in scheme.indicators_of(group) if row.role == "base"]
    return [
        row.no for row in rows if row.no == rule.indicator or (rule.path and row.path[: len(rule.path)] == rule.path)
    ]


def _off(scheme: Scheme, group: str, rule: Deduction) -> str:
    """What a 扣分 is off, in words: 第3项, or the category."""
    return f"第{rule.indicator}项" if rule.indicator is not None else f"“{rule.path[-1]}”"


def _top(scheme: Scheme) -> Fraction | None:
    return scheme.extras.total_max if scheme.extras else None


def _most(scheme: Scheme) -> tuple[Fraction | None, Fraction | None]:
    return (scheme.extras.bonus_max, scheme.extras.deduction_max) if scheme.extras else (None, None)
