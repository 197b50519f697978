"""The whole way from a terminal, for every scheme: blank forms written, filled in by hand, checked, scored.

Every box is filled with 95 of 100 or what comes to it: 好 is 95, a task 完成且有亮点 is 好, equal values are all in the
upper quarter. So every total is 95.00, but for 内蒙古's yes-or-no row, of 6 points, which is met in full:
(95 + (94 × 0.95 + 6)) ÷ 2 = 95.15.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cli import main
from data.demo import SEED, ruyuan
from data.documents.roster_form import filled_roster
from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.assumptions import assumptions, with_reading
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

HEAD = (3, 4)
"""Rows of a form's header."""
ENTRIES: dict[str, Any] = {"实际数值": 95, "任务完成情况": "完成且有亮点", "得分": None, "好": "√"}
"""Column → what a clerk writes in it; the first one that is open in a row is filled. None: 95 % of the 分值."""
OPINION = "评价意见"
EXPECTED = {"neimenggu-2018": "95.15", "qujiang-2018": None, "template-2026-county": "93.95"}
"""The template: 38 + 33.25 + 5 (income reached) + 4.8 + 3.8 + 4 + 3.2 + 1.9, of which two are 80 % of a 档."""
TEMPLATE_TARGETS = ("insured=100", "jobs=100", "income=9.0", "idle=95")
MORE = {
    "neimenggu-2018": ["--target", "national-income=9.0"],
    "template-2026-county": [word for figure in TEMPLATE_TARGETS for word in ("--target", figure)],
}
FACTS = {
    "jiangmen-2020-county": ("鹤山市,班子成员受政务处分,记过,2020-06-01,示例〔2020〕1号", "较好", "提交整改方案与报告"),
    "guangdong-2019": ("广州市,某些方面存在突出问题,有", None, "谈话提醒"),
    "dongxi-2019-city": ("广州市,弄虚作假、虚报数据,是", "差", "约谈"),
    "dongxi-2019-department": ("省教育厅,弄虚作假、虚报数据,是", "差", "约谈"),
    "neimenggu-2018": ("包头市,outstanding,是", None, "奖励"),
    "ruyuan-2017": ("桂头镇,fraud,有", "好", "严肃追责"),
    "template-2026-county": ("甲县,帮扶数据弄虚作假,有", "较差", "约谈提醒"),
    "qujiang-2018": ("马坝镇,未完成年度计划减贫任务,有", None, "约谈并限期整改"),
}
"""A fact of one unit, the grade it then has, and what follows."""


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def roster_of(name: str, folder: Path) -> list[str]:
    """乳源 names no helping unit: the office brings them."""
    if name != ruyuan.SCHEME:
        return []
    path = folder / "名单.xlsx"
    path.write_bytes(filled_roster(scheme(name), ruyuan.units(SEED)))
    return ["--roster", str(path)]


