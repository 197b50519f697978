"""Readings as JSON, between the app and its reading workers. Scores stay exact text."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from data.sheets.problems import Problem
from data.sheets.reading import FileReading, Question
from scoring.marks import Mark, Sheet


def dump_reading(reading: FileReading) -> dict[str, Any]:
    """A reading as JSON can say it."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(reading), default=_text))
    return plain


def _text(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(type(value))


def load_reading(data: dict[str, Any]) -> FileReading:
    """The reading that ``dump_reading`` told. Raises ValueError, KeyError or TypeError for anything else."""
    return FileReading(
        file=data["file"],
        verdict=data["verdict"],
        sheets=tuple(_sheet(each) for each in data["sheets"]),
        problems=tuple(Problem(**each) for each in data["problems"]),
        notes=tuple(data["notes"]),
        questions=tuple(Question(**{**each, "options": tuple(each["options"])}) for each in data["questions"]),
    )


def _sheet(data: dict[str, Any]) -> Sheet:
    return Sheet(data["unit"], data["component"], tuple(_mark(each) for each in data["marks"]), data["opinion"])


def _mark(data: dict[str, Any]) -> Mark:
    return Mark(**{**data, "score": _number(data["score"]), "value": _number(data["value"])})


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
