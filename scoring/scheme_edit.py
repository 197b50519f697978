"""An edit of one table carried through the scheme: what hangs on the edited rows follows them.

A new item gets the next number; a category that is renamed is renamed where its weight and its words stand; full marks
of a 考核方式 that is gone go with it. Everything else stays as it was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scoring.scheme_cells import names_of
from scoring.scheme_parts import indicator_places
from scoring.scheme_tables import Row, Table, deep, value_at
from scoring.scheme_text import Path, Tree
from scoring.scheme_tree import item_paths, number, rows, tables, texts


def edited(tree: dict, table: Table, shown: Sequence[Row]) -> dict:
    """Another tree with the table's rows as they are shown now, and all that follows from it."""
    made = table.write(tree, shown)
    if made == tree:
        return made
    if table.key.startswith("indicators"):
        _number_new(made)
        _follow_categories(tree, made)
    if table.key == "components":
        _forget_fulls(tree, made)
    return made


def _number_new(made: dict) -> None:
    for path, _ in indicator_places(made):
        listed = [row for row in _listed(made, path) if isinstance(row, dict)]
        last = max([int(no) for row in listed if (no := number(row.get("no"))) is not None], default=0)
        for row in listed:
            if not row.get("no"):
                last += 1
                values = {**row}
                row.clear()
                row.update({"no": str(last)} | values)


def _listed(tree: dict, path: Path) -> list:
    listed = value_at(tree, path)
    return listed if isinstance(listed, list) else []


def _paths_by_item(tree: dict) -> dict[tuple[Path, str], list[str]]:
    """(table, 序号) → path of every item."""
    found = {}
    for at, table in tables(tree):
        for _, row in rows(table, "indicators"):
            if isinstance(no := row.get("no"), str):
                found[at, no] = texts(row.get("path"))
    return found


def _follow_categories(before: dict, made: dict) -> None:
    """Words and weights of a category that all its items left for one other follow them; of one without items they go."""
    there = {path[:n] for path in item_paths(made) for n in range(1, len(path) + 1)}
    moved = _moves(_paths_by_item(before), _paths_by_item(made))
    old = {path[:n] for path in item_paths(before) for n in range(1, len(path) + 1)}
    for holder, key in ((made, "categories"), (made.get("item_weights"), "nodes")):
        if not isinstance(holder, dict) or not isinstance(holder.get(key), list):
            continue
        kept = []
        for row in holder[key]:
            node = tuple(texts(row.get("path"))) if isinstance(row, dict) else ()
            if node and node in old and node not in there:
                if node not in moved:
                    continue
                row["path"] = list(moved[node])
            kept.append(row)
        holder[key] = kept
        if not kept:
            holder.pop(key)


def _moves(before: dict, after: dict) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Old node → the one node of the same depth where every item of it is now."""
    targets: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for key, path in before.items():
        for depth in range(1, len(path) + 1):
            if len(after.get(key, [])) >= depth:
                targets[tuple(path[:depth])].add(tuple(after[key][:depth]))
    return {old: next(iter(new)) for old, new in targets.items() if len(new) == 1}


def _forget_fulls(before: dict, made: dict) -> None:
    """Full marks in a 考核方式 that was taken away mean nothing any more."""
    gone = set(names_of(before, "components")) - set(names_of(made, "components"))
    for _, table in tables(made):
        for _, item in rows(table, "indicators"):
            full = item.get("full")
            if isinstance(full, dict) and gone & set(full):
                item["full"] = {name: value for name, value in full.items() if name not in gone}
                if not item["full"]:
                    item.pop("full")


def renumbered(tree: dict, at: Path) -> dict:
    """The indicator table at a place in the order of its numbers ("2.5" stands between 2 and 3), numbered from 1.

    逾期扣减 goes on to mean the same items, where one table alone has numbers.
    """
    made = deep(tree)
    listed = _listed(made, at)
    rest = [row for row in listed if not isinstance(row, dict)]
    items = sorted((row for row in listed if isinstance(row, dict)), key=lambda row: _place(row.get("no")))
    names = {str(row.get("no")): str(n) for n, row in enumerate(items, start=1)}
    for n, row in enumerate(items, start=1):
        row["no"] = str(n)
    listed[:] = [*items, *rest]
    if len(indicator_places(made)) == 1:
        for _, late in rows(made, "late"):
            late["indicators"] = [names.get(no, no) for no in texts(late.get("indicators"))]
    return made


def _place(value: Tree) -> tuple[bool, object]:
    read = number(value)
    return (read is None, read if read is not None else 0)
