"""Summary workbooks as offices keep them, made from the engine's own results, with the values a spreadsheet would have saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import openpyxl

from data.schemes import scheme
from scoring import exact
from scoring.assess import assess
from scoring.crosscheck.book import letters
from scoring.marks import Fact, Mark, Sheet
from scoring.results import Results

COUNTY = scheme("jiangmen-2020-county")
GRADES = ("好", "较好", "一般", "较差")
MARKS = {
    "蓬江区": ("1111111111122222222", "1111111111111111122", "85"),  # exactly 90.00
    "江海区": ("3332233322333223332", "3223322333223322332", "81.3"),
    "新会区": ("1111111111111121111", "1112111111111111121", "92.4"),  # 好 by score, 较好 by the 记过
    "台山市": ("1212212221222122212", "2212213221222122213", "83"),
    "开平市": ("1111121111121111121", "1121121121121121121", "81.07"),
    "鹤山市": ("1111111111111111112", "1111211111111111111", "91.5"),
    "恩平市": ("2222122322212232222", "3332232322233232322", "80"),
}
FACT = Fact("新会区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号")
PARTS = ("cross", "municipal", "daily")
FIRST, LAST = 5, 11


def ticks(unit: str, component: str, places: str) -> Sheet:
    """A sheet of nineteen ticks, each digit the place of the tick."""
    marks = (Mark(no, GRADES[int(place) - 1], sheet=unit, cell=f"E{no + 4}") for no, place in enumerate(places, start=1))
    return Sheet(unit, component, tuple(marks))


def daily(unit: str, score: str) -> Sheet:
    """A total of 日常工作."""
    return Sheet(unit, "daily", (Mark(None, score=Fraction(score), sheet="日常工作", cell="C2"),))


def sheets(marks: Mapping[str, tuple[str, str, str | None]] = MARKS) -> list[Sheet]:
    """All sheets of these marks."""
    found = []
    for unit, (cross, municipal, total) in marks.items():
        found += [ticks(unit, "cross", cross), ticks(unit, "municipal", municipal)]
        found += [daily(unit, total)] if total is not None else []
    return found


def results(marks: Mapping[str, tuple[str, str, str | None]] = MARKS, facts: tuple[Fact, ...] = (FACT,)) -> Results:
    """The engine's results of these marks."""
    return assess(COUNTY, sheets(marks), facts)


Cells = dict[str, Any]
"""Address → a constant, or (formula, the value a spreadsheet has saved with it)."""


def number(value: Fraction) -> float:
    """As a spreadsheet keeps it."""
    return float(value)


