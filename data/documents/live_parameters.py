"""The sheet 参数 of a live workbook: every weight, point and line of every scenario, each in one cell that may be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import height_of, lines_of, put_text
from data.documents.live_cells import BOLD, HEAD, INPUT, LEFT, Formula, at, heads, put, quote_sheet, runs
from data.documents.live_checks import RED_TEXT, WARNING, descending, falls, total, warning
from scoring.scheme import Scheme
from scoring.standing import draws_lines
from scoring.tree import Node, indicator_tree

NAME = "参数"
HEADS = ("参数", "名称")
FIRST = len(HEADS) + 1
"""The column of the first scenario."""
TOP = 4
WIDTHS = (24, 46)
WIDTH = 13
"""Of a scenario's column, in characters."""
USE = (
    "黄色为可改的参数，改后得分、等次、位次自动重算；类别权重未单独规定的，为所含指标权重之和。"
    "权重互不联动，改一项须同时改其他项，合计不符时以红字提示。"
)
Key = tuple[str, ...]


@dataclass
class Parameters:
    """Where each parameter stands: its row by key, and how the scenarios' columns follow each other."""

    rows: dict[Key, int] = field(default_factory=dict)
    checks: dict[int, list[tuple[str, Key]]] = field(default_factory=dict)
    """Scenario → its checks: what each is of, and its row's key."""

    def cell(self, key: Key, scenario: int) -> str:
        """The cell of one scenario's parameter, as another sheet names it."""
        return f"{quote_sheet(NAME)}!{at(self.rows[key], FIRST + scenario, fixed='both')}"

    def names(self, first: Key, last: Key) -> str:
        """The area of the names of parameters that stand below each other: the grades from the best on."""
        return f"{quote_sheet(NAME)}!{at(self.rows[first], 2, fixed='both')}:{at(self.rows[last], 2, fixed='both')}"

    def column(self, first: Key, last: Key, scenario: int) -> str:
        """The area of one scenario's parameters that stand below each other."""
        column = FIRST + scenario
        top, end = (at(self.rows[key], column, fixed="both") for key in (first, last))
        return f"{quote_sheet(NAME)}!{top}:{end}"

    def warning(self, scenario: int) -> str:
        """The formula that says which of a scenario's checks fail; "" where there is nothing to check."""
        return warning((name, self.cell(key, scenario)) for name, key in self.checks.get(scenario, []))


@dataclass(frozen=True)
class _Line:
    key: Key
    section: str
    name: str
    value: object
    below: tuple[Key, ...] = ()
    """The parameters it is the sum of, unless its own value is given; of a check those that are checked."""
    check: Literal["", "total", "order"] = ""
    """Whether they must come to ``value``, or descend."""


@dataclass(frozen=True)
class Tree:
    """Which table of weights a sheet of marks is weighed by.

    ``group``: of a group with items of its own, else "". ``component``: its own where marks add up, else "".
    """

    group: str = ""
    component: str = ""

    def key(self, node: Node) -> Key:
        """The key of a node's or an item's weight."""
        return self.top(node.path if node.no is None else (str(node.no),))

    def top(self, path: Key = ()) -> Key:
        """The key of what lies under a path."""
        return ("weight", self.group, self.component, *path)


def tree_of(scheme: Scheme, group: str, component: str) -> Tree:
    """The table by which one component of a group's units is weighed."""
    return Tree(group if scheme.group(group).indicators else "", component if scheme.combine == "add" else "")


def parameters_sheet(sheet: Worksheet, schemes: dict[str, Scheme], groups: Sequence[str], title: str) -> Parameters:
    """Write the sheet: a row a parameter, a column a scenario (label → its scheme). ``groups``: whose items are weighed by formula."""
    put_text(sheet["A1"], title)
    sheet["A1"].font = BOLD
    _told(sheet, FIRST + len(schemes) - 1)
    heads(sheet, TOP - 1, 1, (*HEADS, *schemes))
    lines: dict[Key, dict[int, _Line]] = {}
    for number, scheme in enumerate(schemes.values()):
        for line in _lines(scheme, groups):
            lines.setdefault(line.key, {})[number] = line
    made = Parameters({key: row for row, key in enumerate(lines, TOP)}, _checks(lines))
    for key, told in lines.items():
        _row(sheet, made, made.rows[key], told, len(schemes))
    _shape(sheet, len(schemes))
    return made


