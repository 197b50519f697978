"""How firm many grades are at once: the full refresh, shares of weightings and rank acceptability, beside plain numpy and
beside pymcdm and pysensmcda, which only the bench knows (requirements-bench.txt)."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from types import ModuleType

import numpy as np

from data.schemes import scheme
from scoring.batch import batch, palette_points
from scoring.firmness.acceptability import acceptability
from scoring.firmness.bulk import refresh
from scoring.firmness.bulk_forms import ordered, shares
from scoring.firmness.bulk_lines import from_table
from scoring.scheme import Scheme
from scoring.table import Table, table_of_codes
from scoring.trial import ITEMS, WEIGHTS, Level, levels, scheme_of
from tools.bench_kit import Section, in_turns, ms, once, section, times

SIZES = (1_000, 40_000)
SEED = 20201117
POINTS = np.array([95.0, 85.0, 75.0, 60.0])
LINES = np.array([69.995, 79.995, 89.995])
SAMPLES, DRAWN_AT_ONCE = 100_000, 2_000
WEIGHTINGS, UNITS = 10_000, 1_000
FEW = 200
"""Weightings of which pymcdm's time is measured and multiplied."""
PERCENT = 5
SWEPT = 1_000
"""Up to so many units pysensmcda's sweep is waited for."""
NOTHING = "–"
Rivals = dict[str, Callable[[], object]]


def _module(name: str) -> ModuleType | None:
    """A library of the bench, or None with a word about it where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed, so it is left out (make bench installs requirements-bench.txt)")
        return None


def _county() -> tuple[Scheme, dict[str, Level]]:
    county = scheme("jiangmen-2020-county")
    return county, levels(county, county.groups[0].id)


def _codes(size: int) -> np.ndarray:
    return np.random.default_rng(SEED).integers(0, 4, (size, 3, 19)).astype(np.uint8)


def _moved(county: Scheme, level: Level) -> Scheme:
    """The scheme with one weight two points up and another two down."""
    first, second, *_ = level.originals
    values = {
        **level.originals,
        first: level.originals[first] + 2,
        second: level.originals[second] - 2,
    }
    return scheme_of(county, {level.id: values})


def _time(taken: float | None) -> str:
    return NOTHING if taken is None else ms(taken)


# The full refresh


@section("refresh")
def refreshed() -> Section:
    """Rows for 1,000 and 40,000 units × 19 items, component weights moved and item weights moved."""
    county, known = _county()
    rows = [_refresh_row(county, known[level], size) for size in SIZES for level in (WEIGHTS, ITEMS)]
    note = (
        "Ours: exact score, grade after limits and shared place, who changes grade, and for every unit the safe interval of "
        "each weight, the safe radius and the share of all weightings for each grade; with component weights the share "
        "within ±5 points too. The floor is one float matrix product, one argsort and one digitize of the same marks. "
        "pymcdm 1.4.0: WSM and rrankdata, a score and a place and nothing else. pysensmcda 2.0.0: percentage_modification of "
        f"the same weights up to ±{PERCENT} % by whole per cents and a score of every unit under each, from which the interval "
        "of one weight could be read to a per cent (one run, of 1,000 units only). The goal on a quiet machine is "
        "10 ms at 1,000 × 19 and 150 ms at 40,000."
    )
    columns = ("units, moved", "ours", "numpy floor", "pymcdm", "pysensmcda", "ours ÷ floor", "ours ÷ pysensmcda")
    return Section("Full refresh of firmness", columns, rows, note)


def _refresh_row(county: Scheme, level: Level, size: int) -> tuple[str, ...]:
    trial = _moved(county, level)
    own = levels(trial, trial.groups[0].id)[level.id]
    table = table_of_codes(county, _codes(size))
    before = batch(county, table)
    marks, weights = _floor_marks(table, own)
    rivals: Rivals = {
        "ours": lambda: refresh(trial, table, own, before),
        "floor": lambda: _floor(marks, weights),
        **_pymcdm_scores(marks, weights),
    }
    taken = in_turns(rivals, repeats=9)
    sweep = _pysensmcda_sweep(marks, weights) if size <= SWEPT else None
    sensitivity = None if sweep is None else once(sweep)
    ours, floor = taken["ours"], taken["floor"]
    moved = f"{size:,}, {len(weights)} {'items' if level.id == ITEMS else 'components'}"
    return (
        moved, ms(ours), ms(floor), _time(taken.get("pymcdm")), _time(sensitivity), times(ours / floor),
        NOTHING if sensitivity is None else times(ours / sensitivity),
    )  # fmt: skip


def _floor_marks(table: Table, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Marks [units, what is weighed] as floats, and the weights."""
    points = POINTS[table.codes]
    marks = points.mean(axis=2) if level.id == WEIGHTS else np.tensordot(points, [0.4, 0.3, 0.3], axes=(1, 0))
    weights = np.array([float(value) for value in level.originals.values()])
    return np.ascontiguousarray(marks), weights / weights.sum()


