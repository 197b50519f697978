"""The ranking to take along: what is on top of it, figures as printed, places shared, and no formula ever."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from data.documents.ranking_table import rows, to_csv, to_xlsx
from data.schemes import scheme, scheme_text
from data.state import State, load_state
from data.store import Store, UnitRow
from scoring.marks import Fact
from tests.pages import builders

AT = "12月4日 09:30"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


def county(store: Store) -> State:
    return load_state(store, builders.county(store).id)


def lines(state: State) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(state, state.results.ranked(), AT).decode("utf-8-sig"))))


def test_a_file_says_on_top_that_it_is_internal_not_approved_and_made_up(store: Store) -> None:
    top = [line[0] for line in lines(county(store))[:4]]
    assert top[1].startswith("内部资料·未经审定。数据未齐，位次为暂列。")
    assert top[2].startswith("示例数据")
    assert "江扶字〔2020〕8号" in top[3]
    assert AT in top[3]


def test_real_data_is_not_called_an_example(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "实", demo=False)
    assert "示例" not in to_csv(load_state(store, made.id), [], AT).decode()


def test_figures_have_two_decimals_and_what_is_missing_is_a_word_and_never_zero(store: Store) -> None:
    table = {line[1]: line for line in lines(county(store))[5:]}
    assert table["蓬江区"][2:7] == ["90.00", "好", "90.79", "93.95", "85.00"]
    assert table["恩平市"][:7] == ["", "恩平市", "暂缺", "暂缺", "85.00", "80.26", "暂缺"]


def test_units_with_one_score_share_a_place(store: Store) -> None:
    state = load_state(store, builders.towns(store).id)
    places = [row["位次"] for row in rows(state.results, state.results.ranked("440703"))]
    assert places == ["1", "2", "并列3", "并列3", "5", "6"]


def hostile(store: Store, name: str, title: str = "考核") -> State:
    rules = scheme("jiangmen-2020-county")
    units = [UnitRow(name, "county")]
    made = store.create_assessment(title, rules.id, scheme_text(rules.id), rules.hash, units, "甲")
    return load_state(store, made.id)


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@SUM(A1)", "＝1+1"])
def test_a_name_that_looks_like_a_formula_stays_a_name(store: Store, name: str) -> None:
    state = hostile(store, name)
    assert lines(state)[-1][1] == f"'{name}"
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(state, state.results.units, AT)))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == name)
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("title", ["=1+1", "＠SUM(A1)"])
def test_an_assessments_name_is_no_formula_either(store: Store, title: str) -> None:
    assert lines(hostile(store, "甲", title))[0] == [f"'{title}：得分、位次与等次"]


def test_the_workbook_holds_numbers_and_prints_on_one_page_across(store: Store) -> None:
    state = county(store)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(state, state.results.ranked(), AT))).active
    values = {row[1].value: row[2] for row in sheet.iter_rows(min_row=6)}
    assert (values["蓬江区"].value, values["蓬江区"].number_format) == (90, "0.00")
    assert values["恩平市"].value == "暂缺"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.page_setup.orientation == "landscape"


def test_an_empty_choice_is_a_file_too(store: Store) -> None:
    state = county(store)
    assert to_xlsx(state, [], AT)
    assert to_csv(state, [], AT)


def test_the_remarks_say_what_a_waiting_fact_would_change_be_it_the_grade_what_is_possible_or_what_follows(
    store: Store,
) -> None:
    made = builders.county(store)
    for unit, kind, value in (("蓬江区", "sanction", "记过"), ("鹤山市", "prominent", "有"), ("恩平市", "violation", "有")):
        store.add_fact(made.id, Fact(unit, kind, value, "2020-11-01", "甲号"), "", builders.CLERK)
    state = load_state(store, made.id)
    notes = {row["市（区）"]: str(row["说明"]) for row in rows(state.results, state.results.units)}
    assert notes["蓬江区"] == "有待核对的情形，核对属实后等次由“好”变为“较好”"
    assert notes["鹤山市"] == "有待核对的情形，核对属实后拟谈话提醒"
    assert "有待核对的情形，核对属实后等次只可能为较差或一般" in notes["恩平市"]
