"""口径 on screen: each reading where the text is silent, what another would change here, and who confirmed which."""

from __future__ import annotations

import streamlit as st

from components import session
from components.scheme_view import UNSAID
from components.text import escape
from data.state import READING, State
from data.store import StoreProblem
from scoring.assumptions import DEFAULT, Assumption
from scoring.rulebook import rules
from scoring.scheme import Scheme

Changes = dict[str, tuple[str | None, str | None]]
SHOWN = 6
"""Units named in one line before the rest are counted."""


def current(state: State, assumption: Assumption) -> str:
    """The reading in force."""
    setting = state.settings.get(READING + assumption.key)
    return setting.value if setting and setting.value in assumption.labels else DEFAULT


def changes(state: State, assumption: Assumption, label: str) -> Changes:
    """Units whose grade would change under a reading: unit → (grade now, grade then)."""
    return next((e.changes for e in state.effects if (e.key, e.label) == (assumption.key, label)), {})


def effect_text(state: State, assumption: Assumption, label: str) -> str:
    """What it would do: 现行口径, 不影响本次等次, or the units that would change: "台山市 较好→好"."""
    if label == current(state, assumption):
        return "现行口径"
    if not state.submissions:
        return "尚无评分，暂看不出影响"
    found = changes(state, assumption, label)
    if not found:
        return "不影响本次等次"
    told = [f"{unit} {was or '暂缺'}→{then or '暂缺'}" for unit, (was, then) in found.items()]
    more = f"等{len(told)}{state.scheme.words.measure}" if len(told) > SHOWN else ""
    return f"将改变{len(told)}{state.scheme.words.measure}等次：{'、'.join(told[:SHOWN])}{more}"


def summary(state: State) -> str:
    """How many readings there are, how many still wait, and how many of those matter."""
    waiting = len(state.unconfirmed)
    if not waiting:
        return "各项口径已全部确认。"
    weighty = len(state.mattering)
    rest = f"其中{weighty}项改用其他口径会改变本次等次" if weighty else "改用其他口径均不影响本次等次"
    return f"尚有{waiting}项口径未确认，{rest}。定稿前须逐项确认。"


def readings(state: State) -> None:
    """Every reading of the assessment's own scheme, each to be confirmed."""
    for assumption in state.assumptions:
        with st.container(border=True, key=f"reading-{assumption.key.replace('.', '-')}"):
            _reading(state, assumption)


def _reading(state: State, assumption: Assumption) -> None:
    setting = state.settings.get(READING + assumption.key)
    status = ":green-badge[:material/check: 已确认]" if setting else ":gray-badge[尚未确认]"
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(f"**{escape(assumption.name)}**　{UNSAID} {status}")
        st.markdown(escape(assumption.text))
        if setting:
            name = "方案所列口径" if setting.value == DEFAULT else setting.value
            st.caption(escape(f"{setting.actor} {session.local(setting.at)}确认：{name}"))
    with right:
        _choice(state, assumption)


def _choice(state: State, assumption: Assumption) -> None:
    labels, why = list(assumption.labels), {option.label: option.why for option in assumption.alternatives}
    why[DEFAULT] = _default_text(state, assumption)
    captions = [_caption(state, assumption, label, why[label]) for label in labels]
    key = f"choice-{state.assessment.id}-{assumption.key}"
    chosen = st.radio(
        f"{assumption.name}的口径", labels, index=labels.index(current(state, assumption)), captions=captions, key=key,
        format_func=lambda label: "方案所列口径" if label == DEFAULT else escape(label), label_visibility="collapsed",
    )  # fmt: skip
    if st.button("确认此项口径", key=f"confirm-{assumption.key}", icon=":material/check:"):
        _confirm(state, assumption, chosen or DEFAULT)


def _default_text(state: State, assumption: Assumption) -> str:
    """What the scheme's own reading says, whichever is in force."""
    unchanged = rules(state.own)
    return next((rule.text for rule in unchanged if rule.assumed == assumption.text), "")


def _caption(state: State, assumption: Assumption, label: str, why: str) -> str:
    effect = effect_text(state, assumption, label)
    return escape("。".join(part for part in (why, effect) if part))


def _confirm(state: State, assumption: Assumption, label: str) -> None:
    name = "方案所列口径" if label == DEFAULT else label
    try:
        session.store().set_setting(
            state.assessment.id, READING + assumption.key, label, session.actor(), subject=f"{assumption.name}：{name}"
        )
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.rerun()


def listed(scheme: Scheme, assumptions: tuple[Assumption, ...]) -> None:
    """The readings of a scheme that is only read: reasons and alternatives, nothing to confirm."""
    for assumption in assumptions:
        with st.container(border=True):
            st.markdown(f"**{escape(assumption.name)}**　{UNSAID}")
            st.markdown(escape(assumption.text))
            for option in assumption.alternatives:
                st.markdown(f"- 另一种口径：{escape(option.label)}　:gray[{escape(option.why)}]")
    if not assumptions:
        st.caption(f"“{escape(scheme.title)}”没有按口径处理的事项。")
