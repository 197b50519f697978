"""What the store hands out: plain frozen values. All times are aware and in UTC; the screen shows Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from data.access import Person
from data.store.stage_records import Stage
from scoring.marks import Fact, Sheet

SubmissionState = Literal["taken", "replaced", "withdrawn"]
DrawingState = Literal["current", "replaced", "withdrawn"]
DrawingKind = Literal["draw", "sample"]


@dataclass(frozen=True)
class UnitRow:
    """One 考核对象 on the roster; ``region`` is its 行政区划代码 ("440703") where it has one.

    ``helps`` names whom it helps (帮扶), each with the 户数 there or None where it is not told.
    """

    name: str
    group: str
    region: str = ""
    helps: tuple[tuple[str, Fraction | None], ...] = ()


@dataclass(frozen=True)
class Assessment:
    """One 年度考核: a scheme word for word as it was then, and the roster. ``version`` rises with what may change a result."""

    id: int
    name: str
    scheme_id: str
    scheme_text: str
    scheme_hash: str
    state: str
    version: int
    demo: bool
    created_at: datetime
    units: tuple[UnitRow, ...]


@dataclass(frozen=True)
class Submission:
    """One 评分表 as uploaded. For each (unit, component) at most one is ``taken``; the others stay to be looked at.

    How far it has come (``stage`` and what follows) changes no result and no version, so it is no part of what makes two
    of them equal, and what stood at an earlier version tells none. ``returned`` says why it was sent back, until it is
    handed in again; ``gone``: since when one that is not ``taken`` no longer counts.
    """

    id: int
    assessment: int
    unit: str
    component: str
    revision: int
    state: SubmissionState
    file_sha256: str
    file_name: str
    sheet: Sheet
    actor: str
    at: datetime
    stage: Stage = field(default="filled", compare=False)
    handed_by: str | None = field(default=None, compare=False)
    handed_at: datetime | None = field(default=None, compare=False)
    reviewed_by: str | None = field(default=None, compare=False)
    reviewed_at: datetime | None = field(default=None, compare=False)
    returned: str = field(default="", compare=False)
    gone: datetime | None = field(default=None, compare=False)


RequestKind = Literal["reopen", "unlock"]
REQUESTS: dict[RequestKind, str] = {"reopen": "退回草稿", "unlock": "解锁评分表"}
RequestState = Literal["asked", "granted", "refused", "withdrawn"]
REQUEST_STATES: dict[RequestState, str] = {"asked": "待同意", "granted": "已同意", "refused": "不同意", "withdrawn": "已撤回"}


@dataclass(frozen=True)
class Request:
    """One 申请, which takes a second person's consent: to make 定稿 a draft again, or to unlock a reviewed sheet.

    ``subject`` is the submission's id, 0 for the assessment itself. ``account`` is whose sign-in asked, "" without one.
    """

    id: int
    assessment: int
    kind: RequestKind
    subject: int
    reason: str
    state: RequestState
    actor: str
    account: str
    at: datetime
    decided_by: str | None
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True)
class FactRow:
    """One registered 情形. ``fact.confirmed`` is true once a second person has checked it and nobody withdrew it.

    ``gone``: since when a withdrawn one no longer counts. ``account``: whose sign-in registered it, "" without one.
    """

    id: int
    fact: Fact
    note: str
    actor: str
    at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    withdrawn: bool
    gone: datetime | None = field(default=None, compare=False)
    account: str = ""


@dataclass(frozen=True)
class SavedScenario:
    """One saved 情景: the settings of a trial calculation and why it was made. ``gone``: since when it is withdrawn."""

    id: int
    name: str
    settings: dict[str, Any]
    reason: str
    actor: str
    at: datetime
    gone: datetime | None = None


@dataclass(frozen=True)
class Setting:
    """One choice, such as ``assumption:ticks`` → the label chosen, who chose it, and on which ``paper`` (文号), if any."""

    key: str
    value: str
    actor: str
    at: datetime
    paper: str = ""


@dataclass(frozen=True)
class Drawing:
    """One 抽签 or 抽样. ``inputs`` and ``seed`` give ``result`` again on any machine; an earlier one stays, replaced.

    ``rule`` is the id of the 抽样 rule, "" for the 抽签; ``scope`` the places drawn within ("" for all at once);
    ``reason`` says why it was drawn again, and is empty for a first draw.
    """

    id: int
    state: DrawingState
    kind: DrawingKind
    rule: str
    scope: tuple[str, ...]
    seed: str
    inputs: dict[str, Any]
    result: dict[str, Any]
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class LogEntry:
    """One line of the 操作日志. ``hash`` covers ``prev_hash`` and all that the entry says.

    ``version`` is the assessment's version after it.
    """

    seq: int
    at: datetime
    actor: str
    assessment: int | None
    action: str
    subject: str
    details: dict[str, Any]
    prev_hash: str
    hash: str
    version: int | None = None


@dataclass(frozen=True)
class VersionEntry:
    """One version of an assessment: what made it, by whom and when. ``at`` is in UTC; ``details`` are the log's.

    ``kept``: whether what stood at this version can still be shown exactly.
    """

    version: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    kept: bool = True


@dataclass(frozen=True)
class Loaded:
    """All that a calculation needs, read at one moment: ``assessment.version`` is true of everything beside it."""

    assessment: Assessment
    submissions: list[Submission]
    facts: list[FactRow]
    settings: dict[str, Setting]
    blind: Person | None = None
    """Whoever assesses and may not see results yet: then only this person's own sheets and facts are here."""


