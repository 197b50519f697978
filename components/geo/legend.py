"""Beneath the map: each colour as it is drawn with its shape and word in it, whose figures these are, and the source."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from components.text import escape
from data import regions
from data.maps import paint
from data.maps import spots as map_spots
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.state import State

_WHOLE = "\u2060"
"""A word joiner: a plate is not torn at the end of a line."""


def draw(fills: Iterable[Fill], note: str = "") -> None:
    """The legend of a layer, and its note in a line of its own."""
    with st.container(horizontal=True, gap="small", key="legend"):
        for fill in fills:
            st.markdown(plate(fill), width="content")
    if note:
        st.caption(escape(note))


def plate(fill: Fill) -> str:
    """A fill's sign on its colour, as Markdown."""
    ink, ground = (bytes(rgb).hex() for rgb in (paint.ink(fill.rgb), fill.rgb))
    unbroken = _WHOLE.join(fill.sign.replace(" ", "\u00a0"))
    return f':color[\u00a0{escape(unbroken)}\u00a0]{{foreground="#{ink}" background="#{ground}"}}'


def whose(spots: tuple[Spot, ...], state: State) -> None:
    """Whose figures are drawn: with the towns' assessment chosen, the counties' figures are still their own."""
    told = []
    for each in map_spots.sources(spots, state):
        name = f"**{escape(each.assessment.name.removesuffix('（示例数据）'))}**"
        demo = " :orange-badge[示例数据]" if each.assessment.demo else ""
        other = "（不是所选的年度考核）" if each.assessment.id != state.assessment.id else ""
        told.append(f"{name}{demo}{other}")
    if told:
        st.markdown(f"数据取自：{'；'.join(told)}")


def sources(own: str = "") -> None:
    """Where the drawn shapes come from: the package's line always, an office's own beneath it."""
    st.caption(f"示意图。{regions.SOURCE_LINE}")
    if own:
        st.caption(escape(own))
