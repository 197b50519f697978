"""The fast twin of ``assess``: the same exact scores, grades and places for very many units at once.

Marks and weights stand on one common denominator, so that totals are integers and every comparison is one of integers.
A bound computed beforehand chooses how they are held: in floats while every sum stays below 2^53 (a float holds such
an integer exactly, in whatever order it is summed), in int64 below 2^62, and in Python's integers beyond.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import gcd, lcm
from typing import Any

import numpy as np

from scoring import exact
from scoring.gather import MarksError, insist_on_scored, weights_of
from scoring.grading import verdict
from scoring.scheme import Scheme
from scoring.table import NOT_APPLICABLE, Palette, Table
from scoring.tree import indicator_tree, leaf_weights

_IN_FLOAT, _IN_INT64 = 2**53, 2**62
_COUNTED_KEYS = 2**18  # up to so many distinct keys, places are counted instead of sorted


@dataclass(frozen=True, eq=False)
class Parts:
    """Components' scores as they enter the sum: ``values`` ÷ ``denominator`` [units, components].

    ``missing`` [units, components]; a missing score reads 0 and means nothing. No size exceeds ``bound``.
    """

    values: np.ndarray
    denominator: int
    bound: int
    missing: np.ndarray


@dataclass(frozen=True, eq=False)
class BatchResult:
    """All units of one table, in its order. Of a unit that is not ``complete`` the figures mean nothing.

    ``unrounded`` are the components' scores before the scheme rounds them, ``parts`` as they enter the sum.
    ``totals`` ÷ ``denominator`` is the exact score, ``official`` ÷ ``scale`` the rounded one. ``score_grades`` and
    ``grades`` (after limits) are places in the scheme's grades, −1 for none; ``ranks`` begin at 1, −1 for none.
    """

    scheme: Scheme
    table: Table
    parts: Parts
    unrounded: Parts
    denominator: int
    totals: np.ndarray
    scale: int
    official: np.ndarray
    complete: np.ndarray
    score_grades: np.ndarray
    grades: np.ndarray
    ranks: np.ndarray

    def exact(self, row: int) -> Fraction | None:
        """A unit's exact score; None while it is not complete."""
        return Fraction(int(self.totals[row]), self.denominator) if self.complete[row] else None

    def score(self, row: int) -> Fraction | None:
        """A unit's official score; None while it is not complete."""
        return Fraction(int(self.official[row]), self.scale) if self.complete[row] else None

    def grade(self, row: int) -> str | None:
        """A unit's grade after limits; None where there is none."""
        return self.scheme.grades[self.grades[row]] if self.grades[row] >= 0 else None

    def rank(self, row: int) -> int | None:
        """A unit's place; None where there is none."""
        return int(self.ranks[row]) if self.ranks[row] > 0 else None

    @cached_property
    def crossed_by_rounding(self) -> np.ndarray:
        """Units whose grade by score would differ without rounding."""
        plan = _plan(self.scheme, self.table.group)
        lines, own = plan.lines, self.unrounded
        totals = _dot(own.values, plan.weights, own.bound * sum(map(abs, plan.weights)))
        unrounded = _reached(totals, [line * sum(plan.weights) * own.denominator for line in lines])
        rounded = _reached(self.official, [line * self.scale for line in lines])
        return self.complete & (unrounded != rounded)


@dataclass(frozen=True, eq=False)
class _Plan:
    """What of a scheme and a group does not depend on the marks."""

    shares: np.ndarray  # each item's share in its component, times ``share_denominator``
    share_denominator: int
    weights: tuple[int, ...]  # component weights as the smallest whole numbers in the same proportions
    lines: tuple[Fraction, ...]  # least scores of every grade but the last, best first
    effective: tuple[Fraction, ...]  # where they begin once rounded
    by_score: np.ndarray  # number of lines not reached → grade
    final: np.ndarray  # grade by score → grade where no fact is declared


@lru_cache(maxsize=64)
def _plan(scheme: Scheme, group: str) -> _Plan:
    shares, whole = _whole_shares(scheme, group, None)
    bands = scheme.bands.items if scheme.bands else ()
    lines = tuple(band.min for band in bands[:-1])
    grades = [scheme.grades.index(band.grade) for band in bands] or [-1]
    final = [scheme.grades.index(verdict(scheme, grade, ()).grade or grade) for grade in scheme.grades] or [-1]
    return _Plan(
        shares,
        whole,
        _smallest(list(weights_of(scheme).values())),
        lines,
        tuple(exact.effective(line, scheme.places) for line in lines),
        np.array(grades, dtype=np.int8),
        np.array(final, dtype=np.int8),
    )


def insist_on_batch(scheme: Scheme) -> None:
    """Raise MarksError for a scheme with rules that look beyond a unit's own ticks and points: ``assess`` knows these."""
    insist_on_scored(scheme)
    beyond = [
        scheme.median,
        scheme.category_grades,
        scheme.floors,
        scheme.bonuses,
        scheme.deductions,
        scheme.late,
        scheme.inherits,
    ]
    rows = [row for group in scheme.groups for row in scheme.indicators_of(group.id)]
    own = any(row.only or row.full or row.role != "base" for row in rows)
    if scheme.combine != "weighted" or own or any(beyond):
        raise MarksError(f"“{scheme.title}”的规则不能成批快速计算，请逐个对象计算")


