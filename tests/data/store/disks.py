"""Disks that are really full and folders that are really read-only: root needs a mount for either."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MB = 2**20


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes, mounted on the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}", "none", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder takes no writing meanwhile, whoever asks."""
    if os.geteuid() != 0:
        names = [folder, *folder.iterdir()]
        before = {path: path.stat().st_mode for path in names}
        for path in names:
            path.chmod(before[path] & ~0o222)
        try:
            yield
        finally:
            for path, mode in before.items():
                path.chmod(mode)
        return
    _mount("--bind", folder, folder)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def free(folder: Path) -> int:
    """Bytes left on the folder's disk."""
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize


@contextmanager
def filled(folder: Path, leave: int = 0) -> Iterator[Path]:
    """Something else takes the disk, but for so many bytes; afterwards it is gone."""
    ballast = folder / f"ballast{len(list(folder.glob('ballast*')))}"
    with ballast.open("wb") as file:
        while (left := free(folder) - leave) > 0:
            file.write(bytes(min(left, MB)))
            file.flush()
    try:
        yield ballast
    finally:
        ballast.unlink()


def _mount(*words: str | Path) -> None:
    """Mount, or say why it cannot be: only root may, and in some containers not even root, which nothing can install."""
    if os.geteuid() != 0:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("no disk of one's own: only root can mount")
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk of one's own: {done.stderr.strip()}")
