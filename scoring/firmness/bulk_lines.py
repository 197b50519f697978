"""Many units' scores at one level of weights as straight lines in whole numbers: what ``bulk`` is computed from.

It is ``form.Form`` for a block of units at once. Values, lines and weights stand on common denominators, so that every
comparison is one of integers: held in floats while nothing computed from them exceeds 2^52, in int64 below 2^62, and in
Python's integers beyond (as in ``scoring.batch``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from scoring import exact
from scoring.batch import BatchResult
from scoring.firmness.form import Form
from scoring.firmness.weightings import normalised
from scoring.grading import verdict
from scoring.scheme import Scheme
from scoring.table import Table
from scoring.trial import ITEMS, WEIGHTS, Level

IN_FLOAT, IN_INT64 = 2**52, 2**62
ROOM = 8
"""Nothing computed from values and lines exceeds so many times (the largest of them × the sum of the weights)."""


@dataclass(frozen=True, eq=False)
class Block:
    """Some units' forms. mean = Σ weights × x ÷ Σ weights, a grade's line is reached where the mean is at least ``lines``.

    ``x`` [terms, units]; ``weights`` [terms]; ``lines`` [lines, units], effective ones less what no weight moves, best
    first; ``finals`` [lines + 1, units]: the place of the grade that each band ends in. No size of x or a line exceeds
    ``bound``.
    """

    x: np.ndarray
    weights: np.ndarray
    lines: np.ndarray
    finals: np.ndarray
    bound: int

    @property
    def total(self) -> Any:
        """Σ weights × x [units]: the mean times Σ weights."""
        return self.weights @ self.x

    def stretch(self) -> tuple[np.ndarray, np.ndarray]:
        """The means, from the first on and below the second, that keep each unit's final grade [units].

        Where there is no line on that side it is one that no weighting reaches.
        """
        total, whole = self.total, self.weights.sum()
        band = (total < self.lines * whole).sum(axis=0)
        first, last = band.copy(), band.copy()
        bands = len(self.finals)
        for k in range(bands - 1):
            last[(last == k) & (self.finals[k] == self.finals[k + 1])] = k + 1
            back = bands - 1 - k
            first[(first == back) & (self.finals[back] == self.finals[back - 1])] = back - 1
        beyond = np.full((1, self.x.shape[1]), self.bound + 1, dtype=self.lines.dtype)
        ends = np.concatenate([beyond, self.lines, -beyond])
        units = np.arange(ends.shape[1])
        return ends[last + 1, units], ends[first, units]


@dataclass(frozen=True, eq=False)
class Source:
    """All units of a refresh: how many, which of them have a form, and the block of some of them."""

    names: tuple[str, ...]
    weights: tuple[int, ...]
    denominator: int
    known: np.ndarray
    block: Callable[[int, int], Block]


def held(bound: int) -> Any:
    """The fastest way to hold integers of which nothing exceeds ``bound``."""
    return np.float64 if bound < IN_FLOAT else np.int64 if bound < IN_INT64 else object


def smallest(weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Weights as the smallest whole numbers in the same proportions."""
    whole = lcm(*(weight.denominator for weight in weights))
    numbers = [int(weight * whole) for weight in weights]
    common = gcd(*numbers) or 1
    return tuple(number // common for number in numbers)


def from_forms(forms: Sequence[Form | None], grades: tuple[str, ...]) -> Source:
    """Units whose forms at one level are at hand; None: a unit without one. All have the same weights."""
    some = [form for form in forms if form is not None]
    known = np.array([form is not None for form in forms], dtype=bool)
    if not some:
        return Source((), (1,), 1, known, lambda first, last: _nothing(last - first))
    whole = lcm(*(v.denominator for form in some for v in (*form.values, *form.lines)))
    weights = smallest(some[0].weights)
    sample = some[0]
    filled = [sample if form is None else form for form in forms]
    x = [[int(value * whole) for value in form.values] for form in filled]
    lines = [[int(line * whole) for line in form.lines] for form in filled]
    bound = max(abs(number) for row in (*x, *lines) for number in row)
    kind = held(_most(bound, weights))
    shape = len(filled), -1
    marks, cuts = np.array(x, kind).reshape(shape).T, np.array(lines, kind).reshape(len(filled), len(sample.lines)).T
    finals = np.array([[grades.index(grade) for grade in form.finals] for form in filled], np.int8).T
    own = np.array(weights, kind)

    def block(first: int, last: int) -> Block:
        part = slice(first, last)
        return Block(np.ascontiguousarray(marks[:, part]), own, cuts[:, part], finals[:, part], bound)

    return Source(sample.names, weights, whole, known, block)


def _nothing(units: int) -> Block:
    return Block(np.zeros((1, units)), np.ones(1), np.zeros((0, units)), np.zeros((1, units), np.int8), 0)


def _most(bound: int, weights: Sequence[int]) -> int:
    return ROOM * (bound + 1) * max(sum(weights), len(weights))


def from_table(result: BatchResult, level: Level, points: tuple[tuple[int, ...], int], *, rules: bool) -> Source:
    """The units of a scored table at the level of components or of items; ``points`` are the palette's, whole, and their
    denominator. Raises ValueError for another level."""
    scheme, table = result.scheme, result.table
    weights = smallest(normalised([*level.originals.values()]))
    bands = scheme.bands.items if scheme.bands else ()
    known = result.complete & bool(bands)
    if level.id == WEIGHTS:
        sheets: _Components | _Items = _Components(result)
    elif level.id == ITEMS:
        sheets = _Items(result, points)
        known = known & ~_with_gaps(table) if scheme.component_places is None else np.zeros_like(known)
    else:
        raise ValueError(f"{level.id}: only components and items are refreshed in bulk")
    effective = [line * sheets.unit for line in _effective(scheme)]
    scale = lcm(*(line.denominator for line in effective))
    cuts = [int(line * scale) for line in effective]
    bound = max(sheets.bound * scale, *map(abs, cuts), 1) * 2
    kind = held(_most(bound, weights))
    own, finals = np.array(weights, kind), _finals(scheme, table, rules)

    def block(first: int, last: int) -> Block:
        x, offset = sheets.block(first, last, kind, scale)
        lines = np.array(cuts, kind)[:, None] - offset
        return Block(x, own, np.broadcast_to(lines, (len(cuts), x.shape[1])), finals[:, first:last], bound)

    return Source(tuple(level.originals), weights, sheets.unit * scale, known, block)


def _effective(scheme: Scheme) -> list[Fraction]:
    bands = scheme.bands.items if scheme.bands else ()
    return [exact.effective(band.min, scheme.places) for band in bands[:-1]]


class _Components:
    """Values are the components' scores as they enter the sum."""

    def __init__(self, result: BatchResult) -> None:
        self.parts = result.parts
        self.unit, self.bound = self.parts.denominator, self.parts.bound

    def block(self, first: int, last: int, kind: Any, scale: int) -> tuple[np.ndarray, np.ndarray]:
        """(x [terms, units], what no weight moves [1, units]) in ``scale``-ths of the unit."""
        x = np.ascontiguousarray(self.parts.values[first:last].T).astype(kind, copy=False)
        return x * scale if scale != 1 else x, np.zeros((1, 1), dtype=kind)


class _Items:
    """An item's value is what it earned in all components, these as they are weighed; a total handed in stays put."""

    def __init__(self, result: BatchResult, points: tuple[tuple[int, ...], int]) -> None:
        self.table = result.table
        self.points, point_denominator = points
        self.shares = smallest([*result.scheme.weights.values()])
        whole = lcm(point_denominator, self.table.total_denominator)
        self.factor, self.direct_factor = whole // point_denominator, whole // self.table.total_denominator
        largest = max(*map(abs, self.points), 0) * self.factor, self.table.largest_total * self.direct_factor
        self.unit, self.bound = whole * sum(self.shares), max(largest) * sum(self.shares)

    def block(self, first: int, last: int, kind: Any, scale: int) -> tuple[np.ndarray, np.ndarray]:
        """(x [terms, units], what no weight moves [1, units]) in ``scale``-ths of the unit."""
        marks = self.table.points(self.points, kind)[first:last]
        times = [share * self.factor * scale for share in self.shares]
        earned = marks[:, 0] * times[0]
        for column, factor in enumerate(times[1:], start=1):
            earned += marks[:, column] * factor
        return np.ascontiguousarray(earned.T), self._handed_in(first, last, kind, scale)

    def _handed_in(self, first: int, last: int, kind: Any, scale: int) -> np.ndarray:
        if not self.table.any_direct:
            return np.zeros((1, 1), dtype=kind)
        totals = np.where(self.table.direct[first:last], self.table.totals[first:last], 0).astype(kind)
        return (totals @ np.array([share * self.direct_factor * scale for share in self.shares], kind))[None, :]


def _with_gaps(table: Table) -> np.ndarray:
    """Units with something 不适用: shares of shares are no straight line in item weights."""
    found = np.zeros(len(table.codes), dtype=bool)
    found[table.not_applicable // max(table.codes.shape[1], 1)] = True
    return found


def _finals(scheme: Scheme, table: Table, rules: bool) -> np.ndarray:
    """The place of the grade that each band ends in for each unit [bands, units]."""
    bands = scheme.bands.items if scheme.bands else ()
    places = scheme.grades.index
    plain = [places(verdict(scheme, band.grade, ()).grade or "" if rules else band.grade) for band in bands]
    finals = np.repeat(np.array(plain, dtype=np.int8)[:, None], len(table.codes), axis=1)
    for row, facts in table.facts.items() if rules else ():
        sure = [fact for fact in facts if fact.confirmed]
        finals[:, row] = [places(verdict(scheme, band.grade, sure).grade or "") for band in bands]
    return finals
