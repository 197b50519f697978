"""等次稳定性: how firm every grade and place is, what would change it, and which readings matter more than the weights."""

from __future__ import annotations

import streamlit as st

from components import page
from components.explore import (
    firmness_address,
    firmness_bars,
    firmness_empty,
    firmness_groups,
    firmness_influence,
    firmness_items,
    firmness_joint,
    firmness_loading,
    firmness_ranks,
    firmness_readings,
    firmness_triangle,
    firmness_verdicts,
    naming,
)
from components.explore.address import choose_group, tell_group
from components.explore.compare_table import NARROW
from components.width import column_width
from data.state import State


def draw(state: State) -> None:
    """The verdicts of every unit, then one unit and one level of weights closely, then the group as a whole."""
    group = choose_group(state)
    if not firmness_empty.weighs(state, group):
        return
    firm = firmness_loading.loaded(state, group)
    names = naming.names_of(state, group)
    firmness_empty.toolbar(state)
    firmness_empty.single(firm)
    unit = firmness_address.unit_of(names, firmness_address.first(firm, names))
    tell_group(state, group)
    firmness_address.tell_unit(state, names, unit)
    if firm.judged:
        firmness_verdicts.first_words(firm, names)
        firmness_verdicts.show(firm, names)
    else:
        firmness_empty.no_grades(firm)
    firmness_groups.show(state, group)
    closely(firm, names)
    firmness_empty.method()


@st.fragment
def closely(firm: firmness_loading.Firm, names: dict[str, str]) -> None:
    """What follows the choice of a unit and of a level: only this is drawn anew with it."""
    narrow = column_width("firmness-width", default=1000) < NARROW
    st.subheader("逐项细看", anchor=False)
    unit, level = firmness_bars.choose(firm, names)
    weights, places, readings, influence, items = st.tabs(["权重区间", "位次", "口径影响", "实际影响", "指标"])
    with weights:
        firmness_bars.section(firm, names, unit, level)
        if firm.judged and len(level.originals) in firmness_triangle.SIZES:
            firmness_triangle.show(firm.state, firm.group, names, unit, level)
        if firm.judged:
            firmness_joint.show(firm, names)
    with places:
        firmness_ranks.section(firm, names, unit, level, narrow=narrow)
    with readings:
        firmness_readings.section(firm, names, narrow=narrow)
    with influence:
        firmness_influence.show(firm.state, firm.group, level)
    with items:
        firmness_items.show(firm.state, firm.group, names)
    firmness_address.write(firm.state, firm.group, names, unit, level)


state = page.head("等次稳定性")
if firmness_empty.opens(state):
    page.live(draw, state, key="firmness")
page.foot(state)
