"""The part of the store's face that says what the person may see."""

from __future__ import annotations

from data.store import locked_sheets
from data.store.database import Database
from data.store.locked_sheets import LockedSheets
from data.store.sight import Sight


class SightStore:
    """One method a question; ``Store`` has them all."""

    _database: Database

    def blind(self, assessment_id: int) -> bool:
        """Whether the person assesses here and so sees no result until every sheet is locked."""
        return Sight(self._database).blind(assessment_id)

    def locked_sheets(self, assessment_id: int) -> LockedSheets:
        """How many of the expected sheets are locked: no marks, only the count."""
        with self._database.reading() as connection:
            return locked_sheets.count(connection, assessment_id)
