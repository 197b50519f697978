"""What a scheme file may say and the engine cannot score yet.

Nothing that is printed as a rule may be passed over in silence: a file that says any of this must say ``status:
skeleton``, too, so that it is read and never scored. Whoever implements one of them takes it from the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scoring.kinds import brief
from scoring.scheme_text import Path
from scoring.scheme_tree import Found, rows, tables

UNSUPPORTED: dict[str, dict[str, str]] = {
    "scheme": {
        "total": "总分折算",
        "ratios": "比例计分",
        "median": "中位法",
        "category_grades": "大项等次",
        "floors": "保底",
        "bonuses": "加分",
        "late": "逾期扣减",
        "inherits": "随帮扶对象计分",
        "awards": "绩效折算",
    },
    "conditions": {"category_grade": "类别等次条件", "target_met": "目标条件", "bottom": "位次靠后条件"},
    "components": {"full": "考核方式满分"},
    "indicators": {"full": "指标满分", "only": "指标适用对象"},
    "combine": {"add": "分值相加", "judgement": "综合评定"},
    "kind": {
        "ratio": "比例指标",
        "yesno": "是否指标",
        "quantity": "数量指标",
        "task": "任务指标",
        "judged": "定性指标",
    },
}
"""By place: fields (of the scheme, its conditions, components and indicators) and values (of combine and kind)."""


def check_supported(tree: dict, conditions: Iterable[tuple[Path, dict]]) -> Found:
    """Everything the engine cannot score in a file that wants to be scored (status: whole)."""
    if tree.get("status", "whole") == "whole":
        yield from _fields("scheme", [((), tree)])
        yield from _fields("conditions", conditions)
        yield from _fields("components", rows(tree, "components"))
        yield from _value("combine", (), tree)
        for path, row in _items(tree):
            yield from _fields("indicators", [(path, row)])
            yield from _value("kind", path, row)


def _items(tree: dict) -> Iterator[tuple[Path, dict]]:
    for table_path, table in tables(tree):
        yield from (((*table_path, *path), row) for path, row in rows(table, "indicators"))


def _fields(place: str, found: Iterable[tuple[Path, dict]]) -> Found:
    for path, row in found:
        for field, name in UNSUPPORTED[place].items():
            if row.get(field):
                yield (*path, field), _words(name, field)


def _value(field: str, path: Path, row: dict[str, Any]) -> Found:
    value = row.get(field)
    if isinstance(value, str) and (name := UNSUPPORTED[field].get(value)):
        yield (*path, field), _words(name, f"{field}: {brief(value)}")


def _words(name: str, written: str) -> str:
    return f"{name}（{written}）尚未支持计分，status 只能写 skeleton"
