"""情景比对 for one viewer: on whose marks, which scenarios, against which scheme. The address bar holds all of it.

Withdrawn scenarios and baselines that are gone are told, never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from components import session
from components.explore import naming, whatif
from components.text import escape, escaped_lines
from data import backtests, baselines
from data.baselines import Baseline
from data.changes import may_matter
from data.scenarios import KEYS, UNSAVED, Column, Compared, compared
from data.state import State, UnfitError
from data.store import SavedScenario, StoreProblem, VersionEntry
from scoring.firmness.headline import Headline
from scoring.firmness.headline import headline as firmness_headline
from scoring.gather import MarksError
from scoring.scenario import READINGS
from scoring.scheme_text import SchemeError
from scoring.trial import EVERY_LEVEL

ON, SCENARIOS, AGAINST = "base", "s", "by"
"""The keys of the address: whose marks ("v12", "a3"; none: as they stand), the scenarios' numbers, and the base column."""
TRIAL = "trial"
VERSION = "version"
MOST = 6
"""So many scenarios are chosen at first; more are a click away."""
_LAST = "compare-last"
_GONE, _GONE_BASE = "compare-gone", "compare-gone-base"
_BASE_BOX, _VERSION_BOX, _PICKED, _AGAINST_BOX = (f"compare-{name}" for name in ("base", "version", "scenarios", "against"))


def choose(state: State, group: str) -> tuple[Baseline, Compared] | None:
    """Draw what can be chosen and compare it; None, with why, where the baseline cannot be used."""
    asked = _asked(state, group)
    saved = {str(one.id): one for one in whatif.scenarios_of(state, group)}
    trial = _trial(asked)
    boxes = st.container(horizontal=True, vertical_alignment="bottom")
    with boxes:
        key = _base_key(state, group, asked.get(ON, ""))
    picked = _picked(saved, trial, asked.get(SCENARIOS))
    _gone()
    try:
        where = _baseline(state, group, key)
    except (StoreProblem, MarksError, SchemeError, UnfitError) as problem:
        st.error(escaped_lines(f"这一测算基准不能使用。\n{problem}"), icon=":material/error:")
        _keep(state, group, _address(key, picked, trial, ""))
        return None
    unsaved = trial if TRIAL in picked else {}
    found = compared_on(state, group, where, [saved[one] for one in picked if one in saved], unsaved)
    with boxes:
        against = _against(found, asked.get(AGAINST, ""))
    _keep(state, group, _address(key, picked, trial, against))
    return where, replace(found.based_on(against), names=_names(state, group, where))


def _asked(state: State, group: str) -> Mapping[str, str]:
    """What the address asks for; one that asks for nothing (the menu's) goes on with what was last looked at here."""
    told = st.query_params.to_dict()
    kept: dict[str, dict[str, str]] = st.session_state.setdefault(_LAST, {})
    ours = {key: value for key, value in told.items() if key in (ON, SCENARIOS, AGAINST, READINGS, *EVERY_LEVEL)}
    return ours or kept.get(f"{state.assessment.id}-{group}", {})


def _trial(asked: Mapping[str, str]) -> dict[str, str]:
    """The unsaved trial that the address holds beside the saved ones, as 权重测算 writes it."""
    return {key: asked[key] for key in (READINGS, *EVERY_LEVEL) if asked.get(key)}


def _base_key(state: State, group: str, asked: str) -> str:
    """Whose marks: as they stand, an earlier version's, or another assessment's."""
    versions = _versions(state)
    others = {f"a{other.assessment.id}": other for other in _others(state, group)}
    options = [baselines.NOW, *([VERSION] if versions else []), *others]
    wanted = VERSION if asked.removeprefix("v").isdigit() and asked.startswith("v") else asked
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


def _versions(state: State) -> dict[str, VersionEntry]:
    """Earlier versions that results can differ in, the newest first."""
    found = [one for one in session.versions(state) if one.kept and one.version < state.version and may_matter(one)]
    return {f"v{one.version}": one for one in reversed(found)}


def _others(state: State, group: str) -> list[State]:
    """Assessments whose marks this scheme can take, earlier years first and the latest of them before."""
    opened = [session.opened(one.id) for one in session.assessments() if one.id != state.assessment.id]
    fit = [one for one in opened if isinstance(one, State) and baselines.may_fit(state, one, group)]
    return sorted(
        fit, key=lambda one: (not baselines.is_earlier(state, one), -(backtests.year_of(one.scheme) or 0), one.assessment.id)
    )


def _picked(saved: Mapping[str, SavedScenario], trial: Mapping[str, str], asked: str | None) -> list[str]:
    """The scenarios' numbers in the order in which they were chosen, "trial" for the unsaved one."""
    options = [*saved, *([TRIAL] if trial else [])]
    if _PICKED not in st.session_state:
        wanted = options[-MOST:] if asked is None else [one for one in asked.split(",") if one]
        st.session_state[_GONE] = [one[:12] for one in wanted if one not in options][:MOST]
        st.session_state[_PICKED] = list(dict.fromkeys(one for one in wanted if one in options))
    st.session_state[_PICKED] = [one for one in st.session_state[_PICKED] if one in options]
    return list(st.multiselect(
        "情景", options, format_func=lambda one: UNSAVED if one == TRIAL else saved[one].name, key=_PICKED,
        placeholder="选择要比对的情景", on_change=_forget, args=(_GONE,),
    ))  # fmt: skip


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


