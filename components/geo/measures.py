"""What costs on the map, worked out once for all viewers of a version: firmness, the year before, saved 情景, decisions."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import session
from components.explore import backtest, compare_marks, naming
from components.explore.backtest import Setup
from components.once import once
from data import backtests, baselines
from data.maps.layers import LAST, Change, Firm, Measures, Shift
from data.maps.layers.model import firm
from data.scenarios import GROUP, SAME, Column, Compared
from data.state import State, chosen_readings
from data.store import Decision, SavedScenario
from scoring.causes import moves
from scoring.compared import Comparison, Tested
from scoring.gather import MarksError
from scoring.results import UnitResult
from scoring.year_words import PARTS, moved, parts_of, printed_parts

NOW, EARLIER, TRIED = "现行", "上年", "情景"


class Shared(Measures):
    """The screen's, for one run of the script: what it reads of the store it reads once. What costs is kept for all
    viewers of the same versions; hidden names are no part of that."""

    def __init__(self) -> None:
        self._scenarios: dict[int, list[SavedScenario]] = {}
        self._setups: dict[tuple[int, str], Setup | None] = {}
        self._confirmed: dict[int, str] = {}

    def firm(self, state: State, group: str) -> Firm:
        """How firm the grades of a group are."""
        return _firm(state, group)

    def changes(self, state: State, group: str) -> dict[str, str]:
        """Last year, where some unit of the group goes on from it, then the group's saved 情景 as this viewer may read them."""
        setup = self._earlier(state, group)
        last = {LAST: f"较上年（{setup.base.assessment.name}）"} if setup else {}
        saved = {
            f"s{one.id}": f"{TRIED}“{naming.as_typed(state, group, one.name)}”" for one in self._saved(state, group)
        }  # fmt: skip
        return last | saved

    def change(self, state: State, group: str, choice: str) -> Change | None:
        """How the group stood last year, or would stand under a 情景."""
        if choice == LAST:
            setup = self._earlier(state, group)
            return _since(setup) if setup else None
        saved = next((one for one in self._saved(state, group) if f"s{one.id}" == choice), None)
        return _under(state, group, saved) if saved else None

    def decided(self, state: State) -> Mapping[tuple[str, str], Decision]:
        """What was decided of proposed outcomes. Read anew each time: a decision leaves the version as it is."""
        found = session.store().decisions(state.assessment.id)
        return {(one.ruling.unit, one.ruling.outcome): one for one in found}

    def _saved(self, state: State, group: str) -> list[SavedScenario]:
        number = state.assessment.id
        if number not in self._scenarios:
            self._scenarios[number] = session.store().scenarios(number)
        return [one for one in self._scenarios[number] if one.settings.get(GROUP, group) == group]

    def _earlier(self, state: State, group: str) -> Setup | None:
        """The year before; looked for once while no assessment and nothing that was confirmed between two of them changes."""
        if state.scheme.judged or state.scheme.inheritance(group) is not None:
            return None
        key = state.assessment.id, group
        if key not in self._setups:
            self._setups[key] = _found(self._told(state), *key, state)
        return self._setups[key]

    def _told(self, state: State) -> str:
        """All that the year before depends on: every version, and what was confirmed of items and units, which raises none."""
        number = state.assessment.id
        if number not in self._confirmed:
            settings = session.store().settings(number)
            ours = {
                key: one.value for key, one in settings.items() if key.startswith((backtests.MATCH, backtests.UNITS))
            }
            self._confirmed[number] = repr(
                (sorted((one.id, one.version) for one in session.seen()), sorted(ours.items()))
            )
        return self._confirmed[number]


@once("正在计算安全半径…")
def _firm(state: State, group: str) -> Firm:
    return firm(state, group)


# 上年


@st.cache_resource(show_spinner="正在查找上年考核…", max_entries=32)
def _found(told: str, assessment: int, group: str, _state: State) -> Setup | None:
    return backtest.earlier_setup(_state, group)


def _since(setup: Setup) -> Change:
    base = setup.base.assessment.name
    try:
        found = backtest.found(setup)
    except MarksError as problem:
        units = [result.unit for result in setup.state.results.group(setup.group)]
        return Change(EARLIER, (EARLIER, "本年"), dict.fromkeys(units, Shift(why=str(problem))))
    measured = setup.base.scheme.base == setup.state.scheme.base
    shifts = {unit.unit: _shift(found, unit, measured) for unit in found.units}
    doubt = "" if setup.confirmed else "，指标对应未经确认"
    note = f"图示较上年（{base}）的变化：两年各按各的方案和口径，同一对象相比{doubt}；变化的来源见“回测与同比”。"
    return Change(EARLIER, (EARLIER, "本年"), shifts, note)


def _shift(found: Comparison, unit: Tested, measured: bool) -> Shift:
    if not unit.kin.before:
        return Shift(unit.before, unit.now, why="无上年数据")
    if unit.before[0] is None or unit.now[0] is None:
        return Shift(unit.before, unit.now, why=unit.lacking or "上年或本年没有得分")
    more = (f"由{'、'.join(name for name, _ in unit.kin.before)}合并",) if unit.kin.merged else ()
    return Shift(unit.before, unit.now, more=(*more, *_sources(unit)), measured=measured)


def _sources(unit: Tested) -> tuple[str, ...]:
    """What of the change comes of the marks, and what of the rules."""
    if unit.split is None:
        return (unit.lacking,) if unit.lacking else ()
    printed = printed_parts(unit.split)
    told = "，".join(
        f"{PARTS[part]}{moved(printed[part] or value)}" for part, value in parts_of(unit.split).items() if value
    )
    return (f"其中：{told}",) if told else ()


# 情景


def _under(state: State, group: str, saved: SavedScenario) -> Change:
    name = f"{TRIED}“{naming.as_typed(state, group, saved.name)}”"
    found = compare_marks.compared_on(state, group, baselines.as_now(state), [saved], {})
    column = next((one for one in found.columns if one.key == str(saved.id)), None)
    if column is None:
        why = "该情景不能套用：" + "；".join(problem for one in found.refused for problem in one.problems)
        return Change(
            name, (NOW, TRIED), {unit: Shift(why=why) for unit in found.names}, f"{name}与现行方案不符，未作测算。"
        )
    shifts = {was.unit: _tried(was, column.results.of(was.unit)) for was in state.results.group(group)}
    return Change(name, (NOW, TRIED), shifts, _note(found, column, name))


def _tried(was: UnitResult, now: UnitResult) -> Shift:
    why = "暂缺，得分未定" if was.score is None or now.score is None else ""
    places = (f"位次：第{was.rank}位→第{now.rank}位",) if was.rank and now.rank and was.rank != now.rank else ()
    return Shift((was.score, was.grade), (now.score, now.grade), why, places)


def _note(found: Compared, column: Column, name: str) -> str:
    told = "；".join(
        move.text for move in moves(column.scenario, found.state.own, chosen_readings(found.state.settings))
    )
    problems = "；".join(problem for problem in column.problems if problem != SAME)
    what = f"{told or '没有改动'}" + (f"（{problems}）" if problems else "")
    return f"图示{name}下与现行结果相比的变化：{what}。仅供测算，不是正式结果。"


def scenario_number(choice: str) -> int | None:
    """The number of the saved 情景 that a layer's choice names ("s5"); None for any other."""
    number = choice.removeprefix("s")
    return int(number) if choice.startswith("s") and number.isascii() and number.isdigit() else None
