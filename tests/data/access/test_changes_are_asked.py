"""Nothing is written but through ``changing``, by a verb that is in the table; nothing is read without a rule. Read in the code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access import ACTIONS, OWN_WORK
from data.access.actions import may
from data.store import NotAllowed, Store
from data.store.meeting_records import SETTLINGS
from data.store.reads import HANDLING, READS, WRITES
from data.store.requests import _GRANTING
from tests.data.access.test_roles_matrix import BACKUPS, person

ROOT = Path(__file__).resolve().parents[3]
STORE = sorted((ROOT / "data/store").glob("*.py"))
WRITERS = {"change.py", "log.py", "migrate.py", "database.py", "signins.py"}
"""Files that may write beside a change: the change itself, its log line, the tables' making, and sign-ins, which change nothing."""
LOOKING = {"health.py", "opening.py", "readonly.py", "sqlite.py"}
"""Files that speak to SQLite itself (PRAGMA): they look, and write no row."""
CHOSEN = {
    "drawings.py": {"抽签", "抽样"},
    "settings.py": set(),  # the caller's; those of the pages are looked for there
    "settlings.py": {f"撤销{word}" for word in SETTLINGS.values()},
    "requests.py": set(_GRANTING.values()),
    "meeting_store.py": {"导出文件"},
}
"""Verbs that are no plain text where the change is opened."""


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
            yield node


def opened() -> set[str]:
    """Every verb with which the store opens a change, and every one that is named to ``set_setting``."""
    found: set[str] = set()
    for path in STORE:
        for call in calls(path, "changing"):
            verb = call.args[2]
            if isinstance(verb, ast.Constant):
                found.add(verb.value)
            else:
                assert path.name in CHOSEN, f"{path.name}:{call.lineno} opens a change by a verb that is no plain text"
                found |= CHOSEN[path.name]
    for path in [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *(ROOT / "data").rglob("*.py")]:
        for call in calls(path, "set_setting"):
            for word in call.keywords:
                if word.arg == "action":
                    found |= {node.value for node in ast.walk(word.value) if isinstance(node, ast.Constant)}
    return found


def test_every_verb_that_opens_a_change_has_its_roles() -> None:
    assert opened() - ACTIONS.keys() == set()


def test_every_verb_of_the_table_is_used() -> None:
    waits = BACKUPS | {"确认口径", "公开镇级成绩", "取消公开"}  # a default of settings.put, and a choice of two in one expression
    assert ACTIONS.keys() - opened() - waits == set()


def test_the_verbs_of_ones_own_work_may_be_made_by_those_who_fill_in() -> None:
    assert all("fill" in ACTIONS[verb] for verb in OWN_WORK)


def test_nothing_writes_beside_a_change() -> None:
    beside = [
        f"{path.name}:{call.lineno}" for path in STORE if path.name not in WRITERS
        for word in ("writing", "exec_driver_sql") for call in calls(path, word)
    ]  # fmt: skip
    others = [
        f"{path}:{call.lineno}" for room in ("components", "pages", "commands", "serving") for path in (ROOT / room).rglob("*.py")
        for word in ("writing", "changing") for call in calls(path, word)
    ]  # fmt: skip
    assert {place.partition(":")[0] for place in beside} <= LOOKING
    assert others == []


def test_every_function_that_opens_a_change_begins_anew_when_the_database_asks() -> None:
    once = []
    for path in STORE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(True for _ in _opens(node)):
                marks = {getattr(mark, "id", "") for mark in node.decorator_list}
                if "retried" not in marks:
                    once.append(f"{path.name}:{node.name}")
    assert once == []


def _opens(node: ast.FunctionDef) -> Iterator[ast.With]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.With):
            for item in inner.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "changing":
                    yield inner


def public() -> set[str]:
    return {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")}


def test_every_public_method_of_the_store_is_a_read_with_a_rule_or_a_change() -> None:
    named = [*READS, *WRITES, *HANDLING]
    assert len(named) == len(set(named))
    assert public() - set(named) == set(), "name it in data/store/reads.py, with the rule that it goes by"
    assert set(named) - {"open", "person"} == public(), "these are gone from the store"


def test_a_method_that_is_named_nowhere_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.store import reads

    monkeypatch.delitem(reads.READS, "scenarios")

    class Fresh(Store):
        def scenarios(self, assessment_id: int) -> list:
            return ["leaked"]

    with reads.guarded(Fresh).open(f"sqlite:///{tmp_path}/new.db") as store, pytest.raises(NotAllowed):
        store.by(person()).scenarios(1)


def test_a_verb_that_is_not_in_the_table_is_refused_to_all_who_signed_in() -> None:
    from data.access import ROLES, Duty

    assert not may(person(*(Duty(role) for role in ROLES)), "没有这种事项")
