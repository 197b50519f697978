"""A BIFF workbook (.xls, .et) looked over before its parser builds anything: how many cells its records would make."""

from __future__ import annotations

import struct

from xlrd.compdoc import CompDoc, CompDocError

from data.sheets.problems import RefusalError

MOST_RECORDS = 600_000
MOST_MADE = 400_000
"""Cells a file may have, those with nothing but a format among them: the parser keeps each."""
_MUL = {0xBD: 6, 0xBE: 2}
"""Records of a run of cells (MULRK, MULBLANK) and the bytes each cell takes."""
_ONE = {0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x0206, 0x00D6, 0x00FD, 0x027E}
_MERGED = 0x00E5


def insist(content: bytes) -> None:
    """Raises RefusalError for more cells than any form has, or a stream that is cut off in the middle of a record."""
    data = _stream(content)
    at, records, made = 0, 0, 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        if not code and not size:
            break  # the stream is filled up with zeros
        at, records = at + 4 + size, records + 1
        made += max(0, size - 6) // _MUL[code] if code in _MUL else 1 if code in _ONE else size // 8 if code == _MERGED else 0
        if records > MOST_RECORDS or made > MOST_MADE:
            raise RefusalError("too-many-cells", most=MOST_MADE)
    if at > len(data):
        raise RefusalError("damaged")


def _stream(content: bytes) -> bytes:
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        return content
    try:
        document = CompDoc(content, logfile=_Nowhere())
        for name in ("Workbook", "Book"):
            found, base, size = document.locate_named_stream(name)
            if found is not None:
                return bytes(found[base : base + size])
    except (CompDocError, RecursionError) as error:  # a directory that leads in a circle
        raise RefusalError("damaged") from error
    raise RefusalError("damaged")


class _Nowhere:
    def write(self, _: str) -> None:
        """Say nothing."""
