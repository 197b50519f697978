"""A server that is open all day keeps few of the versions there have been, however many sheets come in."""

from __future__ import annotations

import gc
from collections.abc import Callable
from weakref import ref

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.navigation import FIRMNESS, OVERVIEW
from components.once import VERSIONS
from data.store import Store
from tests.pages import builders


@pytest.mark.parametrize("script", [OVERVIEW, FIRMNESS])
def test_versions_that_nobody_looks_at_any_more_are_let_go(
    county_store: Store, visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    loaded, load = [], session.load_state

    def watched(*given: object):
        state = load(*given)
        loaded.append(ref(state))
        return state

    monkeypatch.setattr(session, "load_state", watched)
    made, at, times = county_store.assessment(1), visit(script), VERSIONS + 8
    for turn in range(times):
        builders.hand_in(county_store, made, builders.total("蓬江区", "daily", f"84.{turn:02d}"))
        at.run()
        assert not at.exception
    gc.collect()
    assert len(loaded) == times + 1  # one for each version, and none twice
    assert sum(each() is not None for each in loaded) == VERSIONS
