"""Whether a rule's condition (情形) holds for a unit. Conditions are named fields; there is nothing to evaluate."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scoring.marks import Fact
from scoring.rules import Condition
from scoring.scheme import Scheme


def holds(condition: Condition, scheme: Scheme, facts: Iterable[Fact], grade: str | None) -> bool:
    """Whether the condition holds, given the unit's facts and its grade (None: not graded)."""
    facts = tuple(facts)
    if condition.all:
        return all(holds(inner, scheme, facts, grade) for inner in condition.all)
    if condition.any:
        return any(holds(inner, scheme, facts, grade) for inner in condition.any)
    if condition.grades:
        return grade in condition.grades
    return len(_meeting(condition, scheme, facts)) >= (condition.count or 1)


def gravest(condition: Condition, scheme: Scheme, facts: Iterable[Fact], grade: str | None = None) -> Fact | None:
    """The gravest declared fact by which a condition that holds is met, or None where no fact is asked for.

    Facts of different kinds are compared by how far up their own scale they stand; of equals the first is named.
    """
    met = _reasons(condition, scheme, tuple(facts), grade)
    return max(met, key=lambda fact: _gravity(scheme, fact), default=None)


def _reasons(condition: Condition, scheme: Scheme, facts: tuple[Fact, ...], grade: str | None) -> list[Fact]:
    """The facts that meet the parts of a condition; of ``any`` only the parts that hold."""
    parts = [*condition.all, *(part for part in condition.any if holds(part, scheme, facts, grade))]
    if parts:
        return [fact for part in parts for fact in _reasons(part, scheme, facts, grade)]
    met = _meeting(condition, scheme, facts)
    return met if len(met) >= (condition.count or 1) else []


def _gravity(scheme: Scheme, fact: Fact) -> Fraction:
    values = scheme.fact(fact.fact).values
    return Fraction(values.index(fact.value), max(len(values) - 1, 1))


def _meeting(condition: Condition, scheme: Scheme, facts: Iterable[Fact]) -> list[Fact]:
    """The declared facts that a condition on a fact asks for; none for any other condition."""
    if condition.fact is None:
        return []
    values = scheme.fact(condition.fact).values
    return [fact for fact in facts if fact.fact == condition.fact and _meets(condition, values, fact.value)]


def _meets(condition: Condition, values: tuple[str, ...], value: str) -> bool:
    if condition.equals is not None:
        return value == condition.equals
    if condition.at_least is not None:
        return values.index(value) >= values.index(condition.at_least)
    return values.index(value) > 0
