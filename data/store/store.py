"""The store's face: one method a question or a change. Each is one line that names the module with the query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Self

from data.access import Person
from data.store import (
    assessments,
    decisions,
    facts,
    history,
    log,
    migrate,
    notices,
    rectifications,
    rosters,
    scenarios,
    settings,
    submissions,
)
from data.store.backup_store import BackupStore
from data.store.bulk import BulkStore
from data.store.database import Database
from data.store.drawing_store import DrawingStore
from data.store.geography_store import GeographyStore
from data.store.location import database_url
from data.store.meeting_store import MeetingStore
from data.store.people_store import PeopleStore
from data.store.reads import guarded
from data.store.records import (
    Assessment,
    Decision,
    FactRow,
    Finding,
    Loaded,
    LogEntry,
    Notice,
    Rectification,
    Ruling,
    SavedScenario,
    Setting,
    Status,
    Submission,
    UnitRow,
    VersionEntry,
)
from data.store.review_store import ReviewStore
from data.store.scenarios import ANY
from data.store.scheme_store import SchemeStore
from data.store.sight import Sight
from data.store.sight_store import SightStore
from scoring.marks import Fact, Sheet


@guarded
class Store(
    SchemeStore, GeographyStore, MeetingStore, PeopleStore, ReviewStore, SightStore, BulkStore,
    BackupStore, DrawingStore,
):
    """Everything kept. Safe to share between threads; every failure is a StoreProblem in plain Chinese.

    Every write names its ``actor`` and adds one line to the log, in one transaction; whatever may change a result raises
    the assessment's version by one. Nothing is overwritten or deleted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """Open the store at ``url``, made or migrated as needed (default: DATABASE_URL, or SQLite in the data folder).

        Raises StoreProblem when it cannot be opened or a newer program made it.
        """
        database = Database(url or database_url())
        try:
            migrate.bring_up(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def by(self, person: Person) -> Self:
        """The same store on behalf of this person: what the roles forbid raises NotAllowed, whichever way it is asked."""
        return type(self)(self._database.by(person))

    @property
    def person(self) -> Person:
        """On whose behalf this store is used."""
        return self._database.person

    def close(self) -> None:
        """Let go of the database; the store is not used after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # 年度考核

    def assessments(self, *, demo: bool | None = None) -> list[Assessment]:
        """All 年度考核 but cleared demos; ``demo`` picks only demos or only real ones."""
        with self._database.reading() as connection:
            return assessments.listed(connection, demo)

    def assessment(self, assessment_id: int) -> Assessment:
        """One 年度考核 with its roster."""
        with self._database.reading() as connection:
            return assessments.one(connection, assessment_id)

    def version(self, assessment_id: int) -> int:
        """The number that rises when results may change: one cheap query, asked by every viewer every two seconds."""
        with self._database.reading() as connection:
            return assessments.version(connection, assessment_id)

    def load(self, assessment_id: int) -> Loaded:
        """The assessment, what counts, the facts and the settings, all of one moment."""
        with self._database.reading() as connection:
            return Loaded(
                assessments.one(connection, assessment_id),
                submissions.current(connection, assessment_id),
                facts.listed(connection, assessment_id),
                settings.current(connection, assessment_id),
            )

    # 各版本

    def versions(self, assessment_id: int) -> list[VersionEntry]:
        """Every version there has been, the first first, each with what made it."""
        with self._database.reading() as connection:
            return history.versions(connection, assessment_id)

    def load_at(self, assessment_id: int, version: int) -> Loaded:
        """What ``load`` gave at the last moment of a version. Raises StoreProblem for one that is not there or not kept."""
        return self.load_between(assessment_id, version, version)[version]

    def load_between(self, assessment_id: int, first: int, last: int) -> dict[int, Loaded]:
        """``load_at`` of every version from ``first`` to ``last``, all read at one moment."""
        with self._database.reading() as connection:
            return history.between(connection, assessment_id, first, last)

    def create_assessment(
        self,
        name: str,
        scheme_id: str,
        scheme_text: str,
        scheme_hash: str,
        units: Sequence[UnitRow],
        actor: str,
        demo: bool = False,
    ) -> Assessment:
        """A new 年度考核 at version 1. Without units it takes any unit; a doubled or empty name is refused."""
        return assessments.create(self._database, name, scheme_id, scheme_text, scheme_hash, units, actor, demo)

    def correct_roster(
        self, assessment_id: int, units: Sequence[UnitRow], actor: str, reason: str,
        expected_version: int | None = None, seen: Sequence[UnitRow] | None = None,
    ) -> Assessment:  # fmt: skip
        """Put another roster in force; refused where a unit would go that still has sheets or 情形."""
        return rosters.correct(self._database, assessment_id, units, actor, reason, expected_version, seen)

    def finalise(
        self, assessment_id: int, actor: str, expected_version: int | None = None,
        reviewed: Collection[str] | None = None,
    ) -> Assessment:  # fmt: skip
        """草稿 → 定稿, unless somebody changed it since; ``data.finalise`` says what must be settled before.

        The way back is ``ask_reopen`` and another person's ``grant``.
        """
        return assessments.finalise(self._database, assessment_id, actor, expected_version, reviewed)

    def remove_demo(self, actor: str) -> int:
        """Hide all 示例数据 (kept, not deleted); returns how many assessments that were."""
        return assessments.remove_demo(self._database, actor)

    # 评分表

    def submissions(self, assessment_id: int) -> list[Submission]:
        """The one that counts for each (unit, component)."""
        with self._database.reading() as connection:
            return submissions.current(connection, assessment_id)

    def history(self, assessment_id: int, unit: str | None = None, component: str | None = None) -> list[Submission]:
        """All revisions, newest first."""
        with self._database.reading() as connection:
            return submissions.history(connection, assessment_id, unit, component)

    def last_words(self, assessment_id: int) -> dict[int, LogEntry]:
        """Submission id → the log's entry, with its reason, that last withdrew or restored it."""
        with self._database.reading() as connection:
            return submissions.last_words(connection, assessment_id)

    def take(
        self, assessment_id: int, file_name: str, content: bytes, sheets: Sequence[Sheet], actor: str,
        expected_version: int | None = None, seen: Mapping[tuple[str, str], int] | None = None,
    ) -> list[Submission]:  # fmt: skip
        """Take one file's sheets, all or none; Moved where others than those ``seen`` (key → revision, 0: none) count."""
        return submissions.take(
            self._database, assessment_id, file_name, content, sheets, actor, expected_version, seen
        )

    def withdraw(self, submission_id: int, actor: str, reason: str) -> Submission:
        """Take a sheet out of the count."""
        return submissions.withdraw(self._database, submission_id, actor, reason)

    def restore(self, submission_id: int, actor: str, reason: str) -> Submission:
        """Let an earlier sheet count again, in place of the one that counts now."""
        return submissions.restore(self._database, submission_id, actor, reason)

    def original(self, sha256: str) -> tuple[str, bytes]:
        """The name and the bytes of an uploaded file."""
        with self._database.reading() as connection:
            return submissions.original_of(connection, sha256)

    # 情形

    def facts(self, assessment_id: int, include_withdrawn: bool = False) -> list[FactRow]:
        """The registered 情形."""
        with self._database.reading() as connection:
            return facts.listed(connection, assessment_id, include_withdrawn)

    def add_fact(self, assessment_id: int, fact: Fact, note: str, actor: str) -> FactRow:
        """Register a 情形, unconfirmed; ``note`` says what evidence there is."""
        return facts.add(self._database, assessment_id, fact, note, actor)

    def confirm_fact(self, fact_id: int, actor: str) -> FactRow:
        """Check a 情形 as its second person."""
        return facts.confirm(self._database, fact_id, actor)

    def withdraw_fact(self, fact_id: int, actor: str, reason: str, seen_confirmed: bool | None = None) -> FactRow:
        """Withdraw a 情形; Moved where it was ``seen_confirmed`` and is not, or the other way round."""
        return facts.withdraw(self._database, fact_id, actor, reason, seen_confirmed)

    def restore_fact(self, fact_id: int, actor: str, reason: str) -> FactRow:
        """Bring a withdrawn 情形 back to where it was, within 30 days."""
        return facts.restore(self._database, fact_id, actor, reason)

    # 情景 and choices

    def scenarios(self, assessment_id: int) -> list[SavedScenario]:
        """The saved 情景."""
        with self._database.reading() as connection:
            return scenarios.listed(connection, assessment_id)

    def save_scenario(
        self, assessment_id: int, name: str, settings: dict[str, Any], actor: str, reason: str = "",
        seen: int | None = ANY,
    ) -> SavedScenario:  # fmt: skip
        """Keep a 情景; the same name again replaces the earlier one, unless that is not the one ``seen`` (its id)."""
        return scenarios.save(self._database, assessment_id, name, settings, actor, reason, seen)

    def withdraw_scenario(self, scenario_id: int, actor: str, reason: str = "") -> None:
        """Take a 情景 off the list."""
        scenarios.withdraw(self._database, scenario_id, actor, reason)

    def settings(self, assessment_id: int) -> dict[str, Setting]:
        """The choices that hold now, by key."""
        with self._database.reading() as connection:
            return settings.current(connection, assessment_id)

    def setting_history(self, assessment_id: int, key: str) -> list[Setting]:
        """Every value a key has had, newest first."""
        with self._database.reading() as connection:
            return settings.earlier(connection, assessment_id, key)

    def set_setting(
        self, assessment_id: int, key: str, value: str, actor: str, action: str = "确认口径", subject: str = "",
        paper: str = "", seen: Mapping[str, str | None] | None = None,
    ) -> Setting:  # fmt: skip
        """Set a choice; earlier values stay. The version rises for READING, TARGET and SHOWN keys alone."""
        made = settings.put(self._database, assessment_id, {key: value}, actor, action, subject, paper, seen)
        return next(iter(made.values()))

    def confirm(
        self, assessment_id: int, readings: Mapping[str, str], actor: str, subject: str, paper: str = "",
        seen: Mapping[str, str | None] | None = None,
    ) -> dict[str, Setting]:  # fmt: skip
        """Confirm several 口径 at once (setting key → label), all or none, as one meeting does on one ``paper``.

        Moved, with both values, where another holds now than the one ``seen`` (None: none).
        """
        return settings.put(self._database, assessment_id, readings, actor, "确认口径", subject, paper, seen)

    # 操作日志

    def log(
        self, assessment_id: int | None = None, *, limit: int = 500, actor: str | None = None, action: str | None = None
    ) -> list[LogEntry]:
        """The 操作日志, newest first; of every assessment when none is named."""
        only = None if self.person.local else Sight(self._database).log_lines()
        with self._database.reading() as connection:
            return log.entries(connection, assessment_id, limit=limit, actor=actor, action=action, only=only)

    def verify_log(self) -> LogEntry | None:
        """The first entry whose hash does not follow (缺失 when the end is gone), or None when the chain holds."""
        with self._database.reading() as connection:
            return log.first_break(connection)

    # 结果运用与整改

    def notice(self, assessment_id: int) -> Notice | None:
        """The 通报 that holds now; None while there is none."""
        with self._database.reading() as connection:
            return notices.current(connection, assessment_id)

    def notice_history(self, assessment_id: int) -> list[Notice]:
        """Every notice ever recorded, newest first."""
        with self._database.reading() as connection:
            return notices.history(connection, assessment_id)

    def put_notice(self, assessment_id: int, day: date, number: str, note: str, actor: str) -> Notice:
        """Record the notice's day and 文号, or correct them."""
        return notices.put(self._database, assessment_id, day, number, note, actor)

    def withdraw_notice(self, assessment_id: int, actor: str, reason: str) -> None:
        """Take back a notice recorded by mistake."""
        notices.withdraw(self._database, assessment_id, actor, reason)

    def decisions(self, assessment_id: int) -> list[Decision]:
        """The decisions on proposed outcomes that hold now."""
        with self._database.reading() as connection:
            return decisions.listed(connection, assessment_id)

    def decision_history(self, assessment_id: int, unit: str, outcome: str) -> list[Decision]:
        """Every decision on one outcome of one unit, newest first."""
        with self._database.reading() as connection:
            return decisions.history(connection, assessment_id, unit, outcome)

    def decide(self, assessment_id: int, rulings: Sequence[Ruling], actor: str) -> list[Decision]:
        """Record decisions, all or none; each replaces the earlier one on the same outcome of the same unit."""
        return decisions.put(self._database, assessment_id, rulings, actor)

    def withdraw_decision(self, decision_id: int, actor: str, reason: str) -> None:
        """Take back a decision recorded by mistake."""
        decisions.withdraw(self._database, decision_id, actor, reason)

    def rectifications(self, assessment_id: int) -> list[Rectification]:
        """The 整改台账 as it is now."""
        with self._database.reading() as connection:
            return rectifications.listed(connection, assessment_id)

    def rectification_history(self, assessment_id: int, item: int | None = None) -> list[Rectification]:
        """Every state that one item, or all, have been in, newest first."""
        with self._database.reading() as connection:
            return rectifications.history(connection, assessment_id, item)

    def add_rectifications(self, assessment_id: int, findings: Sequence[Finding], actor: str) -> list[Rectification]:
        """Enter problems in the 台账, all or none."""
        return rectifications.add(self._database, assessment_id, findings, actor)

    def edit_rectification(self, row_id: int, finding: Finding, status: Status, actor: str) -> Rectification:
        """Mend what an item says, or begin with it; Moved when somebody else changed it meanwhile."""
        return rectifications.edit(self._database, row_id, finding, status, actor)

    def report_rectification(
        self, row_id: int, evidence: str, actor: str, file: tuple[str, bytes] | None = None
    ) -> Rectification:
        """Report an item as mended, with its evidence."""
        return rectifications.report(self._database, row_id, evidence, actor, file)

    def close_rectification(self, row_id: int, actor: str) -> Rectification:
        """Close a reported item (销号) as its second person."""
        return rectifications.close(self._database, row_id, actor)

    def send_back_rectification(self, row_id: int, actor: str, reason: str) -> Rectification:
        """Send a reported or closed item back to be mended further."""
        return rectifications.send_back(self._database, row_id, actor, reason)

    def strike_rectification(self, row_id: int, actor: str, reason: str) -> None:
        """Strike off an item entered by mistake."""
        rectifications.strike(self._database, row_id, actor, reason)
