"""Locked versions for tests of papers, slides and workbooks: of the demonstration, and of marks made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.finalise import finalise
from data.locked import Locked, lock, open_locked, settle
from data.state import load_state
from data.store import READING, Assessment, Given, Store
from tests.pages.builders import CHECKER, CLERK

TODAY = date(2020, 12, 8)
SETTLED_ON, APPROVED_ON = date(2020, 12, 10), date(2020, 12, 15)


def locked_of(store: Store, assessment_id: int, today: date = TODAY) -> Locked:
    """The present version, locked now; where it is locked already (the demonstration of 乳源), as it stands."""
    version = store.version(assessment_id)
    there = (each.number for each in store.locked_versions(assessment_id) if (each.version, each.state) == (version, "current"))
    number = next(there, None) or lock(store, assessment_id, CLERK).number
    return open_locked(store, assessment_id, number, today)


def confirm_all(store: Store, assessment: Assessment) -> None:
    """Confirm every 口径 as it stands, so that the assessment can be made final."""
    readings = load_state(store, assessment.id).unconfirmed
    store.confirm(assessment.id, {READING + reading.key: reading.labels[0] for reading in readings}, CHECKER, "全部口径")


def settled(store: Store, assessment: Assessment, given: dict[str, Given] | None = None) -> Locked:
    """Final, locked and 审定: every unit as computed but those ``given`` otherwise."""
    confirm_all(store, assessment)
    finalise(store, assessment.id, CHECKER)
    record = lock(store, assessment.id, CLERK)
    computed = open_locked(store, assessment.id, record.number, TODAY)
    grades = {r.unit: Given(r.grade) for r in computed.state.results.units if r.grade} | (given or {})
    body = "市扶贫开发领导小组会议"
    settle(store, computed, "江扶会〔2020〕5号", SETTLED_ON, body, grades, "", CHECKER)
    return open_locked(store, assessment.id, record.number, TODAY)


def approved(store: Store, assessment: Assessment, given: dict[str, Given] | None = None) -> Locked:
    """As ``settled``, and 批复."""
    found = settled(store, assessment, given)
    store.approve(assessment.id, "江府函〔2020〕66号", APPROVED_ON, "江门市人民政府", "", CHECKER)
    return open_locked(store, assessment.id, found.record.number, TODAY)


def approve_bare(store: Store, assessment_id: int, day: date = APPROVED_ON) -> None:
    """批复 of an assessment that was made final, whatever is in it: for tests of what only the order of steps decides."""
    number = store.lock_version(assessment_id, store.version(assessment_id), "0" * 64, "1", "", CLERK).number
    store.settle(assessment_id, number, "江扶会〔2020〕5号", day, "领导小组会议", {}, "", CHECKER)
    store.approve(assessment_id, "江府函〔2020〕66号", day, "市人民政府", "", CHECKER)


def units_of(locked: Locked) -> Sequence[str]:
    """The units in the roster's order."""
    return [result.unit for result in locked.state.results.units]
