"""方案与口径: the document's text beside the rules drawn from it, what is assumed, and who confirmed it."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.links import address, link
from components.navigation import ASSUMPTIONS
from components.rules import clause_view, own_schemes, readings_view, register_view, scheme_view
from components.text import escape
from data.clauses import document_text, part_of, read_clauses
from data.documents.file_names import safe
from data.register import of_scheme
from data.state import State
from scoring.assumptions import assumptions
from scoring.rulebook import rules

OWN = "own"

state: State | None = page.head("方案与口径", blind=True) if session.chosen_id() is not None else None
if state is None:
    st.title("方案与口径", anchor=False)


def name_of(key: str) -> str:
    if key == OWN and state is not None:
        return f"本次考核所用：{state.scheme.short}"
    return own_schemes.name_of(shelf[key])


def remember() -> None:
    """The address says which scheme is looked at; what was searched for in another document is forgotten."""
    st.query_params["scheme"] = st.session_state["scheme-box"]
    st.session_state["clause"] = ""


asked = st.query_params.get("scheme", "")
shelf = own_schemes.shelf(asked)
options = ([OWN] if state else []) + list(shelf)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    chosen = st.selectbox(
        "方案", options, options.index(asked) if asked in options else 0, format_func=name_of, width=560,
        key="scheme-box", on_change=remember,
    )  # fmt: skip
    own = state is not None and chosen == OWN
    scheme = state.scheme if state is not None and own else shelf[chosen].scheme
    text = state.scheme_text if state is not None and own else shelf[chosen].text
    st.download_button(
        "下载方案文件",
        text.encode(),
        safe(f"{scheme.id}.yaml"),
        "application/yaml",
        icon=":material/download:",
        on_click="ignore",
    )

clauses = read_clauses(document_text(scheme.document.text))
part = part_of(clauses, scheme.document.title)
rulebook, assumed, entries = rules(scheme), assumptions(scheme), of_scheme(scheme.id)
rows = clause_view.beside(scheme, clauses, part, rulebook)
cited = sum(bool(rule.cites) for rule in rulebook)
told = f"{cited}条规则出自原文条款，另有{len(assumed)}项原文未规定、按口径处理；原文存疑{len(scheme.doubts)}处。"
if scheme.template:
    told = f"本方案是系统附带的**模板**，没有原文：{len(assumed)}项规则均由本系统拟定，请按本地文件改写并注明条款。"
if scheme.status == "skeleton":
    told += "本方案**仅可查阅**，尚不参与计分。"
elif own and state is not None:
    told += escape(readings_view.summary(state))
st.markdown(told)
if not own and (kept := shelf[chosen].own):
    own_schemes.history(kept)
scheme_view.card(scheme)
scheme_view.asked(scheme)
st.caption(f"方案校验码　{scheme.hash[:16]}　内容相同的方案，校验码相同。")

TABS = ["条款与规则", *(["条款落实"] if entries else []), "原文存疑", "口径", "权重与赋分", "指标", "步骤与期限"]
tabs = dict(zip(TABS, st.tabs(TABS, key="view", bind="query-params"), strict=True))


def opened(name: str) -> bool:
    return name in tabs and bool(tabs[name].open)


if opened("条款与规则"):
    with tabs["条款与规则"]:
        seek, pick, only = st.columns([2, 4, 2], vertical_alignment="bottom")
        needle = seek.text_input(
            "查找", key="clause", bind="query-params", placeholder="条款号或文字，可用空格分开几个词",
            icon=":material/search:", live=True,
        ).strip()  # fmt: skip
        rule = pick.selectbox(
            "选一条规则，看它出自哪一条",
            rulebook,
            None,
            format_func=lambda r: f"{r.kind}　{r.text}",
            placeholder="全部规则",
        )
        ruled = only.toggle("只看产生规则的条款")
        found = clause_view.matching(rows, needle, rule, only_ruled=ruled)
        if not clauses:
            st.info("本方案没有附原文，只列规则。", icon=":material/description:")
        if not found:
            st.caption("没有符合的条款。可减少查找的文字，或改选“全部规则”。")
        elif len(found) < len(rows):
            st.caption(f"共{len(rows)}条，符合的{len(found)}条。")
        clause_view.side_by_side(found, needle, rule)

if opened("条款落实"):
    with tabs["条款落实"]:
        st.markdown(register_view.summary(entries))
        register_view.register(entries, scheme.id, (address(state) if state else {}) | {"scheme": chosen})

if opened("原文存疑"):
    with tabs["原文存疑"]:
        clause_view.doubtful(rows)

if opened("口径"):
    with tabs["口径"]:
        st.caption("以下各项原文未规定，写明现行口径、理由与其他口径。")
        if own and state is not None:
            link(state, ASSUMPTIONS, "比较各口径对本次考核的影响，逐项确认", ":material/rule:")
        readings_view.listed(scheme, assumed)

groups = [group for group in scheme.groups if scheme.indicators_of(group.id)]
own_tables = [group for group in groups if group.indicators] or groups[:1]
if opened("权重与赋分"):
    with tabs["权重与赋分"]:
        scheme_view.weights(scheme, own_tables)

if opened("指标"):
    with tabs["指标"]:
        for group in own_tables:
            if len(own_tables) > 1:
                st.subheader(escape(group.name), anchor=False)
            scheme_view.indicator_table(scheme, group.id)

if opened("步骤与期限"):
    with tabs["步骤与期限"]:
        scheme_view.steps(scheme)

page.foot()
