"""情形 written as a table (CSV: 考核对象, 情形, 取值, 日期, 依据, 数额) or as single lines → facts, or where and why not."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from fractions import Fraction

from data.rosters_file import open_file
from data.sheets.grid import Grid
from scoring import exact
from scoring.gather import is_day
from scoring.marks import Fact
from scoring.rules import FactKind
from scoring.scheme import Scheme

COLUMNS = ("考核对象", "情形", "取值", "日期", "依据", "数额")
NEEDED = COLUMNS[:3]


class FactsError(ValueError):
    """Facts that cannot be taken; the message says where, what, and how to mend it."""


def facts_of_table(scheme: Scheme, name: str, content: bytes) -> list[Fact]:
    """Every row of a table, read apart: CSV in UTF-8 or GB18030, or a workbook. Raises FactsError for the first that does not fit."""
    grids, refused = open_file(content, called="情形表")
    if refused is not None:
        raise FactsError(f"情形表“{name}”：{refused.message}；请另存为 CSV（UTF-8 或 GB18030）")
    grid = next((grid for grid in grids if grid.cells and not grid.hidden), Grid(""))
    columns = {cell.text.strip(): at for at, cell in grid.rows.get(1, {}).items()}
    if missing := [title for title in NEEDED if title not in columns]:
        raise FactsError(f"情形表缺少“{'、'.join(missing)}”列；应有：{'、'.join(COLUMNS)}")
    return [
        _fact(scheme, {title: grid.at(line, at).text for title, at in columns.items()}, f"情形表第{line}行")
        for line in grid.rows if line > 1
    ]  # fmt: skip


def facts_of_lines(scheme: Scheme, lines: Iterable[str]) -> list[Fact]:
    """Single lines in the table's order of columns, of which the first three are needed: 广州市,虚报数据,是."""
    return [_of_line(scheme, line, number) for number, line in enumerate(lines, start=1)]


def _of_line(scheme: Scheme, line: str, number: int) -> Fact:
    parts = next(csv.reader([line]), [])
    where = f"第{number}条情形“{line}”"
    if not len(NEEDED) <= len(parts) <= len(COLUMNS):
        raise FactsError(f"{where}：应写成 {','.join(COLUMNS)}，前三项必填")
    return _fact(scheme, dict(zip(COLUMNS, parts, strict=False)), where)


def _fact(scheme: Scheme, row: dict[str, str], where: str) -> Fact:
    unit, kind, value, day, basis, amount = ((row.get(title) or "").strip() for title in COLUMNS)
    known = next((fact for fact in scheme.facts if kind in (fact.id, fact.name)), None)
    if known is None:
        names = "、".join(fact.name for fact in scheme.facts) or "本方案没有情形"
        raise FactsError(f"{where}：没有“{kind}”这一情形；可用：{names}")
    if value not in known.values:
        raise FactsError(f"{where}：“{known.name}”没有“{value}”这一取值；可用：{'、'.join(known.values)}")
    if scheme.group_of(unit) is None:
        raise FactsError(f"{where}：“{unit}”不在考核对象名单上")
    if day and not is_day(day):
        raise FactsError(f"{where}：日期“{day}”应写成年-月-日，如 2019-03-30")
    return Fact(unit, known.id, value, day, basis, amount=_amount(known, amount, day, where))


def _amount(kind: FactKind, text: str, day: str, where: str) -> Fraction | None:
    """The amount of a 情形 that counts in amounts, each with its day; any other has none."""
    if not kind.amount:
        if text:
            raise FactsError(f"{where}：“{kind.name}”不计数额，请删去“{text}”")
        return None
    try:
        amount = exact.parse(text)
    except ValueError:
        amount = Fraction(0)
    if amount <= 0:
        raise FactsError(f"{where}：“{kind.name}”的数额应写成数（{kind.amount}）且大于0，如 1200.5")
    if not day:
        raise FactsError(f"{where}：“{kind.name}”须写明日期，如 2019-03-30")
    return amount
