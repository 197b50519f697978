"""Hands for a data editor, which is drawn on a canvas: cells are found by their heading, typed into, and read back."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import settled

ROW = 36  # pixels of a row, as components.editor.tables draws it
TRIES = 5
FIRST = 50  # pixels to the middle of the first column, right of the marks of rows


def grid(page: Page, heading: str) -> Locator:
    """The first editor with a column of that heading, once it is drawn."""
    found = page.get_by_test_id("stDataFrame").filter(has=page.locator(f'th[role=columnheader]:text-is("{heading}")')).first
    expect(found.locator("canvas").first).to_be_visible()
    return found


def headings(editor: Locator) -> list[str]:
    """The headings of its columns, from the left."""
    cells = editor.locator("canvas").first.locator("th[role=columnheader]")
    return [text.strip() for text in cells.all_inner_texts()]


def type_into(page: Page, editor: Locator, heading: str, row: int, text: str) -> None:
    """Write ``text`` into the cell under a heading in a row (from 1) and leave it with Enter."""
    field = page.locator("#portal textarea, #portal input").first
    for _ in range(TRIES):  # a click into a table that is being drawn anew selects nothing
        expect(editor.locator(f'th[role=columnheader]:text-is("{heading}")')).to_be_attached()
        _open(page, editor, headings(editor).index(heading), row)
        if _seen(field):
            break
    field.fill(text)
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)
    settled(page)


def _open(page: Page, editor: Locator, steps: int, row: int) -> None:
    editor.scroll_into_view_if_needed()
    box = editor.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + FIRST, box["y"] + ROW * row + ROW / 2)
    if not _seen(editor.locator("tbody td[aria-selected=true]").first, attached=True):
        return  # keys would go to whatever had the focus before, such as a tab
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def _seen(found: Locator, *, attached: bool = False) -> bool:
    try:
        if attached:
            expect(found).to_be_attached(timeout=3_000)
        else:
            expect(found).to_be_visible(timeout=3_000)
    except AssertionError:
        return False
    return True


def expect_cell(editor: Locator, heading: str, row: int, text: str) -> None:
    """The cell under a heading in a row (from 1) says ``text``, at once or after the table was drawn anew."""
    expect(editor.locator(f'th[role=columnheader]:text-is("{heading}")')).to_be_attached()
    column = headings(editor).index(heading)
    expect(editor.locator("canvas").first.locator("tbody tr").nth(row - 1).locator("td").nth(column)).to_have_text(text)
