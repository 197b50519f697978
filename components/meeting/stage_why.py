"""Prepared answers of the stage: why a unit has its grade, step by step with the clauses, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.meeting.stage_data import clauses
from components.meeting.stage_names import Curtain
from data.briefing import answers
from data.briefing.model import Page
from data.locked import Locked


def why(locked: Locked, unit: str, curtain: Curtain) -> dict[str, Any]:
    """为什么 and 怎样会变 of a unit, each {message, lines, cites}, under the names that are shown now."""
    pages = answers(locked, unit, curtain.names)
    told = {part: _told([page for page in pages if page.key.startswith(f"{part}:")]) for part in ("why", "change")}
    return {"id": curtain.ids[unit], "grade": locked.grade(unit)} | curtain.clean(told)


def _told(pages: Sequence[Page]) -> dict[str, Any]:
    """One answer, however many slides it would take."""
    return {
        "message": pages[0].message if pages else "", "lines": [line for page in pages for line in page.lines],
        "cites": clauses([cite for page in pages for cite in page.cites]),
    }  # fmt: skip
