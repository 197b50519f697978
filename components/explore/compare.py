"""情景比对 for one viewer: on whose marks, which scenarios, against which scheme. The address bar holds all of it.

Withdrawn scenarios and baselines that are gone are told, never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components import session
from components.explore import compare_marks, naming, whatif_bench, whatif_saved
from components.explore.address import keep, of_group
from components.links import link
from components.navigation import WHATIF
from components.text import escape, escaped_lines
from data import baselines
from data.baselines import Baseline
from data.scenarios import KEYS, UNSAVED, Compared, Refused
from data.state import State, UnfitError
from data.store import SavedScenario, StoreProblem, VersionEntry
from scoring.gather import MarksError
from scoring.scenario import READINGS
from scoring.scheme_text import SchemeError
from scoring.trial import EVERY_LEVEL

ON, SCENARIOS, AGAINST = "base", "s", "by"
"""The keys of the address: whose marks ("v12", "a3"; none: as they stand), the scenarios' numbers, and the base column."""
OURS = (ON, SCENARIOS, AGAINST, READINGS, *EVERY_LEVEL)
TRIAL = "trial"
VERSION = "version"
MOST = 6
"""So many scenarios are chosen at first; more are a click away."""
_LAST, _TRIALS = "compare-last", "compare-trials"
_HERE = "compare-here"
_GONE, _GONE_BASE = "compare-gone", "compare-gone-base"
_BASE_BOX, _VERSION_BOX, _PICKED, _AGAINST_BOX = (f"compare-{name}" for name in ("base", "version", "scenarios", "against"))


def choose(state: State, group: str) -> tuple[Baseline, Compared] | None:
    """Draw what can be chosen and compare it; None, with why, where the baseline cannot be used."""
    asked = _asked(state, group)
    saved = {str(one.id): one for one in whatif_saved.scenarios_of(state, group)}
    trial, same = _trial(state, group, saved)
    boxes = st.container(horizontal=True, vertical_alignment="bottom")
    with boxes:
        key = _base_key(state, group, asked.get(ON, ""))
    titles = {key: naming.as_typed(state, group, one.name) for key, one in saved.items()}
    picked = _picked(titles | ({TRIAL: UNSAVED} if trial else {}), _numbers(asked.get(SCENARIOS), same))
    _gone()
    try:
        where = compare_marks.baseline(state, group, key)
    except (StoreProblem, MarksError, SchemeError, UnfitError) as problem:
        told = naming.as_typed(state, group, str(problem))
        st.error(escaped_lines(f"这一测算基准不能使用。\n{told}"), icon=":material/error:")
        _keep(state, group, _address(key, picked, trial, ""))
        return None
    unsaved = trial if TRIAL in picked else {}
    found = compare_marks.compared_on(state, group, where, [saved[one] for one in picked if one in saved], unsaved)
    found = _as_shown(found, state, _names(state, group, where))
    with boxes:
        against = _against({column.key: column.name for column in found.columns}, asked.get(AGAINST, ""))
    _keep(state, group, _address(key, picked, trial, against))
    return where, found.based_on(against)


def _asked(state: State, group: str) -> Mapping[str, str]:
    """What the address asks for; one that asks for nothing (the menu's) goes on with what was last looked at here."""
    told = st.query_params.to_dict()
    kept: dict[str, dict[str, str]] = st.session_state.setdefault(_LAST, {})
    ours = {key: value for key, value in told.items() if key in OURS}
    here, before = f"{state.assessment.id}-{group}", st.session_state.get(_HERE)
    st.session_state[_HERE] = here
    if before not in (None, here):
        for key in (_BASE_BOX, _VERSION_BOX, _PICKED, _AGAINST_BOX, _GONE, _GONE_BASE):
            st.session_state.pop(key, None)
        if ours == kept.get(str(before)):  # still the address of where the viewer comes from
            ours = {}
            _leave(told)
    return ours or kept.get(here, {})


def _leave(told: Mapping[str, str]) -> None:
    """Take what belongs to another assessment or group out of the address."""
    st.query_params.from_dict({key: value for key, value in told.items() if key not in OURS})


def _trial(state: State, group: str, saved: Mapping[str, SavedScenario]) -> tuple[dict[str, str], str]:
    """The unsaved trial, and the number of the saved scenario that it is, of which it is then not told apart.

    It is the address's, else what is in hand on 权重测算, else the last one seen here.
    """
    told, names = st.query_params.to_dict(), (READINGS, *EVERY_LEVEL)
    asked = {key: told[key] for key in names if told.get(key)}
    kept: dict[str, dict[str, str]] = st.session_state.setdefault(_TRIALS, {})
    here = f"{state.assessment.id}-{group}"
    found = asked or whatif_bench.in_hand(state, group).to_text()
    same = [key for key, one in saved.items() if {k: v for k, v in one.settings.items() if k in names} == found]
    if found and same:
        return {}, same[-1]
    kept[here] = found or kept.get(here, {})
    return kept[here], ""


def _base_key(state: State, group: str, asked: str) -> str:
    """Whose marks: as they stand, an earlier version's, or another assessment's."""
    versions = compare_marks.versions(state)
    others = {f"a{other.assessment.id}": other for other in compare_marks.others(state, group)}
    options = [baselines.NOW, *([VERSION] if versions else []), *others]
    wanted = VERSION if asked in versions else asked
    if st.session_state.get(_BASE_BOX) not in options:
        st.session_state[_GONE_BASE] = wanted not in options
        st.session_state[_BASE_BOX] = wanted if wanted in options else baselines.NOW

    def name(key: str) -> str:
        fixed = {baselines.NOW: "现有评分", VERSION: "以前版次"}
        return fixed.get(key) or f"{others[key].assessment.name}的评分"

    st.selectbox("测算基准", options, format_func=name, key=_BASE_BOX, width=300, on_change=_forget, args=(_GONE_BASE,))
    chosen = str(st.session_state[_BASE_BOX])
    return chosen if chosen != VERSION else _version_key(versions, asked)


