"""The head of a scheme under work: its state, what was judged of it, saving and its second thoughts."""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import permit
from components.editor import book
from components.editor.draft import Draft, checked
from components.editor.shelf import MEANINGS, badge, leave
from components.signature import sign
from components.tables import cell, table
from components.text import escape
from data.store import Moved, OwnScheme, StoreProblem
from scoring.burden import burden
from scoring.scheme import Scheme
from scoring.scheme_changes import compared, merged
from scoring.scheme_faults import Checked
from scoring.scheme_parts import tables_of
from scoring.scheme_template import open_points
from scoring.scheme_text import read_text
from scoring.scheme_write import write_tree


def title_row(kept: OwnScheme, draft: Draft) -> None:
    """The name, the state, whether it can be used, and whether anything is unsaved."""
    with st.container(horizontal=True, vertical_alignment="center", key="editor-badges"):
        st.button("全部方案", icon=":material/arrow_back:", key="editor-back", on_click=leave)
        st.subheader(escape(kept.title), anchor=False, width="content")
        badge(kept)
        st.badge(f"第{kept.revision}版", icon=":material/history:", color="green", help=escape(_saved(kept)))
        if checked(draft.text).scheme is not None:
            st.badge("校验通过，可以使用", icon=":material/check_circle:", color="green")
        else:
            st.badge("有错误，尚不能使用", icon=":material/error:", color="red")
        if draft.dirty:
            st.badge("有未保存的改动", icon=":material/edit:", color="orange")


def _saved(kept: OwnScheme) -> str:
    note = f"说明：{kept.note}。" if kept.note else ""
    return f"{kept.actor}于{session.local(kept.at)}保存。{note}保存一次加一版，各版都留存。"


def saving(kept: OwnScheme, draft: Draft) -> None:
    """The signature, saving with a note, and taking everything back, in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        actor = sign()
        if kept.state == "draft":
            _save_row(kept, draft, actor)
        else:
            st.markdown(escape(_locked(kept)), width="content")
        book.downloads(kept, draft)
    if draft.dirty and kept.revision != draft.revision:
        _moved(kept, draft)


def _locked(kept: OwnScheme) -> str:
    paper = f"（{kept.paper}）" if kept.paper else ""
    return f"{MEANINGS[kept.state]}{paper}。"


def _save_row(kept: OwnScheme, draft: Draft, actor: str) -> None:
    note = st.text_input(
        "修改说明（可不填）", key=f"editor-note-{draft.id}-{draft.revision}", max_chars=200, width=320, live=True,
        placeholder="如：按会议意见调整权重",
    )  # fmt: skip
    if permit.button("修改方案", "保存", type="primary", icon=":material/save:", disabled=not draft.dirty, key="editor-save"):
        _save(draft, actor, note or "")
    if st.button("放弃改动", icon=":material/undo:", disabled=not draft.dirty, key="editor-discard", help="回到上次保存的内容"):
        draft.take_saved(kept)
        st.rerun()


def _save(draft: Draft, actor: str, note: str) -> None:
    try:
        kept = session.store().save_scheme(draft.id, draft.text, actor, draft.revision, note)
    except Moved:
        st.rerun()  # which shows what the other saved beside what is in hand
    except StoreProblem as problem:
        session.complain(problem)
        return
    draft.saved, draft.revision = kept.text, kept.revision
    st.session_state["editor-told"] = f"已保存为第{kept.revision}版。"
    st.rerun()


def _moved(kept: OwnScheme, draft: Draft) -> None:
    """Somebody saved meanwhile: both values side by side, and the ways on. Nothing of either is lost."""
    st.warning(
        escape(f"在您修改期间，{kept.actor}已于{session.local(kept.at)}保存了第{kept.revision}版；您的改动尚未保存。请对照后选择怎样处理。"),
        icon=":material/group:",
    )  # fmt: skip
    base, theirs, mine = (read_text(text).tree for text in (draft.saved, kept.text, draft.text))
    if isinstance(base, dict) and isinstance(theirs, dict) and isinstance(mine, dict):
        rows = compared(base, theirs, mine)
        table([_both(row) for row in rows], alt="双方的改动对照")
        if st.button("合并：采用对方的改动，再加上我的改动", icon=":material/merge:", key="editor-merge",
                     help="同一格双方都改了的，以我的为准；合并后再检查、保存"):  # fmt: skip
            draft.rewrite(write_tree(merged(base, theirs, mine)))
            draft.saved, draft.revision = kept.text, kept.revision
            st.rerun()
    if st.button("放弃我的改动，改用对方的版本", icon=":material/undo:", key="editor-yield"):
        draft.take_saved(kept)
        st.rerun()


def _both(row) -> dict[str, str]:
    told = {"位置": cell(row.spot), "原来": cell(row.before), "对方已保存": cell(row.theirs), "我的改动": cell(row.mine)}
    return told | {"": "双方都改了" if row.clash else ""}


def judgement(found: Checked) -> None:
    """Three lines that are always there: how many faults stand where, what is left to say, what the forms ask for."""
    if found.tree is None:
        st.markdown(":red[YAML文本有语法错误，表格暂不能显示。请到“YAML”页改正。]")
        return
    points = "；".join(point.words for point in open_points(found.tree))
    lines = [f"待填：{escape(points)}（不影响使用）。" if points else "文号、日期、名单均已填写。", escape(_burden(found.scheme))]
    st.markdown("  \n".join([f":red[{escape(_where(found))}]" if found.faults else "没有须改正之处。", *lines]))
    for one in found.of(""):
        st.markdown(f"- {escape(f'{one.inside}：' if one.inside else '')}{escape(one.message)}（YAML第{one.line}行）")


def _burden(scheme: Scheme | None) -> str:
    """What it asks of those who fill in the forms, and whether the rules on burdens give cause to think."""
    if scheme is None:
        return "改正后可见本方案要求基层填报多少格。"
    asked = burden(scheme)
    return f"{asked.line or '本方案不要求基层填表'}。" + (f"减负提醒{len(asked.warnings)}条，见“预览”。" if asked.warnings else "")


def _where(found: Checked) -> str:
    titles = {one.key: one.title for one in tables_of(found.tree or {})} | {"": "其他内容"}
    counts = {titles[key]: len(found.of(key)) for key in titles if found.of(key)}
    listed = "、".join(f"“{title}”{count}处" for title, count in counts.items())
    return f"有{len(found.faults)}处须改正：{listed}。改正前可以保存草案，不能办理同意。"


def faults_of(draft: Draft) -> Checked:
    """The draft as it is judged now."""
    return checked(draft.text)
