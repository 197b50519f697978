"""The difference of two schemes as lines to read and as values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from scoring.scheme import Scheme
from scoring.scheme_diff import Difference

SAME = "两个方案内容完全一致。"
FELT = "（可能影响结果）"


def differences_lines(found: Sequence[Difference]) -> list[str]:
    """The sentences by area, numbered within each; or that there is no difference."""
    lines: list[str] = []
    for area, inside in groupby(found, key=lambda one: one.area):
        told = [f"  {at}. {one.text}{FELT if one.moves_results else ''}" for at, one in enumerate(inside, start=1)]
        lines += [f"{area}（{len(told)}处）", *told]
    return lines or [SAME]


def differences_json(before: Scheme, after: Scheme, found: Sequence[Difference]) -> dict[str, Any]:
    """Both schemes by id, title and hash, and every difference with its place."""
    sides = {"before": before, "after": after}
    return {name: {"id": one.id, "title": one.title, "hash": one.hash} for name, one in sides.items()} | {
        "differences": [
            {"area": one.area, "place": list(one.place), "text": one.text, "moves_results": one.moves_results}
            for one in found
        ]
    }
