"""Locked versions for tests of papers, slides and workbooks: of the demonstration, and of marks made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.finalise import finalise
from data.locked import Locked, lock, open_locked
from data.state import load_state
from data.store import READING, Assessment, Given, Store
from tests.pages.builders import CHECKER, CLERK

TODAY = date(2020, 12, 8)
SETTLED_ON, APPROVED_ON = date(2020, 12, 10), date(2020, 12, 15)


def locked_of(store: Store, assessment_id: int, today: date = TODAY) -> Locked:
    """The present version, locked now."""
    return open_locked(store, assessment_id, lock(store, assessment_id, CLERK).number, today)


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
    store.settle(assessment.id, record.number, "江扶会〔2020〕5号", SETTLED_ON, body, grades, "", CHECKER)
    return open_locked(store, assessment.id, record.number, TODAY)


def approved(store: Store, assessment: Assessment, given: dict[str, Given] | None = None) -> Locked:
    """As ``settled``, and 批复."""
    found = settled(store, assessment, given)
    store.approve(assessment.id, "江府函〔2020〕66号", APPROVED_ON, "江门市人民政府", "", CHECKER)
    return open_locked(store, assessment.id, found.record.number, TODAY)


def units_of(locked: Locked) -> Sequence[str]:
    """The units in the roster's order."""
    return [result.unit for result in locked.state.results.units]
