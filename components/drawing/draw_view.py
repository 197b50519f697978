"""What 交叉考核抽签 draws: the document's rule, the draw, its result for the whole room, and every earlier one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components import session
from components.access import permit
from components.drawing import draw_parts
from components.tables import bold
from components.text import escape
from data import drawing as record
from data.clauses import document_text, find, part_of, read_clauses
from data.drawing import Json
from data.state import State
from data.store import Drawing
from scoring import draws
from scoring.draws import DrawError, ExtraBy, Line, Plan

_EXTRA: dict[ExtraBy, str] = {"lot": "抽签确定", "hand": "逐个指定", "none": "暂不安排"}
_CLAUSE = re.compile(r"[一二三四五六七八九十]+（[一二三四五六七八九十]+）")
"""Clauses that a reading speaks of."""
_SLOWLY = "draw-slowly"
"""Key of the choice, made before the draw, to uncover a result group by group on this page."""
_AVOIDS = {"self": "不考核本地", "mutual": "不两地互考"}


def tab(state: State, drawings: Sequence[Drawing], actor: str) -> None:
    """The whole of 交叉考核抽签 for a scheme that has one."""
    try:
        chosen = draws.plan(state.scheme)
    except DrawError as problem:
        _rule(state)
        st.error(escape(str(problem)), icon=":material/error:")
        return
    held = [one for one in drawings if one.kind == "draw"]
    now = next((one for one in held if one.state == "current"), None)
    if now is not None:
        _result(state, now, chosen, actor)
    _rule(state)
    _form(state, chosen, held, actor)
    draw_parts.history(state, [one for one in held if one is not now], actor, lambda one: [_line_of(one)], _again)


def _rule(state: State) -> None:
    """What the document says, word for word, and what follows from it."""
    rule = state.scheme.draw
    assert rule is not None
    clauses = read_clauses(document_text(state.scheme.document.text))
    part = part_of(clauses, state.scheme.document.title)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**方案的规定**", width="content")
            st.badge(escape(rule.basis), icon=":material/menu_book:", color="blue" if rule.cite else "orange")
        cites = rule.cite or tuple(_CLAUSE.findall(rule.assumed or ""))
        for cite in cites:
            if (clause := find(clauses, cite, part)) is not None:
                st.markdown(f"{bold(clause.key)}　{escape(''.join(clause.paragraphs) or clause.title)}")
        if rule.assumed:
            st.caption(f"原文未规定，本系统口径：{escape(rule.assumed)}")
            for doubt in (doubt for doubt in state.scheme.doubts if doubt.clause in cites):
                st.caption(f"原文存疑：{escape(doubt.text)}")
        st.markdown(_sentence(state))


def _sentence(state: State) -> str:
    """How many groups, how many objects, what is avoided, and how many outcomes there may be."""
    rule = state.scheme.draw
    assert rule is not None
    try:
        chosen = draws.plan(state.scheme)
    except DrawError:
        return ""
    units, count = state.scheme.words.units, len(chosen.groups)
    if chosen.form == "mixed":
        return escape(
            f"{count}个组混合编成，分别{_verb(state)}{len(chosen.objects)}个{units}，各组任务数相差不超过1；组员不{_verb(state)}"
            "自己所来自的地方或单位。抽签前请登记组员来源。"
        )
    avoided = "、".join(_AVOIDS[each] for each in chosen.avoid)
    told = f"{count}个组随机配对，各考核一地：{avoided}。符合条件的配对共{draws.allowed(count, chosen.avoid):,}种，每种机会均等。"
    if count != rule.groups:
        told += f"原文写{rule.groups}个组，本次名单为{count}个，按本次名单抽签。"
    if chosen.extra:
        told += f"{'、'.join(chosen.extra)}由哪组考核，原文未写，见下。"
    return escape(told)


def _verb(state: State) -> str:
    return "评价" if "评价" in state.scheme.words.assessment else "考核"


def _result(state: State, drawing: Drawing, now: Plan, actor: str) -> None:
    """The draw that counts, large, all at once or group by group."""
    form = drawing.inputs["plan"]["form"]
    lines = record.lines_of(drawing.result)
    draw_parts.record_line(drawing)
    if record.plan_of(drawing.inputs).objects != now.objects:
        st.warning(
            "抽签之后，考核对象名单有变动：下列结果仍按抽签时的名单。名单确定后请写明理由重抽。",
            icon=":material/warning:",
        )
    key = f"shown-{drawing.id}"
    st.session_state.setdefault(key, 0 if st.session_state.get(_SLOWLY) else len(lines))
    shown = min(st.session_state[key], len(lines))
    draw_parts.large(
        [(record.group_name(form, line), _assessed(line) if at < shown else "　") for at, line in enumerate(lines)],
        _verb(state), 22 if any(line.also for line in lines) else 15,
    )  # fmt: skip
    if noted := draws.noted(record.plan_of(drawing.inputs)):
        st.caption(escape(noted))
    draw_parts.actions(state, drawing, actor, _again(drawing), first=partial(_reveal, key, shown, len(lines)))
    draw_parts.method(drawing)


def _assessed(line: Line) -> str:
    also = f"；兼考{'、'.join(line.also)}" if line.also else ""
    return ("、".join(line.objects) or "（无）") + also


def _reveal(key: str, shown: int, total: int) -> None:
    """The next group to be uncovered, where 逐组揭晓 was chosen and some are still covered."""
    if shown == total:
        return
    st.button(f"揭晓第{shown + 1}组", icon=":material/visibility:", type="primary", key=f"{key}-next",
              on_click=_show, args=[key, shown + 1])  # fmt: skip
    st.button("全部揭晓", key=f"{key}-all", on_click=_show, args=[key, total])


def _show(key: str, count: int) -> None:
    st.session_state[key] = count


def _form(state: State, chosen: Plan, held: Sequence[Drawing], actor: str) -> None:
    """The seed and the draw; folded away once there is one that counts."""
    drawn = any(one.state == "current" for one in held)
    place = st.expander("重新抽签", icon=":material/restart_alt:") if drawn else st.container(border=True)
    with place:
        if not drawn:
            st.markdown("**抽签**")
        ready = _extra(_away(state, chosen))
        reason = draw_parts.reason_field("draw", held)
        seed = draw_parts.seed_field("draw")
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = permit.button("抽签", "重新抽签" if held else "抽签", type="primary", icon=":material/casino:", key="draw-now",
                                disabled=reason is None)  # fmt: skip
            st.toggle("逐组揭晓", key=_SLOWLY, help="抽签后先遮住结果，再一组一组揭晓；只影响本页显示，不影响结果")
        if pressed:
            draw_parts.attempt(lambda: _hold(state, ready, seed, actor, reason or ""), "draw")


def _hold(state: State, chosen: Plan, seed: str, actor: str, reason: str) -> Drawing:
    text = draw_parts.tidy(seed)
    inputs = record.draw_inputs(state.scheme, chosen)
    result = record.draw_result(draws.draw(chosen, text))
    return session.store().record_drawing(state.assessment.id, "draw", "", (), text, inputs, result, actor, reason)


def _away(state: State, chosen: Plan) -> Plan:
    """Where the members of mixed groups come from."""
    if chosen.form != "mixed":
        return chosen
    st.markdown(f"组员来源（抽签时回避；没有{escape(state.scheme.words.units)}组员的组不填）")
    away = []
    with st.grid("auto", min_column_width=300):
        for group in chosen.groups:
            away.append(tuple(st.multiselect(group, chosen.objects, key=f"away-{group}", placeholder="无须回避", select_all=False)))
    if not any(away):
        st.caption("尚未登记组员来源：抽签将不作回避。")
    return replace(chosen, away=tuple(away))


def _extra(chosen: Plan) -> Plan:
    """Who assesses those of whom the document does not say it."""
    if not chosen.extra:
        return chosen
    st.markdown(escape(f"{'、'.join(chosen.extra)}由哪组考核，原文未写："))
    way = st.segmented_control("其余考核对象", list(_EXTRA), format_func=_EXTRA.__getitem__, default="lot", key="extra",
                               required=True, label_visibility="collapsed")  # fmt: skip
    if way != "hand":
        return replace(chosen, extra_by=way or "lot")
    names = [f"第{n}组（{name}）" for n, name in enumerate(chosen.groups, 1)]
    with st.grid("auto", min_column_width=220):
        taken = [
            st.selectbox(name, range(len(names)), index=None, format_func=names.__getitem__, key=f"extra-{name}",
                         placeholder="请指定")
            for name in chosen.extra
        ]  # fmt: skip
    given = tuple(-1 if group is None else group for group in taken)
    return replace(chosen, extra_by="hand", by_hand=given)


def _line_of(drawing: Drawing) -> str:
    """A whole draw in a line: "第1组（蓬江区）→新会区；…"."""
    form = drawing.inputs["plan"]["form"]
    told = (f"{record.group_name(form, line)}→{_assessed(line)}" for line in record.lines_of(drawing.result))
    return escape("；".join(told))


def _again(drawing: Drawing) -> Callable[[], Json]:
    return partial(record.redraw, drawing.inputs, drawing.seed)
