"""A planner's path: read what would bring a unit to 好, try it, keep it, compare it, and carry it out of the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import Server, goto, serve, settled
from tests.browser.whatif_hands import agree
from tests.data.office import recalculated
from tests.pages import builders

NEAREST = "距“好”差0.76分"
SCENARIO = "日常工作调减"
Told = tuple[str, str, str]
SCHEME = re.compile(r"(?P<grade>较?好|一般|较差)\s[^\d]*(?P<score>\d+\.\d\d)\D.*?第(?P<place>\d+)位", re.DOTALL)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=builders.county) as running:
        yield running


def test_a_planner_finds_who_is_nearest_to_a_better_grade_sees_it_flip_and_takes_it_to_the_meeting(
    open_page, tmp_path: Path
) -> None:
    page = open_page()
    alias = follows_what_would_move_it(page)
    keeps_it(page)
    page.get_by_role("link", name="到情景比对").click()
    compared = table_of(compared_page(page))
    assert compared[alias] == [("4", "89.24", "较好"), ("3", "90.00", "好")]

    paper = "\n".join(texts_of(fetched(page, "compare-memo", tmp_path / "memo.docx")))
    assert SCENARIO in paper
    assert alias in paper
    assert not [name for name in builders.CROSS_AND_MUNICIPAL if name in paper]

    book = fetched(page, "compare-book", tmp_path / "book.xlsx")
    assert in_the_book(recalculated(tmp_path, {"book": book.read_bytes()})["book"]["结果比对"]) == compared

    link = page.locator(".st-key-compare-link")
    link.locator("summary").click()
    elsewhere = open_page()
    goto(elsewhere, link.locator("code").inner_text())
    assert table_of(compared_page(elsewhere)) == compared


def follows_what_would_move_it(page: Page) -> str:
    """The card of the unit nearest to 好, its link followed: the board shows that the grade flips. The unit's alias."""
    goto(page, "firmness")
    page.get_by_test_id("stButtonGroup").get_by_text("离升等次最近的在前").click()
    card = page.locator("[class*=st-key-firmness-card-]", has_text=NEAREST).first
    expect(card).to_contain_text("日常工作权重由30%降至23.55%以下（其余按比例），即达到“好”")
    alias = card.locator("strong").first.inner_text().replace("\u2060", "")
    card.get_by_role("link", name="到权重测算试一试（升等次）").click()
    row = page.locator(".st-key-whatif-exact tbody tr", has_text=alias)
    expect(row).to_contain_text("90.00")
    expect(row).to_contain_text("较好 →")
    agree(page)
    return alias


def keeps_it(page: Page) -> None:
    settled(page).get_by_role("button", name="存为情景").click()
    page.get_by_label("情景名称").fill(SCENARIO)
    page.get_by_label("用途").fill("领导小组会商权重")
    page.get_by_role("button", name="保存情景").click()
    expect(page.get_by_text(f"情景“{SCENARIO}”，不影响正式结果")).to_be_visible()


def compared_page(page: Page) -> Page:
    """The page once its table has the scenario and its end is drawn."""
    expect(page.locator(".st-key-compare-units").get_by_role("columnheader", name=SCENARIO)).to_be_visible()
    expect(button(page, "compare-book")).to_be_visible()
    return settled(page)


def table_of(page: Page) -> dict[str, list[Told]]:
    """{unit: (place, score, grade) scheme by scheme}; units without a score (暂缺) left out."""
    rows = page.locator(".st-key-compare-units tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td, th')].map(cell => cell.innerText))"
    )
    told = {name.replace("\u2060", ""): [SCHEME.search(text.replace("\u2060", "")) for text in cells] for name, *cells in rows}
    return {unit: [(m["place"], m["score"], m["grade"]) for m in each if m] for unit, each in told.items() if all(each)}


def in_the_book(sheet: Worksheet) -> dict[str, list[Told]]:
    """The same from the workbook's sheet 结果比对: under two lines of heads, 位次, 综合得分 and 等次 of each scheme."""
    heads = [cell.value for cell in sheet[5]]
    starts = [at for at, head in enumerate(heads) if head == "位次"]
    found = {}
    for row in sheet.iter_rows(min_row=6, values_only=True):
        if row[0] and row[starts[0]] not in (None, ""):
            found[str(row[0])] = [(str(row[at]), f"{row[at + 1]:.2f}", str(row[at + 2])) for at in starts]
    return found


def fetched(page: Page, key: str, path: Path) -> Path:
    with page.expect_download() as coming:
        button(page, key).click()
    coming.value.save_as(path)
    return path


def button(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} button")


def texts_of(path: Path) -> list[str]:
    paper = docx.Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in paper.paragraphs] + cells
