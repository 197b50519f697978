"""Which layer the map shows: the kind, then the choice within it, both in the address (``?layer=part.cross``).

The layer that a viewer chose is remembered: going from a city to its counties keeps it where it exists there, and coming
back shows it again. A 情景 shows under names who would gain by it, so that it asks for a reason as 权重测算 does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from components.explore import naming, unknown
from components.geo.measures import Shared, scenario_number
from components.text import escape
from data.looks import LIGHT, Palette
from data.maps.layers import (
    CHANGE,
    GRADE,
    ITEM,
    PART,
    Kind,
    Measures,
    Painted,
    kinds,
    layer_ids,
    painted,
)
from data.maps.layers.items import APART
from data.maps.layers.painting import lead
from data.maps.spots import Spot
from data.state import State

ADDRESS = "layer"
_WISHED, _NAME, _TOLD = "map-layer", "map-layer-name", "map-layer-told"
_KIND, _CHOICE, _ROW, _WAY = "map-layer-kind", "map-layer-choice", "map-layer-row", "map-layer-way"
_LAST_OF = "map-layer-of-"


@dataclass(frozen=True)
class Chosen:
    """The layer that is shown: its id, its name, and what costs to work out. ``offered``: every kind there is."""

    layer: str
    name: str
    offered: tuple[Kind, ...] = ()
    measures: Measures = field(default_factory=Shared)

    @property
    def about(self) -> str:
        """What the figures of a layer are of, in short, where they are no whole result: 日常工作, 第14项."""
        kind, *rest = self.layer.split(".")
        return {PART: self.name, ITEM: f"第{rest[0]}项"}.get(kind, "") if rest else ""

    def painted(self, spots: Iterable[Spot], colors: Palette = LIGHT, group: str = "") -> Painted:
        """The map's colours, its legend and its note."""
        return painted(self.layer, spots, colors, group, self.measures)


def choose(state: State, states: Sequence[State], spots: Sequence[Spot], group: str = "") -> Chosen:
    """Draw the controls and say which layer is shown; nothing is drawn where no place has a result.

    ``state`` is the chosen assessment and the first of ``states``; ``group`` the one that is coloured.
    """
    measures = Shared()
    offered = kinds(spots, states, measures, group)
    if not offered:
        return Chosen(GRADE, "", (), measures)
    known = layer_ids(offered)
    wished = _wished(known)
    layer = wished if wished in known else next(iter(known))
    _tell_unfit(wished, layer, known)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map-layers"):
        _kind_box(offered, layer)
        _choice_boxes(offered, layer)
    shown = _allowed(lead(spots, group) or state, layer, known)
    _keep(layer, known)
    return Chosen(shown, known[shown], offered, measures)


def _wished(known: dict[str, str]) -> str:
    """What a link asks for, when one was opened; else what this viewer chose last."""
    asked = st.query_params.get(ADDRESS, "")
    if asked and asked != st.session_state.get(_TOLD):
        asked = f"{PART}.{asked}" if f"{PART}.{asked}" in known else asked  # links from before had the 考核方式 alone
        st.session_state[_WISHED] = asked
        st.session_state.pop(_NAME, None)
        unknown.remember(ADDRESS, "" if asked in known else asked)
    return str(st.session_state.get(_WISHED) or next(iter(known)))


def _tell_unfit(wished: str, layer: str, known: dict[str, str]) -> None:
    """That what is wished for is not to be had here, in a plain word."""
    if wished == layer:
        unknown.forget(ADDRESS)
        return
    if unknown.asked_in_vain(ADDRESS):
        unknown.tell(ADDRESS, "图层{}在这里没有", f"“{known[layer]}”")
    else:
        name = st.session_state.get(_NAME, wished)
        st.caption(escape(f"这一级没有“{name}”图层，现显示“{known[layer]}”；回到有该图层的一级时仍显示“{name}”。"))


def _keep(layer: str, known: dict[str, str]) -> None:
    """The address holds what is shown; what the viewer wished for is kept beside it."""
    if st.session_state.get(_WISHED) in (None, layer):
        st.session_state[_WISHED], st.session_state[_NAME] = layer, known[layer]
    st.session_state[_TOLD] = layer
    if st.query_params.get(ADDRESS) != layer:
        st.query_params[ADDRESS] = layer


