"""A paper as .docx: nothing of it is lost, and it has the form of official papers whatever its texts are."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx.document import Document as Read
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from data.documents.paper_docx import docx
from data.papers.paper import Attachments, Heading, PageBreak, Signature, Table, Text
from tests.data.paper_samples import BLOCKS, MARKING, STAMP, UNITS, WIDE, cells, paper, read

FULL = paper(*BLOCKS, number="江扶组〔2020〕12号")
HOSTILE = "甲\x00乙\x0b</w:p><w:p>&amp;\ud800“丙”"


@pytest.fixture(scope="module")
def found() -> Read:
    return read(docx(FULL))


def line(document: Read, text: str) -> Paragraph:
    return next(each for each in document.paragraphs if each.text.startswith(text))


def told(paragraph: Paragraph, name: str, key: str = "val") -> str | None:
    """A property of a paragraph, as it is written."""
    part = paragraph._element.pPr.find(qn(f"w:{name}"))
    return None if part is None else part.get(qn(f"w:{key}"))


def font(paragraph: Paragraph) -> tuple[str, float]:
    run = paragraph.runs[0]
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_no_text_and_no_cell_is_lost(found):
    texts = [each.text for each in found.paragraphs if each.text]
    assert [text for text in FULL.texts if text not in texts] == []
    assert [cells(each) for each in found.tables] == [
        [list(row) for row in (*table.heads, *table.rows)] for table in FULL.tables
    ]
    assert texts[:3] == ["江扶组〔2020〕12号", "\n".join(FULL.title), "市扶贫开发领导小组："]
    assert "附件：1. 综合考核结果表" in texts
    assert texts[-3:] == ["江门市扶贫开发领导小组办公室", "2020年12月8日", "抄送：市委组织部，市委农办。"]


def test_the_sheet_is_a4_with_the_margins_of_the_standard(found):
    upright, across, _ = found.sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    sides = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert across.orientation == WD_ORIENT.LANDSCAPE
    assert round(across.page_width.mm - across.left_margin.mm - across.right_margin.mm) == 225
    grid = upright._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_only_a_table_that_lies_across_lies_across(found):
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in found.sections]
    assert turned == [False, True, False]


def test_a_heading_goes_with_the_table_that_lies_across_after_it():
    document = read(docx(paper(Text("甲"), PageBreak(), Heading("一、附表"), WIDE)))
    texts = [each.text for each in document.paragraphs]
    ends = [n for n, each in enumerate(document.paragraphs) if each._element.pPr.find(qn("w:sectPr")) is not None]
    assert ends == [texts.index("甲")]  # the upright pages end before the heading, those across with the paper
    assert "pageBreakBefore" not in document._element.xml


def test_every_kind_of_line_has_its_font_and_size(found):
    assert font(line(found, "2020年江门市")) == ("方正小标宋简体", 22)
    assert font(line(found, "一、")) == ("黑体", 16)
    assert font(line(found, "（一）")) == ("楷体_GB2312", 16)
    assert font(line(found, "1. ")) == font(line(found, "现将")) == ("仿宋_GB2312", 16)
    digits = line(found, "现将").runs[0]._element.rPr.rFonts.get(qn("w:ascii"))
    assert digits == "Times New Roman"
    sizes = {run.font.size.pt for table in found.tables for row in table.rows for cell in row.cells
             for each in cell.paragraphs for run in each.runs}  # fmt: skip
    assert max(sizes) <= 12


def test_marks_that_chinese_and_latin_share_are_chinese():
    first, second, third = read(docx(paper(Text("“好”和附件1“较好”")))).paragraphs[2].runs[:3]
    fonts = [run._element.rPr.rFonts.get(qn("w:ascii")) for run in (first, second, third)]
    assert [run.text for run in (first, second, third)] == ["“", "好”和附件1", "“"]
    assert fonts == ["仿宋_GB2312", "Times New Roman", "仿宋_GB2312"]


def test_text_begins_two_characters_in_and_the_addressee_at_the_margin(found):
    assert told(line(found, "现将"), "ind", "firstLineChars") == "200"
    assert told(line(found, "市扶贫开发领导小组："), "ind", "firstLineChars") is None


def test_lines_are_of_even_length_but_where_something_long_cannot_be_broken():
    document = read(docx(paper(Text("现将情况报告如下。"), Text("改用“100/85/75/60”的，等次不变。"))))
    assert told(line(document, "现将"), "jc") == "both"
    assert told(line(document, "改用"), "jc") == "left"


def test_no_heading_and_no_caption_ends_a_page(found):
    for start in ("一、", "（一）", "1. ", "表1", "附表1"):
        assert line(found, start)._element.pPr.find(qn("w:keepNext")) is not None


def test_no_row_is_torn_and_the_heads_are_on_every_page(found):
    for table, heads in zip(found.tables, (2, 1, 1), strict=True):
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [n < heads for n in range(len(rows))]


def test_heads_that_say_the_same_are_one_cell(found):
    upper, lower = found.tables[0].rows[:2]
    assert len(upper._tr.tc_lst) == 4
    assert upper.cells[0]._tc is lower.cells[0]._tc
    assert upper.cells[3]._tc is upper.cells[5]._tc


def test_pages_are_numbered_outside_with_a_dash_on_either_side(found):
    page = found.sections[0]
    assert found.settings.odd_and_even_pages_header_footer
    for foot, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        number = foot.paragraphs[0]
        assert (told(number, "jc"), number.runs[0].font.size.pt) == (side, 14)
        assert told(number, "ind", side) == "280"  # one character of 14 points
        assert number.text.startswith("— ") and number.text.endswith(" —")  # noqa: PT018 - one look of it
        assert " PAGE " in foot._element.xml


def test_marking_and_stamp_stand_above_every_page(found):
    for section in found.sections:
        for head in (section.header, section.even_page_header):
            assert [each.text for each in head.paragraphs] == [MARKING, STAMP]


def test_the_viewer_is_written_across_until_nothing_is_to_be_marked():
    def marks(marking: str, viewer: str) -> list[str]:
        heads = read(docx(replace(FULL, marking=marking), viewer)).sections[0]
        return [
            each.get("string")
            for head in (heads.header, heads.even_page_header)
            for each in head._element.iter("{urn:schemas-microsoft-com:vml}textpath")
            if each.get("string")
        ]

    assert marks(MARKING, "李经办") == ["内部资料·未经审定　李经办"] * 2
    assert marks(MARKING, "") == marks("", "李经办") == []
    assert marks(MARKING, '"/><w:p>李') == ['内部资料·未经审定　"/><w:p>李'] * 2


def begins(paragraph: Paragraph) -> float:
    """Where a line begins, in characters of 15.7 points."""
    return int(told(paragraph, "ind", "left") or 0) / 314


def test_the_date_begins_two_characters_after_the_signature_which_ends_two_before_the_margin(found):
    body, day = line(found, "江门市扶贫开发领导小组办公室"), line(found, "2020年12月8日")
    assert begins(body) == 28 - 2 - 14
    assert begins(day) == begins(body) + 2


def test_a_date_longer_than_the_signature_ends_two_characters_before_the_margin():
    document = read(docx(paper(Text("甲"), Signature("省考核办", date(2020, 12, 28)))))
    body, day = line(document, "省考核办"), line(document, "2020年12月28日")
    assert begins(day) == begins(body) + 2
    assert 18 <= begins(day) <= 20  # 8 digits of about half a character and 3 characters, then two free


def test_a_signature_without_a_day_leaves_room_for_it():
    document = read(docx(paper(Text("甲"), Signature("省考核办", None))))
    assert document.paragraphs[-1].text.split() == ["年", "月", "日"]


def test_one_attachment_has_no_number():
    assert line(read(docx(paper(Attachments(("结果表",))))), "附件").text == "附件：结果表"


def test_what_follows_a_page_break_begins_a_page_and_none_is_left_empty(found):
    assert line(found, "附表1")._element.pPr.find(qn("w:pageBreakBefore")) is not None
    document = read(docx(paper(BLOCKS[9], PageBreak(), Text("甲"), PageBreak())))
    assert "pageBreakBefore" not in document._element.xml  # the upright pages begin anew by themselves


def test_whatever_a_text_says_is_text():
    table = Table(HOSTILE, ((HOSTILE, "数"),), ((HOSTILE, ""), ("", "1\n2")), (100, 56))
    blocks = (Heading(HOSTILE), Text(HOSTILE), table, Attachments((HOSTILE,)), Signature(HOSTILE, None))
    hostile = replace(paper(*blocks, marking=HOSTILE, stamp=HOSTILE), title=(HOSTILE,), addressee=HOSTILE)
    document = read(docx(hostile, HOSTILE))
    clean = "甲乙</w:p><w:p>&amp;“丙”"
    assert line(document, clean).text.replace("\n", "") == clean
    assert cells(document.tables[0]) == [[clean, "数"], [clean, ""], ["", "1\n2"]]
    assert document.core_properties.title == clean


def test_every_part_is_well_formed_and_no_font_is_put_in():
    with zipfile.ZipFile(io.BytesIO(docx(FULL, "李经办"))) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        assert not [name for name in archive.namelist() if "fonts/" in name]
        assert '<w:altName w:val="仿宋"/>' in archive.read("word/fontTable.xml").decode()


def test_a_paper_gives_the_same_bytes_whenever_it_is_written():
    first = docx(FULL, "李经办")
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert docx(FULL, "李经办") == first
    assert read(first).core_properties.author == "衡效"


def test_a_row_that_would_fill_a_page_may_be_torn():
    table = Table("表", (("甲",),), (("很长" * 3000,), ("短",)), (156,))
    rows = read(docx(paper(table))).tables[0].rows
    assert [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows] == [True, False, True]


def test_seventy_six_papers_with_a_table_of_forty_rows_take_a_moment():
    rows = tuple((str(n), "建档立卡贫困人口退出情况", "5.00", "4.50", "资料不齐，扣0.5分") for n in range(40))
    table = Table("各项得分", (("序号", "指标", "满分", "得分", "说明"),), rows, (12, 60, 20, 20, 44))
    start = time.process_time()
    for n in range(76):
        docx(paper(Text(UNITS[n % 7]), table))
    assert time.process_time() - start < 10
