"""The same rows as a workbook of each format: .xls, .ods and text."""

from __future__ import annotations

import io

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.data.sheet_forms import COUNTY

TOTALS = [["考核单位", "考核方式", "得分", "评价意见"], ["蓬江区", "日常工作", 88.6, "好"]]


def form_rows(tick="√"):
    """The official form as plain rows, for the formats without merging."""
    rows = [
        ["2020年江门市县级党委和政府扶贫开发成效考核指标表"],
        ["考核对象：蓬江区", None, None, None, "考核方式：交叉考核"],
    ]
    rows += [
        ["考核内容", None, "考核指标", "数据来源", "考评等次", None, None, None, "备注"],
        [None] * 4 + list(COUNTY.grades),
    ]
    rows += [[*item.path, f"{item.no}. {item.name}", item.source, tick] for item in COUNTY.indicators]
    return rows


def xls(rows, font=None, merged=(), hidden=False, change=None):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    style = xlwt.XFStyle()
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                style.font.name = font if font and row > 3 and column == 4 else "宋体"
                sheet.write(row, column, value, style)
    for top, bottom, left, right in merged:
        sheet.merge(top, bottom, left, right)
    if hidden:
        other = book.add_sheet("旧表")
        other.write(0, 0, "去年的")
        other.visibility = 1
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows, hidden=False, repeat=None, font=""):
    book = OpenDocumentSpreadsheet()
    off = Style(name="off", family="table")
    off.addElement(TableProperties(display="false"))
    symbol = Style(name="symbol", family="table-cell")
    symbol.addElement(TextProperties(fontname="Wingdings"))
    book.automaticstyles.addElement(off)
    book.automaticstyles.addElement(symbol)
    sheet = Table(name="Sheet1")
    for values in rows:
        row = TableRow()
        for value in values:
            if value is None:
                row.addElement(TableCell())
            elif isinstance(value, int | float):
                row.addElement(TableCell(valuetype="float", value=value))
            else:
                styled = {"stylename": symbol} if font and value == "ü" else {}
                cell = TableCell(valuetype="string", **styled)
                cell.addElement(P(text=value))
                row.addElement(cell)
        sheet.addElement(row)
    if repeat:
        row = TableRow(numberrowsrepeated=repeat[0])
        cell = TableCell(numbercolumnsrepeated=repeat[1], valuetype="string")
        if repeat[2]:
            cell.addElement(P(text=repeat[2]))
        row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    if hidden:
        other = Table(name="旧表", stylename=off)
        row = TableRow()
        row.addElement(CoveredTableCell())
        cell = TableCell()
        cell.addElement(P(text="去年的"))
        row.addElement(cell)
        other.addElement(row)
        book.spreadsheet.addElement(other)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows, mark=","):
    return "\r\n".join(mark.join("" if value is None else str(value) for value in row) for row in rows)
