"""Files of every format and state: what opens, what is refused and in which words. Nothing here may raise."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sheets import KINDS, guard
from data.sheets.grid import MOST_CELLS, a1, area, place
from data.sheets.xlsx import read_xlsx
from tests.data.sheet_formats import TOTALS, csv, form_rows, ods, xls
from tests.data.sheet_forms import COUNTY, cells, errors, form, grades, only, page, read, saved, table

# --- refused


def encrypted_office():
    """The head of a password-protected workbook: an OLE file with the stream EncryptedPackage."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def repacked(content, change):
    """A workbook with some of its parts changed: change(name, data) → data."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: change(name, archive.read(name)) for name in archive.namelist()})


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("表.xlsx", b"", "empty-file", "文件是空的"),
        ("表.xlsx", b"PK\x03\x04" + b"\0" * (20 << 20), "too-large", "文件有 21 MB，超过上限 20 MB"),
        ("表.xlsx", form()[:3000], "damaged", "不完整或已损坏"),
        ("表.xlsx", form()[:-30], "damaged", "不完整或已损坏"),
        ("表.xls", xls(TOTALS)[:600], "damaged", "不完整或已损坏"),
        ("表.xlsx", encrypted_office(), "password", "设有打开密码"),
        ("表.xls", xls(TOTALS).replace(b"\x5c\0\x70\0", b"\x2f\0\x70\0", 1), "password", "设有打开密码"),
        ("表.xlsx", b"%PDF-1.7 ...", "not-a-spreadsheet", "这是PDF 文件"),
        ("表.xlsx", b"\x89PNG\r\n\x1a\n", "not-a-spreadsheet", "这是图片"),
        ("表.jpg", b"\xff\xd8\xff\xe0", "not-a-spreadsheet", "这是图片"),
        ("表.docx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}), "not-a-spreadsheet", "Word"),
        ("表.xlsx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}), "not-a-spreadsheet", "Word"),
        ("表.xlsb", packed({"[Content_Types].xml": "<T/>", "xl/workbook.bin": "x"}), "unsupported-format", ".xlsb"),
        ("表.zip", packed({"交叉考核.xlsx": form()}), "archive", "压缩包"),
        ("表.xls", "<html><table><tr><td>√</td></tr></table></html>".encode(), "unsupported-format", "网页"),
        ("表.xls", b'<?xml version="1.0"?><Workbook/>', "unsupported-format", "XML"),
        ("表.csv", b"\0\1\2\3" * 100, "unknown-format", "认不出"),
        ("表.xlsx", packed({"[Content_Types].xml": "<T/>", "../../etc/x": "x"}), "unsafe-names", "不合规范"),
        ("表.xlsx", packed({"[Content_Types].xml": "<T/>", "xl/a.xml": b"\0" * (130 << 20)}), "zip-bomb", "解压后过大"),
        ("表.xlsx", saved(openpyxl.Workbook()), "no-form", "没有找到评分表"),
        ("表.csv", "你好".encode(), "no-form", "没有找到评分表"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_plain_words(name, content, code, words):
    reading = read(content, name)
    told = next(each for each in reading.problems if each.level == "error")
    assert told.code == code
    assert words in told.message
    assert told.mend
    assert (reading.verdict, reading.sheets, reading.file) == ("reject", (), name)


def test_entities_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change(name, data):
        return bomb + data.split(b"?>", 1)[-1] if name == "xl/worksheets/sheet1.xml" else data

    only(read(repacked(form(), change)), "xml-entities")


def test_a_part_far_larger_than_any_form_is_refused():
    def change(name, data):
        return data.replace(b"</sheetData>", b" " * (31 << 20) + b"</sheetData>") if "sheet1" in name else data

    only(read(repacked(form(), change)), "zip-bomb")


def test_more_cells_than_any_form_has_are_refused():
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"

    def change(name, data):
        return (
            data.replace(b"</sheetData>", row * (MOST_CELLS // 1000 + 1) + b"</sheetData>")
            if "sheet1" in name
            else data
        )

    only(read(repacked(form(), change)), "too-many-cells")


def test_a_renamed_spreadsheet_is_read_by_its_content_and_said():
    reading = read(xls(form_rows()), "表.xlsx")
    assert only(reading, "renamed").level == "warning"
    assert "后缀是 .xlsx，内容却是Excel 97-2003" in reading.problems[0].message
    assert grades(reading)[1] == "好"
    assert only(read(form(), "表.csv"), "renamed").level == "warning"


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\表.xlsx", "", "表", ".xlsx", "\0.xlsx"])
def test_a_file_name_is_only_looked_at(name):
    assert grades(read(form(), name))[1] == "好"


# --- workbooks out of the ordinary


def test_a_value_in_the_last_cell_of_a_sheet_costs_nothing():
    assert read(form(cells(XFD1048576="x"))).verdict == "accept"


def test_hidden_sheets_are_reported_and_not_read():
    book = openpyxl.Workbook()
    page(book)
    page(book, unit="江海区", name="旧").sheet_state = "veryHidden"
    reading = read(saved(book))
    assert only(reading, "hidden-sheet").sheet == "旧"
    assert [sheet.unit for sheet in reading.sheets] == ["蓬江区"]
    assert reading.notes == ("工作表“旧”是隐藏的，没有读取",)


def test_another_sheet_without_a_form_is_said_and_one_with_ticks_sent_back():
    book = openpyxl.Workbook()
    page(book)
    book.create_sheet("说明")["A1"] = "请按要求填写"
    assert only(read(saved(book)), "sheet-ignored").sheet == "说明"
    book["说明"]["B2"] = "√"
    assert only(read(saved(book)), "no-form").sheet == "说明"


def test_macros_are_never_run_and_are_said_and_the_values_read():
    with_macros = io.BytesIO(form())
    with zipfile.ZipFile(with_macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 100)
    reading = read(with_macros.getvalue(), "表.xlsm")
    assert grades(reading) == dict.fromkeys(range(1, 20), "好")
    assert "宏没有运行" in only(reading, "macros").message
    assert reading.verdict == "warn"


def test_macros_of_every_format_are_said():
    with zipfile.ZipFile(kept := io.BytesIO(ods(form_rows())), "a") as archive:
        archive.writestr("Basic/Standard/script-lb.xml", "<library/>")
    assert guard.active(kept.getvalue(), "ods")
    assert guard.active(b"\xd0\xcf" + "_VBA_PROJECT_CUR".encode("utf-16-le"), "xls")
    assert not guard.active(xls(TOTALS), "xls")
    assert not guard.active(b"Macros", "text")


def test_a_strict_workbook_is_read_like_any_other():
    def change(name, data):
        data = data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"
        )

    assert grades(read(repacked(form(), change))) == dict.fromkeys(range(1, 20), "好")


def with_shared_strings(content, runs=None):
    """The same workbook as Excel writes it: strings in their own part, one of them with runs and a reading aid."""
    strings: list[bytes] = []

    def moved(found):
        strings.append(found[2])
        return found[1] + b't="s"><v>%d</v></c>' % (len(strings) - 1)

    def change(name, data):
        if name == "xl/worksheets/sheet1.xml":
            return re.sub(rb'(<c [^>]*?)t="inlineStr"><is>(.*?)</is></c>', moved, data)
        link = b'<Relationship Id="rId99" Type="http://x.example/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        return (
            data.replace(b"</Relationships>", link + b"</Relationships>")
            if name == "xl/_rels/workbook.xml.rels"
            else data
        )

    changed = io.BytesIO(repacked(content, change))
    strings = [runs if runs and each == "<t>√</t>".encode() else each for each in strings]
    with zipfile.ZipFile(changed, "a") as archive:
        items = b"".join(b"<si>%s</si>" % each for each in strings)
        archive.writestr("xl/sharedStrings.xml", b'<sst xmlns="http://x.example">%s</sst>' % items)
    return changed.getvalue()


def test_shared_strings_are_read_with_the_fonts_of_their_runs_and_without_reading_aids():
    assert grades(read(with_shared_strings(form()))) == dict.fromkeys(range(1, 20), "好")
    runs = '<r><rPr><rFont val="Wingdings"/></rPr><t>ü</t></r><rPh sb="0" eb="1"><t>gou</t></rPh>'.encode()
    assert grades(read(with_shared_strings(form(), runs))) == dict.fromkeys(range(1, 20), "好")
    assert grades(read(with_shared_strings(form(), b"<t>_x221A_</t>")))[7] == "好"


def test_a_formula_counts_with_the_value_saved_beside_it():
    def change(name, data):
        return re.sub(rb"<f>(.*?)</f><v ?/?>(</v>)?", b"<f>\\1</f><v>88.6</v>", data) if "sheet1" in name else data

    content = repacked(table([TOTALS[0], ["蓬江区", "日常工作", "=80+8.6", "好"]]), change)
    assert read(content).sheets[0].marks[0].score == Fraction("88.6")


def test_a_number_stored_with_the_tail_of_its_float_is_what_was_typed():
    def change(name, data):
        return data.replace(b"<v>80.3</v>", b"<v>80.299999999999997</v>") if "sheet1" in name else data

    content = repacked(table([TOTALS[0], ["蓬江区", "日常工作", 80.3, "好"]]), change)
    assert read(content).sheets[0].marks[0].score == Fraction("80.3")


@pytest.mark.parametrize("code", ["yyyy年m月d日", "[$-804]yyyy-mm-dd", "m/d/yy", "h:mm"])
def test_a_number_formatted_as_a_date_is_a_date(code):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in TOTALS:
        sheet.append(row)
    sheet["C2"] = 44165
    sheet["C2"].number_format = code
    only(read(saved(book)), "date")


@pytest.mark.parametrize("code", ["General", "0.00", '0.0"分"', "#,##0.00", "0.00_ ", "[Red]0.0", "@"])
def test_a_number_formatted_as_a_number_is_a_score(code):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in TOTALS:
        sheet.append(row)
    sheet["C2"].number_format = code
    assert read(saved(book)).sheets[0].marks[0].score == Fraction("88.6")


# --- always an answer


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00", b"\xff\xfe"]),
)
def test_no_bytes_whatever_make_the_reader_raise(content, magic):
    reading = read(magic + content)
    assert reading.verdict == "reject"
    assert "reader-stopped" not in errors(reading)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_form_with_some_bytes_changed_is_read_or_rejected_whole(data):
    content = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    reading = read(bytes(content))
    assert bool(reading.sheets) == (reading.verdict != "reject")
    assert "reader-stopped" not in errors(reading)


FORM = form()


WORDS = [
    "考核指标",
    "好",
    "较好",
    "一般",
    "较差",
    "√",
    "考核单位",
    "得分",
    "等次",
    "考核方式",
    "蓬江区",
    "交叉考核",
    "88",
    "不适用",
]
WORDS += [
    "备注",
    COUNTY.indicators[0].name,
    "2. 防止返贫监测和帮扶情况",
    "",
    "x",
    "考核对象：江海区",
    "序号",
    "市级考核",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9), max_size=12))
def test_no_arrangement_of_the_words_of_a_form_makes_the_reader_stop(rows):
    reading = read(csv(rows).encode() or b" ", "表.csv")
    assert "reader-stopped" not in errors(reading)
    assert bool(reading.sheets) == (reading.verdict != "reject")


# --- addresses and problems as data


@pytest.mark.parametrize(
    ("at", "name"), [((1, 1), "A1"), ((17, 7), "G17"), ((1048576, 16384), "XFD1048576"), ((3, 27), "AA3")]
)
def test_addresses_are_those_of_the_sheet(at, name):
    assert a1(*at) == name
    assert place(name) == at
    assert place("$" + name) == at


@pytest.mark.parametrize("bad", ["", "17", "G", "ABCD1", "中1"])
def test_what_is_no_address_is_refused(bad):
    with pytest.raises(ValueError, match=r".*"):
        area(bad)


def test_every_problem_says_how_to_mend_it():
    for code, kind in KINDS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert kind.message, code
        assert kind.mend, code


def test_the_sizes_that_are_refused_leave_room_for_any_real_form():
    assert 100 * len(form()) < guard.LARGEST
    assert len(read_xlsx(form())) == 1
