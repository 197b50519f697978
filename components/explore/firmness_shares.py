"""A whole split by grade as one flat bar: what part of the weightings near the document's gives which grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import Palette, look
from components.results.charts import FONT
from data.lettering import plain
from scoring.firmness.verdicts import share_text

HEIGHT = 30
_WORDED = Fraction(1, 7)
"""A part that is wide enough for its grade's word, even on a phone."""


def figure(grades: Sequence[str], shares: Mapping[str, Fraction], colors: Palette) -> go.Figure:
    """The bar, best grade first; a part too narrow for its word has its shape, and the text beside the bar has all."""
    drawn = Figure(
        {
            "height": HEIGHT, "margin": {"l": 0, "r": 0, "t": 1, "b": 1, "pad": 0}, "showlegend": False, "dragmode": False,
            "font": {"family": FONT, "size": 13, "color": colors.text},
            "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "hovermode": False,
            "xaxis": {"range": [0, 1], "fixedrange": True, "visible": False},
            "yaxis": {"range": [0, 1], "fixedrange": True, "visible": False},
        }
    )  # fmt: skip
    start = Fraction(0)
    for grade, share in shares.items():
        if share:
            _part(drawn, grades, grade, start, share, colors)
        start += share
    return drawn.plotly()


def _part(drawn: Figure, grades: Sequence[str], grade: str, start: Fraction, share: Fraction, colors: Palette) -> None:
    shown = look(grades, grade, colors)
    drawn.add_shape(
        type="rect", x0=float(start), x1=float(start + share), y0=0, y1=1, fillcolor=shown.color, layer="below",
        line={"width": 1.5, "color": colors.paper},
    )  # fmt: skip
    if share >= _WORDED:
        drawn.add_annotation(
            x=float(start + share / 2), y=0.5, text=f"{shown.shape} {plain(grade)}", showarrow=False,
            font={"size": 13, "color": shown.ink},
        )  # fmt: skip


def text(shares: Mapping[str, Fraction]) -> str:
    """The same in words: 好 12.3%、较好 87.7%; what never comes is left out."""
    return "、".join(f"{grade} {share_text(share)}" for grade, share in shares.items() if share)
