"""Readings and results as JSON values: the contract for scripts. Exact values are strings, what is absent is null."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from data.sheets import FileReading, Problem
from scoring import exact
from scoring.assumptions import assumptions
from scoring.results import AppliedFloor, ComponentResult, Results, UnitResult
from scoring.scheme import Scheme


def reading_json(reading: FileReading) -> dict[str, Any]:
    """One file: its verdict, its rows (none when it is rejected) and all its problems."""
    rows = [
        {
            "unit": sheet.unit, "component": sheet.component, "indicator": mark.indicator, "grade": mark.grade,
            "score": _exact(mark.score), "value": _exact(mark.value), "answer": mark.answer, "remark": mark.remark,
            "sheet": mark.sheet, "cell": mark.cell,
        }
        for sheet in reading.sheets
        for mark in sheet.marks
    ]  # fmt: skip
    return {
        "file": reading.file, "verdict": reading.verdict, "rows": rows, "problems": [_problem(p) for p in reading.problems]
    }  # fmt: skip


def _problem(problem: Problem) -> dict[str, str]:
    return {name: getattr(problem, name) for name in ("level", "code", "sheet", "cell", "value", "message", "mend")}


def problems_json(problems: Iterable[tuple[str, Problem]]) -> list[dict[str, str]]:
    """What is wrong with forms, each with its file."""
    return [{"file": file} | _problem(problem) for file, problem in problems]


def results_json(results: Results, problems: Iterable[tuple[str, Problem]] = ()) -> dict[str, Any]:
    """Every unit's result with its steps; ``problems`` are (file name, problem) of the forms behind it.

    ``assumed`` lists what the document does not say and the scheme reads into it: on the command line nobody has
    confirmed any of it.
    """
    return {
        "scheme": results.scheme.id,
        "scheme_hash": results.scheme.hash,
        "engine": results.engine,
        "assumed": [{"key": a.key, "name": a.name, "text": a.text} for a in assumptions(results.scheme)],
        "problems": problems_json(problems),
        "units": [unit_json(results.scheme, result) for result in results.units],
    }


def unit_json(rules: Scheme, result: UnitResult) -> dict[str, Any]:
    """One unit's result: official and exact values, grade and place, components, categories, steps, outcomes."""
    possible = result.possible and {
        "score": [official_text(rules, result.possible.low), official_text(rules, result.possible.high)],
        "grades": list(result.possible.grades),
    }
    return {
        "unit": result.unit,
        "group": result.group,
        "score": official_text(rules, result.score),
        "exact": _exact(result.exact),
        "rank": result.rank,
        "score_grade": result.score_grade,
        "grade": result.grade,
        "complete": result.complete,
        "missing": list(result.missing),
        "possible": possible,
        "open": [{"component": part.id, "why": why} for part in result.components.values() for why in part.open_rows],
        "components": {name: _part(rules, part) for name, part in result.components.items()},
        "categories": {
            name: {"score": official_text(rules, value), "exact": _exact(value)}
            for name, value in result.categories.items()
        },
        "steps": [{"what": step.what, "cite": step.cite} for step in result.steps],
        "category_grades": result.category_grades,
        "before_bonus": _exact(result.before_bonus),
        "bonuses": [{"id": b.id, "count": b.count, "points": _exact(b.points), "cite": b.cite} for b in result.bonuses],
        "deductions": [
            {"id": d.id, "count": d.count, "points": _exact(d.points), "asked": _exact(d.asked), "cite": d.cite}
            for d in result.deductions
        ],
        "limits": [{"id": x.id, "best": x.best, "binds": x.binds, "cite": x.cite} for x in result.limits],
        "floors": [_floor(floor) for floor in result.floors],
        "recommended": result.recommended,
        "inherited": [{"unit": each.unit, "score": official_text(rules, each.score)} for each in result.inherited],
        "awards": [{"name": each.name, "value": exact.fixed(each.value, each.places)} for each in result.awards],
        "facts": [{"fact": each.fact, "value": each.value, "confirmed": each.confirmed} for each in result.facts],
        "outcomes": [{"action": o.action, "by": o.by, "cite": o.basis} for o in result.outcomes],
    }


def _floor(floor: AppliedFloor) -> dict[str, Any]:
    return {name: getattr(floor, name) for name in ("id", "worst", "binds", "confirmed", "declined", "cite")}


def _part(rules: Scheme, part: ComponentResult) -> dict[str, str | None]:
    return {"score": official_text(rules, part.exact), "exact": _exact(part.exact), "weight": _exact(part.weight)}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact.plain(value)


def official_text(rules: Scheme, value: Fraction | None) -> str | None:
    """A score with the scheme's decimals: "88.97"."""
    if value is None or rules.places is None:
        return _exact(value)
    return exact.fixed(value, rules.places)
