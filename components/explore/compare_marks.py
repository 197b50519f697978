"""The marks and the schemes of 情景比对, read and worked out once for all viewers of the same. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import session
from data import backtests, baselines
from data.baselines import Baseline
from data.changes import may_matter
from data.scenarios import Column, Compared, compared
from data.state import State
from data.store import SavedScenario, VersionEntry
from scoring.causes import causes, moves
from scoring.firmness.headline import Headline
from scoring.firmness.headline import headline as firmness_headline


def versions(state: State) -> dict[str, VersionEntry]:
    """Earlier versions that results can differ in, the newest first."""
    found = [one for one in session.versions(state) if one.kept and one.version < state.version and may_matter(one)]
    return {f"v{one.version}": one for one in reversed(found)}


def others(state: State, group: str) -> list[State]:
    """Assessments whose marks this scheme can take, earlier years first and the latest of them before."""
    opened = [session.readable(one.id) for one in session.assessments() if one.id != state.assessment.id]
    fit = [one for one in opened if one and baselines.may_fit(state, one, group)]
    return sorted(
        fit, key=lambda one: (not baselines.is_earlier(state, one), -(backtests.year_of(one.scheme) or 0), one.assessment.id)
    )


def baseline(state: State, group: str, key: str) -> Baseline:
    """The marks that a key of the address names. Raises what reading and carrying them raises."""
    if key.startswith("v"):
        return _at_version(session.store(), state.assessment.id, int(key[1:]), state)
    if key.startswith("a"):
        session.insist_seeing(int(key[1:]))
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


def _marks(where: Baseline) -> tuple[object, ...]:
    """What tells one baseline from another: whose marks, and how they were carried."""
    return where.words, where.notes, where.state.scheme.hash, 0 if where.own else hash(where.state.sheets)


def firmness_of(found: Compared, where: Baseline) -> dict[str, Headline | None]:
    """How firm the grades are under each column, by its key; worked out once for each scheme and set of marks."""
    marks = repr((found.state.assessment.id, found.group, _marks(where)))
    return {column.key: _firm(f"{marks}:{column.scheme.hash}", column, found.group) for column in found.columns}


@st.cache_resource(show_spinner="正在计算安全半径…", max_entries=64)
def _firm(key: str, _column: Column, _group: str) -> Headline | None:
    return firmness_headline(_column.results, _group)


def reasons(found: Compared, where: Baseline, column: Column) -> dict[str, str]:
    """By unit, which of a scenario's changes moves its grade; of changes from the scheme in force only."""
    if found.base.scheme != found.state.scheme:
        return {}
    told = found.state.assessment.id, found.state.version, found.group, _marks(where), column.scenario.to_text()
    return _reasons(repr(told), found, column)


@st.cache_resource(show_spinner="正在找出变动的原因…", max_entries=64)
def _reasons(key: str, _found: Compared, _column: Column) -> dict[str, str]:
    state, chosen = _found.state, _found.chosen
    return causes(
        state.results, _column.results, moves(_column.scenario, state.own, chosen),
        lambda other: state.assess_with(other.scheme(state.own, chosen)),
    )  # fmt: skip
