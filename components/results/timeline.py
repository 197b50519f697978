"""One unit's score over the versions on the bands of the grades: when it moved, and across which line."""

from __future__ import annotations

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from components import grades
from components.grades import Palette, look, neutral
from components.results.charts import CONFIG, FONT
from components.text import escape
from data.changes import Change
from data.lettering import plain
from scoring.changes import Moment
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import word

LEAST = 3
"""Fewer versions with a score than this are told better in words."""
_ROOM = Fraction(1)  # points above the highest and below the lowest score


def timeline(change: Change, unit: str) -> None:
    """The picture, where there are enough versions with a score to make one."""
    found = scores(change, unit)
    if len(found) < LEAST:
        return
    st.markdown(f"**\u2060{escape(unit)}\u2060** 得分随版本的变化")
    scheme = change.after.scheme
    told = "；".join(f"第{at.version}版{score_text(scheme, score)}分" for at, result in found if (score := result.score) is not None)
    figure = picture(scheme, found, grades.palette())
    st.plotly_chart(figure, theme=None, key="changes-timeline", config=CONFIG, alt=f"{unit}的得分：{told}")


def scores(change: Change, unit: str) -> list[tuple[Moment, UnitResult]]:
    """The versions on the way in which the unit has a score."""
    found = [(at, result) for at in change.moments for result in at.results.units if result.unit == unit]
    return [(at, result) for at, result in found if result.score is not None]


def picture(scheme: Scheme, found: list[tuple[Moment, UnitResult]], colors: Palette) -> go.Figure:
    """Steps from version to version, each point in its grade's look, thin lines where a grade begins."""
    known = [result.score for _, result in found if result.score is not None]
    low, high = min(known) - _ROOM, min(max(known) + _ROOM, Fraction(101))
    looks = [look(scheme.grades, r.grade, colors) if r.grade else neutral(colors) for _, r in found]
    figure = go.Figure()
    for band in scheme.bands.items if scheme.bands else ():
        if low < band.min < high:
            figure.add_hline(y=float(band.min), line={"color": colors.quiet, "width": 1, "dash": "dot"},
                             annotation_text=f"“{plain(band.grade)}”{float(band.min):g}分起", annotation_position="top left",
                             annotation_font={"size": 12, "color": colors.quiet})  # fmt: skip
    figure.add_scatter(
        x=[at.version for at, _ in found], y=[float(score) for score in known], mode="lines+markers",
        line={"shape": "hv", "color": colors.line, "width": 2},
        marker={"size": 11, "color": [each.color for each in looks], "symbol": [each.symbol for each in looks]},
        hovertemplate=[f"第{at.version}版　{score_text(scheme, r.score or Fraction(0))}分　{word(r)}<extra></extra>" for at, r in found],
    )  # fmt: skip
    figure.update_layout(
        height=240, margin={"l": 48, "r": 12, "t": 12, "b": 40}, showlegend=False, dragmode=False,
        font={"family": FONT, "size": 13, "color": colors.text}, paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
    apart = max(1, -(-(found[-1][0].version - found[0][0].version) // 8))
    figure.update_xaxes(title_text="版本", tickformat="d", dtick=apart, fixedrange=True, showgrid=False)
    figure.update_yaxes(range=[float(low), float(high)], fixedrange=True, gridcolor=colors.line)
    return figure