def _against(found: Compared, asked: str) -> str:
    """The column against which the others are told."""
    names = {column.key: column.name for column in found.columns}
    if len(names) < 2:
        return next(iter(names))
    if st.session_state.get(_AGAINST_BOX) not in names:
        st.session_state[_AGAINST_BOX] = asked if asked in names else next(iter(names))
    st.selectbox("与哪个方案比", list(names), format_func=names.__getitem__, key=_AGAINST_BOX, width=300)
    return str(st.session_state[_AGAINST_BOX])


def _baseline(state: State, group: str, key: str) -> Baseline:
    if key.startswith("v"):
        return _at_version(session.store(), state.assessment.id, int(key[1:]), state)
    if key.startswith("a"):
        other = session.state_of(int(key[1:]))
        return _of_other(baselines.kept(session.store(), state, other), session.store(), state, other, group)
    return baselines.as_now(state)


@st.cache_resource(show_spinner="正在读取该版次…", max_entries=8)
def _at_version(_store: Any, assessment: int, version: int, _state: State) -> Baseline:
    """A version never changes: it is read and scored once for all viewers."""
    entry = next(one for one in session.versions(_state) if one.version == version)
    return baselines.at_version(_store, _state, entry)


@st.cache_resource(show_spinner="正在沿用评分…", max_entries=8)
def _of_other(key: str, _store: Any, _state: State, _other: State, group: str) -> Baseline:
    """Another assessment's marks, carried once for all viewers of the same two versions and the same correspondence."""
    return baselines.of_other(_store, _state, _other, group)


def compared_on(
    state: State, group: str, where: Baseline, scenarios: list[SavedScenario], unsaved: Mapping[str, str]
) -> Compared:
    """The comparison, worked out once for all viewers of the same marks; who may see names is no part of it."""
    told = (
        state.assessment.id, state.version, group, _marks(where), [one.id for one in scenarios], sorted(unsaved.items()),
    )  # fmt: skip
    return _compared(repr(told), state, group, where, scenarios, unsaved)


@st.cache_resource(show_spinner="正在比对…", max_entries=16)
def _compared(
    key: str, _state: State, _group: str, _where: Baseline, _scenarios: list[SavedScenario], _unsaved: Mapping[str, str]
) -> Compared:
    return compared(_state, _group, _scenarios, unsaved=_unsaved, baseline=_where)


def _names(state: State, group: str, where: Baseline) -> dict[str, str]:
    """Unit → what it is called; the marks of an earlier year choose nobody's place, so their names stand."""
    units = [result.unit for result in where.state.results.group(group)]
    if where.earlier:
        return {unit: unit for unit in units}
    known = naming.names_of(state, group)
    if all(unit in known for unit in units):
        return {unit: name for unit, name in known.items() if unit in units}
    return naming.names_of(where.state, group)


def names_bar(state: State, where: Baseline) -> None:
    """Whether names are shown, with the switch; why they are where nothing is hidden."""
    if where.earlier:
        st.caption("所用为上一年度的评分，名称照常显示；不影响任何年度的正式结果。")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if not naming.named(state):
            st.badge("名称已隐去", icon=":material/visibility_off:", color="gray")
        naming.names_button(state)


def _address(key: str, picked: list[str], trial: Mapping[str, str], against: str) -> dict[str, str]:
    told = {ON: key, SCENARIOS: ",".join(picked), AGAINST: "" if against == next(iter(KEYS)) else against}
    return {name: value for name, value in told.items() if value or name == SCENARIOS} | dict(trial)


def _keep(state: State, group: str, ours: dict[str, str]) -> None:
    """Keep the address bar a link to what is on the screen, and remember it for a return by the menu."""
    st.session_state.setdefault(_LAST, {})[f"{state.assessment.id}-{group}"] = ours
    wanted = {"a": str(state.assessment.id), **ours}
    if len(state.scheme.marked_groups) > 1:
        wanted[whatif.GROUP_IN_ADDRESS] = group
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def headline(found: Compared) -> str:
    """How many grades and places differ from the base, scheme by scheme, in one line."""
    base, noun = found.base, found.state.scheme.words
    if len(found.columns) == 1:
        return f"{base.name}：{len(found.names)}{noun.measure}{noun.units}"
    told = [f"“{column.name}”{_counted(found, column)}" for column in found.columns[1:]]
    return f"与“{base.name}”相比，{'；'.join(told)}。"


def _counted(found: Compared, column: Column) -> str:
    pairs = [(found.base.results.of(unit), column.results.of(unit)) for unit in found.names]
    grades = sum(was.grade != now.grade for was, now in pairs)
    places = sum(was.rank != now.rank for was, now in pairs)
    measure = found.state.scheme.words.measure
    told = [f"{grades}{measure}改变等次"] if grades else []
    told += [f"{places}{measure}位次变化"] if places else []
    if told:
        return "，".join(told)
    rescored = sum(was.score != now.score for was, now in pairs)
    return f"等次、位次均不变，{rescored}{measure}得分有变" if rescored else "得分、等次、位次均不变"


def _marks(where: Baseline) -> tuple[object, ...]:
    """What tells one baseline from another: whose marks, and how they were carried."""
    return where.words, where.notes, where.state.scheme.hash, 0 if where.own else hash(where.state.sheets)


def firmness_of(found: Compared, where: Baseline) -> dict[str, Headline | None]:
    """How firm the grades are under each column, by its key; worked out once for each scheme and set of marks."""
    marks = repr((found.state.assessment.id, found.group, _marks(where)))
    return {column.key: _firm(f"{marks}:{column.scheme.hash}", column, found.group) for column in found.columns}


@st.cache_resource(show_spinner=False, max_entries=64)
def _firm(key: str, _column: Column, _group: str) -> Headline | None:
    return firmness_headline(_column.results, _group)
