"""What was worked out of one unit last, kept beside what it was worked out from.

A sheet that comes in among a hundred units changes one of them, and every reading that might have been chosen, every
version looked back at is asked of the same hundred again. So a unit is worked out anew only where something of it differs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from scoring.scheme import Scheme

T = TypeVar("T")

_UNITS = 4096


def remembered(scheme: Scheme, unit: tuple[str, ...], given: tuple[Any, ...], work: Callable[[], T]) -> T:
    """What ``work()`` gives, or gave when last asked of this ``unit`` under this scheme, if all ``given`` is equal to what was.

    ``work`` may depend on nothing but the scheme, the unit and what is given, and nobody may change what it returns.
    What it raises is raised, and not kept.
    """
    place = _place(scheme, unit)
    kept = place[:1]  # one look: another thread may be putting in its own
    if kept and kept[0][0] == given:
        return kept[0][1]
    found = work()
    place[:] = [(given, found)]
    return found


@lru_cache(maxsize=_UNITS)
def _place(_scheme: Scheme, _unit: tuple[str, ...]) -> list[tuple[tuple[Any, ...], Any]]:
    """Where one unit's last answer stands; those not asked for longest are forgotten."""
    return []


def forget() -> None:
    """Work everything out anew: for whoever measures how long that takes, or proves that nobody can tell by the figures."""
    _place.cache_clear()
