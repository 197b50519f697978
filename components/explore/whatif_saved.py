"""The saved 情景 of 权重测算: keep a trial under a name, open one on the board, withdraw one. Never official."""

from __future__ import annotations

import json

import streamlit as st

from components import session
from components.access import permit
from components.explore import asking
from components.explore.address import of_group
from components.explore.naming import as_typed
from components.explore.whatif_bench import LEVEL, Bench, level_of_step
from components.links import link
from components.navigation import COMPARE
from components.signature import sign
from components.text import escape
from data.state import State, chosen_readings
from data.store import Moved, SavedScenario, StoreProblem
from data.store.restoring import DAYS, days_left
from scoring.causes import moves
from scoring.scenario import Scenario, read

GROUP = "group"
"""Under which key a saved 情景 keeps its group, beside ``Scenario.to_text``."""
SAVE = "whatif-save-as"
_NAMES, _SURE = "whatif-names-seen", "whatif-name-sure"


def save_button(state: State, bench: Bench) -> None:
    """Keep the trial under a name."""
    idle = not bench.scenario
    with st.popover("存为情景", icon=":material/bookmark_add:", disabled=idle, key=SAVE, on_change="rerun") as saving:
        if not saving.open or idle:
            return
        st.markdown("情景只供比较，不影响正式结果。同名情景将被新的取代，旧的仍可在操作日志中查到。")
        st.text_input(
            "情景名称（必填）", key="whatif-scenario-name", max_chars=40, placeholder="例如：交叉考核46%", live=True
        )
        st.text_input("用途（必填）", key="whatif-scenario-reason", max_chars=200, live=True)
        sign()
        asking.complaint()
        permit.button("保存情景", "保存情景", type="primary", key="whatif-save", on_click=_save, args=(state, bench))


def _save(state: State, bench: Bench) -> None:
    name, reason = (str(st.session_state.get(f"whatif-scenario-{key}") or "").strip() for key in ("name", "reason"))
    if not name or not reason:
        asking.complain("请填写情景名称和用途。")
        return
    kept = {GROUP: bench.scenario.group, **bench.scenario.to_text()}
    same = next((one.id for one in session.store().scenarios(state.assessment.id) if one.name == name), None)
    known: dict[str, int] = st.session_state.get(_NAMES, {})
    sure = st.session_state.get(_SURE) == (name, same)  # told once whose it is, and pressed again
    try:
        session.store().save_scenario(
            state.assessment.id, name, kept, session.actor(), reason, same if sure else known.get(name)
        )
    except Moved as moved:
        st.session_state[_SURE] = name, same
        asking.complain(_both(moved))
    except StoreProblem as problem:
        asking.complain(str(problem))
    else:
        st.session_state[SAVE] = False
        bench.stale = True


def _both(moved: Moved) -> str:
    """Another's scenario of the same name beside one's own, and how to go on."""
    one = moved.clashes[0]
    mine, theirs = (told_settings(text) for text in (one.mine, one.theirs))
    when = f"，{session.local(one.at)}" if one.at else ""
    return f"{moved} 对方的（{one.by}{when}）：{theirs}。我的：{mine}。仍要以我的取代的，再按一次“保存情景”。"


def told_settings(text: str) -> str:
    """Kept settings in a line: 交叉考核 46，…"""
    told = json.loads(text)
    return "；".join(f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if key != GROUP) or "与现行相同"


def scenarios_of(state: State, group: str) -> list[SavedScenario]:
    """The saved 情景 of this group."""
    return [s for s in session.store().scenarios(state.assessment.id) if s.settings.get(GROUP, group) == group]


def standing(state: State, scenario: Scenario) -> str:
    """What the badge says of the trial: unsaved, saved under a name, or nothing moved."""
    if not scenario:
        return "未作改动"
    chosen = chosen_readings(state.settings)
    same = (
        saved.name
        for saved in scenarios_of(state, scenario.group)
        if read(state.own, chosen, scenario.group, saved.settings)[0] == scenario
    )
    name = next(same, None)
    if name is None:
        return "未保存，不影响正式结果"
    return f"情景“{as_typed(state, scenario.group, name)}”，不影响正式结果"


