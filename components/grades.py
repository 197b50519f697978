"""How a grade (等次) looks on the screen: the colours of this viewer's theme, and grades as Markdown; ``data.looks`` has the rest."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.looks import DARK, INK, LIGHT, WHITE, Look, Palette, look, neutral, sign

__all__ = [
    "DARK", "INK", "LIGHT", "WHITE", "Look", "Palette", "chip", "look", "neutral", "palette", "shape", "sign",
]  # fmt: skip


def palette() -> Palette:
    """The colours of the theme this viewer has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def chip(grades: Sequence[str], grade: str, colors: Palette) -> str:
    """Shape and word on the grade's colour, as Markdown."""
    shown = look(grades, grade, colors)
    return f':color[\u00a0{shown.shape} {grade}\u00a0]{{foreground="{shown.ink}" background="{shown.color}"}}'


def shape(grades: Sequence[str], grade: str, colors: Palette) -> str:
    """The shape alone in the grade's colour, as Markdown; the word stands beside it."""
    shown = look(grades, grade, colors)
    return f':color[{shown.shape}]{{foreground="{shown.color}"}}'
