"""核对Excel: the list of differences as a workbook, and as text to pass on. The office's own workbook is not touched."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, across_a4, height_of, lines_above, lines_of, put_text
from scoring.crosscheck.book import address
from scoring.crosscheck.report import TITLES, Difference, Report

_HEADS = ("工作表", "单元格", "对象与项目", "表中", "本系统", "原因", "详情", "本系统的计算（条款）")
_WIDTHS = (12, 9, 22, 16, 12, 16, 46, 52)
_PLAIN_NAME = re.compile(r"[\w\-. （）()〔〕]{1,100}\.(xlsx|xlsm)")
_NOT_APPROVED = "内部资料·未经审定。等次、位次均为测算结果，以审定和批复为准。"


def difference_list(report: Report, file: str, title: str) -> bytes:
    """An .xlsx with one row a difference; an address leads to the cell where the list lies beside the workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "核对结果"
    above = [f"核对结果：《{file}》", f"{title}　{report.verdict()}", _NOT_APPROVED, *_below(report)]
    lines_above(sheet, above, len(_HEADS), sum(_WIDTHS))
    head = len(above) + 1
    for column, (name, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        put_text(sheet.cell(head, column), name)
        sheet.cell(head, column).font, sheet.cell(head, column).border = Font(bold=True), BOX
        sheet.column_dimensions[sheet.cell(head, column).column_letter].width = width
    row = head + 1
    for one in report.differences:
        _put(sheet, row, row_of(report, one), _link(file, one))
        row += 1
    for remark in report.remarks:
        _put(sheet, row, ("", remark.where, "名单", "", "", TITLES[remark.code], remark.text, ""), "")
        row += 1
    across_a4(sheet, head, "衡效核对结果")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def row_of(report: Report, one: Difference) -> tuple[str, ...]:
    """One difference as the cells of a row."""
    steps = "；".join(f"{step.what}（{step.cite}）" if step.cite else step.what for step in report.steps(one))
    return (
        one.at[0], address(one.at, one.at[0]), report.label(one), one.book, one.engine, TITLES[one.code], why(one), steps,
    )  # fmt: skip


def why(one: Difference) -> str:
    """The causes in words; of several that each reproduce the value the first is told first; or what it follows from."""
    if not one.causes:
        return f"由{'、'.join(address(at, one.at[0]) for at in one.root)}引起"
    told = [cause.text for cause in one.causes]
    also = "".join(f"；也可能：{text}" for text in told[1:])
    by = f"；并受{'、'.join(address(at, one.at[0]) for at in one.by)}影响" if one.by else ""
    return told[0] + also + by


def as_text(report: Report, file: str) -> str:
    """The whole as lines to paste into a message."""
    lines = [f"《{file}》{report.verdict()}"]
    for number, group in enumerate(report.groups, start=1):
        lines.append(f"{number}．{report.title(group)}，{len(group.roots)}格")
        lines += [f"　{_where(one, report)}　表中{one.book}，本系统{one.engine}：{why(one)}" for one in group.roots]
        if group.follow:
            cells = "、".join(address(one.at, group.roots[0].at[0]) for one in group.follow)
            lines.append(f"　由此引起的{len(group.follow)}格：{cells}")
    lines += [f"名单：{remark.where}{'　' if remark.where else ''}{remark.text}" for remark in report.remarks]
    return "\n".join([*lines, *_below(report), _NOT_APPROVED])


def _where(one: Difference, report: Report) -> str:
    return f"{one.at[0]}!{address(one.at, one.at[0])}　{report.label(one)}"


def _below(report: Report) -> list[str]:
    return [f"未核对：{'；'.join(report.notes)}。"] if report.notes else []


def _link(file: str, one: Difference) -> str:
    name = one.at[0].replace("'", "''")
    return f"{file}#'{name}'!{address(one.at, one.at[0])}" if _PLAIN_NAME.fullmatch(file) else ""


def _put(sheet: Worksheet, row: int, values: tuple[str, ...], link: str) -> None:
    for column, text in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        put_text(cell, text)
        cell.border, cell.alignment = BOX, Alignment(vertical="top", wrap_text=True)
    if link:
        sheet.cell(row, 2).hyperlink = link
        sheet.cell(row, 2).font = Font(color="0563C1", underline="single")
    sheet.row_dimensions[row].height = height_of(max(map(lines_of, values, _WIDTHS)), 20)
