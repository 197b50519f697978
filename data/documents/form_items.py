"""A form with one row an item, as the official tables have it: categories, what is asked, and where to fill it in."""

from __future__ import annotations

import re
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.documents.form_layout import Column, Layout, measure_of
from data.documents.form_rules import add_rules
from data.sheets.entries import WHOLE
from data.sheets.ticks import NOT_APPLICABLE
from data.sheets.values import decimal_text
from data.sheets.words import numeral
from scoring import exact
from scoring.elements import Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

NOT_COUNTED = "本方式不计分"
MEASURES = "注：实际数值按“数值单位”填写；数值单位为本系统所定，原文未列。"
EXTRAS = "注：加分项填所加的分，扣分项填所扣的分，都不写正负号；没有的填0。"
HEAD = 3
"""The header's first row: below the title and the line with 考核对象 and 考核方式. It spans two rows."""
FIRST = HEAD + 2
"""Row of the first item."""


def title_of(scheme: Scheme, ending: str) -> str:
    """The title line: 2020年江门市县级党委和政府扶贫开发成效考核指标表."""
    return re.sub(r"（[^（）]*）$", "", scheme.title) + ending


def items_form(page: Worksheet, scheme: Scheme, sheet: Sheet, form: Layout) -> None:
    """Draw the form of a sheet's unit and component with its marks in it, if any."""
    parts.widths(page, [11.0] * form.depth + [each.width for each in form.columns])
    parts.title(page, title_of(scheme, "评价表" if form.kind == "opinions" else "指标表"), form.last)
    _whose(page, scheme, sheet, form)
    _heads(page, form)
    marks = {mark.indicator: mark for mark in sheet.marks}
    for row, item in enumerate(form.items, FIRST):
        _row(page, row, form, item, marks.get(item.no))
    last = FIRST + len(form.items) - 1
    _categories(page, form)
    if form.kind == "opinions":
        last += 1
        _whole(page, last, form, sheet.opinion)
    add_rules(page, form, FIRST)
    _signatures(page, last + 2, form)
    page.freeze_panes = page.cell(FIRST, form.depth + 2)
    parts.finish(page, f"{HEAD}:{HEAD + 1}")


def _whose(page: Worksheet, scheme: Scheme, sheet: Sheet, form: Layout) -> None:
    said = scheme.words.unit if scheme.words.unit.endswith("对象") else "考核对象"
    middle = form.depth + 1
    whose = [
        (1, middle, f"{said}：{sheet.unit}"),
        (middle + 1, form.last, f"{scheme.words.component}：{form.component.name}"),
    ]
    parts.line(page, 2, whose)


def _signatures(page: Worksheet, row: int, form: Layout) -> None:
    middle = form.depth + 1
    who = parts.signer(form.component, "评价人" if form.kind == "opinions" else "考核组组长")
    parts.line(page, row, [(1, middle, f"{who}（签名）："), (middle + 1, form.last, "日期：      年   月   日")])
    notes = [MEASURES] if form.at("measure") else []
    notes += [EXTRAS] if any(item.role != "base" and form.is_marked(item) for item in form.items) else []
    for at, text in enumerate(notes, row + 1):
        parts.line(page, at, [(1, form.last, text)])


def _heads(page: Worksheet, form: Layout) -> None:
    """The header: 考评等次 above its grades, everything else over both rows."""
    named = form.scheme.words.categories
    for level in range(form.depth):
        apart = len(named) == form.depth
        if apart or level == 0:
            right = level + 1 if apart else form.depth
            parts.head(page, HEAD, HEAD + 1, level + 1, right, named[level])
    for at, column in enumerate(form.columns, form.depth + 1):
        parts.head(page, HEAD + 1 if column.above else HEAD, HEAD + 1, at, at, column.head)
    boxes = [(at, column) for at, column in form.entries() if column.above]
    if boxes:
        parts.head(page, HEAD, HEAD, boxes[0][0], boxes[-1][0], boxes[0][1].above)


