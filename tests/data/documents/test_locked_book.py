"""The workbook of a 锁定版: what stands in each sheet, how it looks and prints, and that no text in it acts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.clauses import document_text, find, part_of, read_clauses
from data.demo import all_demos
from data.documents.locked_book import SHEETS, locked_book
from data.documents.locked_book_notes import EVERYTHING, JUDGED
from data.documents.locked_book_readings import cites_of
from data.locked import Locked
from data.schemes import scheme, scheme_text
from data.store import Given, Store, UnitRow
from data.store.location import FILE_NAME, sqlite_url
from scoring.marks import Fact
from tests.data import locks
from tests.data.book_hands import texts
from tests.data.locked_books import LIVE, of_demo, of_made, opened, rows, summary
from tests.pages import builders

SCHEMES = tuple(demo.scheme_id for demo in all_demos())


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Locked:
    return of_made(tmp_path_factory.mktemp("county"), builders.county)


@pytest.fixture(scope="module")
def book(county: Locked) -> openpyxl.Workbook:
    return opened(locked_book(county, "张三"), values=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as kept:
        yield kept


def test_the_same_locked_version_gives_the_same_bytes(county: Locked) -> None:
    assert locked_book(county, "张三") == locked_book(county, "张三") != locked_book(county, "李四")


def test_it_has_a_sheet_for_everything_that_a_meeting_asks_for(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["说明", *SHEETS]


def test_scores_grades_and_places_are_formulas(county: Locked) -> None:
    for row in summary(opened(locked_book(county)), county).values():
        names = ("综合得分", "按分数等次", "测算等次", "位次", "交叉考核", "距上一等次（分）")
        assert all(str(row[name]).startswith("=") for name in names)


def test_rows_may_be_sorted_for_their_formulas_name_fixed_cells(county: Locked) -> None:
    """Sorting moves a formula with its row; one that named its neighbour's row would then tell another unit's score."""
    found = opened(locked_book(county))
    for name in ("综合结果", "指标明细"):
        formulas = [str(c.value) for row in found[name].iter_rows() for c in row if c.data_type == "f"]
        told = [cell for text in formulas for cell in re.findall(r"!(\$?[A-Z]+\$?\d+)", text)]
        assert told
        assert all(re.fullmatch(r"\$[A-Z]+\$\d+", cell) for cell in told)


def test_the_counts_known_by_hand_stand_in_it(book: openpyxl.Workbook, county: Locked) -> None:
    """蓬江区 90.00 on the line; 新会区 limited by a 记过; 恩平市 without 日常工作 has no score and no place."""
    told = summary(book, county)
    assert (told["蓬江区"]["综合得分"], told["蓬江区"]["测算等次"], told["蓬江区"]["临界"]) == (90, "好", "恰在线上")
    limited = told["新会区"]
    assert (limited["按分数等次"], limited["测算等次"]) == ("好", "较好")
    assert limited["保底与等次限制"] == "最高“较好”：五（四）"
    lacking = told["恩平市"]
    assert (lacking["综合得分"] or "", lacking["位次"] or "", lacking["测算等次"]) == ("", "", "暂缺")
    assert "可能" in str(lacking["说明"])


def test_each_mark_leads_to_the_cell_it_came_from(book: openpyxl.Workbook) -> None:
    """江海区's 交叉考核 begins 3: item 1 is 一般, in the third column of ticks, row 5."""
    found = rows(book["指标明细"], "来源文件")
    mark = next(row for row in found if (row["市（区）"], row["方式"], row["序号"]) == ("江海区", "交叉考核", 1))
    assert (mark["评分"], mark["百分制得分"], mark["来源文件"], mark["工作表"], mark["单元格"], mark["上报人"]) == (
        "一般", 75, "江海区_交叉考核.xlsx", "江海区", "F5", builders.CLERK,
    )  # fmt: skip
    whole = next(row for row in found if (row["市（区）"], row["方式"]) == ("蓬江区", "日常工作"))
    assert (whole["序号"], whole["评分"]) == ("总分", 85)
    assert str(whole["备注或评价意见"]).startswith("年度任务完成较好")
    assert len(found) == 15 * 19 + 19 + 5  # two ways of seven, one 日常工作 and one 自查自评 by ticks; five totals


def test_a_limit_is_told_with_its_clause_its_paper_and_both_people(book: openpyxl.Workbook) -> None:
    row = rows(book["等次限制"], "类型")[0]
    assert (row["市（区）"], row["类型"], row["条款"], row["限定等次或分值"]) == (
        "新会区",
        "等次限制",
        "五（四）",
        "最高“较好”",
    )
    assert (row["依据文号"], row["日期"]) == ("江纪〔2020〕12号", "2020-06-01")
    assert row["登记与核对"] == f"{builders.CLERK}登记，{builders.CHECKER}核对"
    assert row["对本次结果"] == "按分数为“好”，限为“较好”"


