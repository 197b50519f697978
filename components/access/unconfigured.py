"""That no sign-in is configured: said where whoever looks after the system sees it, and nowhere else."""

from __future__ import annotations

import streamlit as st

from components import session


def badge() -> None:
    """A small plate, and only while it is so."""
    if session.store().person.local:
        st.badge("未配置登录，仅供本机使用", icon=":material/no_accounts:", color="gray",
                 help="任何人坐到本机前都能查看和改动；署名由使用者自填，不作身份证明。多人使用前请先配置统一身份登录，"
                      "办法见程序文件夹中的 docs/sign-in.md。")  # fmt: skip
