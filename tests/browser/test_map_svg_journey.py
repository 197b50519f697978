"""地图 as SVG: down and back by clicks, by the list and by links, each layer, the drawer, a phone, and others' changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import Server, goto, serve, settled
from tests.browser.map_hands import drawer, open_map, row, shapes, shut, still, svg_click, target, trail
from tests.pages import builders

LAYERS = {
    "grade": "较好", "score": "分", "part.cross": "分", "item.1.cross": "好", "sheets": "已收齐", "outcomes": "谈话提醒",
    "firm": "±",
}  # fmt: skip
"""The layers of 江门2020, each with a word of its legend."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def stock(store) -> None:
    builders.county(store)
    builders.show_towns(store, builders.towns(store))


def test_from_the_province_to_the_towns_and_back_by_clicks(page: Page) -> None:
    open_map(page, a="1", place="440000", draw="svg")
    svg_click(page, "440700")
    expect(row(page, "440781")).to_be_visible()
    svg_click(page, "440781")
    expect(drawer(page).get_by_role("heading", name="台山市")).to_be_visible()
    drawer(page).get_by_role("button", name="看镇（街）").click()
    expect(shapes(page)).to_have_count(17)
    svg_click(page, "440781115")
    expect(drawer(page)).to_be_visible()
    shut(page)
    for name, code in (("江门市", "440785"), ("广东省", "440100"), ("全国", "110000")):
        trail(page).get_by_role("button", name=name).click()
        expect(row(page, code)).to_be_attached()


def test_the_same_way_by_the_list_and_back_by_the_browser(page: Page) -> None:
    open_map(page, a="1", place="440000", draw="svg")
    row(page, "440700").click()
    row(page, "440781").click()
    expect(drawer(page).get_by_role("heading", name="台山市")).to_be_visible()
    expect(page).to_have_url(re.compile("sel=440781"))
    shut(page)
    expect(page.locator(".st-key-chosen")).to_contain_text("台山市")
    page.go_back()
    expect(page.locator(".st-key-chosen")).to_have_count(0)
    page.go_back()  # where a layer was written into the address by itself, that is a step of its own
    settled(page)
    if "place=440000" not in page.url:
        page.go_back()
    expect(row(page, "440100")).to_be_visible()


def test_a_link_shows_the_same_map_with_the_place_marked_and_the_drawer_shut(page: Page) -> None:
    open_map(page, a="1", place="440781", layer="score", sel="440781115", draw="svg")
    expect(page.locator(".st-key-chosen")).to_be_visible()
    expect(drawer(page)).to_have_count(0)
    page.get_by_role("button", name="查看要点").click()
    expect(drawer(page)).to_be_visible()


def test_the_drawer_leads_on_and_back_and_the_map_goes_along(page: Page) -> None:
    open_map(page, a="1", draw="svg")
    svg_click(page, "440703")
    expect(drawer(page)).to_contain_text("与邻近市（区）相比")
    drawer(page).get_by_role("button", name="下一个").click()
    expect(drawer(page).get_by_role("heading", name="新会区")).to_be_visible()
    expect(page).to_have_url(re.compile("sel=440705"))
    drawer(page).get_by_role("button", name="查看分项情况").click()
    expect(page.get_by_role("heading", name="分项情况")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/unit\?.*unit="))


def test_each_layer_says_its_own_legend(page: Page) -> None:
    for layer, word in LAYERS.items():
        open_map(page, a="1", layer=layer, draw="svg")
        expect(page.locator(".st-key-legend")).to_contain_text(re.compile("\u2060*".join(map(re.escape, word))))
        expect(shapes(page)).to_have_count(7)
        expect(page).to_have_url(re.compile(f"layer={re.escape(layer)}"))


def test_tiles_are_clicked_as_the_map_is(page: Page) -> None:
    open_map(page, a="1", form="tiles", draw="svg")
    expect(page.get_by_text("方格图只示大致方位").first).to_be_visible()
    svg_click(page, "440785")
    expect(drawer(page).get_by_role("heading", name="恩平市")).to_be_visible()


def test_a_change_by_someone_else_shuts_no_drawer_and_keeps_the_selection(page: Page, server: Server) -> None:
    open_map(page, a="1", draw="svg")
    svg_click(page, "440785")
    expect(drawer(page)).to_contain_text("尚缺日常工作")
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        builders.last_sheet(store, store.assessment(1))
    expect(drawer(page)).not_to_contain_text("尚缺日常工作")
    expect(drawer(page).get_by_role("heading", name="恩平市")).to_be_visible()
    shut(page)
    expect(page.locator(".st-key-chosen")).to_contain_text("恩平市")


def test_on_a_phone_a_leader_taps_a_county_and_nothing_scrolls_sideways(open_page) -> None:
    page = open_page(390, 844, has_touch=True)
    open_map(page, a="1", draw="svg")
    still(page, page.locator(".svg-map svg").first)
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
    target(page, "440781").tap(force=True)
    expect(drawer(page).get_by_role("heading", name="台山市")).to_be_visible()
    assert still(page, drawer(page))["width"] >= 360
    drawer(page).get_by_role("button", name="看镇（街）").tap()
    expect(shapes(page)).to_have_count(17)
    still(page, page.locator(".svg-map svg").first)
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
    drawn, listed = still(page, page.locator(".svg-map").first), still(page, page.locator(".st-key-place-list"))
    assert listed["y"] > drawn["y"] + drawn["height"] - 1


def test_an_unknown_place_in_a_link_shows_home_and_says_so(page: Page) -> None:
    goto(page, "map?a=1&place=999999&draw=svg")
    expect(page.get_by_text("不在行政区划表中").first).to_be_visible()
    expect(shapes(page)).to_have_count(7)
