"""The outcome of a cross-check: how many cells, which differ, grouped under the cells that cause them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scoring.crosscheck.book import At, address
from scoring.crosscheck.expected import agrees, wanted
from scoring.crosscheck.layout import GRADE, RANK, TOTAL, Slot, Table, role_name
from scoring.explain import component_steps, grade_steps, total_steps
from scoring.results import Results, Step

if TYPE_CHECKING:
    from scoring.crosscheck.case import Case, Cause

FOLLOWS, UNKNOWN = "follows", "unknown"

TITLES = {
    "rounding": "舍入不同", "rounded-parts": "分项先舍入", "stale-mark": "旧分", "skipped": "公式漏算", "range": "公式多算",
    "weight": "权重不同", "typed-over": "公式被改成固定的数", "tick-points": "打√的分值不同", "limit-missing": "未执行等次限制",
    "limit-wrong-unit": "等次限制用错了对象", "floor-missing": "未执行保底", "line": "等次线不同", "rank-ties": "并列位次处理不同",
    "rank-by-score": "位次未先比等次", "rank-order": "位次排反", "rank-range": "位次的范围不全", "missing-zero": "缺报按0分计",
    "missing-mean": "缺报按其余折算", "row-shift": "错行", "swapped": "填反", "text-number": "数存成文本",
    "unknown-unit": "不在名单上", "missing-unit": "表中没有", "duplicate-unit": "重复", "error-cell": "公式出错",
    "typing": "录入错误", "stale-cache": "公式没有重算", "float": "浮点误差", "circular": "循环引用", "not-in-book": "表中未填",
    "not-in-system": "系统尚无评分", "bonus": "未计加分", "deduction": "未计扣分", "extras": "未计加分和扣分",
    "bounds": "未执行加分、扣分的上下限", "sign": "扣分的正负号反了",
    "offset": "公式另加减了分", "unchecked": "公式无法核对", FOLLOWS: "由其他格引起", UNKNOWN: "原因未能判明",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One cell that differs: both values, the causes that reproduce the workbook's, the differing cells it follows from.

    ``causes`` is empty where it only follows. ``root`` are the cells at which its chain of consequences begins.
    """

    slot: Slot
    book: str
    engine: str
    causes: tuple[Cause, ...]
    by: tuple[At, ...] = ()
    root: tuple[At, ...] = ()

    @property
    def at(self) -> At:
        """The cell."""
        return self.slot.at

    @property
    def code(self) -> str:
        """The first cause's code."""
        return self.causes[0].code if self.causes else FOLLOWS


@dataclass(frozen=True)
class Remark:
    """Something wrong with a line: a unit that is not on the roster, is missing, or stands twice."""

    code: str
    where: str
    text: str


@dataclass(frozen=True)
class Group:
    """Differences of one kind in one column: the cells that have the cause, and those that follow from them."""

    code: str
    role: str
    roots: tuple[Difference, ...]
    follow: tuple[Difference, ...]


@dataclass(frozen=True)
class Report:
    """All that was found. ``compared``: how many cells; ``formulas``: how many of them are formulas."""

    results: Results
    compared: int
    formulas: int
    differences: tuple[Difference, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether nothing differs at all."""
        return not self.differences and not self.remarks

    @property
    def roots(self) -> tuple[Difference, ...]:
        """The differences that have a cause of their own."""
        return tuple(one for one in self.differences if one.causes)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Differences by kind of cause and column, in the order of the workbook, those without a known cause last."""
        found: dict[tuple[str, str], list[Difference]] = {}
        for one in self.roots:
            role = f"items:{one.slot.component}" if one.slot.kind == "item" else one.slot.role
            found.setdefault((one.code, role), []).append(one)
        return tuple(
            Group(code, role, tuple(roots), self._following({one.at for one in roots}))
            for (code, role), roots in sorted(found.items(), key=lambda each: each[0][0] == UNKNOWN)
        )

    def _following(self, cells: set[At]) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if not one.causes and cells & set(one.root))

    def verdict(self) -> str:
        """The one sentence that says how it stands."""
        if not self.compared:
            return "没有可核对的格：请先指明各列是什么。"
        if self.agreed:
            return f"完全一致：核对{self.compared}格，无一不同。"
        if not self.differences:
            return f"核对{self.compared}格，数都相同；另有{len(self.remarks)}处名单问题。"
        unknown = sum(one.code == UNKNOWN for one in self.roots)
        told = f"核对{self.compared}格，{len(self.differences)}格不同：归为{len(self.groups)}处原因"
        following = len(self.differences) - len(self.roots)
        told += f"，其中{following}格由其他格引起" if following else ""
        told += f"，{unknown}格原因未能判明" if unknown else ""
        told += f"；另有{len(self.remarks)}处名单问题" if self.remarks else ""
        return told + "。"

    def steps(self, difference: Difference) -> tuple[Step, ...]:
        """The engine's reasons for the right value, with their clauses."""
        slot, scheme = difference.slot, self.results.scheme
        result = next((one for one in self.results.units if one.unit == slot.unit), None)
        if result is None:
            return ()
        if slot.kind == TOTAL:
            return tuple(total_steps(scheme, result))
        if slot.kind == GRADE:
            return tuple(grade_steps(scheme, result))
        if slot.kind == RANK:
            return (*total_steps(scheme, result), *grade_steps(scheme, result))
        part = result.components.get(slot.component)
        return tuple(component_steps(scheme, part)) if part else ()

    def title(self, group: Group) -> str:
        """A group's heading: 公式漏算（综合得分）."""
        kind, _, component = group.role.partition(":")
        scheme = self.results.scheme
        where = f"{scheme.component(component).name}逐项评分" if kind == "items" else role_name(scheme, group.role)
        return f"{TITLES[group.code]}（{where}）"

    def label(self, difference: Difference) -> str:
        """Whose cell it is, in words: 蓬江区 综合得分."""
        return f"{difference.slot.unit} {role_name(self.results.scheme, difference.slot.role)}".strip()


