"""Comma- or tab-separated text in UTF-8, UTF-16 or GB18030 → one grid without a name."""

from __future__ import annotations

import csv
import io
import re

from data.sheets.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid
from data.sheets.problems import RefusalError

_DELIMITERS = ",\t;，|"
_START = 200_000
"""Letters that tell the delimiter."""
_HAN_UTF8 = re.compile(rb"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]")
_CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f")


def read_text(content: bytes) -> list[Grid]:
    """The one table of a text file. Raises RefusalError where no encoding fits or it is not text at all."""
    text = decode(content)
    grid = Grid("")
    csv.field_size_limit(1 << 17)
    row = 0
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True), 1):
            if len(line) > MOST_COLUMNS or row > MOST_ROWS:
                raise RefusalError("too-many-cells", most=MOST_CELLS)
            for column, value in enumerate(line, 1):
                if value.strip():
                    grid.put(row, column, Cell(value))
    except csv.Error as error:
        raise RefusalError("csv-quotes", row=row + 1) from error
    return [grid]


def decode(content: bytes) -> str:
    """Text by its byte order mark, else by the first encoding that fits wholly. Raises RefusalError."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _readable(content, [encoding])
    if content[:400:2].count(0) > 20 or content[1:400:2].count(0) > 20 or b"\0" in content[:64]:
        return _readable(content, ["utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be"])
    return _readable(content, ["utf-8", "gb18030"])


def _readable(content: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and _two_encodings(content):
            break
        if _CONTROLS.isdisjoint(text):
            return text
    raise RefusalError("bad-encoding" if b"\0" not in content else "unknown-format")


def _two_encodings(content: bytes) -> bool:
    """Whether some lines are Chinese in UTF-8 in a text that as a whole is not: read as GB18030 they would be other words."""
    return any(len(_HAN_UTF8.findall(line)) >= 4 and _is_utf8(line) for line in content.splitlines())


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The delimiter that most lines share; a comma where nothing tells."""
    lines = [line for line in text[:_START].splitlines()[:50] if line.strip()]
    return max(
        _DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )
