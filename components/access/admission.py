"""Which pages a viewer may open, asked on every run before a page draws: the menu, links and typed addresses alike."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import session
from components.navigation import PAGES, PageEntry
from components.text import escape
from data.access import ROLES, Person
from data.store import BLIND, NotAllowed, StoreProblem


@dataclass(frozen=True)
class Admission:
    """What decides on every page of one run: who looks, at which assessment, and whether results are seen there."""

    person: Person
    chosen: int | None
    blind: bool

    def refusal(self, entry: PageEntry) -> str:
        """Why the viewer may not open this page, for the assessment that is chosen; "" where it is open."""
        if self.person.local:
            return ""
        if not self.person.roles(self.chosen) & set(entry.roles):
            names = "、".join(ROLES[role] for role in entry.roles)
            return f"“{entry.title}”供{names}角色使用，您的分工不含这些角色（就所选年度考核而言）。如需使用，请联系管理员分配。"
        return BLIND if self.blind and not entry.blind else ""

    def run(self, page: StreamlitPage) -> None:
        """Run the page, or say why not and where to go instead. What the store refuses on the way is said in its words."""
        entry = next((each for each in PAGES if each.url == (page.url_path or PAGES[0].url)), None)
        if entry is not None and (refused := self.refusal(entry)):
            _instead(entry, refused, self)
            return
        try:
            page.run()
        except NotAllowed as problem:
            st.error(escape(str(problem)), icon=":material/block:")


def now() -> Admission:
    """The gate for this run. Raises StoreProblem where the store cannot be read."""
    viewer = session.store()
    if viewer.person.local or not viewer.person.duties:
        return Admission(viewer.person, None, False)
    chosen = session.chosen_id()
    return Admission(viewer.person, chosen, chosen is not None and viewer.blind(chosen))


def _instead(entry: PageEntry, refused: str, admitted: Admission) -> None:
    st.title(escape(entry.title), anchor=False)
    st.info(escape(refused), icon=":material/visibility_off:" if refused == BLIND else ":material/block:")
    if refused == BLIND:
        progress()
    with st.container(horizontal=True):
        for other in PAGES:
            if other.section in ("数据汇集", "方案与口径") and not admitted.refusal(other):
                st.page_link(other.script, label=other.title, icon=other.icon, width="content")
    _others()


def progress() -> None:
    """How many sheets are locked: a count without a mark."""
    chosen = session.chosen_id()
    if chosen is None:
        return
    try:
        found = session.store().locked_sheets(chosen)
    except StoreProblem as problem:
        session.complain(problem)
        return
    if found.expected:
        st.progress(found.locked / found.expected, f"评分表已锁定{found.locked}/{found.expected}份；全部锁定后即可查看结果。")


def _others() -> None:
    """The way to the viewer's other assessments, where something else may be open."""
    known = {one.id: one.name for one in session.assessments()}
    if len(known) < 2:
        return
    chosen = session.chosen_id()
    st.selectbox(
        "改看其他年度考核", list(known), index=list(known).index(chosen) if chosen in known else None,
        format_func=known.__getitem__, key="assessment-instead-of", width=330,
        on_change=lambda: session.choose(st.session_state["assessment-instead-of"]),
    )  # fmt: skip
