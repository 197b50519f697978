"""Before → after as lines: every unit's score or place under the rules in force and under the trial.

The colour is the grade after, the shape of each end the grade there. A thick line changes grade. Few units are all
named; of many, those that change grade, then those whose place moves furthest, as far as names have room.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import Look, Palette, look, neutral
from components.results.charts import FONT
from data.lettering import plain, width
from scoring.explain import score_text
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

SCORE, PLACE = "得分", "位次"
MOST_LINES, ALL_NAMED, MOST_NAMED = 240, 24, 32
"""Units that are drawn; up to how many all are named; and how many names there is room for."""
_SIZE, _GAP, _HEAD, _FOOT = 13, 18, 46, 14
_REACH = 20
"""Pixels from an end to its name, where a thin line leads."""
_NAME = 8.0


@dataclass(frozen=True)
class Side:
    """One end of a unit's line."""

    at: float
    text: str
    look: Look


@dataclass(frozen=True)
class Line:
    """One unit: both ends, and whether the grade differs."""

    name: str
    was: Side
    now: Side
    changed: bool
    told: str
    moved: float

    @property
    def thick(self) -> float:
        """How thick it is drawn."""
        return 3.0 if self.changed else 1.4


Pairs = Sequence[tuple[str, UnitResult, UnitResult]]


def lines_of(before: Results, after: Results, pairs: Pairs, by: str, colors: Palette) -> list[Line]:
    """The units with a score on both sides, those that change grade first, then those that move furthest."""
    found = [
        _line(before.scheme, after.scheme, *pair, by, colors)
        for pair in pairs
        if pair[1].score is not None and pair[2].score is not None
    ]
    return sorted(found, key=lambda line: (not line.changed, -line.moved))[:MOST_LINES]


def _line(rules: Scheme, trial: Scheme, name: str, was: UnitResult, now: UnitResult, by: str, colors: Palette) -> Line:
    ends = [_side(scheme, result, by, colors) for scheme, result in ((rules, was), (trial, now))]
    grades = f"　{was.grade or '—'} → {now.grade or '—'}" if was.grade or now.grade else ""
    told = f"{name}　{ends[0].text} → {ends[1].text}{grades}"
    return Line(name, ends[0], ends[1], was.grade != now.grade, told, abs(ends[1].at - ends[0].at))


def _side(scheme: Scheme, result: UnitResult, by: str, colors: Palette) -> Side:
    shown = look(scheme.grades, result.grade, colors) if result.grade else neutral(colors)
    if by == PLACE:
        return Side(-float(result.rank or 0), str(result.rank or "—"), shown)
    return Side(float(result.score or 0), score_text(scheme, result.score or Fraction(0)), shown)


def slope(before: Results, after: Results, lines: Sequence[Line], by: str, colors: Palette) -> go.Figure:
    """The picture of these lines."""
    named = lines if len(lines) <= ALL_NAMED else [line for line in lines if line.moved or line.changed][:MOST_NAMED]
    height = max(320, _HEAD + _FOOT + _GAP * (len(named) + 1), min(760, _HEAD + 7 * len(lines)))
    low, high = _span(before, after, lines, by)
    figure = Figure(_layout(named, height, (low, high), colors))
    if by == SCORE:
        _draw_bands(figure, before.scheme, after.scheme, (low, high), colors)
    for line in reversed(lines):  # what changes lies on top
        _draw_line(figure, line, faint=len(lines) > ALL_NAMED and not line.changed, colors=colors)
    scale = (high - low) / (height - _HEAD - _FOOT)
    for ends, x in (([line.was for line in named], 0), ([line.now for line in named], 1)):
        _name_ends(figure, named, ends, x, scale, (low, high), colors)
    return figure.plotly()


def _span(before: Results, after: Results, lines: Sequence[Line], by: str) -> tuple[float, float]:
    ends = [end.at for line in lines for end in (line.was, line.now)]
    low, high = min(ends), max(ends)
    air = 0.7 if by == PLACE else max(0.3, (high - low) * 0.05)
    return low - air, high + air


