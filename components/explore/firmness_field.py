"""How the weight triangle is drawn, and the bar that two weights make. Takes exact polygons and hands back a figure.

A weight is 100 % at its corner: the first above, the second left, the third right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import dist, sqrt
from typing import Any

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import Palette, look, neutral
from components.results.charts import FONT
from data.lettering import broken, plain, width
from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.triangle import Point, Polygon, Region
from scoring.trial import Level

_HIGH = sqrt(3) / 2
_SIZE, _NAME = 13, 8  # pixels of letters; full-width letters of a corner's name in a line
_EM, _LETTER, _PLATE, _FRAME = 0.049, 0.035, 0.36, 0.07
"""Of a side of 1, on a phone: a full-width letter, half its height with air, the plate of the document's weights, and half
the frame of ±5 points with air."""
_SMALL = 0.01
"""The part of the triangle in which a small shape still stands."""
_LATTICE = 40
"""Places along a side at which a word is tried."""
Place = tuple[float, float]


def field(
    level: Level, line: Form, found: Sequence[Region], close: Polygon, common: Polygon, colors: Palette
) -> go.Figure:
    """The triangle: regions by grade, the grid, ±5 points, where nobody changes, and the document's weights."""
    drawn = Figure(_layout(colors, [-0.08, 1.08], [-0.14, _HIGH + 0.13], square=True))
    for region in found:
        _region(drawn, region, line, colors)
    for quarter in (0.25, 0.5, 0.75):
        _grid(drawn, quarter, colors)
    _outline(drawn, common, colors, "dash")
    _outline(drawn, close, colors, "solid")
    _corners(drawn, level, line, colors)
    _here(drawn, _flat(line.weights), level, line, colors)
    return drawn.plotly()


def bar(
    level: Level, line: Form, found: Sequence[Region], close: Polygon, common: Polygon, colors: Palette
) -> go.Figure:
    """Two weights: the first from 0 to 100 %, the second what is left."""
    drawn = Figure(_layout(colors, [-0.02, 1.02], [-0.9, 1.9], square=False))
    for region in found:
        ends = sorted(float(point[0]) for point in region.polygon)
        _box(drawn, ends, region, line, colors)
    for polygon, dash in ((common, "dash"), (close, "solid")):
        if polygon:
            ends = sorted(float(point[0]) for point in polygon)
            corners = [(ends[0], -0.08), (ends[-1], -0.08), (ends[-1], 1.08), (ends[0], 1.08)]
            _line(drawn, corners, colors, dash)
    for x, name, share in ((0, line.names[1], "right"), (1, line.names[0], "left")):
        drawn.add_annotation(
            x=x, y=-0.2, xanchor="left" if share == "right" else "right", yanchor="top", showarrow=False,
            text=f"{plain(level.names[name])}100%", font={"size": 12, "color": colors.text},
        )  # fmt: skip
    _here(drawn, (float(line.weights[0]), 0.5), level, line, colors)
    return drawn.plotly()


def _layout(colors: Palette, xs: list[float], ys: list[float], *, square: bool) -> dict[str, Any]:
    fixed = {"fixedrange": True, "visible": False}
    return {
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {"range": xs, **fixed},
        "yaxis": {"range": ys, **fixed, **({"scaleanchor": "x", "constrain": "domain"} if square else {})},
    }  # fmt: skip


def _flat(point: Point) -> Place:
    """Where a weighting lies in the plane."""
    return float(point[2]) + float(point[0]) / 2, float(point[0]) * _HIGH


def _middle(corners: Sequence[Place]) -> Place:
    """The centre of gravity of a convex polygon."""
    (x0, y0), weight, x, y = corners[0], 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in pairwise(corners[1:]):
        area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
        weight, x, y = weight + area, x + area * (x0 + x1 + x2) / 3, y + area * (y0 + y1 + y2) / 3
    return (x / weight, y / weight) if weight else corners[0]


def _room(corners: Sequence[Place], here: Place, wide: float) -> Place | None:
    """Where in a region something ``wide`` stands inside it, clear of the document's weights and their plate; nearest to
    the region's middle. None where nothing fits."""
    middle = _middle(corners)
    lattice = [(x / _LATTICE, y / _LATTICE) for x in range(_LATTICE + 1) for y in range(_LATTICE)]
    fitting = [place for place in (middle, *lattice) if _fits(corners, place, wide) and _clear(place, here, wide)]
    return min(fitting, key=lambda place: dist(place, middle), default=None)


def _fits(corners: Sequence[Place], place: Place, wide: float) -> bool:
    """Whether all four corners of the words' box lie in the convex polygon."""
    box = [(place[0] + dx, place[1] + dy) for dx in (-wide / 2, wide / 2) for dy in (-_LETTER, _LETTER)]
    turns = [
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        for (x1, y1), (x2, y2) in pairwise((*corners, corners[0]))
        for x, y in box
    ]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def _clear(place: Place, here: Place, wide: float) -> bool:
    across, up = abs(place[0] - here[0]), place[1] - here[1]
    up = -up if _plate_below(here) else up
    return across > _PLATE / 2 + wide / 2 or not -0.1 < up < 0.22


def _plate_below(here: Place) -> bool:
    """Near the upper corner the plate would cover its name."""
    return here[1] > 0.6 * _HIGH


