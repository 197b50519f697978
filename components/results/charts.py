"""The ranking as a picture: a point for each unit on the bands of the grades, its figures in a column beside it.

Scores on a cut axis are points, never bars. A unit that lacks a sheet is the range it can still come to, not a gap.
Each unit has a row and all words stand outside the field, so nothing can overlap at any width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from components.figure import Figure
from components.grades import Look, Palette, look, neutral
from data.lettering import broken, plain, width, wrapped
from scoring.explain import score_text
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.standing import draws_lines, word

FONT = "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
SIZE = 14  # pixels: letters of names and figures
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_USUAL_START = 60
_BEYOND = 1.2  # points of the axis beyond its last mark
_STEP = 32  # pixels: a band's name in two lines
_PHONE, _LABEL = 346, 28  # pixels of the picture on a narrow phone, and of a band's name with air beside it
_NUMBER, _WORDS = 54, 66  # pixels of the columns beside the field: the score, the grade
_NAME = 7  # full-width letters of a name before it is broken


def ranking(results: Results, units: Sequence[UnitResult], colors: Palette) -> Figure:
    """The units, best first, as points on the grades' bands. A click anywhere in a row selects its unit."""
    scheme = results.scheme
    start = axis_start(units)
    figure = Figure(layout=_layout(scheme, units, start, colors))
    _draw_bands(figure, scheme, start, axis_end(units), colors, _STEP if _tight(scheme, units, start) else 0)
    for row, result in enumerate(units):
        _write_name(figure, units, row, colors)
        _write_figures(figure, scheme, result, row, colors)
    _draw_ranges(figure, scheme, units, start, colors)
    _draw_points(figure, scheme, units, colors)
    return figure


def axis_start(units: Sequence[UnitResult]) -> int:
    """Where the scores' axis begins: at 60, or at the ten below the lowest score.

    What is merely possible moves it to 50 at most, lest one missing sheet should press everyone together.
    """
    scores = [result.score for result in units if result.score is not None]
    possible = [result.possible.low for result in units if result.possible and _begun(result)]
    tens = math.floor(min(scores, default=Fraction(100)) / 10) * 10
    return max(0, min(_USUAL_START, tens, 50 if min(possible, default=Fraction(100)) < _USUAL_START else 100))


def axis_end(units: Sequence[UnitResult]) -> float:
    """Where the axis ends: a little beyond 100, or beyond the highest score where 加分 or another base lead over it."""
    found = [result.score for result in units if result.score is not None]
    found += [result.possible.high for result in units if result.possible and _begun(result)]
    return max(100, math.ceil(max(found, default=Fraction(100)))) + _BEYOND


def _begun(result: UnitResult) -> bool:
    if any(one.score is not None for one in result.inherited):
        return True
    return any(part.exact is not None for part in result.components.values() if part.counted)


def row_height(count: int) -> int:
    """Pixels a row takes: a short list may breathe, a long one must not be endless."""
    return 46 if count <= 8 else 38


