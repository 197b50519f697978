"""Finding tables on a sheet: header rows known by their words, wherever they stand and in whatever order.

A header may span rows (考评等次 above 好, 较好 …); a merged or an empty cell takes its words from above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from data.sheets import words
from data.sheets.grid import Cell, Grid, a1
from data.sheets.identity import People
from data.sheets.items import Items, all_items
from data.sheets.problems import Problem, problem
from data.sheets.scores import score_of

Shape = Literal["ticks", "long", "wide", "transposed", "totals", "wide-totals", "transposed-totals"]

ROLES = {
    "unit": (
        "考核单位",
        "考核对象",
        "被考核单位",
        "被考核对象",
        "评价对象",
        "单位",
        "单位名称",
        "对象",
        "市区",
        "县市区",
        "镇街",
        "乡镇",
    ),
    "component": ("考核方式", "评价方式"),
    "indicator": ("考核指标", "指标", "指标名称", "考评指标", "评价指标", "考核项目"),
    "score": ("得分", "考核得分", "分数", "评分", "总分", "总得分", "成绩"),
    "value": ("实际数值", "实际值", "数值", "实际完成数", "实际完成值"),
    "answer": ("完成情况", "任务完成情况", "是否达到", "是否完成", "是否", "答案"),
    "grade": ("等次", "考评等次", "评价等次", "考核等次"),
    "opinion": ("评价意见", "考核意见", "意见"),
    "remark": ("备注",),
    "number": ("序号", "编号", "指标序号", "指标编号"),
    "source": ("数据来源", "资料来源"),
}
_KNOWN = {
    "考核内容",
    "类别",
    "目标要求",
    "具体说明",
    "具体内容",
    "指标说明",
    "至少",
    "数值单位",
    "监控办法",
    "满分",
    "分值",
    "权重",
    "评价标准",
    "组别",
    "考核组",
}
DERIVED = {"合计", "总分", "总得分", "平均", "平均分", "综合得分", "位次", "排名", "名次", "综合等次", "等次", "得分"}
_LEADING = {"unit", "component", "indicator"}
"""Every table has one of these columns."""
_VALUED = {"score", "grade", "value", "answer"}
"""Columns that hold a row's mark."""
_MEASURED = ("value", "answer")
"""Columns that mean something only where some item is marked so."""
_LONGEST = 30
"""Characters a header word may have, remarks in brackets included."""
_ABOVE = 2
"""Rows above the last header row in which its words may stand."""


@dataclass
class Header:
    """One table's header. ``row`` is its last row; columns by role, and by what else they are headed with."""

    shape: Shape
    row: int
    top: int
    last_named: int = 0
    roles: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    indicators: dict[int, str] = field(default_factory=dict)
    components: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    other: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find_headers(grid: Grid, people: People) -> list[Header]:
    """All headers of a sheet from top to bottom. Each holds the problems of its own words."""
    items = all_items(people.scheme)
    found: list[Header] = []
    lead = {row for row in grid.rows if any(_role(cell.text, people) in _LEADING for cell in _short(grid, row))}
    for row in [each for each in grid.rows if not lead.isdisjoint(range(each - _ABOVE, each + 1))]:
        after = found[-1].row if found else 0
        new = row > after and not (found and _is_scored(grid, row, found[-1]))
        header = _header(grid, row, people, items, after) if new else None
        if header is not None and header.shape == "long" and row + 1 in grid.rows:
            lower = _header(grid, row + 1, people, items, after)
            header = lower if lower is not None and lower.shape == "ticks" else header
        if header is not None:
            _note_problems(header, grid, people)
            found.append(header)
    return found


def _is_scored(grid: Grid, row: int, above: Header) -> bool:
    """Whether a row has a number under 得分: then it is that table's, even if its remark is a header's very word."""
    cell = grid.rows[row].get(above.roles.get("score", 0))
    return cell is not None and score_of(cell)[0] is not None


def _short(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.rows[row].values() if len(cell.text) <= _LONGEST]


def _header(grid: Grid, row: int, people: People, items: Items, after: int) -> Header | None:
    top = max(after + 1, row - _ABOVE)
    named = sum(bool(items.find(cell.text).items) for cell in grid.rows[row].values())
    if named == 1 or (named and not _has_role(grid, row, "unit", people)):
        return None  # an item's own row, whatever its remark says
    heads = _heads(grid, row, top, people)
    header = _sorted(heads, row, people, items)
    header.top = min((each for each in range(top, row) if _is_head(grid, each, people)), default=row)
    shape = _shape(header, people)
    if shape is None:
        return None
    header.shape = shape
    if "indicator" in header.roles:
        header.last_named = _last_column(grid, header, header.roles["indicator"])
    return header


def _last_column(grid: Grid, header: Header, column: int) -> int:
    """The last column below a header word: 考核指标 may be merged over a number's and a name's column."""
    spans = (grid.span(row, column) for row in range(header.top, header.row + 1))
    return max((span[3] for span in spans if span), default=column)


def _has_role(grid: Grid, row: int, role: str, people: People) -> bool:
    return any(_role(cell.text, people) == role for cell in grid.rows[row].values())


def _heads(grid: Grid, row: int, top: int, people: People) -> dict[int, str]:
    """Column → its lowest words down to ``row``."""
    heads: dict[int, str] = {}
    for each in [*(above for above in range(top, row) if _is_head(grid, above, people)), row]:
        for column, cell in grid.rows.get(each, {}).items():
            span = grid.span(each, column)
            if span and span[3] > span[1] and each < row and _ROLE_OF.get(words.head(cell.text)) in ("grade", "score"):
                continue
            if each == row or _role(cell.text, people) or words.head(cell.text) in _KNOWN:
                heads[column] = cell.text
    return heads


