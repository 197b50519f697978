"""What changed between two versions of an assessment, unit by unit, and by which logged change: 为什么变了.

It is told step by step, each step being one logged change, so that the parts of all steps telescope to the whole
difference exactly even where changes act on one another. While a unit lacks a score no part can be told; when it has one
again, its parts are counted from its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from scoring.change_parts import ABSENT, Kind, Piece, pieces
from scoring.explain import told_consequences
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

DeedKind = Literal["sheets", "fact", "reading", "target", "roster", "state", "shown"]
_MERGED = ("mark", "total", "sheet", "around", "helped", "rounding", "bonus", "same", "fact")
_NAMED = 6
"""Changes taken together that are still named one by one."""
UNKNOWN, PENDING, CHECKED, REVOKED = "未登记", "待核对", "已核对", "已撤销"
_FACT_WAYS = {"登记情形": (UNKNOWN, PENDING), "核对情形": (PENDING, CHECKED), "撤销情形": ("在册", REVOKED)}
"""What each deed does to a 情形."""


@dataclass(frozen=True)
class Deed:
    """One logged change: the version it made, when (Beijing time), who, what it is called and what it was in words.

    ``unit`` is whose 情形 it is and ``fact`` its number; ``reason`` what was given for it; ``touched`` the (unit, component)
    of every sheet that came or went.
    """

    version: int
    at: datetime
    actor: str
    action: str
    text: str
    kind: DeedKind
    unit: str = ""
    reason: str = ""
    fact: int | None = None
    touched: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Moment:
    """One version: its results, and (unit, component) → the file in which the sheet that counts came."""

    version: int
    results: Results
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cause:
    """A part of a unit's difference with the logged change it came by; ``file`` is the upload that says it now."""

    piece: Piece
    deed: Deed
    file: str = ""

    @property
    def part(self) -> Fraction | None:
        """Its part of the official score."""
        return self.piece.part


@dataclass(frozen=True)
class UnitChange:
    """One unit on both sides (None: not on the roster there) and why it differs.

    ``causes`` are the net ones, what was done and undone left out; ``trail`` is every single step.
    """

    unit: str
    before: UnitResult | None
    after: UnitResult | None
    causes: tuple[Cause, ...]
    trail: tuple[Cause, ...]

    @property
    def delta(self) -> Fraction | None:
        """How far the official score moved; None where one side has none."""
        if self.before is None or self.after is None or self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def regraded(self) -> bool:
        """Whether the grade differs, having been there on both sides."""
        return bool(self.before and self.after and self.before.grade and self.after.grade) and _grades(self)

    @property
    def moved(self) -> bool:
        """Whether the place differs, having been there on both sides."""
        ranks = [result.rank if result else None for result in (self.before, self.after)]
        return None not in ranks and ranks[0] != ranks[1]

    @property
    def completed(self) -> bool:
        """Whether it came to a score that it did not have."""
        return _score(self.before) is None and _score(self.after) is not None

    @property
    def opened(self) -> bool:
        """Whether it lost the score it had."""
        return _score(self.before) is not None and _score(self.after) is None

    @property
    def told(self) -> bool:
        """Whether there is anything to tell: a difference in the result, or something done to the unit that made none."""
        return standing_of(self.before) != standing_of(self.after) or bool(self.causes)


