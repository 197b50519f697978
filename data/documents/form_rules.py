"""What a spreadsheet itself holds people to while they fill in a form: choices, ranges, and red where a row is not right."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.form_layout import Column, Layout
from data.documents.form_parts import TICK
from data.sheets.ticks import NOT_APPLICABLE
from data.sheets.ways import answers_of
from scoring import exact
from scoring.elements import Indicator

_RED = PatternFill("solid", bgColor="FFF6D5D2")
_CHOICES = f'"{TICK},{NOT_APPLICABLE}"'
_MOST = "999999999999"
"""The largest number a measured value may have."""
Rule = tuple[str, str, str, str]
"""Kind of validation, first and second value, and what is asked, in words."""


def add_rules(page: Worksheet, form: Layout, first: int) -> None:
    """A drop-down or a range for each box from row ``first`` on, and red where a row does not have exactly one entry."""
    entries = form.entries()
    rows: dict[tuple[Rule, int, int], list[int]] = {}
    for row, item in enumerate(form.items, first):
        for left, right, column in _blocks(entries):
            if form.is_open(item, column) and (rule := _rule(form, item, column)):
                rows.setdefault((rule, left, right), []).append(row)
    merged: dict[Rule, list[str]] = {}
    for (rule, left, right), numbers in rows.items():
        merged.setdefault(rule, []).extend(_areas(numbers, left, right))
    for rule, areas in merged.items():
        page.add_data_validation(_validation(rule, areas))
    _red(page, form, entries, first)


def _blocks(entries: list[tuple[int, Column]]) -> list[tuple[int, int, Column]]:
    """First and last column of each way: the boxes of all grades are one block."""
    blocks = []
    for _, group in groupby(entries, key=lambda entry: entry[1].way):
        block = list(group)
        blocks.append((block[0][0], block[-1][0], block[0][1]))
    return blocks


def _rule(form: Layout, item: Indicator, column: Column) -> Rule | None:
    if column.way == "grade":
        return "list", _CHOICES, "", "请选√；不适用的选“不适用”，并在备注写明理由"
    if column.way == "answer":
        answers = answers_of(form.scheme, item)
        return "list", f'"{",".join(answers)}"', "", f"请选：{'、'.join(answers)}"
    if column.way == "score":
        full = exact.plain(form.full(item))
        if item.role != "base":
            verb = "加" if item.role == "bonus" else "扣"
            return "decimal", "0", full, f"请填所{verb}的分，0至{full}，没有的填0"
        return "decimal", "0", full, f"请填0至{full}的得分；不适用的，在备注写“不适用”和理由"
    if column.way == "value" and item.kind == "completion" and not item.target:
        return "decimal", "0", _MOST, "请填完成率的百分数，95表示95%，可超过100；不适用的，在备注写“不适用”和理由"
    if column.way == "value" and item.kind == "ratio":
        return "decimal", "0", "100", "请填百分数，95表示95%；不适用的，在备注写“不适用”和理由"
    if column.way == "value":
        counted = f"请填数（单位：{item.measure}），只写数字" if item.measure else "请填数，不带单位"
        return "decimal", f"-{_MOST}", _MOST, f"{counted}；不适用的，在备注写“不适用”和理由"
    return None


def _validation(rule: Rule, areas: list[str]) -> DataValidation:
    kind, low, high, asked = rule
    more = {"operator": "between", "formula2": high} if kind == "decimal" else {}
    made = DataValidation(type=kind, formula1=low, allow_blank=True, **more)
    made.error, made.errorTitle = asked, "每项只打一个√" if low == _CHOICES else "每项只填一处"
    made.showErrorMessage = True
    if kind == "decimal":
        made.prompt, made.showInputMessage = asked, True
    for area in areas:
        made.add(area)
    return made


def _areas(rows: Iterable[int], left: int, right: int) -> list[str]:
    """Ranges of adjoining rows: E5:H23."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return [f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}" for top, bottom in spans]


def _red(page: Worksheet, form: Layout, entries: list[tuple[int, Column]], first: int) -> None:
    if not entries:
        return
    left, right = entries[0][0], entries[-1][0]
    rows = [row for row, item in enumerate(form.items, first) if form.is_marked(item)]
    for area in _areas(rows, left, right):
        top = area.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        wrong = f"COUNTA(${get_column_letter(left)}{top}:${get_column_letter(right)}{top})<>1"
        page.conditional_formatting.add(area, FormulaRule(formula=[wrong], fill=_RED))
