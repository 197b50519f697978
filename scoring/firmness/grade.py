"""How firm one unit's grade is under the weights of one level, and which weights would change it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.firmness.form import Form, caps, form
from scoring.firmness.neighbourhood import TooManyTerms, local_shares
from scoring.firmness.weightings import (
    Interval,
    Radius,
    nearest_weight,
    safe_interval,
    safe_radius,
    score,
    share_of_weightings,
)
from scoring.results import AppliedLimit, UnitResult
from scoring.scheme import Scheme
from scoring.trial import Level, component_level

DELTA = Fraction(1, 20)
"""How far from the document's weights is near them: 5 points of a hundred (±5个百分点)."""


@dataclass(frozen=True)
class WeightMove:
    """One weight's share that would have to go from ``before`` to ``to`` (or beyond), the others in proportion.

    ``weights`` sum to 1. ``grade`` is what the unit then ends in.
    """

    name: str
    before: Fraction
    to: Fraction
    weights: dict[str, Fraction]
    grade: str


@dataclass(frozen=True)
class Firmness:
    """A unit's firmness at one level. ``intervals`` and shares are parts of 1.

    ``radius`` None: no re-weighting changes the grade. ``up`` and ``down`` are the nearest changes of one weight (None: none
    does it alone). ``shares``: the part of all weightings for each grade. ``caps`` are the limits that bar every better
    grade.
    """

    form: Form
    intervals: dict[str, Interval]
    radius: Radius | None
    up: WeightMove | None
    down: WeightMove | None
    shares: dict[str, Fraction]
    caps: tuple[AppliedLimit, ...]

    @property
    def fixed(self) -> bool:
        """Whether no weighting whatever changes the grade, weights of zero included."""
        return self.radius is None and self.up is None and self.down is None


def firmness(scheme: Scheme, result: UnitResult, level: Level | None = None, *, rules: bool = True) -> Firmness | None:
    """All of it for one unit, after the rules or (``rules=False``) by score alone.

    ``level``: the weights in question, by default those of 考核方式. None where the question makes no sense, or the score is
    no straight line in these weights.
    """
    level = level or component_level(scheme)
    line = form(scheme, result, level, rules=rules) if level else None
    if line is None:
        return None
    return Firmness(
        line,
        {name: safe_interval(line.values, line.weights, k, line.reach) for k, name in enumerate(line.names)},
        safe_radius(line.values, line.weights, line.reach),
        _move(line, up=True),
        _move(line, up=False),
        by_grade(line, share_of_weightings(line.values, line.lines)),
        caps(scheme, result) if rules else (),
    )


def near_shares(line: Form, delta: Fraction = DELTA) -> dict[str, Fraction] | None:
    """Each grade's part of the weightings in which every weight is within ±``delta`` of the document's.

    None where the weights are too many and too unlike for an exact answer at once.
    """
    try:
        return by_grade(line, local_shares(line.values, line.weights, delta, line.lines))
    except TooManyTerms:
        return None


def by_grade(line: Form, parts: tuple[Fraction, ...]) -> dict[str, Fraction]:
    """Parts of a whole, one a band, gathered by what the bands end in. Every grade of the scheme is named, best first."""
    found = dict.fromkeys(line.grades, Fraction(0))
    for grade, part in zip(line.finals, parts, strict=True):
        found[grade] += part
    return found


def _move(line: Form, *, up: bool) -> WeightMove | None:
    change = nearest_weight(line.values, line.weights, line.reach, up)
    if change is None:
        return None
    named = dict(zip(line.names, change.weights, strict=True))
    grade = line.final(score(line.values, change.weights))
    return WeightMove(line.names[change.index], line.weights[change.index], change.to, named, grade)