@dataclass(frozen=True)
class Comparison:
    """Two versions and everything between: all deeds, and the units of which there is something to tell."""

    before: Moment
    after: Moment
    deeds: tuple[Deed, ...]
    units: tuple[UnitChange, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme as it is in force in the later version."""
        return self.after.results.scheme

    @property
    def changed(self) -> tuple[UnitChange, ...]:
        """Units whose score, grade, place or consequences differ."""
        return tuple(each for each in self.units if standing_of(each.before) != standing_of(each.after))


def _grades(change: UnitChange) -> bool:
    return bool(change.before and change.after and change.before.grade != change.after.grade)


def _score(result: UnitResult | None) -> Fraction | None:
    return result.score if result else None


def standing_of(result: UnitResult | None) -> tuple[object, ...] | None:
    """What a reader sees of a result: score, grade, place, what can still come of it, what follows, what waits."""
    if result is None:
        return None
    waits = (result.pending, result.pending_score, result.pending_grades, result.recommended)
    return (result.score, result.grade, result.rank, result.possible, result.outcomes, *waits, result.pending_outcomes)


def outcomes_of(scheme: Scheme, result: UnitResult | None) -> tuple[str, ...]:
    """What follows for a unit and not for all alike, in words."""
    return tuple(each.outcome.action for each in told_consequences(scheme, result)) if result else ()


def compared(moments: Sequence[Moment], deeds: Sequence[Sequence[Deed]]) -> Comparison:
    """The first moment against the last; ``deeds[i]`` led from ``moments[i]`` to ``moments[i + 1]``.

    Units come in the order of the later roster, those that left it after them.
    """
    tables = [{result.unit: result for result in moment.results.units} for moment in moments]
    names = dict.fromkeys((*tables[-1], *tables[0]))
    found = [_unit(name, moments, tables, deeds) for name in names]
    flat = tuple(deed for step in deeds for deed in step)
    return Comparison(moments[0], moments[-1], flat, tuple(each for each in found if each.told))


def _unit(
    name: str, moments: Sequence[Moment], tables: Sequence[Mapping[str, UnitResult]], deeds: Sequence[Sequence[Deed]]
) -> UnitChange:
    way = _Way(name)
    for at, step in enumerate(deeds):
        way.step(moments[at], moments[at + 1], tables[at].get(name), tables[at + 1].get(name), step)
    trail = tuple(way.trail + way.waiting)
    return UnitChange(name, tables[0].get(name), tables[-1].get(name), merged(trail), trail)


@dataclass
class _Way:
    """One unit on its way from version to version. ``last``: its last score while it has none, with the scheme then."""

    name: str
    trail: list[Cause] = field(default_factory=list)
    waiting: list[Cause] = field(default_factory=list)
    last: tuple[Scheme, UnitResult] | None = None

    def step(
        self, start: Moment, end: Moment, before: UnitResult | None, after: UnitResult | None, deeds: Sequence[Deed]
    ) -> None:
        """Add what one step (one logged change, seldom several) did to the unit."""
        if before is after or before == after or not deeds:
            return
        if before is None or after is None:
            self._rostered(start, before, after, deeds[-1])
            return
        found = list(self._causes(start, end, before, after, deeds))
        if before.score is not None and after.score is None:
            self.last = start.results.scheme, before
        if after.score is None:
            self.waiting += found
        elif before.score is None:
            self._complete(end, after, found, deeds)
        else:
            self.trail += found

    def _rostered(self, start: Moment, before: UnitResult | None, after: UnitResult | None, deed: Deed) -> None:
        """Put on the roster or taken off it; a unit that comes back with a score differs from its last by so much."""
        part = None
        if before is not None and before.score is not None:
            self.last = start.results.scheme, before
        elif after is not None and after.score is not None and self.last is not None:
            part = after.score - (self.last[1].score or Fraction(0))
            self.last = None
        self.trail.append(Cause(Piece("roster", deed.action, part=part), deed))

    def _causes(
        self, start: Moment, end: Moment, before: UnitResult, after: UnitResult, deeds: Sequence[Deed]
    ) -> Iterable[Cause]:
        part = None if before.score is None or after.score is None else after.score - before.score
        if len(deeds) > 1:
            return self._several(start, end, before, after, deeds, part)
        deed = deeds[0]
        if deed.kind == "sheets" or (deed.kind == "fact" and deed.unit != self.name):
            return self._pieces(end, before, after, deeds)
        if deed.kind == "fact":
            return [Cause(Piece("fact", deed.text, *_FACT_WAYS.get(deed.action, ("", "")), part, no=deed.fact), deed)]
        if deed.kind in ("reading", "target", "roster") and _differs(before, after):
            return [Cause(Piece(deed.kind, deed.text, part=part), deed)]
        return []

    def _pieces(
        self, end: Moment, before: UnitResult, after: UnitResult, deeds: Sequence[Deed], earlier: Iterable[Cause] = ()
    ) -> list[Cause]:
        """The parts, each with the change that last touched it: ``earlier`` ones while the unit lacked a score, else these."""
        touched = {_key(cause.piece): cause.deed for cause in earlier}
        return [
            Cause(piece, touched.get(_key(piece)) or self._touching(piece, deeds), self._file(end, piece))
            for piece in pieces(end.results.scheme, before, after)
        ]

    def _touching(self, piece: Piece, deeds: Sequence[Deed]) -> Deed:
        sheet = (self.name, piece.component)
        return next((deed for deed in reversed(deeds) if sheet in deed.touched), deeds[-1])

    def _file(self, end: Moment, piece: Piece) -> str:
        return end.files.get((self.name, piece.component), "")

    def _several(
        self,
        start: Moment,
        end: Moment,
        before: UnitResult,
        after: UnitResult,
        deeds: Sequence[Deed],
        part: Fraction | None,
    ) -> list[Cause]:
        """Several changes taken as one step: apart where for this unit only sheets came, else together."""
        rules = [
            d for d in deeds if d.kind in ("reading", "target", "roster") or (d.kind == "fact" and d.unit == self.name)
        ]
        if not rules:
            return self._pieces(end, before, after, deeds)
        return [Cause(_lump(deeds, part), deeds[-1])] if _differs(before, after) else []

    def _complete(self, end: Moment, after: UnitResult, found: list[Cause], deeds: Sequence[Deed]) -> None:
        """A score again: its parts from the last one, where there was one under the same rules."""
        waited, self.waiting = [*self.waiting, *found], []
        if self.last is None:
            self.trail += waited
            return
        scheme, last = self.last
        self.last = None
        if scheme.hash == end.results.scheme.hash and all(cause.deed.kind == "sheets" for cause in waited):
            self.trail += [cause for cause in waited if cause.piece.kind == "sheet"]
            self.trail += self._pieces(end, last, after, deeds, waited)
        else:
            part = (after.score or Fraction(0)) - (last.score or Fraction(0))
            self.trail += [*waited, Cause(_lump([cause.deed for cause in waited], part), deeds[-1])]


def _lump(deeds: Iterable[Deed], part: Fraction | None) -> Piece:
    told = {deed.version: f"第{deed.version}版{deed.action}" for deed in deeds}
    named = "、".join(told.values()) if len(told) <= _NAMED else f"第{min(told)}版至第{max(told)}版"
    return Piece("several", f"其间{len(told)}次改动合计（{named}）", part=part)


def _differs(before: UnitResult, after: UnitResult) -> bool:
    mattering = [(r.score, r.grade, r.score_grade, r.possible, r.outcomes, r.missing, r.group) for r in (before, after)]
    return mattering[0] != mattering[1]


def _key(piece: Piece) -> tuple[str, str, int | None]:
    return piece.component, piece.subject if piece.no is None else "", piece.no


def merged(trail: Iterable[Cause]) -> tuple[Cause, ...]:
    """The net causes: of one mark changed twice what it was first and is now; what came back to what it was is gone."""
    found: dict[tuple[object, ...], Cause] = {}
    for at, cause in enumerate(trail):
        piece = cause.piece
        key = (piece.kind, *_key(piece)) if piece.kind in _MERGED else (at,)
        first = found.pop(key, None)
        found[key] = cause if first is None else _together(first, cause)
    return tuple(cause for cause in found.values() if not _undone(cause))


def _together(first: Cause, then: Cause) -> Cause:
    parts = [cause.part for cause in (first, then) if cause.part is not None]
    piece = replace(then.piece, was=first.piece.was, part=sum(parts, Fraction(0)) if parts else None)
    return replace(then, piece=piece)


def _undone(cause: Cause) -> bool:
    kind: Kind = cause.piece.kind
    if cause.part or kind not in _MERGED:
        return False
    if kind == "fact":
        return (cause.piece.was, cause.piece.now) == (UNKNOWN, REVOKED)
    return kind in ("rounding", "bonus") or (
        kind != "same" and bool(cause.piece.was) and cause.piece.was == cause.piece.now
    )


def sheet_gone(cause: Cause) -> bool:
    """Whether a cause is a sheet that no longer counts."""
    return cause.piece.kind == "sheet" and cause.piece.now == ABSENT
