"""The contract for scripts: what each command prints, says on stderr and returns."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cli import main
from data.documents.forms import filled_form
from data.schemes import scheme
from scoring.marks import Mark, Sheet
from tests.cli_calls import COUNTY, run, unit_of, worked, write

ROOT = Path(__file__).parent.parent
RULES = scheme("jiangmen-2020-county")


@pytest.fixture
def three(tmp_path) -> list[str]:
    return worked(tmp_path)


def test_score_gives_exact_strings_and_nulls(capsys, three):
    code, told, _ = run(capsys, "score", *COUNTY, "--json", *three)
    unit = unit_of(told)
    assert code == 0
    assert (unit["exact"], unit["score"], unit["grade"], unit["rank"]) == ("42263/475", "88.97", "较好", 1)
    assert unit["components"]["cross"] == {"score": "90.26", "exact": "1715/19", "weight": "40"}
    assert told["scheme_hash"] == RULES.hash
    assert unit_of(told, "台山市")["score"] is None
    assert unit_of(told, "台山市")["missing"] == ["cross", "municipal", "daily"]
    assert {"what", "cite"} == set(unit["steps"][0])


def test_the_text_lists_only_who_handed_in_and_counts_the_others(capsys, three):
    code, told, _ = run(capsys, "score", *COUNTY, *three)
    assert code == 0
    assert told.splitlines() == ["1\t鹤山市\t88.97\t较好", "其余6个尚无评分表"]


def test_the_text_names_the_group_where_there_are_several(capsys, tmp_path):
    town = scheme("jiangmen-2020-town")
    forms = []
    for unit, grade in (("白沙街道", "好"), ("白沙镇", "较好")):
        items = town.indicators_of(town.group_of(unit).id)
        path = tmp_path / f"{unit}.xlsx"
        path.write_bytes(filled_form(town, Sheet(unit, "county", tuple(Mark(item.no, grade) for item in items))))
        forms.append(str(path))
    _, told, _ = run(capsys, "score", "--scheme", "jiangmen-2020-town", *forms)
    lines = told.splitlines()
    assert [(line.split("\t")[0], line.split("\t")[2]) for line in lines[:2]] == [
        ("蓬江区", "白沙街道"),
        ("台山市", "白沙镇"),
    ]
    assert lines[2:] == ["其余71个尚无评分表"]


def test_a_reader_who_leaves_early_is_no_error(three):
    command = [sys.executable, "cli.py", "score", *COUNTY, "--json", *three]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        said = running.stderr.read()
        assert (running.wait(), said) == (0, b"")


@pytest.mark.parametrize("command", [["score"], ["check"], ["whatif"], ["robust"], ["template"], ["schemes"], ["scheme", "check"]])
def test_the_help_tells_every_option_and_the_exit_codes(capsys, command):
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    told = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "退出码：0 正常" in told
    listed = [line.split() for line in told.splitlines() if line.startswith("  -") and "COMPONENT" not in line]
    assert all(any("\u4e00" <= word[0] <= "\u9fff" or word == "JSON" for word in words) for words in listed), listed


def test_weights_are_ratios_and_name_every_component(capsys, three):
    _, halved, _ = run(capsys, "score", *COUNTY, "--json", "--weights", "cross=50,municipal=25,daily=25", *three)
    _, ratio, _ = run(capsys, "score", *COUNTY, "--json", "--weights", "cross=2,municipal=1,daily=1", *three)
    assert unit_of(halved)["exact"] == unit_of(ratio)["exact"] == "8473/95"
    code, _, said = run(capsys, "score", *COUNTY, "--weights", "cross=50,daily=50", *three)
    assert code == 2
    assert "municipal" in said


def test_facts_limit_the_grade_and_name_the_clause(capsys, tmp_path):
    forms = [write(tmp_path, component, {"好": 19}) for component in ("cross", "municipal", "daily")]
    facts = tmp_path / "情形.csv"
    facts.write_text(
        "考核对象,情形,取值,日期,依据\n鹤山市,班子成员受政务处分,记过,2020-06-01,甲〔2020〕1号\n", encoding="utf-8-sig"
    )
    _, told, _ = run(capsys, "score", *COUNTY, "--json", "--facts", str(facts), *forms)
    unit = unit_of(told)
    assert (unit["score"], unit["score_grade"], unit["grade"]) == ("95.00", "好", "较好")
    assert "五（四）" in {step["cite"] for step in unit["steps"]}
    assert [outcome["action"] for outcome in unit["outcomes"]] == ["提交整改方案与报告"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("鹤山市,班子成员受政务处分,记大大过,,", "记大大过"),
        ("鹤山市,没有的情形,有,,", "没有“没有的情形”"),
        ("鹤山县,班子成员受政务处分,记过,,", "鹤山县"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_with_its_line(capsys, tmp_path, three, line, words):
    facts = tmp_path / "情形.csv"
    facts.write_text(f"考核对象,情形,取值,日期,依据\n{line}\n", encoding="utf-8")
    code, _, said = run(capsys, "score", *COUNTY, "--facts", str(facts), *three)
    assert code == 2
    assert "第2行" in said
    assert words in said


def test_facts_may_be_saved_in_the_encoding_of_chinese_excel(capsys, tmp_path):
    forms = [write(tmp_path, component, {"好": 19}) for component in ("cross", "municipal", "daily")]
    facts = tmp_path / "情形.csv"
    facts.write_text("考核对象,情形,取值,日期,依据\n鹤山市,班子成员受政务处分,记过,,\n", encoding="gb18030")
    code, told, _ = run(capsys, "score", *COUNTY, "--json", "--facts", str(facts), *forms)
    assert (code, unit_of(told)["grade"]) == (0, "较好")


@pytest.mark.parametrize(
    ("content", "words"),
    [("单位,情形,取值\n".encode(), "缺少“考核对象”列"), (b"", "文件是空的"), (b"PK\x03\x04", "文件不完整或已损坏")],
)  # fmt: skip
def test_a_table_of_facts_that_cannot_be_read_is_refused_even_without_rows(capsys, tmp_path, three, content, words):
    facts = tmp_path / "情形.csv"
    facts.write_bytes(content)
    code, _, said = run(capsys, "score", *COUNTY, "--facts", str(facts), *three)
    assert code == 2
    assert words in said


def test_check_lists_each_mark_with_its_cell(capsys, three):
    code, told, _ = run(capsys, "check", *COUNTY, "--json", *three)
    assert code == 0
    rows = told["files"][0]["rows"]
    assert len(rows) == 19
    assert set(rows[0]) == {
        "unit", "component", "indicator", "grade", "score", "value", "answer", "remark", "sheet", "cell",
    }  # fmt: skip
    assert (rows[0]["unit"], rows[0]["component"], rows[0]["indicator"], rows[0]["grade"]) == (
        "鹤山市",
        "cross",
        1,
        "好",
    )
    assert rows[0]["sheet"]
    assert rows[0]["cell"]
    total = told["files"][2]["rows"]
    assert [(row["indicator"], row["grade"], row["score"]) for row in total] == [(None, None, "88.6")]


def test_a_rejected_file_has_no_rows_and_the_exit_code_says_so(capsys, tmp_path, three):
    broken = tmp_path / "交叉考核_台山市.xlsx"
    broken.write_bytes(b"not a workbook")
    code, told, _ = run(capsys, "check", *COUNTY, "--json", str(broken), *three)
    first = told["files"][0]
    assert code == 1
    assert (first["verdict"], first["rows"]) == ("reject", [])
    assert set(first["problems"][0]) == {"level", "code", "sheet", "cell", "value", "message", "mend"}
    assert [file["verdict"] for file in told["files"][1:]] == ["accept"] * 3


def test_the_same_unit_and_component_twice_is_an_error_naming_both_files(capsys, tmp_path, three):
    again = tmp_path / "又一份"
    again.mkdir()
    code, _, said = run(capsys, "score", *COUNTY, *three, write(again, "cross", {"好": 19}))
    assert code == 2
    assert "鹤山市" in said
    assert "交叉考核" in said


def test_a_blank_form_filled_is_read_back_and_many_come_as_a_zip(capsys, tmp_path):
    form, pack = tmp_path / "空白.xlsx", tmp_path / "空白.zip"
    assert main(["template", *COUNTY, "--unit", "鹤山市", "--component", "cross", "--out", str(form)]) == 0
    assert main(["template", *COUNTY, "--component", "市级考核", "--out", str(pack)]) == 0
    capsys.readouterr()
    code, told, _ = run(capsys, "check", *COUNTY, "--json", str(form))
    assert code == 1
    assert {problem["code"] for problem in told["files"][0]["problems"]} == {"sheet-empty"}
    assert len(zipfile.ZipFile(pack).namelist()) == 7


def test_all_ten_schemes_are_listed_and_a_faulty_one_is_told_by_line(capsys, tmp_path):
    _, told, _ = run(capsys, "schemes", "--json")
    assert len(told) == 10
    assert {row["status"] for row in told} == {"whole"}
    faulty = tmp_path / "我的.yaml"
    text = (ROOT / "data/schemes/jiangmen-2020-county.yaml").read_text(encoding="utf-8")
    faulty.write_text(text.replace("best: 较好", "best: 良好", 1), encoding="utf-8")
    code, _, said = run(capsys, "scheme", "check", str(faulty))
    assert code == 1
    assert "良好" in said
    assert "第" in said
    assert main(["scheme", "check", str(ROOT / "data/schemes/jiangmen-2020-county.yaml")]) == 0


def test_a_scheme_that_is_checked_tells_how_many_cells_it_asks_for_and_what_to_think_over(capsys):
    assert main(["scheme", "check", "template-2026-county"]) == 0
    assert "本方案要求基层填报168格：每个县（市、区）21格" in capsys.readouterr().out
    assert main(["scheme", "check", "jiangmen-2020-county"]) == 0
    assert "提示：有19项由交叉考核、市级考核、自查自评分别填报" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "--scheme", "没有", "甲.xlsx"],
        ["score", *COUNTY, "没有这个文件.xlsx"],
        ["check", *COUNTY, "--component", "没有", "甲.xlsx"],
        ["score", *COUNTY, "--weights", "cross=a,municipal=1,daily=1", "甲.xlsx"],
        ["score", *COUNTY, "--weights", "cross=0,municipal=0,daily=0", "甲.xlsx"],
        ["score", *COUNTY, "--weights", "cross=50,cross=60,municipal=20,daily=20", "甲.xlsx"],
        ["score", "--scheme", "neimenggu-2018", "--target=national-income=三成", "甲.xlsx"],
        ["template", *COUNTY, "--unit", "广州市", "--out", "a.zip"],
        ["template", *COUNTY, "--unit", "广州市", "--component", "cross", "--out", "a.xlsx"],
    ],
)
def test_a_call_that_cannot_be_carried_out_exits_with_2_and_says_why(capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err.strip()


def test_what_does_not_fit_the_scheme_is_told_in_words_and_exits_with_1(capsys, three, monkeypatch):
    def unfit(*_):
        raise KeyError("cross")

    monkeypatch.setattr("commands.inputs.assess", unfit)
    assert main(["score", *COUNTY, *three]) == 1
    assert capsys.readouterr().err.strip() == "评分表或情形与方案不符。"


def test_bad_usage_is_told_in_chinese(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["score"])
    assert stopped.value.code == 2
    assert "缺少 --scheme" in capsys.readouterr().err


def test_the_version_is_printed_by_the_program_itself():
    told = subprocess.run([sys.executable, "cli.py", "--version"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.startswith("衡效 0.6.0")


def test_crosscheck_holds_a_workbook_against_the_results(capsys, three, tmp_path):
    book = tmp_path / "汇总.csv"
    book.write_text("单位,交叉考核,市级考核,日常工作,总分,等次\n鹤山,90.26,87.63,88.60,88.97,较好\n", encoding="utf-8")
    code, told, _ = run(capsys, "crosscheck", *COUNTY, "--against", str(book), "--json", *three)
    missing = "；另有6处名单问题。"
    assert code == 1
    assert told["verdict"].startswith("核对5格，数都相同"), told
    assert told["verdict"].endswith(missing)


def test_crosscheck_tells_a_wrong_cell_with_its_cause(capsys, three, tmp_path):
    book = tmp_path / "汇总.csv"
    book.write_text("单位,交叉考核,市级考核,日常工作,总分,等次\n鹤山,90.26,87.63,86.80,88.43,较好\n台山,,,,,\n", encoding="utf-8")
    code, told, _ = run(capsys, "crosscheck", *COUNTY, "--against", str(book), "--json", *three)
    wrong = {one["cell"]: (one["code"], one["from"]) for one in told["differences"]}
    assert code == 1
    assert wrong == {"D2": ("typing", []), "E2": ("follows", ["D2"])}
    assert "数字颠倒" in told["differences"][0]["message"]
