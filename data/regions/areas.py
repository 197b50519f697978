"""Which places are at stake: those a roster spans, and those of one level within a place."""

from __future__ import annotations

from collections.abc import Iterable

from data.regions.places import Place, UnknownPlaceError, breadcrumb, children, place

_DEPTH = ("country", "province", "city", "county", "town")


def among(home: str, level: str) -> tuple[Place, ...]:
    """The official places of one level (province, city, county, town) within ``home``, in 行政区划 order.

    A city without counties (东莞市) counts among the counties as well. A place of that level is its own only one; within
    a place below that level there is none. Raises UnknownPlaceError.
    """
    return tuple(sorted(_within(place(home), level), key=lambda each: each.code))


def area(regions: Iterable[str]) -> tuple[Place, ...]:
    """The places that a roster with these codes spans: of their levels, all within the smallest place that holds them.

    For one county that is all of its city's. Towns of a whole province are too many for a name to be sure, so above a city
    only those of the counties named. Codes unknown to the division are passed over; none known, no place.
    """
    chains = [chain for code in regions if (chain := _chain(code))]
    if not chains:
        return ()
    home = _home(chains)
    found: dict[str, Place] = {}
    for level in {chain[-1].level for chain in chains}:
        crowded = level == "town" and _DEPTH.index(home.level) < _DEPTH.index("city")
        homes = {chain[-2] for chain in chains if chain[-1].level == level} if crowded else {home}
        found |= {each.code: each for one in homes for each in among(one.code, level)}
    return tuple(found[code] for code in sorted(found))


def _within(home: Place, level: str) -> set[Place]:
    below = children(home.code)
    if home.level == level or (level == "county" and home.level == "city" and not _has_counties(below)):
        return {home}
    if _DEPTH.index(home.level) >= _DEPTH.index(level):
        return set()
    return {found for each in below for found in _within(each, level)}


def _has_counties(below: Iterable[Place]) -> bool:
    return any(each.level == "county" for each in below)


def _chain(code: str) -> tuple[Place, ...]:
    """From the country down to the place, or nothing for a code that is unknown."""
    try:
        return (place("100000"), *breadcrumb(code))
    except UnknownPlaceError:
        return ()


def _home(chains: list[tuple[Place, ...]]) -> Place:
    """The smallest place that holds them all, itself none of them."""
    shared = [column[0] for column in zip(*(chain[:-1] for chain in chains), strict=False) if len(set(column)) == 1]
    return shared[-1]
