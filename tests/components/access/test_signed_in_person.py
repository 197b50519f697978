"""Who is at the screen, asked by a whole page and by the live parts of a page that was left open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from components.access import activity, configuration, identity, signed_in
from components.access.configuration import Configuration
from data.access import LOCAL, NOBODY, Duty
from data.store import Store


class Again(Exception):  # noqa: N818 - Streamlit's own is no error either
    """The page is to be drawn anew."""


def _again() -> None:
    raise Again


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/h.db") as opened:
        for name in ("甲", "乙"):
            opened.create_assessment(name, "x", "scheme: x", "0" * 64, [], "管甲")
        opened.enrol_person("li", "李四", [Duty("view", 1), Duty("view", 2)], "", "管甲")
        yield opened


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Whether a live part asks, or a whole page."""
    now = {"part": False}
    monkeypatch.setattr(configuration, "read", lambda: Configuration(True))
    monkeypatch.setattr(identity, "of", lambda *_: identity.Identity("k" * 64, "li", "李四", None))
    monkeypatch.setattr(activity, "listening", lambda: True)
    monkeypatch.setattr(signed_in, "_in_a_fragment", lambda: now["part"])
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "rerun", _again)
    return now


def test_a_live_part_gives_way_once_one_of_the_duties_is_withdrawn(store: Store, part: dict[str, bool]) -> None:
    assert signed_in.person(store).knows(1)
    part["part"] = True
    assert signed_in.person(store).knows(1), "nothing changed: the part goes on"
    store.change_person(1, 1, "李四", [Duty("view", 2)], "调整", "管甲")
    with pytest.raises(Again):
        signed_in.person(store)
    part["part"] = False
    assert not signed_in.person(store).knows(1)
    part["part"] = True
    assert signed_in.person(store).knows(2), "drawn by the new duties, it goes on"


def test_a_live_part_gives_way_once_the_account_is_retired(store: Store, part: dict[str, bool]) -> None:
    signed_in.person(store)
    store.retire_person(1, 1, "管甲", "调离")
    part["part"] = True
    with pytest.raises(Again):
        signed_in.person(store)


@pytest.mark.parametrize(
    ("address", "served"),
    [(None, True), ("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("10.3.0.9", False), ("::ffff:10.3.0.9", False),
     ("2001:db8::1", False), ("", False), ("localhost.example", False)],
)  # fmt: skip
def test_without_sign_in_a_plain_run_of_the_app_serves_this_machine_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch, address: str | None, served: bool
) -> None:
    monkeypatch.setattr(configuration, "read", lambda: Configuration(False))
    monkeypatch.setattr(activity, "listening", lambda: False)
    monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=address))
    assert signed_in.person(store) == (LOCAL if served else NOBODY)
    monkeypatch.setattr(activity, "listening", lambda: True)
    assert signed_in.person(store) == LOCAL, "the server has asked who comes"
