"""Fixtures of the journeys. ``server``, then ``page`` (or ``open_page()`` for each further visitor)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driver import ROOT, Server, Witness, chromium_path, launch, new_context, serve

FAILURES = ROOT / "var" / "failures"
SAID_TWICE = "was created with a default value but also had its value set via the Session State API"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, marked or not."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session. Without one the journeys skip, and fail where CI=true."""
    if chromium_path() is None:
        _missing("Chromium is not installed (Debian: apt install chromium), so no journey was driven")
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The whole app over an empty store, fresh for each test file."""
    with serve() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """``open_page()`` gives one more visitor a blank page of their own: goto(page, "…") knows the server.

    At the end no page may have asked another machine for anything, nor logged an error, nor show an exception, nor may
    the server have found a widget whose value was said twice (once as a default, once in the session).
    """
    witness, pages = Witness(), []

    def open_one(width: int = 1440, height: int = 900, **more: object) -> Page:
        context = new_context(browser, width, height, **{"base_url": server.url} | more)
        witness.watch(context)
        pages.append(context.new_page())
        return pages[-1]

    yield open_one
    if getattr(request.node, "failed", False):
        _keep_pictures(request.node.name, pages)
    exceptions = [page.url for page in pages if not page.is_closed() and page.get_by_test_id("stException").count()]
    for page in pages:
        page.context.close()
    assert not witness.complaints, "In the browser:\n" + "\n".join(witness.complaints)
    assert SAID_TWICE not in server.log.read_text(encoding="utf-8", errors="replace"), server.last_words()
    assert not exceptions, f"An exception is shown on {exceptions}; the server's log says which."


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One visitor at a desk, 1440 × 900."""
    return open_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """A failed journey shows the end of its server's log and says where its pictures are."""
    report = yield
    if report.failed:
        item.failed = True  # type: ignore[attr-defined]
        running = getattr(item, "funcargs", {}).get("server")
        if isinstance(running, Server):
            report.sections.append(("server log", running.last_words()))
            report.sections.append(("pictures", f"{FAILURES}/{_file_name(item.name)}-*.png"))
    return report


def _keep_pictures(test: str, pages: list[Page]) -> None:
    FAILURES.mkdir(parents=True, exist_ok=True)
    for number, shown in enumerate(pages, start=1):
        if not shown.is_closed():
            shown.screenshot(path=FAILURES / f"{_file_name(test)}-{number}.png")


def _file_name(test: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in test)[:80]


def _missing(what: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(what)
    pytest.skip(what)
