"""Calls of cli.py from a test, and filled forms of 江门 2020 to call it with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cli import main
from data.documents.forms import filled_form
from data.schemes import scheme
from scoring.marks import Mark, Sheet

RULES = scheme("jiangmen-2020-county")
COUNTY = ["--scheme", "jiangmen-2020-county"]
PARTS = ("cross", "municipal", "daily")


def write(folder: Path, component: str, counts: Mapping[str, int] | str, unit: str = "鹤山市") -> str:
    """A filled form: so many items of each grade, or a total."""
    if isinstance(counts, str):
        sheet = Sheet(unit, component, (Mark(None, score=Fraction(counts)),), "工作扎实。")
    else:
        grades = [grade for grade, count in counts.items() for _ in range(count)]
        sheet = Sheet(unit, component, tuple(Mark(no, grade=grade) for no, grade in enumerate(grades, start=1)))
    path = folder / f"{RULES.component(component).name}_{unit}.xlsx"
    path.write_bytes(filled_form(RULES, sheet))
    return str(path)


def worked(folder: Path) -> list[str]:
    """The worked case of two tick forms and a total: 42263/475 = 88.97."""
    return [
        write(folder, "cross", {"好": 10, "较好": 9}),
        write(folder, "municipal", {"好": 12, "一般": 7}),
        write(folder, "daily", "88.60"),
    ]


def totals(folder: Path, unit: str, *marks: str) -> list[str]:
    """Three totals of a unit: 交叉考核, 市级考核, 日常工作."""
    return [write(folder, part, mark, unit) for part, mark in zip(PARTS, marks, strict=True)]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """(exit code, what was printed, what was said on stderr); with --json the first is read."""
    capsys.readouterr()
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if "--json" in arguments and printed.out else printed.out, printed.err


def unit_of(told: dict[str, Any], name: str = "鹤山市") -> dict[str, Any]:
    return next(unit for unit in told["units"] if unit["unit"] == name)