def _layout(named: Sequence[Line], height: int, span: tuple[float, float], colors: Palette) -> dict[str, Any]:
    widest = max((width(_label(line, end)) for line in named for end in (line.was, line.now)), default=6.0)
    side = _REACH + 12 + math.ceil(_SIZE * widest)
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "visible": False}
    return {
        "height": height, "margin": {"l": side, "r": side, "t": _HEAD, "b": _FOOT, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": "closest", "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {**axis, "range": [-0.02, 1.02]}, "yaxis": {**axis, "range": list(span)},
    }  # fmt: skip


def _draw_bands(figure: Figure, was: Scheme, now: Scheme, span: tuple[float, float], colors: Palette) -> None:
    """The grade lines, from the document's on the left to the trial's on the right, each with its name."""
    before = {band.grade: band.min for band in was.bands.items} if was.bands else {}
    after = {band.grade: band.min for band in now.bands.items} if now.bands else {}
    for grade, right in after.items():
        left = before.get(grade, right)
        if not all(span[0] < float(y) < span[1] for y in (left, right)):
            continue
        color = look(now.grades, grade, colors).color
        figure.add_shape(
            type="line", x0=0, x1=1, y0=float(left), y1=float(right), layer="below",
            line={"color": color, "width": 1, "dash": "dash"},
        )  # fmt: skip
        figure.add_annotation(
            x=0.5, y=float(left + right) / 2, text=f"“{plain(grade)}”线", showarrow=False, bgcolor=colors.paper,
            font={"size": 11, "color": colors.quiet},
        )  # fmt: skip


def _draw_line(figure: Figure, line: Line, *, faint: bool, colors: Palette) -> None:
    told = plain(line.told)
    figure.add_scatter(
        x=[0, 1], y=[line.was.at, line.now.at], mode="lines+markers", opacity=0.4 if faint else 1,
        line={"color": line.now.look.color, "width": line.thick},
        marker={
            "symbol": [line.was.look.symbol, line.now.look.symbol], "color": [line.was.look.color, line.now.look.color],
            "size": 6 if faint else 9, "line": {"width": 1, "color": colors.paper}, "opacity": 1,
        },
        hovertemplate=[f"{told}<extra></extra>"] * 2,
    )  # fmt: skip


def _label(line: Line, end: Side) -> str:
    name = line.name
    while width(name) > _NAME:
        name = name[:-2] + "…" if name.endswith("…") else name[:-1] + "…"
    return f"{name} {end.text}"


def _name_ends(
    figure: Figure, lines: Sequence[Line], ends: Sequence[Side], x: int, scale: float,
    span: tuple[float, float], colors: Palette,
) -> None:  # fmt: skip
    """Names beside one side, pushed apart until each can be read, a thin line leading to each."""
    heights = apart([end.at for end in ends], _GAP * scale, span[0] + 0.5 * _GAP * scale, span[1] - 0.5 * _GAP * scale)
    out = -1 if x == 0 else 1
    for line, end, height in zip(lines, ends, heights, strict=True):
        text = plain(_label(line, end))
        figure.add_annotation(
            x=x, y=height, xshift=out * _REACH, xanchor="right" if x == 0 else "left", showarrow=False,
            text=f"<b>{text}</b>" if line.changed else text, font={"size": _SIZE, "color": colors.text},
        )  # fmt: skip
        figure.add_shape(
            type="line", xsizemode="pixel", xanchor=x, x0=out * 6, x1=out * (_REACH - 3), y0=end.at, y1=height,
            line={"color": colors.line, "width": 1},
        )  # fmt: skip
    figure.add_annotation(
        x=x, y=1, yref="paper", yanchor="bottom", yshift=14, xanchor="right" if x == 0 else "left", showarrow=False,
        text="原" if x == 0 else "测算", font={"size": _SIZE, "color": colors.quiet},
    )  # fmt: skip


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Each as near to where it is wanted as it can be with at least ``gap`` between any two, within low … high.

    Where there is no room for all, they stand evenly closer than ``gap``. Those wanted at one place keep their order.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    step = min(gap, (high - low) / max(1, len(wanted) - 1))
    runs: list[list[float]] = []  # [sum of wanted less their offsets, how many]
    for rank, i in enumerate(order):
        runs.append([wanted[i] - rank * step, 1.0])
        while len(runs) > 1 and runs[-2][0] / runs[-2][1] >= runs[-1][0] / runs[-1][1]:
            total, count = runs.pop()
            runs[-1] = [runs[-1][0] + total, runs[-1][1] + count]
    bases = [total / count for total, count in runs for _ in range(int(count))]
    top = high - (len(wanted) - 1) * step
    placed = dict(zip(order, (min(max(base, low), top) + rank * step for rank, base in enumerate(bases)), strict=True))
    return [placed[i] for i in range(len(wanted))]


def described(lines: Sequence[Line], by: str) -> str:
    """The picture in words."""
    told = "；".join(line.told for line in lines if line.changed or line.moved)
    return f"测算前后的{by}：{told or '没有变化'}"


def left_out(pairs: Pairs, lines: Sequence[Line], measure: str) -> str:
    """Who is not drawn and why, in words; "" where everyone is."""
    missing = sum(was.score is None or now.score is None for _, was, now in pairs)
    beyond = len(pairs) - missing - len(lines)
    told = [f"{missing}{measure}暂缺得分"] if missing else []
    told += [f"{beyond}{measure}变动较小"] if beyond else []
    return f"{'、'.join(told)}，未画在图中。" if told else ""
