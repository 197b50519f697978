"""A very large assessment: read and scored, and refreshed after one submission, from SQLite and from a real PostgreSQL."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from data.bulk import Bulk, load_bulk, refreshed
from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from data.store.location import sqlite_url
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme
from tools.bench_kit import Section, ms, section

SIZES = (1_000, 40_000)
SEED, REPEATS = 20201117, 5
LOAD_GOAL, REFRESH_GOAL = 3, 0.5
Fresh = Callable[[], str]
"""Gives the address of a new database."""


@dataclass
class Times:
    """Seconds, each the median of several; ``cpu`` are the processor's own, which a busy machine hardly changes."""

    load: float
    load_cpu: float
    upload: float
    refresh: float
    refresh_cpu: float


@section("store")
def store() -> Section:
    """Rows for 1,000 and 40,000 units × 19 items × 3, on each database."""
    county = scheme("jiangmen-2020-county")
    with ExitStack() as opened:
        places = {"SQLite": opened.enter_context(_sqlite()), "PostgreSQL": opened.enter_context(_postgres())}
        rows = [
            _row(f"{size:,}, {name}", _timed(county, size, fresh()))
            for size in SIZES
            for name, fresh in places.items()
            if fresh is not None
        ]
    missing = "" if places["PostgreSQL"] else " PostgreSQL is not installed here, so its rows are missing."
    note = (
        f"Load: everything read at one moment, every unit's exact score, grade and place; the goal is {LOAD_GOAL} s for 40,000 "
        f"units (120,000 sheets). Refresh: the same after one upload, {REFRESH_GOAL} s. In brackets the processor's own time "
        f"of this process. The explained state that pages show takes some milliseconds a unit beside.{missing}"
    )
    return Section("A very large assessment", ("units × 19 × 3", "load", "upload of one sheet", "refresh"), rows, note)


def _row(what: str, taken: Times) -> tuple[str, ...]:
    load, refresh = f"{ms(taken.load)} ({ms(taken.load_cpu)})", f"{ms(taken.refresh)} ({ms(taken.refresh_cpu)})"
    return what, load, ms(taken.upload), refresh


def _timed(county: Scheme, size: int, url: str) -> Times:
    random = np.random.default_rng(SEED)
    with Store.open(url) as kept:
        units = [UnitRow(f"第{number:05}镇", county.groups[0].id) for number in range(size)]
        made = kept.create_assessment("性能", county.id, scheme_text(county.id), county.hash, units, "性能测试")
        for part in county.counted:
            sheets = [_sheet(county, unit.name, part.id, random) for unit in units]
            kept.take(made.id, f"{part.id}.xlsx", f"{size}{part.id}".encode(), sheets, "性能测试")
    with Store.open(url) as kept:
        return _repeated(kept, made.id, county, random)


def _repeated(kept: Store, key: int, county: Scheme, random: np.random.Generator) -> Times:
    taken: dict[str, list[float]] = {name: [] for name in Times.__dataclass_fields__}
    part = county.counted[0].id
    bulk = load_bulk(kept, key)
    for turn in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        bulk = load_bulk(kept, key)
        taken["load"].append(time.perf_counter() - wall)
        taken["load_cpu"].append(time.process_time() - cpu)
        wall = time.perf_counter()
        kept.take(key, "一份.xlsx", str(turn).encode(), [_sheet(county, "第00007镇", part, random)], "性能测试")
        taken["upload"].append(time.perf_counter() - wall)
        wall, cpu = time.perf_counter(), time.process_time()
        _insist_newer(bulk, refreshed(kept, bulk))
        taken["refresh"].append(time.perf_counter() - wall)
        taken["refresh_cpu"].append(time.process_time() - cpu)
    return Times(**{name: median(values) for name, values in taken.items()})


def _insist_newer(before: Bulk, after: Bulk) -> None:
    assert after.version == before.version + 1


def _sheet(county: Scheme, unit: str, part: str, random: np.random.Generator) -> Sheet:
    codes = random.integers(0, len(county.grades), len(county.indicators))
    rows = zip(county.indicators, codes, strict=True)
    return Sheet(unit, part, tuple(Mark(r.no, county.grades[c], sheet="评分表", cell=f"G{r.no}") for r, c in rows))


@contextmanager
def _sqlite() -> Iterator[Fresh]:
    with tempfile.TemporaryDirectory() as folder:
        yield lambda: sqlite_url(Path(tempfile.mkdtemp(dir=folder)) / "bench.db")


@contextmanager
def _postgres() -> Iterator[Fresh | None]:
    """New databases on a server of our own; None where PostgreSQL is not installed."""
    from tests.pg_server import programs, serving_postgres

    if programs() is None:
        yield None
        return
    with serving_postgres() as server:
        yield server.database
