"""The part of the store's face that takes sheets through 提交 and 复核, what one asks and another grants, and 恢复情景."""

from __future__ import annotations

from collections.abc import Sequence

from data.store import requests, reviewing, scenarios, sheet_stage
from data.store.database import Database
from data.store.records import Request, SavedScenario, Setting
from data.store.stage_records import SheetStage


class ReviewStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database

    def review_required(self, assessment_id: int) -> bool:
        """Whether this assessment's sheets must be handed in (提交) and reviewed (复核)."""
        with self._database.reading() as connection:
            return sheet_stage.required(connection, assessment_id)

    def set_review_required(self, assessment_id: int, asked: bool, actor: str) -> Setting:
        """Ask for 提交 and 复核, or no longer; refused while reviewed sheets would be unlocked by it."""
        return reviewing.set_required(self._database, assessment_id, asked, actor)

    def stages(self, assessment_id: int) -> list[SheetStage]:
        """How far each sheet that counts has come: one cheap query, to be asked anew, for no version rises with it."""
        with self._database.reading() as connection:
            return sheet_stage.stages(connection, assessment_id)

    def hand_in(self, submission_ids: Sequence[int], actor: str) -> list[SheetStage]:
        """填报 → 提交, all or none."""
        return reviewing.hand_in(self._database, submission_ids, actor)

    def review(self, submission_ids: Sequence[int], actor: str) -> list[SheetStage]:
        """提交 → 复核 by a second person, all or none; from then on they are locked."""
        return reviewing.review(self._database, submission_ids, actor)

    def send_back(self, submission_id: int, actor: str, reason: str) -> SheetStage:
        """提交 → 填报, with the reason (退回)."""
        return reviewing.send_back(self._database, submission_id, actor, reason)

    def withdrawn_scenarios(self, assessment_id: int) -> list[SavedScenario]:
        """The withdrawn 情景, the one last withdrawn first."""
        with self._database.reading() as connection:
            return scenarios.withdrawn(connection, assessment_id)

    def restore_scenario(self, scenario_id: int, actor: str) -> SavedScenario:
        """Put a withdrawn 情景 back on the list, within 30 days."""
        return scenarios.restore(self._database, scenario_id, actor)

    def requests(self, assessment_id: int) -> list[Request]:
        """Every 申请 there ever was, newest first."""
        with self._database.reading() as connection:
            return requests.listed(connection, assessment_id)

    def ask_reopen(self, assessment_id: int, actor: str, reason: str) -> Request:
        """Ask that 定稿 become 草稿 again."""
        return requests.ask_reopen(self._database, assessment_id, actor, reason)

    def ask_unlock(self, submission_id: int, actor: str, reason: str) -> Request:
        """Ask that a reviewed sheet be unlocked."""
        return requests.ask_unlock(self._database, submission_id, actor, reason)

    def grant(self, request_id: int, actor: str, answer: str = "") -> Request:
        """Agree as a second person: what was asked is done at once."""
        return requests.grant(self._database, request_id, actor, answer)

    def refuse(self, request_id: int, actor: str, reason: str) -> Request:
        """Refuse as a second person, with the reason."""
        return requests.refuse(self._database, request_id, actor, reason)

    def withdraw_request(self, request_id: int, actor: str) -> Request:
        """Take back one's own request."""
        return requests.withdraw(self._database, request_id, actor)
