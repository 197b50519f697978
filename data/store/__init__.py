"""Everything kept: assessments, handed-in sheets with their files, facts, scenarios, settings and the log.

>>> with Store.open() as store:                                        # doctest: +SKIP
...     store.take(assessment.id, "蓬江区.xlsx", content, sheets, actor="张三")
"""

from data.store.problem import Moved, StoreProblem
from data.store.records import (
    CHOICES,
    SCHEME_STATES,
    STATUSES,
    USABLE,
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
    OwnScheme,
    Rectification,
    Ruling,
    SavedScenario,
    SchemeState,
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
    "SCHEME_STATES",
    "SHOWN",
    "STATUSES",
    "TARGET",
    "USABLE",
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
    "OwnScheme",
    "Rectification",
    "Ruling",
    "SavedScenario",
    "SchemeState",
    "Setting",
    "Status",
    "Store",
    "StoreProblem",
    "Submission",
    "UnitRow",
    "VersionEntry",
]
