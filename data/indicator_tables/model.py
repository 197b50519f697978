"""What is recognised of an indicator table: its columns, items, headings with their amounts, sums; and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from data.sheets.grid import a1
from data.sheets.problems import Problem

Role = Literal[
    "level",
    "name",
    "points",
    "weight",
    "criterion",
    "source",
    "number",
    "note",
    "kind",
    "detail",
    "measure",
    "part",
    "other",
]
ItemRole = Literal["base", "bonus", "deduction"]
KIND = "kind"
"""Begins the ids of questions whether an item adds or takes off."""
Answers = dict[str, str]
"""Question id → what the office answered, as text. What is not answered takes its default."""

ROLE_WORDS: dict[Role, str] = {
    "level": "类别", "name": "指标名称", "points": "分值", "weight": "权重", "criterion": "评分标准", "source": "数据来源",
    "number": "序号",
    "note": "备注", "kind": "加减分", "detail": "考核内容", "measure": "计量单位", "part": "考核方式", "other": "未取用",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column by its heading and what it is taken for."""

    number: int
    head: str
    role: Role

    @property
    def letter(self) -> str:
        """ "C"."""
        return a1(1, self.number)[:-1]

    @property
    def label(self) -> str:
        """ "C列“三级指标”", as questions name it."""
        return f"{self.letter}列“{self.head}”" if self.head else f"{self.letter}列（无表头）"


@dataclass
class Item:
    """One 指标 with its full path. ``amount`` is its 分值 or 权重 as written, None where nothing can be read."""

    row: int
    path: tuple[str, ...]
    name: str
    cell: str
    amount: Fraction | None = None
    amount_cell: str = ""
    percent: bool = False
    role: ItemRole = "base"
    detail: str = ""
    criterion: str = ""
    source: str = ""
    note: str = ""
    measure: str = ""
    part: str = ""
    """By which 考核方式 it is assessed (交叉评价, 市级评价), where a column says so."""
    unsure: bool = False
    """Stands among 加减分项 and does not say which of the two it is."""


@dataclass
class Node:
    """A category (类别) that carries an amount of its own."""

    path: tuple[str, ...]
    amount: Fraction
    cell: str
    percent: bool = False


@dataclass
class Sum:
    """A 合计 or 小计 row: what it says, and the items it may stand for (by position in the table).

    ``starts``: where they may begin, likeliest first: a 小计 at the end of a table without categories sums all of it.
    """

    word: str
    amount: Fraction
    cell: str
    starts: tuple[int, ...]
    last: int
    whole: bool


@dataclass
class IndicatorTable:
    """One table on one sheet."""

    id: str
    sheet: str
    title: str
    area: str
    columns: tuple[Column, ...]
    items: list[Item] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    measured: Literal["points", "weight", "none"] = "points"
    relative: bool = False
    """Amounts of items are shares within their category, and those of categories shares of the whole."""
    name_columns: tuple[Column, ...] = ()
    amount_columns: tuple[Column, ...] = ()
    name_column: int = 0
    amount_column: int = 0

    @property
    def cite(self) -> str:
        """What rules that rest on this table cite."""
        return f"指标表 {self.sheet or self.title or self.id}"

    @property
    def label(self) -> str:
        """How questions name the table."""
        where = f"工作表“{self.sheet}”{self.area}" if self.sheet else self.area
        return f"{self.title or '无标题'}（{where}，{len(self.items)}项）"

    def of(self, role: ItemRole) -> list[Item]:
        """The items of a role."""
        return [item for item in self.items if item.role == role]

    @property
    def base(self) -> Fraction:
        """What the base items' amounts, or the categories' where items are shares within them, come to."""
        if self.relative:
            return total(node.amount for node in self.nodes if len(node.path) == 1)
        return total(item.amount for item in self.of("base"))

    @property
    def depth(self) -> int:
        """Levels of the table, the items' own included."""
        return max((len(item.path) + 1 for item in self.items), default=0)


def total(amounts: Iterable[Fraction | None]) -> Fraction:
    """The sum of what is there."""
    return sum((amount for amount in amounts if amount is not None), Fraction(0))


def parts_of(tables: Iterable[IndicatorTable]) -> dict[str, Fraction]:
    """考核方式 → what its base items come to, in the tables' order; empty unless each item has one and there are several."""
    base = [item for table in tables if not table.relative for item in table.of("base")]
    found = {item.part: Fraction(0) for item in base}
    if len(found) < 2 or "" in found or any(item.amount is None for item in base):
        return {}
    for item in base:
        found[item.part] += item.amount or Fraction(0)
    return found


@dataclass(frozen=True)
class Question:
    """Something the table does not say, with a proposed answer that can be accepted as it stands.

    ``options``: answers to choose from; ``free``: any text may be typed. ``why``: where the proposal comes from.
    """

    id: str
    text: str
    options: tuple[str, ...]
    free: bool
    default: str
    why: str


@dataclass(frozen=True)
class Reading:
    """The tables that are to be used, all problems, and all questions."""

    file: str
    found: tuple[IndicatorTable, ...]
    tables: tuple[IndicatorTable, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]

    @property
    def rejected(self) -> bool:
        """Whether no scheme can be made of it as it stands."""
        return not self.tables or any(problem.level == "error" for problem in self.problems)


def absolute(table: IndicatorTable, item: Item) -> Fraction:
    """An item's marks of the whole, where it is written as a share of its category."""
    amount = item.amount if item.amount is not None else Fraction(0)
    above = [node for node in table.nodes if table.relative and item.path[: len(node.path)] == node.path]
    for node in above:
        amount = amount * node.amount / 100
    return amount
