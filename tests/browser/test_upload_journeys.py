"""数据上报 in two browsers: the last form completes everyone's 总览; a form with two ticks in a row goes back, and is mended."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.demo import last_form, load_demo
from tests.browser.driver import Server, goto, serve, settled

TICKS = "EFGH"  # 好 较好 一般 较差 in the official layout


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=load_demo) as running:
        yield running


def open_upload(page: Page) -> None:
    """Through the menu, as a clerk would."""
    goto(page)
    page.get_by_text("数据汇集", exact=True).first.click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="数据上报").click()
    expect(page.get_by_role("heading", name="数据上报")).to_be_visible()
    settled(page)


def drop(page: Page, name: str, content: bytes) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def with_two_ticks(content: bytes) -> tuple[bytes, str, str]:
    """The form with a second tick in the row of item 14, and the addresses of both."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    row = next(cell.row for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("14."))
    ticked = next(column for column in TICKS if sheet[f"{column}{row}"].value)
    other = next(column for column in TICKS if column != ticked)
    sheet[f"{other}{row}"] = "√"
    saved = io.BytesIO()
    book.save(saved)
    first, second = sorted((f"{ticked}{row}", f"{other}{row}"))
    return saved.getvalue(), first, second


def test_the_last_form_uploaded_in_one_browser_completes_the_总览_of_another(open_page: Callable[..., Page]) -> None:  # noqa: N802
    leader, clerk = open_page(390, 844), open_page()
    goto(leader)
    expect(leader.get_by_text("数据未齐。")).to_be_visible()
    expect(leader.get_by_text("已收20份，应收21份").first).to_be_visible()
    leader.evaluate("window.neverReloaded = true")

    open_upload(clerk)
    form = last_form()
    drop(clerk, form.name, form.content)
    expect(clerk.get_by_text("可收").first).to_be_visible()
    expect(clerk.get_by_text("新收").first).to_be_visible()
    clerk.get_by_role("button", name="确认上报 1 份").click()

    expect(leader.get_by_text("数据已齐。")).to_be_visible()
    expect(leader.get_by_text("7个市（区）三种考核方式结果已全部到齐")).to_be_visible()
    assert leader.evaluate("window.neverReloaded") is True


def test_a_form_with_two_ticks_in_one_row_is_returned_with_its_cells_and_taken_once_mended(
    open_page: Callable[..., Page],
) -> None:
    clerk = open_page()
    open_upload(clerk)
    form = last_form()
    broken, first, second = with_two_ticks(form.content)
    drop(clerk, form.name, broken)
    expect(clerk.get_by_text("退回").first).to_be_visible()
    expect(clerk.get_by_text(f"第14项两格都打了√（{first}、{second}）").first).to_be_visible()
    expect(clerk.get_by_text("请只留一格").first).to_be_visible()
    expect(clerk.get_by_role("button", name="确认上报 0 份")).to_have_count(0)

    drop(clerk, form.name, form.content)
    expect(clerk.get_by_text("新收").first).to_be_visible()
    clerk.get_by_role("button", name="确认上报 1 份").click()
    expect(clerk.get_by_text("已上报1份评分表")).to_be_visible()  # who leaves earlier has not confirmed
    goto(clerk)
    expect(clerk.get_by_text("数据已齐。")).to_be_visible()
