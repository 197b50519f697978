"""How a unit stands in one word, and which units are told of together. No scheme is named here: the words follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

MISSING = "暂缺"
"""A sheet that the result needs has not come."""
UNJUDGED = "待评议"
"""The score is there; the document draws no lines, so that the grade is decided by judgement (由评议确定)."""
FEW = 3
"""So many groups are told of one by one."""


@dataclass(frozen=True)
class Block:
    """Units that are told of together; ``name`` is empty where they are all there are. ``inherits``: 随帮扶对象计分."""

    name: str
    units: tuple[UnitResult, ...]
    inherits: bool = False


def draws_lines(scheme: Scheme) -> bool:
    """Whether scores are graded: a document may name grades and draw no lines between them."""
    return bool(scheme.bands and scheme.bands.items)


def gives_places(scheme: Scheme) -> bool:
    """Whether units are placed among each other at all (否则不排位)."""
    return scheme.rank.shown != "none"


def borrowed(scheme: Scheme) -> str:
    """The document whose lines grade here, where they are borrowed as a reading: "江门2020附件1"; else nothing."""
    return scheme.bands.borrowed if scheme.bands else ""


def word(result: UnitResult) -> str:
    """The grade, 待评议 where a score waits for its grade, or 暂缺."""
    return result.grade or (MISSING if result.score is None else UNJUDGED)


def words(scheme: Scheme) -> tuple[str, ...]:
    """Every word that ``word`` can give under a scheme, the grades first."""
    if scheme.judged:
        return ()
    return (*scheme.grades, MISSING) if draws_lines(scheme) else (UNJUDGED, MISSING)


def blocks(results: Results) -> tuple[Block, ...]:
    """The groups one by one where they are few or have tables of their own; those that inherit together, after them.

    Many groups that share one table (the towns of each county) are one block.
    """
    scheme = results.scheme
    marked = [group for group in scheme.marked_groups if results.group(group.id)]
    heirs = tuple(result for result in results.units if scheme.inheritance(result.group))
    if len(marked) > FEW and not any(group.indicators for group in marked):
        units = tuple(result for result in results.units if not scheme.inheritance(result.group))
        found = [Block("", units)]
    else:
        alone = len(marked) == 1 and not heirs
        found = [Block("" if alone else group.name, results.group(group.id)) for group in marked]
    return (*found, Block("随帮扶对象计分的单位", heirs, inherits=True)) if heirs else tuple(found)


def unscored(results: Results) -> Sequence[UnitResult]:
    """Units whose sheets are all in and which yet have no score: a row waits for a figure or for a person."""
    return [
        result
        for result in results.units
        if result.missing and not result.inherited
        and all(part.sheet is not None for part in result.components.values() if part.counted)
        and result.components
    ]  # fmt: skip
