"""Whether every 评分表 that a result needs is locked (已复核), so that whoever assesses may see totals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from data.store import assessments, log, settings, sheet_stage
from data.store.change import FINAL
from data.store.records import UnitRow
from data.store.tables import assessment, submission
from scoring.assumptions import with_readings
from scoring.load import load_scheme
from scoring.scheme_text import SchemeError


@dataclass(frozen=True)
class LockedSheets:
    """How many of the expected sheets are locked. ``final``: the assessment is 定稿, so all of them are."""

    locked: int
    expected: int
    final: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is open any more. Where no sheet can be expected (no roster), only 定稿 says so."""
        return self.final or 0 < self.expected <= self.locked


_known: WeakKeyDictionary[Engine, dict[int, tuple[int, LockedSheets]]] = WeakKeyDictionary()
"""Of each database, by assessment: the mark of the log at which it was counted, and what was counted."""


def whole(connection: Connection, assessment_id: int) -> bool:
    """Whether every expected sheet is locked. Mostly told without the roster: 定稿, or nothing asked for 复核."""
    state = connection.execute(select(assessment.c.state).where(assessment.c.id == assessment_id)).scalar()
    if state == FINAL:
        return True
    return sheet_stage.required(connection, assessment_id) and count(connection, assessment_id).whole


def count(connection: Connection, assessment_id: int) -> LockedSheets:
    """How it stands now. Counted anew only when the log of the assessment has moved on. StoreProblem where there is none."""
    mark = log.mark(connection, assessment_id)
    known = _known.setdefault(connection.engine, {})
    if (found := known.get(assessment_id)) is None or found[0] != mark:
        found = known[assessment_id] = (mark, _counted(connection, assessment_id))
    return found[1]


def _counted(connection: Connection, assessment_id: int) -> LockedSheets:
    this = assessments.one(connection, assessment_id)
    chosen = {key: one.value for key, one in settings.current(connection, assessment_id).items()}
    readings = {key.removeprefix(settings.READING): value for key, value in chosen.items() if key.startswith(settings.READING)}
    expected = _expected(this.scheme_text, this.scheme_id, this.units, tuple(sorted(readings.items())))
    reviewed: set[tuple[str, str]] = set()
    if sheet_stage.required(connection, assessment_id):  # while 复核 is not asked for, nothing but 定稿 locks sheets
        counting = (submission.c.assessment == assessment_id, submission.c.state == "taken")
        of_this = (*counting, submission.c.stage == sheet_stage.REVIEWED)
        rows = connection.execute(select(submission.c.unit, submission.c.component).where(*of_this))
        reviewed = {(row.unit, row.component) for row in rows}
    return LockedSheets(len(expected & reviewed), len(expected), this.state == FINAL)


@lru_cache(maxsize=16)
def _expected(
    text: str, scheme_id: str, units: tuple[UnitRow, ...], readings: tuple[tuple[str, str], ...]
) -> frozenset[tuple[str, str]]:
    """(unit, 考核方式) of every sheet that the result waits for; none where the scheme cannot be read any more."""
    try:
        scheme = load_scheme(text, scheme_id)
        if units:
            scheme = scheme.with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in units)
        scheme = with_readings(scheme, dict(readings))
    except (SchemeError, ValueError, KeyError):
        return frozenset()
    asked = scheme.components if scheme.judged else scheme.counted
    names = [unit.name for group in scheme.marked_groups for unit in group.units]
    return frozenset((name, component.id) for name in names for component in asked)


