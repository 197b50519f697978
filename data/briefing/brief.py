"""What every builder of pages works from: one 锁定版, the names that may be shown, and an order that tells nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from data.follow_up import FollowUp
from data.locked import Locked
from data.papers.openness import open_part
from data.papers.stood import stood
from scoring.explain import score_text
from scoring.marks import Fact
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, UNJUDGED, Block, blocks, draws_lines

LONGEST_NAME = 16
"""Letters of a name on a page; a longer one keeps its beginning and its end, so that alike names stay apart."""
ROWS = 15
"""Lines a chart on one page may have."""


@dataclass(frozen=True)
class Brief:
    """A 锁定版 as a meeting may see it. ``names``: unit → what it is called here; None: by its own name.

    A unit that is called otherwise than by its name is hidden: papers and days of its 情形 are left out, too, since a
    文号 tells whose it is. ``results`` are those of the 锁定版 but for that. ``locked`` is left with the units whose
    results may be told (``data.papers.openness``), ``whole`` is the 锁定版 as given: for keys and for counts alone.
    """

    def __post_init__(self) -> None:
        """Leave out whose results are not public."""
        object.__setattr__(self, "whole", self.locked)
        object.__setattr__(self, "locked", open_part(self.locked))

    locked: Locked
    names: Mapping[str, str] | None = None
    whole: Locked = field(init=False)

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return self.locked.state.scheme

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The units whose names must not be told."""
        called = self.names or {}
        return frozenset(r.unit for r in self.locked.state.results.units if called.get(r.unit, r.unit) != r.unit)

    @cached_property
    def results(self) -> Results:
        """The results, those of hidden units without what tells whose they are."""
        found = self.locked.state.results
        return replace(found, units=tuple(self._told(result) for result in found.units)) if self.hidden else found

    @cached_property
    def follow(self) -> FollowUp:
        """What follows the grades that stand. Its reasons and papers tell names: texts are made from ``stands``."""
        return stood(self.locked)

    @cached_property
    def _standing(self) -> dict[str, UnitResult]:
        return {result.unit: self._told(result) for result in self.follow.state.results.units}

    def stands(self, result: UnitResult) -> UnitResult:
        """The unit with the grade that stands, and the place and the consequences that this grade brings."""
        return self._standing[result.unit]

    def rank(self, result: UnitResult) -> int | None:
        """Its place by the grade that stands; None for a unit whose results are not told."""
        found = self._standing.get(result.unit)
        return found.rank if found else None

    @cached_property
    def places(self) -> dict[str, int]:
        """Unit → its place in lists, from 1: the roster's order; with ``names`` one drawn by the 锁定版, which tells nothing.

        The drawn order stays while names are uncovered one by one.
        """
        units = [result.unit for result in self.whole.state.results.units]
        if self.names is not None:
            units.sort(key=lambda unit: hashlib.sha256(f"{self.locked.record.hash}{unit}".encode()).digest())
        return {unit: at for at, unit in enumerate(units, 1)}

    def key(self, unit: str) -> str:
        """What pages name a unit by: "u3", never its name."""
        return f"u{self.places[unit]}"

    def called(self, unit: str) -> str:
        """A unit's name as shown, a long one shortened in the middle."""
        return shortened((self.names or {}).get(unit, unit))

    def listed(self, units: Iterable[UnitResult]) -> list[UnitResult]:
        """Units in the order of lists."""
        return sorted(units, key=lambda result: self.places[result.unit])

    def ranked(self, units: Iterable[UnitResult]) -> list[UnitResult]:
        """By place, those that share one in the order of lists; then without a place by score; what has none last."""
        return sorted(units, key=self._rank)

    def _rank(self, result: UnitResult) -> tuple[bool, int, bool, Fraction, int]:
        score, rank = result.score if result.score is not None else Fraction(0), self.rank(result)
        return rank is None, rank or 0, result.score is None, -score, self.places[result.unit]

    def some(self, units: Iterable[UnitResult], most: int = 4) -> str:
        """Names in a row, the first of many: "甲、乙、丙等9个"."""
        found = [self.called(result.unit) for result in units]
        if len(found) <= most:
            return "、".join(found)
        return f"{'、'.join(found[: most - 1])}等{len(found)}{self.scheme.words.measure}"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Units that are told of together."""
        return blocks(self.results)

    @property
    def marked(self) -> tuple[UnitResult, ...]:
        """Units that are marked themselves, in the roster's order."""
        return tuple(r for r in self.results.units if not self.scheme.inheritance(r.group))

    def grade(self, result: UnitResult) -> str | None:
        """The grade that stands: 审定, else 建议, else computed."""
        return self.locked.grade(result.unit)

    @cached_property
    def graded(self) -> bool:
        """Whether grades can be told: the document draws lines, or people have given grades."""
        return draws_lines(self.scheme) or any(self.grade(result) for result in self.results.units)

    def word(self, result: UnitResult) -> str:
        """The grade that stands, 待评议 where a score waits for one, or 暂缺."""
        return self.grade(result) or (MISSING if result.score is None else UNJUDGED)

    def tally(self, units: Iterable[UnitResult]) -> dict[str, int]:
        """How many have which word: every grade, the others only where there are some."""
        found = dict.fromkeys(self.scheme.grades, 0)
        for result in units:
            found[self.word(result)] = found.get(self.word(result), 0) + 1
        return found

    def count(self, number: int) -> str:
        """So many units in the document's words: "7个市（区）"."""
        words = self.scheme.words
        return f"{number}{words.measure}{words.units}"

    def score(self, result: UnitResult) -> str:
        """The official score as printed, or 暂缺."""
        return MISSING if result.score is None else self.points(result.score)

    def points(self, value: Fraction) -> str:
        """Points as printed."""
        return score_text(self.scheme, value)

    def _told(self, result: UnitResult) -> UnitResult:
        if result.unit not in self.hidden:
            return result
        bare: dict[str, Any] = {
            name: tuple(replace(each, fact=_bare(each.fact)) for each in getattr(result, name))
            for name in ("limits", "floors", "consequences")
        }
        facts = tuple(kept for fact in result.facts if (kept := _bare(fact)))
        return replace(result, facts=facts, steps=(), **bare)


def _bare(fact: Fact | None) -> Fact | None:
    """A 情形 without its day and its paper."""
    return replace(fact, basis="", date="") if fact else None


def shortened(name: str, most: int = LONGEST_NAME) -> str:
    """A name of at most ``most`` letters, cut in the middle."""
    if len(name) <= most:
        return name
    tail = most // 3
    return f"{name[: most - tail - 1]}…{name[-tail:]}"


OURS = "口径"
"""What a reading of ours is called where there is little room; at a page's foot it says that the text is silent."""


def in_short(basis: str) -> str:
    """A basis in few letters: our own readings by the one word."""
    return "、".join(OURS if part.startswith(OURS) else part for part in basis.split("、"))


def cut(text: str, most: int) -> str:
    """A text of at most ``most`` letters, cut at its end."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def halves(rows: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Rows over as few pages as ``most`` a page allows, nearly as many on each."""
    pages = max(1, -(-len(rows) // most))
    size, more = divmod(len(rows), pages)
    found, at = [], 0
    for page in range(pages):
        upto = at + size + (page < more)
        found.append(rows[at:upto])
        at = upto
    return found


def paged(key: str, number: int) -> str:
    """The key of a topic's pages: "ranking", "ranking-2"."""
    return key if number == 1 else f"{key}-{number}"
