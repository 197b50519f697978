"""总览: what a leader sees first. It speaks before it shows, and it follows every upload by itself."""

import streamlit as st

from components import links, overview_view, page
from components.navigation import OUTCOMES, RANKING
from data.state import State


def draw(state: State) -> None:
    """Sentences, counts, the ranking, and beside it what is near a line or waits for someone."""
    overview_view.sentences(state)
    overview_view.cards(state)
    picture, matters = st.columns([3, 2], gap="medium")
    with picture:
        overview_view.ranking(state)
        links.link(state, RANKING, "查看全部得分与理由", ":material/format_list_numbered:")
        links.link(state, OUTCOMES, "查看拟处理名单与整改台账", ":material/assignment_turned_in:")
    with matters:
        st.subheader("临界与需要决定的事", anchor=False)
        overview_view.edge(state)
        overview_view.decisions(state)
        overview_view.checks(state)
        overview_view.arrivals(state)


state = page.head("总览")
page.live(draw, state, key="overview")
page.foot()
