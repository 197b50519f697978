"""目标数值: figures that the document leaves to the office (全国平均增长率). They are filled in here and scored by."""

from __future__ import annotations

import streamlit as st

from components import both, session
from components.rules.readings_view import PLACE
from components.text import escape
from data.finalise import is_final
from data.state import TARGET, State
from data.store import Clash
from scoring.assumptions import figure_text
from scoring.rules import Target


def fields(state: State) -> None:
    """A field for each open target, saved together; nothing for a scheme without any."""
    if not state.asked:
        return
    with st.container(border=True, key="targets"):
        left = len(state.unfilled)
        st.markdown(
            f"**目标数值**　{f':orange-badge[尚有{left}项未填报]' if left else ':green-badge[:material/check: 已填报]'}"
        )
        written = {target: _field(state, target) for target in state.asked}
        pressed = st.button("保存数值", icon=":material/save:", key="save-targets", disabled=is_final(state.assessment))
    if pressed:
        _save(state, written)


def _field(state: State, target: Target) -> str:
    """One target's field with what it is for and who filled it in; returns what is written there."""
    setting = state.settings.get(TARGET + target.id)
    turn = setting.at.timestamp() if setting else 0  # after anyone's entry this is a new field, never a stale one
    unit = f"（{target.measure}）" if target.measure else ""
    text = st.text_input(
        escape(target.name + unit), setting.value if setting else "", key=f"target-{state.assessment.id}-{target.id}-{turn}",
        placeholder="未填报", width=320, max_chars=30, disabled=is_final(state.assessment), live=True,
    )  # fmt: skip
    _overtaken(state, target, (text or "").strip(), turn)
    told = [target.text, _used(state, target)]
    told += [f"{setting.actor} {session.local(setting.at)}填报"] if setting else []
    st.caption(escape("；".join(part for part in told if part)))
    _earlier(state, target)
    return (text or "").strip()


def _earlier(state: State, target: Target) -> None:
    """Figures that were filled in before: none of them is lost."""
    earlier = session.store().setting_history(state.assessment.id, TARGET + target.id)[1:]
    if earlier:
        with st.expander(f"此前的填报（{len(earlier)}次）", icon=":material/history:"):
            for one in earlier:
                st.caption(escape(f"{one.actor} {session.local(one.at)}填报：{one.value + target.measure if one.value else '清空'}"))


def _overtaken(state: State, target: Target, text: str, turn: float) -> None:
    """What was typed and not saved when another filled the figure in is not lost: both wait for the viewer."""
    key, setting = f"target-typed-{state.assessment.id}-{target.id}", state.settings.get(TARGET + target.id)
    value = setting.value if setting else ""
    before, was, typed = st.session_state.get(key, (turn, value, text))
    st.session_state[key] = turn, value, text
    if before == turn or typed in (was, value) or setting is None or setting.actor == session.actor():
        return
    figure = _figure(target, typed)
    clash = Clash(TARGET + target.id, typed, value, setting.actor, setting.at)
    insist = None if figure is None else lambda seen: _set(state, target, figure, seen[0].theirs)
    both.hold(PLACE, "在您填写之后，这一数值已由他人填报，您所填的尚未保存。请对照后决定。", [clash], insist)


def _set(state: State, target: Target, text: str, seen: str | None) -> object:
    return session.store().set_setting(
        state.assessment.id, TARGET + target.id, text, session.actor(), action="填报目标数值",
        subject=f"{target.name}：{text + target.measure if text else '清空'}", seen={TARGET + target.id: seen},
    )  # fmt: skip


def _used(state: State, target: Target) -> str:
    """The items that are compared with it."""
    rows = {
        row.no: row.name
        for group in state.scheme.groups
        for row in state.scheme.indicators_of(group.id)
        if row.target == target.id
    }
    return f"用于{'、'.join(f'第{no}项“{name}”' for no, name in rows.items())}" if rows else ""


def _save(state: State, written: dict[Target, str]) -> None:
    """Keep what differs from before; a text that is no figure is refused and nothing is kept."""
    before = {
        target: setting.value if (setting := state.settings.get(TARGET + target.id)) else "" for target in written
    }
    wrong = [(target, text) for target, text in written.items() if text and _figure(target, text) is None]
    if wrong:
        st.error(escape(_refused(*wrong[0])), icon=":material/error:")
        return
    figures = {target: _figure(target, text) or "" for target, text in written.items()}
    changed = {target: text for target, text in figures.items() if text != before[target]}
    if not all(_save_one(state, target, text) for target, text in changed.items()):
        return
    if changed:
        st.session_state["readings-told"] = (
            f"已保存目标数值：{'、'.join(target.name for target in changed)}。得分已按此重算。"
        )
        st.rerun()


def _save_one(state: State, target: Target, text: str) -> bool:
    held = state.settings.get(TARGET + target.id)
    return both.tried(
        PLACE,
        lambda: _set(state, target, text, held.value if held else None),
        lambda seen: _set(state, target, text, seen[0].theirs if seen[0].at else None),
    )


def _figure(target: Target, text: str) -> str | None:
    """The figure as it is kept; None for a text that is none."""
    try:
        return figure_text(target, text)
    except ValueError:
        return None


def _refused(target: Target, text: str) -> str:
    asked = (
        "请只写数字，如 9.6 或 9.6%，下降的写负数"
        if target.measure == "%"
        else "请只写数字，不带单位，如 9.6；不能小于0"
    )
    return f"“{text}”不是可用的数，未作任何保存。{asked}。"
