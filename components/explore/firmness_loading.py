"""等次稳定性 worked out once for all viewers of a version: verdicts, the level in question, readings beside weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from components.explore.firmness_levels import weighed
from data.state import State
from scoring.elements import Group
from scoring.firmness.acceptability import of_forms
from scoring.firmness.form import Form
from scoring.firmness.grade import Firmness, WeightMove, firmness
from scoring.firmness.places import expected_ranks, place_interval
from scoring.firmness.readings import Rival, movable, rivals
from scoring.firmness.report import firmness_report
from scoring.firmness.sampled import MOST_UNITS, Acceptability
from scoring.firmness.standing import ordering_of, rank_form
from scoring.firmness.typed import typed_weights
from scoring.firmness.verdicts import Verdict, verdicts
from scoring.firmness.weightings import Interval
from scoring.nodes import node_levels
from scoring.results import UnitResult
from scoring.trial import Level, Values, scheme_of

KEPT = 24
"""Groups of versions that are remembered."""


@dataclass(frozen=True)
class Firm:
    """All units of a group at ``level``, the first at which something is weighed; None where nothing is.

    ``known``: every level of weights by id, those beneath one category last.
    ``movable``: units whose grade some weighting within ±5 points changes. ``rivals``: the weightiest reading of each
    assumption for this group.
    """

    state: State
    group: str
    known: dict[str, Level]
    level: Level | None
    found: tuple[Verdict, ...]
    rivals: tuple[Rival, ...]
    movable: tuple[str, ...]

    @property
    def group_name(self) -> str:
        """What the group is called."""
        return next(group.name for group in self.state.scheme.groups if group.id == self.group)

    @property
    def judged(self) -> tuple[Verdict, ...]:
        """The units of which something can be said."""
        return tuple(verdict for verdict in self.found if verdict.told.firm)

    def of(self, unit: str) -> Verdict:
        """One unit's verdict. Raises KeyError."""
        for verdict in self.found:
            if verdict.told.unit == unit:
                return verdict
        raise KeyError(unit)


def groups(state: State) -> list[Group]:
    """The groups with units and tables of their own; those that inherit have no weights."""
    return [group for group in state.scheme.marked_groups if state.results.group(group.id)]


def loaded(state: State, group: str) -> Firm:
    """Everything the verdicts need."""
    return _loaded(state.assessment.id, state.version, group, state)


@st.cache_resource(show_spinner="正在分析等次稳定性…", max_entries=KEPT)
def _loaded(assessment_id: int, version: int, group: str, _state: State) -> Firm:
    known = weighed(_state, group)
    level = next(iter(known.values()), None)
    found = verdicts(firmness_report(_state.results, group, level))
    units = [verdict.told.unit for verdict in found]
    forms = {verdict.told.unit: verdict.told.firm.form for verdict in found if verdict.told.firm}
    told = rivals(_state.assumptions, _state.effects, units)
    return Firm(_state, group, known | node_levels(_state.scheme, group), level, found, told, movable(forms))


@dataclass(frozen=True)
class Bars:
    """One unit at one level: its grade's firmness after the rules, and the interval of each weight that keeps its place.

    ``firm`` is None where there is no grade to lose or the score is no straight line; ``places`` is empty without places.
    """

    level: Level
    line: Form | None
    firm: Firmness | None
    places: dict[str, Interval]


def bars(state: State, group: str, unit: str, level: Level) -> Bars:
    """The stability bars of one unit."""
    return _bars(state.assessment.id, state.version, group, unit, level.id, state, level)


@st.cache_resource(show_spinner="正在计算稳定区间…", max_entries=8 * KEPT)
def _bars(assessment_id: int, version: int, group: str, unit: str, level_id: str, _state: State, _level: Level) -> Bars:
    result, scheme = _state.results.of(unit), _state.scheme
    line = rank_form(scheme, result, _level)
    firm = firmness(scheme, result, _level)
    return Bars(_level, line, firm, _places(_state, result, _level, line) if line and result.rank is not None else {})


def _places(state: State, result: UnitResult, level: Level, line: Form) -> dict[str, Interval]:
    """Empty while a rival has no form: its place beside it could not be told."""
    others = [other for other in state.results.group(result.group) if other.unit != result.unit]
    forms = [rank_form(state.scheme, other, level) for other in others if other.exact is not None]
    known = [form for form in forms if form is not None]
    if len(known) < len(forms):
        return {}
    ordering = ordering_of(state.scheme)
    return {name: place_interval(ordering, line, known, at) for at, name in enumerate(line.names)}


@dataclass(frozen=True)
class Ranks:
    """Places over all weightings of one level: units best place first, their mean places by score, exactly, and what was
    sampled after the rules, row by row as ``units``; None where there are too many units."""

    units: tuple[str, ...]
    means: dict[str, Fraction]
    sampled: Acceptability | None


def ranks(state: State, group: str, level: Level) -> Ranks | None:
    """Places among the units that have a score; None while one of them has no straight line at this level."""
    return _ranks(state.assessment.id, state.version, group, level.id, state, level)


@st.cache_resource(show_spinner="正在分析位次…", max_entries=KEPT)
def _ranks(assessment_id: int, version: int, group: str, level_id: str, _state: State, _level: Level) -> Ranks | None:
    scheme = _state.scheme
    scored = [result for result in _state.results.ranked(group) if result.exact is not None]
    plain = [rank_form(scheme, result, _level, rules=False) for result in scored]
    ruled = [rank_form(scheme, result, _level) for result in scored]
    lines, finals = [line for line in plain if line], [line for line in ruled if line]
    if not scored or len(lines) < len(scored) or len(finals) < len(scored):
        return None
    units = tuple(result.unit for result in scored)
    sampled = of_forms(finals, ordering_of(scheme)) if len(units) <= MOST_UNITS else None
    return Ranks(units, dict(zip(units, expected_ranks(lines), strict=True)), sampled)


def typed(state: State, level: Level, verdict: Verdict, *, up: bool) -> Values | None:
    """The nearest change of weights as a board holds it, verified by scoring anew; None where no weight does it alone."""
    firm = verdict.told.firm
    move = (firm.up if up else firm.down) if firm else None
    if firm is None or move is None:
        return None
    return _typed(state.assessment.id, state.version, verdict.told.unit, level.id, up, state, level, firm.form, move)


@st.cache_resource(show_spinner=False, max_entries=32 * KEPT)
def _typed(
    assessment_id: int,
    version: int,
    unit: str,
    level_id: str,
    up: bool,
    _state: State,
    _level: Level,
    _line: Form,
    _move: WeightMove,
) -> Values | None:
    return typed_weights(_level, _line, _move, _flips(_state, unit, _level, _move))


def _flips(state: State, unit: str, level: Level, move: WeightMove) -> Callable[[Values], bool]:
    def flips(values: Values) -> bool:
        then = state.assess_with(scheme_of(state.scheme, {level.id: values})).of(unit)
        return then.grade == move.grade

    return flips
