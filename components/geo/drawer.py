"""The drawer at the right of the map: one unit in a minute, without leaving the map. On a phone it fills the screen.

上一个 and 下一个 follow the list's order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components import links
from components.geo import address, drawer_parts, place_list
from components.text import escape
from data import regions
from data.maps import beneath
from data.maps.layers import Measures
from data.maps.spots import Spot
from data.regions import Place

Neighbours = Callable[[Spot], tuple[str, ...]]
Beneath = Callable[[Spot], tuple[Spot, ...]]
WIDTH = 470  # pixels at first; the viewer may drag its edge


def show(here: Place, spots: Sequence[Spot], group: str, near: Neighbours, under: Beneath, measures: Measures) -> None:
    """The drawer on the place that is open; nothing is drawn while none is.

    ``near`` gives the codes a place borders on, ``under`` the places beneath it. A unit of another ``group`` than the
    coloured one is told among its own.
    """
    by_code = {spot.place.code: spot for spot in spots}
    first = address.drawer(by_code)
    if first is None:
        return
    ordered = place_list.in_order(spots, group)
    if first not in ordered and first.result is not None:
        ordered = place_list.in_order(spots, first.result.group)

    @st.dialog(escape(first.place.name), width=WIDTH, position="right", on_dismiss=address.close)
    def drawer() -> None:
        spot = address.drawer(by_code)
        if spot is not first:
            st.rerun()  # another is told of now: the title is its name, and the map marks it
        if spot is not None:
            _draw(spot, ordered, near, under, measures)

    drawer()


def _draw(spot: Spot, ordered: Sequence[Spot], near: Neighbours, under: Beneath, measures: Measures) -> None:
    _steps(ordered, ordered.index(spot))
    drawer_parts.head(spot)
    below = under(spot)
    _ways_on(spot, below)
    if spot.result is not None and spot.state is not None:
        drawer_parts.reasons(spot, measures)
        drawer_parts.parts(spot)
        drawer_parts.against(spot, ordered, near(spot))
    if told := beneath.sentence(below):
        drawer_parts.towns(told)


def _steps(ordered: Sequence[Spot], at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        _step("上一个", ":material/chevron_left:", ordered[at - 1] if at else None)
        st.caption(f"{at + 1}/{len(ordered)}", width="content")
        _step("下一个", ":material/chevron_right:", ordered[at + 1] if at + 1 < len(ordered) else None)


def _step(label: str, icon: str, to: Spot | None) -> None:
    st.button(label, icon=icon, key=f"drawer-{label}", disabled=to is None, on_click=address.open_drawer,
              args=[to.place.code if to else ""],
              help=to.place.name if to else None)  # fmt: skip


def _ways_on(spot: Spot, below: Sequence[Spot]) -> None:
    """To every mark of the unit, and down to the places beneath it."""
    with st.container(horizontal=True, gap="small"):
        to_unit = spot.result is not None and st.button(
            "查看分项情况", type="primary", icon=":material/fact_check:", key="drawer-unit"
        )
        if to_unit and spot.result is not None and spot.state is not None:
            address.close()
            links.open_unit(spot.state, spot.result.unit)
        if below and regions.children(spot.place.code):
            label = f"看{beneath.kind(below)}" if below[0].place.level == "town" else f"看{spot.place.name}"
            if st.button(label, icon=":material/zoom_in:", key="drawer-down"):
                address.look_at(spot.place.code)
                st.rerun()
