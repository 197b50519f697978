"""Text from uploads and rosters, made safe to show: Streamlit reads Markdown, and a name is only a name."""

from __future__ import annotations

import re

from scoring.sentences import Sentence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:])")


def escape(text: str) -> str:
    """The text with every character that Markdown would act on made plain."""
    return _SPECIAL.sub(r"\\\1", text)


def escaped_lines(text: str) -> str:
    """Several lines, each escaped and each on a line of its own."""
    return "  \n".join(map(escape, text.splitlines()))


def markdown(sentence: Sentence) -> str:
    """A sentence as Markdown, its strong parts bold.

    A word joiner stands inside both ends of what is bold: Markdown closes no bold between "。" and a letter, and unlike
    a zero-width space a joiner lets no line begin with the comma that follows.
    """
    return "".join(f"**\u2060{escape(part.text)}\u2060**" if part.strong else escape(part.text) for part in sentence)
