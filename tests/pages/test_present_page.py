"""汇报演示 before and on the stage: pages chosen once for all, names hidden in all that is drawn, a reload at the same page."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.meeting import stage_board
from components.navigation import PRESENT
from data.briefing import TOPICS
from data.briefing.choice import KEY, chosen
from data.locked import lock
from data.store import Given, Store
from tests.data.locks import approved
from tests.pages import builders
from tests.pages.builders import CLERK


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """Everything that goes to the stage in the browser, the last one last; ``ask`` in it asks as the browser does."""
    told: list[dict] = []

    def show(data: dict, heard: Callable) -> None:
        told.append(data | {"ask": heard})

    monkeypatch.setattr(stage_board, "show", show)
    return told


@pytest.fixture
def locked_store(county_store: Store) -> Store:
    lock(county_store, 1, CLERK)
    return county_store


def words(visitor: AppTest) -> str:
    return "\n".join(each.value for each in (*visitor.markdown, *visitor.caption, *visitor.info, *visitor.warning))


def test_without_a_locked_version_the_way_to_lock_is_shown_and_only_a_wall_can_begin(
    county_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    visitor = visit(PRESENT)
    assert "还没有锁定版" in words(visitor)
    assert "stage-begin" not in [button.key for button in visitor.button]
    visitor.button(key="stage-wall").click().run()
    assert "实时" in sent[-1]["foot"]["stamp"]


def test_the_preparation_lists_the_pages_and_hides_the_names(locked_store: Store, visit: Callable[..., AppTest]) -> None:
    visitor = visit(PRESENT)
    told = words(visitor)
    for topic in ("位次", "等次地图", "请会议审定的事项"):
        assert f"**{topic}**" in told
    assert not [unit for unit in builders.CROSS_AND_MUNICIPAL if unit in told]
    assert visitor.toggle(key="stage-hide").value


def test_pages_are_left_out_and_moved_and_that_is_kept_for_all(locked_store: Store, visit: Callable[..., AppTest]) -> None:
    visitor = visit(PRESENT)
    before = locked_store.version(1)
    visitor.button(key="stage-out-map").click().run()
    visitor.button(key="stage-up-ranking").click().run()
    found = chosen(locked_store.settings(1), list(TOPICS))
    assert "map" not in found
    assert found.index("ranking") < found.index("conclusion")
    assert locked_store.version(1) == before  # nothing of the result has moved
    assert "不放映的页" in words(visit(PRESENT))
    visitor.button(key="stage-in-map").click().run()
    assert "map" in chosen(locked_store.settings(1), list(TOPICS))
    assert locked_store.settings(1)[KEY].actor


def test_the_stage_shows_the_chosen_pages_in_their_order_and_no_name(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    visitor = visit(PRESENT)
    visitor.button(key="stage-up-ranking").click().run()
    visitor.button(key="stage-begin").click().run()
    assert not visitor.exception
    keys = [page["key"] for page in sent[-1]["pages"]]
    assert keys.index("ranking") < keys.index("conclusion")
    text = json.dumps({key: value for key, value in sent[-1].items() if key != "ask"}, ensure_ascii=False)
    assert not [unit for unit in builders.CROSS_AND_MUNICIPAL if unit in text or unit[:2] in text]
    assert visitor.query_params["show"] == "stage"
    assert visitor.query_params["lock"] == "1"


def test_names_are_shown_where_the_presenter_begins_with_them(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    visitor = visit(PRESENT)
    visitor.toggle(key="stage-hide").set_value(False).run()
    visitor.button(key="stage-begin").click().run()
    assert {unit["name"] for unit in sent[-1]["units"]} == set(builders.CROSS_AND_MUNICIPAL)
    assert sent[-1]["revealed"] == 7


def test_who_leaves_the_stage_comes_back_to_hidden_names(
    locked_store: Store, visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    asks: list[dict] = [{"what": "names", "at": "ranking"}, {}, {"what": "leave", "at": "ranking"}]

    def show(data: dict, heard: Callable) -> None:
        shown.append(data["revealed"])
        if asks:
            heard(asks.pop(0))

    monkeypatch.setattr(stage_board, "show", show)
    visitor = visit(PRESENT, show="stage", lock="1", page="ranking")  # asks for the names
    visitor.run()  # has them
    visitor.run()  # leaves
    visitor.query_params["show"] = "stage"
    visitor.run()
    assert shown == [0, 7, 7, 0]


def test_a_wall_tells_what_was_settled_on_the_very_figures_it_shows(
    county_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    builders.last_sheet(county_store, county_store.assessment(1))
    approved(county_store, county_store.assessment(1), {"鹤山市": Given("较差", "领导小组认定弄虚作假")})
    visit(PRESENT, show="wall")
    assert "未经审定" not in sent[-1]["foot"]["marking"]
    ranking = json.dumps(next(p for p in sent[-1]["pages"] if p["key"] == "ranking"), ensure_ascii=False)
    assert "较差" in ranking


def test_a_link_to_the_stage_opens_there_with_the_names_hidden(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    visit(PRESENT, show="stage", lock="1", page="ranking")
    assert sent[-1]["revealed"] == 0
    assert sent[-1]["foot"]["stamp"].startswith("锁定版第1号")
    assert "内部资料·未经审定" in sent[-1]["foot"]["marking"]
    assert sent[-1]["wall"] == 0


def test_a_wall_shows_the_state_as_it_is_now_and_says_so(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    builders.last_sheet(locked_store, locked_store.assessment(1))
    visit(PRESENT, show="wall", every="10")
    wall = sent[-1]
    assert wall["foot"]["stamp"] == f"2020年江门市 · 县级　实时　第{locked_store.version(1)}版"
    assert "未入库" not in json.dumps(wall["pages"], ensure_ascii=False)
    assert (wall["wall"], wall["dark"]) == (10, True)
    assert "missing" not in [page["key"] for page in wall["pages"]]  # 恩平市 is there now; the 锁定版 lacks it
    visit(PRESENT, show="stage", lock="1")
    assert "missing" in [page["key"] for page in sent[-1]["pages"]]
    assert "数据已" in sent[-1]["foot"]["newer"]


def test_a_wall_with_a_strange_pace_turns_at_the_usual_one(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    for every in ("0", "9999", "x", "１０"):
        visit(PRESENT, show="wall", every=every)
        assert sent[-1]["wall"] == 20


def test_a_locked_version_that_is_not_there_is_told_on_the_stage(
    locked_store: Store, visit: Callable[..., AppTest], sent: list[dict]
) -> None:
    assert "没有“9”号锁定版" in words(visit(PRESENT, show="stage", lock="9"))
    assert sent == []
