"""How far weights can move before a score crosses a line: closed forms for any score that is linear in its weights.

Everywhere ``values`` are one unit's own scores x, ``weights`` the weights w as written (only their proportions count),
and a ``Stretch`` is the part of the scale in which its grade does not change. All of it is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Numbers = Sequence[Fraction]
STEP = Fraction(1, 10_000)
"""The smallest change of a weight that can be typed: 0.01 %."""


@dataclass(frozen=True)
class Stretch:
    """Scores from ``low`` (included) up to ``high`` (not included); None: no line on that side."""

    low: Fraction | None
    high: Fraction | None

    def holds(self, score: Fraction) -> bool:
        """Whether a score lies in it."""
        return (self.low is None or score >= self.low) and (self.high is None or score < self.high)


@dataclass(frozen=True)
class Interval:
    """Shares of one weight, 0 to 1, that keep the grade. A closed end belongs to it."""

    low: Fraction
    high: Fraction
    low_closed: bool
    high_closed: bool

    def holds(self, share: Fraction) -> bool:
        """Whether a share lies in it."""
        above = share >= self.low if self.low_closed else share > self.low
        return above and (share <= self.high if self.high_closed else share < self.high)

    @property
    def inward(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest share in it that can be typed (whole steps of 0.01 %); None where there is none."""
        low, high = (self.low / STEP).__ceil__(), (self.high / STEP).__floor__()
        low += not self.holds(low * STEP)
        high -= not self.holds(high * STEP)
        return (low * STEP, high * STEP) if low <= high else None


@dataclass(frozen=True)
class Radius:
    """Every weight may change by up to ``value`` of itself (0.7: ±70 %); ``closed``: by exactly so much, too."""

    value: Fraction
    closed: bool

    @property
    def within(self) -> Fraction | None:
        """The radius in per cent as one can say it truly: ±70.1%以内 includes 70.1. Tenths, rounded down; None below 0.1.

        Where exactly the radius already changes the grade, a radius of whole tenths is told a tenth lower.
        """
        tenths = (self.value * 1000).__floor__()
        if tenths == self.value * 1000 and not self.closed:
            tenths -= 1
        return Fraction(tenths, 10) if tenths > 0 else None


@dataclass(frozen=True)
class WeightChange:
    """One weight's share, moved to ``to``, the others keeping their proportions: ``weights`` sum to 1."""

    index: int
    to: Fraction
    weights: tuple[Fraction, ...]


def normalised(weights: Numbers) -> tuple[Fraction, ...]:
    """Weights that sum to 1. Raises ZeroDivisionError where all are zero."""
    whole = sum(weights, Fraction(0))
    return tuple(weight / whole for weight in weights)


def score(values: Numbers, weights: Numbers) -> Fraction:
    """Σ w x ÷ Σ w."""
    return sum((w * x for w, x in zip(normalised(weights), values, strict=True)), Fraction(0))


def moved(weights: Numbers, index: int, to: Fraction) -> tuple[Fraction, ...]:
    """Weights that sum to 1, one of them ``to`` and the others in their proportions (alike where all others are zero)."""
    others = [Fraction(0) if k == index else w for k, w in enumerate(weights)]
    if not any(others):
        others = [Fraction(int(k != index)) for k in range(len(weights))]
    whole = sum(others) or Fraction(1)
    return tuple(to if k == index else (1 - to) * w / whole for k, w in enumerate(others))


def safe_interval(values: Numbers, weights: Numbers, index: int, stretch: Stretch) -> Interval:
    """How far one weight can go, the others keeping their proportions, before the grade changes.

    The score is a straight line in the share t: m + t (x − m), m being the score of the others alone. The present
    score must lie in ``stretch``. A unit exactly on its lower line is safe on one side only. A single weight is
    always everything, so nothing can move it.
    """
    everything = Interval(Fraction(0), Fraction(1), True, True)
    if len(values) == 1:
        return everything
    others = score(values, moved(weights, index, Fraction(0)))
    slope = values[index] - others
    if slope == 0:
        return everything
    at_low = None if stretch.low is None else (stretch.low - others) / slope
    at_high = None if stretch.high is None else (stretch.high - others) / slope
    first, last = (at_low, at_high) if slope > 0 else (at_high, at_low)
    # The stretch holds its low line and not its high one, so of the two ends only the one at the low line is closed.
    low_closed, high_closed = slope > 0, slope < 0
    return Interval(
        Fraction(0) if first is None or first < 0 else first,
        Fraction(1) if last is None or last > 1 else last,
        first is None or first < 0 or low_closed,
        last is None or last > 1 or high_closed,
    )


