"""What tests read in the workbook of a 锁定版: the rows of its tables by their heads, and the locked versions it is made of."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data.demo import demo_of, load_one
from data.locked import Locked
from data.store import Assessment, Store
from data.store.location import FILE_NAME, sqlite_url
from scoring import exact
from scoring.results import Results
from scoring.standing import word
from tests.data import locks

LIVE = ("参数", "评分", "计算校验", "分项明细")


def of_demo(folder: Path, scheme_id: str) -> Locked:
    """The demonstration of a scheme, locked."""
    with Store.open(sqlite_url(folder / FILE_NAME)) as store:
        return locks.locked_of(store, load_one(store, demo_of(scheme_id)).id)


def of_made(folder: Path, make: Callable[[Store], Assessment]) -> Locked:
    """What ``make`` puts into an empty store, locked."""
    with Store.open(sqlite_url(folder / FILE_NAME)) as store:
        return locks.locked_of(store, make(store).id)


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """The workbook: its formulas, or the values saved beside them."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def rows(sheet: Worksheet, first: str) -> list[dict[str, object]]:
    """A table's rows by its heads, which stand in the first row that has ``first`` in it, down to the sheet's end."""
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    head = next(number for number, line in enumerate(lines) if first in line)
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :] if any(line)]


def summary(book: openpyxl.Workbook, locked: Locked) -> dict[str, dict[str, object]]:
    """The rows of 综合结果 by unit."""
    unit = locked.state.scheme.words.unit
    return {str(row[unit]): row for row in rows(book["综合结果"], unit)}


Told = dict[str, tuple[str, str, str]]


def told(book: openpyxl.Workbook, locked: Locked) -> Told:
    """Score, grade and place of every unit as a sheet shows them: "90.00", 好, "1"; nothing is ""."""
    found = {}
    for unit, row in summary(book, locked).items():
        score, place = row["综合得分"], row.get("位次")
        found[unit] = (_fixed(locked, score), str(row.get("测算等次", "")), "" if place in (None, "") else str(place))
    return found


def _fixed(locked: Locked, score: object) -> str:
    if score in (None, ""):
        return ""
    places = locked.state.scheme.places
    assert places is not None
    text = exact.fixed(Fraction(str(score)), places)
    assert abs(Fraction(str(score)) - Fraction(text)) < Fraction(1, 10**9), "the cell holds the official score itself"
    return text


def computed(results: Results) -> Told:
    """The same of the engine's results."""
    scheme = results.scheme
    return {
        r.unit: (
            "" if r.score is None else exact.fixed(r.score, scheme.places or 0),
            word(r) if scheme.grades else "",
            "" if r.rank is None or scheme.rank.shown == "none" else str(r.rank),
        )
        for r in results.units
    }


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook with something typed into it."""
    book, kept = opened(content), BytesIO()
    change(book)
    book.save(kept)
    return kept.getvalue()


def typed(section: str, named: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """Type another value for a parameter: its yellow cell in 参数."""

    def change(book: openpyxl.Workbook) -> None:
        row = next(r for r in book["参数"].iter_rows() if str(r[0].value).startswith(section) and r[1].value == named)
        assert row[2].fill.start_color.rgb == "00FFF6D6"
        row[2].value = value

    return change
