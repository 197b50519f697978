"""A comparison of two years as a workbook: each unit's change with its parts, the items behind it, and what was matched."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, across_a4, lines_above, put_text
from scoring import exact
from scoring.compared import Comparison, Tested
from scoring.explain import score_text
from scoring.scheme import Scheme
from scoring.sentences import plain_text
from scoring.year_words import PARTS, RULES, category_of, parts_of, place_name, range_text, sentence

_FOOT = "内部资料·未经审定"
_PLACES = 4
Value = str | Fraction | None


def to_xlsx(found: Comparison, names: Mapping[str, str], lines: Sequence[str]) -> bytes:
    """The workbook. ``names``: unit → what it is called here; ``lines`` stand above every table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _one(book.create_sheet("总表"), lines, _units(found, names))
    if any(unit.split for unit in found.units):
        _one(book.create_sheet("分项来源"), lines, _items(found, names))
    _one(book.create_sheet("指标对应"), lines, matches(found))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _units(found: Comparison, names: Mapping[str, str]) -> list[dict[str, Value]]:
    return [_unit(found, unit, names[unit.unit]) for unit in found.units if unit.unit in names]


def _unit(found: Comparison, unit: Tested, name: str) -> dict[str, Value]:
    parts: Mapping[str, Fraction] = parts_of(unit.split) if unit.split else {}
    return {
        found.new_scheme.words.unit: name,
        "原得分": _score(found.old.scheme, unit.before[0]),
        "现得分": _score(found.new_scheme, unit.now[0]),
        "变化": unit.split.change if unit.split else None,
        **{PARTS[part]: parts.get(part) for part in PARTS},
        "原等次": unit.before[1] or "",
        "现等次": unit.now[1] or "",
        "可能区间": range_text(found.new_scheme, unit),
        "说明": plain_text(sentence(found, unit, name)),
    }


def _score(scheme: Scheme, value: Fraction | None) -> str:
    return "" if value is None else score_text(scheme, value)


def _items(found: Comparison, names: Mapping[str, str]) -> list[dict[str, Value]]:
    """Every item and rule behind a change; per unit they sum to 评分 and 规则变化."""
    rows: list[dict[str, Value]] = []
    for unit in found.units:
        if unit.split is None or unit.unit not in names:
            continue
        head: dict[str, Value] = {found.new_scheme.words.unit: names[unit.unit]}
        rows += [
            head | {"来源": PARTS["marks"], "类别": category_of(found, place), "项目": place_name(found, place), "影响": value}
            for place, value in unit.split.by_item.items()
            if value
        ]
        rows += [
            head | {"来源": PARTS["rules"], "类别": "", "项目": RULES[rule], "影响": value}
            for rule, value in unit.split.by_rule.items()
            if value
        ]
    return rows


def matches(found: Comparison) -> list[dict[str, Value]]:
    """Matched and unmatched items of both schemes, side by side."""
    old = {row.no: row.name for row in found.old.scheme.indicators_of(found.old.group)}
    new = {row.no: row.name for row in found.new_scheme.indicators_of(found.new_group)}
    walk = found.walk
    rows: list[dict[str, Value]] = [
        {"上年指标": f"{a}．{old[a]}", "本方案指标": f"{b}．{new[b]}", "对应": "已对应"} for a, b in sorted(walk.items)
    ]
    rows += [
        {"上年指标": f"{no}．{old[no]}", "本方案指标": "", "对应": "上年有、本方案无"} for no in old if no not in walk.of_old
    ]
    return rows + [
        {"上年指标": "", "本方案指标": f"{no}．{new[no]}", "对应": "本方案新增"} for no in new if no not in walk.of_new
    ]


def _one(sheet: Worksheet, lines: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> None:
    table = list(rows)
    columns = list(table[0]) if table else ["没有内容"]
    widths = {"说明": 60, "项目": 44, "上年指标": 44, "本方案指标": 44, "可能区间": 26}
    lines_above(sheet, list(lines), len(columns), sum(widths.get(name, 13) for name in columns))
    head = len(lines) + 1
    for column, name in enumerate(columns, 1):
        cell = sheet.cell(head, column)
        put_text(cell, name)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="E6EFF7"), BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = widths.get(name, 13)
        for number, row in enumerate(table, head + 1):
            _put(sheet, number, column, row[name])
    across_a4(sheet, head, _FOOT)


def _put(sheet: Worksheet, number: int, column: int, value: Value) -> None:
    """A number that four decimals write exactly is a number; another is text, cut and marked."""
    cell = sheet.cell(number, column)
    if isinstance(value, Fraction) and (value * 10**_PLACES).denominator == 1:
        cell.value, cell.number_format = Decimal(exact.fixed(value, _PLACES)), "0.00##"
    else:
        put_text(cell, exact.shown(value, _PLACES) if isinstance(value, Fraction) else value or "")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = BOX
