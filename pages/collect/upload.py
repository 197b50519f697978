"""数据上报: drop the filled forms as they are, see what each is worth and what it would change, then take them."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.access import admission, permit
from components.collect import hand_in, staging, uploads
from components.collect.blank_forms import downloads, held_back
from components.rules import finalising
from components.signature import sign
from components.text import escape
from data.dry_run import dry_run

state = page.head("数据上报", blind=True)
finalising.note(state)
with st.container(horizontal=True, vertical_alignment="bottom"):
    actor = sign()
    downloads(state)
    held_back(state)

if state.blind:
    admission.progress()
key = state.assessment.id
mark = session.store().standing_mark(key)  # before anything is read: what comes after begins the page anew
stages = session.store().stages(key) if session.store().review_required(key) else []
uploads.collect(state)
uploads.told(state)
files = staging.read_all(state)
if files:
    plan = dry_run(session.store(), state, [file.offered for file in files if file.standing == "ready"])
    uploads.tally(files, plan)
    hand_in.held(state, plan, stages)

    for file in files:
        if file.standing == "asks":
            uploads.question(state, file)
    uploads.clashes(plan)
    if plan.problem:
        st.error(f"这些评分表无法计分：{escape(plan.problem)}。请核对后重新选取。", icon=":material/error:")

    if plan.arrivals:
        st.subheader("试读结果", anchor=False)
        uploads.arrivals(plan, files)
        for file in files:
            if file.reading and file.reading.verdict == "warn":
                uploads.warned(file)
    if plan.touched:
        st.subheader("对结果的影响", anchor=False)
        uploads.effect(plan)

    seen = st.session_state.get("upload-seen")  # what the button that may now be pressed was drawn for
    st.session_state["upload-seen"] = uploads.seen(plan)
    nothing = not plan.taken or bool(plan.problem)
    if permit.button("上报", uploads.confirm_label(plan), type="primary", icon=":material/upload:", disabled=nothing, key="take"):
        uploads.take(plan, seen, actor)
        st.rerun()

    for file in files:  # below the button: they wait for their senders, the others need not
        if file.standing == "returned":
            uploads.returned(file)
    uploads.unscored(plan, files)
hand_in.section(state, actor, stages)
if stages:
    page.watch(state, mark)
page.foot(state)
