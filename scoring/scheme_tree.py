"""Reading the written, untyped tree of a scheme file: whatever is not of the expected kind is simply not there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from scoring import exact
from scoring.scheme_text import Path

Found = Iterator[tuple[Path, str]]


def rows(tree: Any, key: str) -> Iterator[tuple[Path, dict]]:
    """The mappings listed under a key, each with its path from ``tree``."""
    listed = tree.get(key) if isinstance(tree, dict) else None
    for index, row in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(row, dict):
            yield (key, index), row


def tables(tree: dict) -> list[tuple[Path, dict]]:
    """Whatever may hold an indicator table: the scheme itself and its groups."""
    return [((), tree), *rows(tree, "groups")]


def item_paths(tree: dict, base: bool = False) -> list[tuple[str, ...]]:
    """The path of every item in every table, its own name last. ``base``: without 加分项 and 扣分项."""
    items = [row for _, table in tables(tree) for _, row in rows(table, "indicators")]
    items = [row for row in items if not base or row.get("role", "base") == "base"]
    return [(*texts(row.get("path")), str(row.get("name"))) for row in items]


def texts(value: Any) -> list[str]:
    """A text or a list of texts, as a list; empty for anything else."""
    listed = [value] if isinstance(value, str) else value
    return [part for part in listed if isinstance(part, str)] if isinstance(listed, list) else []


def number(value: Any) -> Fraction | None:
    """The exact number written, or None."""
    try:
        return exact.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