def _floor(marks: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    scores = marks @ weights
    return scores, np.argsort(-scores), np.digitize(scores, LINES)


def _pymcdm_scores(marks: np.ndarray, weights: np.ndarray) -> Rivals:
    methods, helpers = _module("pymcdm.methods"), _module("pymcdm.helpers")
    if methods is None or helpers is None:
        return {}
    model, types = methods.WSM(), np.ones(len(weights))
    return {"pymcdm": lambda: helpers.rrankdata(model(marks, weights, types))}


def _pysensmcda_sweep(marks: np.ndarray, weights: np.ndarray) -> Callable[[], object] | None:
    criteria, methods = _module("pysensmcda.criteria"), _module("pymcdm.methods")
    if criteria is None or methods is None:
        return None
    model, types = methods.WSM(), np.ones(len(weights))

    def swept() -> list[np.ndarray]:
        changes = criteria.percentage_modification(weights, PERCENT, step=1)
        return [model(marks, changed, types) for _, _, changed in changes]

    return swept


# Shares of weightings


@section("shares")
def shared() -> Section:
    """The closed form beside sampling, for three components and for nineteen items."""
    county, known = _county()
    rows = [_shares_row(county, known[level], size) for level in (WEIGHTS, ITEMS) for size in (7, 1_000)]
    note = (
        f"The share of all weightings in which a unit gets each of four grades. Monte Carlo: {SAMPLES:,} weightings uniform on "
        "the simplex, one matrix product and three comparisons in plain numpy, right to about 0.16 points; the closed "
        "form (Varsi 1973) is right to the last digits of a float. The goal is 100 ×."
    )
    return Section(
        "Shares of weightings", ("units × weights", "closed form", "Monte Carlo", "times faster"), rows, note
    )


def _shares_row(county: Scheme, level: Level, size: int) -> tuple[str, ...]:
    table = table_of_codes(county, _codes(size))
    source = from_table(batch(county, table), level, palette_points(county, table.palette), rules=True)
    marks, weights = _floor_marks(table, level)
    block = source.block(0, size)
    rivals: Rivals = {"ours": lambda: shares(block, ordered(block)), "sampled": partial(_monte_carlo, marks)}
    taken = in_turns(rivals, repeats=3 if size > 100 else 11)
    ours, sampled = taken["ours"], taken["sampled"]
    return f"{size:,} × {len(weights)}", ms(ours), ms(sampled), times(sampled / ours)


def _monte_carlo(marks: np.ndarray) -> np.ndarray:
    """[units, grades], drawn in pieces that fit into memory."""
    random = np.random.default_rng(SEED)
    reached = np.zeros((len(LINES), len(marks)))
    for _ in range(SAMPLES // DRAWN_AT_ONCE):
        scores = _weightings(random, marks.shape[1], DRAWN_AT_ONCE) @ marks.T
        for k, line in enumerate(LINES[::-1]):
            reached[k] += np.count_nonzero(scores >= line, axis=0)
    return np.diff(reached / SAMPLES, axis=0, prepend=0, append=1).T


def _weightings(random: np.random.Generator, terms: int, count: int) -> np.ndarray:
    drawn = random.standard_exponential((count, terms))
    return drawn / drawn.sum(axis=1, keepdims=True)


# Rank acceptability


@section("acceptability")
def accepted() -> Section:
    """10,000 weightings × 1,000 units: ours, plain numpy, and the libraries' own."""
    marks = np.random.default_rng(SEED).uniform(60, 100, (UNITS, 19))
    rivals: Rivals = {
        "ours, scores to 2 places, ties shared": lambda: acceptability(marks, places=2),
        "ours, unrounded": lambda: acceptability(marks),
        "plain numpy": lambda: _plain(marks),
    }
    taken = in_turns(rivals, repeats=5)
    for name, run, factor in _libraries(marks):
        taken[name] = once(run) * factor
    floor = taken["plain numpy"]
    rows = [(name, ms(seconds), times(seconds / floor)) for name, seconds in taken.items()]
    note = (
        f"In which part of {WEIGHTINGS:,} weightings, uniform on the simplex of 19, each of {UNITS:,} units takes each place. Plain "
        "numpy: exponentials, one matrix product, one argsort a row and one bincount: no rounding, ties in any order. The "
        "goal is 1.3 × plain numpy. pysensmcda 2.0.0: its simulate with pymcdm's WSM and rank_acceptability. pymcdm 1.4.0 "
        f"has none, so its WSM and rrankdata are called once a weighting, {FEW} of them, and the time is multiplied."
    )
    return Section("Rank acceptability", ("how", "10,000 × 1,000", "÷ plain numpy"), rows, note)


def _plain(marks: np.ndarray) -> np.ndarray:
    units = len(marks)
    scores = _weightings(np.random.default_rng(SEED), marks.shape[1], WEIGHTINGS) @ marks.T
    order = np.argsort(-scores, axis=1)
    counts = np.bincount((order * units + np.arange(units)).ravel(), minlength=units * units)
    return counts.reshape(units, units) / WEIGHTINGS


def _libraries(marks: np.ndarray) -> list[tuple[str, Callable[[], object], float]]:
    """(name, what it does, by how much its time is multiplied) of each library that is installed."""
    methods, helpers, smaa = (_module(name) for name in ("pymcdm.methods", "pymcdm.helpers", "pysensmcda.smaa"))
    types, found = np.ones(marks.shape[1]), []
    if methods and smaa:

        def simulated() -> object:
            drawn = smaa.simulate(methods.WSM(), marks, types, num_samples=WEIGHTINGS, store="accumulate", seed=SEED)
            return smaa.rank_acceptability(drawn)

        found.append(("pysensmcda", simulated, 1.0))
    if methods and helpers:
        model = methods.WSM()
        drawn = _weightings(np.random.default_rng(SEED), marks.shape[1], FEW)
        found.append(("pymcdm", lambda: [helpers.rrankdata(model(marks, w, types)) for w in drawn], WEIGHTINGS / FEW))
    return found
