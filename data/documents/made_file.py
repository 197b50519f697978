"""A finished document: its name, its bytes, and what a browser takes it for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from data.documents.file_names import safe

Progress = Callable[[int, int, str], None]
"""Told of each step of a longer making: how many are done, of how many, and which is next."""
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
    "png": "image/png",
    "zip": "application/zip",
}
"""The media type of every ending that a document may have."""


@dataclass(frozen=True)
class File:
    """One document. ``name`` is safe to keep on any system and never a path; ``media`` its media type."""

    name: str
    content: bytes
    media: str

    @cached_property
    def sha256(self) -> str:
        """64 hex digits over the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        """The ending without its dot."""
        return PurePosixPath(self.name).suffix.removeprefix(".")


def file(stem: str, suffix: str, content: bytes) -> File:
    """A document under a safe name. Raises KeyError for an ending that no document has."""
    return File(safe(f"{stem}.{suffix}"), content, MEDIA[suffix])
