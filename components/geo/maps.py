"""Maps drawn with no network: a pydeck deck of outlines, towns and labels, without tiles, styles or fonts from outside.

Functions here turn outlines and fills into a deck, and a click into a code. Colours never speak alone: every
label carries the grade's word and shape, and stands on a plate of its place's colour.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.types import String

from components import grades as looks
from components.geo.map_labels import Box, beside_points, led
from components.geo.map_view import (
    LINE,
    POINT,
    USUAL,
    Frame,
    Label,
    View,
    bounds,
    coordinate,
    extent,
    fit,
    pixel,
    spread,
)
from components.grades import LIGHT, Palette
from data.regions import Place

RGB = tuple[int, int, int]

FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
MANY = 12  # areas; with more, lighting one up under the pointer redraws too much for a machine without a graphics card
GRADES = ("好", "较好", "一般", "较差")
SHADES: tuple[RGB, ...] = ((214, 231, 244), (156, 197, 227), (86, 154, 203), (30, 107, 166), (0, 63, 115))
TIP_STYLE = {"backgroundColor": "#1B2733", "color": "#FFFFFF", "fontSize": "14px", "borderRadius": "6px"}


@dataclass(frozen=True, slots=True)
class Fill:
    """How one place is painted: a colour, and the same said in a shape and a word.

    ``lines`` stand under the name on the map (the word, where there are none); ``tip`` is what a pointer resting on
    the place shows. A ``quiet`` place is named only where there is room, and by its name alone.
    """

    rgb: RGB
    word: str
    shape: str = ""
    lines: tuple[str, ...] = ()
    tip: str = ""
    quiet: bool = False

    @property
    def sign(self) -> str:
        """Shape and word together: ``● 好``."""
        return f"{self.shape} {self.word}".strip()


@dataclass(frozen=True, slots=True)
class Town:
    """A town to be drawn as a point at its own coordinate (degrees, WGS-84)."""

    code: str
    name: str
    lon: float
    lat: float
    fill: Fill


def rgb(color: str) -> RGB:
    """The three bytes of ``#004E8C``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def grade_fill(
    grade: str | None,
    *,
    grades: Sequence[str] = GRADES,
    colors: Palette = LIGHT,
    lines: Sequence[str] = (),
    tip: str = "",
) -> Fill:
    """The fill of a grade (等次) among a scheme's ``grades``; of a word that is none of them (暂缺), grey with the word."""
    if grade is not None and grade in grades:
        look = looks.look(grades, grade, colors)
        return Fill(rgb(look.color), grade, look.shape, tuple(lines), tip)
    return Fill(rgb(colors.line), grade or "无数据", "○", tuple(lines), tip)


def shade_fill(
    share: float | None, word: str, *, colors: Palette = LIGHT, lines: Sequence[str] = (), tip: str = ""
) -> Fill:
    """A fill on a scale from pale (``share`` 0) to dark (1); None is grey."""
    if share is None:
        return Fill(rgb(colors.line), word, "○", tuple(lines), tip)
    step = min(int(max(share, 0) * len(SHADES)), len(SHADES) - 1)
    return Fill(SHADES[step], word, "", tuple(lines), tip)


def town(place: Place, fill: Fill) -> Town:
    """A place as a point. Raises ValueError for one without a coordinate: none is ever invented."""
    if place.lon is None or place.lat is None:
        raise ValueError(f"{place.name}没有坐标")
    return Town(place.code, place.name, place.lon, place.lat, fill)


class Deck(pdk.Deck):
    """A deck that writes its JSON once and without blanks: Streamlit asks for it at every rerun."""

    _written: str | None = None

    def to_json(self) -> str:
        if self._written is None:
            self._written = json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))
        return self._written


def area_deck(
    features: Mapping[str, Any],
    fills: Mapping[str, Fill],
    *,
    selected: str | None = None,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
) -> Deck:
    """A deck of areas: ``features`` is a FeatureCollection whose properties carry code, name and label.

    ``fills`` maps codes to how they are painted; an area without one is grey and says 无数据. The ``selected`` area
    has a dark outline.
    """
    view = fit(bounds(features), frame)
    plain = grade_fill(None, colors=colors)
    filled = [(feature, fills.get(_code(feature)) or plain) for feature in features["features"]]
    painted = [_painted(feature, fill) for feature, fill in filled]
    named = [(feature, fill) for feature, fill in filled if not (fill.quiet and frame.narrow)]
    labels = [_area_label(feature["properties"], fill, frame) for feature, fill in named]
    places = spread(labels, view, frame, _letters(frame))
    chosen = [feature for feature in painted if _code(feature) == selected]
    layers = [_areas(painted, selected, colors), *([_chosen(chosen, colors)] if chosen else [])]
    layers += _labels(labels, places, [fill.rgb for _, fill in named], view, frame, selected, colors)
    return _deck(layers, view, frame)


