"""A finished document looked at before it is taken out: its pages as pictures, or what an archive holds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from data.documents.made_file import File
from data.documents.pack import CONTENTS
from data.documents.page_pictures import pictures
from data.documents.paper_pdf import KINDS, pdf

PAGES, WIDTH = 12, 900
"""So many pages are drawn, so many pixels wide: enough to see what one is about to download."""


@dataclass(frozen=True)
class Held:
    """One file in an archive."""

    name: str
    size: int


def page_images(file: File) -> tuple[bytes, ...]:
    """The first pages as PNG: of a picture itself, of a PDF or what LibreOffice makes one of. Raises PdfError.

    Of a web page or an archive there are none.
    """
    if file.suffix == "png":
        return (file.content,)
    if file.suffix == "pdf":
        return pictures(file.content, WIDTH, PAGES)
    return pictures(pdf(file.content, file.suffix), WIDTH, PAGES) if file.suffix in KINDS else ()


def held(file: File) -> tuple[Held, ...]:
    """What an archive holds, as it stands in it."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return tuple(Held(each.filename, each.file_size) for each in archive.infolist())


def contents_of(file: File) -> str:
    """目录.txt of a 送审包; "" where the archive has none."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return archive.read(CONTENTS).decode("utf-8-sig") if CONTENTS in archive.namelist() else ""

