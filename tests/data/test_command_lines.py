"""The line to type of a comparison: the program's own scheme by its id with the office's figures, any other as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cli import main
from data.command_lines import SCHEME_FILE, line_of, source
from scoring.load import dump_scheme
from scoring.written_out import written_out
from tests.data.comparisons import demo_state, side_by_side

FILLED_IN = "neimenggu-2018"
"""A scheme whose document leaves a figure to the office (国家当年农村居民人均可支配收入增长率)."""


def test_a_scheme_of_the_program_is_named_by_its_id_with_the_figures_filled_in(tmp_path: Path) -> None:
    found = side_by_side(demo_state(tmp_path, FILLED_IN))
    figures = [f"{one.id}={one.value}" for one in found.state.own.targets if one.id == "national-income"]
    assert source(found.state) == FILLED_IN
    assert f"--scheme {FILLED_IN} --target {figures[0]} " in line_of(found, found.base)


def test_a_file_has_its_figures_in_it_and_is_asked_for_none(tmp_path: Path, capsys) -> None:
    state = demo_state(tmp_path, FILLED_IN)
    found = side_by_side(state)
    found = replace(found, state=replace(state, own=state.own.with_elements(title="另拟的方案")))
    assert source(found.state) == SCHEME_FILE
    assert "--target" not in line_of(found, found.base)
    file = tmp_path / SCHEME_FILE
    file.write_text(dump_scheme(written_out(state.own)), encoding="utf-8")
    main(["score", "--scheme", str(file), "--target", "national-income=9", "没有.xlsx"])
    assert "没有“national-income”这一待填的目标值" in capsys.readouterr().err
