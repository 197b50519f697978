"""版本与差异: every revision that was saved, and what any two of them, or any other scheme, say otherwise."""

from __future__ import annotations

import streamlit as st

from components import session
from components.editor import diff
from components.editor.beginnings import templates
from components.editor.draft import Draft
from components.tables import cell, table
from data.scheme_keys import own_key
from data.store import SCHEME_STATES, OwnScheme

_NOW = "正在编辑的内容"


def versions(kept: OwnScheme, draft: Draft) -> None:
    """The list, the comparison, and taking an earlier text up again."""
    saved = session.store().scheme_revisions(kept.id)
    table([_row(one) for one in saved], alt="保存过的各版")
    st.subheader("比较", anchor=False)
    known = {f"第{one.revision}版（{SCHEME_STATES.get(one.state, '已移除')}）": one.text for one in saved}
    origin = session.store().template_of(kept)
    begun = {f"模板：《{origin.title}》": origin.text} if origin else {}
    known = ({_NOW: draft.text} if draft.dirty else {}) | known | begun
    first = min(1, len(known) - 1)  # the version before, else the template: never another scheme unasked
    known |= _others(kept)
    names = list(known)
    left, right = st.columns(2)
    before = left.selectbox("原来", names, index=first, key=f"editor-before-{kept.id}-{kept.revision}")
    after = right.selectbox("现在", names, index=0, key=f"editor-after-{kept.id}-{kept.revision}")
    if before and after:
        diff.told(known[before], known[after], ("原来", "现在"))
    if kept.state == "draft" and before and known[before] != draft.text:
        st.button("把“原来”一栏的内容取回来编辑", key="editor-take-back", icon=":material/restore:",
                  on_click=draft.rewrite, args=(known[before],), help="取回后尚未保存，可再修改")  # fmt: skip


def _row(one: OwnScheme) -> dict[str, str]:
    return {
        "版": str(one.revision), "状态": SCHEME_STATES.get(one.state, "已移除"), "时间": session.local(one.at), "保存人": cell(one.actor),
        "说明": cell("；".join(part for part in (one.paper, one.note) if part) or "—"), "校验": "通过" if one.hash else "有错误",
    }  # fmt: skip


def _others(kept: OwnScheme) -> dict[str, str]:
    """Every other scheme by its title."""
    return {f"其他方案：{title}": text for key, (title, text) in templates().items() if key != own_key(kept.id)}
