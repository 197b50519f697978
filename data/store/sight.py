"""What a person may read. Every public reading method of ``Store`` is named here, with the rule that it goes by.

* Whoever has no 分工 in an assessment is not told that it is there.
* Whoever assesses (填报) is blind: until every sheet is locked, such a person reads the scheme, the roster and what is the
  person's own, and nothing that tells a total, a score, a grade or a place.
* What is not named here is refused to everybody who has signed in, and a test fails.

While no sign-in is configured (``Person.local``) nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from data.access import Person
from data.store import locked_sheets
from data.store.assessments import NONE
from data.store.change import REMOVED
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import NotAllowed, StoreProblem
from data.store.settings import READING, SHOWN, TARGET, WORKFLOW
from data.store.tables import assessment, geography, log, rectification, submission

BLIND = "您在本年度考核中承担填报，全部评分表锁定（复核完毕或定稿）之前，不显示得分、等次、位次等结果，也不显示他人的评分表。"
NOBODY = "您的账号还没有分工，不能查看。请联系管理员分配角色。"
_PLAIN = (READING, TARGET, SHOWN, WORKFLOW)
"""Beginnings of the keys of choices that tell nothing of a result."""


@dataclass(frozen=True)
class Sight:
    """What the person sees on whose behalf ``database`` is used. Each question is a transaction of its own, soon over:
    nobody holds one connection while waiting for another."""

    database: Database

    @property
    def person(self) -> Person:
        """Who looks."""
        return self.database.person

    def knows(self, assessment_id: int) -> bool:
        """Whether the person may know of this assessment."""
        return self.person.knows(assessment_id)

    def blind(self, assessment_id: int) -> bool:
        """Whether the person assesses here and not every sheet is locked yet."""
        if not self.person.assesses(assessment_id):
            return False
        with self.database.reading() as connection:
            return not locked_sheets.whole(connection, assessment_id)

    def insist_known(self, assessment_id: int) -> None:
        """A StoreProblem as if the assessment did not exist, where the person may not know of it."""
        if not self.knows(assessment_id):
            raise StoreProblem(NONE)

    def insist_results(self, assessment_id: int) -> None:
        """NotAllowed for whoever is blind here; StoreProblem as ``insist_known``."""
        self.insist_known(assessment_id)
        if self.blind(assessment_id):
            raise NotAllowed(BLIND)

    def own(self, assessment_id: int, unit: str, component: str | None) -> bool:
        """Whether this is the person's own to fill in."""
        return self.person.fills(assessment_id, unit, component)

    def plain(self, key: str) -> bool:
        """Whether a choice of this key may be read by the blind."""
        return key.startswith(_PLAIN)

    def sees_file(self, sha256: str) -> bool:
        """Whether a kept file may be read: through an assessment that the person sees, or, where blind, all of it being own."""
        sheets = select(submission.c.assessment, submission.c.unit, submission.c.component)
        proofs = select(rectification.c.assessment)
        drawn = select(geography.c.id).where(geography.c.original == sha256)
        own: dict[int, bool] = {}
        with self.database.reading() as connection:
            for key, unit, component in connection.execute(sheets.where(submission.c.original == sha256)):
                own[key] = own.get(key, True) and self.own(key, unit, component)
            for key in connection.execute(proofs.where(rectification.c.original == sha256)).scalars():
                own[key] = False  # evidence of 整改 tells of results
            of_a_map = connection.execute(drawn).first() is not None
        if any(self.knows(key) and (whole or not self.blind(key)) for key, whole in own.items()):
            return True
        return of_a_map and bool(self.person.duties)

    def log_lines(self) -> ColumnElement[bool]:
        """Which lines of the log may be read: of assessments whose results are seen, and whatever the person did.

        Lines that belong to no assessment (persons, schemes, backups) are for 管理 of everything.
        """
        with self.database.reading() as connection:
            rows = connection.execute(select(assessment.c.id, assessment.c.state)).all()
        every = [row.id for row in rows if self.knows(row.id)]
        gone = {row.id for row in rows if row.state == REMOVED}  # a cleared demo: nothing of it can be locked any more
        open_ids = [key for key in every if not self.person.assesses(key) or (key not in gone and not self.blind(key))]
        seen: list[ColumnElement[bool]] = [log.c.assessment.in_(open_ids)]
        if self.person.has("manage"):
            seen.append(log.c.assessment.is_(None))
        known = or_(log.c.assessment.is_(None), log.c.assessment.in_(every))
        account = canonical({"account": self.person.account})[1:-1]  # as it stands in the details of what the person did
        own = and_(log.c.actor == self.person.name, log.c.details.contains(account, autoescape=True))
        return or_(*seen, and_(known, own))


Given = Mapping[str, Any]
"""What a method was called with, by the names of its parameters."""
Rule = Callable[[Sight, Given, Callable[[], Any]], Any]
"""Asks the sight, and gives the answer, or a part of it, or raises StoreProblem."""


def anybody(sight: Sight, _given: Given, answer: Callable[[], Any]) -> Any:
    """For everybody who has any 分工: what belongs to no assessment."""
    if not sight.person.duties:
        raise NotAllowed(NOBODY)
    return answer()


def known(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
    """For everybody with a 分工 in the assessment: it tells nothing of a result."""
    sight.insist_known(given["assessment_id"])
    return answer()


def results(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
    """For everybody with a 分工 in the assessment who is not blind there."""
    sight.insist_results(given["assessment_id"])
    return answer()


def manages(sight: Sight, _given: Given, answer: Callable[[], Any]) -> Any:
    """For 管理 of everything."""
    if not sight.person.has("manage"):
        raise NotAllowed("这一内容只供管理角色查看。如需查看，请联系管理员。")
    return answer()


def narrowed(keep: Callable[[Sight, int, Any], Any]) -> Rule:
    """For everybody with a 分工 in the assessment; to the blind only what ``keep`` leaves."""

    def rule(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
        key = given["assessment_id"]
        sight.insist_known(key)
        return keep(sight, key, answer()) if sight.blind(key) else answer()

    return rule
