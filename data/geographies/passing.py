"""What goes from the reading process to the app, as JSON can say it: a file without its rows, a report without its geometry.

What ``load_`` is given is a worker's answer; anything else raises ValueError, KeyError, TypeError or UnknownPlaceError.
"""

from __future__ import annotations

from typing import Any

from data.geographies.model import Asked, Brought, Choices, Opened, Report, Row, Taken
from data.geographies.naming import guess
from data.geographies.reading import unit_word
from data.regions import Place, place
from data.sheets.problems import Problem

SAMPLES, SHOWN = 3, 12
"""Values of a column, and characters of each, by which a person knows it."""


def dump_brought(opened: Opened, scope: str) -> dict[str, Any]:
    """A file's outside, with the columns guessed for ``scope``."""
    if opened.rejected:
        return {"file": opened.file, "kind": opened.kind, "table": opened.table, "problems": _problems(opened.problems)}
    return {
        "file": opened.file, "kind": opened.kind, "count": len(opened.rows), "columns": opened.columns,
        "samples": {name: _samples(opened, name) for name in opened.columns}, "table": opened.table,
        "unit": unit_word(scope, opened.kind), "guess": vars(guess(opened, scope)), "problems": _problems(opened.problems),
    }  # fmt: skip


def load_brought(found: dict[str, Any]) -> Brought:
    """The file that ``dump_brought`` told."""
    return Brought(**{
        **found, "columns": tuple(found.get("columns", ())), "guess": load_choices(found.get("guess", {})),
        "samples": {name: tuple(values) for name, values in found.get("samples", {}).items()},
        "problems": tuple(Problem(**each) for each in found["problems"]),
    })  # fmt: skip


def dump_choices(choices: Choices) -> dict[str, Any]:
    """A person's answers."""
    return {**vars(choices), "answers": {str(no): code for no, code in choices.answers.items()}}


def load_choices(found: dict[str, Any]) -> Choices:
    """The answers that ``dump_choices`` told."""
    return Choices(**{**found, "answers": {int(no): code for no, code in found.get("answers", {}).items()}})


def dump_report(report: Report) -> dict[str, Any]:
    """A report; of its rows only where they stand."""
    return {
        "kind": report.kind, "shapes": report.shapes, "mended": report.mended, "problems": _problems(report.problems),
        "taken": [[one.row.no, one.row.at, one.said, one.place.code, one.asked] for one in report.taken],
        "asked": [[one.row.no, one.row.at, one.said, _codes(one.candidates), one.answer] for one in report.asked],
        "empty": _codes(report.empty),
    }  # fmt: skip


def load_report(found: dict[str, Any]) -> Report:
    """The report that ``dump_report`` told."""
    taken = (Taken(Row(no, at, {}), said, place(code), asked) for no, at, said, code, asked in found["taken"])
    asked = (Asked(Row(no, at, {}), said, _places(near), answer) for no, at, said, near, answer in found["asked"])
    problems = tuple(Problem(**each) for each in found["problems"])
    return Report(
        found["kind"], dict(found["shapes"]), tuple(taken), tuple(asked), _places(found["empty"]), tuple(found["mended"]), problems
    )


def _samples(opened: Opened, name: str) -> list[str]:
    return [text[:SHOWN] for row in opened.rows[:20] if (text := row.told.get(name, ""))][:SAMPLES]


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [vars(each) for each in problems]


def _codes(places: tuple[Place, ...]) -> list[str]:
    return [each.code for each in places]


def _places(codes: list[str]) -> tuple[Place, ...]:
    return tuple(place(code) for code in codes)
