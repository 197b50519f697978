"""Chinese text broken into lines for pictures, which cannot break it themselves. Widths are in full-width letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CLOSING = "，。、；：！？）》〉」』】〕”’…％%"
_OPENING = "（《〈「『【〔“‘"
_TOKEN = re.compile(rf"[{_OPENING}]*(?:[A-Za-z0-9.\-—]+|.)[{_CLOSING}]*", re.DOTALL)
_STEP = 0.5


def width(text: str) -> float:
    """How wide text is, in full-width letters: Chinese is square, Latin and digits are a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in text)


@lru_cache(maxsize=4096)
def wrapped(text: str, most: float) -> tuple[str, ...]:
    """The text in as few lines as fit ``most``, of nearly even length.

    No line begins with closing punctuation or ends with opening punctuation, and no number or word is torn apart; a
    piece wider than ``most`` stays whole.
    """
    pieces = _TOKEN.findall(text)
    lines = _greedy(pieces, most)
    narrower = most - _STEP
    while narrower > 1 and len(even := _greedy(pieces, narrower)) == len(lines) and _widest(even) <= most:
        lines, narrower = even, narrower - _STEP
    return tuple(lines)


def _greedy(pieces: Iterable[str], most: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece) > most:
            lines.append("")
        lines[-1] += piece
    return lines


def _widest(lines: Iterable[str]) -> float:
    return max(width(line) for line in lines)


def plain(text: str) -> str:
    """Text that Plotly shows as it is: a name may not bring markup with it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def broken(text: str, most: float) -> str:
    """The lines as Plotly wants them."""
    return "<br>".join(plain(line) for line in wrapped(text, most))
