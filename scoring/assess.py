"""From a scheme, its sheets and its facts to explained results. This is the definition; ``batch`` is its fast twin.

An item goes value → grade → floor → points → late (``items``); a total goes combine → bonus → deduction → rounding → band →
floors → limits (``combine``, ``extras``, ``grading``). Units that are helped come before those that inherit from them; places and what
follows come last. Every figure is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scoring import ENGINE
from scoring.combine import attainable, combined, official, weighed
from scoring.elements import Component, Unit
from scoring.exact import weighted_mean
from scoring.extras import Whose, adjusted, bonuses, extra_rows, is_linear, net, possible_extra
from scoring.extras import deductions as taken_off
from scoring.follow import confirmed, followed, from_last, ranked
from scoring.gather import MarksError, facts_by_unit, insist_on_scored, is_blank, roster, sheets_by_unit
from scoring.grading import category_grades, grade_for, grades_between, verdict
from scoring.inherit import awards, inherited, mean
from scoring.items import Around, item_result
from scoring.late import deductions
from scoring.marks import Fact, Mark, Sheet
from scoring.peers import COMPARED, Comparison, comparison
from scoring.remembered import remembered
from scoring.results import ComponentResult, ItemResult, Possible, Results, UnitResult
from scoring.rules import Inherits
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, score_of

__all__ = ["MarksError", "assess", "remarked"]


@dataclass(frozen=True)
class _Given:
    """All that was handed in, by unit."""

    sheets: Mapping[str, Mapping[str, Sheet]]
    facts: Mapping[str, tuple[Fact, ...]]
    peers: Comparison = field(default_factory=dict)


def assess(scheme: Scheme, sheets: Iterable[Sheet], facts: Iterable[Fact] = ()) -> Results:
    """Score, grade and rank every unit of the roster; a scheme without a roster takes the units that have sheets.

    Raises MarksError for a unit or component the scheme does not have, the same unit and component or the same row
    twice, a mark that its item cannot have, and a fact the scheme does not know.
    """
    insist_on_scored(scheme)
    by_unit = sheets_by_unit(scheme, sheets)
    given = _Given(by_unit, facts_by_unit(scheme, facts), comparison(scheme, by_unit))
    members = roster(scheme, by_unit)
    found = {unit: _marked(scheme, given, unit, g, region) for unit, g, region in members if not scheme.inheritance(g)}
    known = {unit.name: unit for group in scheme.groups for unit in group.units}
    for unit, group, region in members:
        if scheme.inheritance(group):
            facts_of = given.facts.get(unit, ())
            found[unit] = _inheriting(scheme, known.get(unit), unit, group, region, facts_of, found)
    placed = ranked(scheme, [found[unit] for unit, _, _ in members])
    last = from_last(placed)
    return Results(scheme, tuple(_followed(scheme, found[one.unit], one, last[one.unit]) for one in placed), ENGINE)


def _followed(scheme: Scheme, own: UnitResult, placed: UnitResult, last: int | None) -> UnitResult:
    """``followed``, once for the same ``own`` result in the same place."""
    given = (own, placed.rank, last)
    return remembered(scheme, ("followed", own.unit), given, lambda: followed(scheme, placed, last))


def _marked(scheme: Scheme, given: _Given, unit: str, group: str, region: str) -> UnitResult:
    """A unit with sheets of its own, worked out once for the same sheets and facts where no other unit has a say in it."""
    if given.peers:
        return _worked_out(scheme, given, unit, group, region)
    own = (tuple(given.sheets.get(unit, {}).items()), given.facts.get(unit, ()))
    where = ("marked", unit, group, region)
    return remembered(scheme, where, own, lambda: _worked_out(scheme, given, unit, group, region))


def _worked_out(scheme: Scheme, given: _Given, unit: str, group: str, region: str) -> UnitResult:
    """A unit's result; once more as if every fact were confirmed, to tell what waits for a second person."""
    facts = given.facts.get(unit, ())
    sure = confirmed(facts)
    now = _with_facts(scheme, given, unit, group, region, sure)
    then = now if sure == facts else _with_facts(scheme, given, unit, group, region, facts)
    return _pending(replace(now, facts=facts), then)


