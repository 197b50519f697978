"""逾期扣减: what money that arrives late takes off its item (附件2-1 of 东西部2019: 4月份以后才到位的，适当扣分)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring import exact
from scoring.marks import Fact
from scoring.results import UnitResult
from scoring.rules import Late
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Deduction:
    """What a rule takes off an item: ``percent`` of its points; ``gap``: days that are neither on time nor deducted."""

    rule: Late
    percent: Fraction
    gap: tuple[str, ...]


def deductions(scheme: Scheme, facts: Iterable[Fact]) -> dict[int, Deduction]:
    """Item number → what its late money takes off. Items whose money all came in time are not there."""
    known = tuple(facts)
    found: dict[int, Deduction] = {}
    for rule in scheme.late:
        deduction = _deduction(scheme, rule, [fact for fact in known if fact.fact == rule.fact])
        if deduction.percent or deduction.gap:
            found |= dict.fromkeys(rule.indicators, deduction)
    return found


def told_deductions(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    """What late money takes off a unit's items by the facts that count, in words: "第13项“援助资金”得分扣减20%"."""
    found = deductions(scheme, (fact for fact in result.facts if fact.confirmed))
    rows = {row.no: row.name for row in scheme.indicators_of(result.group)}
    return tuple(
        f"第{no}项“{rows[no]}”得分扣减{exact.shown(late.percent)}%"
        for no, late in found.items()
        if late.percent and no in rows
    )


def _deduction(scheme: Scheme, rule: Late, arrivals: list[Fact]) -> Deduction:
    """The mean over the arrivals, each by its amount; those without one count alike with the average of the others."""
    exempt = scheme.fact(rule.fact).values[0]
    counted = [fact for fact in arrivals if fact.value != exempt and fact.date]
    amounts = [fact.amount for fact in counted if fact.amount is not None]
    usual = Fraction(sum(amounts), len(amounts)) if amounts else Fraction(1)
    weighed = [(usual if fact.amount is None else fact.amount, late_percent(rule, _day(fact))) for fact in counted]
    whole = sum((amount for amount, _ in weighed), Fraction(0))
    percent = sum((amount * late for amount, late in weighed), Fraction(0)) / whole if whole else Fraction(0)
    return Deduction(rule, percent, tuple(fact.date for fact in counted if rule.due < _day(fact) < rule.deduct_from))


def late_percent(rule: Late, day: date) -> Fraction:
    """Percent off for one arrival: each month begun from ``deduct_from`` on, never more than the most."""
    if day < rule.deduct_from:
        return Fraction(0)
    begun = 12 * (day.year - rule.deduct_from.year) + day.month - rule.deduct_from.month + 1
    return min(begun * rule.percent, rule.max)


def _day(fact: Fact) -> date:
    return date.fromisoformat(fact.date)
