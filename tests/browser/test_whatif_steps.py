"""A planner tries readings beside weights, takes steps back and forth, and tries the same on last year's marks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.demo.last_year import load_last_year
from data.store import Store
from tests.browser.board_hands import control, number, painted, type_number
from tests.browser.driver import Server, goto, serve
from tests.browser.whatif_hands import agree, opened
from tests.pages import builders

LONG = 60_000  # milliseconds: a few reruns on a machine that does other things too


def _stock(store: Store) -> None:
    builders.county(store)
    load_last_year(store)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def exact(page: Page):
    return page.locator(".st-key-whatif-exact")


def test_steps_lead_back_and_forth_and_the_board_goes_with_them(page: Page) -> None:
    opened(page, "whatif?a=1")
    before = painted(page)
    type_number(page, "cross", "60")
    expect(exact(page)).to_contain_text("90.64", timeout=LONG)
    after = painted(page)
    page.get_by_role("button", name="上一步").click()
    expect(exact(page)).not_to_contain_text("90.64", timeout=LONG)
    expect(number(page, "cross")).to_have_value("40", timeout=LONG)
    assert painted(page) == before
    agree(page)
    page.get_by_role("button", name="下一步").click()
    expect(number(page, "cross")).to_have_value("60", timeout=LONG)
    expect(exact(page)).to_contain_text("90.64", timeout=LONG)
    assert painted(page) == after
    agree(page)


def test_a_reading_is_tried_with_a_weight_and_the_link_opens_both_for_another(open_page) -> None:
    planner = open_page()
    goto(planner, "whatif?a=1&level=r")
    planner.get_by_text("四舍五入取整数", exact=True).click()
    expect(planner.get_by_text("因口径“小数位数与舍入”改为“四舍五入取整数”").first).to_be_visible(timeout=LONG)
    planner.wait_for_url("**r=*", timeout=LONG)
    planner.get_by_test_id("stButtonGroup").get_by_text("考核方式", exact=True).click()
    planner.locator(".slope [data-unit]").first.wait_for(timeout=LONG)
    type_number(planner, "cross", "60")
    expect(exact(planner)).to_contain_text("→ 91", timeout=LONG)  # 90.64 to a whole number
    agree(planner)
    planner.wait_for_url("**w=*", timeout=LONG)
    other = opened(open_page(), planner.url)
    expect(number(other, "cross")).to_have_value("60")
    assert painted(other) == painted(planner)
    agree(other)


def test_last_years_marks_move_under_the_hand_by_name(page: Page) -> None:
    opened(page, "whatif?a=1&on=last")
    expect(page.locator(".slope [data-unit=鹤山市]")).to_be_attached(timeout=LONG)
    expect(page.get_by_text("所用为2019年江门市县级")).to_be_visible()
    agree(page)
    thumb = control(page, "cross").locator(".thumb")
    thumb.focus()
    for _ in range(3):
        thumb.press("PageUp")
    expect(page.get_by_text("未保存，不影响正式结果")).to_be_visible(timeout=LONG)
    agree(page)


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (390, 844)])
def test_readings_and_lines_fit_the_screen(open_page, width: int, height: int) -> None:
    page = open_page(width, height)
    goto(page, "whatif?a=1&level=r")
    expect(page.get_by_text("小数位数与舍入").first).to_be_visible(timeout=LONG)
    expect(page.locator(".st-key-whatif-slope .js-plotly-plot")).to_be_visible(timeout=LONG)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
