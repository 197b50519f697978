"""A scenario at work on an assessment: the schemes it makes, the levels it is moved at, what marks come to, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from components.explore.whatif_data import Material
from data.state import State, chosen_readings
from scoring.causes import causes, moves
from scoring.results import Results
from scoring.scenario import Scenario
from scoring.scheme import Scheme
from scoring.trial import Level


@dataclass(frozen=True)
class Tried:
    """One scenario over one state of an assessment."""

    state: State
    scenario: Scenario

    @cached_property
    def read_as(self) -> Scheme:
        """The scheme under its readings, no value moved."""
        return self.scenario.read_as(self.state.own, chosen_readings(self.state.settings))

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme it makes."""
        return self.scenario.scheme(self.state.own, chosen_readings(self.state.settings))

    @cached_property
    def levels(self) -> dict[str, Level]:
        """What can be moved, counted from its readings."""
        return self.scenario.levels(self.state.own, chosen_readings(self.state.settings))

    def scored(self, data: Material) -> Results:
        """These marks under it."""
        return data.results if self.scheme == self.state.scheme else data.assess_with(self.scheme)


def tried(state: State, scenario: Scenario, without: str = "") -> Tried:
    """A scenario over a state, if wanted without the values of one level."""
    kept = {name: values for name, values in scenario.values.items() if name != without}
    return Tried(state, replace(scenario, values=kept))


def reasons(state: State, scenario: Scenario, data: Material, after: Results) -> dict[str, str]:
    """Unit → why its grade changes, worked out once for all who try the same."""
    key = f"{data.key} {scenario.group} {scenario.to_text()}"
    return _reasons(key, state, scenario, data, after)


@st.cache_resource(show_spinner="正在找出变动的原因…", max_entries=64)
def _reasons(key: str, _state: State, _scenario: Scenario, _data: Material, _after: Results) -> dict[str, str]:
    found = moves(_scenario, _state.own, chosen_readings(_state.settings))
    return causes(_data.results, _after, found, lambda other: Tried(_state, other).scored(_data))
