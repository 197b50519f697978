"""What became of each account, and who signed in: as tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import duties_view
from components.tables import cell, table
from data.access import duty_words
from data.store import ENDINGS, PERSON_STATES, PersonRow, SignIn

_SHOWN = 100


def changes(history: Sequence[PersonRow]) -> None:
    """Every state that any account has been in, newest first."""
    with st.expander(f"变更记录（{len(history)}条）", icon=":material/history:"):
        if not history:
            st.caption("还没有记录。")
            return
        assessments, components = duties_view.names()
        table([_change(row, assessments, components) for row in history[:_SHOWN]], "人员变更记录")
        if len(history) > _SHOWN:
            st.caption(f"只列最近{_SHOWN}条，其余见操作日志。")


def _change(row: PersonRow, assessments: dict[int, str], components: dict[str, str]) -> dict[str, str]:
    duties = "、".join(duty_words(duty, assessments, components) for duty in row.duties)
    return {
        "时间": session.local(row.at),
        "人员": cell(f"{row.name}（{row.account}）"),
        "分工": cell(duties),
        "状态": PERSON_STATES[row.state],
        "办理人": cell(row.actor),
        "说明": cell(row.note),
    }


def signings(sign_ins: Sequence[SignIn]) -> None:
    """The last sign-ins."""
    with st.expander(f"登录记录（最近{min(len(sign_ins), _SHOWN)}次）", icon=":material/login:"):
        if not sign_ins:
            st.caption("还没有人登录过。")
            return
        table([_signing(each) for each in sign_ins[:_SHOWN]], "登录记录")


def _signing(each: SignIn) -> dict[str, str]:
    over = "在用" if each.ended is None or not each.why else f"{session.local(each.ended)}，{ENDINGS[each.why]}"
    return {
        "登录时间": session.local(each.began),
        "人员": cell(f"{each.name}（{each.account}）"),
        "最近操作": session.local(each.seen),
        "结束": over,
    }