def _with_facts(
    scheme: Scheme, given: _Given, unit: str, group: str, region: str, facts: tuple[Fact, ...]
) -> UnitResult:
    """A unit's result if exactly these facts counted."""
    around = Around(given.peers, facts, deductions(scheme, facts))
    sheets = given.sheets.get(unit, {})
    parts = {c.id: _component(scheme, c, group, unit, sheets.get(c.id), around) for c in scheme.components}
    return _gathered(scheme, UnitResult(unit, group, region, parts, (), facts=facts))


def _gathered(scheme: Scheme, result: UnitResult) -> UnitResult:
    """From components to a grade, or to what the unit can still reach while one of them is missing."""
    parts, group = result.components, result.group
    missing = tuple(part.id for part in parts.values() if part.counted and part.exact is None)
    result = replace(result, missing=missing, categories=_categories(scheme, group, parts))
    if scheme.judged:
        return result
    graded = category_grades(scheme, indicator_tree(scheme, group, unit=result.unit), parts.values())
    result = replace(result, category_grades=graded)
    return _possible(scheme, result) if missing else _summed(scheme, result)


def remarked(scheme: Scheme, result: UnitResult, component: str, *marks: Mark) -> UnitResult:
    """A unit's result if these marks of one sheet were others: confirmed facts only, without a place or what follows.

    Raises MarksError for a mark that its item cannot have, and KeyError for a row that is not there.
    """
    sure, part = confirmed(result.facts), result.components[component]
    known = {row.no: row for row in scheme.indicators_of(result.group)}
    around = Around({}, sure, deductions(scheme, sure))
    rows = [item_result(scheme, known[mark.indicator or 0], component, mark, around) for mark in marks]
    changed = _from_rows(
        scheme, result.group, result.unit, replace(part, rows=part.rows | {row.no: row for row in rows})
    )
    empty = UnitResult(
        result.unit, result.group, result.region, {**result.components, component: changed}, (), facts=sure
    )
    return _gathered(scheme, empty)


def _pending(now: UnitResult, then: UnitResult) -> UnitResult:
    """What an unconfirmed fact would change."""
    grades_now = now.possible.grades if now.possible else ()
    grades_then = then.possible.grades if then.possible else ()
    return replace(
        now,
        pending=then.grade if then.grade != now.grade else None,
        pending_score=then.score if then.score != now.score else None,
        pending_grades=grades_then if grades_then != grades_now else (),
    )


def _component(
    scheme: Scheme, component: Component, group: str, unit: str, sheet: Sheet | None, around: Around
) -> ComponentResult:
    weight, full = scheme.weights.get(component.id), scheme.full_of(component.id)
    empty = ComponentResult(component.id, component.name, weight, component.counted, full=full)
    if sheet is None:
        return empty
    if totals := [mark for mark in sheet.marks if mark.indicator is None]:
        return _scored(scheme, replace(empty, sheet=sheet), totals[0].score)
    rows = _rows(scheme, group, component.id, sheet, around)
    return _from_rows(scheme, group, unit, replace(empty, sheet=sheet, rows=rows))


def _from_rows(scheme: Scheme, group: str, unit: str, part: ComponentResult) -> ComponentResult:
    """A component from its scored ``rows``; one that is absent or open leaves it missing, never guessed."""
    tree = indicator_tree(scheme, group, part.id, unit)
    extras = extra_rows(scheme, group, part.id, unit)
    beside = {row.no for row in extras}
    closed = {no: row.points for no, row in part.rows.items() if not row.open}
    items = {no: points for no, points in closed.items() if no not in beside}
    earned = {r.no: (closed[r.no] or Fraction(0)) * r.full[part.id] / 100 for r in extras if r.no in closed}
    part = replace(part, items=items, extras=earned)
    if {leaf.no for leaf in tree.leaves()} | beside != set(closed):
        return part
    part = replace(part, categories={node.name: score_of(node, items) for node in tree.children})
    percent = score_of(tree, items)
    return part if percent is None else _scored(scheme, part, percent * part.full / 100)


def _rows(scheme: Scheme, group: str, component: str, sheet: Sheet, around: Around) -> dict[int, ItemResult]:
    known = {row.no: row for row in scheme.indicators_of(group)}
    return {
        mark.indicator: item_result(scheme, known[mark.indicator], component, mark, around)
        for mark in sheet.marks
        if mark.indicator in known and not is_blank(mark)
    }


