"""Two units as one weight moves: who is placed before whom, and where that could change.

A place follows what the scheme ranks by (grade, score), with scores rounded as they are published: two units a hair
apart may share a place. So along a weight the order of two units changes only where one of the two crosses a line or,
closer together than a step of rounding, one of them crosses a half-step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.weightings import moved, score
from scoring.scheme import Scheme

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


@dataclass(frozen=True)
class Ordering:
    """What places are read from: ``by`` first to last, grades best first, and the decimals of scores (None: unrounded)."""

    by: tuple[Literal["grade", "score"], ...]
    grades: tuple[str, ...]
    places: int | None

    @classmethod
    def of(cls, scheme: Scheme) -> Ordering:
        """A scheme's own."""
        return cls(scheme.rank.by, scheme.grades, scheme.places)

    def key(self, line: Form, mean: Fraction) -> tuple[Fraction, ...]:
        """What a unit is placed by at a weighted mean; the less, the better the place."""
        total = mean + line.offset
        shown = total if self.places is None else exact.half_up(total, self.places)
        return self.placed(line.final(mean) if "grade" in self.by else self.grades[0], shown)

    @cached_property
    def step(self) -> Fraction:
        """The least by which two scores as published differ; 0 where they are not rounded."""
        return ZERO if self.places is None else Fraction(1, 10**self.places)

    def over(self, score: int, of: int, other: int, of_other: int) -> int:
        """1 where a score (``score`` parts ``of`` one) as published is above another, −1 below.

        A step apart they are so however they are rounded.
        """
        gap = score * of_other - other * of
        if not gap or self.places is None or abs(gap) * 10**self.places >= of * of_other:
            return _sign(gap)
        shown, against = (exact.half_up(Fraction(n, d), self.places) for n, d in ((score, of), (other, of_other)))
        return (shown > against) - (shown < against)

    def placed(self, grade: str, shown: Fraction) -> tuple[Fraction, ...]:
        """The same for a grade and an official score."""
        parts = {"grade": Fraction(self.grades.index(grade)), "score": -shown}
        return tuple(parts[name] for name in self.by)


@dataclass(frozen=True)
class Track:
    """One unit's weighted mean as the share t of one weight goes from 0 to 1: ``start`` + t × ``slope``."""

    line: Form
    start: Fraction
    slope: Fraction

    def at(self, t: Fraction) -> Fraction:
        """The weighted mean at a share."""
        return self.start + t * self.slope

    @cached_property
    def crossings(self) -> tuple[Fraction, ...]:
        """The shares at which the unit comes to each of its lines."""
        return tuple((line - self.start) / self.slope for line in self.line.lines) if self.slope else ()

    @cached_property
    def whole(self) -> Whole:
        """The same on whole numbers, for asking very often."""
        offset, lines = self.line.offset, self.line.lines
        of = lcm(*(each.denominator for each in (self.start, self.slope, offset, *lines)))
        start, slope, *effective = (
            int(each * of) for each in (self.start + offset, self.slope, *(x + offset for x in lines))
        )
        return Whole(start, slope, of, tuple(effective), self.line.finals)


@dataclass(frozen=True)
class Whole:
    """One unit's score, not its mean, as one weight moves: ``start`` + t × ``slope`` in parts ``of`` one; so are its lines."""

    start: int
    slope: int
    of: int
    lines: tuple[int, ...]
    finals: tuple[str, ...]

    def at(self, t: Fraction) -> tuple[int, int]:
        """(so many parts, of one) at a share."""
        return self.start * t.denominator + self.slope * t.numerator, self.of * t.denominator

    def grade(self, ordering: Ordering, score: int, of: int) -> int:
        """The grade the unit then ends in, 0 being the best."""
        times = of // self.of
        band = next((k for k, line in enumerate(self.lines) if score >= line * times), len(self.lines))
        return ordering.grades.index(self.finals[band])


def track(line: Form, index: int) -> Track:
    """The unit along one weight, the others keeping their proportions. A single weight is always everything."""
    if len(line.values) == 1:
        return Track(line, line.values[0], ZERO)
    here, value = line.weights[index], line.values[index]
    if here == 1:  # then the others count alike
        start = score(line.values, moved(line.weights, index, ZERO))
        return Track(line, start, value - start)
    start = (line.mean - here * value) / (1 - here)
    return Track(line, start, value - start)


def mirrored(one: Track) -> Track:
    """The same unit with the share counted from the other end."""
    return Track(one.line, one.start + one.slope, -one.slope)


def order(ordering: Ordering, a: Track, b: Track, t: Fraction) -> int:
    """−1 where a is placed before b, 1 behind, 0 where they share a place."""
    mine, other = a.whole.at(t), b.whole.at(t)
    for name in ordering.by:
        if name == "score":
            behind = ordering.over(*other, *mine)
        else:
            behind = _sign(a.whole.grade(ordering, *mine) - b.whole.grade(ordering, *other))
        if behind:
            return behind
    return 0


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def bends(ordering: Ordering, a: Track, b: Track, here: Fraction, until: Fraction = ONE) -> list[Fraction]:
    """``here``, ``until`` and every share between at which the order of the two could change, ascending."""
    found = {here, until}
    for one in (a, b):
        found.update(t for t in one.crossings if here < t <= until)
    if "score" in ordering.by:
        found.update(_close(ordering, a, b, here, until))
    return sorted(found)


def _close(ordering: Ordering, a: Track, b: Track, here: Fraction, until: Fraction) -> Iterator[Fraction]:
    """Where the two scores meet or, rounded, where either crosses a half-step while they are less than a step apart."""
    gap, slope = a.start + a.line.offset - b.start - b.line.offset, a.slope - b.slope
    if ordering.places is None:
        if slope and here < -gap / slope <= until:
            yield -gap / slope
        return
    step = ordering.step
    if not slope and abs(gap) >= step:
        return
    ends = sorted(((step - gap) / slope, (-step - gap) / slope)) if slope else [ZERO, ONE]
    first, last = max(ends[0], here), min(ends[1], until)
    if first < last:
        yield first
        yield last
        for one in (a, b):
            yield from _half_steps(one, step, first, last)


def _half_steps(one: Track, step: Fraction, first: Fraction, last: Fraction) -> Iterator[Fraction]:
    """Every share between the two at which the score lies on a half-step, where rounding turns."""
    if not one.slope:
        return
    low, high = sorted((one.at(first) + one.line.offset, one.at(last) + one.line.offset))
    number = (low / step - HALF).__ceil__()
    while (level := (number + HALF) * step) <= high:
        yield (level - one.line.offset - one.start) / one.slope
        number += 1
