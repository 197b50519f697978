"""Before the stage: which pages and in which order, whether names open hidden, the keys, and how the wall turns."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import permit
from components.meeting import opened, stage, stage_data, stage_pages
from components.meeting.stage_names import curtain
from components.text import escape
from data.briefing import TOPICS, pages
from data.briefing.choice import KEY, chosen, written
from data.briefing.model import Page
from data.locked import Locked
from data.state import State
from data.store import StoreProblem

_WAYS = {"up": "上移", "down": "下移"}


def start(state: State, locked: Locked) -> None:
    """Raise the curtain over a 锁定版."""
    some = any(result.score is not None for result in locked.state.results.units)
    with st.container(horizontal=True, vertical_alignment="center"):
        opened.chooser(state, locked)
        st.button(
            "开始汇报", type="primary", icon=":material/slideshow:", key="stage-begin",
            on_click=lambda: stage.begin(state, stage.STAGE, hidden=bool(st.session_state["stage-hide"])),
        )  # fmt: skip
        st.toggle(
            "开始时隐去名称", value=some, key="stage-hide",
            help="隐去时各地以甲、乙、丙等代称，代称与位次无关。台上按R由后往前逐个揭晓，按N全部显示。刷新页面后回到原页，名称重新隐去。",
        )  # fmt: skip
    st.caption(
        f"汇报用{escape(locked.record.name)}，会议期间数据有变也不影响。页面地址、标题和网页源码中没有隐去的名称。"
    )


def wall(state: State) -> None:
    """A wall needs no 锁定版: it shows what is so now, and says that."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "投到大屏", icon=":material/tv:", key="stage-wall",
            on_click=lambda: stage.begin(
                state, stage.WALL, hidden=bool(st.session_state.get("stage-hide", True)), every=int(st.session_state["stage-every"])
            ),
        )  # fmt: skip
        st.selectbox(
            "大屏每页停留", stage.TURNS, index=2, format_func=lambda each: f"每页{each}秒", key="stage-every", width=130,
            label_visibility="collapsed",
        )  # fmt: skip
        st.caption("大屏自动翻页，用实时数据，标明“实时”，数据变动后自行更新。")


def order(state: State, locked: Locked) -> None:
    """The pages in their order, each with a switch and the ways up and down. What is chosen is kept for all."""
    shade = curtain(locked, every=not st.session_state.get("stage-hide"))
    known: dict[str, Page] = {}
    for page in pages(locked, shade.names):
        known.setdefault(stage_pages.topic_of(page), page)
    for page in pages(locked, keys=["map"]):
        known.setdefault("map", page)
    kept = session.store().settings(state.assessment.id)
    shown = [key for key in chosen(kept, list(TOPICS)) if key in known]
    left_out = [key for key in TOPICS if key in known and key not in shown]
    st.subheader(f"汇报内容（{len(shown)}项，{len(stage.chosen_pages(locked, shade))}页）", anchor=False)
    if KEY in kept:
        setting = kept[KEY]
        st.caption(f"{escape(setting.actor)}于{session.local(setting.at)}选定。")
    for at, key in enumerate(shown):
        _row(state, key, known[key], at, shown, left_out)
    if left_out:
        st.markdown("**不放映的页**")
        for key in left_out:
            _row(state, key, known[key], None, shown, left_out)


def _row(
    state: State, key: str, page: Page, at: int | None, shown: Sequence[str], left_out: Sequence[str]
) -> None:
    topic = TOPICS[key]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"stage-row-{key}"):
        # A button, for only a click presses it: a box that leaves the page may be reported as changed, and its page would be lost.
        without, out = [k for k in shown if k != key], [k for k in left_out if k != key]
        if at is None:
            permit.button("选定汇报页", "放映", icon=":material/add:", key=f"stage-in-{key}", type="tertiary",
                      on_click=_keep, args=(state, [*shown, key], out))  # fmt: skip
        else:
            permit.button("选定汇报页", "不放映", icon=":material/close:", key=f"stage-out-{key}", type="tertiary",
                      on_click=_keep, args=(state, without, [*out, key]))  # fmt: skip
        if at is not None:
            _move(state, key, shown, left_out, at, at - 1, "up", ":material/arrow_upward:")
            _move(state, key, shown, left_out, at, at + 1, "down", ":material/arrow_downward:")
        number = "" if at is None else f"{at + 1}.　"
        st.markdown(f"{number}**{escape(topic)}**　{escape(page.message)}", width="stretch")


def _move(
    state: State, key: str, shown: Sequence[str], left_out: Sequence[str], at: int, to: int, way: str, icon: str
) -> None:
    there = 0 <= to < len(shown)
    moved = list(shown)
    if there:
        moved[at], moved[to] = moved[to], moved[at]
    permit.button("选定汇报页",
        _WAYS[way], icon=icon, help=f"{_WAYS[way]}“{TOPICS[key]}”", key=f"stage-{way}-{key}", disabled=not there,
        on_click=_keep, args=(state, moved, list(left_out)), type="tertiary",
    )  # fmt: skip


def _keep(state: State, shown: Sequence[str], left_out: Sequence[str]) -> None:
    told = "、".join(TOPICS[key] for key in shown)
    try:
        session.store().set_setting(
            state.assessment.id, KEY, written(shown, left_out), session.actor(), action="选定汇报页", subject=told
        )
    except StoreProblem as problem:
        st.session_state["stage-problem"] = str(problem)


def keys() -> None:
    """What each key does."""
    with st.expander("按键和翻页笔", icon=":material/keyboard:"):
        st.table({"按键": [key for key, _ in stage_data.HELP], "作用": [does for _, does in stage_data.HELP]})
        st.caption("翻页笔的上一页、下一页和黑屏键可直接使用。台上按 ? 随时查看按键。")
