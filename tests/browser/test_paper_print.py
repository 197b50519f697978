"""A paper's web page as a browser prints and shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from data.documents.paper_html import html
from tests.browser.driver import new_context
from tests.data.paper_samples import BLOCKS, letters, pages, paper


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page from a file, as whoever was sent it opens it."""
    (tmp_path / "paper.html").write_text(html(paper(*BLOCKS), "李经办"), encoding="utf-8")
    context = new_context(browser, 390, 844)
    opened = context.new_page()
    opened.goto((tmp_path / "paper.html").as_uri())
    yield opened
    context.close()


def test_it_prints_on_a4_with_marking_and_number_on_every_page(page: Page) -> None:
    printed = page.pdf(prefer_css_page_size=True)
    document, texts = pypdfium2.PdfDocument(printed), pages(printed)
    assert len(texts) > 4
    for number, text in enumerate(texts):
        wide, high = (round(side * 25.4 / 72) for side in document[number].get_size())
        across = "镇（街道）" in text
        assert (wide, high) == ((297, 210) if across else (210, 297))
        assert "内部资料·未经审定示例数据" in text
        assert "锁定版第3号" in text
        assert "李经办" in text
    feet = [[box for box in letters(printed, n) if box[2] < 33 and box[0] not in "李经办内部资料·未定审"] for n in (0, 1)]
    assert ["".join(text for text, *_ in foot) for foot in feet] == ["—1—", "—2—"]
    assert min(left for _, left, *_ in feet[0]) > 105 > max(left for _, left, *_ in feet[1])


def test_its_text_keeps_to_the_margins(page: Page) -> None:
    boxes = [box for box in letters(page.pdf(prefer_css_page_size=True), 0) if 33 < box[2] < 255]
    assert min(left for _, left, *_ in boxes) == pytest.approx(28, abs=1.5)
    assert max(right for *_, right, _ in boxes) <= 210 - 26 + 1.5


def test_on_a_phone_only_tables_are_pushed_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_role("heading", name="一、基本情况").is_visible()
