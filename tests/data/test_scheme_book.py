"""Round trip: scheme → Excel → scheme is the same scheme; what is edited in Excel comes back, what is broken is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.documents.scheme_book import scheme_book
from data.scheme_book.layout import LABELS, basics, columns_of, listed, row_kind
from data.scheme_book_file import SchemeBookReading, read_scheme_book, scheme_book_of
from data.schemes import scheme, scheme_ids
from data.sheets.xlsx import read_xlsx
from scoring.load import dump_scheme, load_scheme
from scoring.scheme import Scheme
from tests.scoring.strategies import COUNTY, schemes

RUYUAN = scheme("ruyuan-2017")


def again(rules: Scheme) -> SchemeBookReading:
    return scheme_book_of("方案.xlsx", read_xlsx(scheme_book(rules)))


def edited(rules: Scheme, edit: Callable[[openpyxl.Workbook], None]) -> SchemeBookReading:
    book = openpyxl.load_workbook(io.BytesIO(scheme_book(rules)))
    edit(book)
    kept = io.BytesIO()
    book.save(kept)
    return scheme_book_of("方案.xlsx", read_xlsx(kept.getvalue()))


def put(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return edit


def column(book: openpyxl.Workbook, sheet: str, head: str) -> int:
    return next(cell.column for cell in book[sheet][1] if cell.value == head)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_a_scheme_comes_back_from_excel_as_the_same_scheme(scheme_id: str):
    reading = again(scheme(scheme_id))
    assert reading.problems == ()
    assert reading.scheme == scheme(scheme_id)
    assert reading.scheme.hash == scheme(scheme_id).hash
    assert load_scheme(reading.text) == scheme(scheme_id)


def test_a_workbook_from_outside_is_read_in_a_process_of_its_own_to_the_same_scheme():
    assert read_scheme_book("乳源.xlsx", scheme_book(RUYUAN)).scheme == RUYUAN


whole = schemes().filter(lambda rules: sum(rules.weights.values()) == 100)
"""Schemes that may stand in a file: their weights make a hundred."""


@given(whole)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much], phases=[Phase.generate])
def test_any_reading_of_a_scheme_comes_back_from_excel_and_from_yaml_as_the_same_scheme(rules: Scheme):
    for back in (again(rules).scheme, load_scheme(dump_scheme(rules))):
        assert back == rules
        assert back.hash == rules.hash


odd = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12),
    st.sampled_from(["=1+1", "+86", "-5", "@甲", "'引号", " 两端有空格 ", "一行\r\n两行\t", "_x0041_", "（见“其他”）", "甲；乙", "甲＝乙",
                     "1e5", "0010", "2020-01-01", "甲\x85乙", "\x85头", "甲\u2028乙", "\ufeff头", "TRUE", "null"]),
).filter(str.strip)  # fmt: skip


@given(st.lists(odd, min_size=5, max_size=5), st.lists(odd, min_size=1, max_size=3, unique=True))
@settings(max_examples=40, deadline=None)
def test_whatever_an_office_writes_in_a_scheme_comes_back_letter_by_letter(said: list[str], names: list[str]):
    items = [row.model_dump() for row in COUNTY.indicators]
    items[3] |= {"name": said[0], "note": said[1], "criterion": said[2], "path": names}
    groups = [COUNTY.groups[0].model_dump() | {"text": said[3]}]
    rules = COUNTY.with_elements(title=said[4], indicators=items, groups=groups, supersedes=names)
    back = again(rules)
    assert back.problems == ()
    assert back.scheme == rules
    assert back.scheme.hash == rules.hash


def test_a_title_with_a_character_that_no_page_can_hold_makes_no_damaged_workbook():
    rules = COUNTY.with_elements(title="2026年\x1f考核\uffff")
    assert again(rules).scheme == rules


def test_text_that_begins_like_a_formula_stays_text():
    rules = COUNTY.with_elements(title='=HYPERLINK("x")')
    book = openpyxl.load_workbook(io.BytesIO(scheme_book(rules)))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert again(rules).scheme == rules


def test_a_title_with_letters_that_no_workbook_can_hold_comes_back_too():
    rules = COUNTY.with_elements(title="甲\x00乙\x1f")
    assert again(rules).scheme == rules


def test_numbers_stand_in_cells_as_text_so_that_none_is_bent():
    rules = RUYUAN.replace(lines={"好": Fraction("89.95"), "较好": Fraction(1705, 21)})
    book = openpyxl.load_workbook(io.BytesIO(scheme_book(rules)))
    assert [book["赋分与等次线"][f"C{row}"].value for row in (2, 3)] == ["89.95", "1705/21"]
    assert again(rules).scheme == rules


def test_a_weight_changed_in_excel_comes_back_changed_and_nothing_else_does():
    def edit(book: openpyxl.Workbook) -> None:
        weight = column(book, "考核方式", "权重")
        book["考核方式"].cell(2, weight).value = 50  # a number, as Excel writes what was typed
        book["考核方式"].cell(3, weight).value = "20"

    reading = edited(COUNTY, edit)
    assert reading.problems == ()
    assert reading.scheme == COUNTY.replace(weights={"cross": 50, "municipal": 20})


def test_an_item_added_and_an_item_deleted_in_excel_come_back_so():
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["指标"]
        sheet.delete_rows(3)
        for head, value in {"序号": "20", "类别": "日常工作", "名称": "信访办理", "依据条款": "附件3"}.items():
            sheet.cell(sheet.max_row + (head == "序号"), column(book, "指标", head)).value = value

    reading = edited(COUNTY, edit)
    assert reading.problems == ()
    assert [row.no for row in reading.scheme.indicators] == [1, *range(3, 21)]
    assert reading.scheme.indicators[-1].name == "信访办理"


def test_a_row_deleted_takes_along_what_other_sheets_hold_of_it_and_says_so():
    reading = edited(COUNTY, lambda book: book["等次限制"].delete_rows(3))
    assert [(p.level, p.code) for p in reading.problems] == [("warning", "book-row-gone")]
    assert [rule.id for rule in reading.scheme.limits] == [COUNTY.limits[0].id, COUNTY.limits[2].id]
    assert reading.scheme.limits[1] == COUNTY.limits[2]


def test_a_roster_is_changed_on_its_sheet():
    reading = edited(COUNTY, put("名单", "C2", "蓬江新区"))
    assert reading.scheme.groups[0].units[0].name == "蓬江新区"


@pytest.mark.parametrize(
    ("edit", "where", "words"),
    [
        (put("考核方式", "D2", "四十"), ("考核方式", "D2"), ["四十", "不是数", "89.95"]),
        (put("考核方式", "D2", "41"), ("考核方式", "A2"), ["权重合计为101", "应为100"]),
        (put("等次限制", "E2", "良好"), ("等次限制", "E2"), ["良好", "可用：好、较好、一般、较差"]),
        (put("指标", "C3", "1"), ("指标", "C3"), ["序号1用了两次"]),
        (put("指标", "C1", "编号"), ("指标", "C1"), ["编号", "不是方案的字段"]),
        (put("名单", "B2", "city"), ("名单", "B2"), ["city", "不在“组别”表中", "county"]),
        (put("赋分与等次线", "C3", "95"), ("赋分与等次线", "C2"), ["从高到低"]),
        (put("基本信息", "A3", "tilte"), ("基本信息", "A3"), ["tilte", "不是方案的字段"]),
        (put("基本信息", "A3", "id"), ("基本信息", "A3"), ["重复", "A2"]),
        (put("等次限制", "D2", "受到记过处分"), ("等次限制", "D2"), ["缺少“＝”", "名称＝内容"]),
        (put("其他", "D2", "[{"), ("其他", "D2"), ["不完整", "复制回"]),
        (put("其他", "D2", "[" * 500 + "]" * 500), ("其他", "D2"), ["超过20层", "复制回"]),
        (put("其他", "D2", "[" * 30_000), ("其他", "D2"), ["超过20层", "复制回"]),
        (put("其他", "D2", '{"a": ' * 21 + "1" + "}" * 21), ("其他", "D2"), ["超过20层"]),
        (put("其他", "D2", "[NaN]"), ("其他", "D2"), ["不完整"]),
        (put("其他", "D2", '{"points": -Infinity}'), ("其他", "D2"), ["不完整"]),
        (put("其他", "C4", "ticks.alternatives"), ("其他", "C4"), ["ticks.alternatives", "与D2重复"]),
        (put("考核方式", "D2", "=20+20"), ("考核方式", "D2"), ["没有存下计算结果", "保存一次"]),
    ],
)  # fmt: skip
def test_a_broken_cell_is_told_with_its_sheet_its_cell_and_the_mend(edit, where, words):
    reading = edited(COUNTY, edit)
    assert (reading.text, reading.scheme) == ("", None)
    told = [problem for problem in reading.problems if (problem.sheet, problem.cell) == where]
    assert told, [(p.sheet, p.cell, p.message) for p in reading.problems]
    said = "".join(problem.message + problem.mend for problem in told)
    assert all(word in said for word in words), said


def test_numbers_in_the_sheet_of_what_fits_no_cell_keep_every_digit():
    said = '[{"label": "甲", "why": "乙", "points": {"好": 84.123456789012345678, "较好": 70, "一般": 60, "较差": 50}}]'
    reading = edited(COUNTY, put("其他", "D2", said))
    assert reading.problems == ()
    (other,) = load_scheme(reading.text).ticks.alternatives
    assert dict(other.model_dump()["points"])["好"] == "84.123456789012345678"
    assert dict(other.model_dump()["points"])["较差"] == "50"


def _when(text: object) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        book["结果运用"].cell(3, column(book, "结果运用", "条件")).value = text

    return edit


def test_a_field_written_in_its_own_cell_and_in_the_sheet_of_what_fits_none_is_told_as_contradictory():
    reading = edited(COUNTY, _when("等次＝较差"))
    assert reading.scheme.outcomes[1].when.grades == ("较差",)  # as the workbook's first sheet says: the cell holds
    ((code, cell, said),) = [(p.code, p.cell, p.message + p.mend) for p in reading.problems]
    assert (code, cell[1:]) == ("book-said-twice", "3")
    assert all(word in said for word in ("D7", "两处矛盾", "以该格为准", "可删去", "见“其他”"))


def test_full_marks_in_their_own_cells_and_in_the_sheet_of_what_fits_none_are_told_as_contradictory():
    def edit(book: openpyxl.Workbook) -> None:
        number = book["指标"].cell(2, column(book, "指标", "行")).value
        book["其他"].append(["指标:（全部）", number, "full", '{"county": "1"}'])

    reading = edited(RUYUAN, edit)
    assert [p.code for p in reading.problems] == ["book-said-twice"]
    assert reading.scheme == RUYUAN


def test_a_cell_emptied_whose_words_stand_elsewhere_is_empty_and_says_so():
    reading = edited(COUNTY, _when(None))
    assert [(p.level, p.code, p.cell) for p in reading.problems][:1] == [("warning", "book-rest-unused", "D7")]


@pytest.mark.parametrize("name", ["基本信息", "指标", "名单", "考核方式", "其他"])
def test_a_sheet_taken_away_is_told_and_nothing_is_lost_in_silence(name: str):
    reading = edited(COUNTY, lambda book: book.remove(book[name]))
    assert reading.rejected
    assert any(name in problem.message for problem in reading.problems)


def test_a_component_renamed_on_one_sheet_only_is_told():
    reading = edited(RUYUAN, put("考核方式", "C2", "年终考核"))
    assert any("满分（县考核）" in p.message and "改成同名" in p.mend for p in reading.problems)


def test_a_sheet_of_the_offices_own_is_told_and_left():
    reading = edited(COUNTY, lambda book: book.create_sheet("我的备忘").append(["记一笔"]))
    assert [(p.level, p.sheet) for p in reading.problems] == [("warning", "我的备忘")]
    assert reading.scheme == COUNTY


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", "名称,内容\n甲,1\n".encode(), b"\x00" * 99]
)
def test_a_file_that_is_no_scheme_is_refused_in_words(content: bytes):
    reading = read_scheme_book("x.xlsx", content)
    assert reading.rejected
    assert all(p.message and p.mend for p in reading.problems)


def test_every_field_of_every_table_has_a_chinese_name():
    fields = {column.field for name in listed() for column in columns_of(row_kind(name))}
    fields |= {path[-1] for path, _, _ in basics()}
    assert fields <= set(LABELS), "Name new fields of the scheme in data/scheme_book/layout.py: LABELS"
