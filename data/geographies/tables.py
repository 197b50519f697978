"""A list 镇名,经度,纬度 (CSV, or a spreadsheet) → its lines, each with what its columns say."""

from __future__ import annotations

import re

from data.geographies.model import Choices, Opened, Row
from data.geographies.problems import RefusedError, clean, first, insist_on_few, told
from data.rosters_file import as_called
from data.sheets.grid import Grid
from data.sheets.opening import open_grids
from data.sheets.problems import Problem, RefusalError

MOST_ROWS = 5_000
_OWN_WORDS = {"bad-encoding": "encoding", "archive": "archive"}
LON = re.compile(r"经度|lon|lng|^x$|东经", re.IGNORECASE)
LAT = re.compile(r"纬度|lat|^y$|北纬", re.IGNORECASE)
_NUMBER = re.compile(r"[\s\d.,，．。+\-°′″'\"度分秒EN]*\d[\s\d.,，．。+\-°′″'\"度分秒EN]*\Z")


def open_table(file: str, content: bytes) -> Opened:
    """Raises RefusedError where nothing can be read; other problems are in what returns."""
    grid, problem = _grid(content)
    if problem is not None:
        return Opened(file, "points", table=True, problems=(problem,))
    lines = list(grid.rows.items())
    if not lines:
        raise RefusedError("no-rows")
    head = {column: clean(cell.text).strip() for column, cell in lines[0][1].items()}
    if any(_NUMBER.match(text) for text in head.values()):
        raise RefusedError("no-head")
    if len(lines) > MOST_ROWS + 1:
        raise RefusedError("too-many-points", count=len(lines) - 1, most=MOST_ROWS)
    names = _told_apart(head)
    insist_on_few(list(names.values()))
    rows = tuple(
        Row(no, f"第{line}行", {name: clean(cells[at].text).strip() if at in cells else "" for at, name in names.items()})
        for no, (line, cells) in enumerate(lines[1:], 1)
    )
    problems = () if rows else (told("no-rows"),)
    return Opened(file, "points", rows, tuple(names.values()), True, problems=first(problems))


def degree_columns(columns: tuple[str, ...]) -> Choices:
    """The columns of 经度 and 纬度, each only where one column alone is called so."""
    lon, lat = ([name for name in columns if sign.search(name)] for sign in (LON, LAT))
    return Choices(lon=lon[0] if len(lon) == 1 else None, lat=lat[0] if len(lat) == 1 else None)


def _grid(content: bytes) -> tuple[Grid, Problem | None]:
    try:
        grids = open_grids(content)
    except RefusalError as refused:
        if refused.problem.code in _OWN_WORDS:
            raise RefusedError(_OWN_WORDS[refused.problem.code]) from None
        return Grid(""), as_called(refused.problem, "底图文件")
    shown = [grid for grid in grids if not grid.hidden and grid.cells]
    if not shown:
        raise RefusedError("no-rows")
    return shown[0], None


def _told_apart(head: dict[int, str]) -> dict[int, str]:
    """Column → its heading; of two alike, the second is told by its number."""
    names: dict[int, str] = {}
    for at, text in head.items():
        names[at] = text if text not in names.values() else f"{text}（第{at}栏）"
    return names
