"""The part of the store's face that keeps offices' own schemes (自编方案)."""

from __future__ import annotations

from data.store import scheme_templates, schemes
from data.store.database import Database
from data.store.records import OwnScheme
from data.store.scheme_templates import Template


class SchemeStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database

    def own_schemes(self) -> list[OwnScheme]:
        """The newest revision of each 自编方案 but removed ones."""
        with self._database.reading() as connection:
            return schemes.listed(connection)

    def own_scheme(self, scheme: int) -> OwnScheme:
        """The newest revision of one 自编方案."""
        with self._database.reading() as connection:
            return schemes.one(connection, scheme)

    def scheme_revisions(self, scheme: int) -> list[OwnScheme]:
        """Every revision of one 自编方案, newest first."""
        with self._database.reading() as connection:
            return schemes.revisions(connection, scheme)

    def template_of(self, own: OwnScheme) -> Template | None:
        """What a scheme was made from; None where there was none or it cannot be told which."""
        with self._database.reading() as connection:
            return scheme_templates.template(connection, own)

    def template_words(self, own: OwnScheme) -> str:
        """The same for people: 《…》, or as it is kept."""
        with self._database.reading() as connection:
            return scheme_templates.words(connection, own.based_on)

    def create_scheme(self, title: str, text: str, actor: str, based_on: str = "") -> OwnScheme:
        """A new 草案; its text gets this title and an id that no other scheme has."""
        return schemes.create(self._database, title, text, actor, based_on)

    def save_scheme(self, scheme: int, text: str, actor: str, expected_revision: int, note: str = "") -> OwnScheme:
        """Another text of a 草案, which may still be faulty; the same text again makes no revision."""
        return schemes.save(self._database, scheme, text, actor, expected_revision, note)

    def advance_scheme(self, scheme: int, actor: str, expected_revision: int, paper: str = "") -> OwnScheme:
        """草案 → 已同意 → 已备案 (with its 文号) → 执行; only a text without fault."""
        return schemes.advance(self._database, scheme, actor, expected_revision, paper)

    def return_scheme(self, scheme: int, actor: str, reason: str, expected_revision: int) -> OwnScheme:
        """已同意 or 已备案 back to 草案."""
        return schemes.send_back(self._database, scheme, actor, reason, expected_revision)

    def removed_schemes(self) -> list[OwnScheme]:
        """The removed drafts, the one last removed first."""
        with self._database.reading() as connection:
            return schemes.removed(connection)

    def remove_scheme(self, scheme: int, actor: str, reason: str, expected_revision: int) -> None:
        """Hide a 草案; nothing is deleted."""
        schemes.remove(self._database, scheme, actor, reason, expected_revision)

    def restore_scheme(self, scheme: int, actor: str, reason: str) -> OwnScheme:
        """Take a removed 草案 up again."""
        return schemes.restore(self._database, scheme, actor, reason)
