"""Rank acceptability (SMAA-2): in which part of all weightings a unit takes each place, by sampling, with its error.

R. Lahdelma, P. Salminen, *SMAA-2: stochastic multicriteria acceptability analysis for group decision making*, Operations
Research 49 (2001) 444–454. For many units no closed form exists, nor for weights of several levels that move at once, so
weightings are drawn (``draws``), seeded, and every share comes with its standard error √(p (1 − p) ÷ n). Shares of grades
at one level and expected ranks have closed forms (``grade``, ``places``): use these where they are to be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import numpy as np

from scoring import exact
from scoring.firmness.draws import anywhere
from scoring.firmness.draws import near as drawn_near
from scoring.firmness.form import Form, form
from scoring.firmness.places import Ordering
from scoring.firmness.sampled import Acceptability, Draw, Rules, sampled
from scoring.firmness.weightings import normalised
from scoring.linear import terms
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.trial import ITEMS, Level, component_level, levels

__all__ = ["Acceptability", "acceptability", "joint", "of", "of_forms", "said"]

SEED = 20201117
"""The seed where nobody gives one."""
WEIGHTINGS = 10_000
Near = tuple[Sequence[Fraction], Fraction]
"""(The document's weights, how far from them: a part of 1.)"""


def said(found: Acceptability) -> str:
    """How it was come by and how far it may be off, in words; the error is rounded up."""
    error = Fraction(ceil(found.error * 10_000), 100)
    return (
        f"按{found.weightings}组随机权重抽样估计（随机种子{found.seed}，同一种子结果相同），"
        f"各占比的标准误差不超过{exact.fixed(error)}个百分点"
    )


def acceptability(
    values: np.ndarray,
    offsets: np.ndarray | float = 0.0,
    weightings: int = WEIGHTINGS,
    seed: int = SEED,
    near: Near | None = None,
    *,
    places: int | None = None,
) -> Acceptability:
    """Places by score of units whose score is Σ weight × value + offset, weights summing to one.

    ``values`` [units, terms], ``offsets`` [units]. ``near``: weightings within ±δ of some weights in place of all there are.
    ``places``: decimals of the score as it is published; units that then are alike share the better place. Raises
    ValueError for more than ``MOST_UNITS`` units.
    """
    rules = Rules(("score",), places)
    draw = _linear(np.asarray(values, np.float64), np.asarray(offsets, np.float64), near, rules.scale)
    return sampled(draw, len(values), rules, weightings, seed)


def of(
    results: Results,
    group: str,
    level: Level | None = None,
    *,
    rules: bool = True,
    weightings: int = WEIGHTINGS,
    seed: int = SEED,
    delta: Fraction | None = None,
) -> Acceptability | None:
    """Places and grades of a group's units in the roster's order, as the scheme ranks and rounds, after the rules or
    (``rules=False``) by score alone.

    ``level``: the weights in question, by default those of 考核方式; ``delta``: only weightings within ±δ of the document's.
    None while any unit has no form at this level: a place among some of them only would mislead. Raises ValueError as
    ``acceptability`` does.
    """
    scheme, level = results.scheme, level or component_level(results.scheme)
    forms = [form(scheme, unit, level, rules=rules) if level else None for unit in results.group(group)]
    known = [line for line in forms if line is not None]
    if not known or len(known) < len(forms):
        return None
    return of_forms(known, Ordering.of(scheme), weightings, seed, delta)


def of_forms(
    forms: Sequence[Form],
    ordering: Ordering,
    weightings: int = WEIGHTINGS,
    seed: int = SEED,
    delta: Fraction | None = None,
) -> Acceptability:
    """The same of units whose forms at one level are at hand."""
    values = np.array([[float(value) for value in line.values] for line in forms])
    offsets = np.array([float(line.offset) for line in forms])
    rules = Rules.of(forms, ordering)
    draw = _linear(values, offsets, None if delta is None else (forms[0].weights, delta), rules.scale)
    return sampled(draw, len(forms), rules, weightings, seed)


def _linear(values: np.ndarray, offsets: np.ndarray, near: Near | None, scale: float) -> Draw:
    marks, beside = np.ascontiguousarray(values.T) * scale, offsets * scale

    def draw(random: np.random.Generator, count: int) -> np.ndarray:
        scores = _weights(random, len(marks), count, near) @ marks
        return scores + beside if beside.any() else scores

    return draw


def _weights(random: np.random.Generator, terms: int, count: int, near: Near | None) -> np.ndarray:
    return anywhere(random, terms, count) if near is None else drawn_near(random, *near, count)


def joint(
    scheme: Scheme,
    results: Results,
    group: str,
    weightings: int = WEIGHTINGS,
    seed: int = SEED,
    *,
    rules: bool = True,
    delta: Fraction | None = None,
) -> Acceptability | None:
    """Places and grades while the weights of components and of items move at once, each drawn by itself.

    ``results`` are those under ``scheme``. A score is then Σ component weight × item weight × points: straight in each level
    but not in both together, so there is no closed form. None where a unit has no form at either level, or the scheme
    weighs only one of the two.
    """
    upper, lower = component_level(scheme), levels(scheme, group).get(ITEMS)
    units = results.group(group)
    if upper is None or lower is None:
        return None
    lines = [form(scheme, unit, upper, rules=rules) for unit in units]
    known = [line for line in lines if line is not None]
    if not known or len(known) < len(lines) or any(form(scheme, unit, lower) is None for unit in units):
        return None
    own = Rules.of(known, Ordering.of(scheme))
    draw = _bilinear(scheme, units, (upper, lower), delta, own.scale)
    return sampled(draw, len(units), own, weightings, seed)


def _bilinear(
    scheme: Scheme, units: Sequence[UnitResult], both: tuple[Level, Level], delta: Fraction | None, scale: float
) -> Draw:
    upper, lower = both
    around = [None if delta is None else (normalised([*level.originals.values()]), delta) for level in both]
    parts = [_alone(scheme, units, name, both, scale) for name in upper.originals]
    beside = np.array([float(unit.extra) * scale for unit in units])

    def draw(random: np.random.Generator, count: int) -> np.ndarray:
        outer = _weights(random, len(upper.originals), count, around[0])
        inner = _weights(random, len(lower.originals), count, around[1])
        scores = np.tile(beside, (count, 1))
        for column, (marks, handed_in) in enumerate(parts):
            scores += outer[:, column, None] * (inner @ marks + handed_in)
        return scores

    return draw


def _alone(
    scheme: Scheme, units: Sequence[UnitResult], component: str, both: tuple[Level, Level], scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """What one component alone makes of each unit: (points [items, units], the total handed in [units]), in steps."""
    upper, lower = both
    alone = scheme.replace(weights={name: Fraction(int(name == component)) for name in upper.originals})
    found = [terms(alone, lower, unit) for unit in units]
    marks = np.array([[float(x) for x in one.x or ()] for one in found]).T
    handed_in = np.array([float(one.offset - unit.extra) for one, unit in zip(found, units, strict=True)])
    return np.ascontiguousarray(marks) * scale, handed_in * scale
