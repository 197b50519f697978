"""The form that registers one 情形: whose, which kind, and what that kind asks for; the rules it touches stand beneath."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import days, session
from components.access import permit
from components.text import escape
from data.fact_entry import Entry, called, fact_of, labels, outside_period, problems
from data.state import State
from data.store import FactRow, StoreProblem
from scoring import exact
from scoring.fact_uses import NAMES, registrable, uses
from scoring.marks import Fact
from scoring.rules import FactKind

ALL = "全部组别"


def registration(state: State, actor: str) -> None:
    """The form for one 情形; only what the scheme knows can be chosen."""
    turn = st.session_state.setdefault("fact-turn", 0)
    kinds = {kind.id: kind for kind in state.scheme.facts}
    with st.grid("auto", min_column_width=240):
        unit = _unit(state, turn)
        chosen = st.selectbox(
            "情形", list(kinds), format_func=lambda id_: kinds[id_].name, key=f"fact-kind-{turn}"
        )  # fmt: skip
        kind = kinds[chosen]
        entry = _fields(state, turn, unit or "", kind)
        note = st.text_input("佐证说明", placeholder="材料名称、存放何处", max_chars=300, key=f"fact-note-{turn}",
                             live=True)  # fmt: skip
    _dated(state, entry)
    _touches(state, kind)
    _already(state, kind, unit)
    if permit.button("登记情形", "登记，待第二人核对", type="primary", icon=":material/add:", key=f"fact-add-{turn}"):
        _add(state, entry, (note or "").strip(), actor)


def prefill(unit: str, kind: str) -> None:
    """Put a unit and a kind into the form, for a button elsewhere on the page (as its callback)."""
    turn = st.session_state.setdefault("fact-turn", 0)
    st.session_state[f"fact-group-{turn}"] = ALL
    st.session_state[f"fact-unit-{turn}"] = unit
    st.session_state[f"fact-kind-{turn}"] = kind


def _unit(state: State, turn: int) -> str | None:
    """The unit, out of its group where there are several; any name where the assessment has no roster."""
    scheme = state.scheme
    names = {group.id: group.name for group in scheme.groups}
    units = {unit.name: group.id for group in scheme.groups for unit in group.units}
    if not state.blind:
        units |= {result.unit: result.group for result in state.results.units if result.unit not in units}
    units = {unit: group for unit, group in units.items() if state.shown(unit)}
    groups = [group for group in names if group in units.values()]
    within = ALL
    if len(groups) > 1:
        within = st.selectbox(
            "组别", [ALL, *groups], format_func=lambda group: names.get(group, group), key=f"fact-group-{turn}"
        )
    shown = [unit for unit, group in units.items() if within in (ALL, group)]
    told = len(groups) > 1 and within == ALL
    return st.selectbox(
        scheme.words.unit, shown, index=None, placeholder="请选择，可输入名称查找", key=f"fact-unit-{turn}",
        format_func=lambda unit: f"{unit}（{names[units[unit]]}）" if told and unit in units else unit,
        accept_new_options=not state.assessment.units and any(not group.units for group in scheme.groups),
    )  # fmt: skip


def _fields(state: State, turn: int, unit: str, kind: FactKind) -> Entry:
    """What this kind of fact asks for."""
    values, named = registrable(state.scheme, kind), labels(state.scheme, kind)
    value = st.selectbox("取值", values, index=0 if len(values) == 1 else None, placeholder="请选择",
                         key=f"fact-value-{turn}-{kind.id}")  # fmt: skip
    amount = ""
    if kind.amount:
        amount = st.text_input(f"金额（{kind.amount}）", placeholder="如 1200 或 1200.5", max_chars=30,
                               key=f"fact-amount-{turn}", live=True) or ""  # fmt: skip
    day = days.field(named.day, None, f"fact-date-{turn}")
    basis = st.text_input(named.basis, placeholder=named.hint, max_chars=100, key=f"fact-basis-{turn}", live=True)
    return Entry(unit, kind.id, value or "", day, basis or "", amount)


def _dated(state: State, entry: Entry) -> None:
    """A day outside the time assessed is told before it is registered, not only after."""
    note = outside_period(state.scheme, Fact(entry.unit, entry.kind, entry.value, str(entry.day or "")))
    if note:
        st.warning(escape(f"{note}。仍可登记，由核对人判断。"), icon=":material/event_busy:")


def _touches(state: State, kind: FactKind) -> None:
    """What this kind of fact does in this scheme."""
    found = uses(state.scheme, kind.id)
    lines = [f"{NAMES[use.kind]}（{use.basis}）：{use.text}" for use in found]
    lines = lines or [f"此情形只登记备查（依据{kind.basis}），不直接影响得分、等次和结果运用"]
    st.caption("\n".join(f"- {escape(line)}" for line in lines))


def _already(state: State, kind: FactKind, unit: str | None) -> None:
    """What is there already of this kind for this unit: several count, or the gravest does."""
    rows = [row for row in state.facts if row.fact.unit == unit and row.fact.fact == kind.id]
    if rows:
        st.caption(escape(f"{unit}已登记{_counted(kind, rows)}。{_how(kind)}"))


def _counted(kind: FactKind, rows: Sequence[FactRow]) -> str:
    checked = sum(row.fact.confirmed for row in rows)
    total = sum((row.fact.amount for row in rows if row.fact.amount is not None), exact.parse("0"))
    money = f"，合计{exact.plain(total)}{kind.amount}" if kind.amount else ""
    return f"{len(rows)}条（已核对{checked}条{money}）"


def _how(kind: FactKind) -> str:
    if kind.amount:
        return "每到账一批登记一次，按金额合并计算。"
    return "逐件登记，每件写明各自的文号。" if kind.many else "以最重的为准。"


def _add(state: State, entry: Entry, note: str, actor: str) -> None:
    told = problems(state.scheme, state.facts, entry, session.now().date())
    if told:
        st.error("  \n".join(map(escape, told)), icon=":material/error:")
        return
    fact = fact_of(state.scheme, entry)
    try:
        session.store().add_fact(state.assessment.id, fact, note, actor)
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state["fact-turn"] = st.session_state.get("fact-turn", 0) + 1
    st.session_state["fact-told"] = f"已登记{called(state.scheme, fact)}，待第二人核对后生效。"
    session.refresh()
