"""The way an office really starts: its own indicator table, dropped in as it is, becomes forms, and these a ranking.

The three tables were made in LibreOffice, unlike each other and unlike those that the reader's own tests hold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Server, goto, serve, settled

TABLES = Path(__file__).parent / "tables"
TOWNS = {"甲镇": Fraction(9, 10), "乙镇": Fraction(8, 10), "丙镇": Fraction(1, 2)}  # what each earns of every item
GRADES = {"甲镇": "好", "乙镇": "较好", "丙镇": "较差"}  # and where the table is ticked


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def scheme_of(page: Page, table: str, told: str) -> None:
    """The table dropped in, its questions answered as proposed but for the roster, and the draft agreed to."""
    goto(page, "editor")
    page.get_by_text("上传Excel指标表").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(TABLES / table)
    expect(page.get_by_text(told)).to_be_visible()
    page.get_by_label("考核对象名单").fill("、".join(TOWNS))
    settled(page)
    page.get_by_role("button", name="生成方案草稿").click()
    expect(page.get_by_text("校验通过，可以使用")).to_be_visible()
    page.get_by_role("tab", name="办理").click()
    page.get_by_role("button", name="办理同意…").click()
    page.get_by_role("button", name="确认办理同意").click()
    expect(page.get_by_text("办理同意后为“已同意”。")).to_be_visible()


def blank_forms(page: Page) -> dict[str, bytes]:
    """A new assessment by that scheme, and every blank form of it by file name."""
    page.get_by_role("tab", name="办理").click()
    page.get_by_role("button", name="用此方案新建年度考核").click()
    expect(page.get_by_text("考核对象3个：甲镇、乙镇、丙镇")).to_be_visible()
    page.get_by_role("button", name="新建年度考核").click()
    expect(page.get_by_text("并设为当前考核")).to_be_visible()
    page.get_by_role("link", name="去上报评分表").click()
    expect(page.get_by_role("heading", name="数据上报")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="下载空白评分表").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="打包下载（zip）").click()
    packed = zipfile.ZipFile(taken.value.path())
    return {name: packed.read(name) for name in packed.namelist()}


def filled(content: bytes) -> bytes:
    """A form as somebody fills it in by hand: the town's share of each item's 分值, or its grade ticked all the way down."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        heads = {str(cell.value): cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
        town = next(name for name in TOWNS if any(name in head for head in heads))
        for row in range(5, sheet.max_row + 1):
            name = str(sheet.cell(row, heads["考核指标"].column).value or "")
            if not name[:1].isdigit():
                continue
            if "得分" in heads:
                most = Fraction(str(sheet.cell(row, heads["分值"].column).value))
                sheet.cell(row, heads["得分"].column).value = float(most * TOWNS[town])
            else:
                sheet.cell(row, heads[GRADES[town]].column).value = "√"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("table", "told", "scores"),
    [
        ("三级都写分.ods", "共3级、8项，合计100分", ("90.00", "80.00", "50.00")),
        ("村计分表.xls", "共2级、8项，合计100分", ("90.00", "80.00", "50.00")),
        ("逐级权重.xlsx", "共2级、8项，合计100%", ("95.00", "85.00", "60.00")),
    ],
)
def test_an_offices_own_table_becomes_forms_and_a_ranking(
    open_page: Callable[..., Page], table: str, told: str, scores: tuple[str, ...]
) -> None:
    page = open_page()
    scheme_of(page, table, told)
    forms = blank_forms(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": filled(form)} for name, form in forms.items()]
    )
    page.get_by_role("button", name=f"确认上报 {len(forms)} 份").click()
    expect(page.get_by_text(f"已上报{len(forms)}份评分表")).to_be_visible()
    goto(page)
    expect(page.get_by_text("数据已齐。")).to_be_visible()
    ranking = "".join(f"{place}{town}{score}{GRADES[town]}" for place, (town, score) in enumerate(zip(TOWNS, scores, strict=True), 1))
    expect(page.get_by_test_id("stMain")).to_contain_text(ranking)  # 1甲镇90.00好2乙镇80.00较好…