def _scored(scheme: Scheme, part: ComponentResult, value: Fraction | None) -> ComponentResult:
    if value is None:
        return part
    entered = weighed(scheme, value)
    return replace(part, exact=entered, unrounded=value, score=official(scheme, entered))


def _categories(scheme: Scheme, group: str, parts: Mapping[str, ComponentResult]) -> dict[str, Fraction | None]:
    """Each top-level category over the counted components that were marked item by item, by what it weighs in each."""
    weighing: dict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    names: dict[str, None] = {}
    for part in parts.values():
        shares = _category_full(scheme, group, part.id)
        for name, score in part.categories.items() if part.counted else ():
            names[name] = None
            if score is not None:
                weighing[name].append(((part.weight or Fraction(0)) * shares.get(name, Fraction(1)), score))
    return {name: weighted_mean(weighing[name]) for name in names}


def _category_full(scheme: Scheme, group: str, component: str) -> dict[str, Fraction]:
    """Where marks add up, each category's part of a component's full marks."""
    if scheme.combine != "add":
        return {}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for row in scheme.indicators_of(group):
        base = Fraction(row.role == "base")
        found[row.path[0]] += base * row.full.get(component, Fraction(0)) / scheme.full_of(component)
    return found


def _summed(scheme: Scheme, result: UnitResult) -> UnitResult:
    """combine → bonus → deduction → rounding → band → floors → limits."""
    parts = result.components.items()
    before = combined(scheme, {name: part.exact for name, part in parts if part.exact is not None})
    plain = combined(scheme, {name: part.unrounded for name, part in parts if part.unrounded is not None})
    return _graded(scheme, result, before, plain)


def _graded(scheme: Scheme, result: UnitResult, before: Fraction, plain: Fraction) -> UnitResult:
    """The result for a sum ``before`` bonuses; ``plain`` is that sum if no component had been rounded."""
    whose = Whose(result.unit, result.group, result.components)
    earned, taken = bonuses(scheme, result.facts, whose), taken_off(scheme, result.facts, whose)
    total, unrounded = (adjusted(scheme, value, earned, taken) for value in (before, plain))
    score = official(scheme, total)
    by_score = grade_for(scheme, score)
    found = verdict(scheme, by_score, result.facts, result.category_grades)
    return replace(
        result,
        before_bonus=before,
        bonuses=earned,
        deductions=taken,
        extra=net(scheme, earned, taken),
        linear=is_linear(scheme, earned, taken),
        exact=total,
        unrounded=unrounded,
        score=score,
        score_grade=by_score,
        grade=found.grade,
        floors=found.floors,
        limits=found.limits,
        recommended=found.recommended,
        awards=awards(scheme, result.group, score),
        crossed_by_rounding=by_score != grade_for(scheme, unrounded),
        warnings=_warnings(scheme, result, found.grade),
    )


def _possible(scheme: Scheme, result: UnitResult) -> UnitResult:
    """The exact range an incomplete unit can still reach: each missing component at its least and its most."""
    ends = [
        {p.id: _at_end(scheme, result, p, place) for p in result.components.values() if p.counted} for place in (0, 1)
    ]
    least, most = (combined(scheme, {name: part.exact or Fraction(0) for name, part in end.items()}) for end in ends)
    return _between(scheme, result, (least, ends[0]), (most, ends[1]))


def _between(
    scheme: Scheme,
    result: UnitResult,
    least: tuple[Fraction, Mapping[str, ComponentResult]],
    most: tuple[Fraction, Mapping[str, ComponentResult]],
) -> UnitResult:
    """The range from two sums without bonuses, each with the components it is made of."""
    low, high = (_ended(scheme, result, value, parts) for value, parts in (least, most))
    categories: dict[str, str] | None = None if scheme.category_grades else {}
    grades = grades_between(scheme, result.facts, categories, low, high)
    found = verdict(scheme, None, result.facts)
    return replace(
        result,
        possible=Possible(low, high, grades),
        limits=found.limits if not scheme.bands or not scheme.bands.items else (),
    )


def _ended(scheme: Scheme, result: UnitResult, value: Fraction, parts: Mapping[str, ComponentResult]) -> Fraction:
    """The official score of a sum with its 加分 and 扣分."""
    whose = Whose(result.unit, result.group, parts)
    earned, taken = bonuses(scheme, result.facts, whose), taken_off(scheme, result.facts, whose)
    return official(scheme, adjusted(scheme, value, earned, taken))


