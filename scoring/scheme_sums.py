"""Checks of a scheme file's arithmetic: weights make a hundred, items make their headings, points never ascend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from scoring.exact import plain
from scoring.kinds import brief
from scoring.scheme_tree import Found, item_paths, number, rows, tables, texts


def check_sums(tree: dict) -> Found:
    """Every mistake of arithmetic in the file."""
    for one_check in _CHECKS:
        yield from one_check(tree)


def _weights_make_a_hundred(tree: dict) -> Found:
    if tree.get("combine") != "weighted":
        return
    total, sure = Fraction(0), True
    for path, row in rows(tree, "components"):
        if row.get("counted") == "false":
            continue
        if "weight" not in row:
            yield path, f"“{brief(row.get('name', ''))}”缺少权重；权重合计应为100，不计分的写 counted: false"
        weight = number(row.get("weight"))
        sure = sure and weight is not None and weight >= 0
        total += weight or 0
    if sure and total != 100:
        yield ("components",), f"各考核方式权重合计为{plain(total)}，应为100"


def _points_descend(tree: dict) -> Found:
    ticks = tree.get("ticks")
    points = ticks.get("points") if isinstance(ticks, dict) else None
    values = [number(value) for value in points.values()] if isinstance(points, dict) else []
    known = [value for value in values if value is not None]
    if len(known) == len(values) and any(worse > better for better, worse in pairwise(known)):
        yield ("ticks", "points"), "赋分应从高到低；较差的等次不能比较好的得分高"
    if any(not 0 <= value <= 100 for value in known):
        yield ("ticks", "points"), "赋分应在0至100之间"


def _lines_can_be_reached(tree: dict) -> Found:
    extras = tree.get("extras")
    top = number(extras.get("total_max")) if isinstance(extras, dict) else None
    most = max(_base(tree), top or Fraction(0))
    for path, band in rows(tree.get("bands"), "items"):
        line = number(band.get("min"))
        if line is not None and line > most:
            yield ("bands", *path, "min"), f"等次线{plain(line)}高于{plain(most)}，没有得分能够达到"


def _base(tree: dict) -> Fraction:
    """Full marks of the official score: 100, or what marks add up or are brought to."""
    total = tree.get("total")
    if tree.get("combine") != "add":
        return Fraction(100)
    on = number(total.get("on")) if isinstance(total, dict) else None
    counted = [row for _, row in rows(tree, "components") if row.get("counted") != "false"]
    return on or sum((number(row.get("full")) or Fraction(0) for row in counted), Fraction(0)) or Fraction(100)


def _ticks_have_points(tree: dict) -> Found:
    kinds = [row.get("kind", "tick") for _, table in tables(tree) for _, row in rows(table, "indicators")]
    if tree.get("combine") == "weighted" and "tick" in kinds:
        for element, what in (("ticks", "四档赋分"), ("item_weights", "指标权重")):
            if element not in tree:
                yield (), f"有打√的指标而没有“{element}”；请写明{what}"


def _items_make_their_component(tree: dict) -> Found:
    """Where marks add up, each table's items must add up to the component's full marks."""
    if tree.get("combine") != "add":
        return
    known = [row for _, row in rows(tree, "components") if isinstance(row.get("id"), str)]
    fulls = {row["id"]: full for row in known if (full := number(row.get("full"))) is not None}
    for path, table in tables(tree):
        items = [row for _, row in rows(table, "indicators") if row.get("role", "base") == "base"]
        for component, full in fulls.items() if items else ():
            total = sum(_fulls(items, component), Fraction(0))
            if total != full:
                yield (*path, "indicators"), f"各项在“{brief(component)}”的满分合计为{plain(total)}，应为{plain(full)}"


def _total_is_the_sum(tree: dict) -> Found:
    """A total that is brought to another base is what the components' full marks add up to."""
    total = tree.get("total")
    full = number(total.get("full")) if isinstance(total, dict) else None
    if full is None:
        return
    parts = [
        number(row.get("full")) or Fraction(0) for _, row in rows(tree, "components") if row.get("counted") != "false"
    ]
    if sum(parts, Fraction(0)) != full:
        yield (
            ("total", "full"),
            f"各考核方式满分合计为{plain(sum(parts, Fraction(0)))}，与 total 所写的{plain(full)}不符",
        )


def _components_have_full_marks(tree: dict) -> Found:
    if tree.get("combine") == "add":
        for path, row in rows(tree, "components"):
            if "full" not in row and row.get("counted") != "false":
                yield path, f"“{brief(row.get('name', ''))}”缺少满分（full）；分值相加的方案须写明每种考核方式的满分"


def _fulls(items: list[dict], component: str | None = None) -> Iterator[Fraction]:
    """Full marks of the items in one component, or in all."""
    for item in items:
        full = item.get("full")
        for name, value in full.items() if isinstance(full, dict) else ():
            if component in (None, name):
                yield number(value) or Fraction(0)


def _items_make_their_heading(tree: dict) -> Found:
    """A category's printed full marks are the sum of its items'."""
    for path, category in rows(tree, "categories"):
        full, node = number(category.get("full")), texts(category.get("path"))
        if full is None:
            continue
        items = [row for _, row in rows(tree, "indicators") if texts(row.get("path"))[: len(node)] == node]
        total = sum(_fulls(items), Fraction(0))
        if total != full:
            yield (*path, "full"), f"所含指标满分合计为{plain(total)}，与表头的{plain(full)}分不符"


def _rosters_are_complete(tree: dict) -> Found:
    for path, group in rows(tree, "groups"):
        size, listed = number(group.get("size")), len(list(rows(group, "units")))
        if size is not None and listed and size != listed:
            yield (*path, "units"), f"名单有{listed}个，与 size 所写的{plain(size)}个不符；请补齐或改正"


def _siblings_are_weighed_together(tree: dict) -> Found:
    """Where one sibling's weight is given, all must be: shares mean nothing alone."""
    nodes = [tuple(texts(row.get("path"))) for _, row in rows(tree.get("item_weights"), "nodes")]
    for parent in sorted({node[:-1] for node in nodes if node}):
        depth = len(parent)
        siblings = {
            path[: depth + 1] for path in item_paths(tree, base=True) if len(path) > depth and path[:depth] == parent
        }
        if missing := [node[-1] for node in sorted(siblings - set(nodes))]:
            yield ("item_weights", "nodes"), f"同级的“{'、'.join(map(brief, missing))}”没有写权重；同级须全部写明"


_CHECKS: tuple[Callable[[dict], Found], ...] = (
    _weights_make_a_hundred,
    _points_descend,
    _lines_can_be_reached,
    _ticks_have_points,
    _items_make_their_component,
    _total_is_the_sum,
    _components_have_full_marks,
    _items_make_their_heading,
    _rosters_are_complete,
    _siblings_are_weighed_together,
)