def test_a_fact_that_waits_for_its_second_person_is_told_and_limits_nothing(store: Store) -> None:
    made = builders.county(store)
    store.add_fact(made.id, Fact("鹤山市", "sanction", "记过", "2020-07-01", "江纪〔2020〕20号"), "", builders.CLERK)
    found = opened(locked_book(locks.locked_of(store, made.id)), values=True)
    row = next(row for row in rows(found["等次限制"], "类型") if row["市（区）"] == "鹤山市")
    assert (row["类型"], row["登记与核对"]) == ("待核对情形", f"{builders.CLERK}登记，待第二人核对")


def test_the_sheet_that_is_missing_is_told_with_its_last_day(book: openpyxl.Workbook) -> None:
    [row] = rows(book["缺项"], "截止日期")
    assert (row["市（区）"], row["缺项"], row["截止日期"]) == ("恩平市", "日常工作", "2020年12月5日")
    assert str(row["是否逾期"]).startswith("已过期限")
    assert "恩平市得分在" in str(row["可能结果"])


def test_a_complete_result_says_that_nothing_is_missing(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    found = opened(locked_book(locks.locked_of(store, made.id)), values=True)
    assert "没有缺项。" in texts(found["缺项"])


def test_every_reading_is_told_with_who_confirmed_it(store: Store) -> None:
    made = builders.county(store)
    locks.confirm_all(store, made)
    found = opened(locked_book(locks.locked_of(store, made.id)), values=True)
    assert all(builders.CHECKER in str(row["确认情况"]) for row in rows(found["口径"], "确认情况"))


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Locked, openpyxl.Workbook]]:
    found = {name: of_demo(tmp_path_factory.mktemp("demo"), name) for name in SCHEMES}
    return {name: (locked, opened(locked_book(locked, "张三"))) for name, locked in found.items()}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_clause_that_the_scheme_cites_is_quoted(
    demos: dict[str, tuple[Locked, openpyxl.Workbook]], name: str
) -> None:
    """The whole text of each, as the document prints it."""
    locked, found = demos[name]
    scheme = locked.state.scheme
    clauses = read_clauses(document_text(scheme.document.text))
    part = part_of(clauses, scheme.document.title)
    quoted: dict[str, str] = {}
    for row in rows(found["原文条款"], "原文"):
        cite = str(row["条款"]).partition("（见")[0]
        quoted[cite] = quoted.get(cite, "") + str(row["原文"])
    assert set(quoted) == set(cites_of(scheme))
    for cite in cites_of(scheme):
        clause = find(clauses, cite, part)
        assert clause is None or "".join(clause.paragraphs) in quoted[cite]


@pytest.mark.parametrize("name", SCHEMES)
def test_every_unit_has_a_row_in_every_scheme(demos: dict[str, tuple[Locked, openpyxl.Workbook]], name: str) -> None:
    locked, found = demos[name]
    assert set(summary(found, locked)) == {result.unit for result in locked.state.results.units}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_sheet_prints_on_a4_with_marking_viewer_stamp_and_page(
    demos: dict[str, tuple[Locked, openpyxl.Workbook]], name: str
) -> None:
    locked, found = demos[name]
    for sheet in found.worksheets:
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
            "portrait" if sheet.title == "说明" else "landscape", 0,
        )  # fmt: skip
        approved = locked.standing.approved is not None  # 乳源's demonstration is
        assert sheet.oddHeader.left.text == ("示例数据" if approved else "内部资料·未经审定 示例数据")
        assert (sheet.oddHeader.center.text, sheet.oddHeader.right.text) == (sheet.title, None if approved else "张三")
        foot = str(sheet.oddFooter.center.text)
        assert locked.record.code in foot
        assert "第&P页，共&N页" in foot
        if sheet.title not in LIVE:
            assert sheet.page_setup.fitToWidth in (1, "1")
        if sheet.title not in (*LIVE, "说明"):
            assert sheet.print_title_rows
            assert sheet.freeze_panes
            assert sheet.auto_filter.ref


def test_a_scheme_that_only_judges_has_no_sheet_of_formulas(demos: dict[str, tuple[Locked, openpyxl.Workbook]]) -> None:
    found = demos["qujiang-2018"][1]
    assert not set(found.sheetnames) & set(LIVE)
    assert JUDGED in texts(found["说明"])
    assert "拟处理" in texts(found["综合结果"])


