"""Two schemes compared from a terminal: sentences by area, or JSON; by id or by file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main
from data.schemes import scheme_text


@pytest.fixture
def edited(tmp_path: Path) -> str:
    """江门's county scheme with 交叉考核 at 45 and 市级考核 at 25."""
    text = scheme_text("jiangmen-2020-county").replace("name: 交叉考核, weight: 40", "name: 交叉考核, weight: 45")
    text = text.replace("name: 市级考核, weight: 30", "name: 市级考核, weight: 25")
    path = tmp_path / "2026.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_sentences_stand_by_area(edited: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "diff", "jiangmen-2020-county", edited]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "考核方式（2处）",
        "  1. 交叉考核的权重由40%改为45%（可能影响结果）",
        "  2. 市级考核的权重由30%改为25%（可能影响结果）",
    ]


def test_as_json_each_has_its_place(edited: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "diff", "--json", "jiangmen-2020-county", edited]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["before"]["id"] == told["after"]["id"] == "jiangmen-2020-county"
    assert told["before"]["hash"] != told["after"]["hash"]
    assert told["differences"][0] == {
        "area": "考核方式",
        "place": ["考核方式", "考核方式"],
        "text": "交叉考核的权重由40%改为45%",
        "moves_results": True,
    }


def test_a_scheme_is_wholly_like_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "diff", "ruyuan-2017", "ruyuan-2017"]) == 0
    assert capsys.readouterr().out == "两个方案内容完全一致。\n"


def test_a_scheme_that_is_not_there_or_faulty_is_told(
    tmp_path: Path, edited: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scheme", "diff", "nowhere", edited]) == 2
    assert "没有“nowhere”这个方案" in capsys.readouterr().err
    (tmp_path / "坏.yaml").write_text("id: [", encoding="utf-8")
    assert main(["scheme", "diff", edited, str(tmp_path / "坏.yaml")]) == 1
    assert "坏.yaml 第1行" in capsys.readouterr().err
