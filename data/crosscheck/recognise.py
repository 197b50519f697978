"""A workbook of any shape → its tables with a role proposed for each column. What is not recognised is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from data.crosscheck.headings import Headings, Meaning, weight_in
from data.regions import Place, UnknownPlaceError, match, place
from data.sheets import words
from data.sheets.names import Names
from scoring.crosscheck.book import At, Book, BookCell, BookSheet
from scoring.crosscheck.layout import ASK, COMPARED, GRADE, IGNORE, UNIT, Column, Layout, Line, Table
from scoring.scheme import Scheme

_SUMS = ("合计", "平均", "总计", "小计", "最高", "最低", "全市", "均值", "满分")
_WEIGHT_LABELS = ("权重", "比重", "占比", "权数")
HEADING_LINES = 6
"""A heading stands at most so many lines above the first unit."""
MOST_LINES = 3_000


class UnitNames:
    """The roster's names, and what a cell may write for one: in full, short, or an older name of the place."""

    def __init__(self, scheme: Scheme, more: Iterable[str] = ()) -> None:
        units = [unit for group in scheme.groups for unit in group.units]
        self.names = Names([*(unit.name for unit in units), *more], scheme.title + scheme.document.title + scheme.document.issuer)
        self._regions = {unit.region: unit.name for unit in units if unit.region}
        self._places = [found for code in self._regions if (found := _place(code)) is not None]

    def find(self, text: str) -> str:
        """The unit a cell names, or nothing."""
        if not words.key(text) or len(text) > 40:
            return ""
        found = self.names.exact(text)
        if found is None and self._places:
            told = match(text, self._places).place
            found = self._regions[told.code] if told else None
        return found or ""

    def hint(self, text: str) -> str:
        """，是否为“蓬江区”？ where a name resembles."""
        return self.names.hint(text)


def _place(code: str) -> Place | None:
    try:
        return place(code)
    except UnknownPlaceError:
        return None


@dataclass(frozen=True)
class _View:
    """A sheet seen so that a unit is a line, whether it is a row or a column."""

    book: Book
    sheet: BookSheet
    across: bool

    def at(self, line: int, column: int) -> At:
        return (self.sheet.name, column, line) if self.across else (self.sheet.name, line, column)

    def cell(self, line: int, column: int) -> BookCell:
        """The cell, inside a merged range the one it shows."""
        _, row, across = self.at(line, column)
        return self.book.cell((self.sheet.name, *self.shown(row, across)))

    def shown(self, row: int, column: int) -> tuple[int, int]:
        for top, left, bottom, right in self.sheet.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    @property
    def lines(self) -> range:
        return range(1, min(self.sheet.columns if self.across else self.sheet.rows, MOST_LINES) + 1)

    @property
    def columns(self) -> range:
        return range(1, min(self.sheet.rows if self.across else self.sheet.columns, MOST_LINES) + 1)


def recognise(book: Book, scheme: Scheme, units: Iterable[str] = ()) -> Layout:
    """Every table found in the workbook's sheets, in order. ``units``: those known beside the roster, where it is open."""
    names = UnitNames(scheme, units)
    tables: list[Table] = []
    unread: list[str] = []
    for sheet in book.sheets:
        found = _tables(book, sheet, scheme, names)
        tables += found
        unread += [] if found else [sheet.name]
    return Layout(tuple(tables), tuple(unread))


def _tables(book: Book, sheet: BookSheet, scheme: Scheme, names: UnitNames) -> list[Table]:
    found = [best for across in (False, True) if (best := _axis(_View(book, sheet, across), names))]
    if not found:
        return []
    _, view, column, units = max(found, key=lambda each: (each[0], not each[1].across))
    blocks = _blocks(units)
    ends = [block[0] for block in blocks[1:]] + [len(view.lines) + 1]
    starts = [1, *(block[-1] + 1 for block in blocks[:-1])]
    tables = [
        _table(view, scheme, names, column, start, block, end)
        for block, start, end in zip(blocks, starts, ends, strict=True)
    ]
    return tables if len(set(units.values())) > 1 else [table for table in tables if _telling(table)]


