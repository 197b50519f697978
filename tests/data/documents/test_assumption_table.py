"""口径确认表: what the leading group reads and signs, ready to print, and never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.assumption_table import COLUMNS, rows, to_xlsx
from data.documents.cells import lines_of
from data.state import READING, TARGET, State, load_state
from data.store import Store
from tests.pages import builders

AT = "12月4日 09:30"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


def moment(at: datetime) -> str:
    return "12月1日"


def county(store: Store) -> State:
    return load_state(store, builders.county(store).id)


def sheet(state: State) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(state, AT, moment))).worksheets[0]


def words(page: Worksheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows()]


def test_each_reading_says_what_is_open_ours_the_others_and_their_effect_here(store: Store) -> None:
    row = next(row for row in rows(county(store), moment) if row["事项"] == "四档赋分")
    assert row["原文未规定"] == "原文未定每档的分值"
    assert row["现行口径"].startswith(
        "方案所列口径\n好95分，较好85分，一般75分，较差60分\n理由：好、较好、一般取各自分数段的中值"
    )
    assert row["其他口径及对本次考核的影响"].startswith("100/85/75/60：将改变1个市（区）的等次：开平市 较好→好；")
    assert row["确认情况"] == "尚未确认"
    assert row["领导小组意见"] == row["签字、日期"] == ""


def test_what_would_change_grades_comes_first_and_all_are_numbered(store: Store) -> None:
    table = rows(county(store), moment)
    assert {row["事项"] for row in table[:2]} == {"四档赋分", "指标权重"}
    assert [row["序号"] for row in table] == [str(number) for number in range(1, 12)]


def test_who_confirmed_what_when_and_on_which_paper(store: Store) -> None:
    made = builders.county(store)
    store.set_setting(made.id, READING + "rounding", "不舍入", "赵主任", paper="纪要〔2020〕3号")
    row = next(row for row in rows(load_state(store, made.id), moment) if row["事项"] == "小数位数与舍入")
    assert row["确认情况"] == "赵主任\n12月1日确认\n依据：纪要〔2020〕3号"
    assert row["现行口径"].startswith("不舍入\n")
    assert row["其他口径及对本次考核的影响"].startswith("方案所列口径：")


def test_without_marks_no_effect_is_claimed(store: Store) -> None:
    state = load_state(store, builders.empty(store, "jiangmen-2020-county", "空").id)
    row = next(row for row in rows(state, moment) if row["事项"] == "四档赋分")
    assert row["其他口径及对本次考核的影响"].startswith("100/85/75/60：尚无结果，暂看不出影响")


def test_the_top_says_what_it_is_that_it_is_not_approved_and_how_much_waits(store: Store) -> None:
    top = [row[0] for row in words(sheet(county(store)))[:4]]
    assert top[0] == "2020年江门市 · 县级：口径确认表"
    assert top[1].startswith("内部资料·未经审定（草稿）。以下各项江扶字〔2020〕8号未作规定")
    assert top[1].endswith("共11项，尚有11项未确认。")
    assert top[2].startswith("示例数据")
    assert AT in top[3]


def test_the_figures_that_the_office_owes_stand_above_the_table(store: Store) -> None:
    made = builders.empty(store, "neimenggu-2018", "内蒙古")
    owed = "由本单位填报的目标数值：当年全国农村居民人均可支配收入增长率"
    assert f"{owed}尚未填报。" in [row[0] for row in words(sheet(load_state(store, made.id)))]
    store.set_setting(made.id, TARGET + "national-income", "9.6", "张三", action="填报目标数值")
    assert f"{owed}9.6%。" in [row[0] for row in words(sheet(load_state(store, made.id)))]


def test_it_prints_across_a4_with_room_to_sign_and_its_head_on_every_page(store: Store) -> None:
    page = sheet(county(store))
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToWidth) == ("landscape", 9, 1)
    assert page.print_title_rows == "$5:$5"
    assert "未经审定" in page.oddFooter.center.text
    assert [cell.value for cell in page[5]] == list(COLUMNS)
    assert all(page.row_dimensions[number].height >= 48 for number in range(6, 15))
    assert "主持人（签字）：" in words(page)[-1]


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@SUM(A1)", "＝1+1"])
def test_no_text_of_others_becomes_a_formula(store: Store, name: str) -> None:
    made = builders.county(store, name=name)
    store.set_setting(made.id, READING + "ticks", "默认", name, paper=name)
    page = sheet(load_state(store, made.id))
    cells = [cell for row in page.iter_rows() for cell in row if str(cell.value or "").startswith(name)]
    assert len(cells) == 2  # the title, and who confirmed
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_a_chinese_character_takes_the_room_of_two() -> None:
    assert lines_of("一二三四五", 11) == 1
    assert lines_of("一二三四五六", 11) == 2
    assert lines_of("abcdefghij", 11) == 1
    assert lines_of("一\n二", 11) == 2


@pytest.mark.parametrize("scheme_id", ["guangdong-2019", "dongxi-2019-department", "ruyuan-2017", "qujiang-2018"])
def test_every_kind_of_scheme_has_its_table(store: Store, scheme_id: str) -> None:
    state = load_state(store, builders.empty(store, scheme_id, "空").id)
    assert len(words(sheet(state))) > len(state.assumptions)
