"""Faults of a scheme told in the words of its tables: which table, which row, which column, and how to mend it there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.kinds import UNGROUNDED
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_cells import names_of
from scoring.scheme_parts import GRADES, tables_of
from scoring.scheme_tables import FieldTable, Place, Table
from scoring.scheme_text import Fault, SchemeError, read_text

NOWHERE = Place("", 0)


@dataclass(frozen=True)
class Told:
    """A fault for whoever fills in the tables. ``place.table`` is "" where only the YAML shows the spot."""

    place: Place
    message: str
    line: int
    inside: str = ""
    name: str = ""

    @property
    def where(self) -> str:
        """第3行（产业扶贫情况）“权重”, or "" where it concerns the whole table."""
        row = f"第{self.place.row}行" + (f"（{self.name}）" if self.name else "") if self.place.row else ""
        return row + (f"“{self.place.column}”" if self.place.column else "")


@dataclass(frozen=True)
class Checked:
    """A draft as it was judged: its tree (None: the YAML cannot be read), its scheme if it has no fault, its faults."""

    text: str
    tree: dict | None
    scheme: Scheme | None
    faults: tuple[Told, ...]

    def of(self, table: str) -> tuple[Told, ...]:
        """The faults that concern a table."""
        return tuple(fault for fault in self.faults if fault.place.table == table)


def check(text: str) -> Checked:
    """Judge a draft's text; every fault is placed in the tables where they show the spot."""
    tree = read_text(text).tree
    tree = tree if isinstance(tree, dict) else None
    try:
        return Checked(text, tree, load_scheme(text), ())
    except SchemeError as error:
        return Checked(text, tree, None, placed(tree, error.faults))


def placed(tree: dict | None, faults: Sequence[Fault]) -> tuple[Told, ...]:
    """Each fault at its place in the tables, in the order of the file; what says the same twice is told once."""
    tables = tables_of(tree) if tree is not None else ()
    told = [_told(tree or {}, tables, fault) for fault in faults]
    return tuple(dict.fromkeys(told))


def _told(tree: dict, tables: Sequence[Table], fault: Fault) -> Told:
    place = _place(tree, tables, fault)
    table = next((table for table in tables if table.key == place.table), None)
    inside = "" if table or not fault.path else str(fault).partition("：")[0].partition("　")[2]
    return Told(place, _plainly(tree, fault, table), fault.line, inside, _name(tree, table, place))


def _name(tree: dict, table: Table | None, place: Place) -> str:
    """What the shown row is called, shortly."""
    rows = table.rows(tree) if table else []
    row = rows[place.row - 1] if 0 < place.row <= len(rows) else {}
    name = next((row[title] for title in _NAMES if row.get(title)), "")
    return name if len(name) <= _NAME else name[:_NAME] + "…"


_NAMES, _NAME = ("项目", "名称", "等次", "指标", "规定", "工作", "措施"), 14


def _place(tree: dict, tables: Iterable[Table], fault: Fault) -> Place:
    """Where the fault stands: the table that knows its spot best."""
    if fault.path in (("ticks",), ("bands",)) and fault.message != UNGROUNDED:
        return Place(GRADES, 0)  # what their models say of all grades together
    found = [place for table in tables if (place := table.place(tree, fault.path))]
    return max(found, key=lambda place: (bool(place.column), place.row > 0), default=NOWHERE)


def _plainly(tree: dict, fault: Fault, table: Table | None) -> str:
    """The fault's words with the names of columns and elements in place of the file's own."""
    message = fault.message
    if message == UNGROUNDED:
        return "须写明依据：有条款的填“条款”，原文未规定的填“口径”并写明理由，二者只填一处"
    for own, ours in _WORDS:
        message = message.replace(own, ours)
    for name, title in _titles(table):
        message = message.replace(f"缺少“{name}”", f"缺少“{title}”")
    return _named(tree, message)


def _titles(table: Table | None) -> list[tuple[str, str]]:
    """Names of the file's fields beside the words of the table."""
    listed = table.fields if isinstance(table, FieldTable) else table.columns if table else ()
    return [(str(one.path[-1]), one.title) for one in listed if one.path]


_WORDS = (
    ("不计分的写 counted: false", "不计分的，“计入总分”选“否”"),
    ("缺少满分（full）", "缺少满分"),
    ("与 size 所写的", "与“个数”所填的"),
    ("缺少“when”，请补上", "缺少适用条件，请填写适用等次或情形"),
    ("缺少“path”，请补上", "缺少类别，请至少填写“一级”"),
    ("条件须且只能写一种：fact、grades、category_grade、target_met、bottom、all 或 any",
     "条件须且只能填一种：适用等次、情形、大项等次或靠后名次"),
    ("at_least 与 equals 须和 fact 写在一起", "填了取值的须同时填“情形”"),
    ("count 须和 category_grade 或 fact 写在一起", "填了次数的须同时填“情形”或“大项等次”"),
    ("而没有“ticks”", "而没有赋分"),
    ("kind: tick", "打√评档"), ("kind: task", "任务"), ("kind: quantity", "数量"), ("kind: ratio", "比例"), ("kind: judged", "定性评议"),
    ("不在可用的写法之内；可用：true、false", "应填“是”或“否”"),
    ("应为 true 或 false", "应填“是”或“否”"),
    ("不在可用的写法之内；可用：ticks、points、total", "不在可用的写法之内；可用：打√、分项给分、总分"),
    ("不在可用的写法之内；可用：leaves、siblings、full", "不在可用的写法之内；可用：各项指标等权、同级等权、按分值"),
    ("不在可用的写法之内；可用：half_up、none", "不在可用的写法之内；可用：四舍五入、不舍入"),
    ("不在可用的写法之内；可用：public、internal、none", "不在可用的写法之内；可用：对外公布、内部参考、不排位"),
    ("不在可用的写法之内；可用：weighted、add、judgement", "不在可用的写法之内；可用：加权平均、分值相加、综合评定"),
    ("each（每件的分）与 points（按取值定的分）须且只写一种", "须填每项的分值"),
    ("等次的次序应与 grades 相同", "等次的次序应为由好到差"),
)  # fmt: skip


def _named(tree: dict, message: str) -> str:
    """Ids after 可用 as the tables name them, where the message lists ids."""
    known = {
        id_: name for key in ("facts", "components", "groups", "targets") for id_, name in names_of(tree, key).items()
    }
    head, sign, rest = message.partition("可用：")
    return head + sign + re.sub(r"[^、；]+", lambda found: known.get(found[0], found[0]), rest) if sign else message
