"""A place's name as people write it → exactly one place, or candidates for a person to choose from.

Names collide across the country (鹤山, 开平, 城区), so a name is only ever looked up within the places at stake. It is
taken when it is the full name of one of them; else when all ways of reading it as a known form (``spellings``), alone or
after its superiors (江门市台山市, 江门台山, 江门市／台山市), come to one place. Anything else is a question to a person.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from data.regions.nearest import Nearest
from data.regions.places import COUNTRY, Place, UnknownPlaceError, breadcrumb, place, six_digit
from data.regions.spellings import SHORTEST, known_forms, plain

LONGEST = 60
"""Characters beyond which a text is no name: superiors and all, none comes near it."""
_BREAKS = re.compile(r"[/\\|>·•\-–—→›]+")
_KEPT = 32
"""Areas whose index is kept: a page matches many names within a few."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: a place; or None, the places it may have meant (perhaps none), and a sentence why.

    ``candidates`` and ``suggestions`` go together: a suggestion is the full name of a candidate, with its superior's name
    before it where the text fits several or two are called the same. Both are empty, and ``why`` too, where the place is known.
    """

    place: Place | None
    suggestions: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()
    why: str = ""


def match(name: str, within: Iterable[Place]) -> Match:
    """Find ``name`` among ``within``, in whatever order they come; see ``Scope`` for what counts.

    Full-width forms, spaces and zero-width characters make no difference. A misspelt name, one that fits several places,
    and one that stands after a superior not its own gives candidates and never a place.
    """
    return _scope(tuple(within)).match(name)


class Scope:
    """The places at stake, spelt out once, so that many names are found fast."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(sorted({each.code: each for each in places}.values(), key=lambda each: each.code))
        self._full: dict[str, list[Place]] = {}
        self._known: dict[str, list[Place]] = {}
        for each in self.places:
            self._full.setdefault(plain(each.name), []).append(each)
            for form in known_forms(each):
                self._known.setdefault(form, []).append(each)
        self._nearest = Nearest(self.places)
        self._told: dict[str, Match] = {}

    def match(self, name: str) -> Match:
        """What ``name`` means among these places."""
        wanted = plain(name)
        known = self._told.get(wanted)
        if known is None:
            if len(self._told) > 20_000:
                self._told.clear()  # another viewer may be asking: nothing is read back after this
            known = self._told[wanted] = self._match(wanted)
        return known

    def _match(self, wanted: str) -> Match:
        if not wanted or len(wanted) > LONGEST:
            return Match(None, why="没有写名称。" if not wanted else "文字过长，不是地名。")
        found = self._full.get(wanted) or list(self._read(wanted))
        if len(found) == 1:
            return Match(found[0])
        if found:
            told = tuple(map(with_parent, found))
            return Match(None, told, tuple(found), f"有{len(found)}个地方都可称“{wanted}”：{'、'.join(told)}。")
        if astray := list(self._astray(wanted)):
            told = labels(astray)
            return Match(None, told, tuple(astray), _contradiction(wanted, astray))
        return self._resembling(wanted)

    def _read(self, wanted: str) -> Iterator[Place]:
        """Every place the text can be read as, each once: a known form, after nothing or after superiors of the place."""
        found = (
            each for before, form in _endings(wanted) for each in self._known.get(form, ()) if _agree(before, each)
        )
        return iter(sorted({each.code: each for each in found}.values(), key=lambda each: each.code))

    def _astray(self, wanted: str) -> Iterator[Place]:
        """Places named in full after some other place's name: 佛山市台山市."""
        for before, form in _endings(wanted):
            if form in self._known and all(_names_a_place(piece) for piece in before):
                yield from self._known[form]
                return

    def _resembling(self, wanted: str) -> Match:
        near = self._nearest.to(wanted)
        if not near:
            return Match(None, why=_absent(wanted))
        told = labels(near)
        return Match(None, told, tuple(near), f"没有完全同名的，最接近的是{'、'.join(told)}。")


def labels(found: Iterable[Place]) -> tuple[str, ...]:
    """The full name of each, with the superior's before it where two are called the same."""
    all_of = list(found)
    names = [each.name for each in all_of]
    return tuple(each.name if names.count(each.name) == 1 else with_parent(each) for each in all_of)


def with_parent(each: Place) -> str:
    """江门市台山市; a province alone."""
    return f"{place(each.parent).name}{each.name}" if each.parent not in (None, COUNTRY) else each.name


def _contradiction(wanted: str, found: list[Place]) -> str:
    where = "，".join(f"{each.name}属{place(each.parent).name}" for each in found[:3] if each.parent)
    return f"“{wanted}”所写的上级与区划表不符：{where}。"


def _absent(wanted: str) -> str:
    """Why there is nothing to offer: the name of a place elsewhere or above is told as such."""
    known = _all_forms().get(wanted, ())
    if not known:
        return f"区划表的所查范围内没有“{wanted}”。"
    where = "、".join(map(with_parent, known[:3])) + ("等" if len(known) > 3 else "")
    return f"“{wanted}”（{where}）不在所查范围之内。"


def _endings(wanted: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each way to cut the text into what stands before and the name itself, the longest name first.

    A stroke or an arrow is a cut that must be made: 江门市／台山市 is read as 江门市 and 台山市 only.
    """
    *superiors, last = [piece for piece in _BREAKS.split(wanted) if piece] or [""]
    for at in range(len(last) - SHORTEST + 1):
        yield (*superiors, *([last[:at]] if at else [])), last[at:]


def _agree(before: tuple[str, ...], each: Place) -> bool:
    """Whether the pieces are superiors of the place, from the top down; any may be left out."""
    return not before or (len(before) <= 3 and _used_up(before, _superiors(each.code)))


def _used_up(pieces: tuple[str, ...], superiors: tuple[Place, ...]) -> bool:
    if not pieces:
        return True
    piece = pieces[0]
    for at, superior in enumerate(superiors):
        for form in known_forms(superior):
            rest = piece.removeprefix(form)
            left = pieces[1:] if not rest else (rest, *pieces[1:])
            if rest != piece and _used_up(left, superiors[at + 1 :]):
                return True
    return False


@cache
def _superiors(code: str) -> tuple[Place, ...]:
    try:
        return breadcrumb(code)[:-1]
    except UnknownPlaceError:  # a place of one's own, which lies nowhere in the table
        return ()


@cache
def _all_forms() -> MappingProxyType[str, tuple[Place, ...]]:
    """Every known form of the provinces, cities and counties of China, and whose it is."""
    forms: dict[str, tuple[Place, ...]] = {}
    for each in six_digit():
        for form in known_forms(each):
            forms[form] = (*forms.get(form, ()), each)
    return MappingProxyType(forms)


def _names_a_place(text: str) -> bool:
    """Whether the text is one or several such forms, run together."""
    return any(
        text[:at] in _all_forms() and (at == len(text) or _names_a_place(text[at:]))
        for at in range(SHORTEST, len(text) + 1)
    )


_scopes: OrderedDict[tuple[str, ...], tuple[tuple[Place, ...], Scope]] = OrderedDict()


def _scope(within: tuple[Place, ...]) -> Scope:
    """The index of these places, kept. Keyed by codes, which hash fast; the places are compared for good measure."""
    key = tuple(each.code for each in within)
    kept = _scopes.get(key)
    if kept is not None and kept[0] == within:
        return kept[1]
    made = Scope(within)
    _scopes[key] = within, made
    while len(_scopes) > _KEPT:
        _scopes.popitem(last=False)
    return made
