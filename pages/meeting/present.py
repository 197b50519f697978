"""汇报演示: the preparation, and the stage over the whole window once it has begun."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.meeting import newer, opened, stage, stage_setup

TITLE = "汇报演示"

if stage.on():
    try:
        shown = session.state()
    except (session.NoneYet, session.NoSuch, session.Unopened):
        shown = page.head(TITLE)  # says why, and ends
    stage.draw(shown)
else:
    state = page.head(TITLE)
    first, second = st.container(), st.container()
    with second:
        stage_setup.wall(state)
    with first:
        locked = opened.here(state)
        stage_setup.start(state, locked)
    newer.announce(locked)
    stage_setup.keys()
    stage_setup.order(state, locked)
    page.foot(state)
