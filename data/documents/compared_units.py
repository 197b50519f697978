"""Who is told of in a document of a comparison (情景比对), in which order and under which name.

Names may be hidden (对象甲). Then nothing of the file may give them away: not a sentence somebody typed, not the order
of the rows. So rows stand by place, and every text from outside passes through ``masked``.
"""

from __future__ import annotations

from datetime import datetime

from data.beijing import BEIJING
from data.scenarios import Compared
from data.state import State
from scoring.results import UnitResult

BASE = "基准"


def in_order(compared: Compared) -> tuple[str, ...]:
    """The units by place in the base, those that share one or have none by what they are called."""
    found = {result.unit: result for result in compared.base.results.group(compared.group)}
    return tuple(
        sorted((unit for unit in found if unit in compared.names), key=lambda unit: _key(compared, found[unit]))
    )


def _key(compared: Compared, result: UnitResult) -> tuple[bool, int, str]:
    return result.rank is None, result.rank or 0, compared.names[result.unit]


def masked(compared: Compared, text: str) -> str:
    """A text from outside with every hidden name in it replaced by what the unit is called here, longest first."""
    for unit in sorted(compared.names, key=len, reverse=True):
        if unit != compared.names[unit]:
            text = text.replace(unit, compared.names[unit])
    return text


def label(number: int) -> str:
    """What a column is called in short: 基准, 情景1, 情景2."""
    return f"情景{number}" if number else BASE


def labels(compared: Compared) -> dict[str, str]:
    """Every column as the documents tell it, by label: "情景1" → its name, masked."""
    return {label(number): masked(compared, column.name) for number, column in enumerate(compared.columns)}


def data_time(state: State) -> datetime:
    """The last moment at which any of what was scored was handed in, registered or chosen."""
    moments = [
        state.assessment.created_at,
        *(s.at for s in state.submissions),
        *(s.at for s in state.settings.values()),
    ]
    moments += [moment for row in state.facts for moment in (row.at, row.confirmed_at) if moment]
    return max(moments).astimezone(BEIJING)


def day_text(moment: datetime) -> str:
    """A day as official documents write it: 2026年1月5日."""
    return f"{moment.year}年{moment.month}月{moment.day}日"
