"""Which change of a mark would change a unit's grade: the least that can be handed in and truly does it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring import exact
from scoring.assess import remarked
from scoring.combine import attainable, entering, weighed
from scoring.firmness.form import Form
from scoring.firmness.weightings import score
from scoring.marks import Mark
from scoring.results import UnitResult
from scoring.scheme import Scheme

ZERO, FULL = Fraction(0), Fraction(100)
MARK_PLACES = 2
"""Decimals of a component's score that can be handed in."""


@dataclass(frozen=True)
class TotalMove:
    """One component's score that would have to go from ``before`` to ``to`` (or beyond) for ``grade``."""

    component: str
    before: Fraction
    to: Fraction
    grade: str


def total_moves(scheme: Scheme, line: Form, *, up: bool) -> tuple[TotalMove, ...]:
    """For each component whose score alone can bring the grade up (or down): the nearest such score.

    ``line`` is the unit's form at the level of components.
    """
    goal = line.reach.high if up else line.reach.low
    moves = []
    for k, (name, share) in enumerate(zip(line.names, line.weights, strict=True)):
        if goal is None or not share:
            continue
        own = entering(scheme, name, Fraction(1))
        to = nearest_mark((line.values[k] + (goal - line.mean) / share) / own, up, scheme.component_places)
        least, most = attainable(scheme, name)
        if least <= to <= most:
            values = [weighed(scheme, to) * own if j == k else value for j, value in enumerate(line.values)]
            moves.append(TotalMove(name, line.values[k] / own, to, line.final(score(values, line.weights))))
    return tuple(moves)


def nearest_mark(line: Fraction, up: bool, places: int | None = None) -> Fraction:
    """The mark of two decimals nearest to ``line`` that reaches it (``up``) or stays below it.

    ``places``: decimals to which the component is rounded before it is weighed.
    """
    steps = exact.effective(line, places) * 10**MARK_PLACES
    whole = steps.__ceil__() if up else steps.__ceil__() - 1
    return Fraction(whole, 10**MARK_PLACES)


@dataclass(frozen=True)
class ItemMove:
    """One item's mark that would have to go from ``before`` to ``to`` for ``grade``: grades of the item, or points given.

    ``change`` is what the unit's exact score then gains (below 0: loses).
    """

    component: str
    indicator: int
    before: str | Fraction
    to: str | Fraction
    change: Fraction
    grade: str


def item_moves(scheme: Scheme, result: UnitResult, *, up: bool, rules: bool = True) -> tuple[ItemMove, ...]:
    """Each marked item whose mark alone can better the grade (or worsen it): the nearest such mark, nearest first.

    A tick goes by whole grades, points by hundredths. Each is verified by scoring the unit anew. Fewest grades first, then
    the least change of the score. Measured and judged items are not moved: nobody hands in their points.
    """
    goal = _Goal(scheme, result, up, rules)
    found = [move for component, mark in _marked(result) if (move := goal.nearest(component, mark))]
    return tuple(sorted(found, key=lambda move: (_steps(scheme, move), abs(move.change))))


def fewest_ticks(scheme: Scheme, result: UnitResult) -> tuple[ItemMove, ...] | None:
    """The fewest ticks that, all at the best grade, better the unit's grade together; the most telling first.

    ``grade`` and ``change`` are of all so far together. None where even every tick at the best does not.
    """
    best = scheme.grades[0]
    ticks = [
        (component, replace(mark, grade=best), mark)
        for component, mark in _marked(result)
        if mark.grade not in (None, best)
    ]
    gains = sorted(ticks, key=lambda tick: -_change(result, remarked(scheme, result, tick[0], tick[1])))
    now, done = result, []
    for component, to, mark in gains:
        now = remarked(scheme, now, component, to)
        done.append(
            ItemMove(component, to.indicator or 0, mark.grade or "", best, _change(result, now), now.grade or "")
        )
        if scheme.worse_than(result.grade or "", now.grade or ""):
            return tuple(done)
    return None


@dataclass(frozen=True)
class _Goal:
    """A better (or a worse) grade than a unit has, after the rules or by score."""

    scheme: Scheme
    result: UnitResult
    up: bool
    rules: bool

    def nearest(self, component: str, mark: Mark) -> ItemMove | None:
        """The nearest other mark of one item that reaches the goal."""
        full = self._full(component, mark)
        to = self._tick(component, mark) if mark.grade is not None else self._points(component, mark, full)
        if to is None:
            return None
        after = remarked(self.scheme, self.result, component, to)
        before, then = (mark.grade, to.grade) if mark.grade is not None else (mark.score, to.score)
        return ItemMove(
            component,
            mark.indicator or 0,
            before or ZERO,
            then or ZERO,
            _change(self.result, after),
            self._grade(after),
        )

    def _full(self, component: str, mark: Mark) -> Fraction:
        row = next(row for row in self.scheme.indicators_of(self.result.group) if row.no == mark.indicator)
        return row.full.get(component, FULL)

    def _tick(self, component: str, mark: Mark) -> Mark | None:
        grades = self.scheme.grades
        place = grades.index(mark.grade or "")
        others = reversed(grades[:place]) if self.up else grades[place + 1 :]
        return next((to for grade in others if self._met(component, to := replace(mark, grade=grade))), None)

    def _points(self, component: str, mark: Mark, full: Fraction) -> Mark | None:
        """By halving: more points never worsen a grade."""
        given = mark.score or ZERO
        unit = Fraction(1, 10**MARK_PLACES)
        way, most = (1, (full - given) / unit) if self.up else (-1, given / unit)
        steps = range(1, most.__floor__() + 1)
        first = bisect_left(
            steps, True, key=lambda n: self._met(component, replace(mark, score=given + way * n * unit))
        )
        return replace(mark, score=given + way * steps[first] * unit) if first < len(steps) else None

    def _met(self, component: str, to: Mark) -> bool:
        then, now = self._grade(remarked(self.scheme, self.result, component, to)), self._grade(self.result)
        return self.scheme.worse_than(now, then) if self.up else self.scheme.worse_than(then, now)

    def _grade(self, result: UnitResult) -> str:
        return (result.grade if self.rules else result.score_grade) or ""


def _marked(result: UnitResult) -> Iterator[tuple[str, Mark]]:
    """(component, mark) of every tick and every number of points that counts."""
    for part in result.components.values():
        for mark in part.sheet.marks if part.counted and part.sheet and part.exact is not None else ():
            if mark.indicator in part.rows and mark.applicable and (mark.grade is not None or mark.score is not None):
                yield part.id, mark


def _change(before: UnitResult, after: UnitResult) -> Fraction:
    return (after.exact or ZERO) - (before.exact or ZERO)


def _steps(scheme: Scheme, move: ItemMove) -> int:
    """How many grades a tick goes; points count as none."""
    if isinstance(move.before, str) and isinstance(move.to, str):
        return abs(scheme.grades.index(move.before) - scheme.grades.index(move.to))
    return 0