def town_deck(
    outline: Mapping[str, Any],
    towns: Sequence[Town],
    *,
    selected: str | None = None,
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
) -> Deck:
    """A deck of one county's outline with its towns as points, each where its coordinate says."""
    view = fit(bounds(outline), frame)
    ground = [_painted(feature, Fill(pale(colors), "")) for feature in outline["features"]]
    labels = [_town_label(each, frame) for each in towns]
    places = beside_points(labels, view, frame, _letters(frame))
    layers = [_areas(ground, selected, colors, pickable=False)]
    layers += _labels(labels, places, [rgb(colors.paper)] * len(towns), view, frame, selected, colors, points=True)
    return _deck([*layers, _points(towns, selected, frame, colors)], view, frame)


def show(deck: Deck, *, key: str, alt: str, frame: Frame, on_select: Callable[[], None] | None = None) -> str | None:
    """Draw the deck; the code that is selected by a click, or None. ``alt`` is for those who cannot see it."""
    event = st.pydeck_chart(
        deck, height=frame.height, key=key, alt=alt, on_select=on_select or "rerun", selection_mode="single-object"
    )
    return picked(event)


def picked(event: Any) -> str | None:
    """The code of the area or town that was clicked, out of what ``st.pydeck_chart`` or its state returns."""
    found = event["selection"]["objects"].values() if event else ()
    clicked = next((each for objects in found for each in objects), None)
    return None if clicked is None else str(clicked.get("properties", clicked)["code"])


def _code(feature: Mapping[str, Any]) -> str:
    return str(feature["properties"]["code"])


def _tip(name: str, fill: Fill) -> str:
    return fill.tip or f"{name} {fill.sign}".strip()


def _painted(feature: Mapping[str, Any], fill: Fill) -> dict[str, Any]:
    about = feature["properties"]
    kept = {"code": about["code"], "name": about["name"], "rgb": fill.rgb, "tip": _tip(about["name"], fill)}
    return {**feature, "properties": kept}


def _area_label(about: Mapping[str, Any], fill: Fill, frame: Frame) -> Label:
    lines = () if fill.quiet else fill.lines or (fill.sign,)
    shown = lines[:1] if frame.narrow else lines
    lon, lat = about["label"]
    return Label(lon, lat, "\n".join((about["name"], *(line for line in shown if line))), code=about["code"])


def _town_label(each: Town, frame: Frame) -> Label:
    """The name, and its shape once: after the name where there is room for no more."""
    if each.fill.lines and not frame.narrow:
        return Label(each.lon, each.lat, "\n".join((each.name, *each.fill.lines)), each.code)
    return Label(each.lon, each.lat, f"{each.name} {each.fill.shape or each.fill.word}".strip(), each.code)


def _areas(painted: list[dict[str, Any]], selected: str | None, colors: Palette, *, pickable: bool = True) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        id=_fresh("areas", selected),
        data={"type": "FeatureCollection", "features": painted},
        pickable=pickable,
        auto_highlight=pickable and len(painted) <= MANY,
        highlight_color=[255, 255, 255, 70],
        stroked=True,
        filled=True,
        # Without a graphics card, picking the borders takes longer than a click lasts, and the click is lost.
        _subLayerProps={"polygons-stroke": {"pickable": False}},
        get_fill_color="properties.rgb",
        get_line_color=rgb(colors.paper),
        get_line_width=1.5,
        line_width_units=String("pixels"),
    )


def _fresh(layer: str, selected: str | None) -> str:
    """A layer's id, new with each selection: the page has taken the click, so the browser lets go of its own mark.

    Streamlit pales everything but the clicked object for as long as that object's layer is there.
    """
    return f"{layer}-{selected}" if selected else layer


