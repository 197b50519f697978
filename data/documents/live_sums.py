"""The lower part of a scenario's sheet in a live workbook: from marks to each component's score, formula by formula.

A block for each 考核方式: the weights on top, a row a unit. From the left: the score, the categories, the items. 不适用 gives
its weight to its siblings; where all that is left weighs nothing, what is left counts alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import put_text
from data.documents.live_cells import BOLD, FIXED, HEAD, LEFT, PLAIN, Formula, area, at, heads, literal, put, runs
from data.documents.live_items import is_live, is_measured, measured, target_key
from data.documents.live_marks import OFF, Marks
from data.documents.live_members import Members
from data.documents.live_parameters import Parameters, tree_of
from scoring.elements import Component, Indicator
from scoring.extras import extra_rows
from scoring.marks import Mark
from scoring.results import ComponentResult, ItemResult
from scoring.scheme import Scheme
from scoring.tree import Node, indicator_tree

UNIT, SCORE, FIRST = 1, 2, 3
WIDTH = 12
"""Of every column, in characters."""
LACKING = "缺"
WRITTEN = "各项指标适用的对象不同或随帮扶对象计分，各考核方式得分由系统计算后写入"
"""What is said of a group that is not ``live``."""
GUARD = "0.0000000001"
"""Added before rounding: what is exactly 89.995 may lie a hair below it in binary, and must become 90.00."""
ROUNDING = (
    "舍入：电子表格按二进制小数计算，恰为89.995的得分可能略小于它，公式在舍入前加0.0000000001，使其进为90.00；"
    "不舍入的方案按10位小数比较。本系统按分数精确计算，"
)
"""What is said of the guard; the sentence goes on."""


@dataclass
class Book:
    """What a group's tables are written from: its units, and where parameters (in which column) and marks stand."""

    members: Members
    number: int
    parameters: Parameters
    marks: Marks
    fixed: dict[str, int] = field(default_factory=dict)
    """What had to be written as a value, in words, and how often."""

    @property
    def scheme(self) -> Scheme:
        """The scheme that is computed by."""
        return self.members.scheme

    @property
    def group(self) -> str:
        """The group's id."""
        return self.members.group

    @property
    def items(self) -> dict[int, Indicator]:
        """The group's items by number."""
        return self.members.items

    def parameter(self, *key: str) -> str:
        """The cell of one of this column's parameters."""
        return self.parameters.cell(key, self.number)

    def note(self, what: str) -> None:
        """Remember that something was written as a value."""
        self.fixed[what] = self.fixed.get(what, 0) + 1


@dataclass
class Sums:
    """Where each component's score and 加分项, 扣分项 stand: (component, unit) → cell; (unit, role) → cells.

    ``items``: (component, unit, number) → the cell of an item's points. ``sheet``: how formulas elsewhere name the sheet
    that they stand in ("'分项明细'!"), "" where the formulas that read them stand in it too. ``last``: its last row,
    ``starts``: the first of each block.
    """

    sheet: str = ""
    last: int = 0
    starts: list[int] = field(default_factory=list)
    items: dict[tuple[str, str, int], str] = field(default_factory=dict)
    scores: dict[tuple[str, str], str] = field(default_factory=dict)
    extras: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Block:
    """One component's block: its tree, the columns of nodes and items, and the row of weights."""

    component: Component
    tree: Node
    nodes: dict[tuple[str, ...], int]
    items: dict[int, int]
    extras: dict[int, int]
    weights: int

    def column(self, node: Node) -> int:
        return self.nodes[node.path] if node.no is None else self.items[node.no]


def blocks(sheet: Worksheet, book: Book, row: int, away: str = "", title: str = "", width: float = WIDTH) -> Sums:
    """Write every counted component's block from ``row`` on.

    ``away``: as ``Sums.sheet``; ``title``: before its name; ``width``: of every column, in characters.
    """
    made = Sums(away, row - 1)
    for component in book.scheme.counted:
        made.starts.append(made.last + 1)
        block = _block(sheet, book, component, made.last + 1, title, width)
        for number, unit in enumerate(book.members.units, block.weights + 1):
            _unit(sheet, book, block, unit, number, made)
        made.last = block.weights + len(book.members.units) + 1
    return made


