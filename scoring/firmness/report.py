"""Everything about how firm the grades of a group are, unit by unit: what the page, the memo and the terminal tell."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.firmness.form import BENT, CURVED, Form, form, has_firmness
from scoring.firmness.grade import Firmness, WeightMove, firmness, near_shares
from scoring.firmness.marks import ItemMove, TotalMove, item_moves, total_moves
from scoring.firmness.places import expected_rank
from scoring.results import AppliedLimit, Results, UnitResult
from scoring.scheme import Scheme
from scoring.trial import WEIGHTS, Level, component_level


@dataclass(frozen=True)
class Nearest:
    """The least change that brings another grade: of one weight, of one component's score, of one item's mark.

    Each is None where none does it alone. ``total`` is asked at the level of components only.
    """

    weights: WeightMove | None
    total: TotalMove | None
    item: ItemMove | None


@dataclass(frozen=True)
class UnitFirmness:
    """One unit's firmness at one level of weights, after the rules and by score alone.

    ``firm`` and ``by_score`` are None where the question makes no sense; ``why_not`` then says so in Chinese, and is
    "" otherwise. ``near`` and ``near_by_score``: each grade's share within ±5 points of the document's weights, None
    where there are too many terms for an exact answer. ``expected_rank`` is by score over all weightings of the group's
    units that have a form; None while one of them has none.
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

    @property
    def unit(self) -> str:
        """Its name in the roster."""
        return self.result.unit

    @property
    def binding(self) -> tuple[AppliedLimit, ...]:
        """The limits that hold the grade where it is, whatever the score."""
        return self.firm.caps if self.firm else ()


def firmness_report(results: Results, group: str, level: Level | None = None) -> tuple[UnitFirmness, ...]:
    """Every unit of a group in the roster's order, at a level of weights (None: those of 考核方式)."""
    scheme = results.scheme
    level = level or component_level(scheme)
    units = results.group(group)
    lines = [form(scheme, result, level, rules=False) if level else None for result in units]
    return tuple(_unit(scheme, result, level, _rank(line, lines)) for result, line in zip(units, lines, strict=True))


def _unit(scheme: Scheme, result: UnitResult, level: Level | None, rank: Fraction | None) -> UnitFirmness:
    firm = firmness(scheme, result, level)
    plain = firmness(scheme, result, level, rules=False)
    return UnitFirmness(
        result,
        firm,
        plain,
        near_shares(firm.form) if firm else None,
        near_shares(plain.form) if plain else None,
        _nearest(scheme, result, firm, level, up=True),
        _nearest(scheme, result, firm, level, up=False),
        rank,
        _why_not(scheme, result, firm),
    )


def _nearest(scheme: Scheme, result: UnitResult, firm: Firmness | None, level: Level | None, *, up: bool) -> Nearest:
    if firm is None or level is None:
        return Nearest(None, None, None)
    totals = total_moves(scheme, firm.form, up=up) if level.id == WEIGHTS else ()
    return Nearest(
        firm.up if up else firm.down,
        min(totals, key=lambda move: abs(move.to - move.before), default=None),
        next(iter(item_moves(scheme, result, up=up)), None),
    )


def _rank(line: Form | None, lines: list[Form | None]) -> Fraction | None:
    """None while any unit of the group has no form: a place among some of them only would mislead."""
    known = [other for other in lines if other is not None]
    if line is None or len(known) < len(lines):
        return None
    return expected_rank(line, [other for other in known if other is not line])


def _why_not(scheme: Scheme, result: UnitResult, firm: Firmness | None) -> str:
    if firm is not None:
        return ""
    if result.inherited:
        return "随所帮扶的考核对象计分，没有自己的权重"
    if result.score_grade is None:
        return "尚无综合得分" if result.score is None else "文件没有等次线"
    return CURVED if has_firmness(scheme, result) else BENT
