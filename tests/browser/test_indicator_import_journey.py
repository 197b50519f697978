"""An office's own table dropped in a browser: recognised, answered as proposed, and a scheme's draft within a few touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Server, goto, serve, settled

STORED = Path(__file__).parents[1] / "data/indicator_tables"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("tests/browser/apps/indicator_app.py") as running:
        yield running


def bring(page: Page, name: str) -> None:
    page.locator(".st-key-drop-zone-import input[type=file]").set_input_files(STORED / name)
    settled(page)


def test_three_unlike_tables_become_schemes_one_after_the_other(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page)
    for name, told, stands in (
        ("县级三级指标.xlsx", "共3级、7项，合计100分", "专题研究"),
        ("镇街千分制.xls", "共3级、7项，合计1000分", "农产品加工"),
        ("乡镇相对权重.ods", "共2级、6项，合计100%", "班子建设"),
    ):
        bring(page, name)
        expect(page.get_by_text(told)).to_be_visible()
        page.get_by_role("button", name="生成方案草稿").click()
        settled(page)
        expect(page.get_by_test_id("stCode")).to_contain_text(stands)


def test_an_answer_that_does_not_fit_is_told_at_once_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844, has_touch=True)
    goto(page)
    bring(page, "县级三级指标.xlsx")
    field = page.get_by_label("有哪几种考核方式")
    field.fill("年终考核60、平时考核30")
    expect(page.get_by_text("各考核方式的权重合计为90，应为100")).to_be_visible()
    expect(page.get_by_role("button", name="生成方案草稿")).to_be_disabled()
    field.fill("年终考核60、平时考核40")
    expect(page.get_by_role("button", name="生成方案草稿")).to_be_enabled()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
