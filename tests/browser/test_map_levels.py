"""地图 over the other documents: 广东's 20 cities and 江门 apart, 内蒙古's 12, 乳源's and 曲江's 9 towns, each down and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.demo import load_demo
from tests.browser.driver import Server, serve
from tests.browser.map_hands import drawer, open_map, row, shapes, shut, svg_click, trail

WHERE = {"1": ("广东省", 21, "440200", "韶关市"), "2": ("内蒙古自治区", 12, "150200", "包头市"),
         "3": ("乳源瑶族自治县", 9, "440232112", "游溪镇"), "4": ("曲江区", 9, "440205107", "樟市镇")}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def stock(store) -> None:
    for document in ("guangdong-2019", "neimenggu-2018", "ruyuan-2017", "qujiang-2018"):
        load_demo(store, documents=[document])


@pytest.mark.parametrize("assessment", list(WHERE))
def test_every_document_goes_down_to_a_unit_and_up_to_the_country(page: Page, assessment: str) -> None:
    home, count, code, name = WHERE[assessment]
    open_map(page, a=assessment, draw="svg")
    expect(trail(page)).to_contain_text(home)
    expect(shapes(page)).to_have_count(count)
    svg_click(page, code)
    expect(drawer(page).get_by_role("heading", name=name)).to_be_visible()
    shut(page)
    trail(page).get_by_role("button", name="全国").click()
    expect(shapes(page)).to_have_count(34)
    expect(page.locator(".st-key-place-list button").first).to_contain_text("本次范围")
    trail(page).get_by_role("button", name=f"回到{home}").click()
    expect(shapes(page)).to_have_count(count)


def test_江门_is_shown_as_set_apart_in_广东_and_says_by_which_clause(page: Page) -> None:  # noqa: N802
    open_map(page, a="1", draw="svg")
    expect(row(page, "440700")).to_contain_text("另行制定")
    svg_click(page, "440700")
    expect(drawer(page)).to_contain_text("另行制定")
    expect(drawer(page).get_by_role("button", name="查看分项情况")).to_have_count(0)
