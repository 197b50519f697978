"""Places and grades of many units under weightings drawn at random, counted: what ``acceptability`` is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from scoring.firmness.draws import generator
from scoring.firmness.form import Form
from scoring.firmness.places import Ordering

MOST_UNITS = 4_000
"""More units than this have too many pairs of unit and place to be kept."""
DRAWN_AT_ONCE, RANKED_AT_ONCE = 2**20, 2**15
"""Scores that are drawn and counted together, which costs as much for few as for many; and of these the scores that are
ranked together, so that they stay in the cache."""
ALIKE = 9
"""Decimals to which unrounded scores must agree to be the same: a float knows no more."""
HALF = 0.5 + 1e-7
"""Half a step, and what a float may have lost of it."""
Draw = Callable[[np.random.Generator, int], np.ndarray]
"""A way to draw so many weightings and score every unit under each, in steps of rounding: [weightings, units]."""


@dataclass(frozen=True, eq=False)
class Acceptability:
    """``shares`` [units, places]: the part of the weightings in which each unit takes each place (1, 2, 2, 4).

    ``grades`` [units, grades]: the part for each grade of the scheme, None where no lines were given.
    """

    shares: np.ndarray
    grades: np.ndarray | None
    weightings: int
    seed: int

    @property
    def errors(self) -> np.ndarray:
        """The standard error of every share [units, places]."""
        return np.sqrt(self.shares * (1 - self.shares) / self.weightings)

    @property
    def error(self) -> float:
        """The largest standard error, of places and of grades."""
        parts = [self.shares] if self.grades is None else [self.shares, self.grades]
        return max((float(np.sqrt(p * (1 - p) / self.weightings).max()) for p in parts if p.size), default=0.0)

    @property
    def mean_rank(self) -> np.ndarray:
        """The mean place of each unit [units]."""
        return self.shares @ np.arange(1, self.shares.shape[1] + 1)

    @property
    def mean_rank_errors(self) -> np.ndarray:
        """The standard error of each mean place [units]."""
        squares = self.shares @ np.arange(1, self.shares.shape[1] + 1) ** 2
        return np.sqrt(np.maximum(squares - self.mean_rank**2, 0) / self.weightings)


@dataclass(frozen=True, eq=False)
class Rules:
    """What places and grades are read from a score in whole steps of rounding.

    ``lines`` [lines]: the least such score of each grade but the last, best first; ``finals`` [lines + 1, units]: what each
    band ends in; ``grades``: how many there are, 0 for none.
    """

    by: tuple[str, ...]
    places: int | None
    lines: tuple[int, ...] = ()
    finals: np.ndarray | None = None
    grades: int = 0

    @classmethod
    def of(cls, forms: Sequence[Form], ordering: Ordering) -> Rules:
        """Effective lines become those as printed: a rounded score reaches the one where the exact score reaches the other."""
        scale = 10 ** (ALIKE if ordering.places is None else ordering.places)
        lines = [ceil((line + forms[0].offset) * scale) for line in forms[0].lines]
        finals = np.array([[ordering.grades.index(grade) for grade in line.finals] for line in forms], np.int64).T
        return cls(ordering.by, ordering.places, tuple(lines), finals, len(ordering.grades))

    @property
    def scale(self) -> float:
        """Steps of rounding in a point."""
        return 10.0 ** (ALIKE if self.places is None else self.places)

    def steps(self, scaled: np.ndarray) -> np.ndarray:
        """Scores, given in steps, as whole ones, rounded half away from zero. What a float has lost of a half is given back."""
        least, most = scaled.min(initial=0), scaled.max(initial=0)
        whole = np.int32 if max(-least, most) < 2**29 else np.int64
        if least >= 0:
            return (scaled + HALF).astype(whole)
        return np.copysign(np.floor(np.abs(scaled) + HALF), scaled).astype(whole)

    def graded(self, steps: np.ndarray) -> np.ndarray | None:
        """The place of each unit's grade in the scheme's [weightings, units]."""
        if self.finals is None:
            return None
        band = np.zeros(steps.shape, dtype=np.int64)
        for line in self.lines:
            band += steps < line
        return self.finals[band, np.arange(steps.shape[1])]

    def keys(self, steps: np.ndarray, grades: np.ndarray | None) -> np.ndarray:
        """One whole number per unit, smaller for a better place."""
        best = steps.max(initial=0)
        parts = {"score": (best - steps, int(best - steps.min(initial=0)) + 1), "grade": (grades, max(self.grades, 1))}
        keys = None
        for name in self.by:
            part, size = parts[name]
            if part is not None:
                keys = part if keys is None else keys.astype(np.int64) * size + part
        return np.zeros(steps.shape, np.int32) if keys is None else keys


def sampled(draw: Draw, units: int, rules: Rules, weightings: int, seed: int) -> Acceptability:
    """Draws weightings block by block, places the units under each and counts."""
    if units > MOST_UNITS:
        raise ValueError(f"places of {units} units are too many to be kept; at most {MOST_UNITS}")
    counts, graded = np.zeros((units, units), np.int64), np.zeros((rules.grades, units), np.int64)
    for scores in _blocks(draw, units, weightings, seed):
        seen = np.empty(scores.shape, np.int32)
        size = max(RANKED_AT_ONCE // max(units, 1), 1)
        for first in range(0, len(scores), size):
            steps = rules.steps(scores[first : first + size])
            grades = rules.graded(steps)
            seen[first : first + size] = places_taken(rules.keys(steps, grades))
            for place in range(rules.grades):
                graded[place] += np.count_nonzero(grades == place, axis=0)
        # Column by column, for there the places are much the same and the counts of one place stay in the cache.
        counts += np.bincount(seen.T.ravel(), minlength=counts.size).reshape(counts.shape)
    parts = graded.T / weightings if rules.grades else None
    return Acceptability(counts.T / weightings, parts, weightings, seed)


def _blocks(draw: Draw, units: int, weightings: int, seed: int) -> Iterator[np.ndarray]:
    random = generator(seed)
    size = max(DRAWN_AT_ONCE // max(units, 1), 1)
    for first in range(0, weightings, size):
        yield draw(random, min(size, weightings - first))


def places_taken(keys: np.ndarray) -> np.ndarray:
    """(place from 0) × units + unit, for every unit of every row, in the order of places [weightings, units].

    A unit's place is how many in its row have a smaller key, so that equal ones share the best. Key and unit are packed
    into one integer, which sorts in one go.
    """
    rows, units = keys.shape
    bits, most = max(units - 1, 1).bit_length(), int(keys.max(initial=0))
    if most >= 2 ** (62 - bits):
        raise ValueError("scores differ too widely for their places to be told")
    small = np.int32 if most < 2 ** (30 - bits) else np.int64
    packed: Any = keys.astype(small)
    packed <<= bits
    packed |= np.arange(units, dtype=small)
    packed.sort(axis=1)
    begins = np.ones((rows, units), dtype=bool)
    np.greater_equal(packed[:, 1:] ^ packed[:, :-1], 1 << bits, out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    places = np.repeat(starts, np.diff(starts, append=rows * units)).reshape(rows, units)
    places -= np.arange(rows)[:, None] * units
    places *= units
    packed &= (1 << bits) - 1
    places += packed
    return places
