"""From the result to what follows: the notice, a decision, a problem taken over, reported and closed by another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from data.store import Finding
from data.store.location import FILE_NAME, sqlite_url
from data.store.store import Store
from tests.browser.driver import Server, goto, serve, settled
from tests.data.locks import approve_bare
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=_final) as running:
        yield running


def _final(store: Store) -> None:
    """江门's seven, whole, final and approved: only then is a result announced."""
    made = builders.county(store)
    builders.last_sheet(store, made)
    store.finalise(made.id, builders.CLERK)
    approve_bare(store, made.id)


def sign(page: Page, name: str) -> None:
    field = page.get_by_label("署名（记入操作日志）")
    field.fill(name)
    field.press("Enter")
    settled(page)


def test_from_the_notice_to_a_closed_problem(open_page) -> None:
    page = goto(open_page(1440, 1200), "outcomes")
    expect(page.get_by_text("请决定3项结果运用")).to_be_visible()
    sign(page, "张三")
    page.get_by_role("button", name="登记通报").click()
    form = page.get_by_role("dialog")
    form.get_by_label("通报文号").fill("江扶字〔2020〕9号")
    form.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    page.keyboard.type("20201231")
    form.get_by_label("通报文号").click()  # which puts the calendar away
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_text("提交整改方案与报告限2021-02-28前（含当日）")).to_be_visible()

    talk = page.locator(".st-key-matter-1")
    talk.get_by_role("button", name="登记决定").click()
    form.get_by_text("采纳", exact=True).click()
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    expect(talk.get_by_text("采纳")).to_be_visible()
    expect(page.get_by_text("请决定2项结果运用")).to_be_visible()

    page.get_by_text("从测算结果中选取问题").click()
    page.get_by_role("button", name="列入", exact=True).first.click()
    card = page.locator(".st-key-rectification-1")
    expect(card.get_by_text("第1项“建档立卡贫困人口退出情况”")).to_be_visible()
    expect(card.get_by_text("■ 已逾期")).to_be_visible()
    card.get_by_role("button", name="修改").click()
    for label, words in (("原因", "核查不细"), ("整改措施", "逐户复核"), ("责任人（单位）", "区扶贫办")):
        form.get_by_label(label).fill(words)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    card.get_by_role("button", name="报核").click()
    form.get_by_label("佐证说明").fill("退出台账7本，存档案室")
    form.get_by_role("button", name="报核").click()
    expect(card.get_by_text("已整改待核")).to_be_visible()

    card.get_by_role("button", name="核对").click()
    form.get_by_role("button", name="核对属实，销号").click()
    expect(form.get_by_text("须由另一人署名核对后销号")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    sign(page, "李四")
    card.get_by_role("button", name="核对").click()
    form.get_by_role("button", name="核对属实，销号").click()
    expect(card.get_by_text("已销号")).to_be_visible()


def test_a_form_stays_open_with_what_was_typed_while_another_saves(open_page, server: Server) -> None:
    page = goto(open_page(), "outcomes")
    page.get_by_role("button", name="填写问题").click()
    form = page.get_by_role("dialog")
    form.get_by_label("问题").fill("正在填写的问题")
    form.get_by_label("责任人（单位）").fill("市农业农村局")
    with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
        (made,) = store.assessments()
        store.add_rectifications(made.id, [Finding("台山市", "他人列入的问题")], "王五")
    expect(page.get_by_text("他人列入的问题")).to_have_count(1)
    expect(form.get_by_label("问题")).to_have_value("正在填写的问题")
    expect(form.get_by_label("责任人（单位）")).to_have_value("市农业农村局")


def test_the_list_leaves_as_a_workbook(open_page) -> None:
    page = goto(open_page(), "outcomes")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载拟处理名单").click()
    assert download.value.suggested_filename == "2020年江门市 · 县级_拟处理名单.xlsx"


def test_a_phone_never_scrolls_sideways(open_page) -> None:
    page = goto(open_page(390, 844), "outcomes")
    expect(page.get_by_role("heading", name="整改台账")).to_be_visible()
    wide = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert wide[0] <= wide[1]
