"""A scene drawn with WebGL: a pydeck deck without tiles, styles or fonts from outside, and a click's code out of it.

Streamlit asks for the deck's JSON at every rerun and sends it whole. So it is put together as text, out of geometries
that have been written before, without blanks; the same scene makes the same text, which the browser then need not read
again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pydeck as pdk
import streamlit as st

from components.geo.deck_layers import layers
from data.maps.scene import Scene

TIP_STYLE = {"backgroundColor": "#1B2733", "color": "#FFFFFF", "fontSize": "14px", "borderRadius": "6px"}
OUT, IN = 1.5, 6  # how many zoom levels a hand may go out and in from where the whole place is seen


class Deck(pdk.Deck):
    """A deck whose JSON is written already. It takes nothing of pydeck's own but the tip."""

    def __init__(self, written: str) -> None:
        super().__init__(map_provider=None, tooltip={"text": "{tip}", "style": TIP_STYLE})
        self._written = written

    def to_json(self) -> str:
        return self._written


def deck(scene: Scene) -> Deck:
    """The scene as a deck. No mapStyle: with any value, even null, the front end would ask a tile server outside."""
    view, narrow = scene.view, scene.frame.narrow
    moves = {"dragRotate": False, "touchRotate": False, "scrollZoom": not narrow, "dragPan": not narrow}
    around = {"longitude": round(view.lon, 6), "latitude": round(view.lat, 6), "zoom": round(view.zoom, 4)}
    limits = {"minZoom": round(view.zoom - OUT, 4), "maxZoom": round(view.zoom + IN, 4)}
    about = {
        "initialViewState": around | limits | {"pitch": 0, "bearing": 0},
        "views": [{"@@type": "MapView", "controller": moves}],
        "mapStyle": "__MAP_STYLE__",  # the word for "none was given"
    }
    return Deck(f'{json.dumps(about, separators=(",", ":"))[:-1]},"layers":[{",".join(layers(scene))}]}}')


def show(scene: Scene, *, key: str, alt: str, on_select: Callable[[str], None]) -> None:
    """Draw the scene. A click on a place calls ``on_select`` with its code before the script runs again.

    ``alt`` is for those who cannot see it.
    """
    st.pydeck_chart(
        deck(scene),
        height=scene.frame.height,
        key=key,
        alt=alt,
        on_select=lambda: _take(key, on_select),
        selection_mode="single-object",
    )


def picked(event: Any) -> str | None:
    """The code of the area or town that was clicked, out of what ``st.pydeck_chart`` or its state returns."""
    found = event["selection"]["objects"].values() if event else ()
    clicked = next((each for objects in found for each in objects), None)
    return None if clicked is None else str(clicked.get("properties", clicked)["code"])


def _take(key: str, on_select: Callable[[str], None]) -> None:
    code = picked(st.session_state.get(key))
    if code is not None:
        on_select(code)
