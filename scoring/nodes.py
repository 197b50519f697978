"""The weights of what stands directly beneath one category, at any depth of the tree, as a level of their own.

The first categories and all items have levels in ``scoring.trial``; these are the ones between. A level's values are points
of a whole sheet, as there, and sum to what the category itself carries; within it only their proportions count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from scoring.elements import ItemWeights
from scoring.scheme import Scheme
from scoring.tree import Node, indicator_tree, score_of
from scoring.trial import HUNDRED, Level

NODE = "n:"
"""How the id of such a level begins; the path follows, its steps parted by "/"."""


def node_levels(scheme: Scheme, group: str) -> dict[str, Level]:
    """A level by id for each category with two children or more; none where items weigh nothing of their own.

    Not beneath a category with items that apply to some units only (省直单位): these share no weights.
    """
    rule = scheme.item_weights
    if rule is None:
        return {}
    apart = {row.no for row in scheme.indicators_of(group) if row.only}
    found = [
        _level(node, share, rule)
        for node, share in _categories(indicator_tree(scheme, group), HUNDRED)
        if share and len(node.children) > 1 and not any(leaf.no in apart for leaf in node.leaves())
    ]
    return {level.id: level for level in found}


def node_id(path: tuple[str, ...]) -> str:
    """The id of the level beneath a category: "n:产业/资产"."""
    return NODE + "/".join(path)


def key(child: Node) -> str:
    """What a child is called in its level's values: an item by its number, a category by its name."""
    return child.name if child.no is None else str(child.no)


def node_of(root: Node, level: str) -> Node | None:
    """The category whose children a level weighs; None where this tree does not have it."""
    return next((node for node, _ in _categories(root, HUNDRED) if node_id(node.path) == level), None)


def reweighed(scheme: Scheme, group: str, level: str, weights: Mapping[str, Fraction]) -> Scheme:
    """The scheme with other weights beneath one category, in any unit; the category itself carries what it did.

    Raises KeyError for a level that is not there.
    """
    node = node_of(indicator_tree(scheme, group), level)
    if node is None:
        raise KeyError(level)
    whole = sum(weights.values(), Fraction(0))
    written = sum((child.weight for child in node.children), Fraction(0)) or Fraction(1)
    given = {name: weight * written / whole for name, weight in weights.items()}
    items = {child.no: given[key(child)] for child in node.children if child.no is not None}
    nodes = {child.path: given[key(child)] for child in node.children if child.no is None}
    return scheme.replace(item_weights=items, node_weights=nodes, group=group)


def carried(root: Node, path: tuple[str, ...], points: Mapping[int, Fraction | None]) -> Fraction:
    """What a category carries of one sheet's score, what is 不适用 left out; 0 where all beneath it is."""
    share, node = Fraction(1), root
    for name in path:
        scored = [child for child in node.children if score_of(child, points) is not None]
        found = next((child for child in scored if child.no is None and child.name == name), None)
        if found is None:
            return Fraction(0)
        whole = sum((child.weight for child in scored), Fraction(0))
        share, node = share * (found.weight / whole if whole else Fraction(1, len(scored))), found
    return share


def _categories(node: Node, share: Fraction) -> Iterator[tuple[Node, Fraction]]:
    """Every category beneath a node with what it carries of the whole, from the top."""
    for child, part in _shares(node, share):
        if child.no is None:
            yield child, part
            yield from _categories(child, part)


def _shares(node: Node, share: Fraction) -> Iterator[tuple[Node, Fraction]]:
    total = sum((child.weight for child in node.children), Fraction(0))
    for child in node.children:
        yield child, share * child.weight / total if total else share / len(node.children)


def _level(node: Node, share: Fraction, rule: ItemWeights) -> Level:
    parts = {key(child): part for child, part in _shares(node, share)}
    names = {key(child): child.name if child.no is None else f"{child.no}. {child.name}" for child in node.children}
    return Level(node_id(node.path), f"“{node.name}”之下", "权重", "weights", parts, names, rule)
