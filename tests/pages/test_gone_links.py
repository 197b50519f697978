"""Old and mistyped links: what is not there is said, and nobody else's figures are shown in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import OVERVIEW, RANKING, UNIT
from data.store import Store
from tests.pages import documents

Visit = Callable[..., AppTest]


def _warned(at: AppTest) -> str:
    return "".join(one.value for one in at.warning).replace("\\", "")


@pytest.mark.parametrize("script", [OVERVIEW, RANKING, UNIT])
@pytest.mark.parametrize("wanted", ["99", "甲"])
def test_a_link_to_an_assessment_that_is_gone_says_so_and_shows_no_other(
    county_store: Store, visit: Visit, script: str, wanted: str
) -> None:
    at = visit(script, a=wanted)
    assert f"没有编号为“{wanted}”的年度考核" in _warned(at)
    assert not at.metric
    assert not at.dataframe


def test_from_a_dead_link_another_assessment_is_chosen(county_store: Store, visit: Visit) -> None:
    at = visit(OVERVIEW, a="99")
    at.selectbox(key="assessment-instead").select(1).run()
    assert not at.exception
    assert not _warned(at)
    assert at.query_params["a"] in ("1", ["1"])


def test_a_link_to_a_unit_that_is_not_there_says_so_and_shows_nobody_elses_marks(
    county_store: Store, visit: Visit
) -> None:
    at = visit(UNIT, a="1", unit="不存在市")
    assert "没有名为“不存在市”的" in _warned(at)
    assert not at.header
    at.selectbox(key="unit-instead").select("开平市").run()
    assert not at.exception
    assert [one.value for one in at.header] == ["开平市"]


def test_going_to_another_assessment_on_the_page_begins_with_its_first_unit_and_stays(
    county_store: Store, visit: Visit
) -> None:
    other = documents.EVERY[documents.QUJIANG](county_store, 1)
    at = visit(UNIT, a="1", unit="开平市")
    at.selectbox(key="assessment-box").select(other.id).run()
    for _ in range(2):
        assert not at.exception
        assert not _warned(at)
        assert len(at.header) == 1
        at.run()
