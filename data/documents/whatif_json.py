"""A scenario's before and after for the command line as JSON: exact values as text, what is absent as null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from data.documents.as_json import problems_json, unit_json
from data.documents.whatif_text import unit_sentence
from data.sheets import Problem
from data.whatif import Pair, Tried
from scoring import exact
from scoring.results import Results, UnitResult
from scoring.scenario import Scenario
from scoring.scenario_line import settings
from scoring.scheme import Scheme

Json = dict[str, Any]


def whatif_json(tried: Tried, problems: Iterable[tuple[str, Problem]] = ()) -> Json:
    """All of it. ``before`` and ``after`` of a unit have the keys that ``score --json`` gives it."""
    return {
        "scheme": tried.own.id,
        "scheme_hash": tried.before.scheme.hash,
        "engine": tried.before.engine,
        "readings": dict(tried.chosen),
        "scenario": scenario_json(tried.own, tried.chosen, tried.scenario),
        "problems": problems_json(problems),
        "units": [_unit(tried, pair) for pair in tried.pairs()],
        "changed": [_changed(tried, pair) for pair in tried.regraded()],
        "migration": [{"from": was, "to": now, "units": count} for (was, now), count in tried.migration().items()],
    }


def scenario_json(own: Scheme, chosen: Mapping[str, str], scenario: Scenario) -> Json:
    """What a scenario sets; ``settings`` are as ``--set`` takes them."""
    values = {
        level: {name: exact.plain(value) for name, value in found.items()} for level, found in scenario.values.items()
    }
    return {
        "group": scenario.group,
        "values": values,
        "readings": scenario.readings,
        "settings": list(settings(scenario, own, chosen)),
        "scheme_hash": scenario.scheme(own, chosen).hash,
    }


def _unit(tried: Tried, pair: Pair) -> Json:
    was, now = pair
    return {
        "unit": now.unit,
        "group": now.group,
        "before": _half(tried.before, was),
        "after": _half(tried.after, now),
    }


def _half(results: Results, result: UnitResult) -> Json:
    told = unit_json(results.scheme, result)
    return {key: value for key, value in told.items() if key not in ("unit", "group")}


def _changed(tried: Tried, pair: Pair) -> Json:
    was, now = pair
    return {
        "unit": now.unit,
        "group": now.group,
        "from": was.grade,
        "to": now.grade,
        "why": tried.why.get(now.unit),
        "sentence": unit_sentence(tried, pair),
    }
