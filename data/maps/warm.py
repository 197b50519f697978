"""The first map of an installation needs its outlines built, which takes seconds: done before anyone asks for it."""

from __future__ import annotations

from collections import Counter

from data import regions
from data.regions import NoShapesError, UnknownPlaceError
from data.store import Store, StoreProblem

USUAL = "440000"  # where most of the documents that the program knows are from


def warm(store: Store) -> None:
    """Build and keep the outlines that the kept assessments' maps begin with; the usual province's while there is none.

    Costs nothing once they lie in the cache. What cannot be built is told when the map is opened.
    """
    for code in _provinces(store):
        try:
            regions.warm(code)
        except (NoShapesError, UnknownPlaceError):
            continue


def _provinces(store: Store) -> list[str]:
    """Division codes of the provinces that the rosters name, the most named first."""
    try:
        units = [unit for assessment in store.assessments() for unit in assessment.units]
    except StoreProblem:
        return []
    named = Counter(f"{unit.region[:2]}0000" for unit in units if unit.region)
    return [code for code, _ in named.most_common()] or [USUAL]
