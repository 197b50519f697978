"""The heat strip of places: units by places, the darker the more weightings put the unit there.

The place that stands is framed, the mean place over all weightings is a diamond. One hue that is none of the grades'.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import LIGHT, Palette
from components.results.charts import FONT
from data.lettering import plain, width
from scoring import exact

_SIZE, _ROW, _HEAD, _RIGHT = 13, 36, 40, 74
_TICKS = ((20, 1), (40, 5), (100, 10), (500, 50), (10_000, 200))
"""Up to how many places every so manieth is marked."""
WORDED = 12
"""More places than this leave no room for figures in the cells."""
_HUES = {True: ("#FFFFFF", "#00706B"), False: ("#0F1822", "#5FD0C5")}
"""From no weighting to the most that any place has, by day and on a dark wall."""
_DEEP = {True: 0.8, False: 0.5}
"""From this part of the deepest shade on, by day and on a dark wall, figures are written in the colour of the ground."""
_ROOMY = 6
"""So many places leave room for the sign % in the cells on a phone, too."""


@dataclass(frozen=True)
class Row:
    """One unit: what it is called, the place that stands, its mean place, and the part of weightings for each place.

    ``shares`` begins with the first place and is empty where nothing was sampled; ``mean`` is of the same weightings after
    the rules, with its standard ``error``. ``by_score``: the mean place by score alone.
    """

    name: str
    place: int | None
    mean: Fraction | None
    shares: Sequence[float] = ()
    by_score: Fraction | None = None
    error: Fraction = Fraction(0)


def figure(rows: Sequence[Row], places: int, colors: Palette, *, narrow: bool = False) -> go.Figure:
    """The strip; rows in the order given, of a group with so many places.

    ``narrow``: on a phone, where many places leave no room for the sign %.
    """
    drawn = Figure(_layout(rows, places, colors))
    if any(row.shares for row in rows):
        drawn.add_heatmap(**_heat(rows, places, colors))
        if places <= WORDED:
            drawn.add_scatter(**_figures(rows, colors, signed=not narrow or places <= _ROOMY))
    for at, row in enumerate(rows):
        _words(drawn, row, at, colors)
        _marks(drawn, row, at, colors)
    return drawn.plotly()


def described(rows: Sequence[Row]) -> str:
    """The picture in words."""
    told = [
        f"{row.name}{f'现为第{row.place}位' if row.place else ''}"
        + (f"，平均{exact.fixed(row.mean)}位" if row.mean is not None else "")
        + (f"，最常为第{_commonest(row)}位（{percent(max(row.shares))}）" if row.shares else "")
        for row in rows
    ]
    return "全部权重组合下的位次：" + "；".join(told)


def percent(share: float) -> str:
    """A sampled part in whole per cent; "<1%" is not nothing."""
    if share <= 0:
        return "0"
    return "<1%" if share < 0.01 else ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def _commonest(row: Row) -> int:
    return max(range(len(row.shares)), key=row.shares.__getitem__) + 1


def _layout(rows: Sequence[Row], places: int, colors: Palette) -> dict[str, Any]:
    longest = max((width(row.name) for row in rows), default=0.0)
    step = next(step for most, step in _TICKS if places <= most)
    ticks = [place for place in range(1, places + 1) if place in (1, places) or place % step == 0]
    if len(ticks) > 1 and 0 < ticks[-1] - ticks[-2] < step / 2:
        ticks.pop(-2)
    return {
        "height": _HEAD + _ROW * len(rows) + 8,
        "margin": {"l": math.ceil(_SIZE * longest) + 14, "r": _RIGHT, "t": _HEAD, "b": 8, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {
            "range": [0.5, places + 0.5], "fixedrange": True, "showgrid": False, "zeroline": False, "side": "top",
            "tickmode": "array", "tickvals": ticks, "ticktext": [str(tick) for tick in ticks],
            "tickfont": {"size": 12, "color": colors.quiet}, "ticks": "",
        },
        "yaxis": {"range": [len(rows) - 0.5, -0.5], "fixedrange": True, "visible": False},
    }  # fmt: skip


def _heat(rows: Sequence[Row], places: int, colors: Palette) -> Mapping[str, Any]:
    low, high = _HUES[colors.paper == LIGHT.paper]
    shares = [[*row.shares, *[0.0] * (places - len(row.shares))] for row in rows]
    return {
        "z": shares, "x": list(range(1, places + 1)), "y": list(range(len(rows))), "zmin": 0, "zmax": max(map(max, shares)),
        "colorscale": [[0, low], [1, high]], "showscale": False, "xgap": 2, "ygap": 4,
        "customdata": [[f"{plain(row.name)}　第{at}位：{percent(share)}" for at, share in enumerate(line, start=1)]
                       for row, line in zip(rows, shares, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _figures(rows: Sequence[Row], colors: Palette, *, signed: bool) -> Mapping[str, Any]:
    """The shares in figures, a little above the middle: the diamond of the mean place stands below them."""
    deep = _DEEP[colors.paper == LIGHT.paper] * max(share for row in rows for share in row.shares)
    told = [(place, at, share) for at, row in enumerate(rows) for place, share in enumerate(row.shares, start=1) if share > 0]
    return {
        "x": [place for place, _, _ in told], "y": [at - 0.14 for _, at, _ in told], "mode": "text",
        "text": [percent(share).rstrip("" if signed else "%") for _, _, share in told], "hoverinfo": "skip",
        "textfont": {"size": 12 if signed else 11,
                     "color": [colors.paper if share >= deep else colors.text for _, _, share in told]},
    }  # fmt: skip


def _words(drawn: Figure, row: Row, at: int, colors: Palette) -> None:
    if not at:
        head = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "yshift": 4}
        drawn.add_annotation(
            **head, xref="paper", x=1, xanchor="right", xshift=_RIGHT - 4, text="现为 / 平均",
            font={"size": 12, "color": colors.quiet},
        )  # fmt: skip
    same = {"xref": "paper", "y": at, "showarrow": False, "font": {"size": _SIZE, "color": colors.text}}
    drawn.add_annotation(**same, x=0, xanchor="right", xshift=-8, text=plain(row.name))
    place = str(row.place) if row.place else "—"
    mean = exact.fixed(row.mean) if row.mean is not None else "—"
    drawn.add_annotation(**same, x=1, xanchor="right", xshift=_RIGHT - 4, text=f"<b>{place}</b> / {mean}")


def _marks(drawn: Figure, row: Row, at: int, colors: Palette) -> None:
    if row.place:
        drawn.add_shape(
            type="rect", x0=row.place - 0.5, x1=row.place + 0.5, y0=at - 0.44, y1=at + 0.44,
            line={"width": 2, "color": colors.text},
        )  # fmt: skip
    if row.mean is not None:
        drawn.add_scatter(
            x=[float(row.mean)], y=[at + 0.31], mode="markers", cliponaxis=False,
            marker={"size": 9, "symbol": "diamond", "color": colors.text, "line": {"width": 1.5, "color": colors.paper}},
            hovertemplate=f"{plain(row.name)}　平均{exact.fixed(row.mean)}位<extra></extra>",
        )  # fmt: skip
