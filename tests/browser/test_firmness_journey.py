"""A planner reads whose grade is least firm, looks at it closely, and tries on the board what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Server, goto, serve, settled
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=builders.county) as running:
        yield running


def test_the_softest_grade_is_read_looked_at_and_seen_to_flip(page: Page) -> None:
    goto(page, "firmness")
    expect(page.locator(".st-key-firmness-headline")).to_contain_text("各考核方式权重同时变动±0.1%以内，等次不变")
    softest = page.locator(".st-key-firmness-card-0")
    expect(softest).to_contain_text("90.00分")
    alias = softest.locator("strong").first.inner_text().replace("\u2060", "")
    assert alias.startswith("对象")
    expect(softest).to_contain_text("日常工作权重由30%升至30.08%以上（其余按比例），即低于该线")

    expect(page.locator(".st-key-triangle-chart .main-svg").first).to_be_visible()  # the tab is drawn to its end: nothing moves
    box = settled(page).get_by_role("combobox", name="市（区）")
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name="对象乙", exact=True).wait_for()
    box.fill("对象乙")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(page.get_by_role("figure", name=re.compile("^对象乙的稳定区间"))).to_have_count(1)

    softest.get_by_role("link", name="到权重测算试一试（降等次）").click()
    row = page.locator(".st-key-whatif-exact tbody tr", has_text=alias)
    expect(row).to_contain_text("好 →")
    expect(row).to_contain_text("较好")
    assert "w=cross" in page.url


def test_on_a_phone_nothing_scrolls_sideways(open_page) -> None:
    phone = open_page(390, 844, has_touch=True)
    goto(phone, "firmness")
    expect(phone.locator(".st-key-firmness-headline")).to_be_visible()
    phone.get_by_role("tab", name="口径影响").click()
    expect(phone.get_by_text("口径与权重，哪个影响更大")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
