"""Who assessed whom, read from what people paste, and the 对照表: each mark with its file and cell, nothing in it a formula."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.documents import scales_table
from data.drawing import drawn_json
from data.scales import AssessorsError, current_draw, drawn_assessors, load_scales, read_assessors
from data.schemes import scheme
from data.state import load_state
from data.store import Store
from scoring.scale_values import Assessor
from tests.pages.scales_stock import FAR, GENEROUS, UNITS, drawn, uneven

A, B, C, D = UNITS[:4]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'kept.sqlite'}") as opened:
        yield opened


def book(store: Store, *, without: str = "", who: str = "") -> openpyxl.Workbook:
    made = uneven(store, {B: GENEROUS, C: FAR}, without=without)
    state = load_state(store, made.id)
    scales = load_scales(state, "county", "municipal", read_assessors(who, UNITS))
    return openpyxl.load_workbook(io.BytesIO(scales_table.to_xlsx(state, scales, "2020年12月8日 09:00")))


def rows(sheet: openpyxl.worksheet.worksheet.Worksheet, first: str) -> list[dict[str, object]]:
    """The table that begins where the heading ``first`` stands in the first column."""
    values = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(values) if row[0] == first)
    return [dict(zip(values[head], row, strict=True)) for row in values[head + 1 :]]


def test_groups_are_read_one_by_one_in_whichever_way_they_are_separated() -> None:
    told = f"考核组\t考核对象\n{A}组\t{B}\n第2组（{B}） → {C}、{D}；\n\n省直一组，{A}"
    assert read_assessors(told, UNITS) == {
        B: Assessor(f"{A}组", A), C: Assessor(f"第2组（{B}）", B), D: Assessor(f"第2组（{B}）", B), A: Assessor("省直一组"),
    }  # fmt: skip


def test_a_group_called_just_after_its_unit_is_called_a_group() -> None:
    assert read_assessors(f"{A},{B}", UNITS) == {B: Assessor(f"{A}组", A)}


def test_what_the_draw_command_prints_is_read_as_it_is() -> None:
    printed = drawn_json(scheme("jiangmen-2020-county"), "3 17 22")
    found = read_assessors(json.dumps(printed, ensure_ascii=False), UNITS)
    assert {unit: assessor.home for unit, assessor in found.items()} == {
        line["assesses"][0]: line["group"] for line in printed["lines"]
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{A}组", "第1处没有写清"),
        (f"{A}\t{B} {C}\t{D}", "第1处没有写清"),  # two lines of a spreadsheet that a browser made one
        (f"{A}组，新汇区", "第1处“新汇区”不在名单上；请改为名单上的名称，是否“新会区”"),
        (f"{A}组，{B}；{C}组，{B}", f"第2处“{B}”已写给“{A}组”；一个对象只写一次"),
        (f"{A}组，{A}", f"第1处“{A}组”考核本地"),
        ("{坏的", "不是抽签的 JSON"),
        ('{"lines": 3}', "不是抽签的 JSON"),
        ('[{"group": "甲"}]', "第1处没有写清"),
        ("[" * 5000, "不是抽签的 JSON"),
    ],
)
def test_what_is_amiss_is_told_with_its_place_and_its_mend(text: str, words: str) -> None:
    with pytest.raises(AssessorsError) as told:
        read_assessors(text, UNITS)
    assert words in str(told.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(AssessorsError) as told:
        read_assessors(f"{A}组，某地\n{B}组\n{C}组，{C}", UNITS)
    assert len(told.value.problems) == 3


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(AssessorsError):
        assert set(read_assessors(text, UNITS)) <= set(UNITS)


def test_a_recorded_draw_names_the_groups_and_a_withdrawn_one_does_not(store: Store) -> None:
    made = uneven(store)
    assert current_draw(store.drawings(made.id)) is None
    drawn(store, made, [*UNITS[1:], A])
    one = current_draw(store.drawings(made.id))
    assert one is not None
    assert drawn_assessors(one)[B] == Assessor(f"第1组（{A}）", A)
    store.withdraw_drawing(one.id, "李经办", "名单有误")
    assert current_draw(store.drawings(made.id)) is None


def test_the_workbook_has_the_groups_with_counts_and_chances(store: Store) -> None:
    (row,) = [row for row in rows(book(store, who=f"{A}组，{B}")["各组对照"], "考核组") if row["市（区）"] == B]
    assert row["考核组"] == f"{A}组"
    assert (row["同评项数"], row["高于市级考核"], row["同档"], row["低于市级考核"]) == (19, 12, 6, 1)
    assert (row["平均相差（档）"], row["比市级考核"], row["偶然的可能"]) == ("+0.57", "偏宽", "不足1%")


def test_the_workbook_has_every_item_with_both_cells_and_marks_far_apart_with_what_hangs_on_them(store: Store) -> None:
    made = book(store)
    items = rows(made["逐项对照"], "市（区）")
    assert len(items) == 7 * 19
    (far,) = [row for row in items if row["市（区）"] == C and row["序号"] == 19]
    assert (far["交叉考核"], far["交叉考核出处"]) == ("较差", f"{C}_交叉考核.xlsx {C}!G23")
    assert (far["相差（档）"], far["相差（分）"]) == ("−2", "−25")
    listed = rows(made["相差两档以上"], "市（区）")
    assert {(row["市（区）"], row["序号"], row["相差（档）"]) for row in listed} == {(C, 19, 2)}
    assert "若交叉考核改为“较好”，得分85.00" in str(listed[0]["改动后"])


def test_the_items_on_which_units_differ_stand_beside_each_other(store: Store) -> None:
    """B's group is a grade up on items 1 to 12 and a grade down on 19, where C's is two down: thirteen items in all."""
    state = load_state(store, uneven(store, {B: GENEROUS, C: FAR}).id)
    table = scales_table.matrix_rows(load_scales(state, "county", None, {}))
    assert [str(row["指标"]).split()[0] for row in table] == [*map(str, range(1, 13)), "19"]
    assert (table[0][A], table[0][B], table[-1][B], table[-1][C]) == ("0", "+1", "−1", "−2")


def test_no_total_is_in_the_workbook_while_a_sheet_is_missing(store: Store) -> None:
    made = book(store, without=UNITS[5])
    assert "现得分" not in rows(made["相差两档以上"], "市（区）")[0]
    assert "总分对照" not in made.sheetnames
    assert {row["比市级考核"] for row in rows(made["各组对照"], "考核组")} == {"待评分表到齐"}


def test_the_workbook_says_what_it_is_and_how_it_was_done(store: Store) -> None:
    made = book(store)
    lines = [str(made["各组对照"].cell(at, 1).value) for at in range(1, 4)]
    assert "打分尺度对照表" in lines[0]
    assert "内部资料·未经审定" in lines[1]
    assert "仍在考核、评分的人员不得查阅" in lines[1]
    assert any("符号检验" in str(row["说明"]) for row in rows(made["说明"], "说明"))


def test_a_name_that_begins_like_a_formula_stays_text(store: Store) -> None:
    sheet = book(store, who=f"=cmd()，{B}")["各组对照"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)]
