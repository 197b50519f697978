"""Every format an office saves in is read alike: old workbooks, OpenDocument and text."""

from __future__ import annotations

import datetime
import io
from fractions import Fraction

import pytest
import xlwt
from odf.opendocument import OpenDocumentText
from odf.text import P

from tests.data.sheet_formats import TOTALS, csv, form_rows, ods, xls
from tests.data.sheet_forms import errors, grades, only, read

# --- .xls and .et


@pytest.mark.parametrize("name", ["表.xls", "表.et"])
def test_old_workbooks_are_read_with_their_merged_cells_and_hidden_sheets(name):
    reading = read(xls(form_rows(), merged=[(2, 3, 2, 2), (2, 2, 4, 7)], hidden=True), name)
    assert only(reading, "hidden-sheet").sheet == "旧表"
    assert grades(reading) == dict.fromkeys(range(1, 20), "好")
    assert reading.sheets[0].marks[0].cell == "E5"


def test_old_workbooks_know_wingdings():
    assert grades(read(xls(form_rows("ü"), font="Wingdings"), "表.xls"))[1] == "好"


def test_numbers_dates_errors_and_formulas_of_old_workbooks_are_told_apart():
    def change(sheet):
        percent, date = xlwt.XFStyle(), xlwt.XFStyle()
        percent.num_format_str, date.num_format_str = "0.0%", "yyyy-mm-dd"
        for row, (unit, value, style) in enumerate(
            [
                ("江海区", 0.925, percent),
                ("新会区", datetime.date(2020, 11, 30), date),
                ("台山市", True, xlwt.XFStyle()),
            ],
            2,
        ):
            for column, each in enumerate([unit, "日常工作", value, "好"]):
                sheet.write(row, column, each, style if column == 2 else xlwt.XFStyle())

    assert errors(read(xls(TOTALS, change=change), "表.xls")) == ["percentage", "date", "true-false"]
    assert read(xls(TOTALS), "表.xls").sheets[0].marks[0].score == Fraction("88.6")


# --- .ods


def test_opendocument_sheets_are_read_with_their_hidden_ones_reported():
    reading = read(ods(form_rows(), hidden=True, repeat=(1_000_000, 1000, "")), "表.ods")
    assert only(reading, "hidden-sheet").sheet == "旧表"
    assert grades(reading) == dict.fromkeys(range(1, 20), "好")
    assert read(ods(TOTALS), "表.ods").sheets[0].marks[0].score == Fraction("88.6")


def test_opendocument_knows_wingdings():
    assert grades(read(ods(form_rows("ü"), font="Wingdings"), "表.ods"))[19] == "好"


def test_a_cell_repeated_a_million_times_is_refused():
    told = only(read(ods(form_rows(), repeat=(1_000_000, 1000, "x")), "表.ods"), "too-many-cells")
    assert told.level == "error"


def test_an_opendocument_text_is_no_spreadsheet():
    book = OpenDocumentText()
    book.text.addElement(P(text="√"))
    out = io.BytesIO()
    book.save(out)
    only(read(out.getvalue(), "表.ods"), "not-a-spreadsheet")


# --- csv and other text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding_and_separation(encoding, mark):
    reading = read(csv(form_rows(), mark).encode(encoding), "表.csv")
    assert reading.verdict == "accept"
    assert grades(reading) == dict.fromkeys(range(1, 20), "好")
    assert (reading.sheets[0].marks[0].sheet, reading.sheets[0].marks[0].cell) == ("", "E5")


def test_a_quoted_line_break_in_text_stays_in_its_cell():
    text = '考核单位,考核方式,得分,评价意见\n蓬江区,日常工作,88.60,"工作\n扎实，有成效"\n'
    sheet = read(text.encode(), "表.csv").sheets[0]
    assert (sheet.opinion, sheet.marks[0].score) == ("工作\n扎实，有成效", Fraction("88.6"))


@pytest.mark.parametrize(
    ("typed", "code"), [("TRUE", "true-false"), ("#N/A", "cell-error"), ("92.5%", "percentage"), ("2020/11/30", "date"),
                        ("=SUM(C1)", "formula-without-value"), ("inf", "not-a-number"), ("105", "above-full")]
)  # fmt: skip
def test_text_that_stands_for_another_kind_of_value_is_named(typed, code):
    assert only(read(csv([TOTALS[0], ["蓬江区", "日常工作", typed, "好"]]).encode(), "表.csv"), code).cell == "C2"


def test_text_in_no_known_encoding_is_refused():
    only(read("考核单位,得分".encode("gb18030") + b"\xff\xff\xff", "表.csv"), "bad-encoding")
