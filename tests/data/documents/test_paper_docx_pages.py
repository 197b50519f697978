"""A paper as LibreOffice prints it: 22 lines of 28 characters between the margins, no row torn, the heads on every page."""

from __future__ import annotations

import random
import re
from datetime import date

import pypdfium2
import pytest

from data.documents.paper_docx import docx
from data.documents.paper_pdf import pdfs
from data.papers.paper import Copies, Heading, Paper, Signature, Table, Text
from tests.data.paper_samples import BLOCKS, LIST, RUNNING, WIDE, body_lines, letters, needs_office, pages, paper

PIECES = (
    "考核",
    "蓬江区",
    "得分",
    "93.36分",
    "“好”",
    "，",
    "、",
    "。",
    "（区）",
    "《办法》",
    "；",
    "第15项",
    "85.00%",
    "：",
    "2020年",
)
MIXED = random.Random(5)
SENTENCES = [f"起{n}始{''.join(MIXED.choices(PIECES, k=MIXED.randint(20, 60)))}终" for n in range(600)]
NAME = "很长的名字" * 8
LONG = Table("表", (("序号", "考核对象"),), tuple((f"{n}号", NAME) for n in range(1, 77)), (20, 80))
TORN = Table("表", (("甲",),), (("起" + "中" * 4000 + "讫",), ("末行",)), (156,))
PAPERS: dict[str, Paper] = {
    "running": paper(Text(RUNNING * 60)),
    "full": paper(*BLOCKS),
    "long": paper(LONG),
    "torn": paper(TORN),
    "mixed": paper(*map(Text, SENTENCES), marking="", stamp=""),
    "signed": paper(*[Text("甲")] * 10, Signature("省考核办公室", date(2020, 12, 8)), Copies(("省委组织部",) * 24)),
    "heads": paper(Text(RUNNING * 12), Heading("一、末"), Heading("（一）末", 2), Text(RUNNING * 30)),
}


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    needs_office()
    made = pdfs([(docx(each, "李经办"), "docx") for each in PAPERS.values()])
    return dict(zip(PAPERS, made, strict=True))


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters(printed):
    lines = body_lines(printed["running"], 1)
    assert [len(line) for line in lines] == [28] * 22
    assert "".join(lines) in RUNNING * 60


def test_the_text_fills_what_the_margins_leave(printed):
    page = pypdfium2.PdfDocument(printed["running"])[1]
    assert [round(side * 25.4 / 72) for side in page.get_size()] == [210, 297]
    boxes = [box for box in letters(printed["running"], 1) if 33 < box[2] < 258]
    assert min(left for _, left, *_ in boxes) == pytest.approx(28, abs=0.5)
    assert max(right for *_, right, _ in boxes) == pytest.approx(210 - 26, abs=0.7)
    middles = [(bottom + top) / 2 for _, _, bottom, _, top in boxes]
    line = 225 / 22
    assert max(middles) == pytest.approx(297 - 37 - line / 2, abs=2)
    assert min(middles) == pytest.approx(35 + line / 2, abs=2)


def test_page_numbers_are_on_the_right_of_odd_pages_and_on_the_left_of_even_ones(printed):
    for number, (least, most) in enumerate(((150, 184), (28, 60), (150, 184))):
        foot = [box for box in letters(printed["running"], number) if box[2] < 33]
        assert "".join(text for text, *_ in foot) == f"—{number + 1}—"
        assert all(least < left and right < most for _, left, _, right, _ in foot)


def test_the_number_stands_seven_millimetres_below_the_text(printed):
    dash = next(box for box in letters(printed["running"], 0) if box[2] < 33)
    middle = (dash[2] + dash[4]) / 2
    assert middle == pytest.approx(35 - 7, abs=1.2)


def torn(found: list[str], table: Table) -> list[str]:
    """The rows whose texts are on no page together."""
    rows = ["".join(row).replace(" ", "") for row in table.rows]
    return [row for row in rows if not any(_holds(page, row) for page in found)]


def _holds(page: str, row: str) -> bool:
    return row in page


def test_no_row_is_torn_over_two_pages(printed):
    lists = pages(printed["full"])
    assert torn(lists, LIST) == []
    assert torn(lists, WIDE) == []
    assert torn(pages(printed["long"]), LONG) == []


def test_every_page_of_a_table_repeats_its_heads(printed):
    assert sum("序号考核对象" in page for page in pages(printed["long"])) == len(pages(printed["long"])) > 2
    wide = [page for page in pages(printed["full"]) if "镇（街道）" in page]
    assert len(wide) > 1
    assert all("考核对象指标1指标2" in page for page in wide)


def test_only_the_wide_table_lies_across(printed):
    document = pypdfium2.PdfDocument(printed["full"])
    for number, text in enumerate(pages(printed["full"])):
        wide, high = document[number].get_size()
        assert (wide > high) == ("镇（街道）" in text)


def test_no_page_is_empty(printed):
    for made in printed.values():
        document = pypdfium2.PdfDocument(made)
        assert all(body_lines(made, number) for number in range(len(document)) if document[number].get_width() < 600)


def test_of_a_row_higher_than_a_page_nothing_is_lost(printed):
    whole = "".join(pages(printed["torn"]))
    assert whole.count("中") == 4000
    assert "末行" in whole


def test_headings_move_on_with_their_text(printed):
    found = pages(printed["heads"])
    for heading in ("一、末", "（一）末"):
        page = next(text for text in found if heading in text)
        assert "各地党委" in page.partition(heading)[2]


def test_copies_stand_at_the_foot_of_the_last_page(printed):
    last = len(pypdfium2.PdfDocument(printed["full"])) - 1
    low = [box for box in letters(printed["full"], last) if 33 < box[2] < 46]
    assert "".join(text for text, *_ in low) == "抄送：市委组织部，市委农办。"


def test_a_date_is_never_torn_from_its_signature(printed):
    found = pages(printed["signed"])
    assert len(found) == 2
    assert any("省考核办公室2020年12月8日" in page for page in found)


def test_no_mark_at_the_end_of_a_line_is_left_out(printed):
    whole = "".join(re.sub("—[0-9]+—", "", page) for page in pages(printed["mixed"]))
    assert [sentence for sentence in SENTENCES if sentence not in whole] == []
