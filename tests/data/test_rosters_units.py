"""An uploaded roster: what is read of it, and every way in which one can be wrong, told by cell."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data.documents.roster_form import blank_roster, filled_roster
from data.rosters_file import open_file
from data.rosters_units import RosterReading, read_roster, roster_of, scheme_units, unlisted
from data.schemes import scheme
from data.sheets.grid import Cell, Grid
from data.store import UnitRow

RUYUAN, QUJIANG = scheme("ruyuan-2017"), scheme("qujiang-2018")
TOWNS = scheme_units(RUYUAN)
HEAD = ("组别", "名称", "帮扶镇", "户数")
ECONOMY = "县直经济发展与管理部门"


def grid(*rows: tuple[str, ...], name: str = "名单", merged: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    made = Grid(name, merged=list(merged))
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                made.put(at, column, Cell(text))
    return made


def read(*rows: tuple[str, ...], rules=RUYUAN, **how) -> RosterReading:
    return roster_of("名单.xlsx", [grid(*rows, **how)], rules, scheme_units(rules))


def told(reading: RosterReading) -> list[str]:
    return [problem.message for problem in reading.problems]


def helps_of(reading: RosterReading, name: str):
    return next(unit.helps for unit in reading.units if unit.name == name)


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_roster_adds_the_groups_it_names_and_the_towns_stay():
    reading = read(HEAD, (ECONOMY, "县农业局", "桂头镇", "30"), ("市驻镇工作队", "驻桂头工作队", "桂头镇", ""))
    assert not reading.rejected
    assert reading.units[:9] == tuple(TOWNS)
    assert reading.units[9:] == (
        UnitRow("县农业局", "economy", "", (("桂头镇", Fraction(30)),)),
        UnitRow("驻桂头工作队", "team", "", (("桂头镇", None),)),
    )


def test_a_town_written_short_is_taken_and_told():
    reading = read(HEAD, (ECONOMY, "县农业局", "桂头、一六镇", "30、10"))
    assert not reading.rejected
    assert helps_of(reading, "县农业局") == (("桂头镇", Fraction(30)), ("一六镇", Fraction(10)))
    assert [each for each in told(reading) if "登记" in each] == ["工作表“名单”C2的“桂头”按“桂头镇”登记"]


def test_a_count_that_differs_from_the_documents_is_told_and_not_refused():
    reading = read(HEAD, (ECONOMY, "县农业局", "桂头镇", ""))
    assert told(reading) == [f"“{ECONOMY}”名单有1个，原文为28个"]
    assert not reading.rejected


@pytest.mark.parametrize(
    ("helps", "households", "expected"),
    [
        ("桂头镇30、一六镇10", "", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇（30户），一六镇（10户）", "", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇：３０；一六镇：１０", "", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇 30 一六镇 10", "", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇\n一六镇", "30\n10", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇、一六镇", "30、10户", [("桂头镇", 30), ("一六镇", 10)]),
        ("桂头镇/一六镇", "", [("桂头镇", None), ("一六镇", None)]),
        ("桂头", "0", [("桂头镇", 0)]),
        ("乳源瑶族自治县桂头镇", "12.5", [("桂头镇", Fraction(25, 2))]),
    ],
)
def test_towns_and_households_are_read_as_people_write_them(helps: str, households: str, expected):
    reading = read(HEAD, (ECONOMY, "县农业局", helps, households))
    assert not reading.rejected, told(reading)
    assert list(helps_of(reading, "县农业局")) == expected


def test_a_unit_over_merged_rows_helps_the_town_of_each():
    rows = (HEAD, (ECONOMY, "县农业局", "桂头镇", "30"), ("", "", "一六镇", "10"))
    reading = read(*rows, merged=((2, 1, 3, 1), (2, 2, 3, 2)))
    assert helps_of(reading, "县农业局") == (("桂头镇", Fraction(30)), ("一六镇", Fraction(10)))


def test_a_merged_group_speaks_for_all_its_rows():
    rows = (HEAD, (ECONOMY, "县农业局", "桂头镇"), ("", "县水务局", "桂头镇"))
    assert [unit.group for unit in read(*rows, merged=((2, 1, 3, 1),)).units[9:]] == ["economy", "economy"]


def test_names_keep_their_brackets_and_lose_only_the_blanks_that_spread_them():
    reading = read(HEAD, (ECONOMY, "县委办公室（档案局）", "桂头镇"), (ECONOMY, "财  政  局", "桂头镇"))
    assert [unit.name for unit in reading.units[9:]] == ["县委办公室（档案局）", "财政局"]


def test_prepared_rows_without_a_name_sums_and_notes_are_no_units():
    reading = read(
        HEAD, (ECONOMY, "县农业局", "桂头镇"), (ECONOMY,), ("合计", "合计", "", "30"), ("说明：以上由县委编办提供",)
    )
    assert [unit.name for unit in reading.units[9:]] == ["县农业局"]


def test_a_sheet_named_after_its_group_needs_no_column_of_groups():
    made = [grid(("单位名称", "挂点镇"), ("县农业局", "桂头镇"), name=ECONOMY)]
    assert roster_of("a", made, RUYUAN, TOWNS).units[-1] == UnitRow("县农业局", "economy", "", (("桂头镇", None),))


def test_a_roster_of_organs_that_inherit_nothing():
    reading = read(("组别", "单位名称"), ("区直机关、企事业单位", "区财政局"), rules=QUJIANG)
    assert [(unit.name, unit.group) for unit in reading.units[9:]] == [("区财政局", "organ")]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("rows", "words", "mend"),
    [
        (
            [HEAD, ("县直经济部门", "县农业局", "桂头镇")],
            "A2的组别“县直经济部门”不在方案之内",
            "请改为方案的组别：镇、",
        ),
        ([HEAD, ("", "县农业局", "桂头镇")], "B2“县农业局”没有写组别", "逐行写明组别"),
        ([HEAD, (ECONOMY, "", "桂头镇")], "第2行没有写名称", "补写单位全称"),
        (
            [HEAD, (ECONOMY, "县农业局", "桂林镇")],
            "C2的“桂林镇”不是“镇”组的考核对象，是否为“桂头镇”？",
            "乳城镇、一六镇",
        ),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇、桂头镇")], "C2“县农业局”的帮扶镇“桂头镇”写了两次", "合并为一处"),
        ([HEAD, (ECONOMY, "甲局", "桂头镇"), (ECONOMY, "甲 局", "一六镇")], "B3“甲局”与B2重复", "用全称加以区分"),
        ([HEAD, (ECONOMY, "桂头镇", "一六镇")], "B2“桂头镇”与“镇”组的名单重复", "删去重复的一行"),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇、一六镇", "30")], "D2有1个户数，帮扶镇却有2个", "依帮扶镇的次序"),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇", "三十")], "D2的户数“三十”不是数", "请写成 30"),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇", "-3")], "D2的户数“-3”不是数", "请写成 30"),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇30", "30")], "D2“县农业局”的户数写了两处", "只在"),
        ([("组别", "名称", "代码"), ("镇", "桂头镇", "4402")], "C2的“4402”不是行政区划代码", "九位"),
        ([("组别", "名称", "单位"), (ECONOMY, "甲", "甲")], "C1与B1的表头意思相同（“单位”）", "只保留一栏"),
        ([("序号", "联系人"), ("1", "张三")], "没有找到名单的表头", "空白名单"),
        ([HEAD], "表头之下没有填写考核对象", "逐行填写"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell_with_the_mend(rows, words: str, mend: str):
    reading = read(*rows)
    assert reading.rejected
    assert reading.units == ()
    found = [problem for problem in reading.problems if problem.level == "error"]
    assert words in found[0].message
    assert mend in found[0].mend


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([HEAD, (ECONOMY, "县农业局")], "B2“县农业局”没有写帮扶镇，得分将暂缺"),
        ([HEAD, ("镇", "桂头镇", "一六镇")], "C2“桂头镇”所在组别不随帮扶对象计分，帮扶镇没有取用"),
        ([HEAD, (ECONOMY, "县农业局", "桂头镇30、一六镇")], "只有部分帮扶镇写了户数，将按各镇平均计分"),
        ([(*HEAD, "责任人"), (ECONOMY, "县农业局", "桂头镇", "", "张三")], "E1的“责任人”一栏没有读取"),
    ],
)
def test_a_doubt_is_told_and_the_roster_can_be_used(rows, words: str):
    reading = read(*rows)
    assert not reading.rejected
    assert any(words in message for message in told(reading))


def test_problems_are_told_row_by_row_and_what_concerns_the_whole_file_last():
    reading = read(HEAD, (ECONOMY, "甲局", "桂林镇", "三"), ("别的组", "乙局", "桂头镇"), (ECONOMY, "甲局", "桂头镇"))
    assert [problem.cell for problem in reading.problems] == ["C2", "D2", "A3", "B4", ""]


def test_a_formula_without_a_value_is_told():
    made = grid(HEAD, (ECONOMY, "县农业局", "桂头镇"))
    made.put(3, 1, Cell(ECONOMY))
    made.put(3, 2, Cell("=B2", "formula"))
    assert "B3是公式" in roster_of("a", [made], RUYUAN, TOWNS).problems[0].message


def test_a_hidden_sheet_is_told_and_not_read():
    hidden = grid(HEAD, (ECONOMY, "县水务局", "桂头镇"), name="旧")
    hidden.hidden = True
    reading = roster_of("a", [grid(HEAD, (ECONOMY, "县农业局", "桂头镇")), hidden], RUYUAN, TOWNS)
    assert "工作表“旧”是隐藏的，没有读取" in told(reading)
    assert [unit.name for unit in reading.units[9:]] == ["县农业局"]


def test_a_file_that_names_the_towns_decides_on_the_towns_and_their_codes_stay():
    reading = read(HEAD, ("镇", "桂头镇"), ("镇", "一六镇"), (ECONOMY, "县农业局", "一六镇"))
    assert [(unit.name, unit.region) for unit in reading.units] == [
        ("桂头镇", "440232104"), ("一六镇", "440232103"), ("县农业局", ""),
    ]  # fmt: skip


def test_a_town_that_others_still_help_is_not_left_out_unseen():
    kept = [*TOWNS, UnitRow("县农业局", "economy", "", (("桂头镇", None), ("一六镇", None)))]
    reading = roster_of("a", [grid(HEAD, ("镇", "桂头镇"))], RUYUAN, kept)
    assert "“县农业局”现帮扶“一六镇”，而新名单中没有“一六镇”" in told(reading)
    assert reading.rejected


def test_the_groups_to_bring_are_those_without_names():
    assert [group.id for group in unlisted(RUYUAN)] == ["economy", "party", "upper", "other", "team"]
    assert [group.id for group in unlisted(QUJIANG)] == ["organ"]


# files


def test_a_real_workbook_is_read_in_its_own_process():
    content = xlsx(("乳源县帮扶单位名单",), HEAD, (ECONOMY, "县农业局", "桂头镇", 30))
    reading = read_roster("名单.xlsx", content, RUYUAN, TOWNS)
    assert helps_of(reading, "县农业局") == (("桂头镇", Fraction(30)),)


def test_a_csv_of_the_office_is_read_whatever_its_encoding():
    text = f"组别,名称,帮扶镇\n{ECONOMY},县农业局,桂头镇30、一六镇10\n"
    assert helps_of(read_roster("a.csv", text.encode("gb18030"), RUYUAN, TOWNS), "县农业局") == (
        ("桂头镇", 30),
        ("一六镇", 10),
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "文件是空的"), (b"%PDF-1.4", "不是电子表格"), (b"PK\x03\x04broken", "已损坏"), (b"\x00\x01\x02" * 50, "")],
)
def test_a_file_that_is_no_table_is_refused_in_words(content: bytes, words: str):
    grids, problem = open_file(content)
    assert grids == []
    assert problem is not None
    assert words in problem.message
    assert "评分表" not in problem.message + problem.mend


def test_a_file_that_takes_too_long_is_given_up_in_words():
    _, problem = open_file(xlsx(HEAD), seconds=0.0)
    assert problem is not None
    assert "读取超过" in problem.message


# the blank roster


def test_the_blank_roster_has_a_row_for_every_unit_the_document_counts():
    sheet = load_workbook(io.BytesIO(blank_roster(RUYUAN)))["名单"]
    assert [cell.value for cell in sheet[3]] == list(HEAD)
    groups = [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)]
    assert {name: groups.count(name) for name in dict.fromkeys(groups)} == {
        ECONOMY: 28, "党政综合管理服务与群团组织": 26, "上级直管单位": 6, "其余帮扶单位": 16, "市驻镇工作队": 5,
    }  # fmt: skip


def test_the_blank_roster_left_blank_says_that_nothing_is_filled_in():
    grids, problem = open_file(blank_roster(RUYUAN))
    assert problem is None
    assert told(roster_of("a", grids, RUYUAN, TOWNS)) == ["表头之下没有填写考核对象"]


def test_a_scheme_without_inheritance_asks_for_no_towns():
    sheet = load_workbook(io.BytesIO(blank_roster(QUJIANG)))["名单"]
    assert [cell.value for cell in sheet[3]] == ["组别", "名称"]


towns = st.sampled_from([unit.name for unit in TOWNS])
counts = st.integers(0, 500).map(Fraction)


@st.composite
def helping(draw) -> tuple[tuple[str, Fraction | None], ...]:
    chosen = draw(st.lists(towns, min_size=1, max_size=4, unique=True))
    told_all = draw(st.booleans())
    return tuple((town, draw(counts) if told_all else None) for town in chosen)


@settings(max_examples=20, deadline=None)
@given(st.lists(helping(), min_size=1, max_size=8))
def test_a_roster_written_and_read_is_the_very_roster(helped):
    rows = (*TOWNS, *(UnitRow(f"第{at}局", "party", "", helps) for at, helps in enumerate(helped)))
    content = filled_roster(RUYUAN, rows)
    grids = _grids_here(content)
    assert roster_of("a", grids, RUYUAN, rows).units == rows


def _grids_here(content: bytes) -> list[Grid]:
    from data.sheets.xlsx import read_xlsx

    return read_xlsx(content)
