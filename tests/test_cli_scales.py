"""``cli.py scales``: the sentences of the page and the same exact values as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main
from data.documents.forms import filled_workbook
from data.schemes import scheme
from tests.pages.builders import ticks
from tests.pages.scales_stock import FAR, GENEROUS, MIDDLE, UNITS

COUNTY = ["--scheme", "jiangmen-2020-county"]
A, B, C = UNITS[:3]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two workbooks of seven sheets: B's group generous, C's far off on item 19, all else alike."""
    cross = {B: GENEROUS, C: FAR}
    sheets = {
        "cross": [ticks(unit, "cross", cross.get(unit, MIDDLE)) for unit in UNITS],
        "municipal": [ticks(unit, "municipal", MIDDLE) for unit in UNITS],
    }
    names = {"cross": "交叉考核.xlsx", "municipal": "市级考核.xlsx"}
    for part, told in sheets.items():
        (tmp_path / names[part]).write_bytes(filled_workbook(scheme("jiangmen-2020-county"), told))
    return [str(tmp_path / name) for name in names.values()]


def test_the_sentences_of_the_page_are_printed_with_the_marks_to_look_at_again(
    capsys: pytest.CaptureFixture[str], files: list[str], tmp_path: Path
) -> None:
    who = tmp_path / "谁考核谁.csv"
    who.write_text(f"考核组,考核对象\n{A},{B}\n", encoding="utf-8-sig")
    assert main(["scales", *COUNTY, "--draw", str(who), *files]) == 0
    told = capsys.readouterr().out
    assert f"{A}组评{B}：比市级考核偏宽、比其他组偏宽" in told
    assert f"相差2档：{C}第19项" in told


def test_the_json_has_exact_chances(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    """12 higher and 1 lower of 13: 2·(1 + 13)/8192."""
    assert main(["scales", *COUNTY, "--json", *files]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    (scale,) = [each for each in group["scales"] if each["units"] == [B]]
    assert (scale["higher"], scale["alike"], scale["lower"]) == (12, 6, 1)
    assert (scale["chance"], scale["steps"], scale["verdict"]) == ("0.00341796875", "11/19", "lenient")
    assert group["undivided"]["municipal"] == list(range(1, 20))
    assert [(each["unit"], each["no"], each["steps"]) for each in group["apart"]] == [(C, 19, -2)]


def test_another_component_can_be_told_as_the_cross_assessment(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    """市级考核 seen from the other side: 1 higher, 12 lower."""
    assert main(["scales", *COUNTY, "--cross", "市级考核", "--against", "cross", "--json", *files]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    (scale,) = [each for each in group["scales"] if each["units"] == [B]]
    assert (scale["higher"], scale["lower"], scale["verdict"]) == (1, 12, "severe")


def test_what_cannot_be_compared_or_taken_is_said(
    capsys: pytest.CaptureFixture[str], files: list[str], tmp_path: Path
) -> None:
    assert main(["scales", *COUNTY, "--against", "第三方评估", *files]) == 2
    wrong = tmp_path / "错.csv"
    wrong.write_text(f"{A},新汇区", encoding="utf-8")
    assert main(["scales", *COUNTY, "--draw", str(wrong), *files]) == 2
    assert "“新汇区”不在名单上" in capsys.readouterr().err
    wrong.write_bytes("蓬江区,新会区".encode("gb18030"))
    assert main(["scales", *COUNTY, "--draw", str(wrong), *files]) == 2
    assert "文件不是 UTF-8 文字" in capsys.readouterr().err