def _block(sheet: Worksheet, book: Book, component: Component, row: int, title: str, width: float) -> _Block:
    tree = indicator_tree(book.scheme, book.group, component.id)
    nodes = [node for level in _levels(tree) for node in level if node.no is None]
    leaves = list(tree.leaves())
    extras = extra_rows(book.scheme, book.group, component.id, "")
    columns = iter(range(FIRST, FIRST + len(nodes) + len(leaves) + len(extras)))
    block = _Block(
        component, tree, {node.path: next(columns) for node in nodes},
        {leaf.no or 0: next(columns) for leaf in leaves}, {item.no: next(columns) for item in extras}, row + 2,
    )  # fmt: skip
    put_text(sheet.cell(row, UNIT), f"{title}{component.name}：得分、各类别得分与各项得分（百分制）")
    sheet.cell(row, UNIT).font = BOLD
    names = [*("·".join(node.path) for node in nodes), *(f"{leaf.no}. {leaf.name}" for leaf in leaves)]
    names += [f"{item.no}. {item.name}（{'加分' if item.role == 'bonus' else '扣分'}）" for item in extras]
    heads(sheet, row + 1, UNIT, (book.scheme.words.unit, "得分", *names), width)
    _weights(sheet, book, block, [*nodes, *leaves])
    return block


def _levels(tree: Node) -> Iterator[list[Node]]:
    """The nodes level by level, so that siblings stand side by side."""
    level = tree.children
    while level:
        yield level
        level = [child for node in level for child in node.children]


def _weights(sheet: Worksheet, book: Book, block: _Block, nodes: Sequence[Node]) -> None:
    put(sheet.cell(block.weights, UNIT), "权重", fill=HEAD)
    put(sheet.cell(block.weights, SCORE), "—", fill=HEAD)
    tree = tree_of(book.scheme, book.group, block.component.id)
    for node in nodes:
        key = tree.key(node)
        put(
            sheet.cell(block.weights, block.column(node)), Formula(book.parameter(*key)), fill=HEAD
        ).number_format = PLAIN
    for column in block.extras.values():
        put(sheet.cell(block.weights, column), "另计", fill=HEAD)


def _unit(sheet: Worksheet, book: Book, block: _Block, unit: str, row: int, made: Sums) -> None:
    put(sheet.cell(row, UNIT), book.members.names[unit], shape=LEFT)
    part = book.members.found[unit].components.get(block.component.id)

    def away(row: int, column: int) -> str:
        return made.sheet + at(row, column, fixed="both")

    for node in block.tree.leaves():
        _item(sheet, book, block, part, unit, row, node.no or 0, block.items[node.no or 0])
    for node in _inner(block.tree):
        put(sheet.cell(row, block.nodes[node.path]), Formula(_mean(block, node, row))).number_format = PLAIN
    for no, column in block.extras.items():
        _extra(sheet, book, block, unit, row, no, column)
        made.extras.setdefault((unit, book.items[no].role), []).append(away(row, column))
    score = put(sheet.cell(row, SCORE), Formula(_score(book, block, unit, row)))
    score.number_format = PLAIN
    made.scores[block.component.id, unit] = away(row, SCORE)
    made.items |= {(block.component.id, unit, no): away(row, c) for no, c in (block.items | block.extras).items()}


def _inner(tree: Node) -> Iterator[Node]:
    for node in tree.children:
        if node.no is None:
            yield node
            yield from _inner(node)


def _item(
    sheet: Worksheet, book: Book, block: _Block, part: ComponentResult | None, unit: str, row: int, no: int, column: int
) -> None:
    """Points out of 100: by formula from a tick or points, else as the system found them."""
    mark, item = _mark(part, no), book.items[no]
    found = part.rows.get(no) if part else None
    cell = sheet.cell(row, column)
    if found is None or (is_live(book.scheme, item, mark) and _is_plain(mark, found)):
        put(cell, Formula(_points(book, block.component.id, unit, item, mark)))
    else:
        put(cell, _found(book, found), fill=FIXED)
    cell.number_format = PLAIN


def _mark(part: ComponentResult | None, no: int) -> Mark | None:
    marks = part.sheet.marks if part and part.sheet else ()
    return next((mark for mark in marks if mark.indicator == no), None)


def _is_plain(mark: Mark | None, found: ItemResult) -> bool:
    """Whether nothing beside the mark decides the points: no 保底 of the item, no 逾期扣减."""
    if mark is not None and (mark.value is not None or mark.answer is not None):
        return not found.open
    return not found.notes and (mark is None or found.grade == mark.grade)


