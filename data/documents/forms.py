"""Blank and filled forms in the layout of the official tables (附件2至附件4), for one unit and one 考核方式 each.

Written so that ``data.sheets`` reads a filled one back as the very sheet: same words in the header, same names, one tick.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.sheets.items import items_for
from data.sheets.ticks import NOT_APPLICABLE
from data.sheets.values import decimal_text
from data.sheets.ways import marked_in
from data.sheets.words import numeral
from scoring import exact
from scoring.elements import Component, Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

TICK = "√"
_RED = PatternFill("solid", bgColor="FFF6D5D2")
_HEAD = 3
"""The header's first row: below the title and the line with 考核对象 and 考核方式."""


def blank_form(scheme: Scheme, unit: str, component: str) -> bytes:
    """The empty form of one unit and component (its id) as .xlsx: what the component's marks begin with decides its kind.

    Raises KeyError for a component the scheme does not have, ValueError for a unit that is not on its roster.
    """
    kind = scheme.component(component).marks[0]
    return _bytes(_book(scheme, [(Sheet(_known_unit(scheme, unit), component, ()), kind)]))


def filled_form(scheme: Scheme, sheet: Sheet) -> bytes:
    """The form with a sheet's marks in it, as .xlsx. Raises as ``blank_form``."""
    return filled_workbook(scheme, [sheet])


def filled_workbook(scheme: Scheme, sheets: Iterable[Sheet]) -> bytes:
    """Several filled forms as one .xlsx, a page each. Raises as ``blank_form``, and ValueError for no sheet at all."""
    filled = list(sheets)
    if not filled:
        raise ValueError("没有评分表可写")
    for sheet in filled:
        _known_unit(scheme, sheet.unit)
    return _bytes(_book(scheme, [(each, _kind_of(scheme.component(each.component), each.marks)) for each in filled]))


def blank_forms_zip(
    scheme: Scheme, units: Iterable[str] | None = None, components: Iterable[str] | None = None
) -> bytes:
    """Every empty form in one .zip, named 交叉考核_蓬江区.xlsx; in a folder for each group where there are several.

    Absent ``units`` means the roster, absent ``components`` all. Raises ValueError where there is no unit at all.
    """
    wanted = list(units) if units is not None else [each.name for group in scheme.groups for each in group.units]
    chosen = [scheme.component(each) for each in components] if components is not None else list(scheme.components)
    if not wanted:
        raise ValueError("方案没有考核对象名单，请先导入名单")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit in wanted:
            for component in chosen:
                archive.writestr(
                    _folder(scheme, unit) + form_name(unit, component), blank_form(scheme, unit, component.id)
                )
    return packed.getvalue()


def form_name(unit: str, component: Component) -> str:
    """The file's name: 交叉考核_蓬江区.xlsx."""
    return f"{parts.sheet_name(component.name)}_{parts.sheet_name(unit)}.xlsx"


def form_title(scheme: Scheme, kind: str = "ticks") -> str:
    """The title line: 2020年江门市县级党委和政府扶贫开发成效考核指标表."""
    return re.sub(r"（[^（）]*）$", "", scheme.title) + ("得分表" if kind == "total" else "指标表")


def _known_unit(scheme: Scheme, unit: str) -> str:
    if scheme.group_of(unit) is None:
        raise ValueError(f"“{unit}”不在考核对象名单中")
    return unit


def _folder(scheme: Scheme, unit: str) -> str:
    group = scheme.group_of(unit)
    return f"{parts.sheet_name(group.name)}/" if group is not None and len(scheme.groups) > 1 else ""


def _kind_of(component: Component, marks: tuple[Mark, ...]) -> str:
    if any(mark.indicator is None for mark in marks):
        return "total"
    if any(mark.score is not None for mark in marks):
        return "points"
    return "ticks" if any(mark.grade for mark in marks) else component.marks[0]


