"""地图 in a browser: a click on 台山市 opens its 分项情况; down to its towns and back; no request leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.regions import outline, outlines
from tests.browser.driver import Server, goto, serve
from tests.browser.map_hands import MAP, click_on, label_of, spot
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def stock(store) -> None:
    builders.county(store)
    towns = builders.towns(store)
    store.set_setting(towns.id, "towns_shown:440781", "1", builders.CLERK, action="公开镇级成绩", subject="台山市")


def open_map(page: Page) -> None:
    """By the menu, as a visitor comes: a deep link makes Streamlit look for its server under wrong addresses first."""
    goto(page)
    page.get_by_text("考核结果", exact=True).click()
    page.get_by_text("地图", exact=True).click()
    expect(page.get_by_test_id(MAP).locator("canvas").first).to_be_visible()


def test_a_click_on_台山市_opens_its_分项情况(page: Page) -> None:  # noqa: N802 (the journey's own words)
    open_map(page)
    seven = outlines("440700")
    lon, lat = label_of(seven, "440781")
    click_on(page, (lon, lat - 0.09), "台山市", seven, page.get_by_role("heading", name="分项情况"))
    expect(page).to_have_url(re.compile(r"/unit\?.*unit=(台山市|%E5%8F%B0%E5%B1%B1%E5%B8%82)"))
    expect(page.get_by_text("台山市").first).to_be_visible()


def test_from_the_province_down_to_the_towns_and_back_by_map_and_list(page: Page) -> None:
    open_map(page)
    page.get_by_role("button", name="广东省").click()
    expect(page.get_by_text("云浮市")).to_be_attached()
    cities = outlines("440000")
    click_on(page, label_of(cities, "440700"), "江门市", cities, page.get_by_text("蓬江区"))
    page.locator("label", has_text="台山市").first.click()
    page.get_by_role("button", name="看镇（街）").click()
    detail = page.get_by_role("button", name="查看分项情况")
    expect(page.get_by_text("海宴镇")).to_be_attached()
    expect(detail).to_have_count(0)
    click_on(page, (112.67986, 21.85403), "川岛镇", outline("440781"), detail)
    page.get_by_role("button", name="江门市").click()
    expect(page.get_by_text("蓬江区")).to_be_attached()


def test_a_slow_hand_is_taken_for_a_click_too(page: Page) -> None:
    open_map(page)
    page.get_by_role("button", name="广东省").click()
    expect(page.get_by_text("云浮市")).to_be_attached()
    cities = outlines("440000")
    click_on(page, label_of(cities, "440700"), "江门市", cities, page.get_by_text("蓬江区"), hold=600)


def test_dragging_the_map_is_no_click(page: Page) -> None:
    open_map(page)
    seven = outlines("440700")
    x, y = spot(page, label_of(seven, "440781"), seven)
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(1_500)
    expect(page).to_have_url(re.compile("/map"))


def test_on_a_phone_the_map_needs_no_sideways_scrolling(open_page) -> None:
    page = open_page(390, 844)
    goto(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="地图").click()
    expect(page.get_by_test_id(MAP).locator("canvas").first).to_be_visible()
    expect(page.get_by_text("恩平市").first).to_be_attached()
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
