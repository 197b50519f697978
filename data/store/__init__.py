"""Everything kept: assessments, handed-in sheets with their files, facts, scenarios, settings and the log.

>>> with Store.open() as store:                                        # doctest: +SKIP
...     store.take(assessment.id, "蓬江区.xlsx", content, sheets, actor="张三")
"""

from data.store.problem import Moved, StoreProblem
from data.store.records import (
    CHOICES,
    STATUSES,
    Assessment,
    Choice,
    Decision,
    Drawing,
    DrawingKind,
    FactRow,
    Finding,
    Loaded,
    LogEntry,
    Notice,
    Rectification,
    Ruling,
    Scenario,
    Setting,
    Status,
    Submission,
    UnitRow,
    VersionEntry,
)
from data.store.settings import READING, SHOWN, TARGET
from data.store.store import Store

__all__ = [
    "CHOICES",
    "READING",
    "SHOWN",
    "STATUSES",
    "TARGET",
    "Assessment",
    "Choice",
    "Decision",
    "Drawing",
    "DrawingKind",
    "FactRow",
    "Finding",
    "Loaded",
    "LogEntry",
    "Moved",
    "Notice",
    "Rectification",
    "Ruling",
    "Scenario",
    "Setting",
    "Status",
    "Store",
    "StoreProblem",
    "Submission",
    "UnitRow",
    "VersionEntry",
]
