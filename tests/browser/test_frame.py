"""The frame itself: the settings of .streamlit/config.toml in a browser, and a witness that misses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import Server, Witness, goto, new_context, serve, settled


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("tests/browser/apps/frame.py") as running:
        yield running


@pytest.fixture
def stranger(browser: Browser, server: Server) -> Iterator[tuple[Page, Witness]]:
    """A page that may misbehave, with its own witness."""
    context, witness = new_context(browser, base_url=server.url), Witness()
    witness.watch(context)
    yield goto(context.new_page()), witness
    context.close()


def test_a_page_opens_and_reruns_without_any_request_outside_and_any_console_error(page: Page) -> None:
    goto(page)
    page.get_by_label("台数").fill("21")
    page.get_by_label("台数").press("Enter")
    expect(page.get_by_text("已收21份")).to_be_visible()


@pytest.mark.parametrize(("scheme", "button", "ground"), [
    ("light", "rgb(0, 78, 140)", "rgb(255, 255, 255)"),
    ("dark", "rgb(40, 119, 185)", "rgb(15, 24, 34)"),
])  # fmt: skip
def test_the_theme_has_our_colours_by_day_and_on_a_wall(open_page, scheme: str, button: str, ground: str) -> None:
    page = goto(open_page(color_scheme=scheme))
    expect(page.get_by_test_id("stBaseButton-primary")).to_have_css("background-color", button)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
    assert "Noto Sans SC" in page.get_by_role("heading", name="总览").evaluate("e => getComputedStyle(e).fontFamily")


def test_an_exception_tells_the_viewer_nothing_and_the_log_everything(stranger, server: Server) -> None:
    page, _ = stranger
    page.get_by_role("button", name="出错").click()
    expect(page.get_by_test_id("stException")).to_be_visible()
    assert "秘密" not in page.content()
    assert "Traceback" not in page.content()
    assert "RuntimeError: 秘密" in server.last_words()


def test_the_witness_notices_a_request_that_leaves_this_machine(stranger) -> None:
    page, witness = stranger
    page.evaluate("fetch('https://tiles.example/1.png').catch(() => 0)")
    settled(page)
    assert any(complaint.startswith("left this machine: https://tiles.example") for complaint in witness.complaints)


def test_the_witness_notices_console_errors_and_script_errors(stranger) -> None:
    page, witness = stranger
    page.evaluate("console.error('甲'); setTimeout(() => { throw new Error('乙') }, 0)")
    page.wait_for_function("() => true")
    page.wait_for_timeout(200)
    assert any("甲" in complaint for complaint in witness.complaints)
    assert any("乙" in complaint for complaint in witness.complaints)
