"""A planner tries other weights: seen while dragging, exact after release, the document's own back with one click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board_hands import box_of, control, hold, number, painted, type_number
from tests.browser.driver import Server, serve, settled
from tests.browser.whatif_hands import agree, computed, opened
from tests.pages import builders


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=builders.county) as running:
        yield running


def as_text(frame: str | bytes) -> str:
    """What can be read in a message to the browser."""
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def test_the_ranking_has_changed_while_the_button_is_held_and_the_server_agrees_after_release(page: Page) -> None:
    opened(page)
    before = painted(page)
    agree(page)
    hold(page, "cross", 0.6)
    expect(page.locator(".headline")).to_contain_text("1个市（区）改变等次")
    during = painted(page)
    assert during != before
    assert computed(page) == before  # the server has not been asked yet
    page.mouse.up()
    expect(page.locator(".st-key-whatif-exact")).to_contain_text("90.64")
    assert painted(page) == during
    agree(page)
    page.get_by_role("button", name="恢复文件权重 40/30/30").click()
    expect(page.locator(".st-key-whatif-exact")).not_to_contain_text("90.64")
    assert painted(page) == before
    agree(page)


def test_no_name_is_on_the_page_or_on_its_way_to_it_before_a_reason_was_given(page: Page) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(as_text(frame))))
    opened(page)
    everything = page.locator("body").inner_text()
    names = list(builders.CROSS_AND_MUNICIPAL)
    assert not [name for name in names if name in everything]
    assert "对象甲" in "".join(frames)
    assert not [name for name in names if name in "".join(frames)]
    page.get_by_role("button", name="显示名称").click()
    page.get_by_label("理由").fill("向领导小组汇报")
    page.get_by_role("button", name="确认显示").click()
    expect(page.locator(".slope [data-unit=蓬江区]")).to_be_attached()


def test_a_shared_link_opens_on_what_was_sent(open_page) -> None:
    sender = opened(open_page())
    type_number(sender, "daily", "10")
    expect(sender.locator(".st-key-whatif-exact tbody")).to_contain_text("→")
    sender.wait_for_url("**w=*")
    receiver = opened(open_page(), sender.url)
    expect(number(receiver, "daily")).to_have_value("10")
    assert painted(receiver) == painted(sender)
    agree(receiver)


@pytest.mark.parametrize(("name", "first"), [("类别", "减贫成效"), ("指标", "1"), ("赋分", "好"), ("等次线", "好")])
def test_every_other_level_moves_under_the_hand_and_the_server_agrees(page: Page, name: str, first: str) -> None:
    opened(page)
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    thumb = control(page, f"'{first}'").locator(".thumb")
    thumb.focus()
    settled(page)
    page.locator(".slope [data-unit]").first.wait_for()
    before = painted(page)
    for _ in range(3):
        thumb.press("PageUp")
    expect(page.get_by_text("未保存，不影响正式结果")).to_be_visible()
    assert painted(page) != before
    agree(page)


def test_a_board_the_browser_has_had_before_is_sent_whole_again(page: Page) -> None:
    """Sent by name only, it may be one the browser has just dropped, and then the connection is over (config.toml)."""
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    opened(page)
    thumb = control(page, "cross").locator(".thumb")
    for key in ("PageUp", "PageDown", "PageUp"):
        sizes.clear()
        thumb.press(key)
        agree(page)
        assert max(sizes) > 10_000


def test_a_slider_moved_on_and_back_faster_than_the_server_answers_ends_in_agreement(page: Page) -> None:
    opened(page)
    control(page, "cross").locator(".thumb").focus()
    for key in ("PageUp", "PageUp", "PageUp", "PageDown", "PageUp", "PageDown", "PageDown"):
        page.keyboard.press(key)
    expect(number(page, "cross")).to_have_value("41")
    agree(page)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_the_page_never_scrolls_sideways(open_page, width: int, height: int) -> None:
    page = opened(open_page(width, height))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert box_of(control(page, "cross"))["width"] <= width
