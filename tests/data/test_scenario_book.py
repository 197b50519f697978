"""The workbook of a comparison computes in a spreadsheet what the engine computes, hides names, and says what is fixed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.scenario_book import scenario_book
from data.documents.scenario_book_notes import EVERYTHING
from data.scenarios import Compared
from scoring.assess import assess
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.standing import word
from scoring.trial import levels as levels_of
from tests.data.book_hands import opened, table, texts
from tests.data.comparisons import demo_state, hidden, saved, side_by_side, totals_state
from tests.data.office import recalculated

COUNTY = "jiangmen-2020-county"
EVEN = {"cross": "89.995", "municipal": "89.995", "daily": "89.995"}
BELOW = {"cross": "89.99", "municipal": "89.99", "daily": "90.01"}


def told(sheet: Worksheet) -> list[tuple[Fraction | None, str, int | None]]:
    """(score, grade, place) row by row; an empty text is nothing."""
    return [
        (
            None if row["综合得分"] in (None, "") else Fraction(str(row["综合得分"])).limit_denominator(10**8),
            str(row["等次"]),
            None if row["位次"] in (None, "") else int(str(row["位次"])),
        )
        for row in table(sheet)
    ]


def ours(results: Results, units: list[str]) -> list[tuple[Fraction | None, str, int | None]]:
    return [((r := results.of(unit)).score, word(r), r.rank) for unit in units]


def in_rows(found: Compared) -> list[str]:
    """The units in the order of the rows: by place in the base."""
    return [result.unit for result in found.base.results.ranked(found.group)]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    state = demo_state(tmp_path_factory.mktemp("county"), COUNTY)
    return side_by_side(state, saved("交叉加重", "county", w="cross:50,municipal:25,daily:25"))


def test_the_same_comparison_gives_the_same_bytes(county):
    assert scenario_book(county) == scenario_book(county)


def test_a_scenario_has_a_column_of_parameters_and_a_sheet_of_its_own(county):
    book = opened(scenario_book(county))
    assert book.sheetnames == ["说明", "结果比对", "参数", "评分", "基准", "情景1"]
    rows = {row[1]: row[2:4] for row in book["参数"].iter_rows(values_only=True)}
    assert (rows["交叉考核"], rows["日常工作"]) == ((40, 50), (30, 25))


def test_scores_grades_and_places_are_formulas_and_not_numbers(county):
    for row in table(opened(scenario_book(county))["情景1"]):
        assert all(str(row[name]).startswith("=") for name in ("综合得分", "等次", "位次", "按分数", "核对"))


def test_what_is_written_as_a_value_is_said_and_where_nothing_is_that_is_said(county, tmp_path):
    dongxi = side_by_side(demo_state(tmp_path, "dongxi-2019-city"))
    lines = "\n".join(texts(opened(scenario_book(dongxi))["说明"]))
    assert "由中位法、任务完成情况或单项保底评出的等次由系统写入" in lines
    assert "逾期到账的扣减比例由系统写入（基准）" in lines
    assert "登记情形的加分、扣分分值（含扣完为止）由系统按条款算出后写入公式" in lines
    plain = side_by_side(totals_state(tmp_path / "..", {"蓬江区": EVEN}))
    assert EVERYTHING in texts(opened(scenario_book(plain))["说明"])


def test_every_file_says_that_it_is_not_approved_and_by_which_scheme_it_computes(county):
    lines = "\n".join(texts(opened(scenario_book(county))["说明"]))
    for said in (
        "内部资料·未经审定",
        "示例数据",
        "江扶字〔2020〕8号",
        county.base.scheme.hash,
        "情景1：交叉加重；理由：年度研究",
    ):
        assert said in lines


def test_hidden_names_are_nowhere_in_the_file_and_rows_do_not_follow_the_roster(tmp_path):
    state = demo_state(tmp_path, COUNTY)
    names = hidden(state, "county")
    scenario = saved("看看蓬江区", "county", w="cross:50,municipal:25,daily:25")
    found = side_by_side(state, scenario, names=names)
    content = scenario_book(found)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert not [unit for unit in names if unit in whole]
    rows = [row["市（区）"] for row in table(opened(content)["基准"])]
    assert rows == [names[unit] for unit in in_rows(found)] != [names[result.unit] for result in state.results.units]


def test_a_name_that_begins_like_a_formula_stays_text(tmp_path):
    state = totals_state(tmp_path, {"蓬江区": EVEN})
    evil = "=HYPERLINK(A1)"
    names = {result.unit: evil if result.unit == "蓬江区" else result.unit for result in state.results.units}
    found = side_by_side(state, saved(evil, "county", w="cross:50,municipal:25,daily:25"), names=names)
    cells = [c for s in opened(scenario_book(found)).worksheets for row in s.iter_rows() for c in row]
    assert [c for c in cells if c.value == evil]
    assert not [c.coordinate for c in cells if c.data_type == "f" and "HYPERLINK" in str(c.value)]


TRIED: dict[str, dict[str, str]] = {
    COUNTY: {"w": "cross:50,municipal:25,daily:25"},
    "jiangmen-2020-town": {"l": "好:89,较好:80,一般:70"},
    "template-2026-county": {"w": "cross:50,municipal:30,daily:20"},
    "dongxi-2019-city": {"p": "好:100,较好:85,一般:75,差:50"},
    "neimenggu-2018": {"w": "daily:30,yearend:70"},
}
READ = {COUNTY: {"item_weights": "各类别等权、类别内等权"}, "template-2026-county": {"extras": "加分后不超过100分"}}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Compared, openpyxl.Workbook]]:
    """Every demonstration with a scenario of values and one of readings, worked out by LibreOffice."""
    found = {}
    for name, levels in TRIED.items():
        state = demo_state(tmp_path_factory.mktemp("demo"), name)
        group = next(result.group for result in state.results.units if result.score is not None)
        more = [saved("另一口径", group, READ[name])] if name in READ else []
        found[name] = side_by_side(state, saved("试", group, **levels), *more)
    folder = tmp_path_factory.mktemp("books")
    books = recalculated(folder, {name: scenario_book(each) for name, each in found.items()})
    return {name: (found[name], books[name]) for name in TRIED}


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIED)
def test_a_spreadsheet_finds_the_scores_grades_and_places_of_every_scenario(computed, name):
    found, book = computed[name]
    units = in_rows(found)
    for number, column in enumerate(found.columns):
        sheet = book[f"情景{number}" if number else "基准"]
        assert told(sheet) == ours(column.results, units)
        assert {row["核对"] for row in table(sheet)} == {"一致"}
    assert "公式结果与系统结果全部一致。" in texts(book["说明"])
    assert not [text for sheet in book.worksheets for text in texts(sheet) if text.startswith("#")]


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book, kept = opened(content), io.BytesIO()
    change(book)
    book.save(kept)
    return kept.getvalue()


def parameter(named: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """Type another value for a parameter of the base."""

    def change(book: openpyxl.Workbook) -> None:
        next(row for row in book["参数"].iter_rows() if row[1].value == named)[2].value = value

    return change


@pytest.mark.slow
def test_what_is_changed_in_the_sheet_gives_what_the_engine_gives_under_it(county, tmp_path):
    """A weight, the weight of one item among 19, the points of a tick and a line, each typed over in the base's column."""
    rules = county.base.scheme
    typed: dict[str, tuple[str, object, Scheme]] = {
        "weight": ("交叉考核", 10, rules.replace(weights={"cross": Fraction(10)})),
        "item": ("1. 建档立卡贫困人口退出情况", 7, rules.replace(item_weights={1: Fraction(7)})),
        "line": ("好", 100, rules.replace(points={"好": Fraction(100)})),
        "ways": ("日常工作", 0, rules.replace(weights={"daily": Fraction(0)})),
    }
    content = scenario_book(county)
    books = recalculated(tmp_path, {key: changed(content, parameter(n, v)) for key, (n, v, _) in typed.items()})
    for key, (_, _, tried) in typed.items():
        expected = ours(county.state.assess_with(tried), in_rows(county))
        assert expected != ours(county.base.results, in_rows(county))
        assert told(books[key]["基准"]) == expected


