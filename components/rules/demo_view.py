"""The 示例数据 on 年度考核: load one document's or every document's, and clear them away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import permit
from components.navigation import OVERVIEW
from data.demo import DOCUMENTS, all_demos, load_demo
from data.store import Assessment, StoreProblem

ALL = "all"
_NAMES = {document.id: document.name for document in DOCUMENTS} | {ALL: "全部文件"}


def demo_note() -> None:
    """What the 示例数据 are, and what there is to see in the chosen document's."""
    chosen = st.session_state.get("demo-document", DOCUMENTS[0].id)
    about = next((f"{document.name}：{document.about}。" for document in DOCUMENTS if document.id == chosen), "")
    st.caption(
        f"示例数据：地名真实（模板的为虚构），数据与各地角色由程序随机编排；每页都有标明，可随时清除，与自建的考核互不影响。{about}"
    )


def demo_button(known: Sequence[Assessment], primary: bool = False) -> None:
    """Choose a document and load its 示例数据, once."""
    loaded = {one.scheme_id for one in known if one.demo}
    chosen = st.selectbox(
        "示例数据", list(_NAMES), format_func=lambda id_: _option(id_, loaded), key="demo-document", width=220
    )
    present = _present(chosen, loaded)
    pressed = permit.button("新建考核",
        "载入示例数据", icon=":material/science:", type="primary" if primary else "secondary", disabled=present,
        key="load-demo", help="示例数据已载入" if present else None,
    )  # fmt: skip
    if pressed:
        _load([document.id for document in DOCUMENTS if chosen in (ALL, document.id)])


def _option(choice: str, loaded: set[str]) -> str:
    return _NAMES[choice] + ("（已载入）" if _present(choice, loaded) else "")


def _present(choice: str, loaded: set[str]) -> bool:
    """Whether a document's are there, however few of its tables; all are there once every table is."""
    if choice == ALL:
        return loaded.issuperset(demo.scheme_id for demo in all_demos())
    return any(demo.scheme_id in loaded for document in DOCUMENTS if document.id == choice for demo in document.demos)


def _load(documents: list[str]) -> None:
    try:
        with st.spinner("正在生成示例数据，约需半分钟…"):
            made = load_demo(session.store(), session.actor(), documents=documents)
    except StoreProblem as problem:
        session.complain(problem)
        return
    look_at(_first(made))
    st.switch_page(OVERVIEW)


def _first(made: Sequence[Assessment]) -> Assessment:
    return next((one for one in made if one.scheme_id.endswith("-county")), made[0])


def look_at(assessment: Assessment) -> None:
    """Make an assessment just made the chosen one, and let the page tell so."""
    session.choose(assessment.id)
    st.session_state["assessment-told"] = assessment.name


def clear_demo(known: Sequence[Assessment], actor: str) -> None:
    """Hide the 示例数据 after a second press."""
    count = sum(one.demo for one in known)
    if not count:
        return
    with st.popover("清除示例数据", icon=":material/delete_sweep:", key="clear-demo"):
        st.markdown(f"将清除{count}个示例考核及其评分表、情形；自建的考核不受影响。操作日志保留清除记录。")
        if permit.button("清除示例", "确认清除", type="primary", key="clear-demo-do"):
            try:
                session.store().remove_demo(actor)
            except StoreProblem as problem:
                session.complain(problem)
            else:
                st.query_params.pop("a", None)
                session.refresh()
