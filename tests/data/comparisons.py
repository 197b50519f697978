"""Comparisons of scenarios to write documents from: over 示例数据, or over marks made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from data.demo import demo_of, load_one
from data.rosters_units import scheme_units
from data.scenarios import Compared, compared
from data.schemes import scheme, scheme_text
from data.state import State, load_state
from data.store import SavedScenario, Store
from data.store.location import FILE_NAME, sqlite_url
from scoring.marks import Mark, Sheet

WHEN = datetime(2026, 11, 20, 2, tzinfo=UTC)


def demo_state(folder: Path, scheme_id: str) -> State:
    """The demonstration of a scheme."""
    with Store.open(sqlite_url(folder / FILE_NAME)) as store:
        return load_state(store, load_one(store, demo_of(scheme_id)).id)


def totals_state(folder: Path, totals: Mapping[str, Mapping[str, str]]) -> State:
    """江门2020县级 with nothing but totals: unit → component → what was given. Units that are not named lack everything."""
    rules = scheme("jiangmen-2020-county")
    with Store.open(sqlite_url(folder / FILE_NAME)) as store:
        made = store.create_assessment(
            "2020年", rules.id, scheme_text(rules.id), rules.hash, scheme_units(rules), "李经办"
        )
        for unit, parts in totals.items():
            for part, points in parts.items():
                sheet = Sheet(unit, part, (Mark(None, score=Fraction(points)),), "意见")
                store.take(made.id, f"{unit}-{part}.xlsx", f"{unit}{part}".encode(), (sheet,), "李经办")
        return load_state(store, made.id)


def saved(name: str, group: str, readings: Mapping[str, str] | None = None, **levels: str) -> SavedScenario:
    """A saved scenario: levels as an address holds them (w="cross:50,…"), readings by key."""
    told = {"r": json.dumps(dict(readings), ensure_ascii=False)} if readings else {}
    return SavedScenario(1, name, {"group": group, **levels, **told}, "年度研究", "李经办", WHEN)


def side_by_side(
    state: State, *scenarios: SavedScenario, group: str = "", names: Mapping[str, str] | None = None
) -> Compared:
    """The comparison, by default of the first group that has a score; every scenario must fit."""
    group = group or next(result.group for result in state.results.units if result.score is not None)
    found = compared(state, group, scenarios, names=names)
    assert found.refused == ()
    return found


def hidden(state: State, group: str) -> dict[str, str]:
    """Aliases in the reverse of the roster's order."""
    units = [result.unit for result in state.results.group(group)]
    return {unit: f"对象{number}" for number, unit in enumerate(reversed(units), 1)}
