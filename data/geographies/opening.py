"""Any file a person may drop here → its rows, or why not: by its bytes, never by its name."""

from __future__ import annotations

import io
import zipfile

from data.geographies.geojson import open_geojson
from data.geographies.model import Opened
from data.geographies.problems import RefusedError
from data.geographies.tables import open_table

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
_SPREADSHEET = (b"[Content_Types]", b"xl/", b"mimetype", b"content.xml")
_SHAPEFILE = b"\x00\x00\x27\x0a"


def open_here(file: str, content: bytes) -> Opened:
    """As ``open_geography``, in this process, which for files from outside is a worker."""
    try:
        sized(content)
        _foreign(content)
        return open_geojson(file, content) if _is_json(content) else open_table(file, content)
    except RefusedError as refused:
        return Opened(file, problems=(refused.problem,))


def sized(content: bytes) -> None:
    """Raises RefusedError for a file without content, or with too much."""
    if not content:
        raise RefusedError("empty-file")
    if len(content) > LARGEST:
        raise RefusedError("too-large", size=-(-len(content) // MEGABYTE), most=LARGEST // MEGABYTE)


def _foreign(content: bytes) -> None:
    if content.startswith(_SHAPEFILE):
        raise RefusedError("shapefile")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<?xml", b"<kml")):
        raise RefusedError("kml")
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()[:2000]]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError):
        if any(sign in content for sign in _SPREADSHEET):
            return  # the reader of spreadsheets says what is damaged
        raise RefusedError("archive-broken") from None
    if any(name.endswith((".shp", ".dbf")) for name in names):
        raise RefusedError("shapefile")
    if any(name.endswith(".kml") for name in names):
        raise RefusedError("kml")


def _is_json(content: bytes) -> bool:
    start = content[:400]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")[2:]
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
