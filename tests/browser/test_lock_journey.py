"""锁定与审定 in two browsers: what is locked stays while a colleague uploads, the page says so by itself, and locks anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from data.demo import last_form, load_demo
from tests.browser.driver import Server, choose, goto, serve, settled


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=load_demo) as running:
        yield running


def fill(place: Page | Locator, label: str, words: str) -> None:
    field = place.get_by_label(label)
    field.fill(words)
    field.press("Tab")


def test_what_is_locked_stays_while_others_upload_and_the_page_locks_anew(open_page: Callable[..., Page]) -> None:
    presenter, clerk = open_page(1440, 1400), open_page()
    goto(presenter, "lock")
    expect(presenter.get_by_text("还没有锁定版。")).to_be_visible()
    fill(presenter, "署名（记入操作日志）", "张三")
    presenter.get_by_role("button", name=re.compile("^锁定第")).click()
    form = presenter.get_by_role("dialog")
    expect(form.get_by_text("评分表缺1份")).to_be_visible()
    fill(form, "备注（如：提交×月×日领导小组会议）", "预审会")
    form.get_by_role("button", name="锁定", exact=True).click()
    expect(form).to_have_count(0)
    way = presenter.locator(".st-key-stage-computed")
    before = way.inner_text()
    assert "暂缺1个" in before
    presenter.evaluate("window.neverReloaded = true")

    goto(clerk, "upload")
    sheet = last_form()
    clerk.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": sheet.name, "mimeType": "application/octet-stream", "buffer": sheet.content}
    )
    clerk.get_by_role("button", name="确认上报 1 份").click()
    expect(clerk.get_by_text("已上报1份评分表")).to_be_visible()

    expect(presenter.get_by_text(re.compile("数据已于.*更新（第.*版），本页为锁定版第1号"))).to_be_visible()
    expect(presenter.get_by_text(re.compile("补齐后得分1个"))).to_be_visible()
    assert way.inner_text() == before, "no newer figure is mixed in"
    presenter.get_by_role("button", name=re.compile("^锁定第")).click()
    expect(form.get_by_text("数据齐全。")).to_be_visible()
    form.get_by_role("button", name="锁定", exact=True).click()
    expect(form).to_have_count(0)
    expect(presenter.get_by_text("数据已于")).to_have_count(0)
    expect(way).not_to_contain_text("暂缺")
    expect(presenter).to_have_url(re.compile("lock=2"))
    assert presenter.evaluate("window.neverReloaded") is True


def test_a_grade_is_suggested_on_a_phone_with_its_reason(open_page: Callable[..., Page]) -> None:
    phone = open_page(390, 844)
    goto(phone, "lock")
    phone.get_by_role("button", name=re.compile("^锁定第")).click()
    form = phone.get_by_role("dialog")
    form.get_by_role("button", name="锁定", exact=True).click()
    expect(form).to_have_count(0)
    phone.get_by_role("button", name="登记建议等次").click()
    expect(form).to_be_visible()
    choose(phone, "与测算等次不同的市（区）（其余按测算等次）", "台山市")

    fill(form, "理由（与测算不同必填）", "会议研究决定")
    choose(phone, "给予等次", "较差")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    expect(phone.get_by_text("与测算等次不同1个（台山市）")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing lies beside the screen"
    settled(phone)
