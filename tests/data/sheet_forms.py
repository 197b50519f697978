"""Forms built in the tests as people fill them: the printed county table, to be bent in every way."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data import schemes
from data.sheets import FileReading, Problem, read_file
from scoring.scheme import Scheme

COUNTY: Scheme = schemes.scheme("jiangmen-2020-county")
TITLE = "2020年江门市县级党委和政府扶贫开发成效考核指标表"
FIRST = 5
"""Row of item 1: below title, fields and a header of two rows. Item n is in row n + 4, boxes in E to H, 备注 in I."""
BOXES = dict(zip(COUNTY.grades, "EFGH", strict=True))


def page(book: openpyxl.Workbook, unit: str = "蓬江区", component: str = "交叉考核", title: str = TITLE, grade: str = "好",
         name: str | None = None, scheme: Scheme = COUNTY) -> Worksheet:  # fmt: skip
    """Add the official form with every item ticked ``grade``."""
    sheet = book.create_sheet(name or "Sheet1")
    sheet["A1"] = title
    sheet["A2"], sheet["E2"] = (
        (f"考核对象：{unit}" if unit else None),
        (f"考核方式：{component}" if component else None),
    )
    head(sheet, 3)
    for item in scheme.indicators:
        row = 4 + item.no
        values = ["", item.path[-1], f"{item.no}. {item.name}", item.source]
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value or None)
        sheet[f"{BOXES[grade]}{row}"] = "√"
    sheet["A5"] = "一、减贫成效"
    sheet.merge_cells("A5:A6")
    sheet["A25"], sheet["E25"] = "考核组组长（签名）：", "日期：2020年11月29日"
    return sheet


def head(sheet: Worksheet, row: int) -> None:
    """The merged two-row header."""
    for column, text in zip("ACDEI", ("考核内容", "考核指标", "数据来源", "考评等次", "备注"), strict=True):
        sheet[f"{column}{row}"] = text
    for column, text in zip("EFGH", COUNTY.grades, strict=True):
        sheet[f"{column}{row + 1}"] = text
    for area in (
        f"A{row}:B{row + 1}",
        f"C{row}:C{row + 1}",
        f"D{row}:D{row + 1}",
        f"E{row}:H{row}",
        f"I{row}:I{row + 1}",
    ):
        sheet.merge_cells(area)


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's bytes, without the empty sheet it began with."""
    if "Sheet" in book.sheetnames and len(book.sheetnames) > 1:
        del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form(change: Callable[[Worksheet], Any] | None = None, **options: Any) -> bytes:
    """One form as .xlsx, after ``change`` was done to its sheet."""
    book = openpyxl.Workbook()
    sheet = page(book, **options)
    if change:
        change(sheet)
    return saved(book)


def cells(**values: Any) -> Callable[[Worksheet], None]:
    """A change that sets cells: cells(E5=None, F5="√")."""

    def change(sheet: Worksheet) -> None:
        for address, value in values.items():
            sheet[address] = value

    return change


def table(rows: Iterable[Iterable[Any]], name: str = "Sheet1") -> bytes:
    """Rows as .xlsx."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def read(content: bytes, name: str = "评分表.xlsx", scheme: Scheme = COUNTY, **asked: str | None) -> FileReading:
    """Read in this process."""
    return read_file(name, content, scheme, **asked)


def only(reading: FileReading, code: str) -> Problem:
    """The one problem of a file, which has that code. Shows all of them where it is otherwise."""
    assert [each.code for each in reading.problems] == [code], reading.problems
    return reading.problems[0]


def errors(reading: FileReading) -> list[str]:
    """Codes of the errors."""
    return [each.code for each in reading.problems if each.level == "error"]


def grades(reading: FileReading) -> dict[int | None, str | None]:
    """Item number → grade, of the only sheet."""
    (sheet,) = reading.sheets
    return {mark.indicator: mark.grade for mark in sheet.marks}
