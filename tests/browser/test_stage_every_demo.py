"""The stage fits the smallest projector whatever the document: every page of every demonstration, with its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from data.demo import load_all
from data.locked import lock
from data.store import Store
from tests.browser.driver import Server, serve, settled
from tests.browser.stage_hands import measured, stage
from tests.pages.builders import CLERK

pytestmark = pytest.mark.slow


def stock(store: Store) -> None:
    for assessment in load_all(store):
        if not store.locked_versions(assessment.id):
            lock(store, assessment.id, CLERK)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def test_nothing_is_cut_and_nothing_is_small(open_page: Callable[..., Page], server: Server) -> None:
    with Store.open(f"sqlite:///{server.data}/hengxiao.db") as store:
        known = {each.id: each.scheme_id for each in store.assessments()}
    assert len(known) > 5
    page = open_page(1024, 768)
    for number, scheme in known.items():
        page.goto(f"/present?a={number}&lock=1&show=stage")
        stage(page).wait_for()
        settled(page)
        page.keyboard.press("n")
        page.locator("dialog[open]:not([data-revealed='0'])").wait_for()
        for _ in range(60):
            at = stage(page).locator(".page-number").inner_text()
            where = f"{scheme} {stage(page).get_attribute('data-page')} {at}"
            found = measured(page)
            assert (found["beyond"], found["scrolling"]) == ([], 0), where
            assert found["cut"] <= 1, where
            assert found["least"] >= 28, where
            assert all(size >= 72 for size in found["numbers"]), where
            page.keyboard.press("PageDown")
            if stage(page).locator(".page-number").inner_text() == at:
                break
