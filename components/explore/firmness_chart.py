"""Stability bars: along each weight, from 0 to 100 %, the grades a unit would get, and where the document stands.

The words stand above each bar, so that the bar has the whole width on a phone, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from components.explore.firmness_loading import Bars
from components.figure import Figure
from components.grades import Palette, look
from components.results.charts import FONT
from data.lettering import plain, width, wrapped
from scoring.firmness.along import Segment, interval_text, segments
from scoring.firmness.weightings import Interval

_SIZE, _LINE, _BAR, _PLACE, _PAD, _FOOT = 13, 18, 24, 8, 16, 26
_AIR = 12  # pixels between the words and the bar, for the arrowhead
_NAME = 18  # full-width letters of a weight's name in a line: the weight itself still fits beside it on a phone
_WORDED = (
    0.09  # part of the width that holds a grade's word on a desk; on a phone the shape alone is cut off by nothing
)


def figure(bars: Bars, grades: Sequence[str], colors: Palette) -> go.Figure:
    """One row a weight: what it is and how far it may go, the bar of grades, and the thin bar of places beneath."""
    if bars.line is None:
        raise ValueError("there is no straight line to draw")
    tops = _tops(bars)
    drawn = Figure(_layout(tops, colors))
    for at, name in enumerate(bars.line.names):
        _row(drawn, bars, grades, at, name, tops[at], colors)
    return drawn.plotly()


def described(bars: Bars) -> str:
    """The picture in words."""
    if bars.line is None:
        return ""
    told = [
        f"{bars.level.names[name]}现为{_here(bars, at)}，{'，'.join(_limits(bars, name))}"
        for at, name in enumerate(bars.line.names)
    ]
    return "；".join(told)


def _limits(bars: Bars, name: str) -> list[str]:
    """How far one weight may go before the grade or the place changes."""
    found = []
    if bars.firm:
        found.append(f"等次不变 {interval_text(bars.firm.intervals[name])}")
    if name in bars.places:
        found.append(f"位次不变 {interval_text(bars.places[name])}")
    return found


def _here(bars: Bars, at: int) -> str:
    return interval_text(Interval(bars.line.weights[at], bars.line.weights[at], True, True)) if bars.line else ""


def _tops(bars: Bars) -> list[int]:
    """Where each row begins in pixels from the top, and where the last ends."""
    found = [0]
    for name in bars.line.names if bars.line else ():
        lines = len(wrapped(bars.level.names[name], _NAME)) + bool(_limits(bars, name))
        thin = _PLACE if bars.firm and name in bars.places else 0
        found.append(found[-1] + _LINE * lines + _AIR + _BAR + thin + _PAD)
    return found


def _layout(tops: Sequence[int], colors: Palette) -> dict[str, Any]:
    return {
        "height": tops[-1] + _FOOT,
        "margin": {"l": 8, "r": 20, "t": 0, "b": _FOOT, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {
            "range": [0, 1], "fixedrange": True, "showgrid": False, "zeroline": False, "tickmode": "array",
            "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"],
            "tickfont": {"size": 12, "color": colors.quiet}, "ticks": "", "ticklabeloverflow": "allow",
        },
        "yaxis": {"range": [tops[-1], 0], "fixedrange": True, "visible": False},
    }  # fmt: skip


def _row(drawn: Figure, bars: Bars, grades: Sequence[str], at: int, name: str, top: int, colors: Palette) -> None:
    words = [f"<b>{plain(line)}</b>" for line in wrapped(bars.level.names[name], _NAME)]
    words[-1] += f"　现为{_here(bars, at)}"
    if limits := _limits(bars, name):
        words.append(plain("　".join(limits)))
    drawn.add_annotation(
        x=0, y=top + 2, xanchor="left", yanchor="top", align="left", showarrow=False, text="<br>".join(words),
        font={"size": _SIZE, "color": colors.text},
    )  # fmt: skip
    bar = top + _LINE * len(words) + _AIR
    if bars.line is None:
        return
    here = bars.line.weights[at]
    if bars.firm is None:
        _places_only(drawn, bars.places.get(name), bar, colors)
    else:
        present = bars.line.final(bars.line.mean)
        for segment in segments(bars.line, at):
            _segment(drawn, segment, grades, bar, colors, own=segment.grade == present, here=float(here))
        if name in bars.places:
            _place(drawn, bars.places[name], bar + _BAR + 2, colors)
    _mark(drawn, float(here), f"{bars.level.origin}权重", bar, colors)


def _segment(
    drawn: Figure, segment: Segment, grades: Sequence[str], bar: int, colors: Palette, *, own: bool, here: float
) -> None:
    """The present grade in its full colour, any other in its tint, each with its shape and word where they fit."""
    shown = look(grades, segment.grade, colors)
    fill, ink = (shown.color, shown.ink) if own else (shown.tint, colors.text)
    drawn.add_shape(
        type="rect", x0=float(segment.low), x1=float(segment.high), y0=bar, y1=bar + _BAR, fillcolor=fill, layer="below",
        line={"width": 1, "color": colors.line},
    )  # fmt: skip
    low, high = _free(float(segment.low), float(segment.high), here)
    wide = high - low
    if wide < _WORDED / 3:
        return
    text = f"{shown.shape} {plain(segment.grade)}" if wide >= _WORDED * max(width(segment.grade), 1.5) else shown.shape
    drawn.add_annotation(
        x=(low + high) / 2, y=bar + _BAR / 2, text=text, showarrow=False,
        font={"size": 12, "color": ink},
    )  # fmt: skip


def _free(low: float, high: float, here: float) -> tuple[float, float]:
    """The part of a segment for its word: all of it, or the wider side of a mark that would stand in the word."""
    if not low < here < high or abs((low + high) / 2 - here) > _WORDED:
        return low, high
    return (low, here) if here - low > high - here else (here, high)


def _places_only(drawn: Figure, safe: Interval | None, bar: int, colors: Palette) -> None:
    """Where no grade can be lost the bar itself is of the place: dark where it stays."""
    rows = [(Interval(Fraction(0), Fraction(1), True, True), colors.ground)] + ([(safe, colors.quiet)] if safe else [])
    for part, fill in rows:
        drawn.add_shape(
            type="rect", x0=float(part.low), x1=float(part.high), y0=bar, y1=bar + _BAR, fillcolor=fill, layer="below",
            line={"width": 1, "color": colors.line},
        )  # fmt: skip


def _place(drawn: Figure, safe: Interval, y: int, colors: Palette) -> None:
    drawn.add_shape(
        type="rect", x0=float(safe.low), x1=float(safe.high), y0=y, y1=y + 5, fillcolor=colors.quiet, layer="below",
        line={"width": 0},
    )  # fmt: skip


def _mark(drawn: Figure, here: float, told: str, bar: int, colors: Palette) -> None:
    """You are here: a line through the bar with an arrowhead above it."""
    drawn.add_shape(
        type="line", x0=here, x1=here, y0=bar - 3, y1=bar + _BAR + 3, line={"width": 4, "color": colors.paper}
    )
    drawn.add_shape(
        type="line", x0=here, x1=here, y0=bar - 3, y1=bar + _BAR + 3, line={"width": 2, "color": colors.text}
    )
    drawn.add_scatter(
        x=[here], y=[bar - 5], mode="markers", cliponaxis=False, hovertemplate=f"{told}<extra></extra>",
        marker={"size": 10, "symbol": "triangle-down", "color": colors.text},
    )  # fmt: skip
