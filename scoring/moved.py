"""How many units stand otherwise under one result than under another: what every comparison says first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.results import Results


@dataclass(frozen=True)
class Moved:
    """Units whose grade, whose place, whose official score differs; one that loses or gains it counts."""

    grades: int
    places: int
    scores: int


def moved(before: Results, after: Results, units: Iterable[str]) -> Moved:
    """Counts over these units. Raises KeyError for one that either result has not."""
    pairs = [(before.of(unit), after.of(unit)) for unit in units]
    return Moved(
        sum(was.grade != now.grade for was, now in pairs),
        sum(was.rank != now.rank for was, now in pairs),
        sum(was.score != now.score for was, now in pairs),
    )
