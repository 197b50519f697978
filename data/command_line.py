"""A line for the terminal that works where the program is installed: with its own Python, on its own data."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder in which every line is to be typed."""


def line(rest: str) -> str:
    """``cli.py`` with ``rest``, as it is typed in the program's folder: ``.venv/bin/python cli.py verify``.

    A data folder that a setting names is named again, for a terminal does not know the service's settings.
    """
    return f"{_data_named()}{_python()} cli.py {rest}"


def where() -> str:
    """Where to type it, as a sentence; and as whom, where settings say where the data lie: a terminal must have them, too."""
    told = f"在程序所在的文件夹（{PROGRAM}）执行。"
    if any(os.environ.get(name, "").strip() for name in ("HENGXIAO_DATA", "DATABASE_URL")):
        told += "登记为服务的，须以服务的账户和设置执行，办法见 docs/deploy.md“在服务器上执行命令”。"
    return told


def _windows() -> bool:
    return os.name == "nt"


def _python() -> str:
    """The project's own ``.venv`` by its short name, another virtual environment by its path, else the system's Python."""
    if Path(sys.prefix).resolve() == PROGRAM / ".venv":
        return r".venv\Scripts\python" if _windows() else ".venv/bin/python"
    if sys.prefix != sys.base_prefix:
        return f'& "{sys.executable}"' if _windows() else shlex.quote(sys.executable)
    return "py" if _windows() else "python3"


def _data_named() -> str:
    named = os.environ.get("HENGXIAO_DATA", "").strip()
    if not named:
        return ""
    folder = str(Path(named).expanduser().resolve())
    return f'$env:HENGXIAO_DATA="{folder}"; ' if _windows() else f"HENGXIAO_DATA={shlex.quote(folder)} "
