"""地图 drawn with WebGL: from the province down to a town and back by clicks, and no request leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.regions import outline, outlines
from tests.browser.driver import Server, serve, settled
from tests.browser.map_hands import MAP, click_on, drawer, label_of, open_map, row, shut, spot, trail
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def stock(store) -> None:
    builders.county(store)
    builders.show_towns(store, builders.towns(store))


def test_from_the_province_down_to_a_town_and_back_by_clicks(page: Page) -> None:
    open_map(page, a="1", place="440000", draw="webgl")
    cities = outlines("440000")
    click_on(page, label_of(cities, "440700"), "江门市", cities, trail(page).get_by_text("江门市"))
    expect(row(page, "440781")).to_be_visible()
    seven = outlines("440700")
    lon, lat = label_of(seven, "440781")
    click_on(page, (lon, lat - 0.09), "台山市", seven, drawer(page).get_by_role("heading", name="台山市"))
    expect(page).to_have_url(re.compile("sel=440781"))
    drawer(page).get_by_role("button", name="看镇（街）").click()
    expect(row(page, "440781115")).to_be_attached()
    expect(drawer(page)).to_have_count(0)
    expect(page).to_have_url(re.compile("place=440781"))
    settled(page)
    told = drawer(page).get_by_role("heading", name="川岛镇")
    click_on(page, (112.67986, 21.85403), "川岛镇", outline("440781"), told)
    shut(page)
    trail(page).get_by_role("button", name="江门市").click()
    expect(row(page, "440785")).to_be_visible()


def test_a_place_can_be_clicked_again_and_again(page: Page) -> None:
    open_map(page, a="1", draw="webgl")
    seven = outlines("440700")
    lon, lat = label_of(seven, "440781")
    for _ in range(3):  # the third would only take the browser's own mark away
        click_on(page, (lon, lat - 0.09), "台山市", seven, drawer(page))
        shut(page)
        page.mouse.move(5, 5)


def test_a_slow_hand_is_taken_for_a_click_too(page: Page) -> None:
    open_map(page, a="1", place="440000", draw="webgl")
    cities = outlines("440000")
    click_on(page, label_of(cities, "440700"), "江门市", cities, trail(page).get_by_text("江门市"), hold=600)


def test_dragging_the_map_is_no_click(page: Page) -> None:
    open_map(page, a="1", draw="webgl")
    seven = outlines("440700")
    x, y = spot(page, label_of(seven, "440781"), seven)
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(1_500)
    expect(drawer(page)).to_have_count(0)
    assert "sel=" not in page.url


def test_the_map_is_reached_by_the_menu_and_drawn_as_this_machine_can(page: Page) -> None:
    page.goto("/")
    page.get_by_text("考核结果", exact=True).click()
    page.get_by_text("地图", exact=True).click()
    expect(page.locator(".svg-map svg").first).to_be_visible()
    expect(page.get_by_test_id(MAP)).to_have_count(0)
