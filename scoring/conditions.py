"""Whether a rule's condition (情形) holds for a unit. Conditions are named fields; there is nothing to evaluate."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from scoring.marks import Fact
from scoring.rules import Condition
from scoring.scheme import Scheme


def holds(
    condition: Condition,
    scheme: Scheme,
    facts: Iterable[Fact],
    grade: str | None,
    *,
    categories: Collection[str] = (),
    met: Collection[str] = (),
    from_last: int | None = None,
) -> bool:
    """Whether the condition holds.

    ``facts`` and ``grade`` (None: not graded) are the unit's, ``categories`` the grades of its categories, ``met`` the
    ids of the targets it meets, ``from_last`` its place counted from the last of its group (1: the last).
    """
    facts = tuple(facts)
    inner = lambda part: holds(  # noqa: E731
        part, scheme, facts, grade, categories=categories, met=met, from_last=from_last
    )
    if condition.all:
        return all(map(inner, condition.all))
    if condition.any:
        return any(map(inner, condition.any))
    if condition.grades:
        return grade in condition.grades
    if condition.category_grade:
        return sum(found in condition.category_grade for found in categories) >= (condition.count or 1)
    if condition.target_met:
        return condition.target_met in met
    if condition.bottom:
        return from_last is not None and from_last <= condition.bottom
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
