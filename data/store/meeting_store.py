"""The part of the store's face that serves the meeting: 锁定版, 异议, 建议等次, 审定, 批复, and who took which document out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data.store import locks, log, objections, settlings
from data.store.change import changing, retried
from data.store.database import Database
from data.store.meeting_records import Given, LockedVersion, Objection, ObjectionStatus, Seen, Settling, SettlingKind


class MeetingStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database

    def standing_mark(self, assessment_id: int) -> int:
        """A number that rises with anything done to an assessment but taking a document out: one cheap query."""
        with self._database.reading() as connection:
            return log.mark(connection, assessment_id)

    def version_made(self, assessment_id: int, version: int) -> datetime | None:
        """When a version came to be; None where the log does not have it any more."""
        with self._database.reading() as connection:
            return log.made_at(connection, assessment_id, version)

    def locked_versions(self, assessment_id: int) -> list[LockedVersion]:
        """Every 锁定版, newest first; those withdrawn (作废) say so in ``state``."""
        with self._database.reading() as connection:
            return locks.listed(connection, assessment_id)

    def locked_version(self, assessment_id: int, number: int) -> LockedVersion:
        """One 锁定版 by its number. Raises StoreProblem for one that is not there or was withdrawn."""
        with self._database.reading() as connection:
            return locks.one(connection, assessment_id, number)

    def lock_version(
        self, assessment_id: int, version: int, fingerprint: str, engine: str, note: str, actor: str
    ) -> LockedVersion:
        """Lock the present version (``data.locked.lock`` says what it holds)."""
        return locks.lock(self._database, assessment_id, version, fingerprint, engine, note, actor)

    def withdraw_lock(self, assessment_id: int, number: int, actor: str, reason: str) -> None:
        """Take a 锁定版 out of use."""
        locks.withdraw(self._database, assessment_id, number, actor, reason)

    def objections(self, assessment_id: int) -> list[Objection]:
        """The 异议 as they are now."""
        with self._database.reading() as connection:
            return objections.listed(connection, assessment_id)

    def objection_history(self, assessment_id: int) -> list[Objection]:
        """Every state that any 异议 has been in, newest first."""
        with self._database.reading() as connection:
            return objections.history(connection, assessment_id)

    def add_objection(
        self, assessment_id: int, locked: int, unit: str, text: str, raised_by: str, raised_on: date, actor: str
    ) -> Objection:
        """Register an 异议 against a 锁定版."""
        return objections.add(self._database, assessment_id, locked, unit, text, raised_by, raised_on, actor)

    def answer_objection(
        self, objection_id: int, status: ObjectionStatus, reply: str, basis: str, actor: str
    ) -> Objection:
        """Say how an 异议 was dealt with."""
        return objections.answer(self._database, objection_id, status, reply, basis, actor)

    def withdraw_objection(self, objection_id: int, actor: str, reason: str) -> None:
        """Take back an 异议."""
        objections.withdraw(self._database, objection_id, actor, reason)

    def settlings(self, assessment_id: int) -> dict[SettlingKind, Settling]:
        """建议等次, 审定 and 批复 as they hold now."""
        with self._database.reading() as connection:
            return settlings.current(connection, assessment_id)

    def settling_history(self, assessment_id: int) -> list[Settling]:
        """Every such step ever recorded, newest first."""
        with self._database.reading() as connection:
            return settlings.history(connection, assessment_id)

    def suggest(
        self, assessment_id: int, locked: int, grades: Mapping[str, Given], note: str, actor: str,
        seen: Seen | None = None,
    ) -> Settling:  # fmt: skip
        """Record the 建议等次 (``data.locked.suggest`` checks them first)."""
        return settlings.suggest(self._database, assessment_id, locked, grades, note, actor, seen)

    def settle(
        self, assessment_id: int, locked: int, number: str, day: date, body: str, grades: Mapping[str, Given],
        note: str, actor: str, seen: Seen | None = None,
    ) -> Settling:  # fmt: skip
        """Record 审定 (``data.locked.settle`` checks the grades first)."""
        return settlings.settle(self._database, assessment_id, locked, number, day, body, grades, note, actor, seen)

    def approve(
        self, assessment_id: int, number: str, day: date, body: str, note: str, actor: str, seen: Seen | None = None
    ) -> Settling:
        """Record 批复."""
        return settlings.approve(self._database, assessment_id, number, day, body, note, actor, seen)

    def withdraw_settling(
        self, assessment_id: int, kind: SettlingKind, actor: str, reason: str, seen: Seen | None = None
    ) -> None:
        """Take back a step."""
        settlings.withdraw(self._database, assessment_id, kind, actor, reason, seen)

    @retried
    def record_export(self, assessment_id: int, subject: str, details: Mapping[str, Any], actor: str) -> None:
        """Put on record that a document was taken out: which (``subject``), from which 锁定版, its SHA-256."""
        with changing(self._database, actor, log.EXPORTING) as change:
            change.beside(assessment_id)
            change.subject, change.details = subject, dict(details)
