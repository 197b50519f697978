"""The part of the store's face that keeps offices' own geography (自有底图)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.store import geographies
from data.store.database import Database
from data.store.records import Geography, GeographyKind


class GeographyStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database

    def geographies(self) -> list[Geography]:
        """Every version there ever was, newest first, without its shapes."""
        with self._database.reading() as connection:
            return geographies.listed(connection)

    def geographies_in_use(self) -> list[Geography]:
        """The versions in use, with their shapes."""
        with self._database.reading() as connection:
            return geographies.in_use(connection)

    def geographies_version(self) -> str:
        """Changes whenever what is in use changes, "" when nothing is: one cheap query."""
        with self._database.reading() as connection:
            return geographies.version(connection)

    def geographies_left(self) -> dict[tuple[str, str, int], datetime]:
        """(scope, kind, revision) → when a version that is not in use went out of it."""
        with self._database.reading() as connection:
            return geographies.left(connection)

    def put_geography(
        self,
        scope: str,
        kind: GeographyKind,
        file: tuple[str, bytes],
        shapes: Mapping[str, Any],
        reading: Mapping[str, Any],
        actor: str,
        called: str,
        replaces: int | None,
    ) -> Geography:
        """Put a file's shapes in use for a place; Moved where the version in use is not ``replaces``."""
        return geographies.put(self._database, scope, kind, file, shapes, reading, actor, called, replaces)

    def withdraw_geography(self, geography: int, actor: str, reason: str, called: str) -> Geography:
        """Take a version out of use."""
        return geographies.withdraw(self._database, geography, actor, reason, called)

    def restore_geography(self, geography: int, actor: str, reason: str, called: str) -> Geography:
        """Put an earlier version in use again."""
        return geographies.restore(self._database, geography, actor, reason, called)
