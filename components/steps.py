"""A reason with its clause, or with the mark of our own reading."""

from __future__ import annotations

from components.text import escape
from scoring.results import Step

READING = "口径（原文未规定）"


def step_text(step: Step) -> str:
    """The reason as Markdown, each clause as a badge; our reading stands out."""
    cites = [cite for cite in step.cite.split("、") if cite]
    badges = [f":{'orange' if cite == READING else 'gray'}-badge[{escape(cite)}]" for cite in cites]
    return f"{escape(step.what)} {' '.join(badges)}"
