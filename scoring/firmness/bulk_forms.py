"""Safe intervals, safe radius and shares of weightings for a block of units at once: the fast twins of ``weightings``.

What is compared is compared in whole numbers; only the last division, and the volumes, are floats. So which end is closed
is exact, and where it lies is right to the last digits of a float: to draw, never to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.firmness.bulk_lines import IN_INT64, Block, held

NEAR_TERMS = 32
"""In at most so many simplices the weightings near the document's must fall to be computed in bulk."""
NOISE = 1e-12
"""What signed parts leave where they should add up to nothing or to everything."""
COLUMNS = 512
"""Cuts that are taken together: a table of them stays in the cache."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """Safe intervals [terms, units], as in ``weightings.Interval``."""

    low: np.ndarray
    high: np.ndarray
    low_closed: np.ndarray
    high_closed: np.ndarray


def intervals(block: Block, low: np.ndarray, high: np.ndarray) -> Intervals:
    """How far each weight can go, the others keeping their proportions, while the mean stays from ``low`` to ``high``.

    At a share t of weight j the mean is m + t (x − m) with m = (Σ w x − wⱼ xⱼ) ÷ (Σ w − wⱼ); so it is on a line L at
    t = (L (Σ w − wⱼ) − Σ w x + wⱼ xⱼ) ÷ (xⱼ Σ w − Σ w x), a ratio of whole numbers.
    """
    x, w = block.x, block.weights[:, None]
    whole, rest = w.sum(), w.sum() - w
    total = np.broadcast_to(block.total, x.shape)
    slope, base = x * whole - total, w * x - total
    if alone := [k for k in range(len(x)) if not rest[k]]:  # it has all the weight: the others then count alike
        k, alike = alone[0], x.sum(axis=0)
        slope[k], base[k], rest = len(x) * x[k] - alike, x[k] - alike, rest.copy()
        rest[k] = len(x) - 1
    at_low, at_high = low * rest + base, high * rest + base
    falling, level = slope < 0, slope == 0
    first, last = np.where(falling, -at_high, at_low), np.where(falling, -at_low, at_high)
    steep = np.where(level, 1, abs(slope))
    free_low, free_high = level | (first < 0), level | (last > steep)
    return Intervals(
        np.where(free_low, 0.0, _ratio(first, steep)),
        np.where(free_high, 1.0, _ratio(last, steep)),
        free_low | ~falling,
        free_high | falling,
    )


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return (above / below).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class Ordered:
    """Each unit's values in ascending order [terms, units], and the weight of each."""

    x: np.ndarray
    weights: np.ndarray


def ordered(block: Block) -> Ordered:
    """Sorts every unit's values. Value and place are packed into one integer where they fit, which sorts in one go."""
    bits = max(len(block.x) - 1, 1).bit_length()
    if (block.bound + 1) << bits >= IN_INT64:
        order = np.argsort(block.x, axis=0, kind="stable")
        return Ordered(np.take_along_axis(block.x, order, axis=0), block.weights[order])
    places = np.arange(len(block.x))
    keys = (block.x.T.astype(np.int64) << bits) | places
    keys.sort(axis=1)
    ascending = np.ascontiguousarray(keys.T)
    return Ordered((ascending >> bits).astype(block.x.dtype), block.weights[ascending & ((1 << bits) - 1)])


def together(done: Sequence[tuple[Block, Ordered]]) -> tuple[Block, Ordered]:
    """Neighbouring blocks as one."""
    if len(done) == 1:
        return done[0]
    blocks, lines = zip(*done, strict=True)
    x, cuts, finals = (
        np.concatenate([getattr(one, name) for one in blocks], axis=1) for name in ("x", "lines", "finals")
    )
    block = Block(x, blocks[0].weights, cuts, finals, blocks[0].bound)
    sides = (np.concatenate([getattr(one, name) for one in lines], axis=1) for name in ("x", "weights"))
    return block, Ordered(*sides)


def radius(block: Block, line: Ordered, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the safe radius [units], infinite where no re-weighting changes the grade; whether exactly so much still keeps it).

    As ``weightings.safe_radius``; ``line`` are the values in order. A weight of zero takes no part.
    """
    if not block.weights.all():
        some = block.weights != 0
        block = Block(block.x[some], block.weights[some], block.lines, block.finals, block.bound)
        line = ordered(block)
    whole, total = block.weights.sum(), block.total
    middle = (2 * np.cumsum(line.weights, axis=0) < whole).sum(axis=0)
    spread = (line.weights * abs(line.x - line.x[middle, np.arange(len(middle))])).sum(axis=0)
    up = _reach(Ordered(line.x[::-1], line.weights[::-1]), high, whole, high * whole - total, spread)
    up[high > line.x[-1]] = np.inf
    down = _reach(Ordered(-line.x, line.weights), -low, whole, total - low * whole, spread)
    down[low <= line.x[0]] = np.inf
    return np.minimum(up, down), down < up


def _reach(falling: Ordered, goal: np.ndarray, whole: int, gap: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The least r at which some re-weighting within ±r brings the mean up to ``goal``, for values that descend."""
    found = _ratio(gap, np.where(spread == 0, 1, spread))
    if len(far := np.flatnonzero((gap > spread) & (goal <= falling.x[0]))):
        x, w = falling.x[:, far], falling.weights[:, far]
        taken = np.cumsum(w * x, axis=0)[:-1] - np.cumsum(w, axis=0)[:-1] * x[1:]
        times = _ratio((goal[far] - x[1:]) * whole, np.where(taken == 0, 1, taken))
        found[far] = np.where(taken == 0, -np.inf, times).max(axis=0) - 1
    return found


