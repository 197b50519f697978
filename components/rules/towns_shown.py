"""公开到市级地图: one switch for each group of towns. Its county decides whether the city's map may show the results.

The switch changes what 地图 shows in the county assessment, and nothing else; the log has who turned it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import session
from components.access import permit
from components.text import escape
from data import regions
from data.regions import UnknownPlaceError
from data.state import State
from data.store import SHOWN, StoreProblem
from scoring.elements import Group

_ABOUT = (
    "镇（街）成绩是否公开由所在市（区）自行研究决定。打开后，县级考核的地图显示该市（区）各镇（街）的等次和得分；"
    "未打开的显示“未公开”。本考核自己的总览、排名、分项情况和地图不受影响。"
)


def switches(state: State, actor: str) -> None:
    """Draw the switches of an assessment of towns; nothing for any other. A turn is kept and logged at once."""
    groups = [group for group in state.scheme.marked_groups if _of_towns(group)]
    if not groups:
        return
    count = sum(_shown(state, group) for group in groups)
    label = f"公开到市级地图（已公开{count}个，共{len(groups)}个组别）"
    with st.expander(label, icon=":material/map:", key=f"shown-{state.assessment.id}"):
        st.caption(_ABOUT)
        with st.grid("auto", min_column_width=240):
            for group in groups:
                _switch(state, group, actor)


def _switch(state: State, group: Group, actor: str) -> None:
    """The key holds when the choice was made: after another's turn this is a new switch, never a stale one."""
    before, setting = _shown(state, group), state.settings.get(SHOWN + group.id)
    turned = setting.at.timestamp() if setting else 0
    key = f"shown-{state.assessment.id}-{group.id}-{turned}"
    if st.toggle(f"{escape(group.name)}：公开到市级地图", value=before, key=key, **_reach(state, before)) == before:
        return
    action = "取消公开" if before else "公开镇级成绩"
    try:
        session.store().set_setting(
            state.assessment.id, SHOWN + group.id, "" if before else "1", actor, action=action, subject=group.name
        )
    except StoreProblem as problem:
        session.complain(problem)
        return
    session.refresh()


def _reach(state: State, shown: bool) -> dict[str, Any]:
    why = permit.barred(permit.Doing("取消公开" if shown else "公开镇级成绩", state.assessment.id))
    return {"disabled": True, "help": why} if why else {}


def _of_towns(group: Group) -> bool:
    try:
        return regions.place(group.parent).level == "county"
    except UnknownPlaceError:
        return False


def _shown(state: State, group: Group) -> bool:
    setting = state.settings.get(SHOWN + group.id)
    return setting is not None and setting.value == "1"
