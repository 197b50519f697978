"""Which item of one scheme is which of another (指标对应): by name where the names agree, by suggestion where they nearly do.

A suggestion is never acted on by itself: a person confirms it. Likeness is a number for ordering suggestions only; no
score rests on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from scoring.elements import Component, Indicator
from scoring.scheme import Scheme

LIKE = 0.6
"""Likeness from which two names are suggested as one: half of the longer name is not enough."""
_ENDS = ("差", "较差")
"""Two names of one grade: the worst of a ladder."""


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True)
class Suggestion:
    """Two items (序号) whose names are nearly the same; ``percent`` says how nearly, of a hundred."""

    old: int
    new: int
    percent: int


def key(name: str) -> str:
    """Letters and digits alone, in one width: what two spellings of a name share without blanks and punctuation."""
    plain = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LN").casefold()


def same_names(old: Iterable[Indicator], new: Iterable[Indicator]) -> frozenset[tuple[int, int]]:
    """Pairs of item numbers with one name. A name that a table has several times pairs only within its category and for
    its units, and there in the table's order where both tables have it equally often.
    """
    before, now = list(old), list(new)
    whole = _by(before, now, lambda row: "／".join(map(key, (*row.path, row.name, *row.only))))
    taken = ({one for one, _ in whole}, {other for _, other in whole})
    rest = [row for row in before if row.no not in taken[0]], [row for row in now if row.no not in taken[1]]
    return whole | _by(*rest, lambda row: key(row.name), most=1)


def _by(
    old: Sequence[Indicator], new: Sequence[Indicator], spelled: Callable[[Indicator], str], most: int | None = None
) -> frozenset[tuple[int, int]]:
    """Pairs of rows spelled alike, in order, where both sides have the spelling equally often (and ``most`` times)."""
    sides: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for side, rows in zip(sides, (old, new), strict=True):
        for row in rows:
            side.setdefault(spelled(row), []).append(row.no)
    return frozenset(
        pair
        for text, numbers in sides[0].items()
        if len(numbers) == len(sides[1].get(text, ())) and (most is None or len(numbers) <= most)
        for pair in zip(numbers, sides[1][text], strict=True)
    )


def suggestions(
    old: Iterable[Indicator], new: Iterable[Indicator], taken: Iterable[tuple[int, int]] = ()
) -> list[Suggestion]:
    """Near names among the items that ``taken`` leaves free, the nearest first; each item is suggested once."""
    pairs = list(taken)
    before = [row for row in old if row.no not in {one for one, _ in pairs}]
    now = [row for row in new if row.no not in {other for _, other in pairs}]
    found = sorted(
        ((likeness(a.name, b.name), a.no, b.no) for a in before for b in now),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    chosen: list[Suggestion] = []
    for like, one, other in found:
        free = all(one != known.old and other != known.new for known in chosen)
        if like >= LIKE and free:
            chosen.append(Suggestion(one, other, int(like * 100)))
    return chosen


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, the order of the two not mattering."""
    first, second = sorted((key(one), key(other)))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def same_components(old: Scheme, new: Scheme) -> tuple[tuple[str, str], ...]:
    """(old id, new id) of counted components (考核方式) with one name, else with one id; each at most once."""
    left, right = list(old.counted), list(new.counted)
    pairs = _components(left, right, lambda part: key(part.name))
    left = [part for part in left if part.id not in {one for one, _ in pairs}]
    right = [part for part in right if part.id not in {other for _, other in pairs}]
    return tuple(pairs + _components(left, right, lambda part: part.id))


def _components(
    old: Sequence[Component], new: Sequence[Component], spelled: Callable[[Component], str]
) -> list[tuple[str, str]]:
    named = {spelled(part): part.id for part in new}
    found = [(part.id, named.pop(spelled(part))) for part in old if spelled(part) in named]
    return found


def same_grades(old: Scheme, new: Scheme) -> tuple[tuple[str, str], ...]:
    """(old grade, new grade): by name; the worst by its two names (差, 较差); the rest by place in ladders of one length."""
    pairs = {grade: grade for grade in old.grades if grade in new.grades}
    if old.grades and new.grades and old.grades[-1] in _ENDS and new.grades[-1] in _ENDS:
        pairs.setdefault(old.grades[-1], new.grades[-1])
    if len(old.grades) == len(new.grades):
        for one, other in zip(old.grades, new.grades, strict=True):
            if one not in pairs and other not in pairs.values():
                pairs[one] = other
    return tuple((grade, pairs[grade]) for grade in old.grades if grade in pairs)


def near_names(names: Sequence[str], among: Sequence[str]) -> dict[str, str]:
    """Each of ``names`` with the one of ``among`` that is most like it, where one is like enough and taken only once."""
    found = sorted(((likeness(a, b), a, b) for a in names for b in among), key=lambda each: (-each[0], each[1:]))
    chosen: dict[str, str] = {}
    for like, one, other in found:
        if like >= LIKE and one not in chosen and other not in chosen.values():
            chosen[one] = other
    return chosen
