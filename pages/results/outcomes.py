"""结果运用与整改: who is to be praised or summoned by which clause, what was decided, and what must be mended by when."""

import streamlit as st

from components import page
from components.follow import as_settled, follow_dialogs, outcome_forms, outcomes_view, rectification_forms
from components.follow import rectification_view as rectification
from components.meeting import verdict
from components.rules import journal
from data.state import State


def draw(current: State) -> None:
    """What must be decided, the list, what only a person can find, the 台账, and the way the result goes."""
    follow = as_settled.follow_up(current)
    outcomes_view.headline(follow)
    verdict.differences(current, "拟处理名单按审定等次列出。")
    outcomes_view.counts(follow)
    outcomes_view.notice(follow)
    st.subheader("拟处理名单", anchor=False)
    outcomes_view.matters(follow)
    outcomes_view.download(follow)
    outcomes_view.doubtful(follow)
    st.subheader("整改台账", anchor=False)
    rectification.entry(follow)
    rectification.register(follow)
    st.subheader("分送与报批", anchor=False)
    outcomes_view.ways(follow)
    if opened := follow_dialogs.opened():
        outcome_forms.open_dialog(follow, *opened) or rectification_forms.open_dialog(follow, *opened)


state = page.head("结果运用与整改")
follow_dialogs.told()
page.live(draw, state, key="outcomes")
journal.watch(journal.newest())  # a decision moves no version: the log tells
page.foot(state)
