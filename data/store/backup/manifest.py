"""The manifest of a backup: what it was made from, by what, when, and what each of its tables must hold."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from data.store.backup.contents import Told
from data.store.log import canonical


class Manifest(BaseModel):
    """``engine`` is the database it was read from, ``revision`` the schema's; ``log_seq`` and ``log_hash`` its last log line.

    ``log_break`` is the number of the first log line that did not follow when it was made; None while the chain held.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    program: str
    revision: str
    engine: str
    made_at: datetime
    tables: dict[str, Told]
    log_seq: int
    log_hash: str
    log_break: int | None = None

    @property
    def sha256(self) -> str:
        """One hash of all contents: two backups of the same data have the same, whatever the engine and the time."""
        return hashlib.sha256(canonical({name: told.model_dump() for name, told in self.tables.items()}).encode()).hexdigest()

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(told.rows for told in self.tables.values())

    def count(self, table: str) -> int:
        """A table's rows; 0 where the schema of that time had no such table."""
        return self.tables[table].rows if table in self.tables else 0
