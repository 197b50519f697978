"""Where a scheme of one's own begins: from another scheme as its template, an Excel indicator table, or a workbook."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from components import session
from components.access import permit
from components.editor import book, indicator_import
from components.editor.shelf import open_scheme
from components.text import escape
from data import schemes
from data.scheme_keys import own_key, own_named
from data.store import SCHEME_STATES, OwnScheme, StoreProblem
from scoring.scheme_heading import heading
from scoring.scheme_template import from_template, title_for, year_of
from scoring.scheme_text import read_text
from scoring.scheme_write import write_tree

TEMPLATE, WAY = "editor-template", "editor-way"
_WAYS = ("以此为模板新建", "上传Excel指标表", "上传方案工作簿")
_TABLE = "editor-import"


def templates() -> dict[str, tuple[str, str]]:
    """What can be begun from: a key → its title with its state, and its text. The office's own come first."""
    kept = sorted(session.store().own_schemes(), key=lambda one: one.at, reverse=True)
    called = Counter((one.title, one.state) for one in kept)
    own = {own_key(one.id): (_called(one, called[one.title, one.state] > 1), one.text) for one in kept}
    shipped = sorted(schemes.scheme_ids(), key=lambda id_: (not schemes.scheme(id_).template, not id_.endswith("-county")))
    return own | {id_: (schemes.scheme(id_).title, schemes.scheme_text(id_)) for id_ in shipped}


def _called(one: OwnScheme, alike: bool) -> str:
    """Its title and state; its id, too, where another is called the same: a list to choose from tells them apart by words."""
    return f"{one.title}（{SCHEME_STATES[one.state]}{f'，编号{one.scheme_id}' if alike else ''}）"


def from_scheme(actor: str) -> None:
    """以此为模板新建: the template, the year, the title; then straight into the tables."""
    known = templates()
    chosen = st.selectbox("模板方案", list(known), format_func=lambda key: known[key][0], key=TEMPLATE)
    title, text = known[chosen]
    tree = read_text(text).tree
    if not isinstance(tree, dict):
        st.error("该方案的文本有错误，不能用作模板；请先打开它改正。", icon=":material/error:")
        return
    ahead = _year_ahead(str(tree.get("title", title)))
    left, right = st.columns([1, 4])
    year = left.text_input("年度", ahead, max_chars=4, key=f"editor-year-{chosen}", live=True).strip()
    proposed = title_for(str(tree.get("title", title)), year if _is_year(year) else ahead)
    name = right.text_input("方案名称", proposed, max_chars=80, key=f"editor-title-{chosen}-{year}", live=True)
    st.caption("名单、指标、权重、等次线、情形和限制沿用模板；文号、成文日期、统计时间和各步骤期限清空，须按新文件填写。")
    if permit.button("新建方案", "以此为模板新建", type="primary", icon=":material/add:", key="editor-create"):
        if not _is_year(year):
            st.error("年度应写成四位数字，如2026。", icon=":material/error:")
        else:
            create(name or "", write_tree(from_template(tree, name or proposed, year)), actor, _as_now(chosen, text))


def _as_now(chosen: str, text: str) -> str:
    """The key of the 版 that was copied, so that the copy can be compared with it whatever becomes of the scheme."""
    named = own_named(chosen)
    revisions = session.store().scheme_revisions(named[0]) if named else []
    return next((own_key(one.id, one.revision) for one in revisions if one.text == text), chosen)


def _year_ahead(title: str) -> str:
    """This year, or the one after the template's where that is later."""
    before = year_of(title)
    return str(max(session.now().year, int(before) + 1 if before else 0))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100


def create(title: str, text: str, actor: str, based_on: str = "") -> None:
    """Keep a new draft and open it."""
    try:
        made = session.store().create_scheme(title, text, actor, based_on)
    except StoreProblem as problem:
        session.complain(problem)
        return
    open_scheme(made.id)
    st.session_state["editor-told"] = f"已新建草案《{made.title}》。可逐表修改，改完点“保存”。"
    st.rerun()


def told() -> None:
    """What was just done."""
    if words := st.session_state.pop("editor-told", ""):
        st.toast(escape(words), icon=":material/task_alt:", duration=12)  # a box would push the tables down and up again


def ways(actor: str) -> None:
    """The ways to begin."""
    st.session_state.setdefault(WAY, _WAYS[0])  # "以此为模板新建" elsewhere sets it beforehand; a default would be a second word
    way = st.segmented_control("从哪里开始", _WAYS, required=True, key=WAY, label_visibility="collapsed")
    if way == _WAYS[0]:
        from_scheme(actor)
    elif way == _WAYS[1]:
        from_table(actor)
    elif found := book.uploaded():
        title, text = found
        create(title, text, actor)


def from_table(actor: str) -> None:
    """上传Excel指标表: the office's own table with its questions, straight into a draft."""
    text = indicator_import.draw(_TABLE)
    if text is not None:
        indicator_import.forget(_TABLE)
        create(heading(text).title or "新方案", text, actor, "Excel指标表")
