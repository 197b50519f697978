"""The part of the store's face that keeps 抽签 and 抽样."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.store import drawings
from data.store.database import Database
from data.store.records import Drawing, DrawingKind


class DrawingStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database

    def drawings(self, assessment_id: int, kind: DrawingKind | None = None) -> list[Drawing]:
        """Every 抽签 and 抽样, newest first, whatever became of it."""
        with self._database.reading() as connection:
            return drawings.listed(connection, assessment_id, kind)

    def record_drawing(
        self,
        assessment_id: int,
        kind: DrawingKind,
        rule: str,
        scope: Sequence[str],
        seed: str,
        inputs: dict[str, Any],
        result: dict[str, Any],
        actor: str,
        reason: str = "",
    ) -> Drawing:
        """Keep a draw; where the same was drawn before, only with a reason, and the earlier one stays, replaced."""
        return drawings.record(self._database, assessment_id, kind, rule, scope, seed, inputs, result, actor, reason)

    def withdraw_drawing(self, drawing_id: int, actor: str, reason: str) -> Drawing:
        """Take a draw out of the count; it stays on record."""
        return drawings.withdraw(self._database, drawing_id, actor, reason)
