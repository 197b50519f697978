"""A scene drawn with WebGL: a pydeck deck without tiles, styles or fonts from outside, and a click's code out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.types import String

from data.maps import paint
from data.maps.scene import Scene, Thing
from data.maps.view import LINE, POINT, Frame

FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
MANY = 12  # areas; with more, lighting one up under the pointer redraws too much for a machine without a graphics card
TIP_STYLE = {"backgroundColor": "#1B2733", "color": "#FFFFFF", "fontSize": "14px", "borderRadius": "6px"}


class Deck(pdk.Deck):
    """A deck that writes its JSON once and without blanks: Streamlit asks for it at every rerun."""

    _written: str | None = None

    def to_json(self) -> str:
        if self._written is None:
            self._written = json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))
        return self._written


def deck(scene: Scene) -> Deck:
    """The scene as a deck. No map_style: with any value, even None, the front end would ask a tile server outside."""
    layers = [*_ground(scene), *([] if scene.points else [_areas(scene)]), *_chosen(scene), *_words(scene)]
    if scene.points:
        layers.append(_points(scene))
    view, narrow = scene.view, scene.frame.narrow
    moves = {"dragRotate": False, "touchRotate": False, "scrollZoom": not narrow, "dragPan": not narrow}
    return Deck(
        layers=layers,
        map_provider=None,
        views=[pdk.View(type="MapView", controller=moves)],
        initial_view_state=pdk.ViewState(longitude=view.lon, latitude=view.lat, zoom=view.zoom, pitch=0, bearing=0),
        tooltip={"text": "{tip}", "style": TIP_STYLE},
    )


def show(drawn: Deck, *, key: str, alt: str, frame: Frame, on_select: Callable[[], None] | None = None) -> str | None:
    """Draw the deck; the code that is selected by a click, or None. ``alt`` is for those who cannot see it."""
    event = st.pydeck_chart(
        drawn, height=frame.height, key=key, alt=alt, on_select=on_select or "rerun", selection_mode="single-object"
    )
    return picked(event)


def picked(event: Any) -> str | None:
    """The code of the area or town that was clicked, out of what ``st.pydeck_chart`` or its state returns."""
    found = event["selection"]["objects"].values() if event else ()
    clicked = next((each for objects in found for each in objects), None)
    return None if clicked is None else str(clicked.get("properties", clicked)["code"])


def _feature(thing: Thing) -> dict[str, Any]:
    about = {"code": thing.code, "name": thing.name, "rgb": thing.fill.rgb, "tip": thing.tip}
    return {"type": "Feature", "properties": about, "geometry": thing.geometry}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _ground(scene: Scene) -> list[pdk.Layer]:
    if not scene.ground:
        return []
    features = [{"type": "Feature", "properties": {}, "geometry": each} for each in scene.ground]
    return [
        pdk.Layer(
            "GeoJsonLayer",
            id="ground",
            data=_collection(features),
            pickable=False,
            stroked=True,
            filled=True,
            get_fill_color=paint.pale(scene.colors),
            get_line_color=paint.rgb(scene.colors.paper),
            get_line_width=1.5,
            line_width_units=String("pixels"),
        )
    ]


def _areas(scene: Scene) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        id=_fresh("areas", scene.selected),
        data=_collection([_feature(thing) for thing in scene.things]),
        pickable=True,
        auto_highlight=len(scene.things) <= MANY,
        highlight_color=[255, 255, 255, 70],
        stroked=True,
        filled=True,
        # Without a graphics card, picking the borders takes longer than a click lasts, and the click is lost.
        _subLayerProps={"polygons-stroke": {"pickable": False}},
        get_fill_color="properties.rgb",
        get_line_color=paint.rgb(scene.colors.paper),
        get_line_width=1.5,
        line_width_units=String("pixels"),
    )


def _fresh(layer: str, selected: str | None) -> str:
    """A layer's id, new with each selection: the page has taken the click, so the browser lets go of its own mark.

    Streamlit pales everything but the clicked object for as long as that object's layer is there.
    """
    return f"{layer}-{selected}" if selected else layer


def _chosen(scene: Scene) -> list[pdk.Layer]:
    """The selected area once more, on top: its dark border would else be half hidden under its neighbours' white."""
    chosen = [_feature(thing) for thing in scene.things if thing.code == scene.selected and thing.geometry]
    if not chosen:
        return []
    return [
        pdk.Layer(
            "GeoJsonLayer",
            id="chosen",
            data=_collection(chosen),
            pickable=False,
            stroked=True,
            filled=False,
            get_line_color=paint.rgb(scene.colors.text),
            get_line_width=4,
            line_width_units=String("pixels"),
            line_joint_rounded=True,
        )
    ]


def _points(scene: Scene) -> pdk.Layer:
    edges = {True: paint.rgb(scene.colors.text), False: paint.rgb(scene.colors.paper)}
    drawn = [
        {"code": each.code, "at": [each.lon, each.lat], "rgb": each.fill.rgb, "tip": each.tip}
        | {"edge": edges[each.code == scene.selected]}
        for each in scene.things
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        id=_fresh("towns", scene.selected),
        data=drawn,
        pickable=True,
        auto_highlight=True,
        stroked=True,
        filled=True,
        get_position="at",
        get_fill_color="rgb",
        get_line_color="edge",
        get_radius=POINT - 2 if scene.frame.narrow else POINT,
        radius_units=String("pixels"),
        get_line_width=2.5,
        line_width_units=String("pixels"),
    )


def _words(scene: Scene) -> list[pdk.Layer]:
    """The words, and thin lines to the place they speak of where they had to step aside for one another."""
    edges = {True: paint.rgb(scene.colors.text), False: paint.rgb(scene.colors.paper)}
    home = {thing.code: [thing.lon, thing.lat] for thing in scene.things}
    leaders = [{"from": home[word.code], "to": scene.at(word)} for word in scene.words if word.leader]
    data = [
        {"at": scene.at(word), "text": word.text, "plate": word.plate, "ink": word.ink}
        | {"edge": edges[word.code == scene.selected]}
        for word in scene.words
    ]
    return [
        pdk.Layer(
            "LineLayer",
            id="leaders",
            data=leaders,
            pickable=False,
            get_source_position="from",
            get_target_position="to",
            get_color=paint.rgb(scene.colors.text),
            get_width=1.5,
        ),
        pdk.Layer(
            "TextLayer",
            id="words",
            data=data,
            pickable=False,
            get_position="at",
            get_text="text",
            get_size=scene.letters,
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
        ),
    ]
