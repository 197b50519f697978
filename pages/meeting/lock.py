"""锁定与审定: which figures are locked, and their way from 测算等次 to 建议等次, 审定 and 批复."""

import streamlit as st

from components import page, session
from components.follow import follow_dialogs
from components.meeting import (
    lock_forms,
    lock_grades,
    lock_history,
    lock_list,
    lock_objections,
    lock_since,
    lock_steps,
    opened,
)
from components.signature import sign
from components.text import escape
from data.locked import Locked
from data.store import StoreProblem

state = page.head("锁定与审定")
follow_dialogs.told()
mark = session.store().standing_mark(state.assessment.id)
sign()
known = opened.usable(state)
lock_list.now(state, next((each for each in known if each.version == state.version), None))

locked: Locked | None = None
try:
    locked = opened.pinned(state)
except opened.NoneLocked:
    st.info("还没有锁定版。汇报和成文一律用锁定的数据：锁定后，数据再有变动，已锁定的仍保持原样。", icon=":material/info:")
except opened.NoSuchLock as problem:
    st.warning(escape(str(problem)), icon=":material/link_off:")
    opened.chooser(state, None)
except StoreProblem as problem:
    session.complain(problem)
    opened.chooser(state, None)

if locked:
    lock_list.chosen(state, locked)
    lock_since.now(locked, state)
    lock_steps.way(locked, state, lock_steps.seen(state))
    lock_grades.side_by_side(locked)
    lock_objections.register(locked)
lock_list.every(state, locked.record.number if locked else 0)
lock_history.told(state)
if dialog := follow_dialogs.opened():
    lock_forms.show(state, locked, *dialog)
lock_list.watch(state, mark)
page.foot(state)
