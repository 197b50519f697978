"""A scheme as a workbook in Chinese: read on paper, edited in Excel or WPS, and read back as the very same scheme."""

from __future__ import annotations

import io

import yaml
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, across_a4, height_of, lines_of, put_text
from data.documents.form_parts import LEFT
from data.scheme_book.layout import ABOUT, BASICS, LABELS, REST, ROW
from data.scheme_book.written import Table, tables_of
from scoring.load import dump_scheme
from scoring.scheme import Scheme

_HEAD = PatternFill("solid", fgColor="FFE8EEF4")
_WIDE = {"path": 22, "name": 30, "source": 20, "detail": 40, "criterion": 44, "text": 44, "note": 24, "assumed": 40, "when": 32,
         "action": 24, "what": 40, "values": 28}  # fmt: skip
_WIDTHS = {LABELS[name]: size for name, size in _WIDE.items()} | {"内容": 70, "项目": 30, "字段": 24, "等次线说明": 44, ROW: 6,
           "内容（JSON，一般不必改）": 70, "位置": 24}  # fmt: skip
_TALLEST = 240
_HOW = (
    "各表第一行是表头，请勿改动；表头以下可以直接修改、增行、删行，次序就是方案中的次序。",
    "“行”一栏是写出时的行号，新增的行留空；移动行时不要改动它，“其他”表靠它认出原来的行。",
    "一格写几项的，用“；”隔开；成对的写成“名称＝内容”，如 好＝95；较好＝85。数写成 40、89.95 这样。",
    "每条规则须有依据：有条款的写“依据条款”，原文未规定的写“口径（原文未规定）”，二者只填一个。",
    "写着“（见“其他”）”的格，内容在“其他”表中，一般不必改；在该格另写内容的，以该格为准。",
    "改好后从方案编制页上传，系统逐格核对；有错的会指出工作表、单元格和改法，没有错的整份取用。",
)


def scheme_book(scheme: Scheme) -> bytes:
    """The whole scheme as .xlsx. ``data.scheme_book_file.read_scheme_book`` gives back an equal scheme, hash and all."""
    tree = yaml.load(dump_scheme(scheme), Loader=yaml.BaseLoader)
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    _about(about, scheme)
    for table in tables_of(tree):
        _sheet(book.create_sheet(table.name), table, scheme.title)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _about(sheet: Worksheet, scheme: Scheme) -> None:
    sheet.title = ABOUT
    lines = [scheme.title, f"方案代号：{scheme.id}　方案校验值：{scheme.hash[:12]}", *_HOW]
    for row, line in enumerate(lines, 1):
        put_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).alignment = LEFT
        sheet.row_dimensions[row].height = height_of(lines_of(line, 100), 20)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 100


def _sheet(sheet: Worksheet, table: Table, foot: str) -> None:
    widths: list[float] = [_WIDTHS.get(head, max(12, 2 * len(head) + 2)) for head in table.heads]
    for column, (head, width) in enumerate(zip(table.heads, widths, strict=True), 1):
        cell = sheet.cell(1, column)
        put_text(cell, head)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), _HEAD, BOX, LEFT
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(table.rows, 2):
        _line(sheet, number, row, widths)
    across_a4(sheet, 1, foot)
    if table.name in (BASICS, REST):
        sheet.page_setup.orientation = "portrait"


def _line(sheet: Worksheet, number: int, row: list[str], widths: list[float]) -> None:
    for column, text in enumerate(row, 1):
        cell = sheet.cell(number, column)
        if text:
            put_text(cell, text)
        cell.number_format = "@"
        cell.border, cell.alignment = BOX, LEFT
    lines = max((lines_of(text, width) for text, width in zip(row, widths, strict=False) if text), default=1)
    sheet.row_dimensions[number].height = min(_TALLEST, height_of(lines))