def fill(content: bytes) -> bytes:
    """A blank form as a clerk fills it in, a cell a row, whatever columns it has."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    heads = {str(cell.value): cell.column for row in HEAD for cell in page[row] if cell.value}
    for row in range(HEAD[0] + 1, page.max_row + 1):
        _fill_row(page, row, heads)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_row(page: Worksheet, row: int, heads: dict[str, int]) -> None:
    open_cells = {title: cell for title in heads if not (cell := page.cell(row, heads[title])).protection.locked}
    if OPINION in open_cells:
        open_cells[OPINION].value = "情况属实。"
    for title in ENTRIES:
        if title in open_cells:
            full = page.cell(row, heads["分值"]).value if "分值" in heads else 100
            extra = isinstance(full, str)  # 加分至多3: nothing to add
            open_cells[title].value = 0 if extra else ENTRIES[title] or full * 95 / 100
            return


def filled_templates(name: str, folder: Path, roster: list[str]) -> list[str]:
    pack = folder / "空白.zip"
    assert main(["template", "--scheme", name, *roster, "--out", str(pack)]) == 0
    paths = []
    with zipfile.ZipFile(pack) as archive:
        for number, entry in enumerate(archive.namelist()):
            path = folder / f"{number}_{Path(entry).name}"
            path.write_bytes(fill(archive.read(entry)))
            paths.append(str(path))
    return paths


def test_the_schemes_are_ten(capsys):
    _, told, _ = said(capsys, "schemes")
    assert [line.split("\t")[:2] for line in told.splitlines()] == [[name, "可用"] for name in scheme_ids()]
    assert len(scheme_ids()) == 10


@pytest.mark.parametrize("name", scheme_ids())
def test_forms_are_written_filled_in_checked_and_scored(name, capsys, tmp_path):
    rules, roster = scheme(name), roster_of(name, tmp_path)
    forms = filled_templates(name, tmp_path, roster)
    units = [unit.name for group in rules.marked_groups for unit in group.units]
    assert len(forms) == len(units) * len(rules.components)

    code, told, problems = said(capsys, "check", "--scheme", name, *roster, "--json", *forms)
    assert (code, {file["verdict"] for file in json.loads(told)["files"]}) == (0, {"accept"}), problems

    more = [*roster, *MORE.get(name, [])]
    code, told, _ = said(capsys, "score", "--scheme", name, *more, "--json", *forms)
    found = json.loads(told)["units"]
    assert code == 0
    assert {unit["unit"] for unit in found} >= set(units)
    assert {unit["score"] for unit in found} == {EXPECTED.get(name, "95.00")}
    assert {unit["grade"] for unit in found} == {"好" if rules.bands and rules.bands.items else None}
    assert {unit["rank"] for unit in found} == {None if rules.rank.shown == "none" else 1}
    assert all(unit["complete"] and not unit["open"] for unit in found)

    code, told, _ = said(capsys, "score", "--scheme", name, *more, *forms)
    assert (code, len(told.splitlines())) == (0, len(found))


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_fact_told_on_the_line_counts(name, capsys, tmp_path):
    line, grade, action = FACTS[name]
    roster, unit = roster_of(name, tmp_path), line.split(",")[0]
    forms = filled_templates(name, tmp_path, roster)
    more = [*roster, *MORE.get(name, []), "--fact", line]
    code, told, _ = said(capsys, "score", "--scheme", name, *more, "--json", *forms)
    found = next(each for each in json.loads(told)["units"] if each["unit"] == unit)
    assert (code, found["grade"]) == (0, grade)
    assert action in [outcome["action"] for outcome in found["outcomes"]]
    assert len(found["facts"]) == 1


# 乳源: a roster, inheritance, awards


@pytest.fixture(scope="module")
def of_ruyuan(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    folder = tmp_path_factory.mktemp("ruyuan")
    roster = roster_of(ruyuan.SCHEME, folder)
    return roster, filled_templates(ruyuan.SCHEME, folder, roster)


def test_units_that_inherit_are_printed_with_their_awards_group_by_group(capsys, of_ruyuan):
    roster, forms = of_ruyuan
    _, told, _ = said(capsys, "score", "--scheme", ruyuan.SCHEME, *roster, *forms)
    lines = told.splitlines()
    assert len(lines) == 9 + 76 + 5
    groups = list(dict.fromkeys(line.split("\t")[0] for line in lines))
    assert groups == [group.name for group in scheme(ruyuan.SCHEME).groups]
    upper = next(line.split("\t") for line in lines if line.startswith("上级直管单位"))
    assert upper == ["上级直管单位", "1", "示例上级直管单位01", "95.00", "好", "绩效得分（上级直管单位）2.8500"]
    assert lines[0].endswith("\t好\t绩效得分（镇、县直经济部门、党群部门）1.9000")


def test_json_tells_whom_a_unit_inherits_from(capsys, of_ruyuan):
    roster, forms = of_ruyuan
    _, told, _ = said(capsys, "score", "--scheme", ruyuan.SCHEME, *roster, "--json", *forms)
    team = next(unit for unit in json.loads(told)["units"] if unit["unit"] == "示例驻镇工作队01")
    assert team["inherited"] == [{"unit": "乳城镇", "score": "95.00"}]


def test_a_roster_that_is_wrong_is_told_by_cell_and_nothing_is_scored(capsys, tmp_path, of_ruyuan):
    _, forms = of_ruyuan
    path = tmp_path / "名单.csv"
    path.write_text("组别,名称,帮扶镇,户数\n市驻镇工作队,示例队,没有镇,\n", encoding="utf-8")
    code, told, problems = said(capsys, "score", "--scheme", ruyuan.SCHEME, "--roster", str(path), *forms)
    assert (code, told) == (1, "")
    assert "没有镇" in problems
    assert "C2" in problems


def test_a_blank_roster_is_written_for_the_groups_without_names(capsys, tmp_path):
    path = tmp_path / "名单.xlsx"
    code, _, _ = said(capsys, "template", "--scheme", ruyuan.SCHEME, "--roster-form", "--out", str(path))
    assert code == 0
    groups = {row[0].value for row in openpyxl.load_workbook(path).active.iter_rows(min_row=4)}
    assert {"县直经济发展与管理部门", "市驻镇工作队"} <= groups


# 内蒙古: a figure the document leaves to the office


def test_without_the_nation_s_figure_the_year_s_end_stays_open_and_says_why(capsys, tmp_path):
    name = "neimenggu-2018"
    forms = [path for path in filled_templates(name, tmp_path, []) if "包头市" in path]
    code, told, why = said(capsys, "score", "--scheme", name, *forms)
    assert code == 0
    assert told.splitlines()[0] == "-\t包头市\t暂缺\t暂缺"
    assert "包头市“年终考核”暂缺：第3项须与“当年全国农村居民人均可支配收入增长率”比较，而该数尚未填写" in why
    assert "“当年全国农村居民人均可支配收入增长率”尚未填写：请加上 --target national-income=数 后重算。" in why
    assert "--target" not in said(capsys, "score", "--scheme", name, *MORE[name], *forms)[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--target", "income=1"], "没有“income”这一待填的目标值；可用：national-income"),
        (["--target", "national-income=九"], "应写成 代号=数"),
        (["--target", "national-income=9", "--target", "national-income=8"], "写了不止一次"),
        (["--fact", "包头市,outstanding"], "应写成 考核对象,情形,取值"),
        (["--fact", "包头县,outstanding,是"], "“包头县”不在考核对象名单上"),
        (["--fact", "包头市,outstanding,是,去年"], "日期“去年”应写成年-月-日"),
        (["--fact", "包头市,outstanding,是,,,12"], "不计数额"),
        (["--roster", "没有这个名单.xlsx"], "读不到文件"),
    ],
)
def test_what_a_call_adds_wrongly_is_refused_with_words(capsys, arguments, words):
    code, _, problems = said(capsys, "score", "--scheme", "neimenggu-2018", *arguments, "甲.xlsx")
    assert code == 2
    assert words in problems


# Ticks and lines agree


def tick_schemes() -> list[tuple[str, Scheme]]:
    """Every scheme with ticks and lines; those without lines under the lines they may borrow."""
    found = []
    for name in scheme_ids():
        rules = scheme(name)
        if rules.ticks is None or rules.bands is None:
            continue
        if rules.bands.items:
            found.append((name, rules))
        for option in (a for a in assumptions(rules) if a.key == "bands"):
            found += [(f"{name}·{label}", with_reading(rules, "bands", label)) for label in option.labels[1:]]
    return [(name, rules) for name, rules in found if rules.bands and rules.bands.items]


@pytest.mark.parametrize(
    ("rules", "grade"), [pytest.param(r, g, id=f"{n} {g}") for n, r in tick_schemes() for g in r.grades]
)
def test_a_sheet_ticked_alike_all_over_has_that_grade(rules, grade):
    sheets = [
        Sheet(
            unit.name,
            part.id,
            tuple(Mark(row.no, grade=grade) for row in rules.items_for(group.id, part.id, unit.name)),
        )
        for group in rules.marked_groups
        for unit in group.units
        for part in rules.counted
    ]
    assert {result.grade for result in assess(rules, sheets).units} == {grade}
