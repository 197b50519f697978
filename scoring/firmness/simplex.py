"""Volumes of cut simplices for very many cuts at once: the fast twin of ``weightings.shares_reaching``, in floats.

G. Varsi, *The multidimensional content of the frustum of the simplex*, Pacific J. Math. 46 (1973) 303–314. Every step is
a convex combination of numbers from 0 to 1, so that no digit is lost to cancellation, whatever the number of weights.
"""

from __future__ import annotations

import numpy as np


def reaching(values: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """The parts of the simplex of weights under which the weighted mean of ``values`` is at least the line.

    ``values`` [..., n], the last axis being what is weighed; ``lines`` [...], of the same leading shape or broadcast to
    it. Returns floats from 0 to 1 [...]. A value exactly on its line decides nothing; where all are on it, all reach.
    """
    distances = np.sort(np.asarray(values, np.float64) - np.asarray(lines, np.float64)[..., None], axis=-1)
    ascending = np.moveaxis(distances, -1, 0)
    return 1 - _short(np.ascontiguousarray(ascending).reshape(len(ascending), -1)).reshape(ascending.shape[1:])


def _short(distances: np.ndarray) -> np.ndarray:
    """The part not reaching, for columns of ascending distances to the line [n, cuts].

    ``table[p]`` is the part not reaching of the first p values and of those above the line that have had their turn, the
    highest first. A turn at p needs the turn at p − 1 of the same value and the turn at p of the value before: so all on
    one antidiagonal are taken together. Between equal signs, and where one of the two is on the line, nothing is cut.
    """
    n, cuts = distances.shape
    table = np.ones((n + 1, cuts))
    table[0] = 0
    for step in range(n - 1):
        low, high = distances[: step + 1], distances[n - 1 - step :]
        part = np.where((low < 0) & (high > 0), low, 1.0)
        np.divide(part, low - high, out=part, where=part < 0)
        table[1 : step + 2] = part * table[1 : step + 2] + (1 - part) * table[: step + 1]
    return table[(distances < 0).sum(axis=0), np.arange(cuts)]
