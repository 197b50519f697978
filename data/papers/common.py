"""Which items many units do well and which badly: means over units, never a figure of one. For papers that many read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.papers.words import quoted
from scoring import exact, profile
from scoring.profile import Item
from scoring.results import UnitResult
from scoring.scheme import Scheme

FEWEST = 3
"""Of fewer units no mean is told: one could work out a single unit's marks from it."""
_TOLD = 3


@dataclass(frozen=True)
class Common:
    """One item over all units that were marked on it: the mean of their shares of its points, and how they are graded.

    ``best`` counts the units whose every mark is the best grade, ``low`` those with a mark in the lower half of the
    grades; both 0 where the item is not graded.
    """

    item: Item
    units: int
    best: int
    low: int


def common_items(scheme: Scheme, results: Sequence[UnitResult]) -> tuple[Common, ...]:
    """Every item that at least ``FEWEST`` of these units were marked on. The units must share one table of items."""
    marked: dict[int, list[Item]] = {}
    for result in results:
        for item in profile.items(scheme, result) if result.complete and not scheme.inheritance(result.group) else ():
            if item.points is not None:
                marked.setdefault(item.no, []).append(item)
    return tuple(_common(scheme, found) for found in marked.values() if len(found) >= FEWEST)


def _common(scheme: Scheme, found: Sequence[Item]) -> Common:
    points = sum((item.points or Fraction(0) for item in found), Fraction(0)) / len(found)
    lower = set(scheme.grades[(len(scheme.grades) + 1) // 2 :])
    best = sum(bool(item.grades) and set(item.grades.values()) == {scheme.grades[0]} for item in found)
    low = sum(bool(lower & set(item.grades.values())) for item in found)
    first = found[0]
    return Common(Item(first.no, first.name, first.category, points, {}), len(found), best, low)


def strongest(found: Sequence[Common]) -> tuple[Common, ...]:
    """The items done best, best first; none where all are alike."""
    return _chosen(found, profile.strongest([one.item for one in found], _TOLD))


def weakest(found: Sequence[Common]) -> tuple[Common, ...]:
    """The items done worst, worst first; none where all are alike."""
    return _chosen(found, profile.weakest([one.item for one in found], _TOLD))


def _chosen(found: Sequence[Common], items: Sequence[Item]) -> tuple[Common, ...]:
    by_no = {one.item.no: one for one in found}
    return tuple(by_no[item.no] for item in items)


def paragraph(scheme: Scheme, chosen: Sequence[Common], who: str, *, strong: bool) -> str:
    """The items in a row, without the stop; of many that share the end the first few, and how many more.

    ``who``: what the units are called here.
    """
    more = len(chosen) - _TOLD
    rest = f"；另有{more}项平均得分率与首项相同" if more > 0 else ""
    return "；".join(_told(scheme, one, who, strong=strong) for one in chosen[:_TOLD]) + rest


def _told(scheme: Scheme, one: Common, who: str, *, strong: bool) -> str:
    """One item without its stop: "“党建扶贫情况”（第10项）平均得分率95.00%，7个市（区）该项均评为“好”"."""
    rate = exact.fixed(one.item.points or Fraction(0))
    counted = scheme.words.measure + who
    grades = ""
    if strong and one.best:
        grades = f"，{one.best}{counted}该项均评为“{scheme.grades[0]}”"
    elif not strong and one.low:
        lower = scheme.grades[(len(scheme.grades) + 1) // 2]
        grades = f"，{one.low}{counted}该项有评为“{lower}”及以下的"
    return f"{quoted(one.item.name.rstrip('。'))}（第{one.item.no}项）平均得分率{rate}%{grades}"
