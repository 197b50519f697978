"""What every section of the bench needs: a place to be registered, a clock that takes turns, and ways to write times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Section:
    """One table of the report. Every row has as many cells as there are columns; ``note`` says what was compared."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str


class Skip(Exception):  # noqa: N818
    """A section cannot run here; the message says why."""


REGISTRY: dict[str, Callable[[], Section]] = {}


def section(name: str) -> Callable[[Callable[[], Section]], Callable[[], Section]]:
    """Register a function as the section of that name."""

    def register(function: Callable[[], Section]) -> Callable[[], Section]:
        REGISTRY[name] = function
        return function

    return register


def in_turns(rivals: dict[str, Callable[[], object]], repeats: int = 15, least: float = 0.002) -> dict[str, float]:
    """Median seconds of each rival, run one after the other in every round so that all meet the same machine.

    A rival quicker than ``least`` seconds is called several times a round.
    """
    calls = {name: _calls(run, least) for name, run in rivals.items()}
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(repeats):
        for name, run in rivals.items():
            begun = time.perf_counter()
            for _ in range(calls[name]):
                run()
            taken[name].append((time.perf_counter() - begun) / calls[name])
    return {name: median(times) for name, times in taken.items()}


def once(run: Callable[[], object]) -> float:
    """Seconds of a single run, for what takes too long to be repeated."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _calls(run: Callable[[], object], least: float) -> int:
    run()
    begun = time.perf_counter()
    run()
    return max(1, round(least / max(time.perf_counter() - begun, 1e-9)))


def ms(seconds: float) -> str:
    """Three significant digits: "0.0532 ms", "8.14 ms", "812 ms", "1.09 s"."""
    value, unit = (seconds, "s") if seconds >= 0.9995 else (seconds * 1000, "ms")
    return f"{value:#.3g}".rstrip(".") + f" {unit}"


def times(ratio: float) -> str:
    """A ratio: "0.26 ×", "1.0 ×", "19 ×"."""
    return f"{ratio:#.2g}".rstrip(".") + " ×" if ratio < 99.5 else f"{ratio:.0f} ×"
