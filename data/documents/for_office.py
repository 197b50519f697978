"""A .docx as LibreOffice prints it whole: flush left.

LibreOffice 7.4 leaves out the last mark of a line (a comma between two names) where it stretches the line to the margin, with
or without hanging punctuation. Word does not, so the .docx that people get has lines of even length.
"""

from __future__ import annotations

import io
import zipfile

_BODY = "word/document.xml"
_EVEN, _LEFT = b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'


def flush_left(content: bytes) -> bytes:
    """The same document with no line stretched."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as write:
        for name in read.namelist():
            body = read.read(name)
            write.writestr(name, body.replace(_EVEN, _LEFT) if name == _BODY else body)
    return kept.getvalue()
