"""A PDF that LibreOffice made, without the moment of making it: one document, one file, so that a hash tells a change."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile

_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_NAMES = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>)")
_SUM = re.compile(rb"(/DocChecksum\s*/)[0-9A-F]{32}")


def steady(pdf: bytes, source: bytes) -> bytes:
    """The PDF with the time of writing of ``source``, the office file, and names that its content gives it.

    Everything keeps its length, so that the table of places in the file stays right.
    """
    code = hashlib.sha256(source).hexdigest()[:32].upper().encode()
    moment = _moment(source)
    dated = _DATE.sub(lambda found: found[1] + moment, pdf)
    named = _NAMES.sub(lambda found: found[1] + code + found[3] + code + found[5], dated)
    return _SUM.sub(lambda found: found[1] + code, named)


def _moment(source: bytes) -> bytes:
    """The year to the second that ``same_bytes`` gave every entry of the archive, in steps of two seconds."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        year, *rest = archive.infolist()[0].date_time
    return f"{year:04d}{''.join(f'{part:02d}' for part in rest)}".encode()