def shares(block: Block, line: Ordered) -> np.ndarray:
    """The part of all weightings for each band, best first [bands, units]."""
    n, units = line.x.shape
    distances = (line.x[:, None, :] - block.lines).reshape(n, -1)
    return _bands(reaching(_float(distances)).reshape(-1, units))


def near_shares(block: Block, line: Ordered, simplices: Near) -> np.ndarray:
    """The part of the weightings near the document's for each band [bands, units]."""
    reached = np.zeros(block.lines.shape)
    kind = held((block.bound + 1) * simplices.denominator * 4)
    x, lines = line.x.astype(kind, copy=False), block.lines.astype(kind, copy=False)
    for left, corner, part in simplices.terms:
        at = np.array(corner, kind) @ block.x.astype(kind, copy=False)
        distances = (left * x)[:, None, :] - (lines * simplices.denominator - at)
        reached += part * reaching(_float(distances.reshape(len(x), -1))).reshape(lines.shape)
    reached[abs(reached) < NOISE] = 0
    reached[abs(reached - 1) < NOISE] = 1
    return _bands(reached)


def _bands(reached: np.ndarray) -> np.ndarray:
    """From parts that reach each line to parts of each band."""
    return np.diff(reached, axis=0, prepend=0.0, append=1.0)


def _float(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float64, copy=False)


def reaching(distances: np.ndarray) -> np.ndarray:
    """The part of the simplex with Σ w × distance ≥ 0, for ascending distances [terms, cuts].

    As ``simplex.reaching``, but only as much of Varsi's table is filled as each cut needs: cuts with equally many values
    up to the line are taken together.
    """
    up_to = (distances <= 0).sum(axis=0)
    found = np.where(distances[-1] < 0, 0.0, 1.0)
    found[(up_to == len(distances)) & (distances[0] < 0)] = 0
    for below in range(1, len(distances)):
        cuts = np.flatnonzero(up_to == below)
        for first in range(0, len(cuts), COLUMNS):
            some = cuts[first : first + COLUMNS]
            found[some] = 1 - _short(distances[:, some], below)
    return found


def _short(distances: np.ndarray, below: int) -> np.ndarray:
    """The part not reaching, the first ``below`` distances being at most 0 and the rest more: one antidiagonal a step.

    Two tables take turns, so that no step reads what it writes; what a step does not need again is left as it was.
    """
    n, cuts = distances.shape
    table, turned, spare = np.ones((below + 1, cuts)), np.ones((below + 1, cuts)), np.empty((below, cuts))
    table[0] = turned[0] = 0
    for step in range(n - 1):
        first, last = max(0, below - n + 1 + step), min(below, step + 1)
        low, high = distances[first:last], distances[n - 1 - step + first : n - 1 - step + last]
        part, then = spare[first:last], turned[first + 1 : last + 1]
        np.subtract(low, high, out=part)
        np.divide(low, part, out=part)
        np.subtract(table[first + 1 : last + 1], table[first:last], out=then)
        np.multiply(then, part, out=then)
        np.add(then, table[first:last], out=then)
        table, turned = turned, table
    return table[below]


@dataclass(frozen=True, eq=False)
class Near:
    """The weightings within ±δ of the document's as signed simplices, on one ``denominator``.

    ``terms``: (what is left of the whole, the weights at the corner [terms], its signed part of all).
    """

    denominator: int
    terms: tuple[tuple[int, tuple[int, ...], float], ...]


def near(weights: tuple[int, ...], delta: Fraction) -> Near | None:
    """The neighbourhood of the document's weights (``neighbourhood.simplices``); None where it is too many simplices."""
    w = [Fraction(weight, sum(weights)) for weight in weights]
    low = [max(weight - delta, Fraction(0)) for weight in w]
    found = {tuple(low): 1}
    for k, weight in enumerate(w):
        more = Counter(found)
        for corner, times in found.items():
            beyond = (*corner[:k], weight + delta, *corner[k + 1 :])
            if sum(beyond) < 1:
                more[beyond] -= times
        found = dict(more)
        if len(found) > NEAR_TERMS:
            return None
    size = len(w) - 1
    volumes = {corner: times * (1 - sum(corner)) ** size for corner, times in found.items()}
    whole = sum(volumes.values())
    common = np.lcm.reduce([value.denominator for value in (delta, *w)], dtype=object)
    terms = [
        (int((1 - sum(corner)) * common), tuple(int(weight * common) for weight in corner), float(volume / whole))
        for corner, volume in volumes.items()
    ]
    return Near(int(common), tuple(terms))
