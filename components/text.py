"""Text from uploads and rosters, made safe to show: Streamlit reads Markdown, and a name is only a name."""

from __future__ import annotations

import re

from scoring.sentences import Sentence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:])")


def escape(text: str) -> str:
    """The text with every character that Markdown would act on made plain."""
    return _SPECIAL.sub(r"\\\1", text)


def markdown(sentence: Sentence) -> str:
    """A sentence as Markdown, its strong parts bold. A zero-width space lets bold end beside Chinese quotation marks."""
    return "".join(f"**{escape(part.text)}**\u200b" if part.strong else escape(part.text) for part in sentence)
