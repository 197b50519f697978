"""Eyes for the page 权重测算: what Python computed under the board, and that it is what the board has painted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.board_hands import next_frame, painted
from tests.browser.driver import goto


def opened(page: Page, address: str = "whatif") -> Page:
    goto(page, address)
    page.locator(".slope [data-unit]").first.wait_for()
    return page


def computed(page: Page) -> dict[str, list[str]]:
    """{unit: [score, grade, place]} as Python computed it, from the table under the board."""
    cells = page.locator(".st-key-whatif-exact tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td, th')].map(cell => cell.innerText.trim()))"
    )
    told = {row[0]: [row[2], row[3], row[1]] for row in cells}
    after = {unit: [text.split("→")[-1].strip() for text in row] for unit, row in told.items()}
    return {unit: [score, grade.split()[-1], place] for unit, (score, grade, place) in after.items() if score != "暂缺"}


def agree(page: Page) -> None:
    """The server's figures come to be the painted ones, to the last hundredth, grade and place.

    What the hand has just done is painted a frame later: before that, both sides could agree on what was.
    """
    next_frame(page)
    drawn = painted(page)
    assert drawn
    expect(page.locator(".st-key-whatif-exact")).to_be_visible()
    for _ in range(300):
        if computed(page) == drawn:
            return
        page.wait_for_timeout(100)
    assert computed(page) == drawn
