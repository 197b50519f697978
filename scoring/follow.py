"""What comes of results once all are there: places within each group, what follows for each unit, the reasons in words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from scoring.conditions import gravest, holds
from scoring.explain import steps_of
from scoring.marks import Fact
from scoring.results import Consequence, UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme


def ranked(scheme: Scheme, results: list[UnitResult]) -> list[UnitResult]:
    """Places within each group: 1, 2, 2, 4; by grade, then official score, as the scheme says."""
    if scheme.rank.shown == "none":
        return results
    keys = {r.unit: _rank_key(scheme, r) for r in results if r.score is not None}
    by_group: dict[str, Counter] = defaultdict(Counter)
    for result in results:
        if result.unit in keys:
            by_group[result.group][keys[result.unit]] += 1
    places = {group: _places(counts) for group, counts in by_group.items()}
    return [replace(r, rank=places[r.group][keys[r.unit]]) if r.unit in keys else r for r in results]


def _rank_key(scheme: Scheme, result: UnitResult) -> tuple:
    grade = scheme.grades.index(result.grade) if result.grade else 0
    parts = {"grade": grade, "score": -(result.score or Fraction(0))}
    return tuple(parts[name] for name in scheme.rank.by)


def _places(counts: Counter) -> dict[tuple, int]:
    places, taken = {}, 0
    for key in sorted(counts):
        places[key] = taken + 1
        taken += counts[key]
    return places


def followed(scheme: Scheme, result: UnitResult, last: int | None) -> UnitResult:
    """What follows now, what would follow if every fact were confirmed, and the reasons in words; ``last`` as ``from_last``."""
    now = _consequences(scheme, result, last)
    told = {consequence.outcome for consequence in now}
    then = result.pending or result.grade
    waiting = tuple(
        outcome
        for outcome in scheme.outcomes
        if not outcome.concerns and outcome not in told and _met(scheme, result, outcome, result.facts, then, last)
    )
    result = replace(result, consequences=now, pending_outcomes=waiting)
    return replace(result, steps=steps_of(scheme, result))


def from_last(ranked: Sequence[UnitResult]) -> dict[str, int | None]:
    """Each unit's place counted from the last of its group, units that share a place counted alike.

    None for all of a group while one of it has no place (暂列): nobody is known to be among the last.
    """
    by_group: dict[str, list[UnitResult]] = defaultdict(list)
    for result in ranked:
        by_group[result.group].append(result)
    return {unit: place for group in by_group.values() for unit, place in _counted_back(group).items()}


def _counted_back(group: list[UnitResult]) -> dict[str, int | None]:
    places = sorted(result.rank for result in group if result.rank is not None)
    if len(places) < len(group):
        return dict.fromkeys((result.unit for result in group), None)
    return {r.unit: 1 + len(places) - bisect_right(places, r.rank) for r in group if r.rank is not None}


def _consequences(scheme: Scheme, result: UnitResult, last: int | None) -> tuple[Consequence, ...]:
    """What follows; of a unit without a grade what its facts alone bring. An outcome that concerns others is not its own."""
    facts, grade = confirmed(result.facts), result.grade
    return tuple(
        Consequence(o, gravest(o.when, scheme, facts, grade), _met(scheme, result, o, (), grade, last))
        for o in scheme.outcomes
        if not o.concerns and _met(scheme, result, o, facts, grade, last)
    )


def _met(
    scheme: Scheme, result: UnitResult, outcome: Outcome, facts: Iterable[Fact], grade: str | None, last: int | None
) -> bool:
    if outcome.groups and result.group not in outcome.groups:
        return False
    categories = tuple(result.category_grades.values())
    return holds(outcome.when, scheme, facts, grade, categories=categories, from_last=last)


def confirmed(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that a second person has checked."""
    return tuple(fact for fact in facts if fact.confirmed)
