"""The backup that people ask for: who may, where it goes, what the log says of it, and how many are kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.store.backup.files import backup_folder, backups_in, disk, free_name
from data.store.backup.making import make
from data.store.backup.manifest import Manifest
from data.store.change import changing, insist_allowed, retried
from data.store.database import Database
from data.store.problem import StoreProblem

VERB = "备份数据"


@dataclass(frozen=True)
class Backup:
    """A backup that was made and proved. ``unlogged`` says why the log could not take it, "" where it did.

    ``removed``: older backups that the keeping rule let go.
    """

    path: Path
    size: int
    manifest: Manifest
    unlogged: str = ""
    removed: tuple[Path, ...] = ()


def back_up(database: Database, target: Path | None, actor: str, keep: int | None = None) -> Backup:
    """Back up into ``target`` (a file's name, a folder, or None for the backup folder) and put it on record.

    With ``keep`` only the newest so many backups of that folder stay. A database that takes no line (read-only, full) is
    backed up all the same. Raises StoreProblem, NotAllowed.
    """
    insist_allowed(database.person, VERB)
    if keep is not None and keep < 1:
        raise StoreProblem("至少要保留1份备份。请把保留份数改为1或更多。")
    path, manifest = make(database, _stem(target))
    with disk(path):
        size = path.stat().st_size
    unlogged = ""
    try:
        _record(database, path, size, manifest, actor)
    except StoreProblem as problem:
        unlogged = str(problem)
    return Backup(path, size, manifest, unlogged, _let_go(path, keep))


def _stem(target: Path | None) -> Path:
    """The file's name without its ending."""
    if target is None or target.is_dir():
        return free_name(target or backup_folder(), datetime.now(UTC))
    name = target.name.removesuffix(".gz").removesuffix(".db")
    if not name or any(target.with_name(name + end).exists() for end in (".db", ".db.gz")):
        raise StoreProblem(f"“{target}”已经存在，没有覆盖。请另写文件名，或先将原有的文件移走。")
    return target.with_name(name)


@retried
def _record(database: Database, path: Path, size: int, manifest: Manifest, actor: str) -> None:
    with changing(database, actor, VERB) as change:
        change.subject = f"{path.name}，{manifest.rows}条记录"
        change.details = {
            "document": path.name, "size": size, "sha256": manifest.sha256, "log_seq": manifest.log_seq, "rows": manifest.rows,
        }  # fmt: skip


def _let_go(made: Path, keep: int | None) -> tuple[Path, ...]:
    """Remove the oldest backups beside the one just made, never that one, and only what bears a backup's name."""
    removed = []
    for old in backups_in(made.parent)[keep:] if keep else ():
        if old.path != made:
            with suppress(OSError):
                old.path.unlink()
                removed.append(old.path)
    return tuple(removed)