def _wish(layer: str) -> None:
    """The viewer chose a layer: remembered, also as the last of its kind."""
    st.session_state[_WISHED] = st.session_state[_TOLD] = layer
    st.session_state[_LAST_OF + kind_of(layer)] = layer
    st.session_state.pop(_NAME, None)
    st.query_params[ADDRESS] = layer
    unknown.forget(ADDRESS)


def kind_of(layer: str) -> str:
    """The kind of a layer: ``part`` of ``part.cross``."""
    return layer.partition(".")[0]


def _kind_box(offered: Sequence[Kind], layer: str) -> None:
    names = {kind.id: kind.name for kind in offered}
    if len(names) == 1 and len(offered[0].choices) == 1:
        return
    st.session_state[_KIND] = kind_of(layer)
    st.pills(
        "图层", list(names), format_func=names.__getitem__, key=_KIND, required=True, label_visibility="collapsed",
        on_change=_kind_chosen, args=(offered,),
    )  # fmt: skip


def _kind_chosen(offered: Sequence[Kind]) -> None:
    kind = next((one for one in offered if one.id == st.session_state.get(_KIND)), offered[0])
    last = str(st.session_state.get(_LAST_OF + kind.id, ""))
    _wish(last if last in kind.choices else next(iter(kind.choices)))


def _choice_boxes(offered: Sequence[Kind], layer: str) -> None:
    """The choice within a kind: a list to search; of an indicator also the 考核方式."""
    kind = next(one for one in offered if one.id == kind_of(layer))
    if kind.id == ITEM:
        _item_boxes(kind, layer)
    elif len(kind.choices) > 1 or kind.id == CHANGE:
        st.session_state[_CHOICE] = layer
        st.selectbox(
            kind.name, list(kind.choices), format_func=kind.choices.__getitem__, key=_CHOICE, width=280,
            label_visibility="collapsed", on_change=lambda: _wish(str(st.session_state[_CHOICE])),
        )  # fmt: skip


def _item_boxes(kind: Kind, layer: str) -> None:
    """An indicator by number and name, then in which 考核方式 where several mark it."""
    ways = _ways(kind)
    row, way = _split(layer)
    st.session_state[_ROW] = row
    st.selectbox(
        kind.name, list(ways), format_func=lambda each: _row_name(next(iter(ways[each].values()))), key=_ROW, width=330,
        label_visibility="collapsed", on_change=lambda: _item_chosen(ways, str(st.session_state[_ROW]), way),
        help="可输入序号或名称查找",
    )  # fmt: skip
    if len(ways[row]) > 1:
        st.session_state[_WAY] = way
        st.selectbox(
            "考核方式", list(ways[row]), format_func=lambda each: _way_name(ways[row][each]), key=_WAY, width=150,
            label_visibility="collapsed", on_change=lambda: _item_chosen(ways, row, str(st.session_state[_WAY])),
        )  # fmt: skip


def _item_chosen(ways: dict[str, dict[str, str]], row: str, way: str) -> None:
    """The same 考核方式 is kept where it marks the indicator."""
    _wish(f"{ITEM}.{row}.{way if way in ways[row] else next(iter(ways[row]))}")


def _ways(kind: Kind) -> dict[str, dict[str, str]]:
    """Number of an indicator → 考核方式 → the layer's name."""
    found: dict[str, dict[str, str]] = {}
    for each, name in kind.choices.items():
        row, way = _split(each)
        found.setdefault(row, {})[way] = name
    return found


def _split(layer: str) -> tuple[str, str]:
    _, row, way = layer.split(".", 2)
    return row, way


def _row_name(name: str) -> str:
    """The indicator without the 考核方式."""
    return name.rpartition(APART)[0] or name


def _way_name(name: str) -> str:
    return name.rpartition(APART)[2]


def _allowed(state: State, layer: str, known: dict[str, str]) -> str:
    """The layer itself, or the first where it is a 情景 and nobody has said why names must be seen with it."""
    kind, _, choice = layer.partition(".")
    if kind != CHANGE or scenario_number(choice) is None or not asks(state):
        return layer
    first = next(iter(known))
    with st.container(border=True, gap="small", key="map-layer-ask"):
        st.markdown(
            f"已有评分，而地图必须写出名称：看情景下谁的等次会变，须先说明理由。说明理由前不画该图层，现显示“{escape(known[first])}”。"
        )
        naming.names_button(state)
    return first


def asks(state: State) -> bool:
    """Whether a 情景 under names must be asked for: scores are in, and this viewer has given no reason yet."""
    return any(result.score is not None for result in state.results.units) and not naming.named(state)
