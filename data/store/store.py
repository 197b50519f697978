"""The store's face: one method a question or a change. Each is one line that names the module with the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from data.store import assessments, facts, log, migrate, scenarios, settings, submissions
from data.store.database import Database
from data.store.location import database_url
from data.store.records import Assessment, FactRow, Loaded, LogEntry, Scenario, Setting, Submission, UnitRow
from scoring.marks import Fact, Sheet


class Store:
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
        self,
        assessment_id: int,
        file_name: str,
        content: bytes,
        sheets: Sequence[Sheet],
        actor: str,
        expected_version: int | None = None,
    ) -> list[Submission]:
        """Take one file's sheets, all or none; Moved when the assessment is no longer at ``expected_version``."""
        return submissions.take(self._database, assessment_id, file_name, content, sheets, actor, expected_version)

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

    def withdraw_fact(self, fact_id: int, actor: str, reason: str) -> FactRow:
        """Withdraw a 情形."""
        return facts.withdraw(self._database, fact_id, actor, reason)

    # 情景 and choices

    def scenarios(self, assessment_id: int) -> list[Scenario]:
        """The saved 情景."""
        with self._database.reading() as connection:
            return scenarios.listed(connection, assessment_id)

    def save_scenario(
        self, assessment_id: int, name: str, settings: dict[str, Any], actor: str, reason: str = ""
    ) -> Scenario:
        """Keep a 情景; the same name again replaces the earlier one."""
        return scenarios.save(self._database, assessment_id, name, settings, actor, reason)

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
        self, assessment_id: int, key: str, value: str, actor: str, action: str = "确认口径", subject: str = ""
    ) -> Setting:
        """Set a choice; earlier values stay. The version rises for READING and SHOWN keys alone."""
        return settings.put(self._database, assessment_id, key, value, actor, action, subject)

    # 操作日志

    def log(
        self, assessment_id: int | None = None, *, limit: int = 500, actor: str | None = None, action: str | None = None
    ) -> list[LogEntry]:
        """The 操作日志, newest first; of every assessment when none is named."""
        with self._database.reading() as connection:
            return log.entries(connection, assessment_id, limit=limit, actor=actor, action=action)

    def verify_log(self) -> LogEntry | None:
        """The first entry whose hash does not follow (缺失 when the end is gone), or None when the chain holds."""
        with self._database.reading() as connection:
            return log.first_break(connection)
