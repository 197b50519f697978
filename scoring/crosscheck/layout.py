"""Where a summary workbook keeps what: tables, their columns' roles and the lines of the units; and the cells to compare.

A table may run down (a line is a row) or across (a line is a column). A role is a short text: ``component:cross``,
``weighted:cross`` (score × weight), ``item:cross:14``, ``bonus``, ``deduction``, ``net`` (加减分), ``total``, ``grade``,
``rank``, ``unit``, ``ignore`` or ``ask``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from scoring.crosscheck.book import At
from scoring.scheme import Scheme

UNIT, TOTAL, GRADE, RANK, IGNORE, ASK, WEIGHT = "unit", "total", "grade", "rank", "ignore", "ask", "weight"
LOOSE = "item::"
"""An item of which nothing says whose: its component must be asked."""
BONUS, DEDUCTION, NET = "bonus", "deduction", "net"
EXTRAS = (BONUS, DEDUCTION, NET)
"""加分, 扣分, and both in one column with their signs."""
COMPARED = ("component", "weighted", "item", *EXTRAS, TOTAL, GRADE, RANK)


@dataclass(frozen=True)
class Column:
    """One column of a table (a row, where it runs across): its place, its heading, what it holds and why we think so."""

    at: int
    heading: str
    role: str
    why: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Line:
    """One line: ``unit`` is the roster's name, empty for another line, of which ``kind`` says what it is."""

    at: int
    text: str
    unit: str = ""
    kind: Literal["unit", "unknown", "sum", "note"] = "unit"
    hint: str = ""


@dataclass(frozen=True)
class Table:
    """One table of a sheet. ``weights``: cells that state a component's weight, with the value read."""

    sheet: str
    across: bool
    unit_at: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    weights: tuple[tuple[At, str, Fraction], ...] = ()

    @property
    def sheet_id(self) -> str:
        """What tells a table from another of the same sheet."""
        return f"{self.sheet}-{self.lines[0].at if self.lines else 0}"

    def at(self, line: int, column: int) -> At:
        """The cell where a line meets a column."""
        return (self.sheet, column, line) if self.across else (self.sheet, line, column)

    def with_role(self, column: int, role: str) -> Table:
        """The same table with one column's role as a person said it."""
        told = tuple(replace(each, role=role, why="由人指定") if each.at == column else each for each in self.columns)
        return replace(self, columns=told)


@dataclass(frozen=True)
class Slot:
    """One cell to compare: whose it is and what it should hold. A weight belongs to no unit."""

    at: At
    unit: str
    role: str
    told: Fraction | None = None

    @property
    def kind(self) -> str:
        """The role's first word."""
        return self.role.partition(":")[0]

    @property
    def component(self) -> str:
        """The component's id, if the role names one."""
        return ([*self.role.split(":"), ""])[1]

    @property
    def item(self) -> int:
        """The item's number, 0 where the role names none."""
        parts = self.role.split(":")
        return int(parts[2]) if len(parts) > 2 else 0


@dataclass(frozen=True)
class Layout:
    """All tables of a workbook as recognised and confirmed.

    ``unread``: sheets in which no table was found; ``left``: those that somebody chose not to compare.
    """

    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every cell to compare, in the order of sheets, lines and columns."""
        found: list[Slot] = []
        for table in self.tables:
            wanted = [
                column
                for column in table.columns
                if column.role.partition(":")[0] in COMPARED and not column.role.startswith(LOOSE)
            ]
            found += [Slot(at, "", f"{WEIGHT}:{component}", told) for at, component, told in table.weights]
            seen: set[str] = set()
            for line in table.lines:
                if line.unit and line.unit not in seen:  # a unit's second line is told, not compared
                    seen.add(line.unit)
                    found += [Slot(table.at(line.at, c.at), line.unit, c.role) for c in wanted]
        return tuple(found)

    @property
    def open(self) -> tuple[tuple[Table, Column], ...]:
        """Columns that somebody has to name, or to say of which component their items are."""
        asked = [(table, column) for table in self.tables for column in table.columns]
        return tuple((table, column) for table, column in asked if column.role == ASK or column.role.startswith(LOOSE))

    @property
    def units(self) -> frozenset[str]:
        """The units that stand in the workbook."""
        return frozenset(line.unit for table in self.tables for line in table.lines if line.unit)


def roles(scheme: Scheme, items: Sequence[int] = ()) -> list[str]:
    """Every role a column may be given, in the order in which a person looks for them."""
    found = [f"component:{one.id}" for one in scheme.components]
    found += [f"weighted:{one.id}" for one in scheme.counted]
    found += [*extras_of(scheme), TOTAL, GRADE, RANK]
    return [*found, *(f"item:{one.id}:{no}" for one in scheme.components for no in items), UNIT, IGNORE, ASK]


def extras_of(scheme: Scheme) -> tuple[str, ...]:
    """The roles of what the scheme adds to a sum or takes off it."""
    known = {row.role for group in scheme.groups for row in scheme.indicators_of(group.id)}
    plus, minus = bool(scheme.bonuses) or "bonus" in known, bool(scheme.deductions) or "deduction" in known
    return tuple(role for role, there in ((BONUS, plus), (DEDUCTION, minus), (NET, plus and minus)) if there)


_WORDS = {BONUS: "加分", DEDUCTION: "扣分", NET: "加减分", TOTAL: "综合得分", GRADE: "等次", RANK: "位次", UNIT: "", IGNORE: "不核对",
          ASK: "未识别，请指明"}  # fmt: skip


def role_name(scheme: Scheme, role: str) -> str:
    """A role in words: 交叉考核得分, 市级考核折算分, 交叉考核第14项."""
    slot = Slot(("", 0, 0), "", role)
    if slot.kind in _WORDS:
        return _WORDS[slot.kind] or scheme.words.unit
    name = scheme.component(slot.component).name
    ending = {"component": "得分", "weighted": "折算分（得分×权重）", WEIGHT: "权重"}
    return f"{name}第{slot.item}项" if slot.kind == "item" else f"{name}{ending[slot.kind]}"
