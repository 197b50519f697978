"""The official form: what is taken, and each way in which it is sent back."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Font

from data import schemes
from tests.data.sheet_forms import BOXES, COUNTY, cells, errors, form, grades, head, only, page, read, saved

ALL_BEST = dict.fromkeys(range(1, 20), "好")


def test_the_official_form_is_taken_with_each_mark_and_its_cell():
    reading = read(form(cells(E6=None, F6="√", I6="台账齐全")))
    assert reading.verdict == "accept"
    assert reading.problems == ()
    (sheet,) = reading.sheets
    assert (sheet.unit, sheet.component) == ("蓬江区", "cross")
    assert grades(reading) == ALL_BEST | {2: "较好"}
    second = sheet.marks[1]
    assert (second.sheet, second.cell, second.remark, second.score) == ("Sheet1", "F6", "台账齐全", None)
    assert len(reading.rows) == 19


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "✔\ufe0f", "☑", "●", "1", 1, 1.0, "１", " √ ", "√\u200b", "好"])
def test_every_usual_tick_counts(tick):
    assert grades(read(form(cells(E5=tick))))[1] == "好"


@pytest.mark.parametrize(("font", "letter"), [("Wingdings", "ü"), ("Wingdings", "þ"), ("Wingdings 2", "P"),
                                              ("Wingdings 2", "R"), ("Wingdings", "\uf0fc"), ("Webdings", "a")])  # fmt: skip
def test_a_tick_drawn_with_a_symbol_font_counts(font, letter):
    def change(sheet):
        sheet["E5"], sheet["E5"].font = letter, Font(name=font)

    assert grades(read(form(change)))[1] == "好"


@pytest.mark.parametrize("letter", ["ü", "P", "R", "\uf0fc"])
def test_the_letter_of_a_lost_symbol_font_is_no_tick(letter):
    told = only(read(form(cells(E5=letter))), "lost-symbol")
    assert (told.cell, told.value) == ("E5", letter)
    assert "第1项" in told.message
    assert "重新输入√" in told.mend


@pytest.mark.parametrize("cross", ["✗", "×", "✘", "○", "□", "☐", "0", 0, " ", "\u200b"])
def test_crosses_circles_and_empty_boxes_are_no_ticks(cross):
    assert grades(read(form(cells(F5=cross, G5=cross, H5=cross)))) == ALL_BEST


@pytest.mark.parametrize("junk", ["是", "Y", "v", "2", 2, "√√", "?", "-", "☒", "优秀", "对"])
def test_anything_else_in_a_box_is_sent_back(junk):
    told = only(read(form(cells(F5=junk))), "not-a-tick")
    assert (told.level, told.sheet, told.cell, told.value) == ("error", "Sheet1", "F5", str(junk))
    assert f"第1项F5填的是“{junk}”" in told.message


def test_two_ticks_in_a_row_are_sent_back_with_both_cells():
    reading = read(form(cells(F18="√", G18="√", E18=None)))
    told = only(reading, "two-ticks")
    assert told.message == "工作表“Sheet1”第14项两格都打了√（F18、G18），请只留一格"
    assert (told.cell, told.value) == ("F18", "√")
    assert (reading.verdict, reading.sheets) == ("reject", ())


def test_a_row_without_a_tick_is_sent_back():
    told = only(read(form(cells(E7=None))), "no-tick")
    assert told.cell == "E7:H7"
    assert "第3项没有打√" in told.message
    assert "好、较好、一般、较差" in told.mend


def test_a_form_with_a_single_tick_is_not_empty_and_is_told_row_by_row():
    boxes = {f"{column}{row}": None for column in BOXES.values() for row in range(6, 24)}
    assert errors(read(form(cells(**boxes)))) == ["no-tick"] * 18


def test_a_form_whose_only_tick_went_astray_is_not_called_empty():
    boxes = {f"{column}{row}": None for column in BOXES.values() for row in range(5, 24)}
    told = errors(read(form(cells(**boxes | {"I7": "√"}))))
    assert (told.count("no-tick"), told.count("tick-in-remark"), "sheet-empty" in told) == (18, 1, False)


def test_all_problems_of_a_form_come_at_once():
    reading = read(form(cells(E5=None, F6="√", I7="√", E8=None, E9="√√")))
    assert errors(reading) == ["no-tick", "two-ticks", "tick-in-remark", "no-tick", "not-a-tick"]
    assert reading.sheets == ()


def test_a_tick_in_the_remark_is_sent_back_and_never_taken():
    told = only(read(form(cells(E5=None, I5="√"))), "tick-in-remark")
    assert told.cell == "I5"
    assert "备注" in told.message


def test_a_tick_outside_the_boxes_is_sent_back():
    assert only(read(form(cells(K5="√"))), "stray-tick").cell == "K5"
    assert only(read(form(cells(B30="√"))), "stray-tick").cell == "B30"


def test_a_grade_in_the_column_of_another_is_sent_back():
    told = only(read(form(cells(E5=None, F5="好"))), "grade-in-wrong-column")
    assert "该列是“较好”" in told.message


def test_a_tick_in_merged_boxes_belongs_to_neither():
    def change(sheet):
        sheet.merge_cells("E5:F5")

    told = only(read(form(change)), "merged-tick")
    assert "E5:F5" in told.message


@pytest.mark.parametrize(
    ("value", "code"), [(True, "true-false"), ("#N/A", "cell-error"), ("=1+1", "formula-without-value")]
)
def test_other_kinds_of_value_in_a_box_are_named(value, code):
    assert only(read(form(cells(E5=value))), code).cell == "E5"


# --- 不适用


def test_not_applicable_with_a_reason_is_taken_with_a_warning():
    reading = read(form(cells(E12="不适用", I12="本区无农村饮水工程")))
    assert reading.verdict == "warn"
    assert "须经批准" in only(reading, "not-applicable").message
    mark = reading.sheets[0].marks[7]
    assert (mark.indicator, mark.applicable, mark.grade, mark.score) == (8, False, None, None)
    assert (mark.remark, mark.cell) == ("本区无农村饮水工程", "E12")


def test_not_applicable_in_the_remark_counts_with_its_reason():
    reading = read(form(cells(E12=None, I12="不适用：本区无农村饮水工程")))
    assert only(reading, "not-applicable").cell == "I12"
    assert not reading.sheets[0].marks[7].applicable


@pytest.mark.parametrize(
    "change", [{"E12": "不适用"}, {"E12": None, "I12": "不适用"}, {"E12": None, "I12": "不适用。"}]
)
def test_not_applicable_without_a_reason_is_sent_back(change):
    assert "备注没有理由" in only(read(form(cells(**change))), "not-applicable-no-reason").message


def test_a_tick_beside_not_applicable_is_sent_back():
    assert only(read(form(cells(F12="不适用", I12="无此项"))), "tick-and-not-applicable").level == "error"


# --- rows by name


def test_rows_may_stand_in_any_order_and_blank_ones_between():
    def change(sheet):
        sheet.move_range("A10:I10", rows=30)
        sheet.insert_rows(8, 3)

    reading = read(form(change))
    assert reading.verdict == "accept"
    assert grades(reading) == ALL_BEST


def test_line_breaks_blanks_and_full_width_characters_in_a_name_make_no_difference():
    long = '3．县级党委政府主要领导责任、\n党委书记 遍访制度、\u200b"三级结对"“四级挂扶”机制落实情况'
    assert read(form(cells(C7=long, C18="１４、 财政专项扶贫资金使用成效，使用和监管情况"))).verdict == "accept"


def test_the_number_may_stand_in_its_own_column_or_be_left_out():
    def change(sheet):
        for item in COUNTY.indicators:
            sheet[f"C{item.no + 4}"] = item.name
            sheet[f"J{item.no + 4}"] = item.no
        sheet["J3"] = "序号"

    assert read(form(change)).verdict == "accept"
    assert read(form(cells(C5="建档立卡贫困人口退出情况"))).verdict == "accept"


def test_an_item_that_begins_with_a_year_keeps_its_number():
    assert read(form(cells(C22="18.2018-2020年推进《三年行动方案》创新举措、成效等情况"))).verdict == "accept"


def test_a_number_and_a_name_that_disagree_are_sent_back():
    told = only(read(form(cells(C7="5. " + COUNTY.indicators[2].name))), "number-name-differ")
    assert told.cell == "C7"
    assert "序号是5" in told.message
    assert "方案的第3项" in told.message


def test_an_unknown_indicator_is_sent_back_and_the_missing_one_named():
    reading = read(form(cells(C15="11. 旅游扶贫情况")))
    assert errors(reading) == ["unknown-indicator", "missing-indicator"]
    assert (reading.problems[0].cell, reading.problems[0].value) == ("C15", "11. 旅游扶贫情况")
    assert "第11项“产业扶贫情况”" in reading.problems[1].message


def test_a_misspelt_indicator_gets_a_suggestion_and_is_not_taken():
    reading = read(form(cells(C12="8. 饮水安全保障政策落实情況")))
    assert "是否为第8项“饮水安全保障政策落实情况”？" in reading.problems[0].message
    assert reading.verdict == "reject"


def test_a_missing_row_is_named():
    def change(sheet):
        sheet.delete_rows(14)

    assert "第10项“党建扶贫情况”" in only(read(form(change)), "missing-indicator").message


def test_an_indicator_twice_is_sent_back_with_both_cells():
    def change(sheet):
        sheet["C24"], sheet["E24"] = "2. 防止返贫监测和帮扶情况", "√"

    told = only(read(form(change)), "duplicate-indicator")
    assert "C6、C24" in told.message


def test_a_line_of_words_between_the_items_is_said_and_passed_over():
    def change(sheet):
        sheet.insert_rows(8)
        sheet["C8"] = "以下为精准扶贫"

    reading = read(form(change))
    assert only(reading, "row-ignored").cell == "C8"
    assert grades(reading) == ALL_BEST


def test_notes_titles_and_signatures_are_passed_over_in_silence():
    assert (
        read(form(cells(A26="注：1. 每项只打一个√", C27="填表说明：在相应等次打√", C28="审核人："))).verdict == "accept"
    )


@pytest.mark.parametrize(
    "remark", ["考核对象", "考核指标", "考核单位", "得分", "交叉考核", "江海区", "考核对象：江海区", "1", "好"]
)
def test_a_remark_may_say_anything(remark):
    assert grades(read(form(cells(I9=remark, I23=remark)))) == ALL_BEST


# --- columns by header


def test_columns_may_stand_in_any_order_and_others_between():
    def change(sheet):
        sheet.insert_cols(5, 2)
        sheet["E3"] = "实地核查人"
        sheet["F5"] = "张三"
        sheet.move_range("K3:K23", cols=-5)

    def reverse(sheet):
        for row in range(5, 24):
            sheet[f"E{row}"], sheet[f"H{row}"] = None, "√"
        for column, grade in zip("EFGH", reversed(COUNTY.grades), strict=True):
            sheet[f"{column}4"] = grade

    assert grades(read(form(change))) == ALL_BEST
    assert grades(read(form(reverse))) == ALL_BEST


def test_a_score_beside_the_boxes_is_said_and_not_read():
    told = only(read(form(cells(J3="得分", J5=95))), "column-ignored")
    assert (told.level, told.value) == ("warning", "得分")


def test_sums_and_a_result_below_the_form_are_no_marks():
    below = {"C24": "合计", "E24": 19, "F24": 1, "A26": "综合评价等次", "E26": "好"}
    assert grades(read(form(cells(**below)))) == ALL_BEST


def test_headers_and_names_may_be_merged_over_columns():
    def header(sheet):
        for area in [str(each) for each in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_cols(3)
        sheet["C3"], sheet["D3"] = "考核指标", None
        sheet.merge_cells("C3:D4")
        for item in COUNTY.indicators:
            sheet[f"C{item.no + 4}"], sheet[f"D{item.no + 4}"] = item.no, item.name

    def names(sheet):
        for item in COUNTY.indicators[6:9]:
            row = item.no + 4
            sheet[f"B{row}"], sheet[f"C{row}"], sheet[f"D{row}"] = item.name, None, None
            sheet.merge_cells(f"B{row}:C{row}")

    for change in (header, names):
        reading = read(form(change))
        assert (reading.verdict, grades(reading)) == ("accept", ALL_BEST)


def test_a_missing_and_a_doubled_grade_column_are_named():
    assert "“一般”一列" in only(read(form(cells(G4=None))), "missing-column").message
    doubled = read(form(cells(H4="一般")))
    assert errors(doubled) == ["duplicate-column", "missing-column"]
    assert "G4、H4" in doubled.problems[0].message


def test_grades_of_another_scheme_are_named():
    told = only(read(form(cells(E4="优秀", F4="良好", G4="合格", H4="不合格"))), "grades-differ")
    assert "优秀、良好、合格、不合格" in told.message
    assert "本方案的等次是“好、较好、一般、较差”" in told.message


# --- the row that slid


def shifted(grade_column: str | None, source: bool = True, **more):
    """Item 14 one column to the right, as printed; the tick in the named column."""

    def change(sheet):
        item = COUNTY.indicators[13]
        for column in "ABCDEFGHI":
            sheet[f"{column}18"] = None
        sheet["B18"], sheet["C18"], sheet["D18"] = "三、资金管理", "使用监管", f"14. {item.name}"
        sheet["E18"] = item.source if source else None
        sheet["J3"] = None
        if grade_column:
            sheet[f"{grade_column}18"] = "√"
        for address, value in more.items():
            sheet[address] = value

    return form(change)


@pytest.mark.parametrize(("column", "grade"), [("F", "好"), ("G", "较好"), ("H", "一般"), ("I", "较差")])
def test_row_14_shifted_as_in_the_printed_table_is_read_where_its_boxes_stand_and_said(column, grade):
    reading = read(shifted(column))
    assert grades(reading) == ALL_BEST | {14: grade}
    told = only(reading, "row-shifted")
    assert (told.level, told.cell) == ("warning", f"{column}18")
    assert "第14项整行右移了1列" in told.message
    assert f"为“{grade}”" in told.message


def test_a_shifted_row_keeps_its_remark_in_the_column_that_slid_along():
    reading = read(shifted("F", J18="附台账"))
    assert reading.sheets[0].marks[13].remark == "附台账"


def test_a_shifted_name_with_its_tick_under_the_first_header_is_read_by_the_header():
    reading = read(shifted("E", source=False))
    assert (reading.verdict, grades(reading)) == ("accept", ALL_BEST)


def test_a_grade_by_name_tells_how_far_a_shifted_row_slid():
    assert grades(read(shifted(None, source=False, F18="较好")))[14] == "较好"
    assert grades(read(shifted(None, source=False, G18="较好")))[14] == "较好"


@pytest.mark.parametrize("column", ["F", "G", "H"])
def test_a_shifted_row_that_could_be_read_two_ways_is_asked_about(column):
    reading = read(shifted(column, source=False))
    assert only(reading, "shift-unclear").cell == "D18"
    assert reading.sheets == ()


def test_a_shifted_row_with_its_remark_left_behind_is_asked_about():
    assert only(read(shifted("F", I18="附台账")), "shift-unclear").level == "error"


def test_problems_of_a_shifted_row_name_the_cells_as_they_stand():
    assert only(read(shifted(None)), "no-tick").cell == "F18:I18"
    assert "F18、G18" in only(read(shifted("F", G18="√")), "two-ticks").message


# --- several forms


def test_a_workbook_may_hold_a_form_for_each_unit():
    book = openpyxl.Workbook()
    for unit in ("蓬江区", "江海区", "台山市"):
        page(book, unit=unit, name=unit)
    reading = read(saved(book), "交叉考核.xlsx")
    assert reading.verdict == "accept"
    assert [sheet.unit for sheet in reading.sheets] == ["蓬江区", "江海区", "台山市"]


def test_forms_may_stand_below_one_another():
    book = openpyxl.Workbook()
    sheet = page(book)
    below = page(book, unit="江海区", grade="较好", name="x")
    for row in below.iter_rows():
        for cell in row:
            if cell.value is not None and type(cell).__name__ != "MergedCell":
                sheet.cell(cell.row + 28, cell.column, cell.value)
    del book["x"]
    reading = read(saved(book))
    assert [(each.unit, each.marks[0].grade, each.marks[0].cell) for each in reading.sheets] == [
        ("蓬江区", "好", "E5"),
        ("江海区", "较好", "F33"),
    ]


def test_a_form_may_go_on_below_a_header_repeated_after_a_page_break():
    def change(sheet):
        sheet.move_range("A19:I23", rows=3)
        head(sheet, 20)

    reading = read(form(change))
    assert reading.verdict == "accept"
    assert grades(reading) == ALL_BEST


def test_a_city_form_is_recognised_when_a_county_one_was_asked_for():
    city = schemes.scheme("jiangmen-2020-city")
    book = openpyxl.Workbook()
    page(book, title="2020年江门市本级党委和政府扶贫开发工作成效考核指标表", scheme=city)
    reading = read(saved(book))
    assert "other-scheme" in errors(reading)
    assert "本级" in reading.problems[0].message


def test_the_boxes_of_the_tests_are_those_of_the_printed_table():
    assert BOXES == {"好": "E", "较好": "F", "一般": "G", "较差": "H"}