def _at_end(scheme: Scheme, result: UnitResult, part: ComponentResult, place: int) -> ComponentResult:
    """A component as it is, or at the least (0) or the most (1) it can still give, its 加分项 and 扣分项 included.

    Of a sheet that has come only its open rows can move.
    """
    if part.exact is not None:
        return part
    extras = possible_extra(scheme, result.group, part.id, result.unit, best=bool(place)) | part.extras
    tree = indicator_tree(scheme, result.group, part.id, result.unit)
    value, items = attainable(scheme, part.id)[place], dict[int, Fraction | None]()
    if part.open_rows and {leaf.no for leaf in tree.leaves()} <= set(part.rows):
        items = part.items | _open_rows(scheme, result, part, place)
        value = (score_of(tree, items) or Fraction(0)) * part.full / 100
    return replace(part, exact=weighed(scheme, value), items=items, extras=extras)


def _open_rows(scheme: Scheme, result: UnitResult, part: ComponentResult, place: int) -> dict[int, Fraction | None]:
    """Rows that cannot be scored yet at their least (0) or their most (1): by grades where they will be graded."""
    known = {row.no: row for row in scheme.indicators_of(result.group)}
    graded = sorted(scheme.ticks.points.values()) if scheme.ticks and scheme.median else []
    found: dict[int, Fraction | None] = {}
    for no, row in part.rows.items():
        if row.open and known[no].role == "base":
            ends = graded if graded and known[no].kind in COMPARED else [Fraction(0), Fraction(100)]
            found[no] = (Fraction(0) if scheme.late else ends[0], ends[-1])[place]
    return found


def _inheriting(
    scheme: Scheme,
    unit: Unit | None,
    name: str,
    group: str,
    region: str,
    facts: tuple[Fact, ...],
    results: Mapping[str, UnitResult],
) -> UnitResult:
    """A unit that takes the official scores of those it helps; incomplete while one of them is, or while it helps nobody."""
    rule = scheme.inheritance(group)
    helped = inherited(rule, unit, results) if rule and unit else ()
    missing = tuple(dict.fromkeys(m for one in helped if one.unit in results for m in results[one.unit].missing))
    unknown = not helped or any(one.score is None for one in helped)
    missing = missing or (tuple(part.id for part in scheme.counted) if unknown else ())
    empty = UnitResult(name, group, region, {}, missing, inherited=helped)
    now, then = (_from_helped(scheme, replace(empty, facts=told), results) for told in (confirmed(facts), facts))
    return _pending(replace(now, facts=facts), then)


def _from_helped(scheme: Scheme, result: UnitResult, results: Mapping[str, UnitResult]) -> UnitResult:
    rule = scheme.inheritance(result.group)
    if rule is None or not result.inherited:
        return result
    if result.missing:
        ends = [_score_ends(scheme, rule, results.get(one.unit)) for one in result.inherited]
        least, most = (mean(rule, result.inherited, [end[i] for end in ends]) for i in (0, 1))
        return _between(scheme, result, (least or Fraction(0), {}), (most or Fraction(0), {}))
    value = mean(rule, result.inherited, [one.score for one in result.inherited if one.score is not None])
    return _graded(scheme, result, value or Fraction(0), value or Fraction(0))


def _score_ends(scheme: Scheme, rule: Inherits, result: UnitResult | None) -> tuple[Fraction, Fraction]:
    if result is not None and result.group == rule.source and result.score is not None:
        return result.score, result.score
    if result is not None and result.group == rule.source and result.possible is not None:
        return result.possible.low, result.possible.high
    return Fraction(0), scheme.base


def _warnings(scheme: Scheme, result: UnitResult, grade: str | None) -> tuple[str, ...]:
    """What a reader should see before trusting a good grade: the worst grade among its items."""
    if grade is None or grade != scheme.grades[0]:
        return ()
    worst = scheme.grades[-1]
    found = [
        f"{part.name}第{no}项"
        for part in result.components.values()
        if part.counted
        for no, row in sorted(part.rows.items())
        if row.grade == worst
    ]
    return (f"评为“{grade}”而有{len(found)}项为“{worst}”（{'、'.join(found)}），请复核",) if found else ()
