"""总览: what a leader sees first. It speaks before it shows, and it follows every upload by itself."""

import streamlit as st

from components import links, page
from components.meeting import verdict
from components.navigation import RANKING
from components.results import badges, group_choice, judged_view, overview_cards, overview_view, since
from data.state import State


def draw(state: State) -> None:
    """Sentences, then one group at a time: counts and ranking; beside it what is near a line or waits for someone."""
    overview_view.sentences(state)
    since.line(state)
    verdict.differences(state)
    badges.lines(state.scheme)
    group = group_choice.chosen(state)
    overview_cards.cards(state, group.id)
    picture, matters = st.columns([3, 2], gap="medium")
    with picture:
        if state.scheme.judged:
            st.subheader("问题情形与处理", anchor=False)
            judged_view.triggers(state, state.results.units)
        else:
            overview_view.ranking(state, group.id)
            label = "查看全部得分与理由"
            links.link(state, RANKING, label, ":material/format_list_numbered:", **group_choice.address(group, state))
    with matters:
        st.subheader("需要决定的事" if state.scheme.judged else "临界与需要决定的事", anchor=False)
        overview_view.edge(state)
        overview_view.figures(state)
        overview_view.decisions(state)
        overview_view.checks(state)
        overview_view.criteria(state)
        overview_view.arrivals(state)


state = page.head("总览")
page.live(draw, state, key="overview")
page.foot(state)