def _telling(table: Table) -> bool:
    """Whether a table of one unit is one: its name alone may stand in any sheet, beside two known headings it does not."""
    return sum(column.role.partition(":")[0] in COMPARED for column in table.columns) > 1


_Axis = tuple[int, _View, int, dict[int, str]]


def _axis(view: _View, names: UnitNames) -> _Axis | None:
    """The column in which most units are named: (how many, view, column, line → unit)."""
    by_column: dict[int, dict[int, str]] = {}
    for (sheet, row, column), cell in view.book.cells.items():
        if sheet == view.sheet.name and cell.kind == "text" and (unit := names.find(cell.text)):
            line, at = (column, row) if view.across else (row, column)
            by_column.setdefault(at, {})[line] = unit
    if not by_column:
        return None
    best = min(by_column, key=lambda at: (-len(set(by_column[at].values())), at))
    units = dict(sorted(by_column[best].items()))
    return len(set(units.values())), view, best, units


def _blocks(units: dict[int, str]) -> list[list[int]]:
    """Lists of lines of units: a second table in the same sheet begins where units repeat below other lines."""
    names = list(units.values())
    again = sum(names.count(name) > 1 for name in set(names)) > 1
    blocks: list[list[int]] = [[]]
    seen: set[str] = set()
    for line, unit in units.items():
        gap = bool(blocks[-1]) and line - blocks[-1][-1] > 1
        if again and unit in seen and gap:
            blocks.append([])
            seen = set()
        blocks[-1].append(line)
        seen.add(unit)
    return blocks


def _table(
    view: _View, scheme: Scheme, names: UnitNames, unit_at: int, start: int, block: list[int], end: int
) -> Table:
    first = block[0]
    heads = range(max(start, first - HEADING_LINES), first)
    pieces = {at: _pieces(view, heads, at) for at in view.columns}
    group = _group(scheme, names.find(view.cell(first, unit_at).text))
    headings = Headings(scheme, scheme.indicators_of(group))
    headings.component = headings.component_in(view.sheet.name) or _titled(view, headings, start, first)
    headings.numbered = sum(headings.counts(each) for each in pieces.values() if each) >= 3
    lines = _lines(view, names, unit_at, first, end, block)
    columns = [
        _column(view, headings, at, pieces[at], unit_at, [line for line in lines if line.unit]) for at in view.columns
    ]
    told = _once([column for column in columns if column is not None])
    table = Table(view.sheet.name, view.across, unit_at, tuple(told), tuple(_valued(view, names, told, lines)))
    return replace(table, weights=tuple(_weights(view, headings, table, range(start, first))))


def _group(scheme: Scheme, unit: str) -> str:
    found = scheme.group_of(unit)
    return found.id if found else scheme.groups[0].id


def _titled(view: _View, headings: Headings, start: int, first: int) -> str:
    """The component that a title over the table names: a cell that spans several columns, or stands alone in its row."""
    for line in range(start, first):
        texts = {view.cell(line, at).text for at in view.columns if view.cell(line, at).text.strip()}
        if len(texts) == 1 and (found := headings.component_in(texts.pop())):
            return found
    return ""


def _pieces(view: _View, heads: range, at: int) -> list[str]:
    """The heading of a column from top to bottom; titles, weights and blanks are no part of it."""
    found: list[str] = []
    for line in heads:
        cell = view.cell(line, at)
        texts = {view.cell(line, each).text for each in view.columns if view.cell(line, each).text.strip()}
        title = len(texts) == 1 and len(view.columns) > 2
        number = cell.kind in ("number", "percent") and (cell.number or Fraction(0)).denominator != 1
        if cell.text.strip() and not title and not number and cell.kind != "percent" and cell.text not in (*found, *_WEIGHT_LABELS):
            found.append(cell.text)
    return found


