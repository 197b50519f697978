"""The part of the store's face that serves the persons: who may do what, and who has signed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar

from data.access import Duty, Person
from data.store import people, signins
from data.store.database import Database
from data.store.people_records import Ending, PersonRow, SignIn


class PeopleStore:
    """One method a question or a change; ``Store`` has them all."""

    _database: Database
    _turn: ClassVar[int] = 0

    @property
    def people_turn(self) -> int:
        """A number that rises with whatever this process does to anybody's duties or sign-in: what was learnt before is old."""
        return PeopleStore._turn

    @contextmanager
    def _turning(self) -> Iterator[None]:
        try:
            yield
        finally:
            PeopleStore._turn += 1

    def people(self) -> list[PersonRow]:
        """Every account in use, with its duties."""
        with self._database.reading() as connection:
            return people.current(connection)

    def people_history(self) -> list[PersonRow]:
        """Every state that any account has been in, newest first."""
        with self._database.reading() as connection:
            return people.history(connection)

    def person_of(self, account: str) -> Person | None:
        """The person of an account, or None where it has no duties (any more). Cheap: asked at every run."""
        with self._database.reading() as connection:
            return people.of_account(connection, account)

    def enrol_person(self, account: str, name: str, duties: Sequence[Duty], note: str, actor: str) -> PersonRow:
        """Give an account its duties (登记人员)."""
        with self._turning():
            return people.enrol(self._database, account, name, duties, note, actor)

    def change_person(
        self, number: int, seen: int, name: str, duties: Sequence[Duty], note: str, actor: str
    ) -> PersonRow:
        """Change the duties of an account as it was looked at (更改人员). Raises Moved when it is not that any more."""
        with self._turning():
            return people.alter(self._database, number, seen, name, duties, note, actor)

    def retire_person(self, number: int, seen: int, actor: str, reason: str) -> None:
        """Take an account out of use (停用人员)."""
        with self._turning():
            people.retire(self._database, number, seen, reason, actor)

    def sign_in(self, key: str) -> SignIn | None:
        """The record of one sign-in, or None where it is new."""
        with self._database.reading() as connection:
            return signins.one(connection, key)

    def sign_ins(self, most: int = 200) -> list[SignIn]:
        """The last sign-ins, newest first."""
        with self._database.reading() as connection:
            return signins.recent(connection, most)

    def begin_sign_in(self, key: str, account: str, name: str, at: datetime) -> None:
        """Record that somebody signed in; ``at`` in UTC."""
        signins.begin(self._database, key, account, name, at)

    def seen_sign_in(self, key: str, at: datetime) -> None:
        """Record that somebody who has signed in was there; ``at`` in UTC."""
        signins.seen(self._database, key, at)

    def end_sign_in(self, key: str, why: Ending, at: datetime) -> None:
        """End a sign-in for good, for every copy of its cookie."""
        with self._turning():
            signins.end(self._database, key, why, at)
