"""The full refresh while a weight is dragged, for 1,000 to 40,000 units: scores, places, grades, who changes grade, and how
firm every grade is.

Scores, grades, places and migration are ``scoring.batch``'s exact integers. Safe intervals, the safe radius and the shares
of weightings are floats *to draw* (equal to ``grade.firmness`` within 1e-9, a test holds them to it); which end of an
interval is closed is exact. What is printed or decided is computed by ``grade.firmness``.

No page draws so many units yet: whoever scores a whole province from a script calls it, and ``make bench`` holds it to its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.batch import BatchResult, batch, palette_points
from scoring.firmness.bulk_forms import Near, Ordered, intervals, near, near_shares, ordered, radius, shares, together
from scoring.firmness.bulk_lines import Block, Source, from_forms, from_table
from scoring.firmness.form import Form, form
from scoring.firmness.grade import DELTA
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.table import Table
from scoring.trial import Level, component_level

IN_CACHE = 2**15
"""Values (units × what is weighed) that are taken together: they stay in the cache from the first step to the last."""
SHARED = 8
"""So many times as many units are taken together for their shares, which are computed from few values of each."""


@dataclass(frozen=True, eq=False)
class Firm:
    """How firm the grades of many units are at one level, in the order of the units. Floats, to draw.

    ``names``: what is weighed; ``known`` [units]: units that have a form at this level, of all others the figures mean
    nothing. ``low`` and ``high`` [units, names]: shares of one weight, 0 to 1, that keep the grade; ``low_closed`` and
    ``high_closed``: whether the end belongs to it. ``radius`` [units]: infinite where no re-weighting changes the grade;
    ``radius_closed``. ``shares`` [units, grades]: the part of all weightings for each grade of the scheme; ``near``: the same
    within ±5 points, None where it falls into too many simplices to be computed at once.
    """

    names: tuple[str, ...]
    known: np.ndarray
    low: np.ndarray
    high: np.ndarray
    low_closed: np.ndarray
    high_closed: np.ndarray
    radius: np.ndarray
    radius_closed: np.ndarray
    shares: np.ndarray
    near: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Refresh:
    """One group's table under a scheme: ``result`` exact, ``firm`` to draw.

    ``migration`` [grades + 1, grades + 1]: units by their grade before (row) and now (column), the last of each being those
    without a grade. None without a before.
    """

    result: BatchResult
    firm: Firm
    migration: np.ndarray | None


def refresh(
    scheme: Scheme,
    table: Table,
    level: Level | None = None,
    before: BatchResult | None = None,
    *,
    rules: bool = True,
    delta: Fraction = DELTA,
) -> Refresh:
    """Everything anew for one group's units under a scheme, whose weights may be those of a trial.

    ``level``: that scheme's weights of components (the default) or of items; ``before``: the same table as it was scored
    under other values; ``rules``: grades after limits, or by score alone. Raises MarksError as ``batch`` does and
    ValueError for another level.
    """
    level = level or component_level(scheme)
    if level is None:
        raise ValueError("nothing is weighed in this scheme")
    result = batch(scheme, table)
    source = from_table(result, level, palette_points(scheme, table.palette), rules=rules)
    firm = _firm(source, len(table.codes), len(scheme.grades), delta)
    return Refresh(result, firm, None if before is None else migration(before, result))


def of_results(
    results: Results, group: str, level: Level | None = None, *, rules: bool = True, delta: Fraction = DELTA
) -> Firm:
    """How firm the grades of a group are, of any scheme and at any level of weights: for pages with up to some thousand
    units. In the order of ``results.group(group)``."""
    scheme = results.scheme
    level = level or component_level(scheme)
    units = results.group(group)
    forms = [form(scheme, unit, level, rules=rules) if level else None for unit in units]
    return of_forms(forms, scheme.grades, delta)


def of_forms(forms: Sequence[Form | None], grades: tuple[str, ...], delta: Fraction = DELTA) -> Firm:
    """How firm the grades are of units whose forms at one level are at hand; None: a unit without one."""
    return _firm(from_forms(forms, grades), len(forms), len(grades), delta)


def migration(before: BatchResult, now: BatchResult) -> np.ndarray:
    """Units by grade before (row) and now (column); the last row and column are those without a grade."""
    size = len(now.scheme.grades) + 1
    pairs = (before.grades.astype(np.int64) % size) * size + now.grades.astype(np.int64) % size
    return np.bincount(pairs, minlength=size * size).reshape(size, size)


def _firm(source: Source, units: int, grades: int, delta: Fraction) -> Firm:
    work = _Work(source, units, grades, near(source.weights, delta))
    rows = max(IN_CACHE // max(len(source.names), 1), 1)
    for start in range(0, units, rows * SHARED):
        end = min(start + rows * SHARED, units)
        lines = [work.safe(first, min(first + rows, end)) for first in range(start, end, rows)]
        work.share(start, end, lines)
    return Firm(
        source.names,
        source.known,
        work.ends[0].T,
        work.ends[1].T,
        work.closed[0].T,
        work.closed[1].T,
        work.radius,
        work.radius_closed,
        work.shares.T,
        None if work.near is None else work.near.T,
    )


class _Work:
    """The figures of all units, filled block by block."""

    def __init__(self, source: Source, units: int, grades: int, simplices: Near | None) -> None:
        terms = len(source.names)
        self.source, self.simplices = source, simplices
        self.ends = np.empty((2, terms, units))
        self.closed = np.empty((2, terms, units), dtype=bool)
        self.radius, self.radius_closed = np.empty(units), np.empty(units, dtype=bool)
        self.shares = np.zeros((grades, units))
        self.near = None if simplices is None else np.zeros((grades, units))

    def safe(self, first: int, last: int) -> tuple[Block, Ordered]:
        """Intervals and radius of some units; their block and their values in order."""
        rows, block = slice(first, last), self.source.block(first, last)
        low, high = block.stretch()
        line, found = ordered(block), intervals(block, low, high)
        self.ends[:, :, rows] = found.low, found.high
        self.closed[:, :, rows] = found.low_closed, found.high_closed
        self.radius[rows], self.radius_closed[rows] = radius(block, line, low, high)
        return block, line

    def share(self, first: int, last: int, done: Sequence[tuple[Block, Ordered]]) -> None:
        """Shares of some units, block after block of which is done."""
        block, line = together(done)
        _gather(self.shares[:, first:last], block, shares(block, line))
        if self.near is not None and self.simplices is not None:
            _gather(self.near[:, first:last], block, near_shares(block, line, self.simplices))


def _gather(grades: np.ndarray, block: Block, bands: np.ndarray) -> None:
    """Adds up the bands that end in one grade."""
    units = np.arange(bands.shape[1])
    for final, part in zip(block.finals, bands, strict=True):
        if (final == final[0]).all():
            grades[final[0]] += part
        else:
            grades[final, units] += part
