"""How firm a unit's place is: its order against every rival while one weight moves, and its standing over all weightings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from scoring.firmness.form import Form
from scoring.firmness.simplex import reaching
from scoring.firmness.tracks import HALF, ONE, ZERO, Ordering, Track, bends, mirrored, order, track
from scoring.firmness.weightings import Interval, shares_reaching

__all__ = [
    "Ordering",
    "expected_rank",
    "expected_ranks",
    "mean_places",
    "pairwise_share",
    "place_interval",
    "place_intervals",
    "soonest",
]

TINY = 1e-9
"""Points that floats may fail to tell from none."""


def place_interval(ordering: Ordering, own: Form, rivals: Sequence[Form], index: int) -> Interval:
    """The shares of one weight at which the unit stands to every rival as it does now, so that its place stays.

    ``rivals``: the other units of the group, at the same level. A closed end belongs to the interval.
    """
    here, tracks = own.weights[index], [track(line, index) for line in (own, *rivals)]
    back = [mirrored(one) for one in tracks]
    high, high_closed = _turn_of(ordering, tracks, 0, soonest(ordering, tracks, here)[0], here)
    low, low_closed = _turn_of(ordering, back, 0, soonest(ordering, back, ONE - here)[0], ONE - here)
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


def _turns(ordering: Ordering, tracks: Sequence[Track], here: Fraction) -> list[tuple[Fraction, bool]]:
    """``_turn_of`` every unit."""
    early = soonest(ordering, tracks, here)
    return [_turn_of(ordering, tracks, at, early[at], here) for at in range(len(tracks))]


def _turn_of(
    ordering: Ordering, tracks: Sequence[Track], at: int, early: np.ndarray, here: Fraction
) -> tuple[Fraction, bool]:
    """How far beyond ``here`` one unit stands to all others as at ``here``, and whether so far still belongs.

    The whole way where nothing turns. Only rivals with whom something could turn before the nearest turn known are asked.
    ``early``: how far nothing turns with each (``soonest``).
    """
    nearest = ONE, True
    for rival in np.argsort(early, kind="stable"):
        if float(nearest[0] - here) < early[rival]:
            break
        if rival != at and (turn := _turn(ordering, tracks[at], tracks[rival], here, nearest[0])):
            nearest = min(nearest, turn)
    return nearest


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


def mean_places(lines: Sequence[Form]) -> list[float]:
    """``expected_ranks`` in floats, for a large group: good to many more than the two decimals that are shown."""
    values = np.array([[float(value) for value in line.values] for line in lines])
    offsets = np.array([float(line.offset) for line in lines])
    found = []
    for own, offset in zip(values, offsets, strict=True):
        ahead = reaching(values - own, offset - offsets)  # the part in which each rival, and the unit itself, is ahead
        alike = (abs(values - own - (offset - offsets)[:, None]) < TINY).all(axis=1)
        found.append(0.5 + float(np.where(alike, 0.5, ahead).sum()))
    return found
