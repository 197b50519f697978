"""核对Excel in a real browser: a workbook with one wrong formula is dropped, its columns confirmed, its cause read, the list taken."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.state import load_state
from data.store import Store
from tests.browser.driver import Server, choose, goto, serve, settled
from tests.data.summary_books import Cells, across, plain, saved, unsaved
from tests.pages import builders

_MADE: dict[str, Cells] = {}


def stocked(store: Store) -> None:
    """All 21 sheets; and the right summaries of them, one down and one across."""
    made = builders.county(store)
    builders.last_sheet(store, made)
    found = load_state(store, made.id).results
    _MADE.update(plain=plain(found), across=across(found))


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=stocked) as running:
        yield running


def drop(page: Page, name: str, content: bytes) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    expect(page.get_by_text(name)).to_be_visible()
    settled(page)


def test_a_wrong_formula_is_found_and_the_right_table_agrees(page: Page) -> None:
    goto(page, "crosscheck")
    wrong = unsaved(_MADE["plain"], F8="=ROUND(C8*$C$4+E8*$E$4,2)")
    drop(page, "错表.xlsx", saved({"汇总": wrong}))
    expect(page.get_by_text("还有1列没有认出")).to_be_visible()
    choose(page, "J列", "不核对")
    page.get_by_role("button", name="确认各列，开始核对").click()
    expect(page.get_by_text("归为1处原因")).to_be_visible()
    expect(page.get_by_text("公式漏算了D8（市级考核）").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载差异清单").click()
    listed = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active
    rows = [[cell.value for cell in row] for row in listed.iter_rows()]
    assert any(row[:2] == ["汇总", "F8"] for row in rows)

    page.get_by_role("button", name="移除").click()
    settled(page)
    drop(page, "对表.xlsx", saved({"汇总": _MADE["across"]}))
    page.get_by_role("button", name="确认各列，开始核对").click()
    expect(page.get_by_text("完全一致：核对45格，无一不同。")).to_be_visible()
