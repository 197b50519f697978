"""One change: one transaction, exactly one log line, and the assessment one version further where results may differ.

Every write goes here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, insert, select, update

from data.access import ACTIONS, ROLES, Person, may
from data.access.actions import GENERAL, allowed_in_general, only_own
from data.store import log
from data.store.database import Database
from data.store.problem import Moved, NotAllowed, StoreProblem, Unserialized, required
from data.store.records import LogEntry
from data.store.second_person import same_person
from data.store.tables import assessment

P = ParamSpec("P")
T = TypeVar("T")

def now() -> datetime:
    """The store's clock, in UTC. Whatever is stamped or counted in days asks here, so that a test can move it."""
    return datetime.now(UTC)


FINAL, REMOVED = "final", "removed"
TRIES, PAUSE, PATIENCE = 8, 0.02, 6.0
"""How often a change is begun at most, the seconds of the first pause at most (each further one is twice as long), and
the seconds after which it is not begun anew: whoever waits is told within ten, also by a server that does not answer."""
_SETTLED = (
    "本年度考核已定稿，评分表、情形、口径等不再改动，本次操作未生效。确需改动的，请先在“年度考核”写明理由，退回草稿。"
)


@dataclass
class Change:
    """What is being done. The body sets ``subject`` and ``details`` (and may sharpen ``action``) for the log."""

    connection: Connection
    actor: str
    action: str
    at: datetime
    person: Person
    assessment: int | None = None
    version: int | None = None
    subject: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    idle: bool = False  # it turned out that there is nothing to change
    verb: str = field(init=False)  # the action as it was opened, which the permissions speak of
    asked: set[int] = field(default_factory=set)  # the assessments in which the role was asked
    said: bool = False  # whether it was told for which units it acts

    def __post_init__(self) -> None:
        self.verb = self.action

    def of(self, assessment_id: int, expected_version: int | None = None, *, settled: bool = False) -> int:
        """Name the assessment that changes and raise its version by one; returns the new version.

        Everything that may change a result comes through here, so here it is refused once 定稿; ``settled`` lets by what
        changes none, such as who may see it. Raises StoreProblem when there is none or its demo was cleared or it is
        final, Moved when it is not at ``expected_version``.
        """
        version = self.beside(assessment_id)
        if not settled and self._state(assessment_id) == FINAL:
            raise StoreProblem(_SETTLED)
        if expected_version is not None and version != expected_version:
            raise Moved("在您查看之后，本考核的数据已被他人更新，本次操作未生效。请重新查看最新情况后再提交。")
        self.version = version + 1
        self.connection.execute(update(assessment).where(assessment.c.id == assessment_id).values(version=self.version))
        return self.version

    def beside(self, assessment_id: int) -> int:
        """Name the assessment of a change that touches no result, such as a 情景; returns its version, as it stays.

        Raises StoreProblem when there is none or its demo was cleared.
        """
        row = self.connection.execute(
            select(assessment.c.version, assessment.c.state).where(assessment.c.id == assessment_id)
        ).one_or_none()
        if row is None or row.state == REMOVED:
            raise StoreProblem("该年度考核不存在或已清除，无法改动。请返回首页重新选择年度考核。")
        self.assessment, self.version = assessment_id, row.version
        insist_allowed(self.person, self.verb, assessment_id)
        self.asked.add(assessment_id)
        return row.version

    def nothing(self) -> None:
        """It turned out that all is already as it should be: nothing of this change is kept, and the log has no line of it."""
        transaction = self.connection.get_transaction()
        assert transaction is not None
        transaction.rollback()
        self.idle = True

    def touches(self, *places: tuple[str, str | None]) -> None:
        """Insist that the person may do this for each of these (unit, component or None): 填报 only for what is its own.

        To be asked after ``of`` or ``beside``. Raises NotAllowed.
        """
        assert self.assessment is not None
        self.said = True
        if not only_own(self.person, self.verb, self.assessment):
            return
        strange = [unit for unit, component in places if not self.person.fills(self.assessment, unit, component)]
        if strange:
            named = "、".join(dict.fromkeys(strange))
            raise NotAllowed(f"您的填报分工不含{named}的这项内容，本次操作未生效。如分工有误，请联系管理员更正。")

    def upon_own(self, assessment_id: int, place: tuple[str, str | None]) -> int:
        """``beside`` and ``touches`` in one, asked as soon as a row is found: whoever may not, learns nothing of it."""
        version = self.beside(assessment_id)
        self.touches(place)
        return version

    def upon(self, assessment_id: int, what: str) -> int:
        """As ``beside``, for what rests on a result that stands: a StoreProblem while the assessment is a draft."""
        version = self.beside(assessment_id)
        if self._state(assessment_id) != FINAL:
            raise StoreProblem(f"本年度考核尚未定稿，不能{what}。请先在“年度考核”办结各项并定稿。")
        return version

    def unsettled(self, assessment_id: int) -> int:
        """As ``beside``, for what is over once 定稿, such as a sheet's 提交 and 复核: a StoreProblem from then on."""
        version = self.beside(assessment_id)
        if self._state(assessment_id) == FINAL:
            raise StoreProblem(_SETTLED)
        return version

    def by(self, name: str | None, account: str | None) -> bool:
        """Whether what is told of this name and account was done by this change's person.

        Two accounts decide; where either was not signed in, the names do.
        """
        if self.person.account and account:
            return self.person.account.casefold() == account.casefold()
        return same_person(name or "", self.actor)

    def _state(self, assessment_id: int) -> str:
        query = select(assessment.c.state).where(assessment.c.id == assessment_id)
        return self.connection.execute(query).scalar_one()

    def insert(self, table: Table, **values: Any) -> int:
        """Insert a row made by this change's actor at its time; returns the row's id."""
        made = self.connection.execute(insert(table).values(**values, actor=self.actor, at=self.at))
        key = made.inserted_primary_key
        assert key is not None  # every table here has one
        return key[0]


