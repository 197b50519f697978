"""Everything about how firm the grades of a group are, unit by unit: what the page, the memo and the terminal tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from scoring.firmness.form import BENT, CURVED, GRADED, Form, form, has_firmness, moves_categories
from scoring.firmness.grade import Firmness, firmness, near_shares
from scoring.firmness.marks import nearest_grade, total_moves
from scoring.firmness.nearest import Nearest, downward, past, upward
from scoring.firmness.passing import Passing, key_of, neighbour, passing_item, passing_total, passing_weight
from scoring.firmness.places import Ordering, expected_ranks, place_intervals
from scoring.firmness.remarks import Remarks
from scoring.firmness.weightings import Interval
from scoring.results import AppliedLimit, Results, UnitResult
from scoring.scheme import Scheme
from scoring.trial import Level, component_level

__all__ = ["Nearest", "Passing", "UnitFirmness", "brief_report", "firmness_report", "unit_report"]

NOTHING = Nearest(None, None, None)


@dataclass(frozen=True)
class UnitFirmness:
    """One unit's firmness at one level of weights, after the rules and by score alone.

    ``firm`` and ``by_score`` are None where the question makes no sense; ``why_not`` then says so in Chinese, and is
    "" otherwise. ``near`` and ``near_by_score``: each grade's share within ±5 points of the document's weights, None
    where there are too many terms for an exact answer. ``up`` and ``down`` are the nearest changes of the grade after the
    rules, ``up_by_score`` and ``down_by_score`` of the grade by score; they differ where a rule binds.

    ``ahead`` and ``behind``: what alone brings the unit past the one placed just before it, or below the next; None where
    there is none. ``places``: by weight, the shares at which it stands to every unit of its group as now.
    ``expected_rank`` is by score over all weightings. These two are of the group's units that have a form: {} and None
    while one of them has none.
    """

    result: UnitResult
    firm: Firmness | None
    by_score: Firmness | None
    near: dict[str, Fraction] | None
    near_by_score: dict[str, Fraction] | None
    up: Nearest
    down: Nearest
    expected_rank: Fraction | None
    why_not: str
    up_by_score: Nearest = NOTHING
    down_by_score: Nearest = NOTHING
    ahead: Passing | None = None
    behind: Passing | None = None
    places: dict[str, Interval] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        """Its name in the roster."""
        return self.result.unit

    @property
    def binding(self) -> tuple[AppliedLimit, ...]:
        """The limits that hold the grade where it is, whatever the score."""
        return self.firm.caps if self.firm else ()


def firmness_report(results: Results, group: str, level: Level | None = None) -> tuple[UnitFirmness, ...]:
    """Every unit of a group in the roster's order, at a level of weights (None: those of 考核方式; ``scoring.nodes`` has more).

    Raises ValueError for a level that is not one of weights.
    """
    level = level or component_level(results.scheme)
    units = results.group(group)
    if level is None:
        return tuple(_without(results.scheme, result, None) for result in units)
    asked = _Group(results.scheme, level, units)
    return tuple(asked.unit(result) for result in units)


def brief_report(results: Results, group: str, level: Level) -> tuple[UnitFirmness, ...]:
    """``firmness_report`` of a large group: how firm each grade is, without what is told of a unit looked at closely
    (``unit_report``): the nearest changes, the neighbours, the places."""
    asked = _Group(results.scheme, level, results.group(group))
    return tuple(asked.brief(result) for result in asked.units)


def unit_report(results: Results, unit: str, level: Level) -> UnitFirmness:
    """One unit of a large group: everything but ``expected_rank`` and ``places``, for which every pair would be asked."""
    result = results.of(unit)
    return _Group(results.scheme, level, results.group(result.group)).alone(result)


def _without(scheme: Scheme, result: UnitResult, level: Level | None) -> UnitFirmness:
    return UnitFirmness(result, None, None, None, None, NOTHING, NOTHING, None, _why_not(scheme, result, level))


class _Group:
    """Units that are placed among each other, at one level of weights."""

    def __init__(self, scheme: Scheme, level: Level, units: tuple[UnitResult, ...]):
        self.scheme, self.level, self.units = scheme, level, units
        self.ordering = Ordering.of(scheme)

    @cached_property
    def forms(self) -> dict[str, Form | None]:
        """Every unit's, after the rules."""
        return {result.unit: form(self.scheme, result, self.level) for result in self.units}

    @cached_property
    def known(self) -> dict[str, Form]:
        """The same where all have one, else empty: a place among some of them only would mislead."""
        known = {unit: line for unit, line in self.forms.items() if line is not None}
        return known if len(known) == len(self.units) else {}

    @cached_property
    def ranks(self) -> dict[str, Fraction]:
        """Mean places."""
        return dict(zip(self.known, expected_ranks([*self.known.values()]), strict=True))

    @cached_property
    def places(self) -> dict[str, dict[str, Interval]]:
        """By unit and weight, the shares that keep the place."""
        return dict(zip(self.known, place_intervals(self.ordering, [*self.known.values()]), strict=True))

    def unit(self, result: UnitResult) -> UnitFirmness:
        """Everything of one unit."""
        return replace(
            self.alone(result), expected_rank=self.ranks.get(result.unit), places=self.places.get(result.unit, {})
        )

    def alone(self, result: UnitResult) -> UnitFirmness:
        """What does not need every pair of units."""
        found = self.brief(result)
        if found.firm is None or found.by_score is None:
            return found
        unit = _Unit(self, result, Remarks(self.scheme, result))
        up, down = (unit.nearest(found.firm, up=up) for up in (True, False))
        ruled = found.by_score.form.finals != found.firm.form.finals
        by_score = [unit.nearest(found.by_score, up=up, rules=False) for up in (True, False)] if ruled else [up, down]
        return replace(
            found, up=up, down=down, up_by_score=by_score[0], down_by_score=by_score[1],
            ahead=unit.passing(before=True), behind=unit.passing(before=False),
        )  # fmt: skip

    def brief(self, result: UnitResult) -> UnitFirmness:
        """How firm its grade is."""
        firm, plain = self._firmness(result)
        if firm is None or plain is None:
            return _without(self.scheme, result, self.level)
        near = near_shares(firm.form)
        beside = near if plain.form.finals == firm.form.finals else near_shares(plain.form)
        return UnitFirmness(result, firm, plain, near, beside, NOTHING, NOTHING, None, "")

    def _firmness(self, result: UnitResult) -> tuple[Firmness | None, Firmness | None]:
        """After the rules and by score; the same where no rule makes a difference."""
        firm, plain = firmness(self.scheme, result, self.level), form(self.scheme, result, self.level, rules=False)
        if firm is None or plain is None or plain.finals == firm.form.finals:
            return firm, firm
        return firm, firmness(self.scheme, result, self.level, rules=False)


