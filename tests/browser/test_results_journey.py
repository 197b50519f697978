"""A leader's way through the results with a mouse: from the picture to a unit, from a mark to the cell of its form."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Error, FloatRect, Page, expect

from tests.browser.driver import Server, goto, serve
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=builders.county) as running:
        yield running


def place(page: Page) -> FloatRect | None:
    """Where the part of the page's picture is that takes clicks; None while it is being drawn anew."""
    found = page.locator(".js-plotly-plot .nsewdrag").first
    try:
        found.scroll_into_view_if_needed()
        return found.bounding_box()
    except Error:
        return None


def press(page: Page, across: float, down: float) -> None:
    """Click in the picture: ``across`` and ``down`` are parts of its width and height.

    The picture is drawn again once its column's width is known: the click waits until it stands still and answers
    the pointer, as a person's would.
    """
    tip = page.locator(".hoverlayer .hovertext")
    before, still = None, 0
    for step in range(150):
        box = place(page)
        still = still + 1 if box is not None and box == before else 0
        before = box
        if box is not None and still >= 4:
            at = box["x"] + box["width"] * across, box["y"] + box["height"] * down
            page.mouse.move(at[0] + step % 2, at[1])
            if tip.count():
                page.mouse.click(*at)
                return
        page.wait_for_timeout(200)
    raise AssertionError("The picture never stood still and answered the pointer.")


def test_a_click_anywhere_in_a_row_opens_its_unit_and_the_address_says_so(open_page) -> None:
    page = goto(open_page(1440, 1400))
    press(page, 0.1, 3.5 / 7)  # far left of the point of the fourth
    expect(page.get_by_role("heading", name="开平市")).to_be_visible()
    assert "unit=开平市" in unquote(page.url)
    page.get_by_role("button", name="下一个").click()
    expect(page.get_by_role("heading", name="鹤山市")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="开平市")).to_be_visible()


def test_a_mark_leads_to_the_cell_of_its_form_as_often_as_it_is_clicked(open_page) -> None:
    page = goto(open_page(1440, 1400))
    press(page, 0.1, 2.5 / 7)
    expect(page.get_by_role("heading", name="新会区")).to_be_visible()
    expect(page.get_by_text("逐项评分：3种考核方式 × 19项")).to_be_visible()
    for _ in range(2):
        press(page, 5 / 6, 0.99)  # the last item under 日常工作
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text("第19项")
        expect(drawer).to_contain_text("新会区_日常工作.xlsx 工作表“新会区” 单元格 D23")
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)


def test_a_phone_never_scrolls_sideways(open_page) -> None:
    page = goto(open_page(390, 844))
    for heading in ("总览", "分项情况"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        wide = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide[0] <= wide[1]
        if heading == "总览":
            page.get_by_role("link", name="蓬江区恰在“好”线上").click()
