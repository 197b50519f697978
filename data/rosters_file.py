"""A file of any table but a form (名单, 指标表, 方案工作簿, …) opened in a process of its own: its sheets, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.sheets.apart import read_apart
from data.sheets.grid import Cell, Grid
from data.sheets.opening import open_grids
from data.sheets.pool import SECONDS
from data.sheets.problems import Problem, RefusalError, problem


def open_file(content: bytes, seconds: float = SECONDS, called: str = "名单") -> tuple[list[Grid], Problem | None]:
    """The file's sheets, or none and why it cannot be opened. Whatever the bytes are, this returns.

    ``called``: what the messages call such a file.
    """
    try:
        return [_grid(*told) for told in read_apart("grids", content, seconds=seconds)], None
    except RefusalError as refused:
        return [], as_called(refused.problem, called)
    except (ValueError, KeyError, TypeError):  # an answer that is no grid
        return [], as_called(problem("reader-stopped"), called)


def grids_task(content: bytes, _: Mapping[str, Any]) -> Any:
    """The worker's part."""
    return [
        (g.name, g.hidden, [(*place, cell.text, cell.kind, cell.computed) for place, cell in g.cells.items()], g.merged)
        for g in open_grids(content)
    ]


def _grid(name: str, hidden: bool, cells: list[list[Any]], merged: list[list[int]]) -> Grid:
    grid = Grid(name, hidden, merged=[(top, left, bottom, right) for top, left, bottom, right in merged])
    grid.cells = {(row, column): Cell(text, kind, computed=computed) for row, column, text, kind, computed in cells}
    return grid


def as_called(told: Problem, called: str) -> Problem:
    """The words are those of forms; this file is another."""
    said = {
        field: getattr(told, field).replace("评分表", called).replace("其中的评分", f"其中的{called}")
        for field in ("message", "mend")
    }
    return replace(told, **said)
