"""打分尺度: the last sheet comes and the verdict with it, a mutual pair once the planner says who went where, the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import Server, goto, serve, settled
from tests.pages import builders
from tests.pages.scales_stock import FAR, MIDDLE, UNITS, uneven

A, B, C = UNITS[:3]
LATE = UNITS[5]
LOW = "3" * 10 + "2" * 9
WAITS = f"还有1个市（区）（{LATE}）的交叉考核或市级考核未到"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    uneven(store, {A: LOW, B: LOW, C: FAR}, without=LATE)


def test_nothing_is_judged_until_the_last_sheet_comes_and_then_a_pair_can_be_told(
    open_page: Callable[..., Page], server: Server
) -> None:
    page = goto(open_page(1440, 1400))
    page.get_by_text("考核结果", exact=True).first.click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="打分尺度").click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    headline = page.locator(".st-key-scales-headline")
    expect(headline).not_to_contain_text("偏严")

    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:  # somebody hands in the last sheet
        builders.hand_in(store, store.assessments()[0], builders.ticks(LATE, "municipal", MIDDLE))
    expect(headline).to_contain_text(f"考核{A}的组评{A}：比市级考核偏严")  # nobody reloaded the page
    expect(page.get_by_text(WAITS)).to_have_count(0)
    expect(headline).not_to_contain_text("互评")

    page.get_by_text("没有抽签记录：可在此写明谁考核谁").click()
    page.get_by_role("textbox", name="谁考核谁").fill(f"{A}→{B}；{B}→{A}")
    expect(headline).to_contain_text(f"{A}与{B}互评，两边都低于市级考核")
    expect(headline).to_contain_text("需核实，不作为结论")

    with page.expect_download() as download:
        page.get_by_role("button", name="下载打分尺度对照表（xlsx）").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book.sheetnames == ["各组对照", "逐项对照", "相差两档以上", "各项区分度", "说明"]

    page.get_by_text(f"查看{C}的分项情况").first.click()
    expect(page.get_by_role("heading", name=C)).to_be_visible()


def test_on_a_phone_the_verdict_the_picture_and_the_list_need_no_sideways_scrolling(
    open_page: Callable[..., Page],
) -> None:
    phone = goto(open_page(390, 844, has_touch=True), "scales")
    expect(phone.get_by_text("各组与市级考核的相差")).to_be_visible()
    expect(phone.get_by_text("相差两档以上的评分")).to_be_visible()
    settled(phone)
    width = phone.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert width <= 0
