"""A closed list of official names, and a text that means one of them: never a guess, but a suggestion."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from data.sheets import words

_SUFFIXES = (
    "街道办事处",
    "自治县",
    "自治州",
    "自治旗",
    "街道",
    "市",
    "区",
    "县",
    "镇",
    "乡",
    "旗",
    "盟",
    "考核",
    "工作",
)


class Names:
    """A closed list of official names, and the ways in which people write them."""

    def __init__(self, names: Iterable[str], prefixes: str = "") -> None:
        self.all = tuple(dict.fromkeys(names))
        self._full = {words.key(name): name for name in self.all}
        self._prefixes = words.key(prefixes)
        self._short: dict[str, set[str]] = {}
        for name in self.all:
            self._short.setdefault(_short(words.key(name)), set()).add(name)

    def exact(self, text: str) -> str | None:
        """The one name a text is: in full, in full after the place it lies in (江门市蓬江区), or short and unambiguous."""
        spelt = words.key(text)
        if spelt in self._full:
            return self._full[spelt]
        short = self._short.get(spelt, set())
        if len(short) == 1:
            return next(iter(short))
        ending = [full for full in self._full if spelt.endswith(full) and spelt.removesuffix(full) in self._prefixes]
        return self._full[max(ending, key=len)] if ending else None

    def within(self, text: str, short: bool = False) -> str | None:
        """The only name a longer text contains; None for none or several. ``short``: also short names standing alone."""
        spelt = words.key(text)
        found = {full for full in self._full if full in spelt}
        found = {full for full in found if not any(full != other and full in other for other in found)}
        if found or not short:
            return self._full[found.pop()] if len(found) == 1 else None
        tokens = re.split(r"[\W_\d]+", words.clean(text))
        named = {name for token in tokens if (name := self.exact(token))}
        return named.pop() if len(named) == 1 else None

    def hint(self, text: str) -> str:
        """，是否为“蓬江区”？ where a name resembles, else nothing."""
        spelt = words.key(text)
        spellings = {**{short: sorted(found)[0] for short, found in self._short.items()}, **self._full}
        close = difflib.get_close_matches(spelt, spellings, n=3, cutoff=0.5)
        ratio = {each: difflib.SequenceMatcher(None, each, spelt).ratio() for each in close}
        near = [spellings[each] for each in close if ratio[each] > max(ratio.values()) - 0.1]
        near += [full for each, full in self._full.items() if len(spelt) > 1 and each.startswith(spelt)]
        unique = list(dict.fromkeys(near))[:2]
        return f"，是否为“{'”或“'.join(unique)}”？" if unique else ""

    def options(self, most: int = 8) -> str:
        """The list as words, cut where it is long."""
        return "、".join(self.all[:most]) + ("等" if len(self.all) > most else "")


def _short(spelt: str) -> str:
    for suffix in _SUFFIXES:
        if spelt.endswith(suffix) and len(spelt) >= len(suffix) + 2:
            return spelt.removesuffix(suffix)
    return spelt


@lru_cache(maxsize=16)
def names_of(names: tuple[str, ...], prefixes: str = "") -> Names:
    """The same list again is not spelt out again: a roster may have 40,000 names. ``prefixes``: words a name may follow."""
    return Names(names, prefixes)