def warned(book: openpyxl.Workbook, sheet: str) -> str:
    return str(book[sheet]["A3"].value or "")


def checks(book: openpyxl.Workbook, section: str) -> list[tuple[object, ...]]:
    """What the rows of checks of a block say, a column a scenario."""
    rows = book["参数"].iter_rows(values_only=True)
    return [row[2:] for row in rows if row[0] == section and str(row[1]).startswith(("合计", "核对"))]


def test_a_book_says_that_its_weights_do_not_move_each_other(county):
    assert "各项权重互不联动" in "\n".join(texts(opened(scenario_book(county))["说明"]))


@pytest.mark.slow
def test_weights_that_no_longer_come_to_their_total_and_lines_that_rise_are_told_on_every_sheet(county, tmp_path):
    """交叉考核 40 → 50 beside 30 and 30 is 110; item 1 of 19 that weigh 1 each → 7 is 25; 较好 from 80 up to 95, above 好."""

    def second_line(book: openpyxl.Workbook) -> None:
        rows = book["参数"].iter_rows()
        next(r for r in rows if str(r[0].value).startswith("等次线") and r[1].value == "较好")[2].value = 95

    content = scenario_book(county)
    books = recalculated(
        tmp_path,
        {
            "untouched": content,
            "weight": changed(content, parameter("交叉考核", 50)),
            "item": changed(content, parameter("1. 建档立卡贫困人口退出情况", 7)),
            "points": changed(content, parameter("好", 80)),
            "line": changed(content, second_line),
        },
    )
    fine = books["untouched"]
    assert [warned(fine, sheet) for sheet in ("结果比对", "基准", "情景1")] == ["", "", ""]
    assert checks(fine, "考核方式权重") == [(100, 100)]
    assert checks(fine, "指标权重") == checks(fine, "类别权重") == [(19, 19)]
    assert not [said for word in ("赋分", "等次线") for row in checks(fine, word) for said in row if said]
    assert checks(books["weight"], "考核方式权重") == [("合计应为100，现为110", 100)]
    said = {
        "weight": "考核方式权重合计应为100，现为110",
        "item": "指标权重合计应为19，现为25",
        "points": "赋分须由高到低",
        "line": "等次线须由高到低",
    }
    for key, told_there in said.items():
        assert told_there in warned(books[key], "基准")
        assert warned(books[key], "结果比对") == f"基准{warned(books[key], '基准')}"
        assert warned(books[key], "情景1") == ""


