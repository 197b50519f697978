"""口径 as something to try: each reading with its alternatives, why the text is silent, and what another would do here."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import navigation
from components.explore.whatif_bench import Bench
from components.explore.whatif_data import Material
from components.text import escape
from data.state import State, chosen_readings
from scoring.assumption_words import NOTHING, effect_words, label_words, reading_words
from scoring.assumptions import Assumption, Effect, effect, weightiest_first
from scoring.scenario import ROUNDING, Scenario, choices, in_force
from scoring.scheme import Scheme

T = TypeVar("T")
_SHORT = 34
"""Letters of all labels together that still stand side by side on a phone."""


def show(state: State, group: str, data: Material, bench: Bench) -> DeltaGenerator:
    """Every reading of which another can be tried, those that would change grades first.

    Gives the place above them where what the trial comes to is said: the tables stand a long way below.
    """
    known = choices(state.own)
    found = [_told_as(each, data.names) for each in _effects(f"{data.key} {group}", state, group, data)]
    st.caption(
        "以下各项原文未规定，现行的是系统或经确认的读法。改选一种只是测算，可与移动的权重、赋分、等次线一并试；影响按单独采用计。"
    )
    place = st.container()
    cards = st.container(key="whatif-readings").grid(2, min_column_width=400, gap="small")
    for assumption in weightiest_first(known, found):
        mine = {each.label: each for each in found if each.key == assumption.key}
        with cards, st.container(border=True, key=f"whatif-reading-box-{assumption.key}", height="stretch"):
            _reading(state, bench, assumption, mine, data.results.scheme)
    _others(state, known)
    return place


def _reading(state: State, bench: Bench, assumption: Assumption, found: dict[str, Effect], scheme: Scheme) -> None:
    chosen = chosen_readings(state.settings)
    force = in_force(assumption, chosen)
    now = bench.scenario.readings.get(assumption.key, force)
    names = {label: label_words(label) + ("（现行）" if label == force else "") for label in assumption.labels}
    st.markdown(f"**{escape(assumption.name)}**")
    st.caption(escape(_why(state.own, assumption)))
    key = f"whatif-reading-{assumption.key}-{bench.serial}"
    st.session_state.setdefault(key, now)
    st.radio(
        assumption.name, list(names), format_func=names.__getitem__, key=key, label_visibility="collapsed",
        horizontal=sum(map(len, names.values())) <= _SHORT,
        on_change=lambda: bench.read_as(assumption, str(st.session_state[key]), chosen),
    )  # fmt: skip
    told = [
        f"- {escape(names[label])}：{escape(_effect(scheme, found.get(label)))}{_speaks_for(state.own, assumption, label)}"
        for label in names
        if label != force
    ]
    st.markdown("\n".join(told))


def _why(own: Scheme, assumption: Assumption) -> str:
    """Who says so: our reading of a silent text with its reason, or for the decimals the document itself."""
    rule = own.rounding
    if assumption.key == ROUNDING and (rule is None or rule.cite):
        return f"方案已有规定（{'、'.join(rule.cite)}）。" if rule else "方案未作舍入。"
    text = assumption.text.rstrip("。")
    return f"{text}。" if text.startswith("原文未") else f"原文未规定。{text}。"


def _effect(scheme: Scheme, found: Effect | None) -> str:
    return effect_words(scheme, found) if found else NOTHING


def _speaks_for(own: Scheme, assumption: Assumption, label: str) -> str:
    """What speaks for a reading, in grey."""
    why = reading_words(own, assumption, label)
    return f"　:gray[{escape(why)}]" if why else ""


def _told_as(found: Effect, names: dict[str, str]) -> Effect:
    """An effect on the units in view, called as this page calls them: what is hidden stays hidden."""
    return replace(
        found,
        changes=_called(found.changes, names),
        places=_called(found.places, names),
        scores=_called(found.scores, names),
        outcomes=tuple(names[unit] for unit in found.outcomes if unit in names),
    )


def _called(values: dict[str, T], names: dict[str, str]) -> dict[str, T]:
    return {names[unit]: value for unit, value in values.items() if unit in names}


@st.cache_resource(show_spinner="正在逐项测算各种口径…", max_entries=8)
def _effects(key: str, _state: State, _group: str, _data: Material) -> tuple[Effect, ...]:
    """What each reading that is not in force would change, alone. What the state knows already is not scored again."""
    chosen = chosen_readings(_state.settings)
    known = {} if _data.earlier else {(each.key, each.label): each for each in _state.effects}
    return tuple(
        known.get((each.key, label))
        or effect(each.key, label, _data.results, _data.assess_with(
            Scenario(_group, {}, {each.key: label}).scheme(_state.own, chosen)
        ))
        for each in choices(_state.own)
        for label in each.labels
        if label != in_force(each, chosen)
    )  # fmt: skip


def _others(state: State, known: tuple[Assumption, ...]) -> None:
    """How many readings have no alternative to try, and where to read them."""
    silent = len(state.assumptions) - sum(each.key in {a.key for a in state.assumptions} for each in known)
    if silent > 0:
        st.caption(f"另有{silent}项口径没有列出其他读法，无可测算。")
    st.page_link(
        navigation.ASSUMPTIONS, label="查看全部口径及其确认情况", icon=":material/arrow_forward:",
        query_params={"a": str(state.assessment.id)},
    )  # fmt: skip
