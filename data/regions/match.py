"""A place's name as people write it → exactly one place, or suggestions for a person to choose from.

Names collide across the country (鹤山, 开平, 城区), so a name is only ever looked up within the places at stake.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from data.regions.places import Place, place, read_csv


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: a place, or None with the names it may have meant (perhaps none).

    A suggestion is the full name, with the parent's name before it where two candidates are called the same.
    """

    place: Place | None
    suggestions: tuple[str, ...] = ()


def match(name: str, within: Iterable[Place]) -> Match:
    """Find ``name`` among ``within``: by full name, then by a known short or former name; nothing else counts.

    Full-width forms, spaces and zero-width characters make no difference. A misspelt name, and one that fits several
    places, gives suggestions and never a place.
    """
    places, wanted = tuple(within), plain(name)
    for called in (_full_name, _short_names):
        found = [each for each in places if wanted in called(each)] if wanted else []
        if found:
            return Match(found[0]) if len(found) == 1 else Match(None, _labels(found))
    return Match(None, _labels(_close(wanted, places)))


def plain(name: str) -> str:
    """The name without what cannot be seen: NFKC, no white space, no zero-width or other format characters."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))


def _full_name(each: Place) -> tuple[str, ...]:
    return (plain(each.name),)


def _short_names(each: Place) -> tuple[str, ...]:
    return _aliases().get(each.code, ())


def _close(wanted: str, places: tuple[Place, ...]) -> list[Place]:
    """The three nearest by spelling; a short name such as 台城 is also near the 台城街道 it begins."""
    spelt: dict[str, list[Place]] = {}
    for each in places:
        for called in (*_full_name(each), *_short_names(each)):
            spelt.setdefault(called, []).append(each)
    near = [called for called in spelt if len(wanted) > 1 and called.startswith(wanted)]
    near += difflib.get_close_matches(wanted, spelt, n=3, cutoff=0.6)
    return list(dict.fromkeys(each for called in near for each in spelt[called]))[:3]


def _labels(found: list[Place]) -> tuple[str, ...]:
    names = [each.name for each in found]
    return tuple(each.name if names.count(each.name) == 1 else _with_parent(each) for each in found)


def _with_parent(each: Place) -> str:
    return f"{place(each.parent).name}{each.name}" if each.parent else each.name


@cache
def _aliases() -> MappingProxyType[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for row in read_csv("aliases_gd_nm.csv"):
        names[row["code"]] = (*names.get(row["code"], ()), plain(row["alias"]))
    return MappingProxyType(names)
