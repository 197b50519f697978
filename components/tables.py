"""Tables that wrap their text and can be read aloud: plain words in, no Markdown from a name or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.text import escape

NO_BREAK = "\u00a0"
"""A blank at which no line ends: between a grade's shape and its word."""


def table(rows: Sequence[Mapping[str, Any]], alt: str) -> None:
    """One row a mapping, the keys being the headings. Cells are Markdown: give foreign text through ``cell``."""
    st.table(pd.DataFrame(list(rows)), hide_index=True, border="horizontal", alt=alt)


def cell(text: object) -> str:
    """Text of others for a cell: one line, nothing in it acts as Markdown."""
    return escape(" ".join(str(text).split()))


def bold(text: object) -> str:
    """Text of others in bold. The joiners let Markdown close the bold beside Chinese punctuation."""
    return f"**\u2060{cell(text)}\u2060**"
