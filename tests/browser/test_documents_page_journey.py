"""报告与导出 in a browser: choose, make, look, download; the file opens, its name is right, and the 操作日志 has it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from data.documents.paper_pdf import available
from data.locked import lock
from data.store.location import FILE_NAME, sqlite_url
from data.store.store import Store
from tests.browser.driver import Server, goto, serve, settled
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_locked) as running:
        yield running


def _locked(store: Store) -> None:
    """江门's seven, whole and locked."""
    made = builders.county(store)
    builders.last_sheet(store, made)
    lock(store, made.id, builders.CLERK)


def pick(page: Page, kind: str) -> None:
    page.get_by_role("button", name=kind, exact=True).or_(
        page.get_by_role("radio", name=kind, exact=True)
    ).first.click()
    settled(page)


def make(page: Page, kind: str) -> None:
    page.get_by_role("button", name=f"生成{kind}").click()
    expect(page.get_by_role("button", name="下载", exact=True)).to_be_visible()
    settled(page)


def download(page: Page) -> Download:
    with page.expect_download() as found:
        page.get_by_role("button", name="下载", exact=True).click()
    expect(page.get_by_text("并记入操作日志")).to_be_visible()
    return found.value


def content(found: Download) -> bytes:
    return Path(found.path()).read_bytes()


def test_a_report_is_chosen_looked_at_taken_along_and_on_record(open_page, server: Server) -> None:
    page = goto(open_page(), "documents")
    expect(page.get_by_text("锁定版第1号").first).to_be_visible()
    page.get_by_label("署名（记入操作日志）").fill("周阅览")
    page.get_by_label("署名（记入操作日志）").press("Enter")
    settled(page)
    make(page, "考核情况报告")
    if available():
        expect(page.get_by_test_id("stImage").first).to_be_visible()
    found = download(page)
    assert found.suggested_filename == "2020年江门市县级_考核情况报告_锁定版第1号.docx"
    document = Document(io.BytesIO(content(found)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"新会区", "94.00", "较好"} <= set(cells)
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        entry = store.log(limit=1)[0]
    assert (entry.action, entry.actor, entry.subject) == ("导出文件", "周阅览", "考核情况报告，锁定版第1号")
    assert entry.details["sha256"] == hashlib.sha256(content(found)).hexdigest()


def test_the_picture_is_looked_at_as_it_is_and_opens(open_page) -> None:
    page = goto(open_page(), "documents?doc=picture")
    make(page, "结果一图")
    image = page.get_by_test_id("stImage").get_by_role("img").first
    expect(image).to_be_visible()
    assert image.evaluate("each => each.complete && each.naturalWidth") == 1080
    assert content(download(page)).startswith(b"\x89PNG")


def test_all_feedback_is_made_with_a_bar_and_comes_as_one_archive(open_page) -> None:
    page = goto(open_page(), "documents")
    pick(page, "反馈单")
    box = page.get_by_role("combobox", name="市（区）")
    box.click()
    page.keyboard.type("全部", delay=40)
    page.get_by_role("option").filter(has_text="全部7份").click()
    settled(page)
    make(page, "反馈单")
    with zipfile.ZipFile(io.BytesIO(content(download(page)))) as archive:
        assert len(archive.namelist()) == 7
        assert archive.testzip() is None


def test_the_workbook_opens_with_its_figures_in_it(open_page) -> None:
    page = goto(open_page(), "documents?doc=workbook")
    make(page, "测算工作簿")
    book = load_workbook(io.BytesIO(content(download(page))), data_only=True)
    assert 93.58 in [cell.value for row in book["综合结果"] for cell in row]


def test_the_whole_result_is_seen_in_the_page_and_asks_nothing_of_anyone(open_page) -> None:
    page = goto(open_page(), "documents?doc=html")
    make(page, "完整结果")
    inside = page.frame_locator("iframe[srcdoc]")
    expect(inside.get_by_role("heading", name="2020年江门市县级党委和政府扶贫开发成效考核结果")).to_be_visible()
    inside.get_by_text("新会区").last.scroll_into_view_if_needed()
    expect(inside.get_by_text("有“记过”情形，按五（四）最高为“较好”").first).to_be_visible()


def test_a_notice_is_refused_in_words_with_the_way_to_mend_it(open_page) -> None:
    page = goto(open_page(), "documents?doc=notice")
    page.get_by_role("button", name="生成通报").click()
    expect(page.get_by_text("尚未登记审定、批复")).to_be_visible()
    page.get_by_role("link", name="去锁定与审定").click()
    expect(page.get_by_role("heading", name="锁定与审定")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page) -> None:
    page = goto(open_page(390, 844), "documents?doc=matters")
    make(page, "提请审定事项")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("each => each.scrollWidth <= each.clientWidth")