def saved(tables: Mapping[str, Cells], formats: Mapping[str, str] | None = None, merged: Mapping[str, str] | None = None) -> bytes:
    """An .xlsx with these sheets; formulas have their saved values.

    ``formats``: a column's letter → its number format. ``merged``: ranges to merge → the sheet they lie in.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in tables.items():
        sheet = book.create_sheet(name)
        for address, told in cells.items():
            sheet[address] = told[0] if isinstance(told, tuple) else told
            column = re.sub(r"\d", "", address)
            if formats and column in formats and not isinstance(told, str):
                sheet[address].number_format = formats[column]
    for area, name in (merged or {}).items():
        book[name].merge_cells(area)
    raw = io.BytesIO()
    book.save(raw)
    return _with_values(raw.getvalue(), list(tables.values()))


def _with_values(content: bytes, tables: list[Cells]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                data = _valued(data.decode(), tables[int(found[1]) - 1]).encode()
            new.writestr(name, data)
    return out.getvalue()


def _valued(xml: str, cells: Cells) -> str:
    def put(found: re.Match[str]) -> str:
        told = cells[found[1]][1]
        if told is None:
            return found[0]
        kind = "e" if str(told).startswith("#") else "str" if isinstance(told, str) else "n"
        return f'<c r="{found[1]}"{found[2]} t="{kind}"><f>{found[3]}</f><v>{told}</v></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="\w+")?><f>(.*?)</f><v ?/?>(?:</v>)?</c>', put, xml)


def plain(found: Results) -> Cells:
    """One sheet: title, head, a row of weights, the units without 市 and 区, formulas all along, a note below.

    C, D, E the three scores, F 综合得分, G 等次, H 位次, I 备注, J a helper that ranks by grade first.
    """
    cells: Cells = {"A1": "2020年扶贫开发成效考核综合评价汇总表", "A4": "", "B4": "权重", "C4": 0.4, "D4": 0.3, "E4": 0.3}
    heads = ("序号", "单位", "交叉考核", "市级考核", "日常工作", "综合得分", "等次", "位次", "备注", "辅助")
    cells |= {f"{letters(at)}3": head for at, head in enumerate(heads, start=1)}
    for row, one in enumerate(found.units, start=FIRST):
        cells |= {f"A{row}": row - 4, f"B{row}": one.unit[:-1], f"I{row}": "受记过处分" if one.limits else "无"}
        for column, part in zip("CDE", PARTS, strict=True):
            cells[f"{column}{row}"] = number(one.components[part].exact)
        cells[f"F{row}"] = (f"=ROUND(SUMPRODUCT($C$4:$E$4,C{row}:E{row}),2)", number(one.score))
        by_score = f'IF(F{row}>=90,"好",IF(F{row}>=80,"较好",IF(F{row}>=70,"一般","较差")))'
        cells[f"G{row}"] = "较好" if one.limits else (f"={by_score}", one.grade)
        step = 100 * GRADES.index(one.grade)
        helper = f'=F{row}-IF(G{row}="好",0,IF(G{row}="较好",100,IF(G{row}="一般",200,300)))'
        cells[f"J{row}"] = (helper, number(one.score - step))
        cells[f"H{row}"] = (f"=RANK(J{row},$J${FIRST}:$J${LAST})", one.rank)
    return {address: told for address, told in cells.items() if told != ""} | {"A12": "注：本表由考核办汇总"}


def with_items(found: Results) -> dict[str, Cells]:
    """A sheet for each marked component with nineteen columns of points and AVERAGE, and a summary that refers to them."""
    tables: dict[str, Cells] = {}
    names = {"cross": "交叉考核", "municipal": "市级考核"}
    summary: Cells = {}
    heads = ("考核对象", "交叉考核", None, "市级考核", None, "日常工作", None, "综合得分", "评价等次", "排名")
    summary |= {f"{letters(at)}1": head for at, head in enumerate(heads, start=1) if head}
    summary |= {f"{letters(at)}2": "折算得分" if at % 2 else "得分" for at in range(2, 8)}
    for part, name in names.items():
        cells: Cells = {"A1": "考核对象", "U1": "得分"} | {f"{letters(no + 1)}1": no for no in range(1, 20)}
        for row, one in enumerate(found.units, start=2):
            cells[f"A{row}"] = one.unit
            for no, points in one.components[part].items.items():
                cells[f"{letters(no + 1)}{row}"] = int(points)
            cells[f"U{row}"] = (f"=AVERAGE(B{row}:T{row})", number(one.components[part].exact))
        tables[name] = cells
    for row, one in enumerate(found.units, start=3):
        summary[f"A{row}"] = one.unit
        for column, part, share in (("B", "cross", "0.4"), ("D", "municipal", "0.3"), ("F", "daily", "0.3")):
            value = one.components[part].exact
            source = f"={names[part]}!U{row - 1}" if part in names else None
            summary[f"{column}{row}"] = (source, number(value)) if source else number(value)
            after = chr(ord(column) + 1)
            summary[f"{after}{row}"] = (f"={column}{row}*{share}", number(value * Fraction(share)))
        summary[f"H{row}"] = (f"=ROUND(C{row}+E{row}+G{row},2)", number(one.score))
        summary[f"I{row}"], summary[f"J{row}"] = one.grade, one.rank
    return {"汇总": summary, **tables}


HEADS = dict.fromkeys(("A1:A2", "B1:C1", "D1:E1", "F1:G1", "H1:H2", "I1:I2", "J1:J2"), "汇总")
"""What is merged in the head of the summary of ``with_items``."""


def unsaved(cells: Cells, **changed: Any) -> Cells:
    """The cells as another program saves them, formulas without values; some of them changed, None taking one away."""
    found = {at: (told[0], None) if isinstance(told, tuple) else told for at, told in cells.items()} | changed
    told = {at: (value, None) if isinstance(value, str) and value.startswith("=") else value for at, value in found.items()}
    return {at: value for at, value in told.items() if value is not None}


def across(found: Results) -> Cells:
    """The units side by side, values only, scores printed with two decimals and weights in the headings."""
    heads = ("指标", "交叉考核（40%）", "市级考核（30%）", "日常工作（30%）", "综合得分", "等次", "位次")
    cells: Cells = {f"A{row}": head for row, head in enumerate(heads, start=2)} | {"A1": "汇总表"}
    for at, one in enumerate(found.units, start=2):
        column = letters(at)
        cells[f"{column}2"] = one.unit
        for row, part in zip((3, 4, 5), PARTS, strict=True):
            cells[f"{column}{row}"] = number(exact.half_up(one.components[part].exact, 2))
        cells |= {f"{column}6": number(one.score), f"{column}7": one.grade, f"{column}8": f"第{one.rank}名"}
    return cells


def values(found: Results) -> bytes:
    """The same as .csv, nothing but text."""
    lines = ["市（区）,交叉考核得分,市级考核得分,日常工作得分,总分,等次,名次"]
    for one in found.units:
        scores = (exact.fixed(one.components[part].exact, 2) for part in PARTS)
        lines.append(",".join((one.unit, *scores, exact.fixed(one.score, 2), one.grade, str(one.rank))))
    return "\n".join(lines).encode()
