"""Checks that span a whole scheme file: names that must exist elsewhere in it, names that must be there only once.

They read the written tree, not the typed model, so that a misspelt grade is reported beside a mistyped number in one go.
Each check yields (path, message); anything of an unexpected kind is passed over, since typing reports it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Any

from scoring import exact
from scoring.scheme_text import Path, SchemeText

Found = Iterator[tuple[Path, str]]


def check(written: SchemeText) -> Found:
    """Every mistake of reference in the file."""
    for one_check in _CHECKS:
        yield from one_check(written.tree)


def _rows(tree: Any, key: str) -> Iterator[tuple[Path, dict]]:
    listed = tree.get(key)
    for index, row in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(row, dict):
            yield (key, index), row


def _one_of(value: Any, known: list[str], what: str) -> str | None:
    if not isinstance(value, str) or value in known:
        return None
    close = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
    hint = f"；是否为“{close[0]}”？可用：" if close else "；可用："
    return f"没有“{value}”这一{what}{hint}{'、'.join(known) or '（本方案一个也没有）'}"


def _names_are_unique(tree: dict) -> Found:
    for key in ("components", "facts", "limits", "floors", "groups", "steps", "awards", "samples"):
        seen: set = set()
        for path, row in _rows(tree, key):
            if isinstance(name := row.get("id"), str) and (name in seen or seen.add(name)):
                yield (*path, "id"), f"“{name}”用了两次；请换一个名字"


def _numbers_are_unique(tree: dict) -> Found:
    tables = [((), tree), *_rows(tree, "groups")]
    for path, table in tables:
        seen: set = set()
        for row_path, row in _rows(table, "indicators"):
            if isinstance(no := row.get("no"), str) and (no in seen or seen.add(no)):
                yield (*path, *row_path, "no"), f"序号{no}用了两次；一张表内每项一个序号"


def _units_are_unique(tree: dict) -> Found:
    seen: set = set()
    for group_path, group in _rows(tree, "groups"):
        for path, unit in _rows(group, "units"):
            if isinstance(name := unit.get("name"), str) and (name in seen or seen.add(name)):
                yield (*group_path, *path, "name"), f"“{name}”已在名单上；同名单位请写全称区分"


def _grades_exist(tree: dict) -> Found:
    grades = tree.get("grades") if isinstance(tree.get("grades"), list) else []
    for path, value in _grade_references(tree):
        if words := _one_of(value, grades, "等次"):
            yield path, words
    for place in ("ticks", "bands"):
        yield from _every_grade_once(tree, place, grades)


def _grade_references(tree: dict) -> Iterator[tuple[Path, Any]]:
    for key, field in (("limits", "best"), ("floors", "worst")):
        for path, row in _rows(tree, key):
            yield (*path, field), row.get(field)
    for path, condition in _conditions(tree):
        for field in ("grades", "category_grade"):
            values = condition.get(field)
            for index, value in enumerate([values] if isinstance(values, str) else values or ()):
                yield (*path, field, index), value


def _every_grade_once(tree: dict, place: str, grades: list) -> Found:
    element = tree.get(place)
    if not isinstance(element, dict):
        return
    if place == "ticks":
        points = element.get("points")
        named, path = list(points) if isinstance(points, dict) else [], ("ticks", "points")
    else:
        named, path = [row.get("grade") for _, row in _rows(element, "items")], ("bands", "items")
    for grade in named:
        if words := _one_of(grade, grades, "等次"):
            yield path, words
    known = [grade for grade in named if grade in grades]
    if missing := [grade for grade in grades if grade not in known]:
        yield path, f"缺少等次“{'、'.join(missing)}”；每个等次都要写"
    elif known != grades:
        yield path, f"等次的次序应与 grades 相同：{'、'.join(grades)}"


def _conditions(tree: dict) -> Iterator[tuple[Path, dict]]:
    """Every condition of limits, floors and outcomes, the nested ones too."""
    pending = [((*path, "when"), row.get("when")) for key in ("limits", "floors", "outcomes") for path, row in _rows(tree, key)]
    while pending:
        path, condition = pending.pop(0)
        if not isinstance(condition, dict):
            continue
        yield path, condition
        for joint in ("all", "any"):
            inner = condition.get(joint)
            pending += [((*path, joint, i), c) for i, c in enumerate(inner if isinstance(inner, list) else ())]


def _facts_exist(tree: dict) -> Found:
    facts = {row["id"]: row for _, row in _rows(tree, "facts") if isinstance(row.get("id"), str)}
    for path, condition in _conditions(tree):
        fact_id = condition.get("fact")
        if words := _one_of(fact_id, list(facts), "情形"):
            yield (*path, "fact"), words
        if not isinstance(fact_id, str) or fact_id not in facts:
            continue
        values = facts[fact_id].get("values")
        for field in ("at_least", "equals"):
            if words := _one_of(condition.get(field), values if isinstance(values, list) else [], "取值"):
                yield (*path, field), words


def _components_exist(tree: dict) -> Found:
    known = [row.get("id") for _, row in _rows(tree, "components")]
    for path, row in _rows(tree, "steps"):
        if words := _one_of(row.get("component") or None, known, "考核方式"):
            yield (*path, "component"), words
    for table_path, table in [((), tree), *_rows(tree, "groups")]:
        for path, row in _rows(table, "indicators"):
            full = row.get("full")
            for component in full if isinstance(full, dict) else ():
                if words := _one_of(component, known, "考核方式"):
                    yield (*table_path, *path, "full", component), words


def _weights_make_a_hundred(tree: dict) -> Found:
    if tree.get("combine") != "weighted":
        return
    total = exact.Fraction(0)
    for path, row in _rows(tree, "components"):
        if row.get("counted") == "false":
            continue
        if "weight" not in row:
            yield path, f"“{row.get('name', '')}”缺少权重；各考核方式的权重合计应为100，不计分的写 counted: false"
            return
        try:
            weight = exact.parse(row["weight"])
        except (ValueError, TypeError):
            return
        if weight < 0:
            yield (*path, "weight"), f"权重{row['weight']}小于0；权重应在0至100之间"
            return
        total += weight
    if total != 100:
        yield ("components",), f"各考核方式权重合计为{exact.plain(total)}，应为100"


def _points_do_not_ascend(tree: dict) -> Found:
    ticks = tree.get("ticks")
    points = ticks.get("points") if isinstance(ticks, dict) else None
    try:
        values = [exact.parse(value) for value in points.values()] if isinstance(points, dict) else []
    except (ValueError, TypeError):
        return
    if any(worse > better for better, worse in zip(values, values[1:], strict=False)):
        yield ("ticks", "points"), "赋分应从高到低；较差的等次不能比较好的得分高"
    if any(not 0 <= value <= 100 for value in values):
        yield ("ticks", "points"), "赋分应在0至100之间"


def _ticks_have_points(tree: dict) -> Found:
    tables = [tree, *(group for _, group in _rows(tree, "groups"))]
    kinds = [row.get("kind", "tick") for table in tables for _, row in _rows(table, "indicators")]
    if tree.get("combine") == "weighted" and "tick" in kinds:
        for element in ("ticks", "item_weights"):
            if element not in tree:
                yield (), f"有打√的指标而没有“{element}”；请写明{'四档赋分' if element == 'ticks' else '指标权重'}"


_CHECKS: tuple[Callable[[dict], Found], ...] = (
    _names_are_unique,
    _numbers_are_unique,
    _units_are_unique,
    _grades_exist,
    _facts_exist,
    _components_exist,
    _weights_make_a_hundred,
    _points_do_not_ascend,
    _ticks_have_points,
)