def scenario_list(state: State, bench: Bench) -> None:
    """The saved 情景, each to be opened on the board or withdrawn."""
    saved = scenarios_of(state, bench.scenario.group)
    st.session_state[_NAMES] = {one.name: one.id for one in session.store().scenarios(state.assessment.id)}
    if not saved:
        st.caption("还没有保存的情景。移动任意一项或改选一种口径后，按“存为情景”保存。")
    for each in saved:
        _listed(state, bench, each)
    _withdrawn(state, bench)


def _withdrawn(state: State, bench: Bench) -> None:
    """What was withdrawn within 30 days, to be put back."""
    gone = [one for one in session.store().withdrawn_scenarios(state.assessment.id) if days_left(one.gone)]
    gone = [one for one in gone if one.settings.get(GROUP, bench.scenario.group) == bench.scenario.group]
    if not gone:
        return
    with st.expander(f"已撤销的情景（{len(gone)}个，{DAYS}天内可恢复）", icon=":material/restore:", key="scenarios-gone"):
        asking.complaint()
        for one in gone:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{escape(as_typed(state, bench.scenario.group, one.name))}**　:gray[还剩{days_left(one.gone)}天]")
                permit.button("恢复情景", "恢复", key=f"scenario-back-{one.id}", icon=":material/restore:",
                              on_click=_restore, args=(one.id,))  # fmt: skip


def _restore(scenario: int) -> None:
    asking.kept(lambda: session.store().restore_scenario(scenario, session.actor()))


def to_compare(state: State, scenario: Scenario) -> None:
    """The way to 情景比对, with what is in hand among what is compared."""
    if scenario or scenarios_of(state, scenario.group):
        more = of_group(state, scenario.group) | scenario.to_text()
        link(state, COMPARE, "到情景比对，与现行和已存情景并排比较", ":material/arrow_forward:", width="stretch", **more)


def _listed(state: State, bench: Bench, saved: SavedScenario) -> None:
    scenario, problems = _read(state, bench, saved)
    told = "；".join(move.text for move in moves(scenario, state.own, chosen_readings(state.settings))) or "与现行相同"
    part = "（部分内容已不适用）" if problems else ""
    name, reason = (as_typed(state, bench.scenario.group, text) for text in (saved.name, saved.reason))
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"scenario-{saved.id}"):
        st.markdown(
            f"**{escape(name)}**　{escape(told + part)}  \n"
            f":gray[{escape('　'.join(filter(None, (reason, f'{saved.actor} {session.local(saved.at)}'))))}]"
        )
        st.button(
            "打开", key=f"open-{saved.id}", icon=":material/open_in_browser:",
            on_click=_open, args=(state, bench, saved),
        )  # fmt: skip
        _withdraw_button(saved)


def _withdraw_button(saved: SavedScenario) -> None:
    """Take it off the list, signed as it was when it was saved."""
    key = f"drop-ask-{saved.id}"
    with st.popover("撤销", icon=":material/delete:", key=key, on_change="rerun") as asked:
        if not asked.open:
            return
        st.markdown("撤销后不再列出，记录和署名仍可在操作日志中查到。")
        sign()
        asking.complaint()
        permit.button("撤销情景", "确认撤销", key=f"drop-{saved.id}", on_click=_withdraw, args=(saved, key))


def _read(state: State, bench: Bench, saved: SavedScenario) -> tuple[Scenario, tuple[str, ...]]:
    return read(state.own, chosen_readings(state.settings), bench.scenario.group, saved.settings)


def _open(state: State, bench: Bench, saved: SavedScenario) -> None:
    scenario, problems = _read(state, bench, saved)
    name = as_typed(state, bench.scenario.group, saved.name)
    bench.notes += [f"情景“{name}”中的{problem}，已略过" for problem in problems]
    level = level_of_step(str(st.session_state.get(LEVEL)), Scenario(scenario.group), scenario)
    bench.open(scenario)
    if level:
        st.session_state[LEVEL] = level


def _withdraw(saved: SavedScenario, key: str) -> None:
    if asking.kept(lambda: session.store().withdraw_scenario(saved.id, session.actor())):
        st.session_state[key] = False
