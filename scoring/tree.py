"""The tree of categories and indicators (类别与指标), its weights, and how marks roll up through it.

A node's weight counts only among its siblings. Whatever is 不适用 gives its weight to its siblings, and a node with
nothing left beneath it gives its own to *its* siblings, so nothing is gained by leaving a weak item blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from scoring.elements import Indicator, ItemWeights
from scoring.exact import weighted_mean
from scoring.scheme import Scheme


@dataclass
class Node:
    """A category or, with ``no`` set, one indicator. ``weight`` is its share among its siblings, unnormalised."""

    name: str
    path: tuple[str, ...]
    no: int | None = None
    weight: Fraction = Fraction(1)
    children: list[Node] = field(default_factory=list)

    def leaves(self) -> Iterator[Node]:
        """The indicators beneath, in the table's order."""
        if self.no is not None:
            yield self
        for child in self.children:
            yield from child.leaves()


def indicator_tree(scheme: Scheme, group: str, component: str = "", unit: str = "") -> Node:
    """The tree by which units of a group are marked, every node with its weight. Cached: do not change it.

    江门2020: leaves equal, so 精准扶贫 with its 11 of 19 items weighs 11/19. 加分项 and 扣分项 are no part of it.
    ``component``: only the items that carry marks there, by their full marks (内蒙古平时监控); without one an item weighs
    its full marks everywhere. ``unit``: without the items that apply to others only (省直单位).
    """
    singled_out = any(row.only for row in scheme.indicators_of(group))
    by_component = component if scheme.combine == "add" else ""
    return _tree(scheme, group, by_component, unit if singled_out else "")


def by_full(scheme: Scheme) -> bool:
    """Whether an item weighs its full marks (分值) though its component is one of several that are weighed."""
    return scheme.item_weights is not None and scheme.item_weights.equal == "full"


@lru_cache(maxsize=512)
def _tree(scheme: Scheme, group: str, component: str, unit: str) -> Node:
    root = Node("", ())
    for indicator in scheme.indicators_of(group):
        applies = not unit or not indicator.only or unit in indicator.only
        leaf = _leaf(scheme, indicator, component)
        if applies and indicator.role == "base" and (not component or indicator.marked_in(component)):
            _node_at(root, indicator.path).children.append(leaf)
    _weigh(root, scheme.item_weights)
    return root


def _node_at(root: Node, path: tuple[str, ...]) -> Node:
    node = root
    for depth, name in enumerate(path):
        found = next((child for child in node.children if child.no is None and child.name == name), None)
        if found is None:
            found = Node(name, path[: depth + 1])
            node.children.append(found)
        node = found
    return node


def _leaf(scheme: Scheme, indicator: Indicator, component: str) -> Node:
    weight = _natural(scheme, indicator, component) if indicator.weight is None else indicator.weight
    return Node(indicator.name, indicator.path, indicator.no, weight)


def _natural(scheme: Scheme, indicator: Indicator, component: str) -> Fraction:
    """One, or the item's full marks where marks add up or items weigh them (equal: full)."""
    if not (scheme.combine == "add" or by_full(scheme)) or not indicator.full:
        return Fraction(1)
    wanted = [component] if component else [part.id for part in scheme.counted]
    return sum((indicator.full.get(name, Fraction(0)) for name in wanted), Fraction(0))


def _weigh(node: Node, rule: ItemWeights | None) -> None:
    """Weights bottom-up: a category weighs what it was given, else its leaves together, else (siblings) one."""
    given = {tuple(named.path): named.weight for named in rule.nodes} if rule else {}
    for child in node.children:
        _weigh(child, rule)
    if node.no is None:
        siblings_alike = rule is not None and rule.equal == "siblings"
        natural = Fraction(1) if siblings_alike else sum((child.weight for child in node.children), Fraction(0))
        node.weight = given.get(node.path, natural)


def score_of(node: Node, points: Mapping[int, Fraction | None]) -> Fraction | None:
    """The node's score out of 100: the weighted mean of what is marked beneath it. None where nothing is.

    ``points`` maps item numbers to points; a None or an absent number is 不适用, its weight going to its siblings.
    Where all that is left weighs nothing, what is left counts alike.
    """
    if node.no is not None:
        return points.get(node.no)
    scored = [(child.weight, score) for child in node.children if (score := score_of(child, points)) is not None]
    return weighted_mean(scored)


def leaf_weights(node: Node, applicable: frozenset[int] | None = None) -> dict[int, Fraction]:
    """Each item's share in the node's score; the shares sum to 1. ``applicable`` leaves out what is 不适用.

    It is the derivative of ``score_of``: Σ share × points = score.
    """
    if node.no is not None:
        return {node.no: Fraction(1)} if applicable is None or node.no in applicable else {}
    parts = [(child.weight, leaf_weights(child, applicable)) for child in node.children]
    parts = [(weight, shares) for weight, shares in parts if shares]
    whole = sum(weight for weight, _ in parts)
    even = Fraction(1, len(parts)) if parts else Fraction(0)
    return {no: share * (weight / whole if whole else even) for weight, shares in parts for no, share in shares.items()}
