"""The leading group's way through 口径 with a mouse: try a reading, see who is affected, confirm, and 定稿."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Server, goto, serve, settled
from tests.pages import builders


def _whole(store) -> None:
    """江门's seven with every sheet there."""
    builders.last_sheet(store, builders.county(store))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_whole) as running:
        yield running


def card(page: Page, key: str):
    return page.locator(f".st-key-reading-{key}")


def narrow(page: Page) -> None:
    """A page never scrolls sideways."""
    wide = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert wide[0] <= wide[1]


def test_another_reading_shows_who_is_affected_and_once_confirmed_the_count_goes_down(page: Page) -> None:
    goto(page, "assumptions")
    expect(page.get_by_text("尚有11项口径未确认")).to_be_visible()
    ticks = card(page, "ticks")
    ticks.get_by_text("100/85/75/60", exact=True).click()
    row = ticks.get_by_role("row").filter(has_text="开平市")
    expect(row).to_contain_text("较好 → 好")
    expect(page.get_by_text("尚有11项口径未确认")).to_be_visible()  # nothing is kept yet
    page.get_by_label("署名（记入操作日志）").fill("赵主任")
    page.get_by_label("确认依据（选填）").fill("江扶组纪要〔2020〕3号")
    ticks.get_by_role("button", name="改用并确认此项口径").click()
    expect(page.get_by_text("尚有10项口径未确认")).to_be_visible()
    expect(ticks).to_contain_text("确认：100/85/75/60；依据江扶组纪要〔2020〕3号")
    expect(ticks).to_contain_text("开平市 好→较好")  # what the way back would change


def test_the_table_to_sign_comes_as_a_workbook_that_says_who_confirmed(page: Page) -> None:
    goto(page, "assumptions")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载口径确认表").click()
    assert coming.value.suggested_filename.endswith("口径确认表.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(coming.value.path().read_bytes())).worksheets[0]
    told = "\n".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row)
    assert "赵主任" in told
    assert "领导小组意见" in told


def test_the_rest_is_confirmed_at_once_and_then_the_assessment_is_final(page: Page, open_page) -> None:
    other = goto(open_page(390, 844), "assumptions")
    goto(page, "assumptions")
    page.get_by_text("一并确认：会上已逐项通过的").click()
    boxes = page.get_by_test_id("stForm").get_by_test_id("stCheckbox")
    expect(boxes).to_have_count(10)
    for at in range(10):
        boxes.nth(at).locator("label").click()
    page.get_by_role("button", name="确认所选各项").click()
    expect(page.get_by_text("各项口径已全部确认。")).to_be_visible()
    expect(other.get_by_text("各项口径已全部确认。")).to_be_visible()  # without a reload
    narrow(other)

    page.get_by_role("link", name="可以定稿，去年度考核").click()
    expect(page.get_by_role("heading", name="年度考核")).to_be_visible()
    settled(page)
    page.get_by_text("定稿：各项均已办结").click()
    page.get_by_role("button", name="定稿", exact=True).click()
    expect(page.get_by_text("已定稿", exact=True)).to_be_visible()
    expect(other.get_by_text("本年度考核已定稿，不再受理上报和改动")).to_be_visible()
    expect(other.get_by_role("button", name="再次确认此项口径").first).to_be_disabled()


def test_it_goes_back_to_a_draft_only_with_a_reason_and_another_persons_consent(page: Page) -> None:
    goto(page, "assessments")
    page.get_by_text("已定稿", exact=True).click()
    page.get_by_label("退回草稿的理由").focus()  # it stands still: a click on what still unfolds may go beside it
    page.get_by_role("button", name="申请退回草稿").click()
    expect(page.get_by_text("退回草稿的理由不能为空")).to_be_visible()
    page.get_by_label("退回草稿的理由").fill("补报一份评分表")
    page.get_by_role("button", name="申请退回草稿").click()
    expect(page.get_by_text("须由另一人署名同意")).to_be_visible()
    page.get_by_label("署名（记入操作日志）").fill("赵六")
    page.get_by_role("radio", name="同意", exact=True).click()
    page.get_by_role("button", name="同意，退回草稿").click()
    expect(page.get_by_text("定稿：各项均已办结")).to_be_visible()
