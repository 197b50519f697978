"""The board of the bench: one level's controls and the units that move with them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from components.explore.whatif_board import Board, BoardUnit, Control
from scoring.linear import terms
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.standing import draws_lines, gives_places
from scoring.trial import Level, Values

ZERO = Fraction(0)


def board_of(
    scheme: Scheme, level: Level, opened: Values, now: Results, before: Results, names: Mapping[str, str], token: str
) -> Board:
    """The board of one level for the units in ``names`` (unit → what it is called), in the order of ``names``.

    ``now`` are the results under ``scheme``, the trial without this level; ``before`` those under the assessment's own.
    """
    controls = tuple(
        Control(name, level.names[name], opened[name], original, ZERO, level.high, Fraction(1, 10), _measure(level))
        for name, original in level.originals.items()
    )
    units = tuple(_unit(scheme, level, now.of(unit), before.of(unit), shown) for unit, shown in names.items())
    lines = tuple((band.grade, band.min) for band in scheme.bands.items) if scheme.bands else ()
    return Board(
        level.mode, controls, units, lines, scheme.places,
        rank=scheme.rank.by if gives_places(scheme) else (),
        caption_before=f"{level.origin}{level.word}", caption_after=f"测算{level.word}",
        restore=level.restore, noun=scheme.words.units, places_before=before.scheme.places, token=token,
    )  # fmt: skip


def _measure(level: Level) -> str:
    return "%" if level.mode == "weights" else "分"


def _unit(scheme: Scheme, level: Level, now: UnitResult, before: UnitResult, shown: str) -> BoardUnit:
    found = terms(scheme, level, now)
    allowed = [scheme.grades.index(limit.best) for limit in now.limits]
    lined = draws_lines(scheme)  # a reading may do without lines: no grade is drawn then
    grade = scheme.grades.index(before.grade) if before.grade and lined else None
    best = max(allowed, default=None)
    return BoardUnit(shown, shown, found.x, found.offset, best, before.score, grade, before.rank)
