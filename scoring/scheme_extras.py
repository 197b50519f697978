"""Checks of what comes on top of the marks or off them, and of completion: 加分, 扣分, 完成率 in a scheme file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scoring.kinds import brief
from scoring.scheme_text import Path
from scoring.scheme_tree import Found, number, rows, tables, texts

_KINDS = ("points", "yesno", "ratio", "completion")
"""Kinds of items that earn points without a grade: only these may come on top or off."""


def check_extras(tree: dict) -> Found:
    """Every mistake of 加分, 扣分 and 完成率 in the file."""
    for one_check in _CHECKS:
        yield from one_check(tree)


def _items(tree: dict) -> Iterator[tuple[Path, dict]]:
    for at, table in tables(tree):
        yield from (((*at, *path), row) for path, row in rows(table, "indicators"))


def _extra_items(tree: dict) -> Iterator[tuple[Path, dict]]:
    return ((path, row) for path, row in _items(tree) if row.get("role") in ("bonus", "deduction"))


def _word(row: dict) -> str:
    return "加分项" if row.get("role") == "bonus" else "扣分项"


def _extra_items_earn_points(tree: dict) -> Found:
    for path, row in _extra_items(tree):
        kind = row.get("kind", "tick")
        if isinstance(kind, str) and kind not in _KINDS:
            yield (*path, "kind"), f"{_word(row)}须按分计（kind: {'、'.join(_KINDS)}），不能用“{brief(kind)}”"
        if "weight" in row:
            yield (*path, "weight"), f"{_word(row)}直接计入总分，不设权重；请删去 weight，用 full 写最多加（扣）几分"
        if tree.get("combine") == "judgement":
            yield (*path, "role"), f"综合评定（combine: judgement）不计总分，不能有{_word(row)}"


def _extra_items_are_marked_once(tree: dict) -> Found:
    """By one component only, and one that counts: the same material is never asked twice, and no weight shrinks it."""
    parts = {row["id"]: row for _, row in rows(tree, "components") if isinstance(row.get("id"), str)}
    for path, row in _extra_items(tree):
        full = row.get("full")
        named = [name for name, value in full.items() if number(value)] if isinstance(full, dict) else []
        if len(named) != 1:
            yield (*path, "full"), f"{_word(row)}由一种考核方式评定；请在 full 里写明是哪一种、至多几分，且只写一种"
            continue
        part = parts.get(named[0], {})
        marks = part.get("marks", ["ticks"])
        if part.get("counted") == "false":
            yield (*path, "full"), f"“{brief(part.get('name', ''))}”不计入综合得分，{_word(row)}请写在计分的考核方式里"
        elif part and isinstance(marks, list) and "points" not in marks:
            yield (*path, "full"), f"“{brief(part.get('name', ''))}”的评分表不能填分；请在其 marks 里加上 points"


def _completions_can_be_counted(tree: dict) -> Found:
    for path, row in _items(tree):
        rule = row.get("completion")
        if rule is not None and row.get("kind") != "completion":
            yield (*path, "completion"), "completion 只用于完成率类指标；请写 kind: completion，或删去"
        elif isinstance(rule, dict) and rule.get("better") == "less" and not row.get("target"):
            yield (*path, "completion", "better"), "越少越好的须有目标值才能算完成率；请写 target"


def _counted_facts_fit(tree: dict) -> Found:
    """Points by value name values that mean something happened; amounts are counted only of facts that have them."""
    facts = {row["id"]: row for _, row in rows(tree, "facts") if isinstance(row.get("id"), str)}
    for path, row in _counted(tree):
        fact = facts.get(row["fact"]) if isinstance(row.get("fact"), str) else None
        if fact is None:
            continue
        values = texts(fact.get("values"))
        points = row.get("points")
        for value in points if isinstance(points, dict) else ():
            if value not in values[1:]:
                known = "、".join(map(brief, values[1:]))
                yield (
                    (*path, "points", value),
                    f"情形“{brief(fact.get('name', ''))}”没有可计分的取值“{brief(value)}”；可用：{known}",
                )
        if row.get("by") == "amount" and not fact.get("amount"):
            yield (
                (*path, "by"),
                f"情形“{brief(fact.get('name', ''))}”不登记数额；请在该情形写 amount（如 万元），或按次计分",
            )


def _counted(tree: dict) -> Iterator[tuple[Path, dict]]:
    for key in ("bonuses", "deductions"):
        yield from rows(tree, key)


def _deductions_are_off_something(tree: dict) -> Found:
    base = [row for _, row in _items(tree) if row.get("role", "base") == "base"]
    numbers = [row.get("no") for row in base]
    paths = [texts(row.get("path")) for row in base]
    for path, row in rows(tree, "deductions"):
        no, node = row.get("indicator"), texts(row.get("path"))
        if isinstance(no, str) and no not in numbers:
            yield (*path, "indicator"), f"指标表中没有基础分第{brief(no)}项；请照指标的序号写"
        if node and not any(each[: len(node)] == node for each in paths):
            yield (*path, "path"), f"指标表中没有“{brief(' → '.join(node))}”这一类别；请照指标的 path 写"


def _weights_by_full_marks_have_them(tree: dict) -> Found:
    weights: Any = tree.get("item_weights")
    if not isinstance(weights, dict) or tree.get("combine") != "weighted":
        return
    if weights.get("equal") != "full":
        base = [row for _, row in _items(tree) if row.get("role", "base") == "base"]
        fulls = {number(value) for row in base if isinstance(row.get("full"), dict) for value in row["full"].values()}
        if len(fulls) > 1 and not any("weight" in row for row in base) and not weights.get("nodes"):
            yield ("item_weights",), "各项分值不同而指标等权，分值不起作用；请写 equal: full，使各项按分值占权重"
        return
    for path, row in _items(tree):
        if row.get("role", "base") == "base" and not isinstance(row.get("full"), dict) and "weight" not in row:
            yield path, f"指标按分值占权重（equal: full），而第{brief(row.get('no', ''))}项没有写分值；请写 full"


_CHECKS: tuple[Callable[[dict], Found], ...] = (
    _extra_items_earn_points,
    _extra_items_are_marked_once,
    _completions_can_be_counted,
    _counted_facts_fit,
    _deductions_are_off_something,
    _weights_by_full_marks_have_them,
)
