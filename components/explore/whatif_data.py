"""On whose marks the bench tries: this assessment's, names hidden, or those of the year before, where names can show.

Rules made on an earlier year's marks cannot be made for anyone's name this year. The year before is carried over as
回测与同比 carries it; where too little of it has a counterpart here, that is said and nothing is tried on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import streamlit as st

from components import navigation
from components.explore.backtest import Setup, earlier_setup
from components.explore.naming import named, names_of
from components.text import escape
from data import backtests
from data.state import State
from scoring import exact
from scoring.backtest import backtest, carried
from scoring.gather import MarksError
from scoring.results import Results
from scoring.scheme import Scheme

THIS, LAST = "this", "last"
DATA, DATA_IN_ADDRESS = "whatif-data", "on"
LEAST = Fraction(1, 2)
"""The part of the scheme's weight that the year before must cover for a trial on it to mean anything."""


@dataclass(frozen=True)
class Material:
    """Marks to score again and again. ``results`` are theirs under the rules in force, ``names`` unit → what to call it.

    ``key`` tells them, and the rules in force, from all others: for what is worked out once and kept.
    """

    id: str
    key: str
    results: Results
    assess_with: Callable[[Scheme], Results]
    names: dict[str, str]
    hidden: bool
    told: str = ""

    @property
    def earlier(self) -> bool:
        """Whether they are an earlier year's."""
        return self.id == LAST


@dataclass(frozen=True)
class Earlier:
    """The year before, with what part of the scheme's weight it covers; ``problem`` says why it cannot be tried on."""

    setup: Setup
    coverage: Fraction = Fraction(0)
    problem: str = ""
    lost: tuple[str, ...] = field(default=())


def choose(state: State, group: str) -> Earlier | None:
    """Let the viewer choose the marks where there is a year before; gives it if it is chosen and can be tried on."""
    setup = earlier_setup(state, group)
    if setup is None:
        return None
    names = {THIS: "本次评分", LAST: "上一年度评分"}
    if st.session_state.get(DATA) not in names:
        st.session_state[DATA] = LAST if st.query_params.get(DATA_IN_ADDRESS) == LAST else THIS
    st.segmented_control(
        "用哪次评分测算", list(names), format_func=names.__getitem__, key=DATA, required=True, label_visibility="collapsed",
    )  # fmt: skip
    if st.session_state[DATA] != LAST:
        return None
    earlier = _earlier(setup)
    if not earlier.problem:
        return earlier
    name = escape(setup.base.assessment.name)
    st.warning(f"{name}与本方案相差过大：{escape(earlier.problem)}。以下仍按本次评分测算。", icon=":material/rule:")
    st.page_link(
        navigation.BACKTEST, label="到回测与同比，确认指标对应", icon=":material/arrow_forward:",
        query_params={"a": str(state.assessment.id)},
    )  # fmt: skip
    return None


def material(state: State, group: str, earlier: Earlier | None) -> Material:
    """The chosen marks as they are now."""
    if earlier is None:
        key = f"{THIS}-{state.assessment.id}-{state.version}"
        return Material(THIS, key, state.results, state.assess_with, names_of(state, group), not named(state))
    setup = earlier.setup
    results = _carried(setup, state.scheme)
    names = {result.unit: result.unit for result in results.group(group)}
    key = f"{LAST}-{state.assessment.id}-{state.version}-{_key(setup)}"
    return Material(
        LAST, key, results, lambda scheme: _carried(setup, scheme), names, False, _told(earlier, state, len(names))
    )


def _earlier(setup: Setup) -> Earlier:
    """Whether and how far the year before can be tried on. Components must all be there: one without marks has no weight."""
    scheme = setup.rules
    missing = [part.name for part in scheme.counted if part.id not in {now for _, now in setup.walk.components}]
    if missing:
        return Earlier(setup, problem=f"上一年度没有与“{'、'.join(missing)}”对应的{scheme.words.component}")
    try:
        coverage, lost = _coverage(_key(setup), setup)
    except MarksError as problem:
        return Earlier(setup, problem=str(problem))
    if coverage < LEAST:
        return Earlier(setup, coverage, f"只有占权重{exact.shown(coverage * 100, 1)}%的指标有上一年度的评分")
    return Earlier(setup, coverage, lost=lost)


def _told(earlier: Earlier, state: State, count: int) -> str:
    """Whose marks these are and what of them counts."""
    words, setup = state.scheme.words, earlier.setup
    part = (
        "全部指标都有对应"
        if earlier.coverage == 1
        else f"只计有对应的指标（占权重{exact.shown(earlier.coverage * 100, 1)}%）"
    )
    left = f"；{'、'.join(earlier.lost)}没有可接续的上一年度评分，不在其中" if earlier.lost else ""
    name = setup.base.assessment.name
    return f"所用为{name}的评分，共{count}{words.measure}{words.units}，{part}{left}。“原”是这些评分按现行方案的结果。"


def _key(setup: Setup) -> str:
    """Everything that the carrying rests on, beside the scheme tried."""
    kin = tuple((each.unit, each.before) for each in setup.kin)
    return repr(
        (setup.base.assessment.id, setup.base.version, setup.key, sorted(setup.walk.items), setup.walk.components, kin)
    )


def _carried(setup: Setup, scheme: Scheme) -> Results:
    return _carried_once(f"{_key(setup)} {scheme.hash}", setup, scheme)


@st.cache_resource(show_spinner="正在测算…", max_entries=32)
def _carried_once(key: str, _setup: Setup, _scheme: Scheme) -> Results:
    year = backtests.year(_setup.base, _setup.old_group)
    return carried(year, _scheme, _setup.group, _setup.walk, _setup.kin)


@st.cache_resource(show_spinner="正在测算…", max_entries=16)
def _coverage(key: str, _setup: Setup) -> tuple[Fraction, tuple[str, ...]]:
    """What part of the weight is covered, and which units have nothing to go on from."""
    year = backtests.year(_setup.base, _setup.old_group)
    found = backtest(year, _setup.rules, _setup.group, _setup.walk, _setup.kin)
    return found.coverage, tuple(unit.unit for unit in found.units if len(unit.kin.before) != 1)
