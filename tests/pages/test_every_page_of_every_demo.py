"""Every page over every document's 示例数据: it draws, without an error, under the banner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import session
from components.navigation import ASSESSMENTS, EDITOR, GEOGRAPHY, KEEPING, LOG, PAGES, PEOPLE
from data.demo import load_all
from data.schemes import scheme_ids
from data.store import Store

APP = str(Path(__file__).resolve().parents[2] / "app.py")
WITHOUT_BANNER = (ASSESSMENTS, EDITOR, GEOGRAPHY, KEEPING, LOG, PEOPLE)
"""Pages about all assessments, about schemes, persons or backups, not about one assessment."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Every demonstration in one store: scheme id → assessment id."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HENGXIAO_DATA", str(tmp_path_factory.mktemp("demo")))
        patch.delenv("DATABASE_URL", raising=False)
        st.cache_resource.clear()
        with Store.open() as store:
            load_all(store)
            yield {one.scheme_id: one.id for one in store.assessments()}
        session.store().close()
        st.cache_resource.clear()


@pytest.mark.parametrize("scheme_id", scheme_ids())
@pytest.mark.parametrize("script", [page.script for page in PAGES])
def test_the_page_draws_without_an_error(known: dict[str, int], scheme_id: str, script: str) -> None:
    visitor = AppTest.from_file(APP, default_timeout=120)
    visitor.query_params["a"] = str(known[scheme_id])
    visitor.run().switch_page(script)
    visitor.query_params["a"] = str(known[scheme_id])
    visitor.run()
    assert not visitor.exception, visitor.exception[0].stack_trace
    assert [each.value for each in visitor.error] == []
    drawn = "".join(each.value for each in (*visitor.markdown, *visitor.caption))
    assert "示例数据" in drawn or script in WITHOUT_BANNER
