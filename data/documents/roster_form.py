"""The roster (考核对象名单) as a workbook: blank with the groups written in, or filled with the units there are.

Written so that ``data.rosters_units`` reads a filled one back as the very roster.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.store import UnitRow
from scoring import exact
from scoring.elements import Group
from scoring.scheme import Scheme

_HEAD = 3
_SPARE = 12
"""Rows prepared for a group of which the document gives no number."""
_LONGEST_LIST = 250
"""Characters of a choice list that Excel takes."""


def blank_roster(scheme: Scheme) -> bytes:
    """A blank roster as .xlsx: a prepared row for every unit of the groups that the document does not list by name."""
    groups = [group for group in scheme.groups if not group.units]
    rows = [[group.name, "", "", ""] for group in groups for _ in range(group.size or _SPARE)]
    return _bytes(scheme, groups, rows)


def filled_roster(scheme: Scheme, units: Iterable[UnitRow]) -> bytes:
    """The roster there is, to be corrected and read back."""
    names = {group.id: group.name for group in scheme.groups}
    rows = [[names[unit.group], unit.name, *_helps(unit)] for unit in units]
    return _bytes(scheme, scheme.groups, rows)


def _helps(unit: UnitRow) -> tuple[str, str]:
    towns = "、".join(name for name, _ in unit.helps)
    told = [households for _, households in unit.helps if households is not None]
    if len(told) == len(unit.helps):
        return towns, "、".join(map(exact.plain, told))
    return "、".join(f"{n}{'' if h is None else exact.plain(h)}" for n, h in unit.helps), ""


def _bytes(scheme: Scheme, groups: Sequence[Group], rows: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "名单"
    inherits = any(group in rule.groups for rule in scheme.inherits for group in (one.id for one in scheme.groups))
    heads = ["组别", "名称", "帮扶镇", "户数"] if inherits else ["组别", "名称"]
    parts.title(sheet, f"{scheme.words.unit}名单", len(heads))
    parts.line(sheet, 2, [(1, len(heads), _how(scheme, inherits))])
    sheet.row_dimensions[2].height = parts.POINTS_A_LINE * (4 if inherits else 3)
    sheet.cell(2, 1).alignment = parts.LEFT
    for column, head in enumerate(heads, 1):
        parts.head(sheet, _HEAD, _HEAD, column, column, head)
    for number, row in enumerate(rows, _HEAD + 1):
        for column, text in enumerate(row[: len(heads)], 1):
            parts.put(sheet, number, column, text or None, align=parts.LEFT, open_=True)
    _choose_groups(sheet, [group.name for group in groups])
    parts.widths(sheet, [30, 38, 34, 18][: len(heads)])
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    parts.finish(sheet, f"{_HEAD}:{_HEAD}")
    sheet.page_setup.orientation = "portrait"
    sheet.protection.sheet = False  # rows are added and taken away here
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _how(scheme: Scheme, inherits: bool) -> str:
    told = "一行一个单位，名称写全称；行数不够的，接着往下写。组别须与方案一致。"
    if not inherits:
        return told
    sources = "、".join(dict.fromkeys(scheme.group(rule.source).name for rule in scheme.inherits))
    return (
        f"{told}帮扶镇写“{sources}”组的全称，几个镇用顿号隔开；户数可不填，"
        "填的与帮扶镇一一对应（30、10），也可直接写成“桂头镇30、一六镇10”。"
    )


def _choose_groups(sheet: Worksheet, names: Sequence[str]) -> None:
    listed = ",".join(names)
    if len(listed) > _LONGEST_LIST or any("," in name or '"' in name for name in names):
        return
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "组别", "请从列表中选择方案的组别"
    sheet.add_data_validation(choice)
    choice.add(f"A{_HEAD + 1}:A{_HEAD + 500}")
