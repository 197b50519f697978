"""From an official score to the grade that stands: band → floors → limits, the strictest limit winning.

No rule depends on another's order: of floors the highest counts, of limits the lowest, and limits come last, so that a
veto (一票否决) beats everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.conditions import gravest, holds
from scoring.marks import Fact
from scoring.results import AppliedFloor, AppliedLimit, ComponentResult
from scoring.rules import Condition, Floor
from scoring.scheme import Scheme
from scoring.tree import Node


@dataclass(frozen=True)
class Verdict:
    """The grade that stands with what lifted and lowered it; ``recommended``: with every waiting floor confirmed."""

    grade: str | None
    floors: tuple[AppliedFloor, ...] = ()
    limits: tuple[AppliedLimit, ...] = ()
    recommended: str | None = None


def grade_for(scheme: Scheme, score: Fraction) -> str | None:
    """The grade that an official score reaches, before any rule. None where the document draws no lines."""
    if scheme.bands is None or not scheme.bands.items:
        return None
    return next((band.grade for band in scheme.bands.items if score >= band.min), scheme.bands.items[-1].grade)


def verdict(
    scheme: Scheme, by_score: str | None, facts: Sequence[Fact], categories: Mapping[str, str] | None = None
) -> Verdict:
    """The grade after floors and limits. Without a grade by score only a veto (the worst grade) still gives one."""
    graded = tuple((categories or {}).values())
    floors = _floors(scheme, by_score, facts, graded)
    lifted = _best(scheme, by_score, [floor.worst for floor in floors if floor.confirmed])
    would = _best(scheme, by_score, [floor.worst for floor in floors if not floor.declined])
    limits = _limits(scheme, lifted, facts, graded)
    grade, then = _capped(scheme, lifted, limits), _capped(scheme, would, limits)
    return Verdict(grade, floors, limits, then if then != grade else None)


def _floors(
    scheme: Scheme, grade: str | None, facts: Sequence[Fact], categories: Collection[str]
) -> tuple[AppliedFloor, ...]:
    if grade is None:
        return ()
    met = [
        floor
        for floor in scheme.floors
        if floor.of == "total" and holds(floor.when, scheme, facts, grade, categories=categories)
    ]
    return tuple(
        AppliedFloor(
            floor.id, floor.worst, floor.text, floor.basis, gravest(floor.when, scheme, facts, grade),
            _confirmed(scheme, floor, facts), scheme.worse_than(grade, floor.worst), _declined(scheme, floor, facts),
        )
        for floor in met
    )  # fmt: skip


def _confirmed(scheme: Scheme, floor: Floor, facts: Sequence[Fact]) -> bool:
    """原则上: whether a person has said that the floor holds here; floors that need nobody hold at once."""
    if not floor.confirmed_by:
        return True
    said = Condition.model_validate({"fact": floor.confirmed_by})
    return holds(said, scheme, facts, None)


def _declined(scheme: Scheme, floor: Floor, facts: Sequence[Fact]) -> bool:
    """Whether a person has said that the floor does not hold here, and nobody that it does."""
    if not floor.confirmed_by or _confirmed(scheme, floor, facts):
        return False
    return any(fact.fact == floor.confirmed_by for fact in facts)


def _limits(
    scheme: Scheme, grade: str | None, facts: Sequence[Fact], categories: Collection[str]
) -> tuple[AppliedLimit, ...]:
    """Every limit that holds. One that allows the best grade (read as 只作描述不作限制) limits nothing and is not told."""
    met = [
        limit
        for limit in scheme.limits
        if limit.best != scheme.grades[0] and holds(limit.when, scheme, facts, grade, categories=categories)
    ]
    return tuple(
        AppliedLimit(
            limit.id, limit.best, limit.text, limit.basis, gravest(limit.when, scheme, facts, grade),
            scheme.worse_than(limit.best, grade) if grade else limit.best == scheme.grades[-1],
        )
        for limit in met
    )  # fmt: skip


def _best(scheme: Scheme, grade: str | None, worst: Iterable[str]) -> str | None:
    """The grade lifted to the highest floor."""
    return None if grade is None else min((grade, *worst), key=scheme.grades.index)


def _capped(scheme: Scheme, grade: str | None, limits: Iterable[AppliedLimit]) -> str | None:
    """The grade lowered to the strictest limit; without one, only a veto gives a grade."""
    bests = [limit.best for limit in limits]
    if grade is None:
        return scheme.grades[-1] if scheme.grades and scheme.grades[-1] in bests else None
    return max((grade, *bests), key=scheme.grades.index)


def grades_between(
    scheme: Scheme, facts: Sequence[Fact], categories: Mapping[str, str] | None, least: Fraction, most: Fraction
) -> tuple[str, ...]:
    """Every grade that some official score from ``least`` to ``most`` may end in, worst first.

    ``categories`` None: not known yet. Then a limit on the grades of categories may hold or not, and both ends are told.
    """
    starts = [max(least, exact.on_grid(band.min, scheme.places)) for band in scheme.bands.items] if scheme.bands else []
    by_score = {grade_for(scheme, score) for score in starts if score <= most} or {None}
    final = {verdict(scheme, grade, facts, categories).grade for grade in by_score}
    if categories is None:
        final |= {
            _best_of(scheme, grade, limit.best) for grade in final for limit in scheme.limits if asks_for_categories(limit.when)
        }
    return tuple(grade for grade in reversed(scheme.grades) if grade in final)


def _best_of(scheme: Scheme, grade: str | None, best: str) -> str | None:
    return None if grade is None else max(grade, best, key=scheme.grades.index)


def asks_for_categories(when: Condition) -> bool:
    """Whether a condition asks for the grades of categories."""
    return bool(when.category_grade) or any(map(asks_for_categories, (*when.all, *when.any)))


def category_grades(scheme: Scheme, tree: Node, parts: Iterable[ComponentResult]) -> dict[str, str]:
    """大项等次: each category's grade from its items, by the scheme's method; {} where it grades no categories.

    Read from the counted component that was marked item by item; of several the mean of points decides, the worst or
    the most frequent is taken over all of them.
    """
    rule = scheme.category_grades
    detailed = [part for part in parts if part.counted and part.rows and part.exact is not None]
    if rule is None or not detailed:
        return {}
    found = {}
    for node in tree.children:
        numbers = {leaf.no for leaf in node.leaves()}
        rows = [row for part in detailed for no, row in part.rows.items() if no in numbers and row.points is not None]
        if not rows:
            continue
        if rule.method == "mean":
            means = [
                (p.weight or Fraction(0), score) for p in detailed if (score := p.categories[node.name]) is not None
            ]
            found[node.name] = _by_lines(scheme, exact.weighted_mean(means) or Fraction(0))
        else:
            grades = [row.grade or _by_lines(scheme, row.points or Fraction(0)) for row in rows]
            found[node.name] = _chosen(scheme, rule.method, grades)
    return found


def _by_lines(scheme: Scheme, score: Fraction) -> str:
    lines = scheme.category_grades.lines if scheme.category_grades else ()
    return next((band.grade for band in lines if score >= band.min), scheme.grades[-1])


def _chosen(scheme: Scheme, method: str, grades: list[str]) -> str:
    """The worst, or the most frequent; of equally frequent grades the worse (从严)."""
    if method == "worst":
        return max(grades, key=scheme.grades.index)
    counts = Counter(grades)
    return max(counts, key=lambda grade: (counts[grade], scheme.grades.index(grade)))
