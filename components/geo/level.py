"""How deep the map of a place goes and in which form it is drawn, both in the address (?depth=county&form=tiles)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.geo import address
from data.maps import build
from data.maps import spots as map_spots
from data.maps.spots import Spot
from data.regions import Place
from data.state import State

_DEPTH, _FORM = "map-depth", "map-form"
FORMS = {"": "地图", build.TILES: "方格图"}


def asked_depth(here: Place, states: Sequence[State], home: Place) -> str:
    """The depth in the address, where the place has it; at home where the assessment has its units; the next level else."""
    usual = map_spots.usual_depth(here, states) if here == home else ""
    asked = st.query_params.get(address.DEPTH, usual)
    return asked if asked and asked in map_spots.depths(here, states) else ""


def choose(here: Place, states: Sequence[State], depth: str, spots: Sequence[Spot]) -> str:
    """The controls, where there is a choice; the form that is chosen."""
    offered = map_spots.depths(here, states)
    forms = FORMS if build.tiles(here, [spot.place for spot in spots], depth) else {"": FORMS[""]}
    asked = st.query_params.get(address.FORM, "")
    form = asked if asked in forms else ""
    if len(offered) < 2 and len(forms) < 2:
        return form
    with st.container(horizontal=True, gap="medium", width="content", key="map-levels"):
        if len(offered) > 1:
            st.session_state[_DEPTH] = depth
            st.segmented_control(
                "层级", list(offered), format_func=offered.__getitem__, key=_DEPTH, required=True,
                label_visibility="collapsed", on_change=_go_deep,
            )  # fmt: skip
        if len(forms) > 1:
            st.session_state[_FORM] = form
            st.segmented_control(
                "形式", list(forms), format_func=forms.__getitem__, key=_FORM, required=True,
                label_visibility="collapsed", on_change=_take_form,
            )  # fmt: skip
    return form


def _go_deep() -> None:
    address.go_deep(st.session_state.get(_DEPTH) or address.NEXT)


def _take_form() -> None:
    address.keep(address.FORM, st.session_state.get(_FORM) or "")
