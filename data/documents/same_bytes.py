"""One content, one file: office files are zip archives whose entries and properties carry the moment of writing.

Two exports of the same comparison are then the same bytes, so that a hash tells whether a figure was changed.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_CORE = "docProps/core.xml"


def same_bytes(content: bytes, moment: datetime) -> bytes:
    """The archive written anew, with every time in it set to ``moment`` (aware)."""
    told = moment.astimezone(UTC).replace(microsecond=0)
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, told.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            body = read.read(name)
            write.writestr(entry, _stamped(body, told) if name == _CORE else body)
    return kept.getvalue()


def _stamped(core: bytes, moment: datetime) -> bytes:
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _STAMPS.sub(rb"\g<1>" + text + rb"\g<2>", core)
