"""Everything kept: assessments, handed-in sheets with their files, facts, scenarios, settings and the log.

>>> with Store.open() as store:                                        # doctest: +SKIP
...     store.take(assessment.id, "蓬江区.xlsx", content, sheets, actor="张三")
"""

from data.store.problem import Moved, StoreProblem
from data.store.records import (
    Assessment,
    FactRow,
    Loaded,
    LogEntry,
    Scenario,
    Setting,
    Submission,
    UnitRow,
)
from data.store.settings import READING, SHOWN
from data.store.store import Store

__all__ = [
    "READING",
    "SHOWN",
    "Assessment",
    "FactRow",
    "Loaded",
    "LogEntry",
    "Moved",
    "Scenario",
    "Setting",
    "Store",
    "StoreProblem",
    "Submission",
    "UnitRow",
]
