"""抽签 before a room: numbers called out, pairs on the wall at once, the sheet to sign, and the same pairs from the seed again."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from data.schemes import scheme
from scoring.draws import draw, plan
from tests.browser.driver import Server, choose, goto, serve, settled
from tests.pages import builders

SEED = "3 17 22 8 41 9 30"
ROSTER = "户编号,镇,村,类别\n" + "".join(f"A{n:03},大桥镇,白石村,{'分散贫困户' if n % 2 else '集中'}\n" for n in range(60))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def stock(store) -> None:
    builders.empty(store, "ruyuan-2017", "2017年乳源")
    builders.empty(store, "jiangmen-2020-county", "2020年江门市 · 县级")


def open_draw(page: Page) -> None:
    """Through the menu, as a clerk would."""
    goto(page)
    page.get_by_text("数据汇集", exact=True).first.click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="抽签与抽样").click()
    expect(page.get_by_role("heading", name="抽签与抽样")).to_be_visible()
    settled(page)


def test_seven_numbers_called_out_give_seven_pairs_that_everyone_sees_and_can_draw_again(
    open_page: Callable[..., Page],
) -> None:
    clerk, wall = open_page(), open_page(1920, 1080)
    open_draw(wall)
    open_draw(clerk)
    seed = clerk.get_by_role("textbox", name="种子")  # of the tab that is shown
    seed.fill(SEED)
    expect(seed).to_have_value(SEED)
    settled(clerk)
    clerk.get_by_role("button", name="抽签", exact=True).click()
    for line in draw(plan(scheme("jiangmen-2020-county")), SEED):
        told = f"第{line.number}组（{line.group}） → 考核 {line.objects[0]}"
        expect(clerk.locator("ol.drawn li").nth(line.number - 1)).to_have_text(told)
        expect(wall.locator("ol.drawn li").nth(line.number - 1)).to_have_text(told)  # nobody reloaded it
    letters = wall.locator("ol.drawn").evaluate("list => parseFloat(getComputedStyle(list).fontSize)")
    assert letters >= 28  # pixels, to be read from the last row
    clerk.get_by_role("button", name="用此种子重做核对").click()
    expect(clerk.get_by_text("结果与记录逐项相同")).to_be_visible()

    with clerk.expect_download() as download:
        clerk.get_by_role("button", name="下载结果表").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    words = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert f"种子：{SEED}" in words
    assert "第7组（恩平市）" in words


def test_on_a_phone_the_pairs_are_read_without_sideways_scrolling(open_page: Callable[..., Page]) -> None:
    phone = open_page(390, 844)
    goto(phone, "draw")
    expect(phone.locator("ol.drawn li")).to_have_count(7)
    width = phone.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert width <= 0


def test_a_roster_with_identity_numbers_is_refused_and_one_of_numbers_is_drawn_and_checked(page: Page) -> None:
    goto(page, "draw?a=1")
    choose(page, "抽样规则", "其中分散贫困户")
    drop(page, "户编号,镇,备注\n1,大桥镇,440232198001011234\n")
    expect(page.get_by_text("第2行C列像身份证号。抽样只需户编号")).to_be_visible()
    drop(page, ROSTER)
    expect(page.get_by_text("已读60条；类别：集中、分散贫困户。")).to_be_visible()
    settled(page)
    page.get_by_text("上列不足之处已核实").click()  # nobody in this list is 因残 or 因病, and the document wants some
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.get_by_text("抽20户（名册60户）")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="用此种子和名册重做核对").click()
    drop(page, ROSTER, last=True)
    expect(page.get_by_text("结果与记录逐项相同").first).to_be_visible()


def drop(page: Page, text: str, last: bool = False) -> None:
    """Give a list to the zone that is shown, or to the one in the open box."""
    zones = page.get_by_test_id("stPopoverBody").last if last else page
    zones.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": "名册.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    )
