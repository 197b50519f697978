"""What a scheme asks of those who fill in its forms (基层负担), and where that goes against the rules of 2024 on burdens.

《整治形式主义为基层减负若干规定》 (issued 2024-08-06, published 2025-08-06) asks for fewer assessments, no 千分制, no frequent
filling in of forms, and the same material at most once. The numbers from which we warn are ours, and each warning says so.
Nothing here forbids: those who plan a scheme decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring import exact
from scoring.elements import Component, Group, Indicator
from scoring.scheme import Scheme

RULES = "《整治形式主义为基层减负若干规定》"
MANY_ITEMS, THOUSAND = 100, Fraction(1000)
TRACES = ("台账", "台帐", "会议记录", "照片", "打卡", "痕迹")
"""Words of items that ask how work was recorded rather than what it came to (留痕)."""
DOMINATE = Fraction(1, 3)
"""The share of a table's items with such words from which they are said to dominate."""


@dataclass(frozen=True)
class Cells:
    """The cells of one component's forms in one group: ``each`` on the largest unit's form, ``total`` over its ``units``."""

    group: str
    component: str
    name: str
    each: int
    units: int
    total: int


@dataclass(frozen=True)
class Warning:
    """One point to think over: what there is, what the rules say, what can be done. ``hint``: only a gentle one."""

    kind: Literal["items", "base", "twice", "traces"]
    text: str
    rule: str
    mend: str
    hint: bool = False

    def __str__(self) -> str:
        return f"{self.text}。{self.rule}；{self.mend}。"


@dataclass(frozen=True)
class Burden:
    """What a scheme asks for. ``items`` maps group ids to the number of items of their tables, ``each`` to cells a unit."""

    items: dict[str, int]
    cells: tuple[Cells, ...]
    warnings: tuple[Warning, ...]
    line: str

    @property
    def total(self) -> int:
        """All cells of all forms of all units; a group without a roster and a size counts as one unit."""
        return sum(cells.total for cells in self.cells)

    @property
    def each(self) -> dict[str, int]:
        """Cells that the forms of one unit have together, the largest of its group."""
        found = Counter[str]()
        for cells in self.cells:
            found[cells.group] += cells.each
        return dict(found)


def burden(scheme: Scheme) -> Burden:
    """Count the cells of every blank form, and warn. A group that inherits its scores fills in nothing."""
    groups = scheme.marked_groups
    items = {group.id: len(scheme.indicators_of(group.id)) for group in groups}
    cells = tuple(_cells(scheme, group, part) for group in groups for part in scheme.components)
    found = Burden(items, cells, tuple(_warnings(scheme, groups)), "")
    return Burden(items, cells, found.warnings, _line(scheme, found))


def told(scheme: Scheme) -> list[str]:
    """The count in a line, then each warning in one: what a terminal prints."""
    found = burden(scheme)
    return [found.line, *(f"{'提示' if warning.hint else '减负提醒'}：{warning}" for warning in found.warnings)]


def _cells(scheme: Scheme, group: Group, part: Component) -> Cells:
    names = [unit.name for unit in group.units] or [""] * (group.size or 1)
    counts = [_on_a_form(scheme, group, part, name) for name in names]
    return Cells(group.id, part.id, part.name, max(counts), len(names), sum(counts))


def _on_a_form(scheme: Scheme, group: Group, part: Component, unit: str) -> int:
    """Cells to be filled in on the blank form: a mark or value an item, an opinion, or the total with its opinion."""
    if scheme.judged:
        return len(scheme.items_for(group.id, part.id, unit)) + 1
    if part.marks[0] == "total":
        return 1 + part.opinion
    return len(scheme.items_for(group.id, part.id, unit))


def _line(scheme: Scheme, found: Burden) -> str:
    """ "本方案要求基层填报168格：每个县（市、区）21格（交叉考核8、市级考核7、日常工作6），共8个"."""
    parts_told = []
    for group in (group for group in scheme.marked_groups if found.each.get(group.id)):
        parts = [cells for cells in found.cells if cells.group == group.id]
        by = "、".join(f"{cells.name}{cells.each}" for cells in parts if cells.each)
        known = f"，共{parts[0].units}{scheme.words.measure}" if group.units or group.size else "（名单未定，按1个计）"
        parts_told.append(f"{_whose(scheme, group)}{found.each[group.id]}格（{by}）{known}")
    return f"本方案要求基层填报{found.total}格：{_few(parts_told)}" if parts_told else ""