@pytest.mark.slow
def test_categories_with_weights_of_their_own_keep_a_total_and_so_do_the_items_of_each(county, tmp_path):
    state = county.state
    even = dict.fromkeys(levels_of(state.scheme, "county")["c"].originals, 20)
    found = side_by_side(state, saved("类别均等", "county", c=",".join(f"{name}:{value}" for name, value in even.items())))
    first = next(iter(even))

    def scenario_category(book: openpyxl.Workbook) -> None:
        rows = book["参数"].iter_rows()
        next(r for r in rows if r[0].value == "类别权重" and r[1].value == first)[3].value = 30

    content = scenario_book(found)
    books = recalculated(tmp_path, {"fine": content, "off": changed(content, scenario_category)})
    assert checks(books["fine"], "类别权重")[0] == (19, 100)
    assert checks(books["off"], "类别权重")[0] == (19, "合计应为100，现为110")
    assert checks(books["fine"], "精准扶贫所含权重") == [("—", 11)]  # 11 of the 19 items
    assert not warned(books["fine"], "结果比对")
    assert warned(books["off"], "结果比对").startswith("情景1参数须核对：类别权重合计应为100，现为110；")


@pytest.mark.slow
def test_another_target_scores_its_item_anew_in_the_sheet(tmp_path):
    state = demo_state(tmp_path, "template-2026-county")
    found = side_by_side(state)
    content = changed(scenario_book(found), parameter("务工人数目标（人）", 16000))
    targets = [{**t.model_dump(), **({"value": Fraction(16000)} if t.id == "jobs" else {})} for t in state.own.targets]
    expected = ours(state.assess_with(state.own.with_elements(targets=targets)), in_rows(found))
    assert expected != ours(found.base.results, in_rows(found))
    assert told(recalculated(tmp_path, {"target": content})["target"]["基准"]) == expected


@pytest.mark.slow
def test_a_score_exactly_half_way_is_rounded_up_to_its_grade(tmp_path):
    """89.995 three times is 89.995 exactly, so 90.00 and 好; 89.99, 89.99, 90.01 under 40/30/30 are 89.996: 90.00 too.
    89.994 stays 89.99, 较好."""
    just_below = {"cross": "89.994", "municipal": "89.994", "daily": "89.994"}
    state = totals_state(tmp_path, {"蓬江区": EVEN, "江海区": BELOW, "新会区": just_below})
    found = side_by_side(state)
    book = recalculated(tmp_path, {"half": scenario_book(found)})["half"]
    rows = {row["市（区）"]: (row["综合得分"], row["等次"], row["位次"]) for row in table(book["基准"])}
    assert rows["蓬江区"] == (90, "好", 1)
    assert rows["江海区"] == (90, "好", 1)
    assert rows["新会区"] == (89.99, "较好", 3)
    assert rows["台山市"][1] == "暂缺"


@pytest.mark.slow
def test_an_item_that_does_not_apply_gives_its_weight_to_its_siblings_in_the_sheet(county, tmp_path):
    """Typing 不适用 for an item that was marked gives what the engine gives for the same sheet."""
    unit = in_rows(county)[0]

    def change(book: openpyxl.Workbook) -> None:
        row = next(row for row in book["评分"].iter_rows() if row[0].value == county.names[unit])
        row[2].value = "不适用"

    sheets = [
        type(s)(s.unit, s.component, tuple(_off(m) for m in s.marks), s.opinion)
        if (s.unit, s.component) == (unit, "cross")
        else s
        for s in county.state.sheets
    ]
    book = recalculated(tmp_path, {"off": changed(scenario_book(county), change)})["off"]
    expected = assess(county.base.scheme, sheets, [row.fact for row in county.state.facts])
    assert told(book["基准"]) == ours(expected, in_rows(county))


def _off(mark):
    return type(mark)(1, applicable=False, remark="无此任务") if mark.indicator == 1 else mark


def test_a_scheme_that_only_judges_has_a_book_that_says_so(tmp_path: Path):
    state = demo_state(tmp_path, "qujiang-2018")
    found = side_by_side(state, group=state.scheme.groups[0].id)
    assert "综合评定" in "\n".join(texts(opened(scenario_book(found))["说明"]))
