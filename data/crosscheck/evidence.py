"""What a workbook may still hold of before: every earlier revision with what its unit would then come to, and where marks stand now."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from data.state import State
from data.store import Store, Submission
from scoring.assess import MarksError, assess
from scoring.crosscheck.case import Past, Revision
from scoring.marks import Fact, Sheet
from scoring.results import UnitResult
from scoring.scheme import Scheme

_BEIJING = ZoneInfo("Asia/Shanghai")
MOST = 200
"""Earlier revisions that are looked at; each is scored once."""


def past_of(store: Store, state: State) -> Past:
    """Every earlier or withdrawn revision of an assessment's sheets, newest first."""
    history = store.history(state.assessment.id)
    current = {submission.id for submission in state.submissions}
    facts = [row.fact for row in state.facts]
    found: dict[tuple[str, str], list[Revision]] = {}
    for one in [each for each in history if each.id not in current][:MOST]:
        result = _then(state.scheme, state.sheets, facts, one.sheet)
        if result is not None:
            found.setdefault((one.unit, one.component), []).append(Revision(_named(one), result))
    return Past({key: tuple(each) for key, each in found.items()}, sources(state.submissions))


def _named(one: Submission) -> str:
    day = one.at.astimezone(_BEIJING)
    return f"第{one.revision}次上报（{day.month}月{day.day}日，《{one.file_name}》）"


def _then(scheme: Scheme, sheets: Iterable[Sheet], facts: Iterable[Fact], earlier: Sheet) -> UnitResult | None:
    """The unit's result if the earlier sheet still counted; None where the scheme no longer takes it."""
    key = (earlier.unit, earlier.component)
    others = [sheet for sheet in sheets if (sheet.unit, sheet.component) != key]
    try:
        return assess(scheme, [*others, earlier], facts).of(earlier.unit)
    except (MarksError, KeyError):
        return None


def sources(submissions: Iterable[Submission]) -> dict[tuple[str, str, int], str]:
    """(unit, component, item or 0) → where the mark that counts stands: 《开平市_日常工作.xlsx》C2."""
    found: dict[tuple[str, str, int], str] = {}
    for one in submissions:
        found[one.unit, one.component, 0] = f"《{one.file_name}》"
        for mark in one.sheet.marks:
            found[one.unit, one.component, mark.indicator or 0] = f"《{one.file_name}》{mark.cell}"
    return found
