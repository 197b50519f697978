"""Finding the roster on a sheet: its header by its words, and beneath it one row a unit, each part with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from data.sheets import words
from data.sheets.grid import Cell, Grid, a1
from data.sheets.problems import Problem
from scoring.scheme import Scheme

Part = Literal["group", "name", "helps", "households", "region"]

HEADS: dict[Part, tuple[str, ...]] = {
    "group": ("组别", "考核组别", "分组", "类别", "单位类别", "组"),
    "name": ("名称", "单位名称", "单位", "单位全称", "考核对象", "考核单位", "被考核单位", "评价对象", "帮扶单位"),
    "helps": ("帮扶镇", "帮扶对象", "帮扶的镇", "所帮扶的镇", "所帮扶镇", "帮扶乡镇", "挂点镇", "所驻镇", "驻点镇"),
    "households": ("户数", "帮扶户数", "帮扶贫困户数", "贫困户数"),
    "region": ("行政区划代码", "区划代码", "行政区划", "代码"),
}
_KNOWN = {"序号", "编号", "备注"}
_SUMS = {"合计", "小计", "总计"}
_LAST_HEADER_ROW = 30

# code → how grave, what is wrong, how to mend it
KINDS: dict[str, tuple[Literal["error", "warning"], str, str]] = {
    "no-header": ("error", "没有找到名单的表头：应有“组别”和“名称”两栏", "请下载空白名单，按其表头填写后再放入"),
    "no-units": ("error", "表头之下没有填写考核对象", "请逐行填写组别和名称后再放入"),
    "hidden": ("warning", "是隐藏的，没有读取", "其中如有名单，请取消隐藏后再放入；没有的不必处理"),
    "sheet-ignored": ("warning", "没有名单的表头，没有读取", "其中如有名单，请按空白名单的表头整理；没有的不必处理"),
    "column-ignored": ("warning", "{cell}的“{value}”一栏没有读取", "其中如有帮扶镇或户数，请按空白名单改正表头"),
    "column-doubled": ("error", "{cell}与{other}的表头意思相同（“{value}”）", "请只保留一栏"),
    "cell-error": ("error", "{cell}是公式或公式错误，没有可读取的内容", "请改为直接填写文字或数字后再放入"),
    "name-missing": ("error", "第{row}行没有写名称", "请在该行补写单位全称，或清空该行"),
    "group-missing": ("error", "{cell}“{name}”没有写组别", "请逐行写明组别；同组的可合并单元格"),
    "group-unknown": ("error", "{cell}的组别“{value}”不在方案之内{hint}", "请改为方案的组别：{options}"),
    "unit-doubled": ("error", "{cell}“{name}”与{where}重复", "请删去重复的一行；确为两个单位的，用全称加以区分"),
    "helps-unknown": ("error", "{cell}的“{value}”不是“{group}”组的考核对象{hint}", "请改为名单上的全称：{options}"),
    "helps-short": ("warning", "{cell}的“{value}”按“{town}”登记", "请核对；不是这个镇的，请改正后重新放入"),
    "helps-doubled": ("error", "{cell}“{name}”的帮扶镇“{town}”写了两次", "请合并为一处，户数相加"),
    "helps-missing": ("warning", "{cell}“{name}”没有写帮扶镇，得分将暂缺", "请补写其帮扶的镇；以后也可更正名单"),
    "helps-unused": (
        "warning",
        "{cell}“{name}”所在组别不随帮扶对象计分，帮扶镇没有取用",
        "组别写错的请改正；没有写错的不必处理",
    ),
    "helps-gone": (
        "error",
        "“{name}”现帮扶“{town}”，而新名单中没有“{town}”",
        "请在文件中一并写明“{name}”所在组别的名单和新的帮扶镇，或保留“{town}”",
    ),
    "households-wrong": ("error", "{cell}的户数“{part}”不是数", "请写成 30 这样的数，几个镇的依次用顿号隔开"),
    "households-count": (
        "error",
        "{cell}有{numbers}个户数，帮扶镇却有{towns}个",
        "请依帮扶镇的次序逐个写明户数，或写成“桂头镇30、一六镇10”",
    ),
    "households-twice": ("error", "{cell}“{name}”的户数写了两处", "请只在帮扶镇一栏或户数一栏写明"),
    "households-partly": (
        "warning",
        "{cell}“{name}”只有部分帮扶镇写了户数，将按各镇平均计分",
        "请补齐各镇的户数，或都不写",
    ),
    "region-wrong": ("error", "{cell}的“{value}”不是行政区划代码", "请写六位（县级以上）或九位（镇、街）数字，或留空"),
    "size": ("warning", "“{group}”名单有{count}个，原文为{size}个", "请核对有无遗漏或多列；确有增减的，可以照此使用"),
}


@dataclass
class RosterProblems:
    """What is wrong with a roster, gathered."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, sheet: str, cell: str, value: str, **values: object) -> None:
        """One problem more; its words are filled from ``KINDS``."""
        level, message, mend = KINDS[code]
        shown = value if len(value) <= 60 else value[:59] + "…"
        named = {"cell": cell, "value": shown, "hint": "", **values}
        place = f"工作表“{sheet}”" if sheet else ""
        self.found.append(
            Problem(level, f"roster-{code}", sheet, cell, shown, place + message.format(**named), mend.format(**named))
        )


