"""导入存档: a stranger's archive is proved first, then shown for what it is, then brought in by a second press."""

from __future__ import annotations

import streamlit as st

from components import session
from components.navigation import OVERVIEW
from components.one_file import one_file
from components.text import escape
from data.archive_import import Proved, Unfit, bring, prove, told_of
from data.command_line import line
from data.store import StoreProblem


def section(actor: str) -> None:
    """The zone for the file, what it proved to be, and the button that brings it in."""
    st.subheader("导入存档", anchor=False)
    st.caption(
        "导入另一处衡效在“报告与导出”生成的归档包。导入前逐项核对校验值、操作日志，并按包内的评分表和方案重新计算，结果一致才能导入。"
        + escape(f"超过20 MB的请用命令行：{line('import-archive 归档包.zip')}")
    )
    dropped = one_file("归档包（.zip）", "archive", only="zip")
    if dropped:
        _read(*dropped)
        st.rerun()
    if problem := st.session_state.get("archive-problem"):
        st.error(escape(problem), icon=":material/error:")
    proved = st.session_state.get("archive-proved")
    if proved is not None:
        _offer(proved, actor)
    if done := st.session_state.pop("archive-done", None):
        name, number = done
        st.success(escape(f"已导入为“{name}”。"), icon=":material/check_circle:")
        st.page_link(OVERVIEW, label="打开总览", icon=":material/arrow_forward:", query_params={"a": str(number)})


def _read(name: str, content: bytes) -> None:
    st.session_state["archive-problem"], st.session_state["archive-proved"] = "", None
    try:
        with st.spinner("正在逐项核对并重新计算…"):
            st.session_state["archive-proved"] = prove(name, content)
    except Unfit as problem:
        st.session_state["archive-problem"] = f"{name}：{problem}"


def _offer(proved: Proved, actor: str) -> None:
    with st.container(border=True, key="archive-offer"):
        st.markdown(f":material/verified: **{escape(proved.name)}** 核对无误")
        st.markdown("\n".join(f"- {escape(line)}" for line in told_of(proved)))
        known = session.store().brought_as(proved.locked.sha256)
        if known is not None:
            st.info(escape(f"这一锁定版在本系统中已有（“{known}”），不必再导入。"), icon=":material/info:")
        with st.container(horizontal=True):
            if st.button("导入", type="primary", icon=":material/unarchive:", key="archive-bring", disabled=known is not None):
                _bring(proved, actor)
            if st.button("放弃", key="archive-drop"):
                st.session_state["archive-proved"] = None
                st.rerun()


def _bring(proved: Proved, actor: str) -> None:
    try:
        number = bring(session.store(), proved, actor).assessment
    except (Unfit, StoreProblem) as problem:
        st.session_state["archive-problem"] = str(problem)
    else:
        st.session_state["archive-done"] = (session.store().assessment(number).name, number)
    st.session_state["archive-proved"] = None
    st.rerun()
