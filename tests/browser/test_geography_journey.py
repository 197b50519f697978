"""台山's office brings its towns' areas in a browser: a name is confirmed, the preview drawn, then 启用, 停用, 恢复."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from tests.browser.driver import Server, choose, goto, serve
from tests.data.geography_files import collection, feature, square
from tests.pages.builders import county


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    county(store)


def change(page: Page, verb: str) -> None:
    page.get_by_role("button", name=verb, exact=False).first.click()
    page.get_by_label(f"{verb}理由").fill("会议决定")
    page.get_by_role("button", name=f"确认{verb}").click()
    expect(page.get_by_text(f"已{verb}：江门市台山市界线第1版")).to_be_visible()


def test_areas_are_brought_confirmed_used_withdrawn_and_restored(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "geography")
    choose(page, "县（市、区）", "台山市")
    content = collection(feature("台城街道"), feature("广海慎", square(112.6)), feature("海宴镇", square(112.5, 21.8)))
    page.locator(".st-key-drop-zone-geography input[type=file]").set_input_files(
        {"name": "台山镇界.geojson", "mimeType": "application/json", "buffer": content}
    )
    expect(page.get_by_text("《台山镇界.geojson》已读取，共3个面。")).to_be_visible()
    use = page.get_by_role("button", name="启用为江门市台山市界线")
    expect(use).to_be_disabled()
    choose(page, "第2个要素“广海慎”", "广海镇")
    expect(page.get_by_test_id("stDeckGlJsonChart").first).to_be_visible()
    expect(use).to_be_enabled()
    use.click()
    expect(page.get_by_text("已启用：江门市台山市界线第1版，共3个")).to_be_visible()
    change(page, "停用")
    expect(page.get_by_text("没有启用的自有底图")).to_be_visible()
    page.get_by_text("已被取代和已停用的（1）").click()
    change(page, "恢复")
    expect(page.get_by_text("没有启用的自有底图")).to_have_count(0)
