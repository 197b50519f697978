"""A roster file opened in a process of its own: a crafted one can abort the interpreter, and takes down only that process.

Rosters come once or twice a year, so no worker is kept warm for them (``python -m data.rosters_file`` serves one file).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from data.sheets import guard
from data.sheets.grid import Cell, Grid
from data.sheets.ods import read_ods
from data.sheets.problems import Problem, RefusalError, problem
from data.sheets.text import read_text
from data.sheets.worker import limit_memory
from data.sheets.xls import read_xls
from data.sheets.xlsx import read_xlsx

SECONDS = 40.0
"""Wall time one file may take, the start of its process included."""
_ROOT = Path(__file__).parents[1]
_READERS = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods, "text": read_text}


def open_file(content: bytes, seconds: float = SECONDS, called: str = "名单") -> tuple[list[Grid], Problem | None]:
    """The file's sheets, or none and why it cannot be opened. Whatever the bytes are, this returns.

    ``called``: what the messages call such a file.
    """
    try:
        guard.sized(content)
        grids, refusal = _grids(json.loads(_answer(content, seconds)))
    except RefusalError as refused:
        grids, refusal = [], refused.problem
    except subprocess.TimeoutExpired:
        grids, refusal = [], problem("reader-timeout", seconds=f"{seconds:g}")
    except (OSError, ValueError, KeyError, TypeError):
        grids, refusal = [], problem("reader-stopped")
    return grids, refusal and _called(refusal, called)


def _answer(content: bytes, seconds: float) -> bytes:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "data.rosters_file"], input=content, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=_ROOT, env=environment, timeout=seconds, check=False,
    )  # fmt: skip
    return done.stdout


def _grids(answer: dict[str, Any]) -> tuple[list[Grid], Problem | None]:
    if answer["problem"] is not None:
        return [], Problem(**answer["problem"])
    return [_grid(*told) for told in answer["grids"]], None


def _grid(name: str, hidden: bool, cells: list[list[Any]], merged: list[list[int]]) -> Grid:
    grid = Grid(name, hidden, merged=[(top, left, bottom, right) for top, left, bottom, right in merged])
    grid.cells = {(row, column): Cell(text, kind, computed=computed) for row, column, text, kind, computed in cells}
    return grid


def _called(told: Problem, called: str) -> Problem:
    """The words are those of forms; this file is another."""
    said = {
        field: getattr(told, field).replace("评分表", called).replace("其中的评分", f"其中的{called}")
        for field in ("message", "mend")
    }
    return replace(told, **said)


def serve() -> None:
    """Answer the one file on standard input with one JSON value."""
    limit_memory()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a parser prints must not pass for an answer
    answers.write(json.dumps(_opened(sys.stdin.buffer.read())))
    answers.flush()


def _opened(content: bytes) -> dict[str, Any]:
    try:
        grids = _READERS[guard.file_kind(content)](content)
    except RefusalError as refusal:
        return {"problem": asdict(refusal.problem)}
    except (MemoryError, RecursionError):
        return {"problem": asdict(problem("reader-stopped"))}
    except Exception:  # a broken file can make a parser fail in any way
        return {"problem": asdict(problem("damaged"))}
    told = [
        (g.name, g.hidden, [(*place, cell.text, cell.kind, cell.computed) for place, cell in g.cells.items()], g.merged) for g in grids
    ]
    return {"problem": None, "grids": told}


if __name__ == "__main__":
    serve()
