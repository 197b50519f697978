"""分项情况: one unit, every mark of it, why it has its grade and what would change it. The address names it: ?unit=台山市"""

import streamlit as st

from components import page, unit_view
from data.state import State


def draw(state: State) -> None:
    """Cards, then the reasons and beside them every mark; on a phone the reasons come first."""
    result = state.results.of(unit)
    unit_view.cards(state, result)
    words, picture = st.columns([2, 3], gap="medium")
    with words:
        unit_view.reasons(state.scheme, result)
        unit_view.changes(state.scheme, result)
        unit_view.profile(state.scheme, result)
    with picture:
        unit_view.marks(state, result)
        unit_view.as_table(state, result)
        unit_view.sources(state, result)
    unit_view.answer_click(state, unit)


state = page.head("分项情况")
unit = unit_view.choose(state)
page.live(draw, state, key="unit")
page.foot()
