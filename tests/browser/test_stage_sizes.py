"""The stage fits a projector: no scroll bar, no menu, nothing cut, letters of 28 and key figures of 72 pixels at least."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.driver import Server, serve
from tests.browser.stage_hands import begin, measured, open_at, stage, stock

SIZES = ((1920, 1080), (1366, 768), (1024, 768))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def every_page(page: Page) -> Iterator[str]:
    """Turn through all parts of all pages."""
    for _ in range(60):
        at = stage(page).locator(".page-number").inner_text()
        yield f"{stage(page).get_attribute('data-page')} {at}"
        page.keyboard.press("PageDown")
        if stage(page).locator(".page-number").inner_text() == at:
            return


def insist(page: Page, where: str) -> None:
    found = measured(page)
    assert found["covers"], where
    assert found["over"], f"something lies over the stage: {where}"
    assert found["scrolling"] == 0, where
    assert found["cut"] <= 1, where
    assert found["beyond"] == [], where
    assert found["least"] >= 28, where
    assert all(size >= 72 for size in found["numbers"]), where


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_page_fits_and_can_be_read_from_the_last_row(
    open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page(width, height)
    begin(page, named=True)
    seen = []
    for where in every_page(page):
        insist(page, f"{where} at {width}×{height}")
        seen.append(where.split()[0])
        assert stage(page).locator("h1").inner_text().strip()
    assert {"cover", "conclusion", "ranking", "map", "matters"} <= set(seen)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_answers_trial_and_help_fit_too(open_page: Callable[..., Page], width: int, height: int) -> None:
    page = open_page(width, height)
    open_at(page, "ranking")
    page.keyboard.press("w")
    insist(page, "units")
    for unit in "1357":
        page.keyboard.press(unit)
        stage(page).locator(".topic", has_text="为什么").wait_for()
        stage(page).locator(".rows .line").first.wait_for()
        insist(page, f"why {unit}")
        page.keyboard.press("w")
        stage(page).locator(".topic", has_text="怎样会变").wait_for()
        insist(page, f"change {unit}")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    stage(page).locator(".control").first.wait_for()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    insist(page, "trial")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    help_ = stage(page).locator(".help")
    assert help_.evaluate("(node) => node.scrollHeight <= node.clientHeight + 1")
