"""What 等次稳定性 shows, kept in the address: the group (?of=), the unit (?u=), the level (?level=), the order (?order=).

While names are hidden the address holds the alias: a real name in a link would tell whose alias it is, and is told to be
unknown, whether or not there is a unit of that name.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.explore import naming, unknown
from components.explore.address import LEVEL_IN_ADDRESS, keep
from components.explore.firmness_loading import Firm
from data.state import State
from scoring.firmness.verdicts import softest_first
from scoring.trial import Level

UNIT_IN_ADDRESS, ORDER_IN_ADDRESS = "u", "order"
UNIT, LEVEL, ORDER = "firmness-unit", "firmness-level", "firmness-order"
SOFTEST, NEAREST, LISTED = "最不稳的在前", "离升等次最近的在前", "按列表顺序"
ORDERS = {SOFTEST: "", NEAREST: "nearest", LISTED: "list"}
"""Each order and how the address writes it; the first, which is shown unasked, not at all."""
_TABS = 4
"""More levels than this are a list to choose from."""


def first(firm: Firm, names: Mapping[str, str]) -> str:
    """The unit that is shown unasked: the softest, of those with a score where nothing has a grade."""
    if firm.judged:
        return softest_first([firm.of(unit) for unit in names])[0].told.unit
    return next((unit for unit in names if firm.state.results.of(unit).score is not None), next(iter(names)))


def unit_of(names: Mapping[str, str], first: str) -> str:
    """The chosen unit: the viewer's, else the address's by what it is called here, else ``first``."""
    if st.session_state.get(UNIT) not in names:
        called, asked = {name: unit for unit, name in names.items()}, st.query_params.get(UNIT_IN_ADDRESS, "")
        if UNIT not in st.session_state:  # else it is the address of the group that the viewer comes from
            unknown.remember(UNIT_IN_ADDRESS, "" if asked in called else asked)
        st.session_state[UNIT] = called.get(asked, first)
    return str(st.session_state[UNIT])


def tell_unit(state: State, names: Mapping[str, str], unit: str) -> None:
    """That a link asks for a unit that is not called so here, where one does."""
    if unknown.asked_in_vain(UNIT_IN_ADDRESS) in names.values():
        unknown.forget(UNIT_IN_ADDRESS)  # its name has been shown since
    told = "对象{}不在本组" if naming.named(state) else "对象{}不是本组所列的名称（名称已隐去）"
    unknown.tell(UNIT_IN_ADDRESS, told, names[unit])


def choose_unit(names: Mapping[str, str], label: str) -> str:
    """The list to choose a unit from."""
    st.selectbox(
        label, list(names), format_func=names.__getitem__, key=UNIT, width=260,
        on_change=unknown.forget, args=(UNIT_IN_ADDRESS,),
    )  # fmt: skip
    return str(st.session_state[UNIT])


def take_unit(unit: str) -> None:
    """Choose a unit otherwise than from the list, for a callback."""
    st.session_state[UNIT] = unit
    unknown.forget(UNIT_IN_ADDRESS)


def choose_level(known: Mapping[str, Level]) -> Level:
    """The level of weights, with a way to the others where there are any."""
    if st.session_state.get(LEVEL) not in known:
        asked = st.query_params.get(LEVEL_IN_ADDRESS, "")
        if LEVEL not in st.session_state:
            unknown.remember(LEVEL_IN_ADDRESS, "" if asked in known else asked)
        st.session_state[LEVEL] = asked if asked in known else next(iter(known))
    if len(known) > _TABS:
        st.selectbox(
            "权重的层次", list(known), format_func=lambda key: known[key].name, key=LEVEL, width=260,
            on_change=unknown.forget, args=(LEVEL_IN_ADDRESS,),
        )  # fmt: skip
    elif len(known) > 1:
        st.segmented_control(
            "权重的层次", list(known), format_func=lambda key: known[key].name, key=LEVEL, required=True,
            on_change=unknown.forget, args=(LEVEL_IN_ADDRESS,),
        )  # fmt: skip
    return known[str(st.session_state[LEVEL])]


def tell_level(level: Level) -> None:
    """That a link asks for a level of weights that is not there, where one does."""
    unknown.tell(LEVEL_IN_ADDRESS, "权重层次{}不在本方案", level.name)


def choose_order() -> str:
    """In which order the verdicts are told: the viewer's, else the address's, else the softest first."""
    if ORDER not in st.session_state:
        asked = st.query_params.get(ORDER_IN_ADDRESS, "")
        st.session_state[ORDER] = next((order for order, written in ORDERS.items() if written == asked), SOFTEST)
    st.segmented_control("顺序", list(ORDERS), required=True, key=ORDER, label_visibility="collapsed")
    return str(st.session_state[ORDER])


def write(state: State, group: str, names: Mapping[str, str], unit: str, level: Level) -> None:
    """Keep the address bar a link to what is on the screen."""
    shown = {UNIT_IN_ADDRESS: names[unit], LEVEL_IN_ADDRESS: level.id}
    if order := ORDERS.get(str(st.session_state.get(ORDER)), ""):
        shown[ORDER_IN_ADDRESS] = order
    keep(state, group, shown, {UNIT_IN_ADDRESS, LEVEL_IN_ADDRESS, ORDER_IN_ADDRESS})
