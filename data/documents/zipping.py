"""Several files as one zip archive: always the same bytes, names apart, and nothing in it that could leave its folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

Entry = tuple[str, bytes]


def zipped(files: Sequence[Entry], moment: datetime) -> bytes:
    """The archive of (path, content), each with ``moment`` (aware) as its time.

    Raises ValueError for a path that is absolute, climbs, names a drive, or is there twice: whoever makes up paths answers
    for them (``data.documents.file_names``).
    """
    seen: set[str] = set()
    kept, told = io.BytesIO(), moment.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            _insist(path, seen)
            entry = zipfile.ZipInfo(path, told)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return kept.getvalue()


def _insist(path: str, seen: set[str]) -> None:
    parts = path.split("/")
    if not all(parts) or any(part in (".", "..") for part in parts) or "\\" in path or ":" in path or "\0" in path:
        raise ValueError(f"压缩包内的名称不可用：{path!r}")
    if path.casefold() in seen:
        raise ValueError(f"压缩包内有两个同名文件：{path!r}")
    seen.add(path.casefold())
