"""What tests read in the workbook of a comparison: its texts, and the result table of a scenario's sheet."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The result table of a scenario's sheet: heads in row 6, one row a unit below, up to the first empty row."""
    heads = [cell.value for cell in sheet[6]]
    found = []
    for row in sheet.iter_rows(min_row=7, values_only=True):
        if row[1] is None:
            break
        found.append(dict(zip(heads, row, strict=True)))
    return found
