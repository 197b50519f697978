"""What the address bar holds of 地图: ?place=440781&depth=town&form=tiles&sel=440781115. A link with it shows the same map.

Each change is a step in the browser's history, so that Back leads to the map that was seen before.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data import regions
from data.maps.spots import Spot
from data.regions import Place, UnknownPlaceError

PLACE, DEPTH, FORM, SELECTED = "place", "depth", "form", "sel"
NEXT = "next"
"""Said in the address, since an assessment of 镇（街） begins with these."""
_OPEN, _TURN = "map-drawer", "map-turn"
"""In the session, not in the address: a link shows where a place lies, and a drawer would lie over just that."""


def asked_place(home: Place) -> Place:
    """The place in the address; a town's county for a town; home where there is none, and where there is none such."""
    try:
        wanted = regions.place(st.query_params.get(PLACE, home.code))
    except UnknownPlaceError as error:
        st.warning(f"{error}现显示{home.name}。", icon=":material/wrong_location:")
        return home
    return regions.place(wanted.parent) if wanted.level == "town" and wanted.parent else wanted


def look_at(code: str) -> None:
    """Go to another place, with nothing selected there, as deep as usual."""
    for name in (SELECTED, DEPTH):
        st.query_params.pop(name, None)
    st.query_params[PLACE] = code
    close()


def go_deep(depth: str) -> None:
    """Show another depth of the same place; ``NEXT`` is the next level."""
    st.query_params.pop(SELECTED, None)
    close()
    st.query_params[DEPTH] = depth


def keep(name: str, value: str) -> None:
    """Write a parameter, or take it out where it says nothing."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def selected(spots: Mapping[str, Spot]) -> str | None:
    """The code in the address, where it is one of the places shown."""
    code = st.query_params.get(SELECTED, "")
    return code if code in spots else None


def take(spot: Spot | None) -> None:
    """A click on a place, on the map or in the list: what has something to tell is selected and opened, else one goes down."""
    if spot is None:
        return
    st.session_state[_TURN] = turn() + 1
    if leads_down(spot):
        look_at(spot.place.code)
    else:
        open_drawer(spot.place.code)


def turn() -> int:
    """How many clicks this viewer's maps have taken."""
    return int(st.session_state.get(_TURN, 0))


def leads_down(spot: Spot) -> bool:
    """Whether a click leads to the places beneath: nothing is told of the place itself."""
    return spot.result is None and not spot.note and bool(regions.children(spot.place.code))


def open_drawer(code: str) -> None:
    """Select a place and open the drawer on it."""
    st.query_params[SELECTED] = code
    st.session_state[_OPEN] = code


def close() -> None:
    """The drawer is closed; what is selected stays."""
    st.session_state.pop(_OPEN, None)


def drawer(spots: Mapping[str, Spot]) -> Spot | None:
    """The place that the drawer is open on, if it is among those shown."""
    return spots.get(st.session_state.get(_OPEN, ""))