def _book(scheme: Scheme, pages: list[tuple[Sheet, str]]) -> Workbook:
    """A workbook with a page for each (sheet, kind); a page is named for its unit, and its 考核方式 where units recur."""
    book = Workbook()
    book.remove(book.active)
    recurring = len({sheet.unit for sheet, _ in pages}) < len(pages)
    for sheet, kind in pages:
        name = sheet.unit + (scheme.component(sheet.component).name if recurring else "")
        page: Worksheet = book.create_sheet(parts.sheet_name(name))
        if kind == "total":
            _totals_form(page, scheme, sheet)
        else:
            _items_form(page, scheme, sheet, kind)
    return book


def _bytes(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _items_form(page: Worksheet, scheme: Scheme, sheet: Sheet, kind: str) -> None:
    """考核内容 | 考核指标 | 数据来源 | 考评等次 (or 满分 | 得分) | 备注, an indicator a row."""
    component = scheme.component(sheet.component)
    items = tuple(item for item in items_for(scheme, sheet.unit).all if marked_in(item, component))
    depth = max((len(item.path) for item in items), default=1)
    grades = scheme.grades if kind == "ticks" else ("满分", "得分")
    first, remark = depth + 3, depth + 3 + len(grades)
    sizes = [11.0] * depth + [44.0, 26.0] + [7.5] * len(grades) + [24.0]
    parts.widths(page, sizes)
    parts.title(page, form_title(scheme), remark)
    whose = [(1, depth + 1, f"考核对象：{sheet.unit}"), (depth + 2, remark, f"考核方式：{component.name}")]
    parts.line(page, 2, whose)
    _items_head(page, depth, grades, kind)
    marks = {mark.indicator: mark for mark in sheet.marks}
    for row, item in enumerate(items, _HEAD + 2):
        parts.put(page, row, depth + 1, f"{item.no}. {item.name}", align=parts.LEFT)
        parts.put(page, row, depth + 2, item.source, align=parts.LEFT)
        _mark_cells(page, row, first, grades, kind, item, component, marks.get(item.no))
        page.row_dimensions[row].height = parts.POINTS_A_LINE * max(2, parts.lines_of(item.name, sizes[depth]))
    last = _HEAD + 1 + len(items)
    _categories(page, items, depth)
    _helps(page, first, last, grades, kind)
    parts.line(
        page, last + 2, [(1, depth + 1, "考核组组长（签名）："), (depth + 2, remark, "日期：      年   月   日")]
    )
    page.freeze_panes = page.cell(_HEAD + 2, depth + 2)
    parts.finish(page, f"{_HEAD}:{_HEAD + 1}")


def _items_head(page: Worksheet, depth: int, grades: tuple[str, ...], kind: str) -> None:
    top, bottom, first = _HEAD, _HEAD + 1, depth + 3
    parts.head(page, top, bottom, 1, depth, "考核内容")
    parts.head(page, top, bottom, depth + 1, depth + 1, "考核指标")
    parts.head(page, top, bottom, depth + 2, depth + 2, "数据来源")
    if kind == "ticks":
        parts.head(page, top, top, first, first + len(grades) - 1, "考评等次")
    for column, grade in enumerate(grades, first):
        parts.head(page, bottom if kind == "ticks" else top, bottom, column, column, grade)
    parts.head(page, top, bottom, first + len(grades), first + len(grades), "备注")


def _mark_cells(
    page: Worksheet, row: int, first: int, grades: tuple[str, ...], kind: str, item: Indicator, component: Component, mark: Mark | None
) -> None:  # fmt: skip
    values: list[object] = [None] * len(grades)
    if kind == "points":
        values = [number(item.full.get(component.id, Fraction(100))), _points_value(mark)]
    elif mark is not None:
        values = [TICK if grade == mark.grade else None for grade in grades]
        values[0] = values[0] if mark.applicable else NOT_APPLICABLE
    for column, value in enumerate(values, first):
        parts.put(page, row, column, value, open_=kind == "ticks" or column > first)
    parts.put(page, row, first + len(grades), (mark.remark if mark else "") or None, align=parts.LEFT, open_=True)


def _points_value(mark: Mark | None) -> object:
    if mark is None or (mark.score is None and mark.applicable):
        return None
    return NOT_APPLICABLE if mark.score is None else number(mark.score)


def number(value: Fraction) -> float | int | str:
    """A score as a number if a sheet holds it exactly, else as exact text."""
    text = exact.plain(value)
    try:
        held = decimal_text(float(text))
    except ValueError:
        return text
    if held != text:
        return text
    return int(text) if value.denominator == 1 else float(text)


def _categories(page: Worksheet, items: tuple[Indicator, ...], depth: int) -> None:
    """考核内容: each category once, merged over its rows, the top ones numbered 一、二、三."""
    tops = list(dict.fromkeys(item.path[0] for item in items))
    for level in range(depth):
        start = 0
        for at in range(1, len(items) + 1):
            if at < len(items) and items[at].path[: level + 1] == items[start].path[: level + 1]:
                continue
            _category(page, items[start].path, level, depth, tops, _HEAD + 2 + start, _HEAD + 1 + at)
            start = at


def _category(
    page: Worksheet, path: tuple[str, ...], level: int, depth: int, tops: list[str], top: int, bottom: int
) -> None:
    if level >= len(path):
        return
    column, last = level + 1, depth if level == len(path) - 1 else level + 1
    for row in range(top, bottom + 1):
        for each in range(column, last + 1):
            parts.put(page, row, each)
    text = f"{numeral(tops.index(path[0]) + 1)}、{path[0]}" if level == 0 else path[level]
    parts.write_text(page.cell(top, column), text)
    if (top, column) != (bottom, last):
        page.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=last)


