"""The pages of a PDF as pictures, to be looked at before anything is downloaded."""

from __future__ import annotations

import io
import threading

import pypdfium2

WIDTH, MOST = 900, 60
"""Pixels across a page; so many pages at most, so that a long paper does not fill the memory."""
_ALONE = threading.Lock()
"""PDFium knows one caller at a time."""


def pictures(pdf: bytes, width: int = WIDTH, most: int = MOST) -> tuple[bytes, ...]:
    """Each page (at most ``most``) as PNG, ``width`` pixels wide. Raises ValueError where ``pdf`` is none."""
    with _ALONE:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError("no PDF") from error
        try:
            return tuple(_picture(document[number], width) for number in range(min(len(document), most)))
        finally:
            document.close()


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    kept = io.BytesIO()
    page.render(scale=width / page.get_width()).to_pil().save(kept, "PNG")
    return kept.getvalue()