def _column(
    view: _View, headings: Headings, at: int, pieces: list[str], unit_at: int, lines: list[Line]
) -> Column | None:
    cells = [cell for line in lines if (cell := view.cell(line.at, at)).text.strip() or cell.tokens]
    heading = " / ".join(words.clean(piece) for piece in pieces)
    sample = cells[0].seen if cells else ""
    if at == unit_at:
        return Column(at, heading, UNIT, "写有名单上的名称", sample)
    if not cells:
        return None
    meaning = headings.read(pieces)
    if meaning.role == ASK:
        meaning = _by_content(headings, cells, meaning)
    return Column(at, heading, meaning.role, meaning.why, sample)


def _by_content(headings: Headings, cells: list[BookCell], asked: Meaning) -> Meaning:
    """A column whose every cell is a grade's name needs no heading; one without any number is words."""
    texts = [words.key(cell.text) for cell in cells]
    if headings.scheme.grades and all(text in map(words.key, headings.scheme.grades) for text in texts):
        return Meaning(GRADE, "各格都是等次")
    if not any(cell.number is not None or cell.tokens for cell in cells):
        return Meaning(IGNORE, "没有数，只有文字")
    return asked


def _once(columns: list[Column]) -> list[Column]:
    """A role that two columns claim is given to the first; the second is asked."""
    taken: set[str] = set()
    found = []
    for column in columns:
        if column.role in taken and column.role not in (ASK, IGNORE):
            column = replace(column, role=ASK, why="与前面一列重复")
        taken.add(column.role)
        found.append(column)
    return found


def _lines(view: _View, names: UnitNames, unit_at: int, first: int, end: int, block: list[int]) -> list[Line]:
    found = []
    for at in range(first, end):
        text = words.clean(view.cell(at, unit_at).text)
        unit = names.find(text) if at in set(block) else ""
        if unit:
            found.append(Line(at, text, unit))
        elif text and any(word in text for word in _SUMS):
            found.append(Line(at, text, kind="sum"))
        elif text:
            found.append(Line(at, text, kind="note"))
    return found


def _valued(view: _View, names: UnitNames, columns: list[Column], lines: list[Line]) -> list[Line]:
    """A line that is no unit of the roster and yet has figures is an unknown unit; any other is a note."""
    wanted = [column.at for column in columns if column.role.partition(":")[0] in ("component", "weighted", "total", "rank")]
    unit_at = next((column.at for column in columns if column.role == UNIT), 1)
    found = []
    for line in lines:
        here = [view.at(line.at, at) for at in wanted if at != unit_at]
        figures = sum(view.book.cell(at).number is not None or bool(view.book.cell(at).tokens) for at in here)
        if line.kind == "note" and figures and not any(word in line.text for word in _WEIGHT_LABELS):
            line = replace(line, kind="unknown", hint=names.hint(line.text))
        found.append(line)
    return found


def _weights(view: _View, headings: Headings, table: Table, lines: range) -> Iterable[tuple[At, str, Fraction]]:
    """Cells over the units that state a component's weight: a row of weights, or 40% in a heading."""
    columns = [(c.at, c.role.split(":")[1]) for c in table.columns if c.role.startswith(("component:", "weighted:"))]
    if headings.component:
        return
    told: set[str] = set()
    seen: set[At] = set()
    for line in lines:
        labelled = any(word in view.cell(line, at).text for at in view.columns for word in _WEIGHT_LABELS)
        row = [(view.cell(line, at), view.at(line, at), component) for at, component in columns]
        numbers = [cell.number for cell, _, _ in row if cell.kind in ("number", "percent") and cell.number is not None]
        whole = sum(numbers, Fraction(0)) in (1, 100) and len(numbers) > 1
        for cell, at, component in row:
            value = None
            if cell.kind == "percent" or (cell.kind == "number" and (labelled or whole)):
                value = cell.number
                value = value / 100 if value is not None and value > 1 else value
            elif cell.kind == "text":
                value = weight_in(cell.text)
            place_ = (at[0], *view.shown(at[1], at[2]))
            if value is not None and 0 <= value <= 1 and component not in told and place_ not in seen:
                told.add(component)
                seen.add(place_)
                yield place_, component, value
