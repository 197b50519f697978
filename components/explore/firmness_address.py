"""What 等次稳定性 shows, kept in the address bar: the group (?of=), the unit (?u=) and the level of weights (?level=).

While names are hidden the address holds the alias: a real name in a link would tell whose alias it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.explore.address import LEVEL_IN_ADDRESS, keep
from components.explore.firmness_loading import Firm
from data.state import State
from scoring.firmness.verdicts import softest_first
from scoring.trial import Level

UNIT_IN_ADDRESS = "u"
UNIT, LEVEL = "firmness-unit", "firmness-level"
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
        called = {name: unit for unit, name in names.items()}
        st.session_state[UNIT] = called.get(st.query_params.get(UNIT_IN_ADDRESS, ""), first)
    return str(st.session_state[UNIT])


def choose_unit(names: Mapping[str, str], label: str) -> str:
    """The list to choose a unit from."""
    st.selectbox(label, list(names), format_func=names.__getitem__, key=UNIT, width=260)
    return str(st.session_state[UNIT])


def choose_level(known: Mapping[str, Level]) -> Level:
    """The level of weights, with a way to the others where there are any."""
    if st.session_state.get(LEVEL) not in known:
        asked = st.query_params.get(LEVEL_IN_ADDRESS, "")
        st.session_state[LEVEL] = asked if asked in known else next(iter(known))
    if len(known) > _TABS:
        st.selectbox("权重的层次", list(known), format_func=lambda key: known[key].name, key=LEVEL, width=260)
    elif len(known) > 1:
        st.segmented_control(
            "权重的层次", list(known), format_func=lambda key: known[key].name, key=LEVEL, required=True
        )
    return known[str(st.session_state[LEVEL])]


def write(state: State, group: str, names: Mapping[str, str], unit: str, level: Level) -> None:
    """Keep the address bar a link to what is on the screen."""
    keep(state, group, {UNIT_IN_ADDRESS: names[unit], LEVEL_IN_ADDRESS: level.id}, {UNIT_IN_ADDRESS, LEVEL_IN_ADDRESS})