def _helps(page: Worksheet, first: int, last: int, grades: tuple[str, ...], kind: str) -> None:
    """A drop-down in each box, and red where a row does not have exactly one tick."""
    left, right = get_column_letter(first), get_column_letter(first + len(grades) - 1)
    top = _HEAD + 2
    if last < top:
        return
    area = f"{left}{top}:{right}{last}" if kind == "ticks" else f"{right}{top}:{right}{last}"
    if kind == "ticks":
        choice = DataValidation("list", formula1=f'"{TICK},{NOT_APPLICABLE}"', allow_blank=True)
        choice.error, choice.errorTitle = "请选√；不适用的选“不适用”，并在备注写明理由", "每项只打一个√"
        choice.showErrorMessage = True
        choice.add(area)
        page.add_data_validation(choice)
    wrong = f"COUNTA(${left}{top}:${right}{top})<>1" if kind == "ticks" else f"ISBLANK(${right}{top})"
    page.conditional_formatting.add(area, FormulaRule(formula=[wrong], fill=_RED))


def _totals_form(page: Worksheet, scheme: Scheme, sheet: Sheet) -> None:
    """考核单位 | 考核方式 | 得分 | 评价意见 | 备注, one row."""
    component = scheme.component(sheet.component)
    mark = next((each for each in sheet.marks if each.indicator is None), None)
    heads = ("考核单位", "考核方式", "得分", "评价意见", "备注")
    parts.widths(page, [16.0, 16.0, 12.0, 64.0, 24.0])
    parts.title(page, form_title(scheme, "total"), len(heads))
    for column, text in enumerate(heads, 1):
        parts.head(page, _HEAD, _HEAD, column, column, text)
    score = number(mark.score) if mark is not None and mark.score is not None else None
    values = [sheet.unit, component.name, score, sheet.opinion or None, (mark.remark if mark else "") or None]
    for column, value in enumerate(values, 1):
        parts.put(page, _HEAD + 1, column, value, align=parts.LEFT if column > 3 else parts.MIDDLE, open_=column > 2)
    page.row_dimensions[_HEAD + 1].height = parts.POINTS_A_LINE * max(4, parts.lines_of(sheet.opinion, 64.0))
    parts.line(page, _HEAD + 3, [(1, 3, "评价人（签名）："), (4, 5, "日期：      年   月   日")])
    page.freeze_panes = page.cell(_HEAD + 1, 1)
    parts.finish(page, f"{_HEAD}:{_HEAD}")