def batch(scheme: Scheme, table: Table) -> BatchResult:
    """Score, grade and rank every unit of a table. Equal to ``assess``, unit by unit.

    Raises MarksError for a scheme that cannot be scored in bulk, a table of another scheme, and a grade without points.
    """
    insist_on_batch(scheme)
    if table.components != tuple(component.id for component in scheme.counted):
        raise MarksError(f"这组评分不是按“{scheme.title}”的考核方式整理的，请重新整理")
    plan = _plan(scheme, table.group)
    unrounded = _parts(scheme, table, plan)
    parts = _rounded_parts(scheme, unrounded)
    complete = ~np.logical_or.reduce(parts.missing.T)
    denominator = sum(plan.weights) * parts.denominator
    totals = _dot(parts.values, plan.weights, parts.bound * sum(map(abs, plan.weights)))
    bound = parts.bound * sum(map(abs, plan.weights))
    scale = denominator if scheme.places is None else 10**scheme.places
    official = totals if scheme.places is None else _half_up(totals, denominator, scale, bound)
    score_grades = plan.by_score[_reached(totals, [line * denominator for line in plan.effective])]
    score_grades = np.where(complete, score_grades, np.int8(-1))
    grades = _limited(scheme, table, plan, score_grades)
    ranks = _ranks(scheme, grades, official, complete)
    return BatchResult(
        scheme, table, parts, unrounded, denominator, totals, scale, official, complete, score_grades, grades, ranks
    )  # fmt: skip


