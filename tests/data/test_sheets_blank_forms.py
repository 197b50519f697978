"""Forms out and in again: the layout of the official table, and the very sheet read back."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schemes
from data.documents.form_parts import write_text
from data.documents.forms import blank_form, blank_forms_zip, filled_form, filled_workbook
from scoring.marks import Mark, Sheet
from tests.data.scheme_sheets import bare, remarks
from tests.data.sheet_forms import COUNTY, errors, only, read


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_blank_form_has_the_layout_of_the_official_table():
    sheet = opened(blank_form(COUNTY, "蓬江区", "cross"))
    assert sheet["A1"].value == "2020年江门市县级党委和政府扶贫开发成效考核指标表"
    assert (sheet["A2"].value, sheet["D2"].value) == ("考核对象：蓬江区", "考核方式：交叉考核")
    assert [sheet[cell].value for cell in ("A3", "C3", "D3", "E3", "I3")] == [
        "考核内容",
        "考核指标",
        "数据来源",
        "考评等次",
        "备注",
    ]
    assert [sheet[f"{column}4"].value for column in "EFGH"] == ["好", "较好", "一般", "较差"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A3:B4", "C3:C4", "D3:D4", "E3:H3", "I3:I4", "A5:A6", "A7:A17", "B7:B8", "B9:B13", "A19:A21"} <= merged
    assert [sheet[f"A{row}"].value for row in (5, 7, 18, 19, 22)] == [
        "一、减贫成效", "二、精准扶贫", "三、资金管理", "四、工作衔接", "五、扶贫改革",
    ]  # fmt: skip
    assert sheet["C18"].value == "14. 财政专项扶贫资金使用成效、使用和监管情况"
    assert sheet["A25"].value == "考核组组长（签名）："


def test_a_form_prints_the_评分标准_that_an_offices_table_has_and_is_read_back():  # noqa: N802
    items = [row.model_dump() | {"criterion": "缺1项扣1分"} for row in COUNTY.indicators[:2]]
    rules = COUNTY.with_elements(indicators=items)
    sheet = Sheet("蓬江区", "cross", (Mark(1, "好"), Mark(2, "较好")))
    form = opened(filled_form(rules, sheet))
    assert [form[cell].value for cell in ("D3", "D5", "D6", "E3")] == ["评分标准", "缺1项扣1分", "缺1项扣1分", "数据来源"]
    reading = read(filled_form(rules, sheet), scheme=rules)
    assert not reading.problems
    assert [bare(each) for each in reading.sheets] == [bare(sheet)]


def test_only_boxes_and_remarks_can_be_filled_in():
    sheet = opened(blank_form(COUNTY, "蓬江区", "cross"))
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{column}{row}" for column in "EFGHI" for row in range(5, 24)}
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("E5:H23", '"√,不适用"')
    (rule,) = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
    assert rule.formula == ["COUNTA($E5:$H5)<>1"]


def test_a_blank_form_prints_on_a4_landscape_with_its_header_on_each_page():
    sheet = opened(blank_form(COUNTY, "蓬江区", "cross"))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"


def test_a_component_that_first_takes_a_total_has_a_totals_form():
    sheet = opened(blank_form(COUNTY, "台山市", "daily"))
    assert [cell.value for cell in sheet[3]] == ["考核单位", "考核方式", "得分", "评价意见", "备注"]
    assert [cell.value for cell in sheet[4]] == ["台山市", "日常工作", None, None, None]


def test_a_form_left_blank_is_sent_back_once_and_only_for_that():
    told = only(read(blank_form(COUNTY, "蓬江区", "cross")), "sheet-empty")
    assert told.cell == "E5:H23"
    assert "整张表19项都没有打√（E5:H23）" in told.message
    assert errors(read(blank_form(COUNTY, "蓬江区", "daily"))) == ["score-missing"]


def test_a_unit_or_component_the_scheme_does_not_have_is_refused():
    with pytest.raises(ValueError, match="“蓬汪区”不在考核对象名单中"):
        blank_form(COUNTY, "蓬汪区", "cross")
    with pytest.raises(KeyError):
        blank_form(COUNTY, "蓬江区", "third")


def test_all_forms_come_in_one_archive_named_for_what_they_are():
    with zipfile.ZipFile(io.BytesIO(blank_forms_zip(COUNTY, components=["cross", "daily"]))) as archive:
        names = archive.namelist()
        assert len(names) == 14
        assert names[:2] == ["交叉考核_蓬江区.xlsx", "日常工作_蓬江区.xlsx"]
        assert errors(read(archive.read(names[0]), names[0])) == ["sheet-empty"]


def test_forms_of_several_groups_lie_in_a_folder_for_each():
    town = schemes.scheme("jiangmen-2020-town")
    with zipfile.ZipFile(io.BytesIO(blank_forms_zip(town, units=["白沙街道", "白沙镇"]))) as archive:
        names = archive.namelist()
    assert [name.split("/")[0] for name in names] == ["蓬江区", "台山市"]
    with pytest.raises(ValueError, match="名单"):
        blank_forms_zip(town, units=[])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#N/A", '=HYPERLINK("x")', "\t=1"])
def test_text_is_never_written_as_a_formula(text):
    sheet = openpyxl.Workbook().active
    write_text(sheet["A1"], text)
    assert sheet["A1"].data_type == "s"
    marks = tuple(Mark(item.no, "好", remark=text if item.no == 1 else "") for item in COUNTY.indicators)
    content = filled_form(COUNTY, Sheet("蓬江区", "cross", marks))
    assert opened(content)["I5"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_several_filled_forms_fill_one_workbook():
    sheets = [Sheet(unit.name, way, tuple(Mark(item.no, "好") for item in COUNTY.indicators))
              for unit in COUNTY.groups[0].units for way in ("cross", "municipal")]  # fmt: skip
    reading = read(filled_workbook(COUNTY, sheets))
    assert reading.problems == ()
    assert [(sheet.unit, sheet.component) for sheet in reading.sheets] == [
        (sheet.unit, sheet.component) for sheet in sheets
    ]
    with pytest.raises(ValueError, match="没有评分表"):
        filled_workbook(COUNTY, [])


# --- a filled one reads back identically


@st.composite
def tick_sheets(draw, scheme):
    group = draw(st.sampled_from(scheme.groups))
    unit = draw(st.sampled_from(group.units)).name
    ways = [component.id for component in scheme.components if "ticks" in component.marks]
    marks = []
    for item in scheme.indicators_of(scheme.group_of(unit).id):
        remark = draw(remarks)
        fits = draw(st.integers(0, 9)) or not remark or not any(char.isalnum() for char in remark)
        grade = draw(st.sampled_from(scheme.grades))
        marks.append(Mark(item.no, grade if fits else None, applicable=bool(fits), remark=remark))
    return Sheet(unit, draw(st.sampled_from(ways)), tuple(marks))


@settings(max_examples=25, deadline=None)
@given(
    st.data(), st.sampled_from(["jiangmen-2020-county", "jiangmen-2020-town", "jiangmen-2020-city", "guangdong-2019"])
)
def test_a_filled_form_reads_back_as_the_very_sheet(data, scheme_id):
    scheme = schemes.scheme(scheme_id)
    sheet = data.draw(tick_sheets(scheme))
    reading = read(filled_form(scheme, sheet), scheme=scheme)
    assert {each.code for each in reading.problems} <= {"not-applicable"}, reading.problems
    assert [bare(each) for each in reading.sheets] == [sheet]


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(COUNTY.groups[0].units),
    st.integers(0, 10**6).map(lambda n: Fraction(n, 10**4)),
    remarks.filter(bool),
)
def test_a_filled_totals_form_reads_back_as_the_very_sheet(unit, score, opinion):
    sheet = Sheet(unit.name, "daily", (Mark(None, score=score),), opinion)
    reading = read(filled_form(COUNTY, sheet))
    assert reading.problems == ()
    assert [bare(each) for each in reading.sheets] == [sheet]


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_filled_points_form_reads_back_as_the_very_sheet(data):
    scheme = schemes.scheme("neimenggu-2018")
    component = data.draw(st.sampled_from(scheme.components))
    items = [item for item in scheme.indicators if item.full[component.id]]
    points = [Mark(item.no, score=data.draw(st.integers(0, 100)) * item.full[component.id] / 100) for item in items]
    sheet = Sheet("赤峰市", component.id, tuple(points))
    reading = read(filled_form(scheme, sheet), scheme=scheme)
    assert reading.problems == ()
    assert [bare(each) for each in reading.sheets] == [sheet]
