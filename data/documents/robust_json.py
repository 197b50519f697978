"""等次稳定性 for the command line as JSON: exact values as text, weights and shares as parts of 1, what is absent as null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from data.documents.as_json import official_text, problems_json
from data.robust import Asked
from data.sheets import Problem
from scoring import exact
from scoring.firmness.grade import DELTA, Firmness
from scoring.firmness.marks import ItemMove, TotalMove
from scoring.firmness.report import Nearest, Passing, UnitFirmness
from scoring.firmness.weightings import Interval
from scoring.scenario_line import typed
from scoring.trial import Level

Json = dict[str, Any]


def robust_json(
    asked: Asked, chosen: Mapping[str, str], scenario: Json | None, problems: Iterable[tuple[str, Problem]] = ()
) -> Json:
    """Every unit, group by group in the roster's order. ``delta``: how far ``local_shares`` go from the weights.

    ``chosen`` are the readings in force, ``scenario`` what is tried beyond them.
    """
    scheme = asked.results.scheme
    return {
        "scheme": scheme.id,
        "scheme_hash": scheme.hash,
        "engine": asked.results.engine,
        "readings": dict(chosen),
        "scenario": scenario,
        "delta": exact.plain(DELTA),
        "problems": problems_json(problems),
        "units": [_unit(asked, unit, level) for _, level, units in asked.groups for unit in units],
    }


def _unit(asked: Asked, unit: UnitFirmness, level: Level | None) -> Json:
    result = unit.result
    return {
        "unit": unit.unit,
        "group": result.group,
        "score": official_text(asked.results.scheme, result.score),
        "rank": result.rank,
        "grade": result.grade,
        "score_grade": result.score_grade,
        "binding": [{"id": limit.id, "best": limit.best, "cite": limit.cite} for limit in unit.binding],
        "level": level.id if level else None,
        **_firm(unit.firm, unit.near),
        "nearest_up": _nearest(unit.up, level),
        "nearest_down": _nearest(unit.down, level),
        "expected_rank": _text(unit.expected_rank),
        "place_intervals": _intervals(unit.places),
        "ahead": _passing(unit.ahead, level),
        "behind": _passing(unit.behind, level),
        "by_score": _firm(unit.by_score, unit.near_by_score)
        | {"nearest_up": _nearest(unit.up_by_score, level), "nearest_down": _nearest(unit.down_by_score, level)},
        "why_not": unit.why_not or None,
    }


def _firm(firm: Firmness | None, near: Mapping[str, Fraction] | None) -> Json:
    """``radius_percent`` null: no re-weighting changes the grade, or (with ``intervals`` null) it cannot be asked."""
    radius = firm.radius if firm else None
    return {
        "radius_percent": _text(100 * radius.value) if radius else None,
        "radius_closed": radius.closed if radius else None,
        "intervals": _intervals(firm.intervals) if firm else None,
        "local_shares": _texts(near),
        "shares": _texts(firm.shares if firm else None),
    }


def _intervals(intervals: Mapping[str, Interval]) -> Json | None:
    return {name: _interval(interval) for name, interval in intervals.items()} or None


def _interval(interval: Interval) -> Json:
    return {
        "low": exact.plain(interval.low),
        "high": exact.plain(interval.high),
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
    }


def _nearest(found: Nearest, level: Level | None) -> Json | None:
    if not (found.weights or found.total or found.item or found.sentence):
        return None
    return _ways(found, level)


def _ways(found: Nearest | Passing, level: Level | None) -> Json:
    """``mark``: of one item, else of a whole component (``indicator`` null). ``set``: the weight as whatif takes it."""
    return {
        "weights": _texts(found.weights.weights) if found.weights else None,
        "mark": _mark(found.item or found.total),
        "total": _mark(found.total),
        "set": typed(level, found.weights.name, found.weights.to) if level and found.weights else None,
        "sentence": found.sentence,
    }


def _passing(found: Passing | None, level: Level | None) -> Json | None:
    return {"unit": found.rival, "gap": exact.plain(found.gap), **_ways(found, level)} if found else None


def _mark(move: ItemMove | TotalMove | None) -> Json | None:
    if move is None:
        return None
    return {
        "component": move.component,
        "indicator": move.indicator if isinstance(move, ItemMove) else None,
        "from": _said(move.before),
        "to": _said(move.to),
    }


def _said(mark: str | Fraction) -> str:
    return mark if isinstance(mark, str) else exact.plain(mark)


def _texts(values: Mapping[str, Fraction] | None) -> dict[str, str] | None:
    return None if values is None else {name: exact.plain(value) for name, value in values.items()}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact.plain(value)
