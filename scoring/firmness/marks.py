"""Which change of one mark would change a unit's grade: the least that can be handed in and truly does it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.combine import attainable, entering, weighed
from scoring.firmness.form import Form
from scoring.firmness.weightings import score
from scoring.scheme import Scheme

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
