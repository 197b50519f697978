"""The log that came with an imported assessment: another installation's, shown as such and only to be read."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import session
from components.text import escape
from data.archive_import import attached_log
from data.log_text import details_text, subject_text
from data.state import State
from data.store import StoreProblem
from data.store.imports import ARCHIVE


@st.cache_data(show_spinner=False, max_entries=16)
def _rows(assessment_id: int, archive: str, _names: Mapping[str, str]) -> list[dict[str, object]]:
    """``archive`` names the content: another one is another log."""
    return [
        {"序号": one.seq, "时间（北京时间）": session.local(one.at), "操作人": one.actor, "事项": one.action,
         "对象": subject_text(one, _names), "详情": details_text(one, _names), "原版次": str(one.version or ""),
         "校验值": one.hash[:12]}
        for one in attached_log(session.whole_store(), assessment_id)
    ]  # fmt: skip


def section(state: State, names: Mapping[str, str]) -> None:
    """Nothing for an assessment that was made here."""
    archive = state.settings.get(ARCHIVE)
    if archive is None:
        return
    session.store().log(state.assessment.id, limit=1)  # whoever may not read the log may not read this one
    try:
        rows = _rows(state.assessment.id, archive.value, names)
    except StoreProblem as problem:
        session.complain(problem)
        return
    with st.expander(f"原系统操作日志（随存档导入，{len(rows)}条）", icon=":material/archive:", key="attached-log"):
        st.caption(escape(
            "本年度考核由另一处衡效的归档包导入。以下为原系统至锁定时的操作日志，仅供查阅，不属于本系统的日志；导入时已逐条核对校验值，"
            f"归档包原件（SHA-256 {archive.value[:16]}…）留存在本系统。"
        ))  # fmt: skip
        st.dataframe(rows, hide_index=True, width="stretch")
