"""评分表复核: whether an assessment's sheets must be handed in and reviewed, and how far they have come."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from components import session
from components.access import permit
from components.access.allowed import allowed
from components.links import link
from components.navigation import PROGRESS
from data.finalise import is_final
from data.state import State
from data.store import STAGES, StoreProblem

_ABOUT = (
    "启用后，评分表上报后须由填报人提交、另一人复核，复核后锁定；解锁须写明理由并由另一人同意；计分的全部复核后方可定稿。"
    "是否计入测算与复核进度无关。"
)


def switch(state: State, actor: str) -> None:
    """Whether 复核 is asked for, how far it is, and the button that turns it for whoever may."""
    key, store = state.assessment.id, session.store()
    asked = store.review_required(key)
    count = Counter(STAGES[one.stage] for one in store.stages(key)) if asked else Counter()
    told = "，".join(f"{word}{count[word]}份" for word in STAGES.values())
    with st.expander(f"评分表复核：{f'已启用（{told}）' if asked else '未启用'}", icon=":material/verified:", key=f"review-{key}"):
        st.caption(_ABOUT)
        if asked:
            link(state, PROGRESS, "去催报进度提交、复核", ":material/arrow_forward:", width="content")
        if is_final(state.assessment) or not allowed("评分表复核要求", key):
            return
        label = "取消复核要求" if asked else "启用复核"
        if permit.button(permit.Doing("评分表复核要求", of=key), label, key=f"review-turn-{key}", icon=":material/published_with_changes:"):
            try:
                store.set_review_required(key, not asked, actor)
            except StoreProblem as problem:
                session.complain(problem)
                return
            session.refresh()
