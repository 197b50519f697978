"""等次稳定性 worked out once for all viewers of a version: verdicts, forms at a level, bars, places, readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from components.once import once
from data.state import State
from scoring.elements import Group
from scoring.firmness.acceptability import of_forms
from scoring.firmness.form import Form
from scoring.firmness.grade import Firmness, WeightMove, firmness
from scoring.firmness.places import expected_ranks, mean_places, place_interval
from scoring.firmness.readings import Rival, movable, rivals
from scoring.firmness.report import UnitFirmness, brief_report, firmness_report, unit_report
from scoring.firmness.sampled import MOST_UNITS, Acceptability
from scoring.firmness.standing import ordering_of, rank_form
from scoring.firmness.typed import typed_weights
from scoring.firmness.verdicts import Verdict, verdicts
from scoring.firmness.weightings import Interval
from scoring.nodes import node_levels
from scoring.trial import Level, Values, levels, scheme_of

CLOSELY = 12
"""Of more units than this only the chosen one is told closely."""
EXACTLY = 40
"""Units up to which mean places are exact; of more in floats, far beyond the two decimals shown."""


@dataclass(frozen=True)
class Firm:
    """All units of a group at ``level``, the first at which something is weighed; None where nothing is.

    ``known``: every level of weights by id, those beneath one category last.
    ``movable``: units whose grade some weighting within ±5 points changes. Of more units than ``CLOSELY`` what is told
    closely is not among ``found``, but given by ``closely``.
    """

    state: State
    group: str
    known: dict[str, Level]
    level: Level | None
    found: tuple[Verdict, ...]
    movable: tuple[str, ...]

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


@once("正在分析等次稳定性…")
def loaded(state: State, group: str) -> Firm:
    """Everything the verdicts need."""
    known = weighed(state, group)
    level = next(iter(known.values()), None)
    many = level is not None and len(state.results.group(group)) > CLOSELY
    report = brief_report(state.results, group, level) if many and level else firmness_report(state.results, group, level)
    found = verdicts(report)
    forms = {verdict.told.unit: verdict.told.firm.form for verdict in found if verdict.told.firm}
    return Firm(state, group, known | node_levels(state.scheme, group), level, found, movable(forms))


def weighed(state: State, group: str) -> dict[str, Level]:
    """The levels with two weights or more, by id: 考核方式, 类别, 指标."""
    return {name: level for name, level in levels(state.scheme, group).items() if level.mode == "weights"}


def closely(firm: Firm, unit: str) -> Verdict:
    """One unit's verdict with its nearest changes and its neighbours. Raises KeyError."""
    found = firm.of(unit)
    if firm.level is None or len(firm.found) <= CLOSELY:
        return found
    return replace(found, told=_alone(firm.state, unit, firm.level))


@once("正在分析所选对象…")
def _alone(state: State, unit: str, level: Level) -> UnitFirmness:
    return unit_report(state.results, unit, level)


@once("正在逐项测算各种口径…")
def readings(state: State, group: str) -> tuple[Rival, ...]:
    """The weightiest reading of each assumption for a group: every one is scored anew."""
    return rivals(state.assumptions, state.effects, [result.unit for result in state.results.group(group)])


@once("正在准备各对象的权重关系…")
def forms_of(state: State, group: str, level: Level, rules: bool = True) -> dict[str, Form | None]:
    """The forms of the units that have a score, best place first; None for one whose score is no straight line here."""
    scored = [result for result in state.results.ranked(group) if result.exact is not None]
    return {result.unit: rank_form(state.scheme, result, level, rules=rules) for result in scored}


@dataclass(frozen=True)
class Bars:
    """One unit at one level: its grade's firmness after the rules, and the interval of each weight that keeps its place.

    ``firm`` is None where there is no grade to lose or the score is no straight line; ``places`` is empty without places.
    """

    level: Level
    line: Form | None
    firm: Firmness | None
    places: dict[str, Interval]


@once("正在计算稳定区间…")
def bars(state: State, group: str, unit: str, level: Level) -> Bars:
    """The stability bars of one unit."""
    forms = forms_of(state, group, level)
    line, firm = forms.get(unit), firmness(state.scheme, state.results.of(unit), level)
    return Bars(level, line, firm, _places(state, unit, line, forms) if line else {})


def _places(state: State, unit: str, line: Form, forms: Mapping[str, Form | None]) -> dict[str, Interval]:
    """Empty while a rival has no form: its place beside it could not be told."""
    rivals = [form for other, form in forms.items() if other != unit]
    known = [form for form in rivals if form is not None]
    if len(known) < len(rivals) or state.results.of(unit).rank is None:
        return {}
    ordering = ordering_of(state.scheme)
    return {name: place_interval(ordering, line, known, at) for at, name in enumerate(line.names)}


@dataclass(frozen=True)
class Ranks:
    """Places over all weightings of one level: units best place first, their mean places by score, ``exactly`` or in
    floats, and what was sampled after the rules, row by row as ``units``; None where there are too many units."""

    units: tuple[str, ...]
    means: dict[str, Fraction]
    sampled: Acceptability | None
    exactly: bool = True


@once("正在分析位次…")
def ranks(state: State, group: str, level: Level) -> Ranks | None:
    """Places among the units that have a score; None while one of them has no straight line at this level."""
    plain, ruled = forms_of(state, group, level, False), forms_of(state, group, level)
    lines, finals = ([line for line in forms.values() if line] for forms in (plain, ruled))
    if not plain or len(lines) < len(plain) or len(finals) < len(ruled):
        return None
    exactly = len(plain) <= EXACTLY
    means = expected_ranks(lines) if exactly else map(Fraction, mean_places(lines))
    sampled = of_forms(finals, ordering_of(state.scheme)) if len(plain) <= MOST_UNITS else None
    return Ranks(tuple(plain), dict(zip(plain, means, strict=True)), sampled, exactly)


@once()
def typed(state: State, level: Level, unit: str, up: bool) -> Values | None:
    """The nearest change of weights as a board holds it, verified by scoring anew; None where no weight does it alone."""
    firm = firmness(state.scheme, state.results.of(unit), level)
    move = (firm.up if up else firm.down) if firm else None
    if firm is None or move is None:
        return None
    return typed_weights(level, firm.form, move, _flips(state, unit, level, move))


def _flips(state: State, unit: str, level: Level, move: WeightMove) -> Callable[[Values], bool]:
    def flips(values: Values) -> bool:
        then = state.assess_with(scheme_of(state.scheme, {level.id: values})).of(unit)
        return then.grade == move.grade

    return flips
