"""A planner in a browser: loads the year before, confirms a match, brings the table of unit changes, reads both comparisons."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.documents.unit_changes_form import unit_changes_form
from data.store import Store
from data.unit_changes import UnitChange
from tests.browser.driver import Server, goto, serve, settled
from tests.pages.builders import county


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    county(store)


def bring(page: Page, *changes: UnitChange) -> None:
    """Put a filled table of unit changes into its zone."""
    page.locator(".st-key-drop-zone-backtest-units input[type=file]").set_input_files({
        "name": "单位变动表.xlsx", "mimeType": "application/octet-stream", "buffer": unit_changes_form(changes),
    })  # fmt: skip


def test_two_years_are_compared_matched_and_back_tested(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "backtest")
    page.get_by_role("button", name="载入上年示例数据").click()
    expect(page.get_by_text("个市（区）可比").first).to_be_visible()
    settled(page)

    page.get_by_text("指标对应", exact=True).click()
    unfolded = page.locator(".st-key-backtest-match-open")
    expect(unfolded.locator("canvas").first).to_be_visible()  # the last that comes: it moves what stands below
    unfolded.get_by_text("12．就业扶贫情况　←　上年12．劳动力就业扶贫情况").click()
    expect(unfolded.get_by_role("checkbox", name="12．就业扶贫情况")).to_be_checked()
    settled(page)
    page.get_by_role("button", name="确认指标对应").click()
    expect(page.get_by_text("本方案19项中18项有对应", exact=False)).to_be_visible()
    settled(page)

    page.get_by_text("单位变动", exact=True).click()
    bring(page, UnitChange("新会县", "新会区", "更名"))
    expect(page.get_by_text("C4原名称“新会县”不在上年的考核对象名单上")).to_be_visible()
    bring(page, UnitChange("新会市", "新会区", "更名"))
    expect(page.get_by_text("已读取1行")).to_be_visible()
    page.get_by_role("button", name="按文件登记单位变动").click()
    expect(page.locator(".st-key-backtest-sentences li").filter(has_text="新会区")).to_contain_text("规则主要因")

    with page.expect_download() as coming:
        page.get_by_role("button", name="下载结果（xlsx）").click()
    book = openpyxl.load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    assert book.sheetnames == ["总表", "分项来源", "指标对应"]

    page.get_by_role("radio", name="回测").click()
    expect(page.get_by_text("按可对应的18项（权重合计94.73…％）回测", exact=False).first).to_be_visible()


def test_a_phone_shows_the_sentences_without_sideways_scrolling(open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844, has_touch=True)
    goto(page, "backtest")
    button = page.get_by_role("button", name="载入上年示例数据")
    told = page.locator(".st-key-backtest-sentences")
    expect(button.or_(told).first).to_be_visible()
    if button.count():
        button.click()
    expect(told).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