@dataclass
class Row:
    """One unit as the file has it: its texts, and the cell of each."""

    sheet: str
    number: int
    columns: dict[Part, int]
    group: str = ""
    name: str = ""
    helps: str = ""
    households: str = ""
    region: str = ""

    def at(self, part: Part) -> str:
        """The cell of a part, or of the name where there is no such column."""
        return a1(self.number, self.columns.get(part, self.columns["name"]))


def rows_of(grids: Sequence[Grid], scheme: Scheme, problems: RosterProblems) -> list[Row]:
    """Every unit's row of every sheet that is a roster, in the file's order. What is not read is told."""
    used = [grid for grid in grids if grid.cells]
    open_ones = [grid for grid in used if not grid.hidden]
    for grid in used:
        if grid.hidden:
            problems.add("hidden", grid.name, "", "")
    headed = [(grid, head) for grid in open_ones if (head := _header(grid, scheme)) is not None]
    for grid in open_ones if headed else ():
        if all(grid is not one for one, _ in headed):
            problems.add("sheet-ignored", grid.name, "", "")
    rows = [row for grid, head in headed for row in _rows(grid, head, scheme, problems)]
    if not rows and not any(problem.level == "error" for problem in problems.found):
        problems.add("no-units" if headed else "no-header", "", "", "")
    return rows


def _header(grid: Grid, scheme: Scheme) -> int | None:
    """The first row with a heading for the name and one for the group (or where the group needs no column)."""
    for number, cells in grid.rows.items():
        if number > _LAST_HEADER_ROW:
            break
        parts = {part for cell in cells.values() if (part := _part(cell.text, scheme))}
        if "name" in parts and ("group" in parts or len(scheme.groups) == 1 or _named_after(grid, scheme)):
            return number
    return None


def _part(text: str, scheme: Scheme) -> Part | None:
    head = words.head(text)
    if head in (words.key(scheme.words.unit), words.key(scheme.words.units)):
        return "name"
    return next((part for part, heads in HEADS.items() if head in heads), None)


def _named_after(grid: Grid, scheme: Scheme) -> str:
    """The group whose name the sheet bears, if any."""
    return next((group.name for group in scheme.groups if words.key(group.name) == words.key(grid.name)), "")


def _columns(grid: Grid, head: int, scheme: Scheme, problems: RosterProblems) -> dict[Part, int]:
    columns: dict[Part, int] = {}
    for column, cell in grid.rows[head].items():
        part = _part(cell.text, scheme)
        if part is None:
            if words.head(cell.text) not in _KNOWN:
                problems.add("column-ignored", grid.name, a1(head, column), words.clean(cell.text))
        elif part in columns:
            other = a1(head, columns[part])
            problems.add("column-doubled", grid.name, a1(head, column), words.clean(cell.text), other=other)
        else:
            columns[part] = column
    return columns


def _rows(grid: Grid, head: int, scheme: Scheme, problems: RosterProblems) -> Iterator[Row]:
    columns = _columns(grid, head, scheme, problems)
    default = "" if "group" in columns else _named_after(grid, scheme)
    last: Row | None = None
    for number in [number for number in grid.rows if number > head]:
        row = Row(grid.name, number, columns, default)
        for part, column in columns.items():
            text = _text(grid, number, column, problems)
            setattr(row, part, _name(text) if part == "name" else words.clean(text))
        if _continues(grid, row) and last is not None:
            _join(last, row)
            continue
        if words.key(row.name) in _SUMS or not (row.name or row.helps or row.households):
            continue  # a prefilled group without a unit, a sum, or a note
        if not row.name:
            problems.add("name-missing", grid.name, row.at("name"), "", row=number)
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _text(grid: Grid, row: int, column: int, problems: RosterProblems) -> str:
    cell: Cell = grid.at(row, column)
    if cell.kind in ("formula", "error"):
        problems.add("cell-error", grid.name, a1(row, column), cell.text)
        return ""
    return cell.text


def _name(text: str) -> str:
    """A name as it is written, its brackets too; blanks that only spread it over the cell (财 政 局) go."""
    return "".join(words.tidy(text).split())


def _continues(grid: Grid, row: Row) -> bool:
    """Whether the name's cell is the lower part of a merged one: the unit goes on with another town."""
    span = grid.span(row.number, row.columns["name"])
    return span is not None and span[0] < row.number


def _join(last: Row, row: Row) -> None:
    """Another town of the same unit. A merged cell beside it repeats what was read."""
    if row.helps and row.helps != last.helps:
        last.helps = f"{last.helps}、{row.helps}".strip("、")
        last.households = f"{last.households}、{row.households}".strip("、")
