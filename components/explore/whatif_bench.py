"""The bench of one viewer: the scenario in hand, where the board opened, and the way back and forth (上一步、下一步).

It lives in the visit (session) for each assessment and group; the address bar is a link to the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from data.state import State, chosen_readings
from scoring.assumptions import Assumption
from scoring.scenario import READINGS, ROUNDING, Scenario, in_force, read
from scoring.trial import RIVALS, Level, Trial, Values, tidy

LEVEL = "whatif-level"
"""The level's control. It is gone from the session once the page was left: so a visit is known to be fresh."""
MOST = 60
"""Steps that can be taken back."""


@dataclass
class Bench:
    """What is tried. ``serial`` rises whenever the board must open anew; ``notes`` are said once.

    ``opened`` is where the present board's sliders began: the browser keeps them while the board stays open. ``past`` and
    ``future`` are the scenarios before and after this one. ``stale``: the whole page must be drawn again.
    """

    scenario: Scenario
    opened: Trial = field(default_factory=dict)
    serial: int = 0
    notes: list[str] = field(default_factory=list)
    stale: bool = False
    past: list[Scenario] = field(default_factory=list)
    future: list[Scenario] = field(default_factory=list)

    def change(self, scenario: Scenario) -> None:
        """Go on to another scenario; what was in hand can be had back."""
        if scenario != self.scenario:
            self.past = [*self.past, self.scenario][-MOST:]
            self.future = []
            self.scenario = scenario

    def open(self, scenario: Scenario | None = None) -> None:
        """Let the board open anew, at ``scenario`` or at what is in hand."""
        if scenario is not None:
            self.change(scenario)
        self.opened = dict(self.scenario.values)
        self.serial += 1

    def enter(self, name: str) -> None:
        """Come to another level. Category and item weights are two ways to say one thing: the other is dropped."""
        rival = RIVALS.get(name, "")
        kept = {level: values for level, values in self.scenario.values.items() if level != rival}
        if len(kept) < len(self.scenario.values):
            self.notes.append("类别权重与指标权重只能测算一种，先前的一种已恢复原值；按“上一步”可退回。")
        self.open(replace(self.scenario, values=kept))

    def take(self, level: Level, values: Values | None) -> None:
        """Keep what the board says; before its first release it stands where it opened."""
        found = values if values is not None else self.opened.get(level.id, level.originals)
        rest = {name: kept for name, kept in self.scenario.values.items() if name != level.id}
        self.change(replace(self.scenario, values=tidy({level.id: level}, {level.id: found}) | rest))

    def read_as(self, assumption: Assumption, label: str, chosen: Mapping[str, str]) -> None:
        """Try a reading; the one in force is no trial."""
        readings = {key: kept for key, kept in self.scenario.readings.items() if key != assumption.key}
        if label != in_force(assumption, chosen):
            readings[assumption.key] = label
        self.change(replace(self.scenario, readings=readings))
        self.stale = True  # other readings, other levels to move

    def back(self) -> Scenario:
        """One step back; gives the scenario that was left."""
        left, self.scenario = self.scenario, self.past.pop()
        self.future.append(left)
        self.open()
        return left

    def forth(self) -> Scenario:
        """The step that was taken back, again; gives the scenario that was left."""
        left, self.scenario = self.scenario, self.future.pop()
        self.past.append(left)
        self.open()
        return left


def bench_of(state: State, group: str) -> Bench:
    """This viewer's bench. A fresh visit begins with the address, else with what was left in hand."""
    benches: dict[tuple[int, str], Bench] = st.session_state.setdefault("whatif-benches", {})
    bench = benches.setdefault((state.assessment.id, group), Bench(Scenario(group)))
    chosen = chosen_readings(state.settings)
    if LEVEL not in st.session_state:
        asked, problems = read(state.own, chosen, group, st.query_params.to_dict())
        bench.notes += [f"网址中的{problem}，已略过" for problem in problems]
        if not bench.scenario and not bench.past:
            bench.scenario = asked  # what a link holds is where this visit begins: there is nothing to go back to
        bench.open(asked or bench.scenario)
    kept = bench.scenario.tidied(state.own, chosen)
    if kept != bench.scenario:
        bench.notes.append("方案或口径已有变动，不再适用的测算值已恢复。")
        bench.open(kept)
    return bench


def in_hand(state: State, group: str) -> Scenario:
    """What this viewer was trying when the bench was last left, saved or not; nothing where it was never opened."""
    bench = st.session_state.get("whatif-benches", {}).get((state.assessment.id, group))
    return bench.scenario if isinstance(bench, Bench) else Scenario(group)


def step(state: State, bench: Bench, forth: bool) -> None:
    """Take a step back or forth (for a button's callback), and go to the level at which it changed something."""
    left = bench.forth() if forth else bench.back()
    bench.scenario = bench.scenario.tidied(state.own, chosen_readings(state.settings))
    bench.opened = dict(bench.scenario.values)
    bench.stale = True
    st.session_state[LEVEL] = level_of_step(str(st.session_state.get(LEVEL)), left, bench.scenario)


def level_of_step(level: str, left: Scenario, now: Scenario) -> str:
    """Where the difference between two scenarios is seen: at ``level`` if it is there, else where it lies."""
    names = [*left.values, *(name for name in now.values if name not in left.values)]
    moved = [name for name in names if left.values.get(name) != now.values.get(name)]
    if left.readings != now.readings:
        moved.append(READINGS)
    if level in moved and RIVALS.get(level) not in now.values:
        return level
    there = [name for name in moved if RIVALS.get(name) not in now.values]
    return there[0] if there else level


def moved_elsewhere(bench: Bench, known: Mapping[str, Level], level: str) -> list[str]:
    """What is tried beside the level in view, in words for a badge."""
    names = [known[name].name for name in bench.scenario.values if name != level and name in known]
    readings = bench.scenario.readings
    if readings and level != READINGS:
        only = "小数位数" if set(readings) == {ROUNDING} else f"口径{len(readings)}项"
        names.append(only)
    return names
