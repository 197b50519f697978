"""Beneath the map: each colour as it is drawn with its shape and word in it, whose figures these are, and the source."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from components import session
from components.text import escape
from data import regions
from data.maps import paint
from data.maps import spots as map_spots
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.state import State

_WHOLE = "\u2060"
"""A word joiner: a plate is not torn at the end of a line."""


def draw(fills: Iterable[Fill]) -> None:
    """Each colour of a layer with its sign in it."""
    with st.container(horizontal=True, gap="small", key="legend"):
        for fill in fills:
            st.markdown(plate(fill), width="content")


def plate(fill: Fill) -> str:
    """A fill's sign on its colour, as Markdown."""
    ink, ground = (bytes(rgb).hex() for rgb in (paint.ink(fill.rgb), fill.rgb))
    unbroken = _WHOLE.join(fill.sign.replace(" ", "\u00a0"))
    return f':color[\u00a0{escape(unbroken)}\u00a0]{{foreground="#{ink}" background="#{ground}"}}'


def whose(spots: tuple[Spot, ...], state: State) -> None:
    """Whose figures are drawn: with the towns' assessment chosen, the counties' figures are still their own."""
    told = []
    for each in map_spots.sources(spots, state):
        demo = " :orange-badge[示例数据]" if each.assessment.demo else ""
        told.append(f"**\u2060{escape(_name(each))}\u2060**{demo}{_other(each, state)}")
    if told:
        st.markdown(f"数据取自：{'；'.join(told)}")


def notes(spots: tuple[Spot, ...], state: State, layer_note: str, own: str) -> tuple[str, ...]:
    """The same in plain words for an exported map, with the version, the layer's note and the office's own source."""
    told = [
        f"{_name(each)}{'（示例数据）' if each.assessment.demo else ''}{_other(each, state)}，第{each.version}版"
        for each in map_spots.sources(spots, state)
    ]
    made = f"{session.now():%Y年%-m月%-d日 %H:%M}制图。"
    return tuple(filter(None, (f"数据取自：{'；'.join(told)}。" if told else "", layer_note, own, made)))


def _name(state: State) -> str:
    return state.assessment.name.removesuffix("（示例数据）")


def _other(drawn: State, state: State) -> str:
    return "（不是所选的年度考核）" if drawn.assessment.id != state.assessment.id else ""


def sources(note: str, own: str = "") -> None:
    """What the layer shows, and where the drawn shapes come from: the package's line always, an office's own beneath it."""
    if note:
        st.caption(escape(note))
    st.caption(f"示意图。{regions.SOURCE_LINE}")
    if own:
        st.caption(escape(own))