def _version_key(versions: Mapping[str, VersionEntry], asked: str) -> str:
    if st.session_state.get(_VERSION_BOX) not in versions:
        st.session_state[_VERSION_BOX] = asked if asked in versions else next(iter(versions))

    def name(key: str) -> str:
        entry = versions[key]
        return f"第{entry.version}版　{session.local(entry.at)}　{entry.action}"

    st.selectbox("版次", list(versions), format_func=name, key=_VERSION_BOX, width=330)
    return str(st.session_state[_VERSION_BOX])


def _numbers(asked: str | None, same: str) -> list[str] | None:
    """The numbers that a link asks for; what was a trial when it was copied has its own since it was saved (``same``)."""
    return None if asked is None else [same if one == TRIAL and same else one for one in asked.split(",") if one]


def _picked(titles: Mapping[str, str], asked: list[str] | None) -> list[str]:
    """The scenarios' numbers in the order in which they were chosen, "trial" for the unsaved one."""
    options = list(titles)
    if _PICKED not in st.session_state:
        wanted = options[-MOST:] if asked is None else asked
        st.session_state[_GONE] = [one[:12] for one in wanted if one not in options][:MOST]
        st.session_state[_PICKED] = list(dict.fromkeys(one for one in wanted if one in options))
    st.session_state[_PICKED] = [one for one in st.session_state[_PICKED] if one in options]
    return list(st.multiselect(
        "情景", options, format_func=titles.__getitem__, key=_PICKED, placeholder="选择要比对的情景",
        on_change=_forget, args=(_GONE,), select_all=False,
    ))  # fmt: skip


def nothing_picked(state: State, group: str) -> None:
    """Say what to do where no scenario stands beside the document's own: choose one, or make the first."""
    if whatif_saved.scenarios_of(state, group):
        st.info("请在上方“情景”中选择要比对的情景。", icon=":material/checklist:")
        return
    st.info(
        "还没有可比的情景。请在“权重测算”移动权重、赋分、等次线或改选口径，再按“存为情景”保存，即可在此与文件原方案并列比对。",
        icon=":material/bookmark_add:",
    )
    link(state, WHATIF, "去权重测算", ":material/arrow_forward:", width="stretch", **of_group(state, group))


def _forget(key: str) -> None:
    """The viewer has chosen anew: what the link asked for in vain is told no more."""
    st.session_state.pop(key, None)


def _gone() -> None:
    """What the link asks for and is not there."""
    if st.session_state.get(_GONE_BASE):
        st.warning("链接所指的测算基准不存在或不适用于本方案，现按现有评分比对。", icon=":material/link_off:")
    if gone := st.session_state.get(_GONE):
        told = "、".join(gone)
        st.warning(escape(f"链接中编号为{told}的情景已撤销、已被取代或不存在，未列入。"), icon=":material/link_off:")


def _against(titles: Mapping[str, str], asked: str) -> str:
    """The column against which the others are told."""
    if len(titles) < 2:
        return next(iter(titles))
    if st.session_state.get(_AGAINST_BOX) not in titles:
        st.session_state[_AGAINST_BOX] = asked if asked in titles else next(iter(titles))
    st.selectbox("与哪个方案比", list(titles), format_func=titles.__getitem__, key=_AGAINST_BOX, width=300)
    return str(st.session_state[_AGAINST_BOX])


def _names(state: State, group: str, where: Baseline) -> dict[str, str]:
    """Unit → what it is called; the marks of an earlier year choose nobody's place, so their names stand."""
    units = [result.unit for result in where.state.results.group(group)]
    if where.earlier:
        return {unit: unit for unit in units}
    known = naming.names_of(state, group)
    if all(unit in known for unit in units):
        return {unit: name for unit, name in known.items() if unit in units}
    return naming.names_of(where.state, group)


def _as_shown(found: Compared, state: State, names: dict[str, str]) -> Compared:
    """The same under the names of this viewer, also in what somebody typed: a scenario's name and its reason.

    A scenario is called alike on every baseline: beside an earlier year's own names it would tell whose alias is whose.
    """

    def shown(text: str) -> str:
        return naming.as_typed(state, found.group, text)

    columns = tuple(replace(c, name=shown(c.name), reason=shown(c.reason)) for c in found.columns)
    refused = tuple(Refused(shown(one.name), tuple(map(shown, one.problems))) for one in found.refused)
    return replace(found, names=names, columns=columns, refused=refused)


def names_bar(state: State, where: Baseline) -> None:
    """Whether names are shown, with the switch; why they are where nothing is hidden."""
    if where.earlier:
        st.caption("所用为上一年度的评分，名称照常显示；不影响任何年度的正式结果。")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        naming.switch(state)


def _address(key: str, picked: list[str], trial: Mapping[str, str], against: str) -> dict[str, str]:
    told = {ON: key, SCENARIOS: ",".join(picked), AGAINST: "" if against == next(iter(KEYS)) else against}
    return {name: value for name, value in told.items() if value or name == SCENARIOS} | (
        dict(trial) if TRIAL in picked else {}
    )


def _keep(state: State, group: str, ours: dict[str, str]) -> None:
    """Keep the address bar a link to what is on the screen, and remember it for a return by the menu."""
    st.session_state.setdefault(_LAST, {})[f"{state.assessment.id}-{group}"] = ours
    keep(state, group, ours, OURS)
