"""The pages of a PDF as pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from data.documents.page_pictures import pictures
from data.documents.paper_docx import docx
from data.documents.paper_pdf import pdf
from data.papers.paper import PageBreak, Text
from tests.data.paper_samples import WIDE, needs_office, paper


def test_each_page_is_a_picture_as_wide_as_wanted():
    needs_office()
    content = pdf(docx(paper(Text("甲"), PageBreak(), Text("乙"), WIDE)))
    found = [Image.open(io.BytesIO(each)) for each in pictures(content, 400)]
    assert {picture.format for picture in found} == {"PNG"}
    assert [picture.width for picture in found[:3]] == [400] * 3
    assert [picture.height for picture in found[:3]] == [566, 566, 283]  # 400 × 297 ÷ 210, and 400 × 210 ÷ 297
    assert found[0].convert("L").getextrema()[0] < 60  # something is written
    assert len(pictures(content, 100, most=2)) == 2


def test_what_is_no_pdf_is_refused():
    with pytest.raises(ValueError, match="no PDF"):
        pictures(b"PK\x03\x04")
