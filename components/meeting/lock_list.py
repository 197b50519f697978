"""锁定: what would be locked now, the dialog that does it, and every 锁定版 there has been."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import pulse, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.meeting import opened
from components.tables import cell, table
from components.text import escape
from data.finalise import is_final
from data.locked import Locked, lock
from data.state import State
from data.store import SETTLINGS, LockedVersion, Settling, SettlingKind, StoreProblem
from data.store.locks import CURRENT

_NAMED = 4


def now(state: State, found: LockedVersion | None) -> None:
    """The present version: as which 锁定版 it is locked, or the way to lock it."""
    with st.container(horizontal=True, vertical_alignment="center", key="lock-now"):
        if found:
            told = f"现在的数据（第{state.version}版）已锁定为{found.name}，无须重复锁定。"
            st.markdown(f":material/lock: {escape(told)}", width="content")
            return
        st.markdown(f":material/lock_open: {escape(f'现在的数据（第{state.version}版）尚未锁定。{holds(state)}')}")
        permit.button("锁定", f"锁定第{state.version}版", icon=":material/lock:", key="lock-open", type="primary",
                  on_click=dialogs.open_dialog, args=["lock-now", state.version])  # fmt: skip


def chosen(state: State, locked: Locked) -> None:
    """Which 锁定版 the rest of the page is about, with the choice of another and the way to take this one out of use."""
    st.subheader(locked.record.name, anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch", gap="xsmall"):
            st.markdown(escape(f"{locked.stamp}　{locked.record.actor}锁定"))
            note = f"　备注：{locked.record.note}" if locked.record.note else ""
            st.caption(escape(f"{holds(locked.state)}{note}"))
        opened.chooser(state, locked)
        if not locked.standing.settled:
            permit.button("作废锁定版", "作废", icon=":material/block:", key="lock-withdraw-open", type="tertiary",
                      on_click=dialogs.open_dialog, args=["lock-withdraw", locked.record])  # fmt: skip


@st.fragment(run_every=session.LIVE, key="lock-watch")
def watch(state: State, mark: int) -> None:
    """Draw the page anew once anyone has changed anything of the assessment: one query for all who look."""
    try:
        at = state.assessment.id
        moved = pulse.of(at).mark != mark and session.store().standing_mark(at) != mark
    except StoreProblem as problem:
        st.caption(escape(str(problem)))
        return
    if moved:
        st.rerun()


def holds(state: State) -> str:
    """What would be locked: "定稿，数据齐全。" or "草稿，评分表缺1份：恩平市的日常工作。"."""
    final = "定稿" if is_final(state.assessment) else "草稿"
    if state.absent:
        named = [f"{unit}的{state.scheme.component(part).name}" for unit, part in state.absent]
        more = f"等{len(named)}份" if len(named) > _NAMED else ""
        return f"{final}，评分表缺{len(named)}份：{'、'.join(named[:_NAMED])}{more}。"
    bare = [result.unit for result in state.results.units if not result.complete]
    if bare:
        return f"{final}，结果暂缺：{'、'.join(bare[:_NAMED])}{f'等{len(bare)}个' if bare[_NAMED:] else ''}。"
    return f"{final}，数据齐全。"


def lock_form(state: State, seen: int) -> None:
    """Lock the version that was seen, with a note."""
    st.markdown(escape(f"锁定第{seen}版：{state.assessment.name}。{holds(state) if seen == state.version else ''}"))
    st.caption("锁定后，汇报、成文都用这一版的数据；此后数据再有变动，锁定版不变，页面会提示。")
    if seen != state.version:
        st.warning(f"数据已更新为第{state.version}版。请关闭后重新查看，再行锁定。", icon=":material/update:")
    if not is_final(state.assessment):
        st.info("尚未定稿：锁定后可用于汇报和研究建议等次；审定须在定稿后重新锁定。", icon=":material/edit_note:")
    note = st.text_input("备注（如：提交×月×日领导小组会议）", max_chars=100, key=dialogs.key("lock-note"), live=True)
    if permit.button("锁定", "锁定", type="primary", key="lock-save"):
        dialogs.save(lambda: _locked(state, note or "", seen), f"已锁定第{seen}版。")


def _locked(state: State, note: str, seen: int) -> None:
    record = lock(session.store(), state.assessment.id, session.actor(), note, seen)
    opened.choose(state, record.number)


def every(state: State, chosen: int) -> None:
    """All 锁定版, newest first, each with how far it has come; those withdrawn say so."""
    locks, steps = session.store().locked_versions(state.assessment.id), session.store().settlings(state.assessment.id)
    if not locks:
        return
    st.subheader("全部锁定版", anchor=False)
    rows = [
        {
            "锁定版": f"第{one.number}号（第{one.version}版）" + ("　本页" if one.number == chosen else ""),
            "锁定时间、锁定人、备注": "　".join(cell(part) for part in (session.local(one.at), one.actor, one.note) if part),
            "校验码": one.code,
            "进度": _standing(state, one, steps),
        }
        for one in locks
    ]
    table(rows, "锁定版")
    st.caption("校验码由评分、情形、方案、口径和结果算出：数据有任何改动，校验码就不同。纸上与屏幕的校验码相同，即为同一份数据。")


def _standing(state: State, one: LockedVersion, steps: Mapping[SettlingKind, Settling]) -> str:
    if one.state != CURRENT:
        return "已作废"
    order: tuple[SettlingKind, ...] = ("approved", "settled", "suggested")
    kind = next((kind for kind in order if kind in steps and steps[kind].locked == one.number), None)
    if kind is None:
        return "测算等次" if state.scheme.grades else "测算结果"
    return SETTLINGS[kind] if kind == "suggested" else f"已{SETTLINGS[kind]}（{cell(steps[kind].number)}）"


def withdraw_form(state: State, record: LockedVersion) -> None:
    """Take a 锁定版 out of use, with a reason."""
    st.markdown(escape(f"{record.name}（第{record.version}版）作废后不再用于汇报、成文和审定，记录留存。"))
    reason = st.text_input("作废理由", max_chars=200, key=dialogs.key("lock-reason"), live=True)
    if permit.button("作废锁定版", "确认作废", type="primary", key="lock-withdraw-save"):
        dialogs.save(lambda: _withdrawn(state, record.number, reason or ""), f"已作废{record.name}。")


def _withdrawn(state: State, number: int, reason: str) -> None:
    session.store().withdraw_lock(state.assessment.id, number, session.actor(), reason)
    opened.forget(state)
