"""The line that a page tells to type works where the program stands: it is typed here, too."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from data import command_line
from data.command_line import PROGRAM, line, where


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HENGXIAO_DATA", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_where_the_program_runs_from_its_own_environment_the_line_is_that_of_the_readme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "prefix", str(PROGRAM / ".venv"))
    assert line("verify") == ".venv/bin/python cli.py verify"
    monkeypatch.setattr(command_line, "_windows", lambda: True)
    assert line("verify") == r".venv\Scripts\python cli.py verify"


def test_without_an_environment_of_its_own_the_line_has_the_python_that_the_system_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert line("verify") == "python3 cli.py verify"  # Debian knows no "python"


def test_a_data_folder_that_was_set_is_named_in_the_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert where() == f"在程序所在的文件夹（{PROGRAM}）执行。"
    monkeypatch.setattr(sys, "prefix", str(PROGRAM / ".venv"))
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path / "数据 一"))
    assert line("verify") == f"HENGXIAO_DATA='{tmp_path}/数据 一' .venv/bin/python cli.py verify"
    assert "须以服务的账户和设置执行" in where()


@pytest.mark.skipif(sys.platform == "win32", reason="typed into a shell of POSIX")
def test_the_line_typed_in_the_programs_folder_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    typed = line(f"verify {shlex.quote('--help')}")
    said = subprocess.run(["sh", "-c", typed], cwd=PROGRAM, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    assert "verify" in said.stdout