Choice = Literal["adopted", "refused", "deferred"]
CHOICES: dict[Choice, str] = {"adopted": "采纳", "refused": "不采纳", "deferred": "暂缓"}
"""What can be decided of a proposed outcome, and the word for it."""

Status = Literal["open", "doing", "reported", "closed"]
STATUSES: dict[Status, str] = {"open": "未整改", "doing": "整改中", "reported": "已整改待核", "closed": "已销号"}
"""How far a 整改 has come, and the word for it."""


@dataclass(frozen=True)
class Notice:
    """The 通报 of the result: its day, its 文号, and a remark."""

    id: int
    date: date
    number: str
    note: str
    actor: str
    at: datetime
    state: str


@dataclass(frozen=True)
class Ruling:
    """What is decided on one proposed outcome of a unit, and how it was carried out.

    ``outcome`` is the outcome's key in the scheme, ``action`` its word (谈话提醒). ``held``: the day it was carried out;
    ``attended``: who came, one name or post each; ``evidence``: where the minutes are.
    """

    unit: str
    outcome: str
    action: str
    choice: Choice
    reason: str = ""
    held: date | None = None
    attended: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True)
class Decision:
    """One 决定 as recorded. For each (unit, outcome) at most one is ``current``; the earlier ones stay."""

    id: int
    ruling: Ruling
    actor: str
    at: datetime
    state: str


@dataclass(frozen=True)
class Finding:
    """One line of the 整改台账 as its unit writes it: 问题, 原因, 措施, 责任人（单位）, 期限.

    Without ``due`` the scheme's own period counts. ``source`` says from what it was taken over ("指标14"), else nothing.
    """

    unit: str
    problem: str
    cause: str = ""
    measure: str = ""
    owner: str = ""
    due: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Rectification:
    """One 整改 in one of the states it has been in. ``item`` is its number in the 台账, ``id`` this state of it.

    ``note`` says why it was sent back or struck off. It is ``closed`` (已销号) once somebody other than ``reported_by``
    has looked at the evidence.
    """

    id: int
    item: int
    revision: int
    finding: Finding
    status: Status
    state: str
    evidence: str
    file_sha256: str | None
    file_name: str
    note: str
    actor: str
    at: datetime
    reported_by: str | None
    reported_at: datetime | None
    closed_by: str | None
    closed_at: datetime | None


SchemeState = Literal["draft", "agreed", "filed", "in_force", "removed"]
SCHEME_STATES: dict[SchemeState, str] = {"draft": "草案", "agreed": "已同意", "filed": "已备案", "in_force": "执行"}
"""How far an own scheme has come, and the word for it; a removed one is not shown."""
USABLE: tuple[SchemeState, ...] = ("agreed", "filed", "in_force")
"""States of an own scheme from which an assessment may be made: what it says no longer moves."""


@dataclass(frozen=True)
class OwnScheme:
    """One 自编方案 in one of the states it has been in. ``id`` is the scheme's, ``revision`` counts its states from 1.

    ``scheme_id`` is the ``id`` that the text gives itself; ``hash`` is the loaded scheme's, "" while the text has faults.
    ``based_on`` is the key of its template (模板, see ``data.scheme_keys``) or says where it came from, ``note`` says what
    was changed or why it was sent back, ``paper`` is the 文号.
    """

    id: int
    revision: int
    scheme_id: str
    title: str
    text: str
    hash: str
    state: SchemeState
    based_on: str
    note: str
    paper: str
    actor: str
    at: datetime


GeographyKind = Literal["areas", "points"]
GEOGRAPHY_KINDS: dict[GeographyKind, str] = {"areas": "界线", "points": "镇（街）坐标"}
"""What an own geography (自有底图) brings, and the word for it."""
GEOGRAPHY_STATES = {"current": "启用", "replaced": "已被取代", "withdrawn": "已停用"}


@dataclass(frozen=True)
class Geography:
    """One version of an office's own geography (自有底图). For each (scope, kind) at most one is ``current``.

    ``scope`` is the 区划代码 of the place whose parts it draws. ``shapes``: division code → GeoJSON geometry (areas) or
    [lon, lat] (points), WGS-84; empty in lists, which need none. ``reading`` says how the file was read.
    """

    id: int
    scope: str
    kind: GeographyKind
    revision: int
    state: str
    file_sha256: str
    file_name: str
    shapes: dict[str, Any]
    reading: dict[str, Any]
    actor: str
    at: datetime
