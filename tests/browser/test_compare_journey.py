"""A planner compares a saved scenario with the document's own, takes the paper to the meeting, and passes the link on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from tests.browser.driver import Server, choose, goto, serve, settled
from tests.pages.builders import county


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    made = county(store)
    sixty = {"group": "county", "w": "cross:60,municipal:20,daily:20"}
    store.save_scenario(made.id, "交叉六成", sixty, "王规划", "征求意见稿")
    store.save_scenario(made.id, "好线下调", {"group": "county", "l": "好:89,较好:80,一般:70"}, "王规划", "第二方案")


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return coming.value.path().read_bytes()


def units(page: Page) -> str:
    return page.locator(".st-key-compare-units").inner_text()


def test_scenarios_are_compared_written_out_and_passed_on(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "compare")
    expect(page.get_by_text("“交叉六成”1个改变等次", exact=False)).to_be_visible()
    choose(page, "与哪个方案比", "好线下调")
    expect(page.get_by_text("与“好线下调”相比", exact=False).first).to_be_visible()
    settled(page)

    paper = docx.Document(io.BytesIO(downloaded(page, "下载情景比对说明（docx）")))
    told = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "交叉六成" in told
    assert "开平市" not in told
    book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "下载比对工作簿（xlsx）")))
    assert book.sheetnames[:2] == ["说明", "结果比对"]

    other = open_page(390, 844)
    other.goto(page.url)
    settled(other)
    expect(other.get_by_text("与“好线下调”相比", exact=False).first).to_be_visible()
    expect(other.locator(".st-key-compare-units [data-testid=stTable]")).to_have_count(2)  # a table for each of the others
    for grade in ("90.64（+1.40）", "89.24"):
        assert grade in units(page)
        assert grade in units(other)


def test_the_trial_in_hand_is_taken_along_from_the_bench(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "whatif?w=cross:46,municipal:27,daily:27")
    page.get_by_text("到情景比对", exact=False).click()
    expect(page.get_by_role("columnheader", name="未保存的测算").first).to_be_visible()
    assert "w=cross" in page.url
