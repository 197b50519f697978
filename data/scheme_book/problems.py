"""Every problem a scheme's workbook can have (problems.tsv): a stable code, how grave, what is wrong, how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.sheets.problems import Problem, filled, kinds_in

KINDS = kinds_in(Path(__file__).parent / "problems.tsv")


def told(code: str, *, sheet: str = "", cell: str = "", value: str = "", **values: Any) -> Problem:
    """A problem of that code with its words filled in; the code is told apart from those of forms."""
    return filled(KINDS[code], f"book-{code}", sheet=sheet, cell=cell, value=value, **values)
