"""From a scheme, its sheets and its facts to explained results. This is the definition; ``batch`` is its fast twin.

A total goes: components → combine → round → band → limits, the strictest limit winning. Every figure is exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scoring import ENGINE, exact
from scoring.conditions import gravest, holds
from scoring.elements import Component
from scoring.explain import component_steps, grade_steps, outcome_steps, total_step
from scoring.gather import (
    MarksError,
    facts_by_unit,
    insist_on_scored,
    is_blank,
    points_of,
    roster,
    sheets_by_unit,
    weights_of,
)
from scoring.marks import Fact, Sheet
from scoring.results import AppliedLimit, ComponentResult, Consequence, Possible, Results, UnitResult
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, score_of

__all__ = ["MarksError", "assess", "attainable", "grade_for", "limited"]


def assess(scheme: Scheme, sheets: Iterable[Sheet], facts: Iterable[Fact] = ()) -> Results:
    """Score, grade and rank every unit of the roster; a scheme without a roster takes the units that have sheets.

    Raises MarksError for a unit or component the scheme does not have, the same unit and component or the same row
    twice, a mark that is no grade of the scheme, and a fact the scheme does not know.
    """
    insist_on_scored(scheme)
    by_unit = sheets_by_unit(scheme, sheets)
    facts_of = facts_by_unit(scheme, facts)
    results = [
        _unit_result(scheme, unit, group, region, by_unit.get(unit, {}), facts_of.get(unit, ()))
        for unit, group, region in roster(scheme, by_unit)
    ]
    return Results(scheme, tuple(_ranked(scheme, results)), ENGINE)


def _unit_result(
    scheme: Scheme, unit: str, group: str, region: str, sheets: Mapping[str, Sheet], facts: tuple[Fact, ...]
) -> UnitResult:
    parts = {c.id: _component_result(scheme, c, group, sheets.get(c.id)) for c in scheme.components}
    missing = tuple(part.id for part in parts.values() if part.counted and part.exact is None)
    result = UnitResult(unit, group, region, parts, missing, facts=facts, categories=_categories(scheme, group, parts))
    graded = _possible(scheme, result) if missing else _graded(scheme, result)
    graded = replace(
        graded, consequences=_consequences(scheme, graded), pending_outcomes=_pending_outcomes(scheme, graded)
    )
    return replace(graded, steps=_steps(scheme, graded))


def _component_result(scheme: Scheme, component: Component, group: str, sheet: Sheet | None) -> ComponentResult:
    weight = scheme.weights.get(component.id)
    empty = ComponentResult(component.id, component.name, weight, component.counted)
    if sheet is None:
        return empty
    if totals := [mark for mark in sheet.marks if mark.indicator is None]:
        return _scored(scheme, replace(empty, sheet=sheet), totals[0].score)
    tree = indicator_tree(scheme, group)
    items = {m.indicator: points_of(scheme, m) for m in sheet.marks if m.indicator is not None and not is_blank(m)}
    if {leaf.no for leaf in tree.leaves()} != set(items):
        return replace(empty, sheet=sheet, items=items)  # a row is absent: the component is missing, never guessed
    categories = {node.name: score_of(node, items) for node in tree.children}
    return _scored(scheme, replace(empty, sheet=sheet, items=items, categories=categories), score_of(tree, items))


def _scored(scheme: Scheme, part: ComponentResult, value: Fraction | None) -> ComponentResult:
    if value is None:
        return part
    weighed = _weighed(scheme, value)
    return replace(part, exact=weighed, unrounded=value, score=_official(scheme, weighed))


def _weighed(scheme: Scheme, value: Fraction) -> Fraction:
    """A component's score as it enters the sum: rounded where the scheme rounds components first."""
    return value if scheme.component_places is None else exact.half_up(value, scheme.component_places)


def _official(scheme: Scheme, value: Fraction) -> Fraction:
    return value if scheme.places is None else exact.half_up(value, scheme.places)


def _combined(scheme: Scheme, scores: Mapping[str, Fraction]) -> Fraction:
    """Σ weight × score ÷ Σ weight over the counted components: 80.3, 82.64, 76.96 under 40/30/30 give exactly 80."""
    weights = weights_of(scheme)
    return sum((weight * scores[name] for name, weight in weights.items()), Fraction(0)) / sum(weights.values())


def _categories(scheme: Scheme, group: str, parts: Mapping[str, ComponentResult]) -> dict[str, Fraction | None]:
    """Each top-level category over the counted components that were marked item by item, by their weights."""
    detailed = [part for part in parts.values() if part.counted and part.categories]
    return {
        node.name: exact.weighted_mean(
            (part.weight or Fraction(0), score)
            for part in detailed
            if (score := part.categories[node.name]) is not None
        )
        for node in indicator_tree(scheme, group).children
    }


def grade_for(scheme: Scheme, score: Fraction) -> str | None:
    """The grade that an official score reaches, before any limit. None where the document draws no lines."""
    if scheme.bands is None or not scheme.bands.items:
        return None
    return next((band.grade for band in scheme.bands.items if score >= band.min), scheme.bands.items[-1].grade)


