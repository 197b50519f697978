"""The 情形 that count as the table that ``cli.py --facts`` takes: 考核对象, 情形, 取值, 日期, 依据, 数额."""

from __future__ import annotations

from data.facts_table import COLUMNS
from data.log_text import csv_file
from data.state import State
from scoring import exact


def facts_csv(state: State) -> bytes:
    """Every confirmed 情形 of an assessment. Those still to be checked count in no result and are left out."""
    kinds = {kind.id: kind.name for kind in state.scheme.facts}
    counted = [row.fact for row in state.facts if row.fact.confirmed]
    rows = [
        [
            fact.unit, kinds[fact.fact], fact.value, fact.date, fact.basis,
            "" if fact.amount is None else exact.plain(fact.amount),
        ]
        for fact in counted
    ]  # fmt: skip
    return csv_file([list(COLUMNS), *rows])
