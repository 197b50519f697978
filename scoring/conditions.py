"""Whether a rule's condition (情形) holds for a unit. Conditions are named fields; there is nothing to evaluate."""

from __future__ import annotations

from collections.abc import Iterable

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


def gravest(condition: Condition, scheme: Scheme, facts: Iterable[Fact]) -> Fact | None:
    """The gravest declared fact that meets a condition on facts, or None."""
    facts = tuple(facts)
    if condition.any or condition.all:
        found = [fact for inner in (*condition.any, *condition.all) if (fact := gravest(inner, scheme, facts))]
        return found[0] if found else None
    met = _meeting(condition, scheme, facts)
    if len(met) < (condition.count or 1):
        return None
    return max(met, key=lambda fact: scheme.fact(fact.fact).values.index(fact.value), default=None)


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