def _graded(scheme: Scheme, result: UnitResult) -> UnitResult:
    parts = result.components.items()
    total = _combined(scheme, {name: part.exact for name, part in parts if part.exact is not None})
    unrounded = _combined(scheme, {name: part.unrounded for name, part in parts if part.unrounded is not None})
    official = _official(scheme, total)
    by_score = grade_for(scheme, official)
    grade, limits = limited(scheme, by_score, _confirmed(result))
    pending, _ = limited(scheme, by_score, result.facts)
    return replace(
        result,
        exact=total,
        unrounded=unrounded,
        score=official,
        score_grade=by_score,
        grade=grade,
        limits=limits,
        pending=pending if pending != grade else None,
        crossed_by_rounding=by_score != grade_for(scheme, unrounded),
        warnings=_warnings(scheme, result, grade),
    )


def limited(scheme: Scheme, grade: str | None, facts: Sequence[Fact]) -> tuple[str | None, tuple[AppliedLimit, ...]]:
    """The grade after every limit that holds, the strictest winning; a limit never lifts a grade.

    One that allows the best grade (read as 只作描述不作限制) limits nothing and is not told.
    """
    if grade is None:
        return None, ()
    limits = [limit for limit in scheme.limits if limit.best != scheme.grades[0]]
    met = [limit for limit in limits if holds(limit.when, scheme, facts, grade)]
    final = max((grade, *(limit.best for limit in met)), key=scheme.grades.index)
    applied = [
        AppliedLimit(
            limit.id, limit.best, limit.text, limit.basis, gravest(limit.when, scheme, facts, grade),
            scheme.worse_than(limit.best, grade),
        )
        for limit in met
    ]  # fmt: skip
    return final, tuple(applied)


def _possible(scheme: Scheme, result: UnitResult) -> UnitResult:
    """The exact range an incomplete unit can still reach: each missing component at its least and its most."""
    parts = [part for part in result.components.values() if part.counted]
    ends = {part.id: (part.exact, part.exact) if part.exact is not None else _ends(scheme, part.id) for part in parts}
    least, most = (_official(scheme, _combined(scheme, {name: e[i] for name, e in ends.items()})) for i in (0, 1))
    now = _grades_between(scheme, _confirmed(result), least, most)
    then = _grades_between(scheme, result.facts, least, most)
    return replace(result, possible=Possible(least, most, now), pending_grades=then if then != now else ())


def _confirmed(result: UnitResult) -> tuple[Fact, ...]:
    return tuple(fact for fact in result.facts if fact.confirmed)


def _grades_between(scheme: Scheme, facts: Sequence[Fact], least: Fraction, most: Fraction) -> tuple[str, ...]:
    """Every grade that some official score from ``least`` to ``most`` ends in after the limits, worst first."""
    starts = [max(least, exact.on_grid(band.min, scheme.places)) for band in scheme.bands.items] if scheme.bands else []
    by_score = {grade_for(scheme, score) for score in starts if score <= most}
    final = {limited(scheme, grade, facts)[0] for grade in by_score}
    return tuple(grade for grade in reversed(scheme.grades) if grade in final)


def _ends(scheme: Scheme, component_id: str) -> tuple[Fraction, Fraction]:
    least, most = attainable(scheme, component_id)
    return _weighed(scheme, least), _weighed(scheme, most)


def attainable(scheme: Scheme, component_id: str) -> tuple[Fraction, Fraction]:
    """The least and the greatest score a component can give: all ticks at one end, or 0 to 100 where numbers may come."""
    if set(scheme.component(component_id).marks) != {"ticks"} or scheme.ticks is None:
        return Fraction(0), Fraction(100)
    points = scheme.ticks.points.values()
    return min(points), max(points)


def _warnings(scheme: Scheme, result: UnitResult, grade: str | None) -> tuple[str, ...]:
    """What a reader should see before trusting a good grade: the worst tick inside it."""
    if grade is None or grade != scheme.grades[0]:
        return ()
    worst = scheme.grades[-1]
    found = [
        f"{part.name}第{mark.indicator}项"
        for part in result.components.values()
        if part.counted and part.sheet
        for mark in sorted(part.sheet.marks, key=lambda mark: mark.indicator or 0)
        if mark.grade == worst
    ]
    return (f"评为“{grade}”而有{len(found)}项为“{worst}”（{'、'.join(found)}），请复核",) if found else ()


def _steps(scheme: Scheme, result: UnitResult) -> tuple:
    parts = [step for part in result.components.values() if part.counted for step in component_steps(scheme, part)]
    return (*parts, total_step(scheme, result), *grade_steps(scheme, result), *outcome_steps(scheme, result))


def _consequences(scheme: Scheme, result: UnitResult) -> tuple[Consequence, ...]:
    """What follows now; of a unit without a grade what its facts alone bring."""
    facts, grade = _confirmed(result), result.grade
    return tuple(
        Consequence(o, gravest(o.when, scheme, facts, grade), holds(o.when, scheme, (), grade))
        for o in scheme.outcomes
        if holds(o.when, scheme, facts, grade)
    )


def _pending_outcomes(scheme: Scheme, result: UnitResult) -> tuple:
    """What would follow, beyond what does now, if every unconfirmed fact were confirmed; without a grade: by facts."""
    then = result.pending or result.grade
    return tuple(
        outcome
        for outcome in scheme.outcomes
        if holds(outcome.when, scheme, result.facts, then)
        and not holds(outcome.when, scheme, _confirmed(result), result.grade)
    )


def _ranked(scheme: Scheme, results: list[UnitResult]) -> list[UnitResult]:
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
