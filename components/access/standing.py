"""Whether a sign-in still holds, and what its person may do. Asked at every run and by every guarded route alike."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from weakref import WeakKeyDictionary

from components.access import activity
from components.access.configuration import Configuration
from components.access.identity import Identity
from data.access import NOBODY, Duty, Person
from data.store import Ending, SignIn, Store, StoreProblem
from data.store.people import normal

GRAIN = timedelta(minutes=1)
"""How far the store may lag behind what was last done: not every press of a key is worth a write."""
MOMENT = 0.5
"""Seconds for which another replica's change may go unseen."""
_ALL = Duty("manage")


@dataclass(frozen=True)
class _Found:
    person: Person
    settings: Configuration
    turn: int
    at: float


_known: WeakKeyDictionary[Store, dict[str, _Found]] = WeakKeyDictionary()


def person_now(store: Store, who: Identity, settings: Configuration) -> Person:
    """As ``person``, at this moment. One run asks many times: what was found is kept for MOMENT, or until this process changes it."""
    known = _known.setdefault(store, {})
    found = known.get(who.key)
    if found and found.turn == store.people_turn and monotonic() - found.at < MOMENT and found.settings == settings:
        return found.person
    turn, at = store.people_turn, monotonic()
    told = person(store, who, settings, datetime.now(UTC))
    if len(known) > activity.MOST:
        known.clear()
    known[who.key] = _Found(told, settings, turn, at)
    return told


def person(store: Store, who: Identity, settings: Configuration, now: datetime) -> Person:
    """The person of a sign-in with the duties that hold now; NOBODY once the sign-in has ended.

    An account without duties is a person without duties. Raises StoreProblem when the store cannot be read.
    """
    if not holds(store, who, settings, now):
        return NOBODY
    account = normal(who.account)
    found = store.person_of(account) or Person(who.name, account)
    if account not in {normal(each) for each in settings.admins}:
        return found
    return replace(found, duties=tuple(dict.fromkeys((*found.duties, _ALL))))


def holds(store: Store, who: Identity, settings: Configuration, now: datetime) -> bool:
    """Whether the sign-in holds; ends it where its time is over, and takes note of what its person did."""
    record = store.sign_in(who.key)
    if record is not None and not record.stands:
        return False
    began = min(who.issued or now, record.began if record else now)
    if now - began > settings.limit:
        return _end(store, who, "limit", now)
    return _in_time(store, who, record, settings, now)


def _in_time(store: Store, who: Identity, record: SignIn | None, settings: Configuration, now: datetime) -> bool:
    done = activity.take(who.key)
    known = (record.seen if record else None, activity.judged(who.key))
    last = max((at for at in known if at is not None), default=now)
    if settings.idle is not None and (done or now) - last > settings.idle:
        return _end(store, who, "idle", now)
    if record is None:
        activity.judge(who.key, now)
        with suppress(StoreProblem):  # a full disk keeps nobody from reading
            store.begin_sign_in(who.key, normal(who.account), who.name, now)
    elif done is not None and done > last:
        activity.judge(who.key, done)
        if done - record.seen > min(GRAIN, (settings.idle or GRAIN) / 10):
            with suppress(StoreProblem):
                store.seen_sign_in(who.key, done)
    return True


def end(store: Store, who: Identity, why: Ending, now: datetime) -> None:
    """End a sign-in. What never began is put on record first, so that a copied cookie finds it ended."""
    activity.forget(who.key)
    store.begin_sign_in(who.key, normal(who.account), who.name, now)
    store.end_sign_in(who.key, why, now)


def _end(store: Store, who: Identity, why: Ending, now: datetime) -> bool:
    with suppress(StoreProblem):
        end(store, who, why, now)
    return False
