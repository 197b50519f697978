"""A store of one's own behind the pages, and a visitor who opens them through app.py as everyone does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import session
from data.schemes import scheme_text
from data.store import Assessment, Store, UnitRow
from tests.pages import builders
from tests.pages.county_hands import APP, RULES


@pytest.fixture
def page_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages open, empty; nothing is remembered from the test before."""
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    st.cache_resource.clear()
    st.cache_data.clear()
    with Store.open() as opened:
        yield opened
    session.store().close()
    st.cache_resource.clear()


@pytest.fixture
def county_store(page_store: Store) -> Store:
    """江门's seven with 20 of 21 sheets (``builders.county``)."""
    builders.county(page_store)
    return page_store


@pytest.fixture
def assessment(page_store: Store) -> Assessment:
    """江门's seven, nothing handed in yet."""
    units = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    return page_store.create_assessment("2020年县级", RULES.id, scheme_text(RULES.id), RULES.hash, units, "经办")


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """``visit(UNIT, unit="台山市")`` opens a page with that in its address and insists that it drew without an error."""

    def open_page(script: str, **address: str) -> AppTest:
        visitor = AppTest.from_file(APP, default_timeout=60)
        visitor = visitor.run().switch_page(script)
        for name, value in address.items():
            visitor.query_params[name] = value
        visitor.run()
        assert not visitor.exception, visitor.exception[0].stack_trace
        return visitor

    return open_page