def _points(book: Book, component: str, unit: str, item: Indicator, given: Mark | None) -> str:
    """From the cell of the mark: by its kind where it measures and no points were given outright, else a tick or points."""
    no = item.no
    mark, whole = book.marks.cell(component, unit, no), book.marks.cell(component, unit, None)
    scored = f"{mark}/{book.marks.full(component, no)}*100"
    outright = given is not None and (given.grade is not None or given.score is not None)
    if is_measured(book.scheme, item) and not outright:
        target = book.parameter(*target_key(item.target)) if item.target else ""
        scored = measured(book.scheme, item, mark, target)
    elif book.scheme.ticks:
        grades = list(book.scheme.ticks.points)
        first, last = ("points", grades[0]), ("points", grades[-1])
        names, points = book.parameters.names(first, last), book.parameters.column(first, last, book.number)
        scored = f"IF(ISNUMBER({mark}),{scored},INDEX({points},MATCH({mark},{names},0)))"
    return f'IF({mark}="",IF(ISNUMBER({whole}),"","{LACKING}"),IF({mark}="{OFF}","{OFF}",{scored}))'


def _found(book: Book, found: ItemResult) -> object:
    """What the system made of a measured item; a grade among it still earns what the parameters say."""
    if found.open:
        return LACKING
    if found.points is None:
        return OFF
    if found.grade is None or book.scheme.ticks is None or not book.scheme.ticks.points[found.grade]:
        book.note("逾期到账、须等待他人数据等不能由本格评分的指标，百分制得分由系统计算后写入")
        return found.points
    kept = found.points / book.scheme.ticks.points[found.grade]
    book.note("由中位法、任务完成情况或单项保底评出的等次由系统写入，得分仍随赋分变动")
    if kept != 1:
        book.note("逾期到账的扣减比例由系统写入")
    return Formula(book.parameter("points", found.grade) + (f"*{literal(kept)}" if kept != 1 else ""))


def _mean(block: _Block, node: Node, row: int) -> str:
    """The weighted mean of what is marked beneath a node, "" where nothing is."""
    spans = list(runs([block.column(child) for child in node.children]))
    scores = [area((row, first), (row, last)) for first, last in spans]
    weights = [area((block.weights, first), (block.weights, last), fixed="row") for first, last in spans]
    count = f"COUNT({','.join(scores)})"
    whole = "+".join(f'SUMIF({score},">=0",{weight})' for score, weight in zip(scores, weights, strict=True))
    total = "+".join(f"SUMPRODUCT({weight},{score})" for score, weight in zip(scores, weights, strict=True))
    return f'IF({count}=0,"",IF({whole}=0,SUM({",".join(scores)})/{count},({total})/({whole})))'


def _extra(sheet: Worksheet, book: Book, block: _Block, unit: str, row: int, no: int, column: int) -> None:
    """A 加分项 or 扣分项: the points themselves, no part of the component's score."""
    part = book.members.found[unit].components.get(block.component.id)
    mark_given = _mark(part, no)
    if mark_given is not None and (mark_given.value is not None or mark_given.answer is not None):
        put(sheet.cell(row, column), part.extras.get(no) if part else None, fill=FIXED)
        book.note("按实际数值填报的加分项、扣分项由系统计算后写入")
        return
    mark = book.marks.cell(block.component.id, unit, no)
    whole = book.marks.cell(block.component.id, unit, None)
    told = f'IF({mark}="",IF(ISNUMBER({whole}),0,"{LACKING}"),IF(ISNUMBER({mark}),{mark},0))'
    put(sheet.cell(row, column), Formula(told)).number_format = PLAIN


def _score(book: Book, block: _Block, unit: str, row: int) -> str:
    """The component's score out of its full marks, rounded where components are rounded first."""
    total = book.marks.cell(block.component.id, unit, None)
    last = max((SCORE, *block.items.values(), *block.extras.values()))
    marked = area((row, FIRST), (row, last))
    mean = _mean(block, block.tree, row)
    full = book.scheme.full_of(block.component.id)
    scaled = mean if full == 100 else f'IF(COUNT({marked})=0,"",({mean})*{literal(full)}/100)'
    told = f'IF(ISNUMBER({total}),{total},IF(COUNTIF({marked},"{LACKING}")>0,"",{scaled}))'
    if book.scheme.component_places is None:
        return told
    places = book.parameter("component_places")
    return f'IF(ISNUMBER({told}),ROUND({told}+{GUARD},{places}),"")'
