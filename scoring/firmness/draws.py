"""Weightings drawn at random, every one as likely as every other: of all there are, or of those near the document's.

Seeded with numpy's PCG64. The same seed gives the same weightings on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

Numbers = Sequence[Fraction]


def generator(seed: int) -> np.random.Generator:
    """The source of randomness for a seed."""
    return np.random.Generator(np.random.PCG64(seed))


def anywhere(random: np.random.Generator, terms: int, count: int) -> np.ndarray:
    """Weightings [count, terms] uniform on the simplex: exponential numbers, brought to a sum of one."""
    drawn = random.standard_exponential((count, terms))
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn


def near(random: np.random.Generator, weights: Numbers, delta: Fraction, count: int) -> np.ndarray:
    """Weightings [count, terms] uniform within ±``delta`` of ``weights`` (summing to one), none below zero.

    By rejection, so that the distribution is exact. All but the widest weight are drawn from their ranges with density e^(θw),
    θ such that the sum is one on average; the widest is what is left of the whole, kept only within its range and with
    a probability proportional to e^(θ × it). So each weighting kept has density e^(θ × the sum), and the sum is one for all.
    """
    low = np.array([float(max(weight - delta, Fraction(0))) for weight in weights])
    width = np.array([float(weight + delta) for weight in weights]) - low
    if len(low) == 1 or not delta:
        return np.repeat([[float(weight) for weight in weights]], count, axis=0)
    last = int(np.argmax(width))
    others = np.arange(len(low)) != last
    tilt = _tilt(width, 1 - low.sum())
    kept: list[np.ndarray] = []
    while (found := sum(map(len, kept))) < count:
        kept.append(_kept(random, low, width, others, last, tilt, 3 * (count - found) + 100))
    return np.concatenate(kept)[:count]


def _kept(
    random: np.random.Generator,
    low: np.ndarray,
    width: np.ndarray,
    others: np.ndarray,
    last: int,
    tilt: float,
    tries: int,
) -> np.ndarray:
    drawn = np.empty((tries, len(low)))
    drawn[:, others] = low[others] + _tilted(random.random((tries, len(low) - 1)), width[others], tilt)
    drawn[:, last] = 1 - drawn[:, others].sum(axis=1)
    above = drawn[:, last] - low[last]
    best = width[last] if tilt > 0 else 0.0
    chance = np.exp(tilt * (np.clip(above, 0, width[last]) - best))
    return drawn[(above >= 0) & (above <= width[last]) & (random.random(tries) < chance)]


def _tilted(uniform: np.ndarray, width: np.ndarray, tilt: float) -> np.ndarray:
    """From 0 to ``width`` with density proportional to e^(tilt × it), by the inverse of the distribution."""
    steep = tilt * width
    flat = abs(steep) < 1e-9
    safe = np.where(flat, 1.0, steep)
    return width * np.where(flat, uniform, np.log1p(uniform * np.expm1(safe)) / safe)


def _tilt(width: np.ndarray, wanted: float) -> float:
    """The θ for which the ranges' means add up to ``wanted``, by halving; how near decides only how many are kept."""
    low, high = -200 / width.max(), 200 / width.max()
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _mean(width, middle) < wanted else (low, middle)
    return (low + high) / 2


def _mean(width: np.ndarray, tilt: float) -> float:
    steep = tilt * width
    flat = abs(steep) < 1e-6
    safe = np.where(flat, 1.0, steep)
    return float((width * np.where(flat, 0.5 + steep / 12, 1 / -np.expm1(-safe) - 1 / safe)).sum())