def _told(sheet: Worksheet, last: int) -> None:
    """How the sheet is used, over all its columns so that it is printed whole."""
    put_text(sheet["A2"], USE)
    sheet["A2"].alignment = LEFT
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=last)
    sheet.row_dimensions[2].height = height_of(lines_of(USE, sum(WIDTHS) + WIDTH * (last - len(HEADS))))


def _checks(lines: dict[Key, dict[int, _Line]]) -> dict[int, list[tuple[str, Key]]]:
    found: dict[int, list[tuple[str, Key]]] = {}
    for key, told in lines.items():
        for number, line in told.items():
            if line.check:
                found.setdefault(number, []).append((line.section if line.check == "total" else "", key))
    return found


def _row(sheet: Worksheet, made: Parameters, row: int, told: dict[int, _Line], count: int) -> None:
    line = next(iter(told.values()))
    put(sheet.cell(row, 1), line.section, fill=HEAD, shape=LEFT)
    put(sheet.cell(row, 2), line.name, shape=LEFT)
    sheet.row_dimensions[row].height = height_of(max(lines_of(line.name, WIDTHS[1]), 2 if line.check else 1))
    for number in range(count):
        cell = sheet.cell(row, FIRST + number)
        if number not in told:
            put(cell, "—")
        elif told[number].check:
            _check(cell, made, told[number], FIRST + number)
        elif told[number].below:
            put(cell, Formula(_sum(made, told[number].below, FIRST + number))).font = BOLD
        else:
            put(cell, told[number].value, fill=INPUT)


def _check(cell: Cell, made: Parameters, line: _Line, column: int) -> None:
    if line.check == "total":
        assert isinstance(line.value, Fraction)
        put(cell, Formula(total(_sum(made, line.below, column), line.value)), fill=HEAD).number_format = RED_TEXT
        cell.font = BOLD
        return
    cells = [at(made.rows[key], column) for key in line.below]
    put(cell, Formula(descending(f"{cells[0]}:{cells[-1]}", cells, str(line.value))), fill=HEAD).font = WARNING


def _sum(made: Parameters, below: tuple[Key, ...], column: int) -> str:
    spans = [f"{at(first, column)}:{at(last, column)}" for first, last in runs([made.rows[key] for key in below])]
    return f"SUM({','.join(spans)})"


def _shape(sheet: Worksheet, count: int) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTHS
    for number in range(count):
        sheet.column_dimensions[sheet.cell(1, FIRST + number).column_letter].width = WIDTH
    sheet.freeze_panes = sheet.cell(TOP, FIRST)


def _lines(scheme: Scheme, groups: Sequence[str]) -> Iterator[_Line]:
    yield _Line(("places",), "小数位数", "综合得分保留的小数位数", "不舍入" if scheme.places is None else scheme.places)
    if scheme.component_places is not None:
        yield _Line(
            ("component_places",), "小数位数", f"各{scheme.words.component}先保留的小数位数", scheme.component_places
        )
    for name, weight in scheme.weights.items():
        yield _Line(("component", name), f"{scheme.words.component}权重", scheme.component(name).name, weight)
    yield from _total(
        ("component",), f"{scheme.words.component}权重", {("component", n): w for n, w in scheme.weights.items()}
    )
    if scheme.ticks and groups:
        for grade in scheme.grades:
            yield _Line(("points", grade), "赋分", grade, scheme.ticks.points[grade])
        points: dict[Key, Fraction] = {("points", grade): scheme.ticks.points[grade] for grade in scheme.grades}
        yield from _order("赋分", points)
    if draws_lines(scheme) and scheme.bands:
        for band in scheme.bands.items:
            yield _Line(("line", band.grade), "等次线（以上含本数）", band.grade, band.min)
        yield from _order("等次线", {("line", band.grade): band.min for band in scheme.bands.items})
    for target in scheme.targets:
        if target.value is not None and groups:
            measure = f"（{target.measure}）" if target.measure else ""
            yield _Line(("target", target.id), "目标", f"{target.name}{measure}", target.value)
    trees = {tree_of(scheme, group, part.id): group for group in groups for part in scheme.counted}
    for tree, group in trees.items():
        whose = _whose(scheme, tree, alone=len(groups) == 1)
        root = indicator_tree(scheme, group, tree.component)
        for child in root.children:
            yield from _node(scheme, tree, whose, child)
        yield from _totals(scheme, tree, whose, root)


