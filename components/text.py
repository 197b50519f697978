"""Text from uploads and rosters, made safe to show: Streamlit reads Markdown, and a name is only a name."""

from __future__ import annotations

import re
import unicodedata

from scoring.sentences import Sentence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:&])")
_LIST = re.compile(r"^(\s*\d+)\.(?=\s|$)", re.MULTILINE)
_LINKED = re.compile(r"(https?(?=\\:)|www(?=\.)|@)", re.IGNORECASE)
_JOINER = "\u2060"
"""Invisible, and no letter: what it stands in is no address any more."""


def escape(text: str) -> str:
    """The text with every character that Markdown would act on made plain, and no address in it made a link.

    Addresses (www.x.cn, a@b.cn) are linked after Markdown is read, so that a backslash does not help against it.
    """
    return _LINKED.sub(rf"\1{_JOINER}", _LIST.sub(r"\1\.", _SPECIAL.sub(r"\\\1", text)))


def escaped_lines(text: str) -> str:
    """Several lines, each escaped and each on a line of its own."""
    return "  \n".join(map(escape, text.splitlines()))


def markdown(sentence: Sentence) -> str:
    """A sentence as Markdown, its strong parts bold.

    A word joiner stands inside both ends of what is bold: Markdown closes no bold between "。" and a letter, and unlike
    a zero-width space a joiner lets no line begin with the comma that follows.
    """
    return "".join(f"**\u2060{escape(part.text)}\u2060**" if part.strong else escape(part.text) for part in sentence)


def searched(text: str) -> str:
    """A text as it is compared with what was typed: one width of letters and brackets, no blanks, small letters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
