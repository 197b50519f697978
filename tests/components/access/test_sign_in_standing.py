"""Whether a sign-in still holds: what was done keeps it, what a page does by itself does not, and ended is ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from components.access import activity, standing
from components.access.configuration import Configuration
from components.access.identity import Identity
from data.access import NOBODY, Duty, Person
from data.store import Store

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
SETTINGS = Configuration(True, idle=timedelta(minutes=30), limit=timedelta(hours=12))
LI = Identity("k-li", "li", "李四的身份名", None)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    activity.forget(LI.key)
    with Store.open(f"sqlite:///{tmp_path}/h.db") as opened:
        opened.enrol_person("li", "李四", [Duty("view")], "", "管甲")
        yield opened
    activity.forget(LI.key)


def at(store: Store, minutes: float, *, acted: bool = False, settings: Configuration = SETTINGS) -> Person:
    """What a run finds at this minute; ``acted``: it is one that the person asked for."""
    if acted:
        activity.note(LI.key, after(minutes))
    return standing.person(store, LI, settings, after(minutes))


def test_the_name_and_the_duties_are_those_of_the_store(store: Store) -> None:
    assert at(store, 0, acted=True) == Person("李四", "li", (Duty("view"),))


def test_an_account_without_duties_is_a_person_who_may_nothing(store: Store) -> None:
    stranger = Identity("k-wang", "wang", "王五", None)
    assert standing.person(store, stranger, SETTINGS, NOON) == Person("王五", "wang")


def test_a_live_page_does_not_keep_a_sign_in_alive(store: Store) -> None:
    at(store, 0, acted=True)
    assert all(at(store, minute).duties for minute in range(1, 31))
    assert at(store, 30.1) == NOBODY
    record = store.sign_in(LI.key)
    assert record is not None
    assert (record.why, record.ended) == ("idle", after(30.1))


def test_whoever_comes_back_too_late_is_signed_out_by_the_very_press_of_the_key(store: Store) -> None:
    at(store, 0, acted=True)
    assert at(store, 31, acted=True) == NOBODY
    assert at(store, 31.1, acted=True) == NOBODY


def test_whoever_goes_on_working_stays_signed_in(store: Store) -> None:
    assert all(at(store, minute, acted=True).duties for minute in range(0, 700, 29))


def test_the_limit_ends_even_what_is_in_use(store: Store) -> None:
    for minute in range(0, 721, 20):
        assert at(store, minute, acted=True).duties
    assert at(store, 721, acted=True) == NOBODY
    record = store.sign_in(LI.key)
    assert record is not None
    assert record.why == "limit"


def test_an_old_cookie_whose_record_is_not_there_is_too_old_all_the_same(store: Store) -> None:
    old = Identity("k-old", "li", "李四", after(-721))
    assert standing.person(store, old, SETTINGS, NOON) == NOBODY
    young = Identity("k-young", "li", "李四", after(-719))
    assert standing.person(store, young, SETTINGS, NOON).duties


def test_a_restart_forgets_nothing_that_matters(store: Store) -> None:
    at(store, 0, acted=True)
    at(store, 20, acted=True)
    activity.forget(LI.key)
    assert at(store, 49, acted=True).duties
    activity.forget(LI.key)
    assert at(store, 80, acted=True) == NOBODY


def test_signing_out_holds_for_every_copy_even_of_a_cookie_never_used(store: Store) -> None:
    standing.end(store, LI, "out", NOON)
    assert at(store, 1, acted=True) == NOBODY


def test_what_an_administrator_took_away_is_gone_at_the_next_run(store: Store) -> None:
    assert at(store, 0, acted=True).duties
    store.enrol_person("guan", "管甲", [Duty("manage")], "", "管甲")
    store.retire_person(1, 1, "管甲", "调离")
    assert at(store, 0.1) == Person("李四的身份名", "li")


def test_an_account_named_in_the_settings_administers_beside_its_own_duties(store: Store) -> None:
    settings = Configuration(True, admins=frozenset({" li "}))
    assert at(store, 0, settings=settings) == Person("李四", "li", (Duty("view"), Duty("manage")))


def test_without_an_idle_limit_only_the_whole_limit_ends_a_sign_in(store: Store) -> None:
    endless = Configuration(True, idle=None)
    at(store, 0, settings=endless)
    assert at(store, 700, settings=endless).duties
    assert at(store, 721, settings=endless) == NOBODY


def test_one_run_asks_the_store_once_and_still_sees_what_is_changed_here_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    looked_up = type(store).person_of
    monkeypatch.setattr(type(store), "person_of", lambda self, account: asked.append(account) or looked_up(self, account))
    monkeypatch.setattr(standing, "MOMENT", 600.0)
    fresh = Identity("k-run", "li", "李四", None)
    assert {standing.person_now(store, fresh, SETTINGS) for _ in range(9)} == {Person("李四", "li", (Duty("view"),))}
    assert asked == ["li"]
    store.retire_person(1, 1, "管甲", "调离")
    assert standing.person_now(store, fresh, SETTINGS) == Person("李四", "li")
    standing.end(store, fresh, "out", datetime.now(UTC))
    assert standing.person_now(store, fresh, SETTINGS) == NOBODY