def test_what_is_written_as_a_value_is_said(demos: dict[str, tuple[Locked, openpyxl.Workbook]], county: Locked) -> None:
    said = "\n".join(texts(demos["dongxi-2019-city"][1]["说明"]))
    assert "由中位法、任务完成情况或单项保底评出的等次由系统写入" in said
    heirs = "\n".join(texts(demos["ruyuan-2017"][1]["说明"]))
    assert "随帮扶对象计分的，综合得分由系统按帮扶户数计算后写入" in heirs
    assert EVERYTHING not in heirs
    assert "等次由评议确定" in "\n".join(texts(demos["guangdong-2019"][1]["说明"]))


def formats(sheet: Worksheet, kind: str) -> list[str]:
    return [
        str(rule.formula[0] if rule.formula else "")
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == kind
    ]


def test_a_grade_has_its_colour_its_shape_and_its_word_and_a_score_its_bar(county: Locked) -> None:
    sheet = opened(locked_book(county))["综合结果"]
    assert set(formats(sheet, "cellIs")) == {'"好"', '"较好"', '"一般"', '"较差"'}
    assert formats(sheet, "dataBar") == [""]
    assert formats(sheet, "expression")
    best = next(r for a in sheet.conditional_formatting for r in a.rules if r.formula == ['"好"'])
    assert (best.dxf.fill.bgColor.rgb, best.dxf.numFmt.formatCode) == ("FF004E8C", '"● "@')


def test_a_sheet_whose_grades_are_settled_tells_them_with_number_and_reason(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = locks.settled(store, made, {"江海区": Given("较好", "整改已到位")})
    content = locked_book(locked, "张三")
    found = opened(content, values=True)
    row = summary(found, locked)["江海区"]
    assert (row["测算等次"], row["审定等次"], row["理由"]) == ("一般", "较好", "整改已到位")
    assert not row["拟结果运用"]  # 谈话提醒 is for 一般 and 较差, as people settled them
    assert "结果运用按审定等次；位次仍按测算等次排列" in "\n".join(texts(found["综合结果"])[:5])
    assert "江扶会〔2020〕5号" in "\n".join(texts(found["综合结果"])[:5])
    assert opened(content)["综合结果"].oddHeader.left.text == "内部资料·已审定未批复 示例数据"


def test_after_approval_no_viewer_is_named_and_no_marking_stands(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    sheet = opened(locked_book(locks.approved(store, made), "张三"))["综合结果"]
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("示例数据", None)


HOSTILE = ("=1+1", "@SUM(A1)", "甲" * 40, "带\x07响\x00铃", "引\"号'与&<b>", "-2+3", "末尾 ")


def hostile(store: Store) -> Locked:
    """The county's scheme over seven names that nobody should have."""
    rules = scheme("jiangmen-2020-county")
    units = [UnitRow(name, "county", "") for name in HOSTILE]
    made = store.create_assessment("=名称&名", rules.id, scheme_text(rules.id), rules.hash, units, "=经办")
    for number, name in enumerate(HOSTILE[:5]):
        for part in ("cross", "municipal"):
            builders.hand_in(store, made, builders.ticks(name, part, str(1 + number % 4) * 19))
        builders.hand_in(store, made, builders.total(name, "daily", "80"))
    return locks.locked_of(store, made.id)


def test_names_that_look_like_formulas_or_break_files_are_text(store: Store) -> None:
    locked = hostile(store)
    content = locked_book(locked, "=甲&乙\x01")
    found = opened(content)
    cells = [c for sheet in found.worksheets for row in sheet.iter_rows() for c in row if c.value is not None]
    names = {"".join(letter for letter in name if letter.isprintable()).strip() for name in HOSTILE}
    assert names <= {str(cell.value) for cell in cells}
    for cell in cells:
        if cell.data_type == "f":
            assert not any(name in str(cell.value) for name in names)
        elif str(cell.value)[:1] in "=+-@" and isinstance(cell.value, str):
            assert cell.quotePrefix
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [n for n in archive.namelist() if n.endswith(".xml") and b"\x07" in archive.read(n)]
    assert found["综合结果"].oddHeader.right.text == "=甲&&乙"


def test_an_assessment_with_nothing_scored_yet_has_a_workbook_too(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "空")
    builders.hand_in(store, made, builders.ticks("蓬江区", "self", "1" * 19))
    locked = locks.locked_of(store, made.id)
    told = summary(opened(locked_book(locked), values=True), locked)
    assert {row["测算等次"] for row in told.values()} == {"暂缺"}