def _row(page: Worksheet, row: int, form: Layout, item: Indicator, mark: Mark | None) -> None:
    opened = [column for _, column in form.entries() if form.is_open(item, column)]
    lines = [2]
    for at, column in enumerate(form.columns, form.depth + 1):
        value = _value(form, item, column, mark, first=bool(opened) and column is opened[0])
        writable = column in opened or (column.field == "remark" and bool(opened))
        left = column.field not in ("full", "measure") and (column.field != "entry" or column.way == "opinion")
        parts.put(page, row, at, value, align=parts.LEFT if left else parts.MIDDLE, open_=writable)
        if column.field == "entry" and not writable:
            page.cell(row, at).fill = parts.GREY
        lines.append(parts.lines_of(value, column.width) if isinstance(value, str) else 1)
    page.row_dimensions[row].height = parts.height_of(max(lines))


def _value(form: Layout, item: Indicator, column: Column, mark: Mark | None, *, first: bool) -> object:
    """What stands in one cell of an item's row; ``first``: it is the first that may be filled in."""
    printed = {"name": f"{item.no}. {item.name}", "source": item.source, "detail": item.detail, "criterion": item.criterion}
    printed["measure"] = measure_of(item)
    if column.field in printed:
        return printed[column.field] or None
    if column.field == "full":
        return _full(form, item)
    if column.field == "remark":
        return ((mark.remark if mark else "") or None) if form.is_marked(item) else NOT_COUNTED
    return _entry(form, item, column, mark, first=first) if mark else None


def _full(form: Layout, item: Indicator) -> object:
    """分值: the number; of 加分项 and 扣分项 that it is at most so many; nothing where a sheet of ticks prints none."""
    if item.role != "base":
        return f"{'加' if item.role == 'bonus' else '扣'}分至多{exact.plain(form.full(item))}" if form.is_marked(item) else None
    return number(form.full(item)) if form.kind == "points" else None


def _entry(form: Layout, item: Indicator, column: Column, mark: Mark, *, first: bool) -> object:
    if column.way == "opinion":
        return mark.remark or None
    if not mark.applicable:
        return NOT_APPLICABLE if first else None
    if column.way == "grade":
        return parts.TICK if mark.grade == column.grade else None
    if column.way == "answer":
        return mark.answer
    if column.way == "score":
        return None if mark.score is None else number(mark.score)
    return None if mark.value is None else _measured(item, mark.value)


def _measured(item: Indicator, value: Fraction) -> object:
    """A measured value; a share up to 1 carries its percent sign, so that nobody takes it for a proportion."""
    share = measure_of(item) == "%" and item.kind in ("ratio", "completion")
    return f"{exact.plain(value)}%" if share and 0 < value <= 1 else number(value)


def number(value: Fraction) -> float | int | str:
    """A number as such if a sheet holds it exactly, else as exact text."""
    text = exact.plain(value)
    try:
        held = decimal_text(float(text))
    except ValueError:
        return text
    if held != text:
        return text
    return int(text) if value.denominator == 1 else float(text)


def _whole(page: Worksheet, row: int, form: Layout, opinion: str) -> None:
    """The last row of a form of opinions: what is said of the unit as a whole."""
    for at, column in enumerate(form.columns, form.depth + 1):
        value = WHOLE if column.field == "name" else (opinion or None) if column.way == "opinion" else None
        parts.put(page, row, at, value, align=parts.LEFT, open_=column.way == "opinion")
    page.row_dimensions[row].height = parts.height_of(max(6, parts.lines_of(opinion, 60.0)))


def _categories(page: Worksheet, form: Layout) -> None:
    """考核内容: each category once, merged over its rows, the top ones numbered 一、二、三."""
    items = form.items
    tops = list(dict.fromkeys(item.path[0] for item in items))
    for level in range(form.depth):
        start = 0
        for at in range(1, len(items) + 1):
            if at < len(items) and items[at].path[: level + 1] == items[start].path[: level + 1]:
                continue
            _category(page, items[start].path, level, form.depth, tops, FIRST + start, FIRST + at - 1)
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
