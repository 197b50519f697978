"""Which change of a mark would change a unit's grade: the least that can be handed in and truly does it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.combine import entering, weighed
from scoring.firmness.form import Form
from scoring.firmness.remarks import Remarks, Standing, Value
from scoring.firmness.weightings import score
from scoring.marks import Mark
from scoring.results import UnitResult
from scoring.scheme import Scheme

ZERO = Fraction(0)
MARK_PLACES = 2
"""Decimals of a component's score that can be handed in."""


@dataclass(frozen=True)
class TotalMove:
    """One component's score that would have to go from ``before`` to ``to`` (or beyond) for ``grade``."""

    component: str
    before: Fraction
    to: Fraction
    grade: str


def total_moves(remarks: Remarks, line: Form, *, up: bool) -> tuple[TotalMove, ...]:
    """For each component whose score alone can bring the grade up (or down): the nearest such score its sheet can come to.

    ``line`` is the unit's form at the level of components.
    """
    scheme = remarks.scheme
    goal = line.reach.high if up else line.reach.low
    moves = []
    for k, (name, share) in enumerate(zip(line.names, line.weights, strict=True)):
        if goal is None or not share:
            continue
        own = entering(scheme, name, Fraction(1))
        to = nearest_mark((line.values[k] + (goal - line.mean) / share) / own, up, scheme.component_places)
        least, most = remarks.ends(name)
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


def item_moves(
    scheme: Scheme, result: UnitResult, *, up: bool, rules: bool = True, remarks: Remarks | None = None
) -> tuple[ItemMove, ...]:
    """Each marked item whose mark alone can better the grade (or worsen it): the nearest such mark, nearest first.

    A tick goes by whole grades, points by hundredths. Fewest grades first, then the least change of the score. Measured
    and judged items are not moved: nobody hands in their points. ``remarks``: the unit's, where it was asked before.
    """
    remarks = remarks or Remarks(scheme, result)
    return moves_until(remarks, up, _other_grade(remarks, up, rules), rules=rules)


def moves_until(
    remarks: Remarks, up: bool, met: Callable[[Standing], bool], *, rules: bool = True
) -> tuple[ItemMove, ...]:
    """For each marked item the nearest mark with which ``met`` holds, nearest first. What holds for one mark must hold
    for every better one (for every worse one, going down)."""
    found = [
        _move(remarks, component, mark, to, rules)
        for component, mark in _marked(remarks.result)
        if (to := _nearest(remarks, component, mark, up, met)) is not None
    ]
    return tuple(sorted(found, key=lambda move: (_steps(remarks.scheme, move), abs(move.change))))


def nearest_item(remarks: Remarks, up: bool, met: Callable[[Standing], bool], *, rules: bool = True) -> ItemMove | None:
    """The nearest of them that holds good when the unit is truly scored anew."""
    marks = {(component, mark.indicator): mark for component, mark in _marked(remarks.result)}
    for move in moves_until(remarks, up, met, rules=rules):
        if met(remarks.asked(move.component, marks[move.component, move.indicator], move.to)):
            return move
    return None


def nearest_grade(remarks: Remarks, up: bool, *, rules: bool = True) -> ItemMove | None:
    """The nearest mark of one item that alone brings a better (or a worse) grade."""
    return nearest_item(remarks, up, _other_grade(remarks, up, rules), rules=rules)


def _other_grade(remarks: Remarks, up: bool, rules: bool) -> Callable[[Standing], bool]:
    order = remarks.scheme.grades.index
    now = order(_grade(remarks.now, rules))
    return lambda then: order(_grade(then, rules)) < now if up else order(_grade(then, rules)) > now


def _grade(standing: Standing, rules: bool) -> str:
    return standing.grade if rules else standing.score_grade


def _move(remarks: Remarks, component: str, mark: Mark, to: Value, rules: bool) -> ItemMove:
    then, before = remarks.after(component, mark, to), mark.grade or mark.score or ZERO
    return ItemMove(component, mark.indicator or 0, before, to, then.exact - remarks.now.exact, _grade(then, rules))


def _nearest(remarks: Remarks, component: str, mark: Mark, up: bool, met: Callable[[Standing], bool]) -> Value | None:
    """A tick by whole grades; points by halving, since what holds for some holds for more."""
    if mark.grade is not None:
        grades = remarks.scheme.grades
        place = grades.index(mark.grade)
        others = reversed(grades[:place]) if up else grades[place + 1 :]
        return next((to for to in others if met(remarks.after(component, mark, to))), None)
    given, unit = mark.score or ZERO, Fraction(1, 10**MARK_PLACES)
    way, most = (1, remarks.full(component, mark) - given) if up else (-1, given)
    steps = range(1, (most / unit).__floor__() + 1)
    first = bisect_left(steps, True, key=lambda n: met(remarks.after(component, mark, given + way * n * unit)))
    return given + way * steps[first] * unit if first < len(steps) else None


def _marked(result: UnitResult) -> Iterator[tuple[str, Mark]]:
    """(component, mark) of every tick and every number of points that counts."""
    for part in result.components.values():
        for mark in part.sheet.marks if part.counted and part.sheet and part.exact is not None else ():
            if mark.indicator in part.rows and mark.applicable and (mark.grade is not None or mark.score is not None):
                yield part.id, mark


def _steps(scheme: Scheme, move: ItemMove) -> int:
    """How many grades a tick goes; points count as none."""
    if isinstance(move.before, str) and isinstance(move.to, str):
        return abs(scheme.grades.index(move.before) - scheme.grades.index(move.to))
    return 0
