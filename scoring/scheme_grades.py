"""等次 as one table: name, points of a tick, least score and 评价标准 stand side by side though the file parts them.

A grade that is renamed is renamed wherever the scheme speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scoring.scheme_tables import AT, Column, Place, Row, cell, deep
from scoring.scheme_text import Path, Tree
from scoring.scheme_tree import texts

NAME, POINTS, LEAST, TEXT = "等次", "赋分", "等次线", "评价标准"


@dataclass(frozen=True)
class GradeTable:
    """The grades, best first."""

    key: str
    title: str
    grows: bool = True
    columns: tuple[Column, ...] = (
        Column(NAME, ("grade",), help="由好到差；改名后方案各处随之改名"),
        Column(POINTS, ("points",), help="打√一档得多少分，0至100，由高到低"),
        Column(LEAST, ("min",), help="达到多少分评为这一等次（含本数），由高到低，最后一档为0"),
        Column(TEXT, ("text",), wide=True),
    )

    def rows(self, tree: dict) -> list[dict[str, str]]:
        points, bands, criteria = _points(tree), _items(tree, "bands"), _items(tree, "criteria")
        return [
            {
                AT: str(number),
                NAME: grade,
                POINTS: _text(points.get(grade)),
                LEAST: _text(bands.get(grade, {}).get("min")),
                TEXT: _text((criteria or bands).get(grade, {}).get("text")),
            }
            for number, grade in enumerate(texts(tree.get("grades")))
        ]

    def write(self, tree: dict, rows: Sequence[Row]) -> dict:
        before = {row[AT]: row for row in self.rows(tree)}
        kept = [row for row in rows if cell(row, NAME) or cell(row, AT) in before]
        if [dict(row) for row in kept] == list(before.values()):
            return deep(tree)
        old = {cell(row, AT): before[cell(row, AT)][NAME] for row in kept if cell(row, AT) in before}
        names = {old[at]: cell(row, NAME) for row in kept if (at := cell(row, AT)) in old and cell(row, NAME)}
        made = renamed(deep(tree), names)
        made["grades"] = [cell(row, NAME) for row in kept]
        if len(kept) != len(before) or len(names) != len(before):
            _forget_other_readings(made)
        _put_points(made, kept)
        _put_items(made, "bands", kept, LEAST, "min", with_text="criteria" not in made)
        if isinstance(made.get("criteria"), dict):
            _put_items(made, "criteria", kept, TEXT, "text", with_text=False)
        return made

    def place(self, tree: dict, path: Path) -> Place | None:
        columns = {"grades": NAME, "ticks": POINTS, "bands": LEAST, "criteria": TEXT}
        if not path or path[0] not in columns or path[1:2] in (("cite",), ("assumed",), ("alternatives",)):
            return None
        if path[0] != "grades" and len(path) == 1:
            return None
        row = next((part + 1 for part in path if isinstance(part, int)), 0)
        if path[:2] == ("ticks", "points") and len(path) > 2:
            grades = texts(tree.get("grades"))
            row = grades.index(path[2]) + 1 if path[2] in grades else 0
        return Place(self.key, row, columns[str(path[0])])


def _text(value: Tree) -> str:
    return value if isinstance(value, str) else ""


def _points(tree: dict) -> dict:
    ticks = tree.get("ticks")
    points = ticks.get("points") if isinstance(ticks, dict) else None
    return points if isinstance(points, dict) else {}


def _items(tree: dict, key: str) -> dict[str, dict]:
    element = tree.get(key)
    items = element.get("items") if isinstance(element, dict) else None
    rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
    return {row["grade"]: row for row in rows if isinstance(row.get("grade"), str)}


def _put_points(made: dict, rows: Sequence[Row]) -> None:
    points = {cell(row, NAME): cell(row, POINTS) for row in rows if cell(row, POINTS)}
    if points or _points(made):
        ticks = made.get("ticks")
        made["ticks"] = {**(ticks if isinstance(ticks, dict) else {}), "points": points}


def _put_items(made: dict, key: str, rows: Sequence[Row], title: str, field: str, *, with_text: bool) -> None:
    """A row for each grade of which anything is said here; what else stood in a row of the file stays."""
    known = _items(made, key)
    told = [row for row in rows if cell(row, title) or (with_text and cell(row, TEXT))]
    items = []
    for row in told:
        item = {**known.get(cell(row, NAME), {}), "grade": cell(row, NAME)}
        values = {field: cell(row, title)} | ({"text": cell(row, TEXT)} if with_text else {})
        item = {name: value for name, value in (item | values).items() if value}
        items.append(item)
    if items or known:
        element = made.get(key)
        made[key] = {**(element if isinstance(element, dict) else {}), "items": items}


def _forget_other_readings(made: dict) -> None:
    """Other readings of points and lines were written for the grades there were; with others they make no scheme."""
    for key in ("ticks", "bands"):
        if isinstance(made.get(key), dict):
            made[key].pop("alternatives", None)


def renamed(tree: dict, names: dict[str, str]) -> dict:
    """The tree with grades called otherwise everywhere: in conditions, limits, floors, points, lines and answers."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return tree
    say = lambda value: changed.get(value, value) if isinstance(value, str) else value  # noqa: E731
    made = {key: _walk(value, say) for key, value in tree.items()}
    return made | ({"ticks": _walk(tree["ticks"], say, "points")} if "ticks" in tree else {})


_WHOLE = {"grades", "category_grade", "best", "worst", "grade"}


def _walk(value: Tree, say: Callable, keyed: str = "") -> Tree:
    """``keyed``: the field whose keys are grades (points of a tick; elsewhere points go by a fact's value)."""
    if isinstance(value, list):
        return [_walk(inner, say, keyed) for inner in value]
    if not isinstance(value, dict):
        return value
    made: dict = {}
    for key, inner in value.items():
        if key in _WHOLE:
            made[key] = [say(part) for part in inner] if isinstance(inner, list) else say(inner)
        elif key == keyed and isinstance(inner, dict):
            made[key] = {say(grade): points for grade, points in inner.items()}
        elif key == "answers" and isinstance(inner, dict):
            made[key] = {answer: say(grade) for answer, grade in inner.items()}
        else:
            made[key] = _walk(inner, say, keyed)
    return made
