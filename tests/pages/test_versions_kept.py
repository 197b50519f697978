"""A server that is open all day keeps few of the versions there have been, however many sheets come in."""

from __future__ import annotations

import gc
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from components.navigation import FIRMNESS
from data.state import State
from data.store import Store
from tests.pages import builders

FULL, MORE = 20, 8
"""Versions after which every bound is reached, and some that come after."""


def test_versions_that_nobody_looks_at_any_more_are_let_go(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    made, at = county_store.assessment(1), visit(FIRMNESS)

    def upload_and_look(times: range) -> int:
        for turn in times:
            builders.hand_in(county_store, made, builders.total("蓬江区", "daily", f"85.{turn:02d}"))
            at.run()
            assert not at.exception
        gc.collect()
        return sum(isinstance(each, State) for each in gc.get_objects())

    held = upload_and_look(range(FULL))
    assert 0 < held <= FULL
    assert upload_and_look(range(FULL, FULL + MORE)) == held