def reported(case: Case, found: Sequence[Difference]) -> Report:
    """The report with each consequence led back to where it begins."""
    known = {one.at: one for one in found}
    rooted = [replace(one, root=tuple(_roots(known, one))) for one in found]
    formulas = sum(case.book.node(slot.at) is not None for slot in case.layout.slots)
    return Report(
        case.results, len(case.layout.slots), formulas, tuple(rooted), tuple(_remarks(case)), tuple(_notes(case))
    )


def _roots(known: dict[At, Difference], one: Difference) -> list[At]:
    found: dict[At, None] = {}
    waiting, seen = list(one.by), {one.at}
    while waiting:
        at = waiting.pop(0)
        if at in seen or at not in known:
            continue
        seen.add(at)
        if known[at].causes:
            found[at] = None
        waiting += known[at].by
    return list(found)


def _remarks(case: Case) -> list[Remark]:
    found, tables = [], case.layout.tables
    groups = {case.of[unit].group for unit in case.layout.units if unit in case.of}
    lacking = [one.unit for one in case.results.units if one.group in groups and one.unit not in case.layout.units]
    for table in tables:
        first: dict[str, str] = {}
        for line in table.lines:
            where = address(table.at(line.at, table.unit_at), tables[0].sheet)
            if line.kind == "unknown":
                hint = line.hint or _like(case, table, line.at, lacking)
                found.append(Remark("unknown-unit", where, f"“{line.text}”不在名单上{hint.rstrip('？')}；该行没有核对"))
            elif line.unit and line.unit in first:
                hint = _like(case, table, line.at, lacking)
                found.append(
                    Remark(
                        "duplicate-unit",
                        where,
                        f"“{line.unit}”出现了两次（另见{first[line.unit]}）{hint}；本行没有核对",
                    )
                )
            elif line.unit:
                first[line.unit] = where
    found += [Remark("missing-unit", "", f"名单上的“{unit}”在表中没有找到") for unit in lacking]
    return found


def _like(case: Case, table: Table, line: int, units: Sequence[str]) -> str:
    """The one missing unit whose scores stand in a line."""
    found = []
    for unit in units:
        slots = [Slot(table.at(line, c.at), unit, c.role) for c in table.columns
                 if c.role.partition(":")[0] in ("component", "weighted", "item", TOTAL)]  # fmt: skip
        if slots and all(agrees(case.scheme, one, case.cell(one), wanted(case.results, one)) for one in slots):
            found.append(unit)
    return f"，数与{found[0]}相同，疑为{found[0]}" if len(found) == 1 else ""


def _notes(case: Case) -> list[str]:
    """In words, what was not compared."""
    found = []
    for table in case.layout.tables:
        left = [column for column in table.columns if column.role in ("ignore", "ask")]
        if left:
            names = "、".join(f"“{column.heading or '无表头'}”" for column in left[:12])
            found.append(f"工作表“{table.sheet}”的{names}{'等' if len(left) > 12 else ''}列未核对")
        others = [line.text for line in table.lines if line.kind in ("sum", "note")]
        if others:
            found.append(
                f"工作表“{table.sheet}”的“{'”“'.join(text[:12] for text in others[:6])}”等行不是考核对象，未核对"
            )
    if case.layout.unread:
        found.append(f"工作表“{'”“'.join(case.layout.unread[:8])}”中没有找到考核对象，未核对")
    if case.layout.left:
        found.append(f"工作表“{'”“'.join(case.layout.left[:8])}”按所选未核对")
    hidden = [sheet.name for sheet in case.book.sheets if sheet.hidden]
    found += [f"工作表“{'”“'.join(hidden)}”是隐藏的，也已读取"] if hidden else []
    return found
