"""The zip archive of a workbook, looked over before anything in it is parsed: how much, how named, how packed, and no DTD.

What the archive says of its sizes may be a lie: a part is inflated only as far as its declared size goes, and all parts
together no further than ``LARGEST_READ``, however often each is asked for.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from data.sheets.problems import RefusalError

MEGABYTE = 1 << 20
LARGEST_UNZIPPED = 120 * MEGABYTE
LARGEST_PART = 30 * MEGABYTE
"""Bytes one XML part may have; a form of 40 items by 80 units needs less than 1 MB."""
LARGEST_READ = 90 * MEGABYTE
"""Bytes that may be inflated in reading one file."""
MOST_PARTS = 2_000
MOST_RATIO = 250
"""Times that an archive larger than ``SMALL`` may grow; rows of empty formatted cells grow a hundredfold at most."""
SMALL = 5 * MEGABYTE
LONGEST_NAME = 250
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError, ValueError,
    OverflowError, RuntimeError,
)  # fmt: skip
"""What opening or inflating a broken archive raises."""
_MARKUP = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_PROLOGUE = 4_096


class Archive(zipfile.ZipFile):
    """A zip archive that knows how much of it has been inflated."""

    spent = 0


def opened(content: bytes) -> Archive:
    """The archive, looked over. Raises RefusalError, or an error of ``DAMAGED``."""
    archive = Archive(io.BytesIO(content))
    try:
        _bounded(archive)
        _apart(archive)
        _without_dtd(archive)
    except BaseException:
        archive.close()
        raise
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, whole. Raises KeyError if absent, RefusalError if too large, BadZipFile if it is not what it says."""
    info = archive.getinfo(name)
    archive.spent = getattr(archive, "spent", 0) + info.file_size  # type: ignore[attr-defined]
    if info.file_size > LARGEST_PART or archive.spent > LARGEST_READ:  # type: ignore[attr-defined]
        raise RefusalError("zip-bomb", size=max(info.file_size, archive.spent) // MEGABYTE)  # type: ignore[attr-defined]
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile(name)
    return data


def _bounded(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    size, packed = sum(info.file_size for info in parts), sum(info.compress_size for info in parts)
    if len(parts) > MOST_PARTS or size > LARGEST_UNZIPPED or (size > SMALL and size > MOST_RATIO * packed):
        raise RefusalError("zip-bomb", size=size // MEGABYTE)
    if any(info.flag_bits & 1 for info in parts):
        raise RefusalError("password")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in parts):
        raise RefusalError("unsafe-parts")
    names = [info.filename for info in parts]
    alike = {name.replace("\\", "/").casefold() for name in names}  # an office program does not tell letters apart
    if len(alike) < len(names) or not all(map(_safe, names)):
        raise RefusalError("unsafe-names")


def _safe(name: str) -> bool:
    climbs = ".." in re.split(r"[/\\]", name)
    return len(name) <= LONGEST_NAME and not climbs and not name.startswith(("/", "\\")) and not re.search(r"[\0:]", name)


def _apart(archive: zipfile.ZipFile) -> None:
    """No two parts share bytes: one that is packed into many is small in the file and vast when read."""
    parts = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [info.header_offset + 30 + len(info.orig_filename.encode()) + info.compress_size for info in parts]
    if any(end > after.header_offset for end, after in zip(ends, parts[1:], strict=False)):
        raise RefusalError("unsafe-parts")


def _without_dtd(archive: zipfile.ZipFile) -> None:
    """No part begins by defining things, be it one that is never read. (Those that are read are searched further.)"""
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(info) as stream:
                if _MARKUP.search(stream.read(_PROLOGUE)):
                    raise RefusalError("xml-entities")
