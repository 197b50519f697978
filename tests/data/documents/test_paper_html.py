"""A paper as a web page: the same texts and tables, nothing from anywhere, nothing that a text could smuggle in."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from lxml import html as parser

from data.documents.paper_html import html
from data.papers.paper import Attachments, Copies, Heading, Signature, Table, Text
from tests.data.paper_samples import BLOCKS, MARKING, SCORES, STAMP, WIDE, paper

FULL = paper(*BLOCKS, number="江扶组〔2020〕12号")
HOSTILE = "甲</style></main><script>alert(1)</script>\"'} *{display:none} <img src=x onerror=alert(1)>\x00"


def rows(told: str) -> list[list[list[str]]]:
    """The body rows of every table."""
    page = parser.fromstring(told)
    return [
        [[cell.text_content() for cell in row.iter("td")] for row in table.find("tbody").iter("tr")]
        for table in page.iter("table")
    ]


def test_no_text_and_no_cell_is_lost():
    told = html(FULL)
    whole = parser.fromstring(told).text_content()
    assert [text for text in (*FULL.texts, *FULL.title, FULL.number, MARKING, STAMP) if text not in whole] == []
    assert rows(told) == [[list(row) for row in table.rows] for table in FULL.tables]
    for table in FULL.tables:
        assert table.caption in whole
        assert all(head in whole for row in table.heads for head in row)
    assert "附件：1. 综合考核结果表2. 问题清单" in whole
    assert "抄送：市委组织部，市委农办。" in whole
    assert "2020年12月8日" in whole


def test_heads_that_say_the_same_are_one_cell():
    heads = parser.fromstring(html(paper(SCORES))).find(".//thead")
    told = [(cell.text, cell.get("rowspan"), cell.get("colspan")) for cell in heads.iter("th")]
    assert told[0] == ("考核对象", "2", None)
    assert ("各考核方式得分", None, "3") in told
    assert len(told) == 7


def test_a_text_is_never_markup_nor_style():
    table = Table(HOSTILE, ((HOSTILE,),), ((HOSTILE,),), (100,))
    blocks = (Heading(HOSTILE), Text(HOSTILE, code=True), Text(HOSTILE, (HOSTILE,)), table, Attachments((HOSTILE,)),
              Signature(HOSTILE, None), Copies((HOSTILE,)))  # fmt: skip
    told = html(replace(paper(*blocks, marking=HOSTILE, stamp=HOSTILE), title=(HOSTILE,), addressee=HOSTILE), HOSTILE)
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)

    Reader().feed(told)
    assert not {"script", "img"} & {*tags}
    assert tags.count("style") == 1
    style = told.partition("<style>")[2].partition("</style>")[0]
    assert "alert" not in style
    assert "\x00" not in told


def test_it_needs_nothing_else_and_runs_nothing():
    told = html(FULL, "李经办")
    assert "default-src 'none'" in told
    assert not re.search(r"https?://|src=|@import|url\(|<script|<link", told)


def test_it_prints_on_the_sheet_of_the_standard():
    told = html(FULL)
    assert "@page{size:A4;margin:37mm 26mm 35mm 28mm;" in told
    assert "@page across{size:A4 landscape;" in told
    assert told.count("<div class=across>") == 1


def test_the_marking_stands_across_each_page_until_there_is_none():
    assert "内部资料·未经审定　李经办</div>" in html(FULL, "李经办")
    assert "内部资料·未经审定</div>" in html(FULL)
    assert "class=watermark" not in html(replace(FULL, marking=""), "李经办")


def test_the_same_paper_gives_the_same_page():
    assert html(FULL, "李经办") == html(FULL, "李经办")


def test_a_heading_goes_with_the_table_that_lies_across_after_it():
    told = parser.fromstring(html(paper(Text("甲"), Heading("一、附表"), WIDE)))
    assert told.find_class("across")[0].text_content().startswith("一、附表附表2")


def test_what_a_paragraph_rests_on_is_told_beside_it():
    told = parser.fromstring(html(paper(Text("予以表扬。", ("六（六）", "口径“位次”")))))
    assert [each.get("title") for each in told.iter("p") if each.text == "予以表扬。"] == ["依据：六（六）、口径“位次”"]
