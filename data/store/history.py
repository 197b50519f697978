"""Any earlier version of an assessment, worked back from the present through the log, exactly.

No row is ever deleted and each change has one line in the log with what it touched, so each can be undone: sheets that
came or went, 情形 and who had checked them, choices and whose they were, rosters, 定稿. Where a line is missing, spoiled or
does not fit what it left behind, the way back ends there: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection

from data.store import assessments, facts, log, settings, submissions
from data.store.change import FINAL
from data.store.problem import StoreProblem
from data.store.records import Assessment, FactRow, Loaded, LogEntry, Setting, Submission, VersionEntry

TAKING, WITHDRAWING, RESTORING = ("上报", "替换"), "撤回", "恢复"
REGISTERING, CHECKING, REVOKING, REVIVING = "登记情形", "核对情形", "撤销情形", "恢复情形"
CREATING, CORRECTING, FINALISING, REOPENING = "新建考核", "更正名单", "定稿", "退回草稿"
"""What the log calls the changes that can be undone here; a choice is known by what it keeps, whatever it is called."""


class _Lost(Exception):  # noqa: N818 - a condition, not an error
    """A line of the log that cannot be undone."""


def versions(connection: Connection, assessment_id: int) -> list[VersionEntry]:
    """Every version whose line in the log is there, the first first."""
    entries = log.entries(connection, assessment_id, limit=None)
    kept = {standing.version for standing in _backwards(connection, assessment_id, entries)}
    made = _making(entries)
    return [
        VersionEntry(number, e.at, e.actor, e.action, e.subject, e.details, number in kept)
        for number, e in sorted(made.items())
    ]


def between(connection: Connection, assessment_id: int, first: int, last: int) -> dict[int, Loaded]:
    """Version → what stood at its last moment, from ``first`` to ``last``.

    Raises StoreProblem for a version that there has not been, and for one whose particulars are not kept.
    """
    present = assessments.version(connection, assessment_id)
    if not 1 <= first <= last <= present:
        raise StoreProblem(f"没有第{first if first < 1 or last <= present else last}版：本年度考核现为第{present}版。请重新选择版本。")
    entries = log.entries(connection, assessment_id, limit=None)
    way = takewhile(lambda one: one.version >= first, _backwards(connection, assessment_id, entries))
    found = {one.version: one.loaded() for one in way if one.version <= last}
    if first not in found:
        earliest = min(found, default=last + 1)
        raise StoreProblem(f"第{earliest}版之前的明细未留存，无法还原第{first}版。请改选第{earliest}版或以后的版本。")
    return dict(sorted(found.items()))


def _making(entries: list[LogEntry]) -> dict[int, LogEntry]:
    """Version → the line that made it; later ones of the same version changed no result."""
    return {entry.version: entry for entry in entries if entry.version is not None}  # newest first: the oldest stays


def _backwards(connection: Connection, assessment_id: int, entries: list[LogEntry]) -> Iterator[_Standing]:
    """What stood at each version, the present first, as far back as it can be undone. To be read before the next."""
    standing, made = _present(connection, assessment_id), _making(entries)
    by_version: dict[int, list[LogEntry]] = {}
    for entry in entries:
        by_version.setdefault(entry.version or 0, []).append(entry)
    while True:
        yield standing
        number = standing.version
        if number == 1 or number not in made:
            return
        try:
            for entry in by_version[number]:
                standing.undo(entry, made[number] is entry)
        except (_Lost, KeyError, ValueError, TypeError, IndexError, AttributeError):
            return  # a line that somebody spoiled
        standing.assessment = replace(standing.assessment, version=number - 1)


@dataclass
class _Standing:
    """What stood at one version, and all there ever was to go back to."""

    assessment: Assessment
    counting: set[int]
    sheets: dict[int, Submission]  # every one as it is while it counts
    facts: dict[int, FactRow]
    choices: dict[str, list[Setting]]  # newest first; the first holds
    roster_before: Callable[[int], Any]
    numbers: dict[tuple[str, str, int], int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {(s.unit, s.component, s.revision): s.id for s in self.sheets.values()}

    @property
    def version(self) -> int:
        return self.assessment.version

    def loaded(self) -> Loaded:
        return Loaded(
            self.assessment,
            [self.sheets[key] for key in sorted(self.counting)],
            [row for _, row in sorted(self.facts.items()) if not row.withdrawn],
            {key: values[0] for key, values in sorted(self.choices.items()) if values},
        )

    def undo(self, entry: LogEntry, makes_version: bool) -> None:
        """Go back to before a line of the log. Raises _Lost where it does not say enough or does not fit."""
        told = entry.details
        if _choices(told):
            self._unset(_choices(told))
        elif not makes_version:
            return  # a 情景, a draw, a decision: no part of what is calculated
        elif entry.action in TAKING:
            self._sheets({self.numbers[_number(row)] for row in told["sheets"]}, set(told["replaced"]))
        elif entry.action == WITHDRAWING:
            self._sheets(set(), {told["submission"]})
        elif entry.action == RESTORING:
            self._sheets({told["submission"]}, set(told.get("replaced", ())))
        elif entry.action in (REGISTERING, CHECKING, REVOKING, REVIVING):
            self._unfact(entry.action, told["id"])
        else:
            self._unturned(entry)

    def _sheets(self, came: set[int], went: set[int]) -> None:
        if not came <= self.counting or went & self.counting or not went <= set(self.sheets):
            raise _Lost
        self.counting = self.counting - came | went

    def _unfact(self, action: str, key: int) -> None:
        row = self.facts[key]
        if action == REGISTERING:
            del self.facts[key]
        elif action == REVOKING and row.withdrawn:
            fact = replace(row.fact, confirmed=row.confirmed_by is not None)
            self.facts[key] = replace(row, withdrawn=False, fact=fact)
        elif action == REVIVING and not row.withdrawn:
            self.facts[key] = replace(row, withdrawn=True, fact=replace(row.fact, confirmed=False))
        elif action == CHECKING and row.fact.confirmed:
            fact = replace(row.fact, confirmed=False)
            self.facts[key] = replace(row, fact=fact, confirmed_by=None, confirmed_at=None)
        else:
            raise _Lost

    def _unset(self, told: list[dict[str, Any]]) -> None:
        for one in reversed(told):
            values = self.choices[one["key"]]
            before = values[1].value if len(values) > 1 else None
            if (values[0].value, before) != (one["value"], one["before"]):
                raise _Lost
            del values[0]

    def _unturned(self, entry: LogEntry) -> None:
        """Undo 定稿, 退回草稿 and 更正名单. Anything else that moved the version is not known here."""
        if entry.action == CORRECTING:
            self.assessment = replace(self.assessment, units=self.roster_before(self.assessment.version))
        elif entry.action in (FINALISING, REOPENING):
            before = assessments.DRAFT if entry.action == FINALISING else FINAL
            self.assessment = replace(self.assessment, state=before)
        else:
            raise _Lost


def _present(connection: Connection, assessment_id: int) -> _Standing:
    ever = submissions.history(connection, assessment_id)
    return _Standing(
        assessments.one(connection, assessment_id),
        {each.id for each in ever if each.state == submissions.TAKEN},
        {each.id: _as_counted(each) for each in ever},
        {row.id: row for row in facts.listed(connection, assessment_id, include_withdrawn=True)},
        settings.every(connection, assessment_id),
        lambda version: assessments.replaced_roster(connection, assessment_id, version),
    )


def _as_counted(one: Submission) -> Submission:
    """A sheet as it was while it counted. How far it had come then is not told: it is beside every version."""
    return replace(
        one, state="taken", stage="filled", returned="", gone=None,
        handed_by=None, handed_at=None, reviewed_by=None, reviewed_at=None,
    )  # fmt: skip


def _choices(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The keys that a change set, or nothing where it set none (a 情景, too, keeps settings: its own)."""
    several = told.get("settings")
    if isinstance(several, list):
        return several
    return [told] if {"key", "value", "before"} <= told.keys() else []


def _number(row: dict[str, Any]) -> tuple[str, str, int]:
    return row["unit"], row["component"], row["revision"]
