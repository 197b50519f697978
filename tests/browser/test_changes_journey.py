"""变动说明 in a browser: a corrected sheet is told with its cell and its part; withdrawn again, nothing is left to tell."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.demo import load_demo
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import Server, goto, serve, settled

UNIT, WAY, ITEM = "江海区", "交叉考核", 14
TICKS = "EFGH"  # 好 较好 一般 较差 in the official layout
GRADES = ("好", "较好", "一般", "较差")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=load_demo) as running:
        yield running


def corrected(server: Server) -> tuple[bytes, str, str, str]:
    """江海区's form with another tick in item 14: its bytes, what it was and is, and the cell that says so."""
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        made = next(one for one in store.assessments() if one.scheme_id == "jiangmen-2020-county")
        sheet = next(s for s in store.submissions(made.id) if s.unit == UNIT and s.component == "cross")
        content = store.original(sheet.file_sha256)[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    row = next(cell.row for line in page.iter_rows() for cell in line if str(cell.value).startswith(f"{ITEM}."))
    was = next(at for at, column in enumerate(TICKS) if page[f"{column}{row}"].value)
    now = 1 if was == 0 else 0
    page[f"{TICKS[now]}{row}"], page[f"{TICKS[was]}{row}"] = "√", None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue(), GRADES[was], GRADES[now], f"{TICKS[now]}{row}"


def drop(page: Page, name: str, content: bytes) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_a_corrected_sheet_is_told_with_its_cell_and_once_withdrawn_nothing_is_left(
    open_page: Callable[..., Page], server: Server
) -> None:
    leader, clerk = open_page(390, 844), open_page()
    goto(leader)
    expect(leader.get_by_text("数据未齐。")).to_be_visible()
    content, was, now, cell = corrected(server)

    goto(clerk, "upload")
    drop(clerk, f"{UNIT}_{WAY}_更正.xlsx", content)
    clerk.get_by_role("button", name="确认上报 1 份").click()
    expect(clerk.get_by_text("已上报1份评分表")).to_be_visible()

    expect(leader.get_by_text(re.compile("较上次查看的第26版"))).to_be_visible()
    leader.get_by_role("link", name="查看变动说明").click()
    expect(leader.get_by_role("heading", name="变动说明")).to_be_visible()
    expect(leader).to_have_url(re.compile("from=26"))
    told = leader.get_by_text(re.compile(rf"{WAY}第{ITEM}项.*由{was}改为{now}.*《{UNIT}_{WAY}_更正\.xlsx》.*{cell}.*影响"))
    expect(told).to_be_visible()

    withdraw(server)
    expect(leader.get_by_text(re.compile(rf"{UNIT}.*转为暂缺|转为暂缺1个.*{UNIT}")).first).to_be_visible()
    restore(server)
    expect(leader.get_by_text("得分、等次、位次均无变化")).to_be_visible()
    settled(leader)


def withdraw(server: Server) -> None:
    """By a colleague elsewhere: the open page has to notice by itself."""
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        store.withdraw(_newest(store).id, "王复核", "更正有误")


def restore(server: Server) -> None:
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        newest = _newest(store)
        first = store.history(newest.assessment, UNIT, "cross")[-1]
        store.restore(first.id, "王复核", "以首次为准")


def _newest(store: Store):
    made = next(one for one in store.assessments() if one.scheme_id == "jiangmen-2020-county")
    return store.history(made.id, UNIT, "cross")[0]