def _whose(scheme: Scheme, tree: Tree, *, alone: bool) -> str:
    """Of which group and component a table of weights is, in brackets; of one for all nothing."""
    told = [scheme.group(tree.group).name] if tree.group and not alone else []
    told += [scheme.component(tree.component).name] if tree.component else []
    return f"（{'·'.join(told)}）" if told else ""


def _total(key: Key, section: str, weights: Mapping[Key, Fraction]) -> Iterator[_Line]:
    """The sum of weights that count among each other; one alone counts the same whatever it is."""
    if len(weights) > 1:
        whole = sum(weights.values(), Fraction(0))
        yield _Line(("total", *key), section, "合计", whole, tuple(weights), "total")


def _order(word: str, values: Mapping[Key, Fraction]) -> Iterator[_Line]:
    if falls(values.values()):
        yield _Line(("order", word), word, "核对：由高到低", word, tuple(values), "order")


def _totals(scheme: Scheme, tree: Tree, whose: str, root: Node) -> Iterator[_Line]:
    """The totals of categories, and of items: within each category that has a weight of its own, else all together."""
    loose = list(_loose(scheme, root))
    if any(child.no is None for child in root.children):
        tops = {tree.key(child): Fraction(child.weight) for child in root.children}
        yield from _total(tree.top(), f"类别权重{whose}", tops)
    if any(node.no is not None for node in loose):
        below = {tree.key(node): Fraction(node.weight) for node in loose}
        yield from _total(("items", *tree.top()), f"指标权重{whose}", below)
    for node in _given_nodes(scheme, root):
        below = {tree.key(child): Fraction(child.weight) for child in _loose(scheme, node)}
        section = f"{'·'.join(node.path)}所含权重{whose}"
        yield from _total(("items", *tree.top(node.path)), section, below)


def _loose(scheme: Scheme, node: Node) -> Iterator[Node]:
    """What carries its own weight beneath a node: items, and categories with a given weight."""
    for child in node.children:
        if child.no is not None or _given(scheme, child):
            yield child
        else:
            yield from _loose(scheme, child)


def _given_nodes(scheme: Scheme, node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.no is None:
            if _given(scheme, child):
                yield child
            yield from _given_nodes(scheme, child)


def _given(scheme: Scheme, node: Node) -> bool:
    """Whether a category's weight is said, and is not what its items weigh together."""
    rule = scheme.item_weights
    return rule is not None and (
        rule.equal == "siblings" or any(tuple(named.path) == node.path for named in rule.nodes)
    )


def _node(scheme: Scheme, tree: Tree, whose: str, node: Node) -> Iterator[_Line]:
    """A category before what lies beneath it."""
    if node.no is not None:
        yield _Line(tree.key(node), f"指标权重{whose}", f"{node.no}. {node.name}", node.weight)
        return
    below = () if _given(scheme, node) else tuple(tree.key(child) for child in node.children)
    yield _Line(tree.key(node), f"类别权重{whose}", "·".join(node.path), Fraction(node.weight), below)
    for child in node.children:
        yield from _node(scheme, tree, whose, child)
