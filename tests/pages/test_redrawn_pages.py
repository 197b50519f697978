"""A page that follows a change is drawn in its turn, and the turn ends with the page, however that ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components import page, redraws
from components.navigation import OVERVIEW
from components.redraws import AT_ONCE
from data.store import Store
from tests.pages.county_hands import text

Visit = Callable[..., AppTest]


def free() -> int:
    """How many turns are to be had."""
    all_turns = redraws._redraws()
    had = [turn for turn in (all_turns.take() for _ in range(AT_ONCE + 1)) if turn is not None]
    for turn in had:
        all_turns.give_back(turn)
    return len(had)


def in_its_turn(at: AppTest) -> AppTest:
    """The page as its watcher begins it again."""
    at.session_state[redraws._KEY] = redraws._redraws().take()
    assert free() == AT_ONCE - 1
    return at


def test_a_page_gives_its_turn_back_at_its_end(county_store: Store, visit: Visit) -> None:
    at = in_its_turn(visit(OVERVIEW)).run()
    assert "未经审定" in text(at)
    assert free() == AT_ONCE


def test_a_page_that_ends_before_its_foot_gives_its_turn_back_too(county_store: Store, visit: Visit) -> None:
    at = in_its_turn(visit(OVERVIEW))
    at.query_params["a"] = "99"
    at.run()
    assert ["没有编号为" in each.value for each in at.warning] == [True]
    assert free() == AT_ONCE


def test_a_page_that_fails_gives_its_turn_back_too(
    county_store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = in_its_turn(visit(OVERVIEW))

    def fails(_: object) -> None:
        raise RuntimeError("the foot cannot be drawn")

    monkeypatch.setattr(page.verdict, "foot", fails)
    at.run()
    assert at.exception
    assert free() == AT_ONCE


def test_while_all_changes_without_end_a_page_drawn_in_its_turn_ends_and_lets_the_next_have_it(
    county_store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, asked = visit(OVERVIEW), []

    def moved(_: object) -> bool:
        asked.append(free())
        assert len(asked) < 9, "the page begins again and again and keeps its turn"
        return True

    monkeypatch.setattr(page, "_sight_moved", moved)
    at.run()
    assert not at.exception
    assert "等次、位次均为测算结果" in text(at)  # the foot
    assert free() == AT_ONCE
