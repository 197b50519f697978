"""The steps from 测算等次 on, taken on a 锁定版: what was given is checked against what was locked, then kept.

Whoever records a step comes through here (pages, tests, programs): ``data.locked.grading`` says what is asked of grades,
the store what is asked of the order of steps and of who came before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.locked.grading import complaints
from data.locked.locked import Locked
from data.store import Given, Seen, Settling, Store, StoreProblem


def suggest(
    store: Store, locked: Locked, grades: Mapping[str, Given], note: str, actor: str, seen: Seen | None = None
) -> Settling:
    """Record 建议等次, or correct them. Raises StoreProblem that lists all that is wrong, Moved as ``Store.suggest``."""
    _insist(locked, grades, "登记建议等次")
    record = locked.record
    return store.suggest(record.assessment, record.number, _trimmed(grades), note, actor, seen)


def settle(
    store: Store, locked: Locked, number: str, day: date, body: str, grades: Mapping[str, Given], note: str, actor: str,
    seen: Seen | None = None,
) -> Settling:  # fmt: skip
    """Record 审定. Raises StoreProblem that lists all that is wrong, and as ``Store.settle``."""
    _insist(locked, grades, "登记审定")
    record = locked.record
    return store.settle(record.assessment, record.number, number, day, body, _trimmed(grades), note, actor, seen)


def _insist(locked: Locked, grades: Mapping[str, Given], what: str) -> None:
    if found := complaints(locked.state, grades):
        raise StoreProblem(f"暂不能{what}：" + "".join(found))


def _trimmed(grades: Mapping[str, Given]) -> dict[str, Given]:
    return {unit: Given(given.grade, given.reason.strip()) for unit, given in grades.items()}
