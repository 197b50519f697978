"""Duties in words: what each 角色 may do, and for which 年度考核, 考核对象 and 考核方式."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import session
from components.access import configuration
from components.text import escape
from data.access import MEANINGS, ROLES, Duty, Person, Role, duty_words
from data.store import Assessment
from scoring.load import load_scheme
from scoring.scheme_text import SchemeError

COLOURS: dict[Role, str] = {"view": "gray", "plan": "violet", "fill": "green", "review": "orange", "manage": "blue"}


def mine(viewer: Person) -> None:
    """The viewer's own duties, each with what it means, and how long a sign-in lasts."""
    st.markdown(f"**\u2060{escape(viewer.name)}\u2060**　账号 {escape(viewer.account)}")
    told(viewer.duties, *names())
    held = [role for role in ROLES if viewer.has(role) or any(duty.role == role for duty in viewer.duties)]
    st.markdown("\n".join(f"- **\u2060{ROLES[role]}\u2060**：{MEANINGS[role]}" for role in held))
    settings = configuration.read()
    idle = "" if settings.idle is None else f"{_span(settings.idle.total_seconds())}没有操作即自动退出；"
    st.caption(
        f"分工由“人员与权限”登记，本人不能更改；有出入的，请联系承担“管理”的人员。{idle}"
        f"每次登录最长{_span(settings.limit.total_seconds())}。"
    )


def told(duties: Sequence[Duty], assessments: Mapping[int, str], components: Mapping[str, str]) -> None:
    """Each duty on a line of its own: the 角色 as a plate, then how far it extends."""
    order = list(ROLES)
    lines = []
    for duty in sorted(duties, key=lambda each: (order.index(each.role), each.assessment or 0)):
        within = duty_words(duty, assessments, components).removeprefix(ROLES[duty.role])[1:-1]
        lines.append(f":{COLOURS[duty.role]}-badge[{ROLES[duty.role]}] {escape(within)}")
    st.markdown("  \n".join(lines))


def names() -> tuple[dict[int, str], dict[str, str]]:
    """What the 年度考核 and the 考核方式 are called."""
    known = session.assessments()
    components: dict[str, str] = {}
    for one in known:
        components |= components_of(one)
    return {one.id: one.name for one in known}, components


def components_of(assessment: Assessment) -> dict[str, str]:
    """The counted 考核方式 of an assessment: id to name. Empty where its scheme cannot be read any more."""
    return _components(assessment.scheme_hash, assessment.scheme_text)


@st.cache_resource(show_spinner=False, max_entries=64)
def _components(scheme_hash: str, _text: str) -> dict[str, str]:
    try:
        return {part.id: part.name for part in load_scheme(_text, scheme_hash).counted}
    except SchemeError:
        return {}


def _span(seconds: float) -> str:
    """1800 → 30分钟, 43200 → 12小时."""
    if seconds % 3600 == 0:
        return f"{seconds / 3600:g}小时"
    return f"{seconds / 60:g}分钟" if seconds >= 60 else f"{seconds:g}秒"