@dataclass(frozen=True)
class _Unit:
    """One unit that has a form, and its marks put another way."""

    group: _Group
    result: UnitResult
    remarks: Remarks

    def nearest(self, firm: Firmness, *, up: bool, rules: bool = True) -> Nearest:
        """What alone brings a better (or a worse) grade."""
        scheme, components = self.group.scheme, self._components(rules)
        totals = total_moves(self.remarks, components, up=up) if components else ()
        found = Nearest(
            firm.up if up else firm.down,
            min(totals, key=lambda move: abs(move.to - move.before), default=None),
            nearest_grade(self.remarks, up, rules=rules),
        )
        say = upward if up else downward
        return replace(found, sentence=say(scheme, self.result, firm, self.group.level, found))

    def passing(self, *, before: bool) -> Passing | None:
        """What alone changes the order with a neighbour."""
        rival = neighbour(self.result, self.group.units, before=before)
        if rival is None:
            return None
        scheme, ordering = self.group.scheme, self.group.ordering
        own, other, components = self.group.forms[self.result.unit], self.group.forms[rival.unit], self._components()
        key = key_of(ordering, rival)
        found = Passing(
            rival.unit,
            (rival.score or Fraction(0)) - (self.result.score or Fraction(0)),
            passing_weight(ordering, own, other, ahead=before) if own and other else None,
            passing_total(ordering, self.remarks, components, key, ahead=before) if components else None,
            passing_item(ordering, self.remarks, key, ahead=before),
        )
        weighed = other is not None and len(other.names) > 1
        return replace(found, sentence=past(scheme, self.group.level, found, ahead=before, weighed=weighed))

    def _components(self, rules: bool = True) -> Form | None:
        """The unit's form at the level of components, by which their scores are moved."""
        level = component_level(self.group.scheme)
        return form(self.group.scheme, self.result, level, rules=rules) if level else None


def _why_not(scheme: Scheme, result: UnitResult, level: Level | None) -> str:
    if result.inherited:
        return "随所帮扶的考核对象计分，没有自己的权重"
    if result.score_grade is None:
        return "尚无综合得分" if result.score is None else "文件没有等次线"
    if not has_firmness(scheme, result):
        return BENT
    return GRADED if level and moves_categories(scheme, result, level) else CURVED
