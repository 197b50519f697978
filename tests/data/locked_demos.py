"""Every document's demonstration, locked: what pages, slides and papers are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from data.demo import all_demos, load_one
from data.locked import Locked, open_locked
from data.store import Store
from tests.data import locks


def locked_demos(folder: Path) -> dict[str, Locked]:
    """Scheme id → its demonstration, locked as it stands."""
    with Store.open(f"sqlite:///{folder}/demos.db") as store:
        return {demo.scheme_id: _locked(store, load_one(store, demo).id) for demo in all_demos()}


def _locked(store: Store, assessment_id: int) -> Locked:
    """The last 锁定版: a demonstration that tells of a meeting brings its own."""
    known = [each for each in store.locked_versions(assessment_id) if each.state == "current"]
    return open_locked(store, assessment_id, known[0].number, locks.TODAY) if known else locks.locked_of(store, assessment_id)


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*texts(key), *texts(each))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
