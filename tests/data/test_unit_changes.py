"""单位变动表: read whole or not at all, every mistake with its cell, and who goes on from whom."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import openpyxl

from data.documents.unit_changes_form import unit_changes_form
from data.unit_changes import MOST, UnitChange, check, from_text, kin_of, left_over, read_changes, to_text
from scoring.compared import Kin

OLD, NEW = ("东镇", "西镇", "南镇", "北镇", "旧镇"), ("东街道", "大镇", "北一镇", "北二镇", "新区")
ALL = (
    UnitChange("东镇", "东街道", "更名"),
    UnitChange("西镇", "大镇", "合并", "30"),
    UnitChange("南镇", "大镇", "合并", "10"),
    UnitChange("北镇", "北一镇", "拆分"),
    UnitChange("北镇", "北二镇", "拆分"),
    UnitChange("", "新区", "新设"),
    UnitChange("旧镇", "", "撤销", note="并入外县"),
)


def test_every_way_of_changing_is_understood() -> None:
    assert check(ALL, OLD, NEW) == []
    one = Fraction(1)
    assert kin_of(ALL, OLD, NEW) == [
        Kin("东街道", (("东镇", one),)),
        Kin("大镇", (("西镇", Fraction(30)), ("南镇", Fraction(10)))),
        Kin("北一镇", (("北镇", one),)),
        Kin("北二镇", (("北镇", one),)),
        Kin("新区"),
    ]
    assert left_over(kin_of(ALL, OLD, NEW), OLD) == ["旧镇"]


def test_where_nothing_is_said_a_unit_goes_on_under_its_name() -> None:
    assert kin_of((), ["东镇", "西 镇"], ["西镇", "别镇"]) == [Kin("西镇", (("西 镇", Fraction(1)),)), Kin("别镇")]


def told(*rows: UnitChange, old: Sequence[str] = OLD, new: Sequence[str] = NEW) -> list[str]:
    return [one.message for one in check(rows, old, new)]


def test_a_merger_without_weights_counts_each_alike_and_one_weight_left_out_is_told() -> None:
    rows = [UnitChange(name, "大镇", "合并", place=f"第{at}行") for at, name in enumerate(OLD[:3], 1)]
    assert told(*rows) == []
    assert kin_of(rows, OLD, NEW)[1].before == tuple((name, Fraction(1)) for name in OLD[:3])
    rows[0], rows[2] = replace(rows[0], weight="30"), replace(rows[2], weight="10")
    (problem,) = check(rows, OLD, NEW)
    assert problem.message == "第2行并入“大镇”的各行有的写了权数，“西镇”没有写"
    assert problem.mend == "同一合并的权数须都写或都不写，请补写或清空"
    rows[1] = replace(rows[1], weight="20")
    assert told(*rows) == []


def test_a_unit_renamed_to_one_of_last_year_s_is_told_unless_that_one_went_elsewhere() -> None:
    """东镇 takes the name 西镇: what 西镇 itself had last year would be nobody's."""
    renamed = UnitChange("东镇", "西镇", "更名", place="第1行")
    assert told(renamed, new=("西镇",)) == ["第1行“东镇”更名为“西镇”，而“西镇”上年已在名单上，没有写它的去向"]
    assert told(renamed, UnitChange("西镇", "东镇", "更名"), new=("西镇", "东镇")) == []  # they changed names
    assert told(renamed, UnitChange("西镇", "", "撤销"), new=("西镇",)) == []
    merged = (UnitChange("西镇", "大镇", "合并"), UnitChange("南镇", "大镇", "合并"))
    assert told(renamed, *merged, new=("西镇", "大镇")) == []
    assert told(UnitChange("东 镇", "东镇", "更名"), old=("东 镇",), new=("东镇",)) == []  # its own name, a space less


def test_a_unit_said_to_be_dissolved_that_is_still_on_the_roster_is_told_unless_another_has_its_name() -> None:
    gone = UnitChange("旧镇", "", "撤销", place="第1行")
    assert told(gone, new=("旧镇", "新区")) == ["第1行“旧镇”写为撤销，而本年名单上仍有它"]
    assert told(gone, new=("新区",)) == []
    assert told(gone, UnitChange("东镇", "旧镇", "更名"), new=("旧镇",)) == []
    assert told(gone, UnitChange("", "旧镇", "新设"), new=("旧镇",)) == []


def test_a_table_of_too_many_rows_is_refused_with_their_number_and_none_is_dropped() -> None:
    names = [f"第{at}镇" for at in range(MOST + 1)]
    table = "原名称,现名称,方式\n" + "".join(f"{name},{name}街道,更名\n" for name in names)
    found = read_changes(table.encode(), names, [f"{name}街道" for name in names])
    assert [one.message for one in found.problems] == ["表中有2001行，最多2000行"]
    assert found.changes == ()


def test_a_filled_table_reads_back_as_the_very_rows_and_so_does_what_is_kept() -> None:
    found = read_changes(unit_changes_form(ALL), OLD, NEW)
    assert not found.rejected
    assert [(r.old, r.new, r.way, r.weight, r.note) for r in found.changes] == [
        (r.old, r.new, r.way, r.weight, r.note) for r in ALL
    ]
    assert from_text(to_text(ALL)) == ALL


def test_all_mistakes_are_told_at_once_each_with_its_cell_and_nothing_is_taken() -> None:
    book = openpyxl.load_workbook(io.BytesIO(unit_changes_form()))
    sheet = book["单位变动表"]
    for row, texts in enumerate((("东镇", "东街道", "改名"), ("无此镇", "大镇", "更名"), ("西镇", "", "合并"),
                                 ("", "新区", "更名"), ("旧镇", "新区", "撤销"), ("南镇", "大镇", "合并", "三十")), 4):  # fmt: skip
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text)
    kept = io.BytesIO()
    book.save(kept)
    found = read_changes(kept.getvalue(), OLD, NEW)
    assert found.rejected
    assert found.changes == ()
    assert [one.message for one in found.problems] == [
        "C4没有“改名”这一方式",
        "C5原名称“无此镇”不在上年的考核对象名单上",
        "C6方式为“合并”，没有写现名称",
        "C7方式为“更名”，没有写原名称",
        "C8方式为“撤销”，不应有现名称“新区”",
        "C9权数“三十”不是大于0的数",
    ]
    assert all(one.mend for one in found.problems)


def test_rows_that_contradict_each_other_are_told() -> None:
    rows = [
        UnitChange("东镇", "东街道", "更名", place="第1行"),
        UnitChange("东镇", "大镇", "合并", place="第2行"),
        UnitChange("西镇", "新区", "拆分", place="第3行"),
    ]
    assert told(*rows) == [
        "第1行“东镇”更名为“东街道”，又另有变动",
        "第2行并入“大镇”的只有“东镇”一个",
        "第3行由“西镇”拆出的只有“新区”一个",
    ]


def test_a_file_that_is_no_such_table_is_refused_with_what_to_do() -> None:
    assert "没有找到表头" in read_changes("甲,乙\n1,2\n".encode(), OLD, NEW).problems[0].message
    (broken,) = read_changes(b"PK\x03\x04 no workbook", OLD, NEW).problems
    assert broken.mend
    assert "名单" not in broken.message + broken.mend
