"""Where backups lie and what they are called; files that appear whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.beijing import BEIJING
from data.store.location import data_folder, make_folder
from data.store.problem import StoreProblem

_NAME = re.compile(r"hengxiao-(\d{8}-\d{6})(?:-\d+)?\.db(?:\.gz)?")


@dataclass(frozen=True)
class BackupFile:
    """One backup in a folder, known by its name: nothing of it has been read."""

    path: Path
    made_at: datetime
    size: int


def backup_folder() -> Path:
    """The folder for backups: ``HENGXIAO_BACKUPS``, or ``backups`` in the data folder. Not created here."""
    named = os.environ.get("HENGXIAO_BACKUPS", "").strip()
    return Path(named).expanduser().resolve() if named else data_folder() / "backups"


def backups_in(folder: Path) -> tuple[BackupFile, ...]:
    """The backups of a folder by their names, the newest first; none where the folder cannot be read."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if match := _NAME.fullmatch(path.name):
                with suppress(OSError, ValueError):
                    made = datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=BEIJING)
                    found.append(BackupFile(path, made, path.stat().st_size))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def free_name(folder: Path, now: datetime) -> Path:
    """A name without its ending that no file in the folder has yet: hengxiao-20261129-143000, in Beijing time."""
    base = f"hengxiao-{now.astimezone(BEIJING):%Y%m%d-%H%M%S}"
    taken = {one.path.name.split(".")[0] for one in backups_in(folder)}
    names = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    return folder / next(name for name in names if name not in taken)


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """Say in words what the disk refused while ``path`` was written or read."""
    try:
        yield
    except OSError as error:
        full = error.errno in (28, 122)  # ENOSPC, EDQUOT
        why = "磁盘空间已满，请清理磁盘或换一个位置" if full else "请检查该位置是否存在、可读写"
        raise StoreProblem(f"无法读写“{path}”：{why}，然后重试。原有的文件未受影响。") from error


def beside(path: Path, what: str) -> Path:
    """A name for what is not finished yet, in the folder of the finished: renaming there is one step."""
    make_folder(path.parent)
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(made: Path, path: Path) -> None:
    """Give a finished file its good name, which nobody may have yet."""
    sync(made)
    if path.exists():
        raise StoreProblem(f"“{path}”已经存在，没有覆盖。请另写文件名，或先将原有的文件移走。")
    made.chmod(0o600)  # all that the office keeps, in one file
    made.rename(path)
    sync(path.parent)


def without(*paths: Path) -> None:
    """Remove what is left of something unfinished, with what SQLite puts beside it."""
    for path in paths:
        for name in (path.name, *(path.name + end for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):
                path.with_name(name).unlink(missing_ok=True)