def _region(drawn: Figure, region: Region, line: Form, colors: Palette) -> None:
    if not region.share:
        return
    shown = look(line.grades, region.grade, colors) if region.grade in line.grades else neutral(colors)
    corners = [_flat(point) for point in region.polygon]
    xs, ys = zip(*corners, corners[0], strict=True)
    drawn.add_scatter(
        x=list(xs), y=list(ys), mode="lines", fill="toself", fillcolor=shown.color, hoveron="fills", hoverinfo="text",
        text=plain(region.grade), line={"color": colors.paper, "width": 1.5},
    )  # fmt: skip
    place, text, size = _worded(region, shown.shape, corners, _flat(line.weights))
    if text:  # on its region's own colour: a frame or the grid may run through the word
        drawn.add_annotation(
            x=place[0], y=place[1], text=text, showarrow=False, font={"size": size, "color": shown.ink},
            bgcolor=shown.color, borderpad=1,
        )  # fmt: skip


def _worded(region: Region, shape: str, corners: Sequence[Place], here: Place) -> tuple[Place, str, int]:
    """(place, shape and word, pixels) where these fit; else the shape alone, small in a small region; else nothing."""
    word = f"{shape} {plain(region.grade)}"
    for text in (word, shape):
        if place := _room(corners, here, _EM * (width(text) + 0.3)):
            return place, text, 14
    middle = _middle(corners)
    fits = region.share >= _SMALL and dist(middle, here) > _FRAME
    return middle, shape if fits else "", 10


def _box(drawn: Figure, ends: list[float], region: Region, line: Form, colors: Palette) -> None:
    """One grade's part of the bar, its word beside the frame of ±5 points."""
    here = float(line.weights[0])
    if not region.share:
        return
    shown = look(line.grades, region.grade, colors) if region.grade in line.grades else neutral(colors)
    drawn.add_shape(
        type="rect", x0=ends[0], x1=ends[-1], y0=0, y1=1, fillcolor=shown.color, layer="below",
        line={"width": 1.5, "color": colors.paper},
    )  # fmt: skip
    free = [(ends[0], min(ends[-1], here - _FRAME)), (max(ends[0], here + _FRAME), ends[-1])]
    low, high = max(free, key=lambda span: span[1] - span[0])
    for text in (f"{shown.shape} {plain(region.grade)}", shown.shape):
        if _EM * width(text) <= high - low:
            drawn.add_annotation(
                x=(low + high) / 2, y=0.5, text=text, showarrow=False, font={"size": 14, "color": shown.ink}
            )
            return


def _grid(drawn: Figure, quarter: float, colors: Palette) -> None:
    """One line for each weight at which it is so much."""
    rest = 1 - quarter
    for k in range(3):
        ends = []
        for other in range(3):
            if other != k:
                point = [0.0, 0.0, 0.0]
                point[k], point[other] = quarter, rest
                ends.append((point[2] + point[0] / 2, point[0] * _HIGH))
        (x0, y0), (x1, y1) = ends
        drawn.add_shape(
            type="line", x0=x0, y0=y0, x1=x1, y1=y1, line={"color": colors.paper, "width": 1, "dash": "dot"}, opacity=0.5
        )


def _outline(drawn: Figure, polygon: Polygon, colors: Palette, dash: str) -> None:
    if len(polygon) > 1:
        _line(drawn, [_flat(point) for point in polygon], colors, dash)


def _line(drawn: Figure, corners: Sequence[Place], colors: Palette, dash: str) -> None:
    """A closed line that is seen on any colour: dark on a light seam."""
    xs, ys = zip(*corners, corners[0], strict=True)
    for color, thick, how in ((colors.paper, 5, "solid"), (colors.text, 2, dash)):
        drawn.add_scatter(
            x=list(xs), y=list(ys), mode="lines", hoverinfo="skip", cliponaxis=False,
            line={"color": color, "width": thick, "dash": how},
        )  # fmt: skip


def _corners(drawn: Figure, level: Level, line: Form, colors: Palette) -> None:
    places = ((0.5, _HIGH, "center", "bottom", 4), (0, 0, "left", "top", -4), (1, 0, "right", "top", -4))
    for name, (x, y, across, up, shift) in zip(line.names, places, strict=True):
        x = x if across == "center" else x - 0.08 if across == "left" else x + 0.08
        drawn.add_annotation(
            x=x, y=y, xanchor=across, yanchor=up, yshift=shift, align=across, showarrow=False,
            text=f"{broken(level.names[name], _NAME)}<br>100%", font={"size": _SIZE, "color": colors.text},
        )  # fmt: skip


def _here(drawn: Figure, place: Place, level: Level, line: Form, colors: Palette) -> None:
    """The document's weights: a ringed point, and its words on a plate beside it."""
    x, y = place
    told = "/".join(exact.shown(100 * weight, 1).replace("…", "") for weight in line.weights)
    names = "<br>".join(
        f"{plain(level.names[name])}{exact.shown(100 * weight, 2)}%"
        for name, weight in zip(line.names, line.weights, strict=True)
    )
    drawn.add_scatter(
        x=[x], y=[y], mode="markers", cliponaxis=False, hovertemplate=f"{level.origin}权重<br>{names}<extra></extra>",
        marker={"size": 13, "symbol": "circle", "color": colors.text, "line": {"width": 3, "color": colors.paper}},
    )  # fmt: skip
    drawn.add_annotation(
        x=x, y=y, ax=0, ay=44 if _plate_below(place) else -44, arrowcolor=colors.text, arrowwidth=1.5, arrowhead=0,
        standoff=6, showarrow=True,
        text=f"{level.origin}权重 {told}", font={"size": 12, "color": colors.text}, bgcolor=colors.paper,
        bordercolor=colors.line, borderpad=3,
    )  # fmt: skip
