"""乳源's office in a browser: its own roster brought into a new assessment, then corrected with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.documents.roster_form import blank_roster
from data.schemes import scheme
from data.store import Store
from tests.browser.driver import Server, choose, goto, serve, settled
from tests.pages.builders import county

ECONOMY = "县直经济发展与管理部门"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    county(store)


def filled(count: int) -> bytes:
    """The blank roster with its first units filled in, each helping 桂头镇 and 一六镇."""
    book = openpyxl.load_workbook(io.BytesIO(blank_roster(scheme("ruyuan-2017"))))
    sheet = book["名单"]
    for at in range(count):
        for column, text in ((2, f"县第{at + 1}局"), (3, "桂头镇、一六镇"), (4, "30、10")):
            sheet.cell(4 + at, column, text)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def bring(page: Page, zone: str, content: bytes) -> None:
    page.locator(f".st-key-drop-zone-{zone} input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )


def test_the_offices_roster_is_brought_used_and_corrected(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "assessments")
    choose(page, "方案", "乳源")
    expect(page.get_by_text("原文没有列出")).to_be_visible()
    bring(page, "new-roster", filled(28))
    expect(page.get_by_text("《名单.xlsx》已读取，考核对象共37个。")).to_be_visible()
    page.get_by_role("button", name="新建年度考核").click()
    expect(page.get_by_text("并设为当前考核")).to_be_visible()
    settled(page)

    page.get_by_text("更正名单", exact=True).click()
    bring(page, "correction", filled(27))
    expect(page.get_by_text("删去1个：县第28局")).to_be_visible()
    expect(page.get_by_text(f"“{ECONOMY}”名单有27个，原文为28个")).to_be_visible()
    page.get_by_label("更正理由").fill("机构改革")
    page.get_by_role("button", name="确认更正名单").click()
    expect(page.get_by_text("名单已更正，现有考核对象36个")).to_be_visible()
