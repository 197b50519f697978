"""What a very large assessment is scored from, as it is kept: all of it, or what has changed since a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.store import assessments, facts, marks_json, settings
from data.store.database import Database
from data.store.records import Assessment, FactRow, Setting
from data.store.submissions import TAKEN
from data.store.tables import submission, unit

Row = tuple[str, str, bool, str]  # unit, component, whether it counts, marks_json


@dataclass(frozen=True)
class Kept:
    """One moment of an assessment: ``rows`` are the sheets that count, or what came or went since a version.

    What went stands before what came, so that a sheet that took another's place counts.

    ``same_roster``: no roster has come into force since, and ``assessment`` is told without its units.
    """

    assessment: Assessment
    rows: list[Row]
    facts: list[FactRow]
    settings: dict[str, Setting]
    same_roster: bool

    def sheets(self) -> Iterator[tuple[str, str, list[marks_json.Plain] | None]]:
        """(unit, component, marks) of every row in its order; None for marks that count no longer."""
        return ((name, component, marks_json.plain(text) if counts else None) for name, component, counts, text in self.rows)


class BulkStore:
    """The store's questions for assessments of tens of thousands of units."""

    _database: Database

    def kept(self, assessment_id: int, since: int | None = None) -> Kept:
        """All that is scored, as it is kept; or what has changed since version ``since``. Raises StoreProblem."""
        with self._database.reading() as connection:
            same = since is not None and not _enrolled(connection, assessment_id, since)
            return Kept(
                assessments.one(connection, assessment_id, with_units=not same),
                list(_rows(connection, assessment_id, since)),
                facts.listed(connection, assessment_id),
                settings.current(connection, assessment_id),
                same,
            )


def _enrolled(connection: Connection, assessment_id: int, since: int) -> bool:
    query = select(unit.c.id).where(unit.c.assessment == assessment_id, unit.c.version > since)
    return connection.execute(query.limit(1)).first() is not None


def _rows(connection: Connection, assessment_id: int, since: int | None) -> Iterable[Row]:
    columns = (submission.c.unit, submission.c.component, submission.c.state == TAKEN, submission.c.marks)
    query = select(*columns).where(submission.c.assessment == assessment_id)
    counts = submission.c.state == TAKEN
    if since is None:
        query = query.where(counts).order_by(submission.c.id)
    else:
        query = query.where(submission.c.version > since).order_by(counts, submission.c.id)
    return (tuple(row) for row in connection.execute(query))
