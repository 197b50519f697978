"""Assessments scored without a page, and their units as places of a map, for tests of what a map shows."""

from __future__ import annotations

from pathlib import Path

from data.maps.spots import Spot, spots
from data.regions import Place, place
from data.state import State
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url

JIANGMEN = "440700"


def open_store(folder: Path) -> Store:
    """An empty store in a folder of the test's own."""
    return Store.open(sqlite_url(folder / FILE_NAME))


def counties(state: State) -> dict[str, Spot]:
    """江门's seven by name."""
    return {spot.place.name: spot for spot in spots(place(JIANGMEN), [state])}


def every_unit(state: State) -> tuple[Spot, ...]:
    """Every unit of an assessment as a place, those without a division code too."""
    return tuple(
        Spot(Place(unit.region or f"u{at}", unit.unit, "county", None), state, unit, "")
        for at, unit in enumerate(state.results.units)
    )
