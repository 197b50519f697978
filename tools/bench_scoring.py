"""Score, places and grades of many units: our exact engine beside pandas and beside the barest numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

import numpy as np
import pandas as pd

from data.schemes import scheme
from scoring.assess import assess
from scoring.batch import batch
from scoring.marks import Mark, Sheet
from scoring.remembered import forget
from scoring.scheme import Scheme
from scoring.table import table_of_codes
from tools.bench_kit import Section, in_turns, ms, section, times

SIZES = (10, 1_000, 40_000)
AGAIN = (7, 140, 1_000)
SEED = 20201117
POINTS = np.array([95.0, 85.0, 75.0, 60.0])
LINES = np.array([0.0, 70.0, 80.0, 90.0])
GOAL = 3


@section("scoring")
def scoring() -> Section:
    """Rows for 10, 1,000 and 40,000 units × 19 items × 3, from marks and from ticks, and the explained results."""
    county = scheme("jiangmen-2020-county")
    rows = [row for size in SIZES for row in _rows(county, size)]
    note = (
        "The floor is a float matrix product, one argsort and one searchsorted: inexact, unrounded, ties unshared, no "
        "limits. Ours is exact, rounds half-up in whole numbers, shares places and applies limits; "
        f"the goal is {GOAL} × the floor at 40,000. “Marks” begins with each tick's points at hand, “ticks” with codes, for all "
        "three alike. `assess` gives every unit its steps with their clauses: "
        f"{ms(_anew(county, _sheets(county)))} for the 7 units of the county scheme."
    )
    columns = ("units × 19 × 3", "ours", "numpy floor", "pandas", "ours ÷ floor", "ours ÷ pandas")
    return Section("Score, places and grades", columns, rows, note)


def _rows(county: Scheme, size: int) -> list[tuple[str, ...]]:
    codes = np.random.default_rng(SEED).integers(0, 4, (size, 3, 19)).astype(np.uint8)
    weights = np.repeat([0.4, 0.3, 0.3], 19) / 19
    table = table_of_codes(county, codes)
    marks = POINTS[codes].reshape(size, -1)
    frame = pd.DataFrame(marks)
    ready: dict[str, Callable[[], object]] = {
        "ours": lambda: batch(county, table),
        "floor": lambda: _floor(marks, weights),
        "pandas": lambda: _pandas(frame, weights),
    }
    from_ticks: dict[str, Callable[[], object]] = {
        "ours": lambda: batch(county, replace(table, _kept={})),
        "floor": lambda: _floor(POINTS[codes].reshape(size, -1), weights),
        "pandas": lambda: _pandas(pd.DataFrame(POINTS[codes].reshape(size, -1)), weights),
    }
    return [_row(f"{size:,}, marks", in_turns(ready)), _row(f"{size:,}, ticks", in_turns(from_ticks))]


def _row(what: str, taken: dict[str, float]) -> tuple[str, ...]:
    ours, floor, pandas = taken["ours"], taken["floor"], taken["pandas"]
    return what, ms(ours), ms(floor), ms(pandas), times(ours / floor), times(ours / pandas)


def _floor(marks: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    scores = marks @ weights
    return scores, np.argsort(-scores), np.searchsorted(LINES, scores, side="right")


def _pandas(frame: pd.DataFrame, weights: np.ndarray) -> tuple[pd.Series, pd.Series, pd.Series]:
    scores = frame @ weights
    places = scores.rank(method="min", ascending=False)
    return scores, places, pd.cut(scores, [*LINES, np.inf], right=False, labels=["较差", "一般", "较好", "好"])


@section("again")
def again() -> Section:
    """What one corrected sheet costs where all the others are as they were: every upload, every reading weighed, asks so."""
    county = scheme("jiangmen-2020-county")
    columns = ("units", "all anew", "one sheet differs", "nothing differs", "anew ÷ one sheet")
    note = "`assess` with every reason in words. A unit is worked out anew only where its own sheets or facts differ; places always are."
    return Section("One sheet among many", columns, [_again(county, size) for size in AGAIN], note)


def _again(county: Scheme, size: int) -> tuple[str, ...]:
    group = county.groups[0].id
    rules = county.with_roster((f"第{number}县", group, "") for number in range(size))
    sheets = _sheets(rules)
    other = [replace(sheets[0], marks=(replace(sheets[0].marks[0], remark="更正"), *sheets[0].marks[1:])), *sheets[1:]]
    both = cycle([other, sheets])
    anew = _anew(rules, sheets)
    taken = in_turns({"one": lambda: assess(rules, next(both)), "none": lambda: assess(rules, sheets)})
    return f"{size:,}", ms(anew), ms(taken["one"]), ms(taken["none"]), times(anew / taken["one"])


def _anew(rules: Scheme, sheets: list[Sheet]) -> float:
    def work() -> object:
        forget()
        return assess(rules, sheets)

    return in_turns({"anew": work})["anew"]


def _sheets(rules: Scheme) -> list[Sheet]:
    """Random ticks for every unit of the first group, in every component that counts."""
    random = np.random.default_rng(SEED)
    return [
        Sheet(
            unit.name,
            component.id,
            tuple(Mark(i.no, grade=rules.grades[random.integers(4)]) for i in rules.indicators),
        )
        for unit in rules.groups[0].units
        for component in rules.counted
    ]
