"""What the store hands out of a meeting: 锁定版, 异议, and the steps from 测算等次 to 审定 and 批复. Plain frozen values, times in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class LockedVersion:
    """One 锁定版 of an assessment: which version was locked, when, and the fingerprint of all that it held.

    ``number`` counts an assessment's locked versions from 1; ``hash`` is SHA-256 over marks, 情形, scheme, settings and
    results (``data.locked.fingerprint``), ``engine`` the engine that computed them.
    """

    id: int
    assessment: int
    number: int
    version: int
    hash: str
    engine: str
    note: str
    actor: str
    at: datetime
    state: str

    @property
    def name(self) -> str:
        """锁定版第3号."""
        return f"锁定版第{self.number}号"

    @property
    def code(self) -> str:
        """What people compare by eye: the first eight digits of the fingerprint, "1A2B-3C4D"."""
        return f"{self.hash[:4]}-{self.hash[4:8]}".upper()


ObjectionStatus = Literal["open", "upheld", "rejected"]
OBJECTION_STATUSES: dict[ObjectionStatus, str] = {"open": "待办理", "upheld": "采纳", "rejected": "不采纳"}
"""What became of an 异议, and the word for it."""


@dataclass(frozen=True)
class Objection:
    """One 异议 against a result in one of the states it has been in. ``item`` is its number, ``revision`` counts its states.

    ``locked`` is the number of the 锁定版 it was raised against; ``reply`` says how it was dealt with, ``basis`` names the paper.
    """

    id: int
    item: int
    revision: int
    locked: int
    unit: str
    text: str
    raised_by: str
    raised_on: date
    status: ObjectionStatus
    reply: str
    basis: str
    actor: str
    at: datetime
    state: str


SettlingKind = Literal["suggested", "settled", "approved"]
SETTLINGS: dict[SettlingKind, str] = {"suggested": "建议等次", "settled": "审定", "approved": "批复"}
"""The steps that follow 测算等次, and the word for each."""

Seen = Mapping[SettlingKind, int]
"""The steps that stood when somebody began to fill in a form: kind → ``Settling.id``."""


@dataclass(frozen=True)
class Given:
    """The grade that people give a unit, and why where it differs from the computed one."""

    grade: str
    reason: str = ""


@dataclass(frozen=True)
class Settling:
    """One step taken on a 锁定版: grades suggested or settled (审定), or the result approved (批复).

    ``number`` is the paper's 文号 or the meeting's, ``day`` its date, ``body`` who decided (领导小组第3次会议).
    ``grades``: unit → what it is given; empty for 批复, which approves what was settled.
    """

    id: int
    kind: SettlingKind
    locked: int
    number: str
    day: date | None
    body: str
    grades: Mapping[str, Given]
    note: str
    actor: str
    at: datetime
    state: str
