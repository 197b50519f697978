"""Rows of text set in columns for a terminal, where a Chinese character takes the room of two letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "


def width(text: str) -> int:
    """How many letters' room a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line for each row, all its columns beginning at one place; nothing follows the last word."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()
