"""A geography file opened in a process of its own: what a crafted file exhausts or aborts is this process alone."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import shapely

from data.geographies.model import Opened, Row
from data.geographies.opening import open_here, sized
from data.geographies.problems import RefusedError
from data.rosters_file import as_called
from data.sheets.apart import read_apart
from data.sheets.problems import Problem, RefusalError

SECONDS = 60.0
"""Wall time a geography may take: outlines of many thousand points are mended and measured as they are read."""


def open_geography(file: str, content: bytes) -> Opened:
    """Whatever the bytes are, this returns; a file that cannot be read has an error among its problems and no rows."""
    try:
        sized(content)
        return load(read_apart("geography", content, {"name": file}, seconds=SECONDS))
    except RefusedError as refused:
        return Opened(file, problems=(refused.problem,))
    except RefusalError as refusal:
        return Opened(file, problems=(as_called(refusal.problem, "底图文件"),))
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError):  # an answer that is no geography
        return Opened(file, problems=(as_called(RefusalError("reader-stopped").problem, "底图文件"),))


def geography_task(content: bytes, told: Mapping[str, Any]) -> Any:
    """The worker's part."""
    return dump(open_here(told["name"], content))


def dump(opened: Opened) -> dict[str, Any]:
    """A file as JSON can say it, geometries in WKB."""
    rows = [[row.no, row.at, dict(row.told), _packed(row.geometry)] for row in opened.rows]
    plain = {name: value for name, value in vars(opened).items() if name not in ("rows", "problems")}
    return {**plain, "rows": rows, "problems": [vars(each) for each in opened.problems]}


def load(found: dict[str, Any]) -> Opened:
    """The file that ``dump`` told. Raises ValueError, KeyError, TypeError or ShapelyError for anything else."""
    rows = tuple(Row(no, at, told, _unpacked(packed)) for no, at, told, packed in found["rows"])
    problems = tuple(Problem(**each) for each in found["problems"])
    lists = {name: tuple(found[name]) for name in ("columns", "mended")}
    return Opened(**{**found, **lists, "rows": rows, "problems": problems})


def _packed(geometry: Any) -> str | None:
    return None if geometry is None else base64.b64encode(shapely.to_wkb(geometry)).decode()


def _unpacked(packed: str | None) -> Any:
    return None if packed is None else shapely.from_wkb(base64.b64decode(packed, validate=True))
