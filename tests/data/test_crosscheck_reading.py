"""The office's workbook as it comes: any format, any shape; hostile files refused; columns recognised or asked."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from fractions import Fraction

import openpyxl
import pytest

from data.crosscheck.headings import weight_in
from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from data.crosscheck.worker import dump, load, read_apart
from data.sheets.problems import RefusalError
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError
from tests.data.summary_books import COUNTY, HEADS, across, plain, results, saved, values, with_items

RIGHT = results()


def roles(content: bytes, name: str = "汇总.xlsx") -> list[dict[str, str]]:
    """Heading → role of each table."""
    layout = recognise(read_book(name, content), COUNTY)
    return [{column.heading: column.role for column in table.columns} for table in layout.tables]


def rewritten(content: bytes, old: str, new: str) -> bytes:
    """The same file with its first sheet's XML changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != "xl/worksheets/sheet1.xml" or old in data.decode()
            after.writestr(name, data.decode().replace(old, new).encode() if name == "xl/worksheets/sheet1.xml" else data)
    return out.getvalue()


def test_a_formula_is_kept_beside_its_saved_value() -> None:
    book = read_book("汇总.xlsx", saved({"汇总": plain(RIGHT)}))
    cell = book.cell(("汇总", 5, 6))
    assert (cell.text, cell.kind, cell.formula) == ("90", "number", "=ROUND(SUMPRODUCT($C$4:$E$4,C5:E5),2)")
    assert Evaluator(book).formula(("汇总", 5, 6)) == 90


def test_a_shared_formula_is_moved_to_each_of_its_cells() -> None:
    raw = saved({"表": {"A1": 2, "A2": 3, "B1": ("=A1*2", 4), "B2": ("=A2*2", 6)}})
    first = rewritten(raw, "<f>A1*2</f>", '<f t="shared" ref="B1:B2" si="0">A1*2</f>')
    book = read_book("表.xlsx", rewritten(first, "<f>A2*2</f>", '<f t="shared" si="0"/>'))
    assert book.cell(("表", 2, 2)).formula == "=A2*2"


def test_hidden_columns_rows_and_sheets_are_read_and_known() -> None:
    made = openpyxl.load_workbook(io.BytesIO(saved({"汇总": plain(RIGHT), "旧表": {"A1": "x"}})))
    made["汇总"].column_dimensions["J"].hidden = True
    made["汇总"].row_dimensions[4].hidden = True
    made["旧表"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    first, second = read_book("汇总.xlsx", out.getvalue()).sheets
    assert 10 in first.hidden_columns
    assert 4 in first.hidden_rows
    assert second.hidden


def test_what_the_worker_sends_is_what_was_read() -> None:
    book = read_book("汇总.xlsx", saved({"汇总": plain(RIGHT)}))
    assert load(json.loads(json.dumps(dump(book)))) == book


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b"%PDF-1.4", "not-a-spreadsheet"), (b"PK\x03\x04broken", "damaged"), (saved({"空": {}}), "empty-workbook")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content: bytes, code: str) -> None:
    reading = read_apart("表.xlsx", content)
    assert reading.book is None
    assert reading.problem is not None
    assert reading.problem.code == code


def test_entities_in_the_xml_are_refused() -> None:
    bad = rewritten(saved({"表": {"A1": 1}}), "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    with pytest.raises(RefusalError):
        read_book("表.xlsx", bad)


@pytest.mark.parametrize("formula", ["=((((" * 400, "=" + "A1+" * 3000 + "A1", "=[1]外部!A1", "=IF(", "=名称*2", "=A1:XFD1048576*1", "=B1"])
def test_a_crafted_formula_harms_nothing_and_is_told_as_unchecked(formula: str) -> None:
    raw = saved({"表": {"A1": 1, "B1": ("=A1", 1)}})
    book = read_book("表.xlsx", rewritten(raw, "<f>A1</f>", f"<f>{formula[1:]}</f>"))
    with contextlib.suppress(UnsupportedError):
        Evaluator(book).formula(("表", 1, 2))


def test_the_columns_of_a_plain_summary_are_recognised_and_an_unknown_one_is_asked() -> None:
    (told,) = roles(saved({"汇总": plain(RIGHT)}))
    assert told == {
        "序号": "ignore", "单位": "unit", "交叉考核": "component:cross", "市级考核": "component:municipal",
        "日常工作": "component:daily", "综合得分": "total", "等次": "grade", "位次": "rank", "备注": "ignore", "辅助": "ask",
    }  # fmt: skip


def test_two_headers_over_each_other_and_a_sheet_of_items_for_each_component() -> None:
    summary, cross, municipal = roles(saved(with_items(RIGHT), merged=HEADS))
    assert summary["交叉考核 / 折算得分"] == "weighted:cross"
    assert summary["市级考核 / 得分"] == "component:municipal"
    assert (cross["14"], cross["得分"]) == ("item:cross:14", "component:cross")
    assert municipal["19"] == "item:municipal:19"


def test_items_are_found_by_their_names_too() -> None:
    cells = {"A1": "市级考核评分汇总", "A2": "单位", "B2": "党建扶贫情况", "C2": "14.财政专项扶贫资金使用成效、使用和监管情况"}
    cells |= {f"A{row}": one.unit for row, one in enumerate(RIGHT.units, start=3)} | {f"B{row}": "好" for row in range(3, 10)}
    cells |= {f"C{row}": 85 for row in range(3, 10)}
    (told,) = roles(saved({"Sheet1": cells}))
    assert sorted(told.values()) == ["item:municipal:10", "item:municipal:14", "unit"]


def test_a_table_that_runs_across_is_turned() -> None:
    table = recognise(read_book("x.xlsx", saved({"汇总": across(RIGHT)})), COUNTY).tables[0]
    assert table.across
    assert [weight for _, _, weight in table.weights] == [Fraction(2, 5), Fraction(3, 10), Fraction(3, 10)]


def test_a_text_file_has_no_types_and_no_formulas() -> None:
    book = read_book("x.csv", values(RIGHT))
    assert not book.typed
    assert not any(cell.tokens for cell in book.cells.values())


def test_a_second_column_of_the_same_meaning_is_asked() -> None:
    cells = {**across(RIGHT), "A9": "总分"} | {f"{column}9": 80 for column in "BCDEFGH"}
    (told,) = roles(saved({"汇总": cells}))
    assert told["总分"] == "ask"


@pytest.mark.parametrize(
    ("text", "weight"),
    [("交叉考核（40%）", "2/5"), ("市级考核（权重0.3）", "3/10"), ("日常工作 权重：30", "3/10"), ("交叉考核得分（满分100分）", None)],
)  # fmt: skip
def test_a_weight_is_read_from_a_heading(text: str, weight: str | None) -> None:
    assert weight_in(text) == (Fraction(weight) if weight else None)