@contextmanager
def changing(database: Database, actor: str, action: str) -> Iterator[Change]:
    """Open a change by ``actor`` (never empty). Leaving logs and commits it; an exception leaves nothing of it.

    Nothing is logged where the body found ``nothing`` to change.

    Of whoever has signed in, the name is the sign-in's, whatever ``actor`` says, and the role is asked before anything
    is read: NotAllowed where there is none.
    """
    person = database.person
    name = required(actor, "操作人") if person.local else person.name
    verb = required(action, "操作名称")
    insist_allowed(person, verb)
    sealed: list[LogEntry] = []
    with database.writing(lambda later: log.holds(later, sealed[-1])) as connection:
        seq, previous = log.next_link(connection)
        change = Change(connection, name, verb, now(), person)
        yield change
        _insist_asked(change)
        if change.idle:
            return
        if person.account:
            change.details = change.details | {"account": person.account}
        sealed.append(log.append(connection, _entry(change, seq, previous)))


def _insist_asked(change: Change) -> None:
    """Nothing is forgotten: what named no assessment needs the role in general, what is 填报's own work must say whose it is."""
    if not change.asked:
        _insist_in_general(change.person, change.verb)
    if not change.said and any(only_own(change.person, change.verb, key) for key in change.asked):
        raise NotAllowed(f"“{change.verb}”没有写明涉及哪些单位，填报人员不能办理，本次操作未生效。请联系管理员。")


def insist_allowed(person: Person, action: str, assessment_id: int | None = None) -> None:
    """Raise NotAllowed where the person has no role for this change: in this assessment, where one is named, and in all of
    them where the change belongs to none (``GENERAL``)."""
    if not may(person, action, assessment_id):
        roles = "、".join(ROLES[role] for role in ACTIONS.get(action, ()))
        raise NotAllowed(f"“{action}”须由{roles or '指定'}角色办理，您的账号没有这一权限，本次操作未生效。如需办理，请联系管理员分配角色。")
    if assessment_id is None and action in GENERAL:
        _insist_in_general(person, action)


def _insist_in_general(person: Person, action: str) -> None:
    """Raise NotAllowed for whoever has the role in some 年度考核 only: what belongs to none needs it in all of them."""
    if not allowed_in_general(person, action):
        raise NotAllowed(f"“{action}”不属于某一年度考核，须由在全部年度考核承担有关角色的人员办理，本次操作未生效。请联系管理员。")


def retried(work: Callable[P, T]) -> Callable[P, T]:
    """Do a whole change again where the database asks for it (serialization failure, deadlock) or was lost before it was
    to keep anything: at most ``TRIES`` times.

    For functions that open one change and do nothing else that lasts. SQLite never asks.
    """

    @wraps(work)
    def again(*args: P.args, **kwargs: P.kwargs) -> T:
        begun, tries = time.monotonic(), count(1)
        while True:
            try:
                return work(*args, **kwargs)
            except Unserialized:
                tried = next(tries)
                if tried == TRIES or time.monotonic() - begun > PATIENCE:
                    raise
                time.sleep(random.uniform(0, PAUSE * 2**tried))

    return again


def _entry(change: Change, seq: int, previous: str) -> LogEntry:
    return LogEntry(
        seq=seq,
        at=change.at,
        actor=change.actor,
        assessment=change.assessment,
        version=change.version,
        action=change.action,
        subject=change.subject,
        details=change.details,
        prev_hash=previous,
        hash="",
    )
