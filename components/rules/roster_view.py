"""考核对象名单 of the chosen assessment: who is on it by group, and its correction by file, with a reason and a log line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from components import both, session
from components.access import permit
from components.rules import roster_codes, roster_upload
from components.tables import cell, table
from components.text import escape
from data.documents.roster_form import filled_roster
from data.finalise import is_final
from data.rosters_units import RosterReading, helps_text, scheme_units
from data.state import State
from data.store import UnitRow
from scoring.load import load_scheme
from scoring.scheme import Scheme

_SHOWN = 8
"""Names of a kind of change that are shown; the others are counted."""


_LONG = 30
"""Longer rosters are looked at one group at a time."""


def section(state: State, actor: str) -> None:
    """The roster of this assessment, and the way to correct it."""
    printed = _printed(state.assessment.scheme_text, state.assessment.scheme_id)
    told()
    both.standoff("roster")
    st.caption(escape(f"{state.assessment.name}，{_how_many(state)}"))
    if state.assessment.units:
        roster_upload.counts_table(printed, state.assessment.units)
        _empty(printed, state.assessment.units)
        with st.expander("查看名单", icon=":material/list:"):
            _listed(printed, state.assessment.units)
    if is_final(state.assessment):
        st.caption("本考核已定稿，名单不再改动；确需更正的，先在上面申请退回草稿。")
        return
    roster_codes.section(state, printed, actor)
    with st.expander("更正名单", icon=":material/edit_note:", key="correct-roster"):
        _correction(state, printed, actor)


@lru_cache(maxsize=16)
def _printed(text: str, name: str) -> Scheme:
    """The scheme as it was taken, with every group that the document names, whether it has units or not."""
    return load_scheme(text, name)


def _how_many(state: State) -> str:
    count = len(state.assessment.units)
    return f"考核对象{count}个" if count else "没有名单，上报时按评分表上的单位收取"


def _empty(scheme: Scheme, units: Sequence[UnitRow]) -> None:
    """A group nobody is on the roster of would go unassessed in silence."""
    there = {unit.group for unit in units}
    if names := [group.name for group in scheme.groups if group.id not in there]:
        told = "".join(f"“{name}”" for name in names)
        st.warning(escape(f"组别{told}没有名单，不在本考核之内；应纳入的，请在“更正名单”中补充。"),
                   icon=":material/group_off:")  # fmt: skip


def _listed(scheme: Scheme, units: Sequence[UnitRow]) -> None:
    helping = any(unit.helps for unit in units)
    names = {group.id: group.name for group in scheme.groups}
    there = [group for group in names if any(unit.group == group for unit in units)]
    if len(there) > 1 and len(units) > _LONG:
        chosen = st.selectbox("组别", there, format_func=names.__getitem__, key="roster-group")
        units = [unit for unit in units if unit.group == chosen]
    rows = [
        {"组别": cell(names.get(unit.group, unit.group)), "名称": cell(unit.name)}
        | ({"帮扶镇和户数": cell(helps_text(unit.helps)) or "—"} if helping else {})
        for unit in units
    ]
    table(rows, "考核对象名单")


def _correction(state: State, scheme: Scheme, actor: str) -> None:
    units = state.assessment.units or tuple(scheme_units(scheme))
    st.markdown(
        "下载名单，在表内增删、改正后放回。文件写到的组别，以文件为准；没有写到的组别不变。"
        "已有评分表或情形的考核对象不能删去。"
    )
    with st.container(horizontal=True):
        if units:
            st.download_button(
                "下载现有名单（xlsx）", data=lambda: filled_roster(scheme, units), file_name="考核对象名单.xlsx",
                mime=roster_upload.XLSX, icon=":material/download:", on_click="ignore", key="roster-now",
            )  # fmt: skip
        if any(not group.units for group in scheme.groups):
            roster_upload.blank_button(scheme, "correction")
    reading = roster_upload.uploaded(scheme, units, key=_zone(state), only="correction")
    if reading is not None and not reading.rejected:
        _confirm(state, reading, actor)


def _zone(state: State) -> str:
    return f"roster-file-{state.assessment.id}"


def _confirm(state: State, reading: RosterReading, actor: str) -> None:
    """What would change, why, and the button that puts it in force."""
    before, after = state.assessment.units, reading.units
    lines = changes(before, after)
    if not lines and before == after:
        st.info("与现有名单完全相同，无须更正。", icon=":material/info:")
        return
    st.markdown("\n".join(f"- {escape(line)}" for line in lines or ["考核对象不变，只调整先后次序"]))
    reason = st.text_input("更正理由（记入操作日志）", key="roster-reason", max_chars=200, live=True)
    seen_key = f"roster-seen-{state.assessment.id}"
    drawn_for = st.session_state.get(seen_key, before)
    st.session_state[seen_key] = before
    if not permit.button("更正名单", "确认更正名单", type="primary", icon=":material/check:", key="roster-correct"):
        return

    def correct(seen: Sequence[UnitRow]) -> object:
        return session.store().correct_roster(state.assessment.id, after, actor, reason or "", seen=seen)

    if both.tried("roster", lambda: correct(drawn_for), lambda _: correct(session.store().assessment(state.assessment.id).units)):
        roster_upload.forget(_zone(state))
        st.session_state["roster-told"] = f"名单已更正，现有考核对象{len(after)}个。"
        session.refresh()


def changes(before: Sequence[UnitRow], after: Sequence[UnitRow]) -> list[str]:
    """What another roster changes, one line a kind: 新增, 删去, 改动."""
    old, new = ({unit.name: unit for unit in units} for units in (before, after))
    kinds = {
        "新增": [name for name in new if name not in old],
        "删去": [name for name in old if name not in new],
        "改动": [f"{name}（{_differs(old[name], new[name])}）" for name in new if _known_otherwise(old, new[name])],
    }
    return [f"{kind}{len(names)}个：{_few(names)}" for kind, names in kinds.items() if names]


def _known_otherwise(old: dict[str, UnitRow], unit: UnitRow) -> bool:
    return unit.name in old and old[unit.name] != unit


def _differs(old: UnitRow, new: UnitRow) -> str:
    told = ["组别"] if old.group != new.group else []
    told += ["行政区划代码"] if old.region != new.region else []
    if old.helps != new.helps:
        told.append(f"帮扶镇{helps_text(old.helps) or '无'}→{helps_text(new.helps) or '无'}")
    return "、".join(told)


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")


def told() -> None:
    """What the last correction came to."""
    if said := st.session_state.pop("roster-told", ""):
        st.success(escape(said), icon=":material/task_alt:")
