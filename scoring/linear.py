"""What a unit's score is linear in at a level of a trial: component weights, category weights, item weights, points.

The bench redraws a score from it while a slider is dragged, and firmness at any node of the tree is computed from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.combine import entering
from scoring.nodes import NODE, carried, key, node_of
from scoring.results import ComponentResult, UnitResult
from scoring.rules import Condition
from scoring.scheme import Scheme
from scoring.tree import Node, indicator_tree, leaf_weights, score_of
from scoring.trial import CATEGORIES, ITEMS, LINES, POINTS, WEIGHTS, Level

ZERO = Fraction(0)


@dataclass(frozen=True)
class Terms:
    """score = Σ value × x (÷ Σ value for weights) + offset.

    ``x`` is None for a unit without a score (暂缺). ``linear`` False: only near. ``exact`` False: so is the grade drawn from
    it, until Python has computed it.
    """

    x: tuple[Fraction, ...] | None
    offset: Fraction = ZERO
    linear: bool = True
    exact: bool = True


def terms(scheme: Scheme, level: Level, result: UnitResult) -> Terms:
    """What a unit's score is linear in at this level; ``result`` is its result under ``scheme``."""
    if result.exact is None:
        return Terms(None)
    sure = not _grade_matters(scheme) and not result.floors
    plain = not result.bonuses and not result.deductions
    if level.id == LINES:
        return Terms((), result.exact, exact=sure)
    if level.id == WEIGHTS:
        x = tuple(entering(scheme, name, result.components[name].exact or ZERO) for name in level.originals)
        return Terms(x, result.extra, result.linear, result.linear and sure and plain)
    x, offset, linear = _from_sheets(scheme, level, result)
    return Terms(x, offset, linear and result.linear, linear and result.linear and sure and plain)


def _from_sheets(scheme: Scheme, level: Level, result: UnitResult) -> tuple[tuple[Fraction, ...], Fraction, bool]:
    """Components marked item by item move with the level; one that was handed in as a total does not."""
    whole = sum(scheme.weights.values(), ZERO)
    x, offset = dict.fromkeys(level.originals, ZERO), result.extra
    linear = scheme.component_places is None
    for name, weight in scheme.weights.items():
        part, share = result.components[name], weight / whole
        if not part.items:
            offset += share * entering(scheme, name, part.exact or ZERO)
            continue
        tree = indicator_tree(scheme, result.group, name, result.unit)
        for control, value in _moves(scheme, level, tree, part):
            moved = share * value * scheme.base / 100
            if control is None:
                offset += moved
            else:
                x[control] += moved
        linear = linear and _is_linear(level, tree, part)
    return tuple(x.values()), offset, linear


def _moves(scheme: Scheme, level: Level, tree: Node, part: ComponentResult) -> Iterator[tuple[str | None, Fraction]]:
    """(control, its factor) of one marked sheet; None for what no control moves."""
    if level.id == CATEGORIES:
        own = score_of(tree, part.items) or ZERO
        for name, score in part.categories.items():
            yield name, own if score is None else score
    elif level.id == ITEMS:
        yield from ((str(no), points) for no, points in _filled(tree, part.items, ZERO))
    elif level.id == POINTS:
        shares = leaf_weights(tree, frozenset(no for no, points in part.items.items() if points is not None))
        given = scheme.ticks.points if scheme.ticks else {}
        for row in part.rows.values():
            share, points = shares.get(row.no, ZERO), row.points or ZERO
            kept = points / given[row.grade] if row.grade and given[row.grade] else Fraction(1)  # after 逾期扣减
            yield (row.grade, share * kept) if row.grade else (None, share * points)
    elif level.id.startswith(NODE):
        yield from _beneath(level, tree, part)


def _beneath(level: Level, tree: Node, part: ComponentResult) -> Iterator[tuple[str | None, Fraction]]:
    """Each child of one category; what lies elsewhere in the tree does not move."""
    node, whole = node_of(tree, level.id), score_of(tree, part.items) or ZERO
    own = score_of(node, part.items) if node else None
    if node is None or own is None:
        yield None, whole
        return
    share = carried(tree, node.path, part.items)
    yield None, whole - share * own
    for child in node.children:
        yield key(child), share * (score_of(child, part.items) or ZERO)


def _filled(node: Node, points: Mapping[int, Fraction | None], above: Fraction) -> Iterator[tuple[int, Fraction]]:
    """Each item's points; 不适用 has those of the nearest category with a score, to which its weight goes."""
    score = score_of(node, points)
    own = above if score is None else score
    if node.no is not None:
        yield node.no, own
    for child in node.children:
        yield from _filled(child, points, own)


def _is_linear(level: Level, tree: Node, part: ComponentResult) -> bool:
    """不适用 shares its weight out among its siblings, and shares of shares are no straight line."""
    if level.id == ITEMS:
        return all(points is not None for points in part.items.values())
    if level.id == CATEGORIES:
        return all(score is not None for score in part.categories.values())
    node = node_of(tree, level.id) if level.id.startswith(NODE) else None
    if node is None:
        return True
    scored = {key(child) for child in node.children if score_of(child, part.items) is not None}
    return not scored or scored == set(level.originals)


def _grade_matters(scheme: Scheme) -> bool:
    """Whether some limit asks for the grade itself, so that what it allows may change while a slider moves."""
    return any(_asks_for_grade(limit.when) for limit in scheme.limits)


def _asks_for_grade(when: Condition) -> bool:
    return bool(when.grades or when.category_grade or when.bottom) or any(map(_asks_for_grade, (*when.all, *when.any)))
