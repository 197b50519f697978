"""The store's face for backups."""

from __future__ import annotations

from pathlib import Path

from data.store.backup.keeping import Backup, back_up
from data.store.database import Database


class BackupStore:
    """One method: everything kept, of one moment, as one file. See ``Store``."""

    _database: Database

    def back_up(self, target: Path | None, actor: str, keep: int | None = None) -> Backup:
        """Back up while everybody goes on working; into the backup folder where no ``target`` is named."""
        return back_up(self._database, target, actor, keep)