def _smallest(weights: list[Fraction]) -> tuple[int, ...]:
    whole = lcm(*(weight.denominator for weight in weights))
    numbers = [int(weight * whole) for weight in weights]
    common = gcd(*numbers) or 1
    return tuple(number // common for number in numbers)


def _whole_shares(scheme: Scheme, group: str, applicable: frozenset[int] | None) -> tuple[np.ndarray, int]:
    """Each item's share as whole numbers and their common denominator, in the table's order; 0 for what is 不适用."""
    tree = indicator_tree(scheme, group)
    shares = leaf_weights(tree, applicable)
    whole = lcm(*(share.denominator for share in shares.values()))
    return np.array([int(shares.get(leaf.no or 0, Fraction(0)) * whole) for leaf in tree.leaves()], dtype=object), whole


def _held(bound: int) -> Any:
    """The fastest way to hold integers whose sums stay within ``bound``."""
    return np.float64 if bound < _IN_FLOAT else np.int64 if bound < _IN_INT64 else object


def _integers(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int64) if values.dtype == np.float64 else values


def _dot(matrix: np.ndarray, coefficients: Any, bound: int) -> np.ndarray:
    """The matrix times whole coefficients, exact: no partial sum exceeds ``bound``."""
    held = _held(bound)
    return _integers(matrix.astype(held, copy=False) @ np.array(coefficients, dtype=held))


def _parts(scheme: Scheme, table: Table, plan: _Plan) -> Parts:
    points, point_denominator = palette_points(scheme, table.palette)
    largest = max(map(abs, points), default=0)
    patterns, whole = _patterns(scheme, table, plan)
    denominator = lcm(point_denominator * whole, table.total_denominator)
    factor, direct_factor = denominator // (point_denominator * whole), denominator // table.total_denominator
    bound = max(largest * whole * factor, table.largest_total * direct_factor, 1)
    base = plan.shares * (whole // plan.share_denominator * factor)
    values, nothing = _folded(table, points, base, patterns, factor, bound)
    missing = table.absent | nothing if len(nothing) else table.absent
    if table.any_direct:
        held = np.int64 if bound < _IN_INT64 else object
        totals = table.totals.astype(held, copy=False) * direct_factor
        values, missing = np.where(table.direct, totals, values.astype(held, copy=False)), missing & ~table.direct
    return Parts(values, denominator, bound, missing)


@lru_cache(maxsize=64)
def palette_points(scheme: Scheme, palette: Palette) -> tuple[tuple[int, ...], int]:
    """Each code's points as whole numbers, and their common denominator. Codes that are no marks give 0.

    Raises MarksError for a grade that has no points in this scheme.
    """
    given = scheme.ticks.points if scheme.ticks else {}
    if strange := [value for value in palette if isinstance(value, str) and value not in given]:
        raise MarksError(f"“{'”、“'.join(strange)}”不是本方案的等次")
    points = [Fraction(0) if v is None else given[v] if isinstance(v, str) else v for v in palette]
    whole = lcm(*(value.denominator for value in points))
    return tuple(int(value * whole) for value in points), whole


def _patterns(scheme: Scheme, table: Table, plan: _Plan) -> tuple[Any, int]:
    """For rows with something 不适用: which pattern each has and the shares of each; and everyone's denominator."""
    rows = table.not_applicable
    if not len(rows):
        return None, plan.share_denominator
    off = table.codes.reshape(-1, table.codes.shape[2])[rows] == NOT_APPLICABLE
    packed, inverse = np.unique(np.packbits(off, axis=1), axis=0, return_inverse=True)
    distinct = np.unpackbits(packed, axis=1, count=off.shape[1]).astype(bool)
    numbers = [leaf.no or 0 for leaf in indicator_tree(scheme, table.group).leaves()]
    shares = [
        _whole_shares(scheme, table.group, frozenset(n for n, gone in zip(numbers, pattern, strict=True) if not gone))
        for pattern in distinct
    ]
    whole = lcm(plan.share_denominator, *(own for _, own in shares))
    return (inverse.ravel(), np.array([share * (whole // own) for share, own in shares])), whole


def _folded(
    table: Table, points: tuple[int, ...], shares: np.ndarray, patterns: Any, factor: int, bound: int
) -> tuple[np.ndarray, np.ndarray]:
    """Every sheet's items folded into its score, and where everything is 不适用 (empty: nowhere)."""
    units, components, items = table.codes.shape
    held, rows = _held(bound), table.not_applicable
    marks = table.points(points, held).reshape(-1, items)
    values = _integers(marks @ shares.astype(held))
    if patterns is None:
        return values.reshape(units, components), np.zeros(0, dtype=bool)
    inverse, own = patterns
    values[rows] = _integers((marks[rows] * (own * factor).astype(held)[inverse]).sum(axis=1))
    nothing = np.zeros(units * components, dtype=bool)
    nothing[rows] = ~own.any(axis=1)[inverse]
    return values.reshape(units, components), nothing.reshape(units, components)


def _rounded_parts(scheme: Scheme, parts: Parts) -> Parts:
    if scheme.component_places is None:
        return parts
    scale = 10**scheme.component_places
    values = _half_up(parts.values, parts.denominator, scale, parts.bound)
    return Parts(values, scale, parts.bound * scale // parts.denominator + 1, parts.missing)


def _half_up(values: np.ndarray, denominator: int, scale: int, bound: int) -> np.ndarray:
    """``values`` ÷ ``denominator``, rounded half away from zero to whole ``scale``-ths."""
    if 2 * bound * scale + denominator >= _IN_INT64:
        values = values.astype(object)
    size = (abs(values) * (2 * scale) + denominator) // (2 * denominator)
    rounded = np.where(values < 0, -size, size)
    return rounded.astype(np.int64, copy=False) if bound * scale // denominator < _IN_INT64 else rounded


def _reached(values: np.ndarray, lines: list[Fraction]) -> np.ndarray:
    """How many of the descending lines each value does not reach."""
    short = np.zeros(len(values), dtype=np.int8)
    for line in lines:
        short += values < -((-line).__floor__())
    return short


def _limited(scheme: Scheme, table: Table, plan: _Plan, score_grades: np.ndarray) -> np.ndarray:
    grades = np.where(score_grades >= 0, plan.final[score_grades], np.int8(-1))
    for row, facts in table.facts.items():
        if score_grades[row] >= 0:
            confirmed = [fact for fact in facts if fact.confirmed]
            final = verdict(scheme, scheme.grades[score_grades[row]], confirmed).grade
            grades[row] = scheme.grades.index(final or "")
    return grades


def _ranks(scheme: Scheme, grades: np.ndarray, official: np.ndarray, complete: np.ndarray) -> np.ndarray:
    """Places among complete units: 1, 2, 2, 4."""
    ranks = np.full(len(grades), -1, dtype=np.int64)
    if scheme.rank.shown == "none" or not complete.any():
        return ranks
    whole = bool(complete.all())
    ranks[complete] = _places(
        *_keys(scheme, grades if whole else grades[complete], official if whole else official[complete])
    )
    return ranks


def _keys(scheme: Scheme, grades: np.ndarray, official: np.ndarray) -> tuple[np.ndarray, int]:
    """One whole number per unit, smaller for a better place, and how many different ones there can be."""
    best, span = int(official.max()), int(official.max()) - int(official.min()) + 1
    grade = np.maximum(grades, 0)
    behind = (best - official).astype(np.int64 if span < _IN_INT64 else object, copy=False)
    parts = {"grade": (grade, len(scheme.grades) or 1), "score": (behind, span)}
    size = 1
    for name in scheme.rank.by:
        size *= parts[name][1]
    keys = np.zeros(len(grades), dtype=np.int64 if size < _IN_INT64 else object)
    for name in scheme.rank.by:
        values, count = parts[name]
        keys = keys * count + values
    return keys, size


def _places(keys: np.ndarray, size: int) -> np.ndarray:
    """1 + the number of smaller keys."""
    if size <= _COUNTED_KEYS:
        counts = np.bincount(keys, minlength=size)
        return (np.cumsum(counts) - counts + 1)[keys]
    return np.searchsorted(np.sort(keys), keys) + 1
