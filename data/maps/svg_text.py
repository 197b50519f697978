"""Words in a picture: what XML may hold, how wide they are, where lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape

FONT = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
BASE = 0.36  # of the letters' size: from the middle of a line down to its baseline
OPENING = "（《「『【〔“‘([{"  # no line ends with one
CLOSING = "，。、；：？！）》」』】〕”’…—～·,.;:?!)]}%％"  # no line begins with one
_BARRED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_PIECE = re.compile(r"[A-Za-z0-9_.%+/@#:-]+|\s+|.", re.DOTALL)


def plain(text: str) -> str:
    """The text without what XML forbids, and without what would turn the direction of writing; blanks and tabs as blanks."""
    return re.sub(r"[ \t\r]+", " ", _BARRED.sub("", text))


def xml(text: str) -> str:
    """The text for between tags or inside an attribute: nothing in it can end either."""
    return escape(plain(text), quote=True)


def wide(text: str, size: float) -> float:
    """The width in pixels that a line takes at most: full-width characters are square, no Latin letter is wider."""
    return sum(_ems(char) for char in text) * size


def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA" or char.isupper() or char in "mw%@":
        return 1
    return 0 if unicodedata.combining(char) else 0.6


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than ``width``: broken between Chinese characters, never before a closing mark nor
    inside a number or a Latin word that a line of its own can hold. Line feeds stay."""
    return [line for given in plain(text).split("\n") for line in _lines(given, size, width)]


def _lines(text: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, size, width):
        if line and wide(line + piece.rstrip(), size) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line.rstrip()


def _pieces(text: str, size: float, width: float) -> Iterator[str]:
    """What stays together: a word, a number, a character with the marks that open before it and close after it."""
    held = ""
    for piece in _PIECE.findall(text):
        together = (piece in CLOSING or held[-1:] in OPENING) and wide(held + piece, size) <= width
        if held and not together:
            yield held
            held = ""
        held += piece
        if wide(held, size) > width:  # longer than a line: it must be torn
            yield from held
            held = ""
    if held:
        yield held


def cut(text: str, size: float, width: float) -> str:
    """The line, shortened with … where it is wider than ``width``."""
    if wide(text, size) <= width:
        return text
    while text and wide(text + "…", size) > width:
        text = text[:-1]
    return text + "…"
