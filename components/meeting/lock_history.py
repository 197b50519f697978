"""登记经过: every step ever recorded on any 锁定版, those corrected and taken back too."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape
from data.state import State
from data.store import SETTLINGS, Settling

_ENDS = {"replaced": "，后已更正", "withdrawn": "，后已撤销"}


def told(state: State) -> None:
    """Nothing where no step was ever recorded."""
    past = session.store().settling_history(state.assessment.id)
    if not past:
        return
    with st.expander(f"登记经过（{len(past)}次）", icon=":material/history:"):
        st.markdown("\n".join(f"- {escape(_line(step))}" for step in past))
        st.caption("撤销、作废的理由见操作日志。")


def _line(step: Settling) -> str:
    paper = f"（{step.number}）" if step.number else ""
    note = f"：{step.note}" if step.note else ""
    named = f"锁定版第{step.locked}号{SETTLINGS[step.kind]}{paper}"
    return f"{session.local(step.at)}　{step.actor}　登记{named}{_ENDS.get(step.state, '')}{note}"
