"""The store's face for keeping what is kept: backups, and what proves files and marks."""

from __future__ import annotations

from pathlib import Path

from data.store import health as healths
from data.store import imports, submissions
from data.store.backup.keeping import Backup, back_up
from data.store.database import Database


class BackupStore:
    """One method a question. See ``Store``."""

    _database: Database

    def back_up(self, target: Path | None, actor: str, keep: int | None = None) -> Backup:
        """Back up while everybody goes on working; into the backup folder where no ``target`` is named."""
        return back_up(self._database, target, actor, keep)

    def health(self, *, thorough: bool = False) -> healths.Health:
        """Whether the database itself is sound; never raises StoreProblem."""
        return healths.health(self._database, thorough=thorough)

    def wrong_originals(self) -> tuple[int, list[str]]:
        """How many uploaded files there are, and the names of those that are no longer what was uploaded."""
        with self._database.reading() as connection:
            return submissions.wrong_originals(connection)

    def marks_hashes(self, assessment_id: int) -> dict[tuple[str, str, int], tuple[str, str]]:
        """(unit, component, revision) of every sheet ever taken → the SHA-256 of its marks as they are now, and its file's name."""
        with self._database.reading() as connection:
            return submissions.marks_hashes(connection, assessment_id)

    def bring(self, brought: imports.Brought, again: imports.Fingerprint, actor: str) -> int:
        """Bring in an assessment from an archive that was proved (``data.archive_import``); returns its number here."""
        return imports.bring(self._database, brought, again, actor)

    def brought_as(self, fingerprint: str) -> str | None:
        """What the 锁定版 with this fingerprint is called here; None for one that is not here."""
        with self._database.reading() as connection:
            return imports.brought_as(connection, fingerprint)
