"""The server itself: a link to any page works as the very first request, quietly, and every answer is safe by its headers."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page, expect

from data.demo import load_demo
from tests.browser.driver import Server, goto, serve


@pytest.fixture
def server() -> Iterator[Server]:
    """A fresh process, so that the test's request is its first."""
    with serve(stock=load_demo) as running:
        yield running


def test_a_link_to_a_unit_opens_it_as_the_very_first_request(open_page: Callable[..., Page]) -> None:
    visitor = open_page()
    goto(visitor, "unit?a=1&unit=台山市")
    expect(visitor.get_by_role("heading", name="分项情况")).to_be_visible()
    expect(visitor.get_by_role("heading", name="台山市")).to_be_visible()
    expect(visitor.get_by_text("Page not found")).to_have_count(0)
    expect(visitor).to_have_title("衡效")
    assert visitor.locator("html").get_attribute("lang") == "zh-CN"


def test_every_answer_forbids_sniffing_and_framing(server: Server) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for path in ("/", "/ranking", "/_stcore/health"):
        with opener.open(server.url + path, timeout=30) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_menu_of_a_phone_folds_once_a_page_is_chosen(open_page: Callable[..., Page]) -> None:
    phone = open_page(390, 844, has_touch=True, is_mobile=True)
    goto(phone)
    phone.get_by_test_id("stExpandSidebarButton").click()
    phone.get_by_test_id("stSidebarNavLink").filter(has_text="排名").click()
    expect(phone.get_by_role("heading", name="排名")).to_be_visible()
    expect(phone.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_the_first_page_is_found_by_its_name_too(open_page: Callable[..., Page]) -> None:
    visitor = open_page()
    goto(visitor, "overview?a=1")
    expect(visitor.get_by_role("heading", name="总览")).to_be_visible()
    expect(visitor.get_by_text("Page not found")).to_have_count(0)


def test_an_unknown_name_in_the_address_is_told_and_nothing_breaks(open_page: Callable[..., Page]) -> None:
    visitor = open_page()
    goto(visitor, "unit?a=999&unit=没有这个地方")
    expect(visitor.get_by_role("heading", name="分项情况")).to_be_visible()
    expect(visitor.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_a_start_says_in_one_line_that_everybody_on_the_machine_can_read_the_secrets() -> None:
    with TemporaryDirectory(dir="/tmp") as folder:  # every account may enter it
        path = Path(folder, "secrets.toml")
        path.write_text('[hengxiao]\nhosts = ["a.example"]', encoding="utf-8")
        Path(folder).chmod(0o755)
        for mode, lines in ((0o644, 1), (0o640, 0)):
            path.chmod(mode)
            with serve(env={"STREAMLIT_SECRETS_FILES": str(path)}) as running:
                said = [line for line in running.last_words().splitlines() if f"chmod o-r {path}" in line]
                assert len(said) == lines, running.last_words()
