"""What the store hands out of persons and their signing in. Plain frozen values, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.access import Duty, Person

PersonState = Literal["current", "replaced", "withdrawn"]
PERSON_STATES: dict[PersonState, str] = {"current": "现行", "replaced": "已更改", "withdrawn": "已停用"}
"""The states of a row, and the word for each."""


@dataclass(frozen=True)
class PersonRow:
    """One account with its duties, in one of the states it has been in.

    ``number`` stays an account's for good, ``revision`` counts its states from 1; ``note`` is why it came to be so.
    """

    id: int
    number: int
    revision: int
    state: PersonState
    account: str
    name: str
    duties: tuple[Duty, ...]
    note: str
    actor: str
    at: datetime

    @property
    def person(self) -> Person:
        """The person as the permissions see it."""
        return Person(self.name, self.account, self.duties)


Ending = Literal["out", "idle", "limit"]
ENDINGS: dict[Ending, str] = {"out": "本人退出", "idle": "长时间未操作，自动退出", "limit": "登录期满，自动退出"}
"""Why a sign-in ended, and the words for it."""


@dataclass(frozen=True)
class SignIn:
    """One time that somebody signed in. ``seen`` is the last the person did, to within a minute; ``why`` is empty until it ended."""

    key: str
    account: str
    name: str
    began: datetime
    seen: datetime
    ended: datetime | None
    why: Ending | Literal[""]

    @property
    def stands(self) -> bool:
        """Whether it has not ended."""
        return self.ended is None