def _whose(scheme: Scheme, group: Group) -> str:
    apart = len(scheme.marked_groups) > 1 and group.name != scheme.words.unit
    return f"{group.name}每{scheme.words.measure}" if apart else f"每个{scheme.words.unit}"


def _few(told: list[str], most: int = 3) -> str:
    rest = f"；另有{len(told) - most}个组别" if len(told) > most else ""
    return "；".join(told[:most]) + rest


def _warnings(scheme: Scheme, groups: tuple[Group, ...]) -> Iterator[Warning]:
    yield from _many_items(scheme, groups)
    yield from _not_a_hundred(scheme)
    yield from _twice(scheme, groups)
    yield from _traces(scheme, groups)


def _many_items(scheme: Scheme, groups: tuple[Group, ...]) -> Iterator[Warning]:
    most = max((len(scheme.indicators_of(group.id)) for group in groups), default=0)
    if most > MANY_ITEMS:
        yield Warning(
            "items", f"指标共{most}项，超过{MANY_ITEMS}项", f"{RULES}要求精简考核（{MANY_ITEMS}项是本系统的提示线，文件未定项数）",
            "请合并同类指标，部门已有数据的不再单列",
        )  # fmt: skip


def _not_a_hundred(scheme: Scheme) -> Iterator[Warning]:
    if scheme.judged or not scheme.counted:
        return
    full = max(scheme.base, scheme.total.full if scheme.total else scheme.base)
    told = f"总分以{exact.plain(full)}分为满分"
    if full >= THOUSAND:
        yield Warning("base", f"{told}，属于千分制", f"{RULES}不允许搞千分制", "请改为百分制：各项分值同比例折算")
    elif scheme.base != 100:
        rule = f"{RULES}不允许搞千分制；百分制以外的满分容易误读"
        yield Warning("base", f"{told}，不是百分制", rule, "请改为百分制，或注明折为100分", hint=True)


def _twice(scheme: Scheme, groups: tuple[Group, ...]) -> Iterator[Warning]:
    """The same item (name and source) on more than one form of a unit, or more than once in a table."""
    found: dict[tuple[str, str], set[str]] = {}
    doubled: set[int] = set()
    for group in groups:
        seen: dict[tuple[str, str], int] = {}
        for row in scheme.indicators_of(group.id):
            doubled |= {row.no} if _key(row) in seen and not row.only else set()
            seen.setdefault(_key(row), row.no)
            found.setdefault(_key(row), set()).update(_asked_by(scheme, row))
    several = {
        names: sum(1 for each in found.values() if each == set(names))
        for names in {tuple(sorted(e)) for e in found.values()}
    }
    rule = f"{RULES}要求同一材料至多报一次"
    for names in sorted(names for names in several if len(names) > 1):
        ordered = [part.name for part in scheme.components if part.name in names]
        text = f"有{several[names]}项由{'、'.join(ordered)}分别填报"
        mend = "由被考核单位报送材料的，请报一次、各方式共用，或使每项只由一种方式评定（各方式分值相加）"
        yield Warning("twice", text, rule, mend, hint=True)
    if doubled:
        text = f"第{'、'.join(map(str, sorted(doubled)))}项与前面的指标名称、数据来源相同"
        yield Warning("twice", text, rule, "请合并为一项")


def _key(row: Indicator) -> tuple[str, str]:
    return row.name, row.source


def _asked_by(scheme: Scheme, row: Indicator) -> set[str]:
    """Names of the components whose blank form asks for an item."""
    by_item = [part for part in scheme.components if scheme.judged or part.marks[0] != "total"]
    return {part.name for part in by_item if row.marked_in(part.id)}


def _traces(scheme: Scheme, groups: tuple[Group, ...]) -> Iterator[Warning]:
    for group in groups:
        rows = scheme.indicators_of(group.id)
        marked = [row.no for row in rows if any(word in _said(row) for word in TRACES)]
        if rows and Fraction(len(marked), len(rows)) >= DOMINATE:
            text = f"{len(rows)}项指标中有{len(marked)}项以台账、记录、照片等留痕材料评分（第{'、'.join(map(str, marked))}项）"
            rule = f"{RULES}要求不频繁填表报数（留痕项数以三分之一为本系统的提示线）"
            yield Warning("traces", text, rule, "请看工作实效，不以留痕代替成效", hint=True)
            return


def _said(row: Indicator) -> str:
    return f"{row.name}{row.detail}{row.criterion}{row.method}{row.source}"
