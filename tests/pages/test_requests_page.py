"""申请 decided on the page: each where it stands, in two steps, and only the one that was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import PROGRESS
from data.store import Request, Store
from tests.pages import builders
from tests.pages.county_hands import keys, press, settle, text

CLERK, CHECKER = builders.CLERK, builders.CHECKER


@pytest.fixture
def two(county_store: Store) -> tuple[Request, Request]:
    """Two sheets of 江门 that 李经办 asks to have unlocked."""
    county_store.set_review_required(1, True, "管理员")
    ids = [one.id for one in county_store.stages(1)]
    county_store.hand_in(ids, CLERK)
    county_store.review(ids, CHECKER)
    return county_store.ask_unlock(ids[0], CLERK, "第3项漏填"), county_store.ask_unlock(ids[1], CLERK, "总分写错")


@pytest.fixture
def at(two: tuple[Request, Request], visit: Callable[..., AppTest]) -> AppTest:
    """催报进度 as 赵主任 sees it."""
    opened = visit(PROGRESS)
    opened.text_input(key="actor-box").set_value("赵主任")
    return settle(opened)


def choose(at: AppTest, one: Request, way: str) -> AppTest:
    at.segmented_control(key=f"request-way-{one.id}").set_value(way)
    return settle(at)


def states(store: Store) -> dict[int, str]:
    return {one.id: one.state for one in store.requests(1)}


def test_nothing_can_be_pressed_before_one_of_both_is_chosen(at: AppTest, two: tuple[Request, Request]) -> None:
    assert not keys(at, "request-grant-") + keys(at, "request-refuse-")
    choose(at, two[0], "同意")
    assert keys(at, "request-grant-") == [f"request-grant-{two[0].id}"]
    assert not keys(at, "request-refuse-")


def test_each_of_two_is_decided_by_itself(at: AppTest, two: tuple[Request, Request], county_store: Store) -> None:
    yes, no = two
    choose(at, yes, "同意")
    choose(at, no, "不同意")
    at.text_input(key=f"request-said-{no.id}").set_value("总分无误")
    settle(at)
    press(at, f"request-refuse-{no.id}")
    assert states(county_store) == {yes.id: "asked", no.id: "refused"}
    assert f"已答复{CLERK}：不同意。" in text(at)
    press(at, f"request-grant-{yes.id}")
    assert states(county_store) == {yes.id: "granted", no.id: "refused"}
    assert [one.answer for one in county_store.requests(1) if one.state == "refused"] == ["总分无误"]
    assert not [each for each in at.segmented_control if each.key.startswith("request-way-")]


def test_a_refusal_without_a_reason_is_told_what_is_missing(
    at: AppTest, two: tuple[Request, Request], county_store: Store
) -> None:
    choose(at, two[0], "不同意")
    assert at.text_input(key=f"request-said-{two[0].id}").label == "不同意的理由"
    press(at, f"request-refuse-{two[0].id}")
    assert "不同意的理由不能为空" in text(at)
    assert set(states(county_store).values()) == {"asked"}


def test_what_was_written_stays_when_one_thinks_again(at: AppTest, two: tuple[Request, Request]) -> None:
    choose(at, two[0], "不同意")
    at.text_input(key=f"request-said-{two[0].id}").set_value("请先补公章")
    settle(at)
    choose(at, two[0], "同意")
    said = at.text_input(key=f"request-said-{two[0].id}")
    assert (said.label, said.value) == ("答复（可不填）", "请先补公章")
