"""The driver's stores: a journey may begin in any document's 示例数据, or in all of them at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from data.demo import all_demos
from tests.browser.driver import PATIENCE, Server, goto, serve


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock="all") as running:
        yield running


def test_the_demonstration_of_every_document_is_listed_and_opens_under_its_banner(page):
    goto(page, "assessments")
    for demo in all_demos():
        expect(page.get_by_text(demo.name).first).to_be_visible(timeout=PATIENCE)
    for number in range(1, len(all_demos()) + 1):
        goto(page, f"?a={number}")
        expect(page.get_by_text("示例数据").first).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_test_id("stException")).to_have_count(0)