def _is_head(grid: Grid, row: int, people: People) -> bool:
    """Whether a row above is part of the header: it holds header words, and no field such as 考核对象：蓬江区."""
    texts = [cell.text for cell in grid.rows.get(row, {}).values()]
    fields = [
        text for text in texts if ":" in words.clean(text) or people.units.exact(text) or people.components.exact(text)
    ]
    return not fields and any(_role(text, people) or words.head(text) in _KNOWN for text in texts)


_ROLE_OF = {spelt: role for role, spellings in ROLES.items() for spelt in spellings}


def _role(text: str, people: People) -> str | None:
    spelt = (words.head(text), words.key(text))
    if words.key(people.scheme.words.unit) in spelt:
        return "unit"
    if words.key(people.scheme.words.component) in spelt:
        return "component"
    if words.key(people.scheme.words.indicator) in spelt:
        return "indicator"
    role = _ROLE_OF.get(spelt[0]) or _ROLE_OF.get(spelt[1])
    return None if role in _MEASURED and role not in people.ways else role


def _sorted(heads: dict[int, str], row: int, people: People, items: Items) -> Header:
    header = Header("ticks", row, row, texts=heads)
    for column, text in sorted(heads.items()):
        named = items.find(text).items
        if grade := _grade(text, people.scheme.grades):
            header.repeated += [(grade, column)] if grade in header.grades else []
            header.grades.setdefault(grade, column)
        elif role := _role(text, people):
            header.repeated += [(text, column)] if role in header.roles and role != "number" else []
            header.roles.setdefault(role, column)
        elif named:
            header.indicators[column] = text
        elif component := _component(text, people):
            header.components[column] = component
        elif unit := people.units.exact(text):
            header.units[column] = unit
        elif words.head(text) not in _KNOWN:
            header.other[column] = text
    return header


def _grade(text: str, grades: tuple[str, ...]) -> str | None:
    return next((grade for grade in grades if words.head(text) == words.key(grade)), None)


def _component(text: str, people: People) -> str | None:
    spelt = words.head(text)
    for ending in ("", "得分", "分数", "评分", "成绩"):
        if spelt.endswith(ending) and (
            found := people.components.exact(spelt.removesuffix(ending) if ending else spelt)
        ):
            return found
    return None


def _shape(header: Header, people: People) -> Shape | None:
    roles = header.roles
    valued = not _VALUED.isdisjoint(roles) or ("opinion" in roles and "opinion" in people.ways)
    if "indicator" in roles and len(header.grades) >= 2:
        return "ticks"
    if "unit" in roles:
        if "indicator" in roles and valued:
            return "long"
        if header.indicators:
            return "wide"
        if header.components and "component" not in roles:
            return "wide-totals"
        return "totals" if "score" in roles else None
    if "indicator" in roles:
        return "transposed" if header.units else "long" if valued else None
    if "component" in roles:
        return "transposed-totals" if header.units else "totals" if "score" in roles else None
    return None


def _note_problems(header: Header, grid: Grid, people: People) -> None:
    for text, column in header.repeated:
        first = _column_of(header, text, people)
        cells = "、".join(a1(header.row, each) for each in (first, column) if each)
        at = a1(header.row, column)
        header.problems.append(
            problem("duplicate-column", sheet=grid.name, cell=at, value=text, name=words.clean(text), cells=cells)
        )
    grades = people.scheme.grades
    if header.shape == "ticks" and len(header.grades) < len(grades):
        header.problems += _missing_grades(header, grid, grades)
    elif header.shape == "long" and (written := _other_grades(header, grid, people)):
        at = a1(header.row + 1, header.roles["grade"])
        said = "、".join(written)
        header.problems.append(problem("grades-differ", sheet=grid.name, cell=at, value=said, grades="、".join(grades)))


def _column_of(header: Header, text: str, people: People) -> int | None:
    grade = _grade(text, people.scheme.grades)
    return header.grades.get(grade) if grade else header.roles.get(_role(text, people) or "")


def _missing_grades(header: Header, grid: Grid, grades: tuple[str, ...]) -> list[Problem]:
    """Each grade without a column; if its place is taken by another word, the form is of another scheme."""
    low, high = min(header.grades.values()) - 1, max(header.grades.values()) + 1
    foreign = [text for column, text in header.other.items() if low <= column <= high]
    at = a1(header.row, min(header.grades.values()))
    if foreign:
        said = "、".join([*header.grades, *(words.clean(text) for text in foreign)])
        return [problem("grades-differ", sheet=grid.name, cell=at, value=said, grades="、".join(grades))]
    missing = [grade for grade in grades if grade not in header.grades]
    return [problem("missing-column", sheet=grid.name, cell=at, name=grade) for grade in missing]


def _other_grades(header: Header, grid: Grid, people: People) -> list[str]:
    """Words under 考评等次 in the next row, where that row is a second header row with other grades than the scheme's."""
    column, below = header.roles.get("grade"), grid.rows.get(header.row + 1, {})
    if column is None or "indicator" not in header.roles or header.roles["indicator"] in below:
        return []
    texts = [words.clean(cell.text) for at, cell in below.items() if at >= column]
    return texts if len(texts) >= 2 else []