def _chosen(painted: list[dict[str, Any]], colors: Palette) -> pdk.Layer:
    """The selected area once more, on top: its dark border would else be half hidden under its neighbours' white."""
    return pdk.Layer(
        "GeoJsonLayer",
        id="chosen",
        data={"type": "FeatureCollection", "features": painted},
        pickable=False,
        stroked=True,
        filled=False,
        get_line_color=rgb(colors.text),
        get_line_width=4,
        line_width_units=String("pixels"),
        line_joint_rounded=True,
    )


def _points(towns: Sequence[Town], selected: str | None, frame: Frame, colors: Palette) -> pdk.Layer:
    drawn = [
        {"code": each.code, "at": [each.lon, each.lat], "rgb": each.fill.rgb, "tip": _tip(each.name, each.fill)}
        | {"edge": rgb(colors.text if each.code == selected else colors.paper)}
        for each in towns
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        id=_fresh("towns", selected),
        data=drawn,
        pickable=True,
        auto_highlight=True,
        stroked=True,
        filled=True,
        get_position="at",
        get_fill_color="rgb",
        get_line_color="edge",
        get_radius=POINT - 2 if frame.narrow else POINT,
        radius_units=String("pixels"),
        get_line_width=2.5,
        line_width_units=String("pixels"),
    )


def _letters(frame: Frame) -> int:
    """The letters' size in pixels."""
    return 11 if frame.narrow else 13


def _labels(
    labels: Sequence[Label], places: Sequence[tuple[float, float]], plates: Sequence[RGB], view: View, frame: Frame,
    selected: str | None, colors: Palette, *, points: bool = False,
) -> list[pdk.Layer]:  # fmt: skip
    """The words, and thin lines to the place they speak of where they had to step aside for one another."""
    size = _letters(frame)
    data, leaders = [], []
    for label, plate, (x, y) in zip(labels, plates, places, strict=True):
        at, box = coordinate(x, y, view, frame), Box(x, y, *extent(label.text, size))
        edge = rgb(colors.text if label.code == selected else colors.paper)
        data.append({"at": at, "text": label.text, "plate": plate, "ink": ink(plate), "edge": edge})
        home = pixel(label.lon, label.lat, view, frame)
        if led(box, home) if points else not box.over(*home, 0, 0):
            leaders.append({"from": [label.lon, label.lat], "to": at})
    return [_leaders(leaders, colors), _words(data, size)]


def ink(ground: RGB) -> RGB:
    """The letters' colour on a ground: white on the dark colours, near-black on the others, by their luminance."""
    red, green, blue = ground
    return rgb(looks.WHITE if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 else looks.INK)


def pale(colors: Palette) -> RGB:
    """The colour of ground that is there and of which nothing is told: between the paper and the greys."""
    return _between(colors.paper, colors.line)


def _between(one: str, other: str) -> RGB:
    red, green, blue = ((a + b) // 2 for a, b in zip(rgb(one), rgb(other), strict=True))
    return red, green, blue


def _leaders(lines: list[dict[str, Any]], colors: Palette) -> pdk.Layer:
    return pdk.Layer(
        "LineLayer",
        id="leaders",
        data=lines,
        pickable=False,
        get_source_position="from",
        get_target_position="to",
        get_color=rgb(colors.text),
        get_width=1.5,
    )


def _words(data: list[dict[str, Any]], size: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id="words",
        data=data,
        pickable=False,
        get_position="at",
        get_text="text",
        get_size=size,
        get_color="ink",
        get_text_anchor=String("middle"),
        get_alignment_baseline=String("center"),
        line_height=LINE,
        character_set=String("auto"),
        font_family=String(FONT),
        font_weight=600,
        background=True,
        get_background_color="plate",
        get_border_color="edge",
        get_border_width=1.5,
        background_padding=[4, 2, 4, 2],
        background_border_radius=4,
    )


def _deck(layers: list[pdk.Layer], view: View, frame: Frame) -> Deck:
    """No map_style: with any value, even None, the front end would ask a tile server outside."""
    moves = {"dragRotate": False, "touchRotate": False, "scrollZoom": not frame.narrow, "dragPan": not frame.narrow}
    return Deck(
        layers=layers,
        map_provider=None,
        views=[pdk.View(type="MapView", controller=moves)],
        initial_view_state=pdk.ViewState(longitude=view.lon, latitude=view.lat, zoom=view.zoom, pitch=0, bearing=0),
        tooltip={"text": "{tip}", "style": TIP_STYLE},
    )
