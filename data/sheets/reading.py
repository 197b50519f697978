"""What reading a file gives: its sheets whole, or none and every problem; and what still has to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.sheets.problems import Problem
from scoring.marks import Mark, Sheet

Verdict = Literal["accept", "warn", "reject"]


@dataclass(frozen=True)
class Row:
    """One mark with whose it is: a line of what was read."""

    unit: str
    component: str
    mark: Mark


@dataclass(frozen=True)
class Question:
    """What a form does not say and a person must: which unit, or which component, it is of."""

    asks: Literal["unit", "component"]
    sheet: str
    options: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class FileReading:
    """One file read against a scheme. A rejected one has no sheets. ``notes`` are facts that need no mending."""

    file: str
    verdict: Verdict
    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every mark of every sheet, in the order of the file."""
        return tuple(Row(sheet.unit, sheet.component, mark) for sheet in self.sheets for mark in sheet.marks)


def conclude(
    file: str, sheets: list[Sheet], problems: list[Problem], notes: list[str], questions: list[Question]
) -> FileReading:
    """The reading as a whole: one error rejects the file, a warning is carried along, repeats are said once."""
    once = tuple(dict.fromkeys(problems))
    rejected = any(each.level == "error" for each in once)
    verdict: Verdict = "reject" if rejected else "warn" if once else "accept"
    kept = () if rejected else tuple(sheets)
    return FileReading(file, verdict, kept, once, tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(questions)))
