"""Indicator tables built in the tests as offices write them, and what is recognised of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from data.indicator_tables import IndicatorFile, Reading, recognise, scheme_text_from
from data.sheets.xlsx import read_xlsx
from scoring import exact
from scoring.load import load_scheme
from scoring.scheme import Scheme

Rows = Sequence[Sequence[Any]]

HEAD = ["一级指标", "二级指标", "分值", "评分标准"]


def file_of(*sheets: tuple[str, Rows, Sequence[str]], name: str = "指标表.xlsx") -> IndicatorFile:
    """A file of sheets: name, rows, merged areas each."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows, merged in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    kept = io.BytesIO()
    book.save(kept)
    return IndicatorFile(name, tuple(read_xlsx(kept.getvalue())))


def read(rows: Rows, *merged: str, answers: dict[str, str] | None = None, title: str = "考核表") -> Reading:
    """One sheet, recognised."""
    return recognise(file_of((title, rows, merged)), answers)


def told(reading: Reading, level: str = "error") -> list[tuple[str, str]]:
    """(code, cell) of its problems."""
    return [(one.code.removeprefix("table-"), one.cell) for one in reading.problems if one.level == level]


def items(reading: Reading) -> list[tuple[str, str]]:
    """Each item as 甲/乙/name and its amount."""
    return [
        ("/".join((*item.path, item.name)), "" if item.amount is None else exact.plain(item.amount))
        for table in reading.tables
        for item in table.items
    ]


def scheme_of(reading: Reading, **answers: str) -> Scheme:
    """The draft, loaded."""
    return load_scheme(scheme_text_from(reading, answers))
