"""Each assessing group's mean difference from the yardstick as a point beside a line at nought, with its counts in words.

A verdict has a colour, a shape and its word together; the colours are none of the grades'. All margins are pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import LIGHT, Palette
from components.results.charts import FONT
from data.lettering import plain, width, wrapped
from scoring.scale_values import Scale
from scoring.scale_words import WORDS, counts_text, mean_text, steps_text, verdict_text
from scoring.scales import OWN

_SIZE, _LINE, _PAD, _HEAD, _FOOT = 13, 18, 16, 30, 30
_NAME = 9.5  # full-width letters of a group's name in a line
SHORT = {"open": "待到齐"}
"""Words that must fit beside the counts."""
_RIGHT = 104  # pixels of the counts right of the field
_LENIENT, _SEVERE = ("#8E4B9E", "#D9A6E6"), ("#00706B", "#5FD0C5")
"""Purple and teal, by day and on a dark wall: told apart with any kind of colour vision, and unlike every grade."""


def figure(scales: Sequence[Scale], second: str, colors: Palette) -> go.Figure:
    """The picture: one row a group, in the order given."""
    tops = _tops(scales)
    most = _reach(scales)
    drawn = Figure(layout=_layout(scales, tops, most, colors))
    drawn.add_vline(x=0, line={"color": colors.quiet, "width": 1.5}, layer="below")
    _ends(drawn, colors)
    for at, scale in enumerate(scales):
        _row(drawn, scale, (tops[at] + tops[at + 1]) / 2, tops[at], second, colors)
    return drawn.plotly()


def described(scales: Sequence[Scale], second: str) -> str:
    """The picture in words."""
    told = [
        f"{s.assessor.name}评{'、'.join(s.units)}{mean_text(s.steps or Fraction(0), '档')}，{verdict_text(s, second)}"
        for s in scales
    ]
    return f"各组与{second}的平均相差：" + "；".join(told)


def tag(scale: Scale) -> str:
    """What a row says of its group, in few letters; nothing while nothing is judged."""
    verdicts = {scale.verdict, scale.others}
    if verdicts & {"lenient", "severe"}:
        words = [word for verdict, word in (("lenient", "偏宽"), ("severe", "偏严")) if verdict in verdicts]
        return f"{'、'.join(words)}，待核实"
    if not scale.tally.untied and scale.verdict != "open":
        return "逐项同档"
    return SHORT.get(scale.verdict, WORDS[scale.verdict])


def _reach(scales: Sequence[Scale]) -> float:
    """How far the axis goes to either side: half a grade at least."""
    widest = max((abs(float(scale.steps)) for scale in scales if scale.steps is not None), default=0.0)
    return max(0.5, math.ceil(widest * 2 + 0.2) / 2)


def _lines(scale: Scale) -> list[str]:
    """The group's name and below it whom it assessed, each in as many lines as it needs."""
    of = f"→ {'、'.join(scale.units)}" if OWN.format(scale.units[0]) != scale.assessor.name else ""
    return [line for text in (scale.assessor.name, of) if text for line in wrapped(text, _NAME)]


def _tops(scales: Sequence[Scale]) -> list[int]:
    """Where each row begins in pixels from the top, and where the last ends."""
    found = [0]
    for scale in scales:
        lines = max(2, len(_lines(scale)))
        found.append(found[-1] + _PAD + _LINE * lines)
    return found


def _layout(scales: Sequence[Scale], tops: Sequence[int], most: float, colors: Palette) -> dict[str, Any]:
    longest = max((width(line) for scale in scales for line in _lines(scale)), default=0.0)
    ticks = [-most, -most / 2, 0, most / 2, most]
    return {
        "height": tops[-1] + _HEAD + _FOOT,
        "margin": {"l": math.ceil(_SIZE * longest) + 12, "r": _RIGHT, "t": _HEAD, "b": _FOOT, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {
            "range": [-most * 1.08, most * 1.08], "fixedrange": True, "showgrid": False, "zeroline": False,
            "tickmode": "array", "tickvals": ticks, "ticktext": [f"{tick:+g}".replace("-", "−") if tick else "0" for tick in ticks],
            "tickfont": {"size": 12, "color": colors.quiet}, "ticks": "",
        },
        "yaxis": {"range": [tops[-1], 0], "fixedrange": True, "visible": False},
    }  # fmt: skip


def _ends(drawn: Figure, colors: Palette) -> None:
    """What left and right mean, above the field."""
    for x, anchor, text in ((0, "left", "← 偏严"), (1, "right", "偏宽 →")):
        drawn.add_annotation(
            xref="paper", x=x, yref="paper", y=1, xanchor=anchor, yanchor="bottom", yshift=6, text=text, showarrow=False,
            font={"size": 12, "color": colors.quiet},
        )  # fmt: skip


def _row(drawn: Figure, scale: Scale, middle: float, top: float, second: str, colors: Palette) -> None:
    drawn.add_hline(y=top, line={"color": colors.line, "width": 0.6}, layer="below")
    at = {"xref": "paper", "y": middle, "showarrow": False, "font": {"size": _SIZE, "color": colors.text}}
    drawn.add_annotation(
        **at, x=0, xanchor="right", xshift=-10, align="right", text="<br>".join(map(plain, _lines(scale)))
    )
    counts = f"高{scale.tally.higher} 同{scale.tally.alike} 低{scale.tally.lower}"
    told = f"<b>{tag(scale)}</b>" if scale.notable else f"<span style='color:{colors.quiet}'>{tag(scale)}</span>"
    drawn.add_annotation(**at, x=1, xanchor="left", xshift=8, align="left", text=f"{counts}<br>{told}")
    _point(drawn, scale, middle, second, colors)


def _point(drawn: Figure, scale: Scale, middle: float, second: str, colors: Palette) -> None:
    if scale.steps is None:
        return
    color, symbol = _look(scale, colors)
    mean = float(scale.steps)
    drawn.add_scatter(
        x=[0, mean], y=[middle, middle], mode="lines", line={"color": color, "width": 2}, hoverinfo="skip"
    )  # fmt: skip
    tip = f"{plain(scale.assessor.name)}：{counts_text(scale.tally, plain(second))}，平均{steps_text(scale.steps)}档"
    drawn.add_scatter(
        x=[mean], y=[middle], mode="markers", cliponaxis=False, hovertemplate=f"{tip}<extra></extra>",
        marker={"size": 14, "color": color, "symbol": symbol, "line": {"width": 1.5, "color": colors.paper}},
    )  # fmt: skip


def _look(scale: Scale, colors: Palette) -> tuple[str, str]:
    """Right-pointing for 偏宽, left-pointing for 偏严, an open ring where nothing was found."""
    verdict = scale.verdict if scale.verdict in ("lenient", "severe") else scale.others
    shade = 0 if colors.paper == LIGHT.paper else 1
    if verdict == "lenient":
        return _LENIENT[shade], "triangle-right"
    if verdict == "severe":
        return _SEVERE[shade], "triangle-left"
    return colors.quiet, "circle-open"
