"""权重测算 for one viewer: the trial in hand, its address, the hidden names, the saved 情景. Nothing here is official.

A trial lives in the visit (session) for each assessment and group, and in the address bar, which is a link to share.
``opened`` is where the present board's sliders began: the browser keeps them while the board stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from components import session
from components.explore import asking
from components.explore.naming import named, names_button
from components.signature import sign
from components.text import escape
from data.state import State
from data.store import SavedScenario, StoreProblem
from scoring.trial import EVERY_LEVEL, RIVALS, Level, Trial, Values, from_text, tidy, to_text

LEVEL = "whatif-level"
"""The level's control. It is gone from the session once the page was left: so a visit is known to be fresh."""
LEVEL_IN_ADDRESS = "level"
GROUP, GROUP_BOX, GROUP_IN_ADDRESS = "group", "whatif-group", "of"
"""Not ``?group=``: that is bound to the choice of group on the pages of results, and nobody else may write it."""
SAVE = "whatif-save-as"


@dataclass
class Bench:
    """The trial in hand. ``serial`` rises whenever the board must open anew; ``notes`` are said once.

    ``stale``: what stands beside the board, such as the list of 情景, must be drawn again.
    """

    trial: Trial = field(default_factory=dict)
    opened: Trial = field(default_factory=dict)
    serial: int = 0
    notes: list[str] = field(default_factory=list)
    stale: bool = False

    def open(self, trial: Trial | None = None) -> None:
        """Let the board open anew, at ``trial`` or at what is in hand."""
        self.trial = dict(self.trial if trial is None else trial)
        self.opened = dict(self.trial)
        self.serial += 1

    def enter(self, level: Level) -> None:
        """Come to another level. Category and item weights are two ways to say one thing: the other is dropped."""
        rival = RIVALS.get(level.id, "")
        if self.trial.pop(rival, None):
            self.notes.append("类别权重与指标权重只能测算一种，先前的一种已恢复原值。")
        self.open()

    def take(self, level: Level, values: Values | None) -> None:
        """Keep what the board says; before its first release it stands where it opened."""
        found = values if values is not None else self.opened.get(level.id, level.originals)
        self.trial = tidy({level.id: level}, {level.id: found}) | {k: v for k, v in self.trial.items() if k != level.id}


def bench_of(state: State, group: str, known: Mapping[str, Level]) -> Bench:
    """This viewer's bench. A fresh visit begins with the address, else with what was left in hand."""
    benches: dict[tuple[int, str], Bench] = st.session_state.setdefault("whatif-benches", {})
    bench = benches.setdefault((state.assessment.id, group), Bench())
    if LEVEL not in st.session_state:
        asked, problems = from_text(known, st.query_params.to_dict())
        bench.notes += [f"网址中的{problem}，已略过" for problem in problems]
        bench.open(asked or bench.trial)
    kept = tidy(known, bench.trial)
    if kept != bench.trial:
        bench.notes.append("方案或口径已有变动，不再适用的测算值已恢复。")
        bench.open(kept)
    return bench


def write_address(state: State, group: str, level: Level, trial: Trial) -> None:
    """Keep the address bar a link to what is on the screen."""
    wanted = {"a": str(state.assessment.id), LEVEL_IN_ADDRESS: level.id, **to_text(trial)}
    if len(state.scheme.groups) > 1:
        wanted[GROUP_IN_ADDRESS] = group
    now = st.query_params.to_dict()
    ours = {"a", LEVEL_IN_ADDRESS, GROUP, GROUP_IN_ADDRESS, *EVERY_LEVEL}
    rest = {key: value for key, value in now.items() if key not in ours}
    if rest | wanted != now:
        st.query_params.from_dict(rest | wanted)


def choose_group(state: State) -> str:
    """The group whose units are tried: the address's (?of=) at first, then the viewer's choice."""
    names = {group.id: group.name for group in state.scheme.marked_groups}
    if len(names) == 1:
        return next(iter(names))
    if st.session_state.get(GROUP_BOX) not in names:
        asked = st.query_params.get(GROUP_IN_ADDRESS, "")
        st.session_state[GROUP_BOX] = asked if asked in names else next(iter(names))
    st.selectbox("组别", list(names), format_func=names.__getitem__, width=240, key=GROUP_BOX)
    return str(st.session_state[GROUP_BOX])


def single(state: State, known: Mapping[str, Level]) -> None:
    """Where there is but one 考核方式, say that between one there is nothing to weigh, and what there is instead."""
    counted, word = state.scheme.counted, state.scheme.words.component
    if len(counted) == 1:
        instead = "、".join(level.name for level in known.values())
        st.caption(f"本方案只有一种{word}（{escape(counted[0].name)}），{word}之间没有权重可测算；可测算{instead}。")


