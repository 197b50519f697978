"""Backups: one file of one moment from either engine, proved by reading it back, and the way back from it."""

from data.store.backup.files import backup_folder, backups_in
from data.store.backup.keeping import Backup, back_up
from data.store.backup.manifest import Manifest
from data.store.backup.reading import inspect_backup
from data.store.backup.restoring import Restored, restore

__all__ = ["Backup", "Manifest", "Restored", "back_up", "backup_folder", "backups_in", "inspect_backup", "restore"]
