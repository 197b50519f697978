"""Figures in cards, a few in a row and two in a row on a phone. All in them wraps; Streamlit would cut it off."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_STYLE = """
<style>
.st-key-cards :is([data-testid="stMetricLabel"], [data-testid="stMetricValue"], [data-testid="stMetricDelta"]),
.st-key-cards :is([data-testid="stMetricLabel"], [data-testid="stMetricValue"], [data-testid="stMetricDelta"]) * {
  white-space: normal; overflow: visible; text-overflow: clip; max-width: 100%; height: auto }
</style>
"""
"""By style alone: where a later Streamlit builds its cards otherwise, a long word is cut off again and nothing else."""


def cards(columns: int) -> DeltaGenerator:
    """The place for so many cards: ``with cards(4): card(...)``. Once a page."""
    st.html(_STYLE)
    return st.container(key="cards").grid(columns, min_column_width=140, gap="small")


def card(label: str, value: str, note: str) -> None:
    """One figure with its name above and a note below; label and value are Markdown."""
    st.metric(label, value, note or None, delta_color="off", delta_arrow="off", border=True, height="stretch")
