"""Locked versions that many tests of papers read and none changes: made once for a run of tests."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from data.demo import SEED, all_demos, held_back, load_one
from data.locked import Locked, open_locked
from data.sheets import read_file
from data.store import Assessment, Given, Settling, SettlingKind, Store
from scoring.results import Results
from tests.data.locks import APPROVED_ON, SETTLED_ON, TODAY, approved, locked_of
from tests.pages import builders

SCHEMES = tuple(demo.scheme_id for demo in all_demos())


@cache
def shelf() -> Store:
    """A store of its own for what is made here."""
    return Store.open(f"sqlite:///{Path(tempfile.mkdtemp()) / 'kept.db'}")


@cache
def county_draft() -> Locked:
    """江门's seven with 20 of 21 sheets."""
    return locked_of(shelf(), builders.county(shelf(), name="2020年江门市 · 缺一份").id)


@cache
def county_approved() -> Locked:
    """The same, complete and 批复 as computed."""
    made = builders.county(shelf(), name="2020年江门市 · 已批复")
    builders.last_sheet(shelf(), made)
    return approved(shelf(), made)


@cache
def demos() -> Mapping[str, Locked]:
    """The demonstration of every scheme as it comes, locked: scheme id → 锁定版."""
    return {demo.scheme_id: _locked(load_one(shelf(), demo).id) for demo in all_demos()}


def _locked(assessment_id: int) -> Locked:
    """Its last 锁定版, or the first one, made now."""
    before = shelf().locked_versions(assessment_id)
    return open_locked(shelf(), assessment_id, before[0].number, TODAY) if before else locked_of(shelf(), assessment_id)


@cache
def whole_demos() -> Mapping[str, Locked]:
    """The same with the sheet that is held back, and 批复: what has no computed grade is given the second best."""
    found = {}
    for demo in all_demos():
        last = held_back(demo.scheme_id)
        locked = demos()[demo.scheme_id]
        if last:
            made = load_one(shelf(), demo)
            _take(made, last.name, last.content, locked)
            locked = locked_of(shelf(), made.id)
        found[demo.scheme_id] = as_approved(locked)
    return found


def _take(made: Assessment, name: str, content: bytes, like: Locked) -> None:
    reading = read_file(name, content, like.state.scheme)
    shelf().take(made.id, name, content, reading.sheets, f"示例·{SEED}")


def with_results(locked: Locked, results: Results) -> Locked:
    """The same 锁定版 with other results, its scheme being theirs."""
    state = replace(locked.state, scheme=results.scheme, results=results)
    return replace(locked, state=state, follow_up=replace(locked.follow_up, state=state))


def as_approved(locked: Locked, given: Mapping[str, Given] | None = None) -> Locked:
    """The 锁定版 as if its grades had been settled (those ``given`` otherwise) and approved."""
    scheme, units = locked.state.scheme, locked.state.results.units
    grades = {r.unit: Given(r.grade or scheme.grades[1]) for r in units if r.complete} if scheme.grades else {}
    steps = {
        "settled": _step(
            locked, "settled", "江扶会〔2020〕5号", SETTLED_ON, "领导小组会议", grades | dict(given or {})
        ),
        "approved": _step(locked, "approved", "江府函〔2020〕66号", APPROVED_ON, "市人民政府", {}),
    }
    return replace(locked, standing=replace(locked.standing, steps=steps))


def _step(
    locked: Locked, kind: SettlingKind, number: str, day: date, body: str, grades: Mapping[str, Given]
) -> Settling:  # fmt: skip
    at = datetime(2020, 12, 20, tzinfo=UTC)
    return Settling(1, kind, locked.record.number, number, day, body, grades, "", builders.CHECKER, at, "current")
