"""How firm a unit's place is: its order against every rival while one weight moves, and its standing over all weightings.

A place follows what the scheme ranks by (grade, score), with scores rounded as they are published: two units a hair
apart may share a place. So along a weight the order of two units changes only where one of the two crosses a line or,
closer together than a step of rounding, one of them crosses a half-step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.weightings import Interval, moved, score, shares_reaching
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


def track(line: Form, index: int) -> Track:
    """The unit along one weight, the others keeping their proportions."""
    start = score(line.values, moved(line.weights, index, ZERO))
    return Track(line, start, line.values[index] - start)


def place_interval(ordering: Ordering, own: Form, rivals: Sequence[Form], index: int) -> Interval:
    """The shares of one weight at which the unit stands to every rival as it does now, so that its place stays.

    ``rivals``: the other units of the group, at the same level. A closed end belongs to the interval.
    """
    here = own.weights[index]
    mine = track(own, index)
    pairs = [(mine, track(rival, index)) for rival in rivals]
    high, high_closed = _nearest([_turn(ordering, a, b, here) for a, b in pairs], ONE)
    back = [(mirrored(a), mirrored(b)) for a, b in pairs]
    low, low_closed = _nearest([_turn(ordering, a, b, ONE - here) for a, b in back], ONE)
    return Interval(ONE - low, high, low_closed, high_closed)


def place_intervals(ordering: Ordering, lines: Sequence[Form]) -> list[dict[str, Interval]]:
    """``place_interval`` of every unit of a group and every weight of the level."""
    found: list[dict[str, Interval]] = [{} for _ in lines]
    for index, name in enumerate(lines[0].names if lines else ()):
        for at, own in enumerate(lines):
            found[at][name] = place_interval(ordering, own, [*lines[:at], *lines[at + 1 :]], index)
    return found


def mirrored(one: Track) -> Track:
    """The same unit with the share counted from the other end."""
    return Track(one.line, one.start + one.slope, -one.slope)


def _nearest(turns: Sequence[tuple[Fraction, bool] | None], end: Fraction) -> tuple[Fraction, bool]:
    """(how far, whether so far still belongs) of the first turn; the whole way where there is none."""
    found = [turn for turn in turns if turn is not None]
    return min(found, key=lambda turn: (turn[0], turn[1]), default=(end, True))


def _turn(ordering: Ordering, a: Track, b: Track, here: Fraction) -> tuple[Fraction, bool] | None:
    """The first share beyond ``here`` from which a stands to b otherwise than at ``here``, and whether it is at that share
    still as before. None where that never happens."""
    before = order(ordering, a, b, here)
    marks = [*bends(ordering, a, b, here)]
    for t, following in zip(marks, [*marks[1:], ONE], strict=True):
        if t > here and order(ordering, a, b, t) != before:
            return t, False
        if t < ONE and order(ordering, a, b, (t + following) / 2) != before:
            return t, True
    return None


def order(ordering: Ordering, a: Track, b: Track, t: Fraction) -> int:
    """−1 where a is placed before b, 1 behind, 0 where they share a place."""
    mine, other = ordering.key(a.line, a.at(t)), ordering.key(b.line, b.at(t))
    return (mine > other) - (mine < other)


def bends(ordering: Ordering, a: Track, b: Track, here: Fraction) -> list[Fraction]:
    """``here`` and every share beyond it at which the order of the two could change, ascending."""
    found = {here, ONE}
    for one in (a, b):
        found.update(_crossings(one, here))
    if "score" in ordering.by:
        found.update(_close(ordering, a, b, here))
    return sorted(found)


def _crossings(one: Track, here: Fraction) -> Iterator[Fraction]:
    """Where the unit comes to each of its lines beyond ``here``."""
    for line in one.line.lines if one.slope else ():
        if here < (t := (line - one.start) / one.slope) <= ONE:
            yield t


def _close(ordering: Ordering, a: Track, b: Track, here: Fraction) -> Iterator[Fraction]:
    """Where the two scores meet or, rounded, where either crosses a half-step while they are less than a step apart."""
    gap, slope = a.start + a.line.offset - b.start - b.line.offset, a.slope - b.slope
    if ordering.places is None:
        if slope and here < -gap / slope <= ONE:
            yield -gap / slope
        return
    step = Fraction(1, 10**ordering.places)
    if not slope and abs(gap) >= step:
        return
    ends = sorted(((step - gap) / slope, (-step - gap) / slope)) if slope else [ZERO, ONE]
    first, last = max(ends[0], here), min(ends[1], ONE)
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