def _layout(scheme: Scheme, units: Sequence[UnitResult], start: int, colors: Palette) -> dict[str, Any]:
    height = row_height(len(units))
    head = 12 + (34 + (_STEP if _tight(scheme, units, start) else 0)) * draws_lines(scheme)
    return {
        "height": head + height * len(units) + 34,
        "margin": {"l": _left(units), "r": _right(scheme, units), "t": head, "b": 30, "pad": 0},
        "font": {"family": FONT, "size": SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "y",
        "hoverdistance": -1,
        "clickmode": "event+select",
        "dragmode": False,
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {
            "range": [start - 0.6, axis_end(units)], "fixedrange": True, "showgrid": False, "zeroline": False, "showline": False,
            "tickmode": "array", "tickvals": _ticks(start, axis_end(units)),
            "tickfont": {"size": 12, "color": colors.quiet}, "ticks": "",
        },
        "yaxis": {"range": [len(units) - 0.5, -0.5], "fixedrange": True, "visible": False},
    }  # fmt: skip


def _right(scheme: Scheme, units: Sequence[UnitResult]) -> int:
    """Pixels of the columns right of the field."""
    worded = draws_lines(scheme) or any(result.score is None or result.grade for result in units)
    return _NUMBER + (_WORDS if worded else 8)


def _tight(scheme: Scheme, units: Sequence[UnitResult], start: int) -> bool:
    """Whether the bands' names would meet on a phone: long names of units leave little room for the field."""
    field = _PHONE - _left(units) - _right(scheme, units)
    bounds = [end := axis_end(units), *(max(float(band.min), start - 0.6) for band in (scheme.bands.items if scheme.bands else ()))]
    spans = [upper - lower for upper, lower in pairwise(bounds) if upper > lower]
    return any(span * field < _LABEL * (end + 0.6 - start) for span in spans)


def _left(units: Sequence[UnitResult]) -> int:
    """Pixels of the columns left of the field: the places and the longest name."""
    longest = max((width(line) for r in units for line in wrapped(r.unit, _NAME)), default=0.0)
    return _place(units) + math.ceil(SIZE * longest) + 16


def _place(units: Sequence[UnitResult]) -> int:
    return 26 if any(result.rank is not None for result in units) else 0


def _ticks(start: int, end: float) -> list[int]:
    return [tick for tick in range(0, math.floor(end) + 1, 20 if start < 40 else 10) if tick >= start]


def _draw_bands(figure: Figure, scheme: Scheme, start: int, end: float, colors: Palette, step: int) -> None:
    """The bands with their names above them, every other one ``step`` higher, and a thin line wherever one begins."""
    upper: Fraction | None = None
    for at, band in enumerate(scheme.bands.items if scheme.bands else ()):
        left, right = max(float(band.min), start - 0.6), end if upper is None else float(upper)
        if left < right:
            shown = look(scheme.grades, band.grade, colors)
            figure.add_shape(
                type="rect", x0=left, x1=right, y0=0, y1=1, yref="paper", layer="below", line={"width": 0},
                fillcolor=shown.tint,
            )  # fmt: skip
            least = f"≥{float(band.min):g}" if band.min else f"<{float(upper or end):g}"
            name = f"<b>{plain(band.grade)}</b><br>{least}"
            _write(figure, (left + right) / 2, 1, name, colors, above=True, higher=step * (at % 2))
        if start < band.min:
            figure.add_vline(x=float(band.min), line={"color": colors.line, "width": 1}, layer="below")
        upper = band.min


def _write(figure: Figure, x: float, y: float, text: str, colors: Palette, above: bool, higher: int = 0) -> None:
    figure.add_annotation(
        x=x, y=y, yref="paper", yanchor="bottom", yshift=(5 if above else 0) + higher, text=text, showarrow=False,
        font={"size": 12, "color": colors.text},
    )  # fmt: skip


def _write_name(figure: Figure, units: Sequence[UnitResult], row: int, colors: Palette) -> None:
    """Left of the field: the place and the name, each in its column."""
    left, result = _left(units), units[row]
    figure.add_hline(y=row, line={"color": colors.line, "width": 0.6}, layer="below")
    at = {"xref": "paper", "x": 0, "y": row, "showarrow": False, "xanchor": "left", "align": "left"}
    font = {"size": SIZE, "color": colors.text}
    if result.rank is not None:
        figure.add_annotation(**at, font=font, xshift=-left, text=f"<b>{result.rank}</b>")
    figure.add_annotation(**at, font=font, xshift=_place(units) - left, text=broken(result.unit, _NAME))


def _write_figures(figure: Figure, scheme: Scheme, result: UnitResult, row: int, colors: Palette) -> None:
    """Right of the field: the score, right-aligned, and the grade; for an incomplete unit what is still possible."""
    number, words = _figures(scheme, result)
    at = {"xref": "paper", "x": 1, "y": row, "showarrow": False, "font": {"size": SIZE, "color": colors.text}}
    figure.add_annotation(**at, xanchor="right", xshift=_NUMBER, text=number, align="right")
    figure.add_annotation(**at, xanchor="left", xshift=_NUMBER + 6, text=words, align="left")


def _figures(scheme: Scheme, result: UnitResult) -> tuple[str, str]:
    if result.score is not None:
        limited = "<br><span style='font-size:12px'>（受限制）</span>" if _limited(result) else ""
        recommended = "<br><span style='font-size:12px'>（待认定）</span>" if result.recommended else ""
        return f"<b>{score_text(scheme, result.score)}</b>", plain(result.grade or "") + (limited or recommended)
    if result.possible and _begun(result):
        low, high = (score_text(scheme, end) for end in (result.possible.low, result.possible.high))
        return f"<span style='font-size:12px'>{low}<br>至{high}</span>", "暂缺"
    return "—", "暂缺"


def _limited(result: UnitResult) -> bool:
    return any(limit.binds for limit in result.limits)


def _draw_points(figure: Figure, scheme: Scheme, units: Sequence[UnitResult], colors: Palette) -> None:
    shown = [(row, result) for row, result in enumerate(units) if result.score is not None]
    looks = [_look(scheme, r, colors) for _, r in shown]
    figure.add_scatter(
        x=[float(r.score) for _, r in shown if r.score is not None],
        y=[row for row, _ in shown],
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 15, "color": [each.color for each in looks], "symbol": [each.symbol for each in looks],
            "line": {"width": 1.5, "color": colors.paper},
        },
        customdata=[[r.unit] for _, r in shown],
        hovertemplate=[f"{hover(scheme, r)}<extra></extra>" for _, r in shown],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _look(scheme: Scheme, result: UnitResult, colors: Palette) -> Look:
    """Of a score without a grade the look of none: the blue of 好 would say what nobody has decided."""
    return look(scheme.grades, result.grade, colors) if result.grade else neutral(colors)


def hover(scheme: Scheme, result: UnitResult) -> str:
    """What a pointer resting on a unit shows."""
    if result.score is None:
        return f"{plain(result.unit)}　暂缺，点击查看所缺与可能区间"
    by_score = f"（按分数为“{result.score_grade}”，受限制）" if _limited(result) and result.score_grade else ""
    return f"{plain(result.unit)}　{score_text(scheme, result.score)}分　{word(result)}{by_score}"


def _draw_ranges(figure: Figure, scheme: Scheme, units: Sequence[UnitResult], start: int, colors: Palette) -> None:
    """A dotted line with ends for every incomplete unit: anywhere between. An arrow says that it goes on to the left."""
    for row, result in enumerate(units):
        if result.possible and _begun(result):
            ends = [max(float(result.possible.low), start), float(result.possible.high)]
            first = "triangle-left" if result.possible.low < start else "line-ns"
            figure.add_scatter(
                x=[ends[0], sum(ends) / 2, ends[1]], y=[row] * 3, mode="lines+markers", cliponaxis=False,
                line={"color": colors.missing, "width": 3, "dash": "dot"},
                marker={
                    "symbol": [first, "line-ns", "line-ns"], "size": [14, 0, 14], "color": colors.missing,
                    "line": {"width": 3, "color": colors.missing},
                },
                customdata=[[result.unit]] * 3, hovertemplate=f"{hover(scheme, result)}<extra></extra>",
            )  # fmt: skip


def described(results: Results, units: Sequence[UnitResult]) -> str:
    """The picture in one sentence, for those who cannot see it."""
    told = [f"{result.unit}{' '.join(_said(results.scheme, result))}" for result in units]
    return f"得分{'与等次' if draws_lines(results.scheme) else ''}：" + "；".join(told)


def _said(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    if result.score is None:
        return ("暂缺",)
    return (f"{score_text(scheme, result.score)}分", f"{word(result)}{'（受限制）' if _limited(result) else ''}")


def clicked(event: Any) -> str | None:
    """The unit whose row was clicked, out of what ``st.plotly_chart`` returns."""
    points = event["selection"]["points"] if event else []
    return str(points[0]["customdata"][0]) if points else None
