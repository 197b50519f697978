"""What a kind of 情形 touches in its scheme: limits, floors, bonuses, deductions, late money, what follows; each in words with its basis.

Whoever registers a fact reads these lines first. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scoring import exact
from scoring.rulebook import condition, counted, most_with, taken_from, written
from scoring.rules import Condition, FactKind, Floor, Late, Outcome
from scoring.scheme import Scheme

UseKind = Literal["limit", "floor", "confirms", "bonus", "deduction", "late", "outcome"]
NAMES: dict[UseKind, str] = {
    "limit": "等次限制",
    "floor": "保底",
    "confirms": "人工认定",
    "bonus": "加分",
    "deduction": "扣分",
    "late": "逾期扣减",
    "outcome": "结果运用",
}


@dataclass(frozen=True)
class Use:
    """One rule that a fact touches: what it does, the document's words, and the clause or our reading."""

    kind: UseKind
    text: str
    words: str
    basis: str


def uses(scheme: Scheme, fact: str) -> tuple[Use, ...]:
    """Every rule that asks for this kind of fact, in the order in which rules are applied; empty: it is only kept."""
    parts = (_limits, _floors, _confirmed, _bonuses, _deductions, _late, _outcomes)
    return tuple(use for part in parts for use in part(scheme, fact))


def registrable(scheme: Scheme, kind: FactKind) -> tuple[str, ...]:
    """The values that can be registered. The first means that nothing happened, and is registered only where it says
    something: money that is exempt, a decision against a floor."""
    said = confirms(scheme, kind.id) is not None or any(late.fact == kind.id for late in scheme.late)
    return kind.values if said else kind.values[1:]


def confirms(scheme: Scheme, fact: str) -> Floor | None:
    """The floor that this kind of fact confirms (原则上): a person's decision, not an event."""
    return next((floor for floor in scheme.floors if floor.confirmed_by == fact), None)


def facts_in(when: Condition) -> frozenset[str]:
    """The ids of the facts that a condition asks for, however deep."""
    inner = frozenset().union(*(facts_in(part) for part in (*when.all, *when.any)))
    return inner | ({when.fact} if when.fact else frozenset())


def _limits(scheme: Scheme, fact: str) -> Iterator[Use]:
    for limit in scheme.limits:
        if fact in facts_in(limit.when):
            bars = f"等次最高为“{limit.best}”" if limit.best != scheme.grades[0] else "按所选口径不限制等次"
            yield Use("limit", f"{_when(scheme, limit.when, fact)}{bars}", limit.text, limit.basis)


def _floors(scheme: Scheme, fact: str) -> Iterator[Use]:
    for floor in scheme.floors:
        if fact in facts_in(floor.when):
            yield Use("floor", f"{_when(scheme, floor.when, fact)}{_not_below(scheme, floor)}", floor.text, floor.basis)


def _not_below(scheme: Scheme, floor: Floor) -> str:
    whose = "该项指标的等次" if floor.of == "items" else "等次"
    if not floor.confirmed_by:
        return f"{whose}不低于“{floor.worst}”"
    return f"原则上{whose}不低于“{floor.worst}”，须另行登记“{scheme.fact(floor.confirmed_by).name}”后才采用"


def _confirmed(scheme: Scheme, fact: str) -> Iterator[Use]:
    for floor in scheme.floors:
        if floor.confirmed_by == fact:
            no, *yes = scheme.fact(fact).values
            text = (
                f"认定“{'、'.join(yes)}”的，采用“原则上不低于‘{floor.worst}’”这一条，认定“{no}”的不采用；"
                "认定前只作建议，不改变等次"
            )
            yield Use("confirms", text, floor.text, floor.basis)


def _bonuses(scheme: Scheme, fact: str) -> Iterator[Use]:
    for bonus in scheme.bonuses:
        if bonus.fact == fact:
            told = counted(scheme, bonus, "加").replace("，最多", "，合计最多")
            yield Use(
                "bonus", f"{told}，加分后不超过{exact.plain(most_with(scheme, bonus))}分", bonus.text, bonus.basis
            )


def _deductions(scheme: Scheme, fact: str) -> Iterator[Use]:
    for each in scheme.deductions:
        if each.fact == fact:
            told = counted(scheme, each, "扣").replace("，最多", "，合计最多")
            yield Use("deduction", told + taken_from(each), each.text, each.basis)


def _late(scheme: Scheme, fact: str) -> Iterator[Use]:
    for late in scheme.late:
        if late.fact == fact:
            yield Use("late", _deducted(scheme, late), late.text, late.basis)


def _deducted(scheme: Scheme, late: Late) -> str:
    numbers = "、".join(map(str, late.indicators))
    exempt = scheme.fact(late.fact).values[0]
    return (
        f"第{numbers}项按每批的金额和到账日期计：{written(late.due)}以前到账的不扣，{written(late.deduct_from)}起"
        f"每迟一个月（不足一个月按一个月计）扣该项得分的{exact.plain(late.percent)}％，最多扣{exact.plain(late.max)}％；"
        f"取值为“{exempt}”的不扣"
    )


def _outcomes(scheme: Scheme, fact: str) -> Iterator[Use]:
    for outcome in scheme.outcomes:
        if fact in facts_in(outcome.when):
            yield Use("outcome", f"{_when(scheme, outcome.when, fact)}{_follows(outcome)}", outcome.text, outcome.basis)


def _follows(outcome: Outcome) -> str:
    by = f"由{outcome.by}" if outcome.by and "由" not in outcome.action else ""
    return f"拟{by}{outcome.action}" if not by else f"{by}{outcome.action}"


def _when(scheme: Scheme, when: Condition, fact: str) -> str:
    return f"{condition(scheme, _part(when, fact))}的，"


def _part(when: Condition, fact: str) -> Condition:
    """As much of a condition as concerns this fact: of alternatives (any) only those that ask for it."""
    if when.any and fact in facts_in(when):
        parts = tuple(_part(part, fact) for part in when.any if fact in facts_in(part))
        return parts[0] if len(parts) == 1 else when.model_copy(update={"any": parts})
    return when.model_copy(update={"all": tuple(_part(part, fact) for part in when.all)}) if when.all else when
