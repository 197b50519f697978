"""退出登录: one page in the menu, so that leaving is at hand everywhere."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape

viewer = session.store().person

st.title("退出登录", anchor=False)
if viewer.local:
    st.info("本机未配置登录，无须退出。", icon=":material/no_accounts:")
else:
    st.markdown(f"当前登录：**\u2060{escape(viewer.name)}\u2060**（{escape(viewer.account)}）。退出后，本浏览器其他已打开的页面也同时失效。")
    if st.button("确认退出", type="primary", icon=":material/logout:", key="leave-now"):
        st.logout()
