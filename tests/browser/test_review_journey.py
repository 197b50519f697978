"""A clerk at a desk and a reviewer with a phone: 提交, 复核, 退回 and unlocking, each seen by the other without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from tests.browser.driver import goto, serve
from tests.pages import builders


def stock(store: Store) -> None:
    made = builders.county(store)
    store.set_review_required(made.id, True, "管理员")


@pytest.fixture(scope="module")
def server():
    with serve(stock=stock) as running:
        yield running


def signed(page: Page, name: str) -> Page:
    goto(page, "progress")
    page.get_by_label("署名（记入操作日志）").fill(name)
    return page


def test_a_pile_is_handed_in_reviewed_sent_back_and_unlocked_while_both_look_on(open_page) -> None:
    clerk, reviewer = signed(open_page(), "李经办"), signed(open_page(390, 844, has_touch=True), "王复核")
    expect(reviewer.get_by_text("待提交的评分表21份")).to_be_visible()
    clerk.get_by_role("button", name="提交21份").click()
    expect(clerk.get_by_text("已提交21份评分表，待另一人复核。")).to_be_visible()

    expect(reviewer.get_by_text("待复核21份，第1份")).to_be_visible()  # without a reload
    for left in (20, 19):
        reviewer.get_by_role("button", name="复核通过，看下一份").click()
        expect(reviewer.get_by_text(f"待复核{left}份，第1份")).to_be_visible()
    expect(clerk.get_by_text("王复核", exact=False).first).to_be_visible()
    expect(clerk.get_by_test_id("stTable").first.get_by_text("复核", exact=False).first).to_be_visible()

    reviewer.get_by_role("button", name="退回", exact=True).click()
    reviewer.get_by_label("退回理由").fill("缺公章")
    reviewer.get_by_role("button", name="确认退回").click()
    expect(clerk.get_by_text("交叉考核：缺公章")).to_be_visible()
    expect(clerk.get_by_role("button", name="提交1份")).to_be_visible()

    clerk.get_by_role("button", name="申请解锁").click()
    clerk.get_by_label("解锁理由").fill("第3项漏填")
    clerk.get_by_role("button", name="提出申请").click()
    expect(clerk.get_by_text("须由另一人署名同意。")).to_be_visible()
    expect(reviewer.get_by_text("待您同意：1项申请").filter(visible=True)).to_have_count(1)
    goto(reviewer, "ranking")
    reviewer.get_by_role("link", name="待您同意：1项申请").click()
    expect(reviewer.get_by_role("heading", name="上报记录")).to_be_visible()
    reviewer.get_by_role("radio", name="同意", exact=True).click()
    reviewer.get_by_role("button", name="同意，解锁这份评分表").click()
    expect(clerk.get_by_role("button", name="提交2份")).to_be_visible()
    wide = reviewer.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 390, f"a phone scrolls sideways: {wide}"


def test_on_a_phone_no_column_of_the_grid_is_cut_off(open_page) -> None:
    phone = goto(open_page(390, 844, has_touch=True), "progress")
    heads = phone.get_by_test_id("stTable").first.get_by_role("columnheader")
    expect(heads).to_have_text(["市（区）", "交叉考核", "市级考核", "日常工作", "自查自评"])
    boxes = [one.bounding_box() for one in heads.all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 374 for box in boxes), boxes  # 16 px of margin


def test_the_log_asks_for_a_day_in_chinese_and_gives_details_the_width_there_is(open_page) -> None:
    desk = goto(open_page(1440, 900), "log?a=1")
    day = desk.get_by_test_id("stDateInputField").first
    told = day.evaluate(
        """field => [...field.querySelectorAll('[data-placeholder]')].map(part =>
        getComputedStyle(part).fontSize === '0px' ? getComputedStyle(part, '::after').content : part.innerText)"""
    )
    assert told == ['"年"', '"月"', '"日"']
    day.locator("[data-type=year]").click()
    desk.keyboard.type("20201120", delay=40)
    desk.keyboard.press("Tab")
    expect(day).to_have_text("2020-11-20")
    goto(desk, "log?a=1")
    row = desk.get_by_test_id("stTable").first.locator("tbody tr").first
    expect(row).to_be_visible()
    widths = row.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().width)")
    assert len(widths) == 3
    assert widths[2] > widths[0] + widths[1], widths
    assert row.evaluate("row => row.getBoundingClientRect().height") < 60