def toolbar(state: State, group: str, known: Mapping[str, Level], level: Level, bench: Bench) -> None:
    """What this page's figures are, and what can be done with them."""
    if bench.stale:
        bench.stale = False
        st.rerun()
    others = [known[name].name for name in bench.trial if name != level.id]
    if not named(state):
        st.badge("名称已隐去", icon=":material/visibility_off:", color="gray")
    st.badge(standing(state, group, bench), icon=":material/experiment:", color="orange")
    if others:
        st.badge(f"同时测算：{'、'.join(others)}", icon=":material/layers:", color="blue")
    names_button(state)
    save_button(state, group, bench)
    if others and st.button("全部恢复原值", icon=":material/restart_alt:"):
        bench.open({})
        st.rerun()


def save_button(state: State, group: str, bench: Bench) -> None:
    """Keep the trial under a name."""
    idle = not bench.trial
    with st.popover("存为情景", icon=":material/bookmark_add:", disabled=idle, key=SAVE, on_change="rerun") as saving:
        if not saving.open or idle:
            return
        st.markdown("情景只供比较，不影响正式结果。同名情景将被新的取代，旧的仍可在操作日志中查到。")
        st.text_input("情景名称", key="whatif-scenario-name", max_chars=40, placeholder="例如：交叉考核46%", live=True)
        st.text_input("用途", key="whatif-scenario-reason", max_chars=200, live=True)
        sign()
        asking.complaint()
        st.button("保存情景", type="primary", key="whatif-save", on_click=_save, args=(state, group, bench))


def _save(state: State, group: str, bench: Bench) -> None:
    name, reason = (str(st.session_state.get(f"whatif-scenario-{key}") or "").strip() for key in ("name", "reason"))
    if not name or not reason:
        asking.complain("请填写情景名称和用途。")
        return
    kept = {GROUP: group, **to_text(bench.trial)}
    if asking.kept(lambda: session.store().save_scenario(state.assessment.id, name, kept, session.actor(), reason)):
        st.session_state[SAVE] = False
        bench.stale = True


def scenarios_of(state: State, group: str) -> list[SavedScenario]:
    """The saved 情景 of this group."""
    return [s for s in session.store().scenarios(state.assessment.id) if s.settings.get(GROUP, group) == group]


def standing(state: State, group: str, bench: Bench) -> str:
    """What the badge says of the trial: unsaved, saved under a name, or nothing moved."""
    if not bench.trial:
        return "未作改动"
    text = to_text(bench.trial)
    same = (s.name for s in scenarios_of(state, group) if {k: v for k, v in s.settings.items() if k != GROUP} == text)
    name = next(same, None)
    return f"情景“{name}”，不影响正式结果" if name else "未保存，不影响正式结果"


def scenario_list(state: State, group: str, known: Mapping[str, Level], bench: Bench) -> None:
    """The saved 情景, each to be opened on the board or withdrawn."""
    saved = scenarios_of(state, group)
    if not saved:
        st.caption("还没有保存的情景。移动任意一项后，按“存为情景”保存。")
    for scenario in saved:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"scenario-{scenario.id}"):
            told = "；".join(
                f"{known[k].name} {_brief(known[k], str(v))}" for k, v in scenario.settings.items() if k in known
            )
            st.markdown(
                f"**{escape(scenario.name)}**　{escape(told)}  \n"
                f":gray[{escape(f'{scenario.reason}　{scenario.actor} {session.local(scenario.at)}')}]"
            )
            st.button(
                "打开", key=f"open-{scenario.id}", icon=":material/open_in_browser:",
                on_click=_open, args=(known, bench, scenario),
            )  # fmt: skip
            with st.popover("撤销", icon=":material/delete:"):
                st.markdown("撤销后不再列出，记录仍可在操作日志中查到。")
                st.button("确认撤销", key=f"drop-{scenario.id}", on_click=_withdraw, args=(scenario,))


def _brief(level: Level, text: str) -> str:
    """Few values in full, many only counted."""
    parts = [part.rpartition(":") for part in text.split(",")]
    if len(parts) > 6:
        return f"{len(parts)}项"
    return "/".join(number for _, _, number in parts)


def _open(known: Mapping[str, Level], bench: Bench, scenario: SavedScenario) -> None:
    trial, problems = from_text(known, scenario.settings)
    bench.notes += [f"情景“{scenario.name}”中的{problem}，已略过" for problem in problems]
    bench.open(trial)
    if trial and st.session_state.get(LEVEL) not in trial:
        st.session_state[LEVEL] = next(iter(trial))


def _withdraw(scenario: SavedScenario) -> None:
    try:
        session.store().withdraw_scenario(scenario.id, session.actor())
    except StoreProblem as problem:
        session.complain(problem)


def watch(state: State) -> None:
    """Begin again by itself when anyone has changed the assessment: the board keeps its sliders.

    A database that cannot be read is told, and asked again: the board goes on without it.
    """

    @st.fragment(run_every=session.LIVE, key="whatif-watch")
    def _watch() -> None:
        try:
            moved = session.store().version(state.assessment.id) != state.version
        except StoreProblem as problem:
            st.caption(escape(str(problem)))
            return
        if moved:
            st.rerun()

    _watch()