def safe_radius(values: Numbers, weights: Numbers, stretch: Stretch) -> Radius | None:
    """The largest r such that no re-weighting of everything within ±r, summing to the same, changes the grade.

    Up to r = 1 it is gap ÷ Σ wⱼ·|xⱼ − m|, m the w-weighted median (the dual of the linear programme max Σ wⱼ eⱼ xⱼ,
    |eⱼ| ≤ r, Σ wⱼ eⱼ = 0). Beyond, no weight falls below zero and a weight of zero stays zero. None: nothing changes it.
    """
    w = normalised(weights)
    upward = None if stretch.high is None else _reach(values, w, stretch.high)
    downward = None if stretch.low is None else _reach([-x for x in values], w, -stretch.low)
    # Upward the line itself is another grade; downward only what lies below it is.
    if downward is not None and stretch.low == min(x for x, share in zip(values, w, strict=True) if share):
        downward = None
    found = [Radius(r, closed) for r, closed in ((upward, False), (downward, True)) if r is not None]
    return min(found, key=lambda radius: (radius.value, radius.closed), default=None)


def _reach(values: Numbers, w: Numbers, line: Fraction) -> Fraction | None:
    """The least r at which some re-weighting within ±r brings the score up to ``line``; None where none does."""
    gap = line - score(values, w)
    ordered = sorted(((x, share) for x, share in zip(values, w, strict=True) if share), reverse=True)
    if gap <= 0:
        return Fraction(0)
    if line > ordered[0][0]:
        return None
    middle = weighted_median(values, w)
    radius = gap / sum(share * abs(x - middle) for x, share in zip(values, w, strict=True))
    return radius if radius <= 1 else _reach_beyond(ordered, line)


def _reach_beyond(ordered: list[tuple[Fraction, Fraction]], line: Fraction) -> Fraction:
    """As ``_reach`` for r > 1: the best values take (1 + r) times their weight until the whole is spent.

    The best score is then the least, over k, of xₖ₊₁ + (1 + r) Σ wᵢ (xᵢ − xₖ₊₁), i ≤ k: each of these must reach the line.
    """
    times = []
    for k in range(1, len(ordered)):
        last = ordered[k][0]
        if taken := sum((share * (x - last) for x, share in ordered[:k]), Fraction(0)):
            times.append((line - last) / taken)
    return max(times) - 1


def weighted_median(values: Numbers, weights: Numbers) -> Fraction:
    """The least value at or below which half of the weight lies."""
    half, below = sum(weights, Fraction(0)) / 2, Fraction(0)
    for value, weight in sorted(zip(values, weights, strict=True)):
        below += weight
        if below >= half:
            return value
    raise ValueError("no values")


def nearest_weight(values: Numbers, weights: Numbers, stretch: Stretch, up: bool) -> WeightChange | None:
    """The smallest change of one weight that leaves ``stretch`` upward (or downward), in whole steps of 0.01 %.

    Rounded outward, so that what is typed truly does it. None where no single weight can.
    """
    w = normalised(weights)
    line = stretch.high if up else stretch.low
    if line is None or len(values) == 1:
        return None
    changes = [c for k in range(len(w)) if (c := _typed(values, w, k, line, up))]
    return min(changes, key=lambda change: abs(change.to - w[change.index]), default=None)


def _typed(values: Numbers, w: tuple[Fraction, ...], index: int, line: Fraction, up: bool) -> WeightChange | None:
    others = score(values, moved(w, index, Fraction(0)))
    slope = values[index] - others
    if slope == 0:
        return None
    crossing = (line - others) / slope
    steps = crossing / STEP
    rising = (slope > 0) == up
    whole = steps.__ceil__() if rising else steps.__floor__()
    if whole == steps and not up:
        whole += 1 if rising else -1  # on the line is not yet below it
    to = whole * STEP
    if not 0 <= to <= 1:
        return None
    change = WeightChange(index, to, moved(w, index, to))
    return change if (score(values, change.weights) >= line) == up else None


def shares_reaching(values: Numbers, line: Fraction) -> Fraction:
    """The part of all weightings (uniform on the simplex) under which the score is at least ``line``.

    Volume of a simplex cut by a half-space: Varsi's recursion (1973), each step a convex combination. Cutting the edge
    between a value below and one above the line splits the simplex into two smaller ones of the same kind; a value on
    the line decides nothing.
    """
    below = [x - line for x in values if x < line]
    above = [x - line for x in values if x > line]
    if not below:
        return Fraction(1)
    short = [Fraction(0)] + [Fraction(1)] * len(below)  # short[p]: part not reaching, of the first p values below
    for v in above:
        for p, u in enumerate(below, start=1):
            part = -u / (v - u)
            short[p] = part * short[p] + (1 - part) * short[p - 1]
    return 1 - short[-1]


def share_of_weightings(values: Numbers, lines: Numbers) -> tuple[Fraction, ...]:
    """For descending ``lines``: the part of all weightings reaching the first, the second and not the first, …, none."""
    reached = [Fraction(0), *(shares_reaching(values, line) for line in lines), Fraction(1)]
    return tuple(after - before for before, after in pairwise(reached))
