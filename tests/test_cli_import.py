"""``cli.py scheme import``: an office's table becomes a scheme's file, problems and defaults told."""

from __future__ import annotations

from pathlib import Path

from cli import main
from scoring.load import load_scheme

STORED = Path(__file__).parent / "data/indicator_tables"


def test_a_table_is_written_as_a_scheme_with_every_default_told(capsys, tmp_path):
    out = tmp_path / "方案.yaml"
    assert main(["scheme", "import", str(STORED / "县级三级指标.xlsx"), "--title", "某县考核", "--out", str(out)]) == 0
    told = capsys.readouterr().err
    assert "共3级、7项，合计100分" in told
    assert "方案叫什么？　按所写：某县考核" in told
    assert "好、较好、一般、较差" in told
    assert load_scheme(out.read_text(encoding="utf-8")).title == "某县考核"
    assert main(["scheme", "check", str(out)]) == 0


def test_without_a_file_to_write_the_scheme_goes_to_the_screen(capsys):
    assert main(["scheme", "import", str(STORED / "镇街千分制.xls")]) == 0
    assert load_scheme(capsys.readouterr().out).base == 1000


def test_a_table_with_mistakes_is_told_and_nothing_is_written(capsys, tmp_path):
    table, out = tmp_path / "表.csv", tmp_path / "方案.yaml"
    table.write_text("指标,分值\n甲,60\n乙,39.99\n", encoding="utf-8")
    assert main(["scheme", "import", str(table), "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert "99.99" in told
    assert "未生成方案" in told
    assert not out.exists()


def test_a_file_that_is_not_there_is_told(capsys):
    assert main(["scheme", "import", "没有.xlsx"]) == 2
    assert "文件不存在" in capsys.readouterr().err
