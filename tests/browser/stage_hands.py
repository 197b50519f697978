"""Hands and eyes for the stage: keys alone, and what is measured on the screen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from data.locked import lock
from data.store import Store
from tests.browser.driver import goto, settled
from tests.pages import builders


def stock(store: Store) -> None:
    """江门's seven complete, locked: 锁定版第1号."""
    made = builders.county(store)
    builders.last_sheet(store, made)
    lock(store, made.id, builders.CLERK)


def stage(page: Page) -> Locator:
    return page.locator("dialog[open]")


def begin(page: Page, *, named: bool = False) -> Locator:
    """From the preparation to the first page."""
    goto(page, "present")
    if named:
        page.get_by_text("开始时隐去名称").click()
        settled(page)
    page.get_by_role("button", name="开始汇报").click()
    return shown(page, "cover")


def open_at(page: Page, key: str) -> Locator:
    """As a reload or a link does."""
    page.goto(f"/present?a=1&lock=1&show=stage&page={key}")
    return shown(page, key)


def shown(page: Page, key: str) -> Locator:
    """The stage, once it shows a page and the server rests."""
    found = page.locator(f"dialog[open][data-page='{key}']")
    found.wait_for()
    settled(page)
    return found


def reveal(page: Page, count: int) -> None:
    """R, and until the name has come."""
    page.keyboard.press("r")
    expect(page.locator(f"dialog[open][data-revealed='{count}']")).to_be_attached()


MEASURED = """(dialog) => {
  const size = (node) => Number.parseFloat(getComputedStyle(node).fontSize);
  const written = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const seen = (node) => node.getBoundingClientRect().width > 0 && getComputedStyle(node).visibility !== 'hidden';
  const texts = [...dialog.querySelectorAll('.sheet *')].filter((node) => written(node) && seen(node));
  const beyond = texts.filter((node) => {
    const box = node.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1;
  });
  const scrolls = (node) => ['auto', 'scroll'].includes(getComputedStyle(node).overflowY) && node.scrollHeight > node.clientHeight;
  const body = dialog.querySelector('.body'), above = document.elementFromPoint(innerWidth / 2, 4), box = dialog.getBoundingClientRect();
  return {
    least: Math.min(...texts.map(size)), numbers: [...dialog.querySelectorAll('.number')].map(size),
    beyond: beyond.map((node) => node.textContent), scrolling: [dialog, ...dialog.querySelectorAll('*')].filter(scrolls).length,
    cut: body ? Math.max(0, body.scrollHeight - body.clientHeight) : 0,
    over: above === dialog.getRootNode().host || dialog.contains(above),
    covers: box.width >= innerWidth && box.height >= innerHeight,
  };
}"""


def measured(page: Page) -> dict[str, Any]:
    """The least letter, the key figures' sizes, what lies beyond the window or is cut, and whether the stage covers all."""
    return stage(page).evaluate(MEASURED)
