"""How firm a unit's place is: its order against every rival while one weight moves, and its standing over all weightings.

A place follows what the scheme ranks by (grade, score), with scores rounded as they are published: two units a hair
apart may share a place. So along a weight the order of two units changes only where one of the two crosses a line or,
closer together than a step of rounding, one of them crosses a half-step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Literal

import numpy as np

from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.weightings import Interval, moved, score, shares_reaching
from scoring.scheme import Scheme

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)
TINY = 1e-9
"""Points that floats may fail to tell from none."""


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

    def grade(self, line: Form, mean: Fraction) -> int:
        """The grade a unit ends in at a weighted mean, 0 being the best."""
        return self.grades.index(line.final(mean))

    @cached_property
    def step(self) -> Fraction:
        """The least by which two scores as published differ; 0 where they are not rounded."""
        return ZERO if self.places is None else Fraction(1, 10**self.places)

    def over(self, score: Fraction, other: Fraction) -> int:
        """1 where a score as published is above another, −1 below. A step apart they are so however they are rounded."""
        gap = score - other
        if self.places is None or gap >= self.step or -gap >= self.step:
            return _sign(gap)
        return _sign(exact.half_up(score, self.places) - exact.half_up(other, self.places)) if gap else 0

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


def place_interval(ordering: Ordering, own: Form, rivals: Sequence[Form], index: int) -> Interval:
    """The shares of one weight at which the unit stands to every rival as it does now, so that its place stays.

    ``rivals``: the other units of the group, at the same level. A closed end belongs to the interval.
    """
    here, tracks = own.weights[index], [track(line, index) for line in (own, *rivals)]
    high, high_closed = _turns(ordering, tracks, here)[0]
    low, low_closed = _turns(ordering, [mirrored(one) for one in tracks], ONE - here)[0]
    return Interval(ONE - low, high, low_closed, high_closed)


def place_intervals(ordering: Ordering, lines: Sequence[Form]) -> list[dict[str, Interval]]:
    """``place_interval`` of every unit of a group and every weight of the level, by the weight's name."""
    found: list[dict[str, Interval]] = [{} for _ in lines]
    for index, name in enumerate(lines[0].names if lines else ()):
        here, tracks = lines[0].weights[index], [track(line, index) for line in lines]
        up = _turns(ordering, tracks, here)
        down = _turns(ordering, [mirrored(one) for one in tracks], ONE - here)
        for each, (high, high_closed), (low, low_closed) in zip(found, up, down, strict=True):
            each[name] = Interval(ONE - low, high, low_closed, high_closed)
    return found


def mirrored(one: Track) -> Track:
    """The same unit with the share counted from the other end."""
    return Track(one.line, one.start + one.slope, -one.slope)


def _turns(ordering: Ordering, tracks: Sequence[Track], here: Fraction) -> list[tuple[Fraction, bool]]:
    """For each unit how far beyond ``here`` it stands to all others as at ``here``, and whether so far still belongs.

    The whole way where nothing turns. Only rivals with whom something could turn before the nearest turn known are asked.
    """
    early = soonest(ordering, tracks, here)
    found = []
    for at, own in enumerate(tracks):
        nearest = ONE, True
        for rival in np.argsort(early[at], kind="stable"):
            if float(nearest[0] - here) < early[at, rival]:
                break
            if rival != at and (turn := _turn(ordering, own, tracks[rival], here, nearest[0])):
                nearest = min(nearest, turn)
        found.append(nearest)
    return found


def soonest(ordering: Ordering, tracks: Sequence[Track], here: Fraction) -> np.ndarray:
    """How far beyond ``here`` each pair's order cannot change, in floats and a thousandth short of it [n, n].

    Nothing turns before one of the two comes to a line or their scores come within a step of rounding.
    """
    now = np.array([float(one.at(here) + one.line.offset) for one in tracks])
    slope = np.array([float(one.slope) for one in tracks])
    step = 0.0 if ordering.places is None else 10.0**-ordering.places
    gap, closing = now[:, None] - now, slope - slope[:, None]
    close = _way(abs(gap) - step, np.where(gap > 0, closing, -closing))
    lines = [min((float(_way(*ends)) for ends in _to_lines(one, here)), default=np.inf) for one in tracks]
    crossing = np.array(lines)
    return np.minimum(close, np.minimum(crossing[:, None], crossing)) * 0.999


def _to_lines(one: Track, here: Fraction) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """How far off each line is, and how fast the unit comes towards it."""
    for line in one.line.lines:
        far = line - one.at(here)
        yield np.array(abs(float(far))), np.array(float(one.slope if far > 0 else -one.slope))


def _way(far: np.ndarray, speed: np.ndarray) -> np.ndarray:
    """How long it takes; forever where it never comes, and no time where it is there as far as floats can tell."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(far < TINY, 0.0, np.where(speed > 0, far / speed, np.inf))


def _turn(ordering: Ordering, a: Track, b: Track, here: Fraction, until: Fraction) -> tuple[Fraction, bool] | None:
    """The first share beyond ``here`` from which a stands to b otherwise than at ``here``, and whether it is at that share
    still as before. None where that does not happen up to ``until``."""
    before = order(ordering, a, b, here)
    marks = [*bends(ordering, a, b, here, until)]
    for t, following in zip(marks, [*marks[1:], until], strict=True):
        if t > here and order(ordering, a, b, t) != before:
            return t, False
        if t < following and order(ordering, a, b, (t + following) / 2) != before:
            return t, True
    return None


def order(ordering: Ordering, a: Track, b: Track, t: Fraction) -> int:
    """−1 where a is placed before b, 1 behind, 0 where they share a place."""
    mine, other = a.at(t), b.at(t)
    for name in ordering.by:
        if name == "score":
            behind = ordering.over(other + b.line.offset, mine + a.line.offset)
        else:
            behind = _sign(ordering.grade(a.line, mine) - ordering.grade(b.line, other))
        if behind:
            return behind
    return 0


def _sign(value: Fraction | int) -> int:
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


def pairwise_share(own: Form, rival: Form) -> Fraction:
    """The part of all weightings under which the unit's score, unrounded, is above the rival's; equal scores count half.

    By score alone: a limit that holds a grade down orders two units by no straight line.
    """
    differences = [x - y for x, y in zip(own.values, rival.values, strict=True)]
    behind = rival.offset - own.offset
    if all(difference == behind for difference in differences):
        return HALF
    return shares_reaching(differences, behind)


def expected_rank(own: Form, rivals: Sequence[Form]) -> Fraction:
    """The mean place over all weightings by score: one, and for each rival the part in which it is ahead."""
    return ONE + sum((pairwise_share(rival, own) for rival in rivals), ZERO)


def expected_ranks(lines: Sequence[Form]) -> list[Fraction]:
    """``expected_rank`` of every unit of a group: each pair is asked once."""
    found = [ONE] * len(lines)
    for (i, own), (j, rival) in combinations(enumerate(lines), 2):
        ahead = pairwise_share(own, rival)
        found[i] += 1 - ahead
        found[j] += ahead
    return found
