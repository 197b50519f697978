"""The places whose names look most like a text, for a person to choose from; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from data.regions.places import Place
from data.regions.spellings import SHORTEST, core, known_forms, plain

MOST = 3
ALIKE = 0.6
"""Share of characters in common, in order, from which two names resemble: 台山县 and 台山市 have 0.67."""
_CLOSE = 0.1
"""How far the others may stay behind the best: 鹤山县 is 鹤山市, and not also 阳山县."""
_LOOKED_AT = 16
_LONG = 5
"""Forms as long as this are the full name with an office after it: they add nothing to compare."""


class Nearest:
    """Names by their characters, so that only the few that share some are compared in earnest."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = sorted(places, key=lambda each: each.code)
        self._names = [plain(each.name) for each in self._places]
        self._cores = [core(each.name) for each in self._places]
        self._spelt = [
            sorted({name, telling, *(form for form in known_forms(each) if len(form) < _LONG)})
            for each, name, telling in zip(self._places, self._names, self._cores, strict=True)
        ]
        self._having: dict[str, list[int]] = {}
        for at, telling in enumerate(self._cores):
            for char in set(telling):
                self._having.setdefault(char, []).append(at)

    def to(self, wanted: str) -> list[Place]:
        """The nearest, at most three, the best first; those the text is the beginning of stand before all others."""
        shared = Counter(at for char in set(wanted) for at in self._having.get(char, ()))
        first = sorted(shared, key=lambda at: (-shared[at] / len(self._cores[at]), -shared[at], at))[:_LOOKED_AT]
        compared = SequenceMatcher(None, "", wanted, autojunk=False)
        scored = [(self._alike(wanted, compared, at), at) for at in first]
        least = max(ALIKE, min(1.0, max((score for score, _ in scored), default=0.0)) - _CLOSE)
        best = sorted((-score, at) for score, at in scored if score >= least)
        return [self._places[at] for _, at in best[:MOST]]

    def _alike(self, wanted: str, compared: SequenceMatcher[str], at: int) -> float:
        if len(wanted) >= SHORTEST and self._names[at].startswith(wanted):
            return 2.0
        best = 0.0
        for form in self._spelt[at]:
            compared.set_seq1(form)
            if compared.real_quick_ratio() >= ALIKE and compared.quick_ratio() >= ALIKE:
                best = max(best, compared.ratio())
        return best
