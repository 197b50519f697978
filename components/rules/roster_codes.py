"""按名称补填区划代码: the codes that the roster's names point to, offered; taken only by a press, as one correction."""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import permit
from components.tables import bold, cell, table
from components.text import escape
from data import rosters_codes
from data.regions import COUNTRY, Place, children, place, towns
from data.rosters_codes import Asked, Filling, full_name
from data.state import State
from data.store import StoreProblem
from scoring.scheme import Scheme

NOT = ""
"""Chosen where a unit is to stay without a code."""


def section(state: State, scheme: Scheme, actor: str) -> None:
    """What each unit without a known code is by its name, and the button that fills the codes in; nothing where all have one."""
    units = state.assessment.units
    if not (wanting := rosters_codes.lacking(units)):
        return
    with st.expander(
        f"按名称补填区划代码（{len(wanting)}个没有可用的代码）", icon=":material/pin_drop:", key="roster-codes"
    ):
        st.markdown(
            "有行政区划代码的考核对象才能上地图。下面按名称在区划表中查找，确认后才填入。机关单位本无区划代码，不必补填。"
        )
        home = _home(state.assessment.id) if rosters_codes.fill(units, scheme).unscoped else None
        filling = rosters_codes.fill(units, scheme, home)
        codes = {unit: each.code for unit, each in filling.found.items()}
        _found(filling)
        codes |= _chosen(filling.asked, state.assessment.id)
        _unknown(filling)
        _confirm(state, codes, actor)


def _home(assessment_id: int) -> Place | None:
    """Where the units lie, asked from the province down; as far as it was said."""
    st.markdown(
        "名单和方案都没有写明考核对象在哪里，请先选定范围：市、县选到省或市，镇（街）选到市或县；范围越小，重名越少。"
    )
    home: Place | None = None
    with st.container(horizontal=True):
        for label in ("省（区、市）", "市（州、盟）", "县（市、区、旗）"):
            options = _choices(home)
            if not options:
                break
            names = {each.code: each.name for each in options}
            key = f"codes-home-{assessment_id}-{home.code if home else COUNTRY}"
            code = st.selectbox(
                label, list(names), index=None, format_func=names.__getitem__, key=key, placeholder="请选择", width=220
            )
            if code is None:
                break
            home = place(code)
    return home


def _choices(home: Place | None) -> tuple[Place, ...]:
    """The next smaller places that could be the area: a county only where its towns are known."""
    below = children(home.code if home else COUNTRY)
    return tuple(each for each in below if each.level != "town" and (each.level != "county" or towns(each.code)))


def _found(filling: Filling) -> None:
    if not filling.found:
        return
    st.markdown(f":material/check_circle: 找到{len(filling.found)}个")
    rows = [
        {"名称": cell(unit), "区划全称": cell(full_name(each)), "代码": cell(each.code)}
        for unit, each in filling.found.items()
    ]
    table(rows, "按名称找到的区划代码")


def _chosen(asked: tuple[Asked, ...], assessment_id: int) -> dict[str, str]:
    """One choice a unit, first of all 不填."""
    codes: dict[str, str] = {}
    if asked:
        st.markdown(f":material/help: 需要选定{len(asked)}个，不选的不填")
    for one in asked:
        names = {NOT: "不填"} | {each.code: f"{full_name(each)}（{each.code}）" for each in one.candidates}
        key = f"code-{assessment_id}-{one.unit}-{'-'.join(names)}"  # other candidates are another question
        code = st.selectbox(escape(one.unit), list(names), format_func=names.__getitem__, key=key)
        st.caption(escape(one.why))
        if code:
            codes[one.unit] = code
    return codes


def _unknown(filling: Filling) -> None:
    if filling.unscoped:
        st.markdown(f":material/pending: {len(filling.unscoped)}个待选定范围后查找：{_few(filling.unscoped)}")
    if filling.unknown:
        st.markdown(f":material/cancel: {len(filling.unknown)}个找不到，保持不填")
        with st.container(height=320 if len(filling.unknown) > 8 else "content", border=False):
            table(
                [{"名称": cell(unit), "原因": cell(why)} for unit, why in filling.unknown.items()], "找不到区划代码的"
            )


def _few(names: tuple[str, ...]) -> str:
    return escape("、".join(names[:8]) + (f"等{len(names)}个" if len(names) > 8 else ""))


def _confirm(state: State, codes: dict[str, str], actor: str) -> None:
    if not codes:
        return
    clashes = rosters_codes.clashes(codes)
    for clash in clashes:
        st.error(escape(clash), icon=":material/error:")
    st.caption(f"将以{bold(actor)}的名义更正名单，记入操作日志，版次加一；得分和等次不变。")
    label, key = f"确认补填{len(codes)}个区划代码", f"codes-confirm-{state.version}"  # a press is for what was seen
    if not permit.button("更正名单", label, type="primary", icon=":material/check:", key=key, disabled=bool(clashes)):
        return
    units = rosters_codes.filled(state.assessment.units, codes)
    try:
        session.store().correct_roster(
            state.assessment.id, units, actor, f"按名称补填区划代码{len(codes)}个", seen=state.assessment.units
        )
    except StoreProblem as problem:
        session.complain(problem)
    else:
        st.session_state["roster-told"] = f"已补填{len(codes)}个区划代码，可在地图上查看。"
        session.refresh()
