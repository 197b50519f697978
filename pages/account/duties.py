"""我的分工: what the viewer may do, in words, and since when the sign-in holds."""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import duties_view, gate

viewer = session.store().person

st.title("我的分工", anchor=False)
if viewer.local:
    st.info("本机未配置登录，不分角色，各项都可查看和办理。", icon=":material/no_accounts:")
else:
    duties_view.mine(viewer)
    gate.leave_button()
