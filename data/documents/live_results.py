"""The upper part of a scenario's sheet in a live workbook: from the components' scores to grade and place, and the check.

The order is the engine's: combine → 加分 → 扣分 → rounding → 等次线 → 保底 → 等次限制 → place. What a formula cannot say is written
as a value on grey, and the sheet 说明 says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import height_of, lines_of
from data.documents.live_cells import (
    FIXED,
    GREY,
    HEAD,
    INPUT,
    LEFT,
    PLAIN,
    Formula,
    area,
    at,
    heads,
    literal,
    put,
    quoted,
)
from data.documents.live_sums import GUARD, LACKING, Book, Sums
from scoring.follow import confirmed
from scoring.grading import verdict
from scoring.results import AppliedFloor, AppliedLimit, UnitResult
from scoring.standing import MISSING, draws_lines, word

PLACE, UNIT, SCORE, GRADE = "位次", "unit", "综合得分", "等次"
BEFORE, ADDED, TAKEN, LIFTED, SUM = "加扣分前", "加分", "扣分", "加分后", "未舍入得分"
BY_SCORE, FLOOR, CAP, CLAUSE, ORDER = "按分数", "保底", "等次上限", "限制与保底的依据", "等次序号"
OURS, OUR_GRADE, OUR_PLACE, GAP, CHECK = "系统得分", "系统等次", "系统位次", "得分差异", "核对"
CLAUSE_WIDTH = 40
AGREES, DIFFERS = "一致", "不一致"
DECIMALS = 10
"""Decimals by which unrounded scores are compared."""


@dataclass(frozen=True)
class Table:
    """Where the result table stands: the row of weights above its heads, its first and last row, and its columns."""

    weights: int
    first: int
    last: int
    columns: dict[str, int]
    parts: dict[str, int]
    """Each counted component's column."""

    def cell(self, row: int, name: str) -> str:
        """One cell of a row."""
        return at(row, self.columns[name])

    def whole(self, name: str) -> str:
        """A column from the first unit to the last."""
        column = self.columns[name]
        return area((self.first, column), (self.last, column), fixed="both")


def table_of(book: Book, top: int) -> Table:
    """The columns a scenario's table needs, its weights standing in row ``top``."""
    scheme, results = book.scheme, list(book.members.found.values())
    extras = _with_extras(book, results)
    names = [*([PLACE] if scheme.rank.shown != "none" else []), UNIT, SCORE, GRADE]
    parts = [part.id for part in scheme.counted]
    names += parts
    names += [BEFORE, ADDED, LIFTED, TAKEN] if extras else []
    names += [SUM, *([BY_SCORE] if draws_lines(scheme) else []), FLOOR, CAP, CLAUSE, ORDER]
    names += [OURS, OUR_GRADE, *([OUR_PLACE] if PLACE in names else []), GAP, CHECK]
    columns = {name: number for number, name in enumerate(names, 1)}
    return Table(top, top + 3, top + 2 + len(book.members.units), columns, {part: columns[part] for part in parts})


def _with_extras(book: Book, results: Sequence[UnitResult]) -> bool:
    rows = book.scheme.indicators_of(book.group)
    return any(result.bonuses or result.deductions for result in results) or any(row.role != "base" for row in rows)


def results_table(sheet: Worksheet, book: Book, table: Table, sums: Sums) -> None:
    """Write the table: the weights, the heads, and a row a unit."""
    _heads(sheet, book, table)
    for row, unit in enumerate(book.members.units, table.first):
        _row(sheet, book, table, sums, unit, row)


def _heads(sheet: Worksheet, book: Book, table: Table) -> None:
    scheme = book.scheme
    said = {part.id: part.name for part in scheme.counted} | {UNIT: scheme.words.unit}
    heads(sheet, table.weights + 2, 1, (said.get(name, name) for name in table.columns))
    sheet.row_dimensions[table.weights + 2].height = 36
    label = min(table.parts.values(), default=2) - 1
    for row, name in ((table.weights, "权重"), (table.weights + 1, "折算系数")):
        put(sheet.cell(row, label), name, fill=HEAD)
    for part, column in table.parts.items():
        put(sheet.cell(table.weights, column), Formula(book.parameter("component", part)), fill=HEAD)
        put(sheet.cell(table.weights + 1, column), scheme.base / scheme.full_of(part), fill=HEAD)


def _row(sheet: Worksheet, book: Book, table: Table, sums: Sums, unit: str, row: int) -> None:
    result = book.members.found[unit]
    put(sheet.cell(row, table.columns[UNIT]), book.members.names[unit], shape=LEFT)
    for part, column in table.parts.items():
        _component(sheet, book, sums, result, part, row, column)
    _total(sheet, book, table, sums, result, row)
    places = book.parameter("places")
    whole = _of(table, row, SUM)
    rounded = f"IF(ISNUMBER({places}),ROUND({whole}+{GUARD},{places}),ROUND({whole},{DECIMALS}))"
    _write(sheet, table, row, SCORE, Formula(f'IF({whole}="","",{rounded})')).number_format = _shown(book)
    _graded(sheet, book, table, result, row)
    if PLACE in table.columns:
        _write(sheet, table, row, PLACE, Formula(_place(book, table, row)))
    _check(sheet, book, table, result, row)


def _of(table: Table, row: int, name: str) -> str:
    return at(row, table.columns[name], fixed="column")


def _shown(book: Book) -> str:
    """The official decimals, or as many as there are where nothing is rounded."""
    places = book.scheme.places
    return PLAIN if places is None else f"0.{'0' * places}" if places else "0"


def _write(sheet: Worksheet, table: Table, row: int, name: str, value: object, *, fixed: bool = False) -> Cell:
    return put(sheet.cell(row, table.columns[name]), value, fill=FIXED if fixed else None)


def _component(sheet: Worksheet, book: Book, sums: Sums, result: UnitResult, part: str, row: int, column: int) -> None:
    """The component's score from its block; as a value where there is no block."""
    cell = sheet.cell(row, column)
    if (part, result.unit) in sums.scores:
        put(cell, Formula(sums.scores[part, result.unit]))
    else:
        found = result.components.get(part)
        put(cell, found.exact if found else None, fill=FIXED)
    cell.number_format = PLAIN


def _total(sheet: Worksheet, book: Book, table: Table, sums: Sums, result: UnitResult, row: int) -> None:
    """combine → 加分 → 扣分. A unit that inherits its score has it as a value."""
    if not table.parts:
        book.note("综合评定，不计总分，各对象只列系统所得")
    if not table.parts or book.scheme.inheritance(result.group) is not None:
        _write(sheet, table, row, SUM, result.exact, fixed=True).number_format = PLAIN
        return
    combined = _combined(table, row)
    if ADDED not in table.columns:
        _write(sheet, table, row, SUM, Formula(combined)).number_format = PLAIN
        return
    _write(sheet, table, row, BEFORE, Formula(combined)).number_format = PLAIN
    for name, told in _extras(book, table, sums, result, row).items():
        _write(sheet, table, row, name, Formula(told)).number_format = PLAIN


def _combined(table: Table, row: int) -> str:
    first, last = min(table.parts.values()), max(table.parts.values())
    scores = area((row, first), (row, last), fixed="column")
    weights, factors = (
        area((number, first), (number, last), fixed="both") for number in (table.weights, table.weights + 1)
    )
    full = f"COUNT({scores})<{len(table.parts)}"
    return f'IF({full},"",SUMPRODUCT({weights},{scores},{factors})/SUM({weights}))'


def _extras(book: Book, table: Table, sums: Sums, result: UnitResult, row: int) -> dict[str, str]:
    """加分 and 扣分 within their bounds: of registered facts as values, of items from their cells."""
    before, lifted, taken = (_of(table, row, name) for name in (BEFORE, LIFTED, TAKEN))
    rule = book.scheme.extras
    most_in_all = rule.bonus_max if rule else None
    top = rule.total_max if rule else None
    plus = [bonus for bonus in result.bonuses if bonus.no is None]
    minus = [each for each in result.deductions if each.no is None]
    if plus or minus:
        book.note("登记情形的加分、扣分分值（含扣完为止）由系统按条款算出后写入公式")
    items = sums.extras.get((result.unit, "bonus"), [])
    parts = [(bonus.most, literal(bonus.points)) for bonus in plus]
    parts += [(top, f"SUM({','.join(items)})")] if items else []
    told = _lifted(before, parts)
    told = told if most_in_all is None else f"MIN({told},{before}+{literal(most_in_all)})"
    off = taken if not rule or rule.deduction_max is None else f"MIN({taken},{literal(rule.deduction_max)})"
    least = literal(rule.total_min or Fraction(0)) if rule else "0"
    return {
        ADDED: _plus(sum((bonus.points for bonus in plus), Fraction(0)), items),
        TAKEN: _plus(sum((d.points for d in minus), Fraction(0)), sums.extras.get((result.unit, "deduction"), [])),
        LIFTED: f'IF({before}="","",{told})',
        SUM: f'IF({lifted}="","",MAX({lifted}-{off},MIN({lifted},{least})))',
    }


def _lifted(before: str, parts: Sequence[tuple[Fraction | None, str]]) -> str:
    """The sum with every 加分, those with the lowest bound of the total first; those of one bound together."""
    told = before
    for most in sorted({most for most, _ in parts}, key=lambda most: (most is None, most or Fraction(0))):
        raised = "+".join([told, *(points for bound, points in parts if bound == most)])
        told = raised if most is None else f"MAX({told},MIN({raised},{literal(most)}))"
    return told


def _plus(points: Fraction, cells: Sequence[str]) -> str:
    return f"{literal(points)}+SUM({','.join(cells)})" if cells else literal(points)


def _graded(sheet: Worksheet, book: Book, table: Table, result: UnitResult, row: int) -> None:
    """等次线 → 保底 → 等次限制. Without lines only a veto gives a grade, as a value."""
    floors, limits = _rules(book, result)
    floor = min((f.worst for f in floors), key=book.scheme.grades.index, default="")
    cap = max((limit.best for limit in limits), key=book.scheme.grades.index, default="")
    _write(sheet, table, row, FLOOR, floor).fill = INPUT
    _write(sheet, table, row, CAP, cap).fill = INPUT
    told = _clauses(floors, limits)
    put(sheet.cell(row, table.columns[CLAUSE]), told, shape=LEFT)
    sheet.row_dimensions[row].height = height_of(lines_of(told, CLAUSE_WIDTH), 18)
    score, order = _of(table, row, SCORE), _of(table, row, ORDER)
    if BY_SCORE not in table.columns:
        _write(sheet, table, row, GRADE, word(result), fixed=True)
        place = str(book.scheme.grades.index(result.grade)) if result.grade else "0"
        _write(sheet, table, row, ORDER, Formula(f'IF({score}="","",{place})'))
        return
    grades = list(book.scheme.grades)
    names = book.parameters.names(("line", grades[0]), ("line", grades[-1]))
    _write(sheet, table, row, BY_SCORE, Formula(f'IF({score}="","",{_by_lines(book, score)})'))
    found, floored, capped = (f"MATCH({_of(table, row, name)},{names},0)" for name in (BY_SCORE, FLOOR, CAP))
    lowest = f'IF({_of(table, row, FLOOR)}="",{len(grades)},{floored})'
    highest = f'IF({_of(table, row, CAP)}="",1,{capped})'
    _write(sheet, table, row, ORDER, Formula(f'IF({score}="","",MAX(MIN({found},{lowest}),{highest}))'))
    _write(sheet, table, row, GRADE, Formula(f'IF({score}="",{quoted(MISSING)},INDEX({names},{order}))'))


def _by_lines(book: Book, score: str) -> str:
    """The grade by score, line by line from the best; binary remainders are taken off before comparing."""
    bands = book.scheme.bands.items if book.scheme.bands else ()
    told = quoted(bands[-1].grade)
    for band in reversed(bands[:-1]):
        line = book.parameter("line", band.grade)
        told = f"IF(ROUND({score}-{line},8)>=0,{quoted(band.grade)},{told})"
    return told


def _rules(book: Book, result: UnitResult) -> tuple[list[AppliedFloor], list[AppliedLimit]]:
    """The 保底 and 等次限制 that hold; of a unit without a score those that would hold at the best grade."""
    scheme = book.scheme
    best = scheme.grades[0] if draws_lines(scheme) else None
    found = result if result.score is not None else verdict(scheme, best, confirmed(result.facts))
    floors, limits = [floor for floor in found.floors if floor.confirmed], list(found.limits)
    if any(limit.fact is None for limit in limits) or floors:
        book.note("保底，以及按大项等次、按等次作出的等次限制，按原结果写入，改动参数后须另行核对")
    elif limits:
        book.note("登记情形的等次限制按已核对的情形写入“等次上限”，可以改动")
    return floors, limits


def _clauses(floors: Sequence[AppliedFloor], limits: Sequence[AppliedLimit]) -> str:
    told = [f"保底“{floor.worst}”：{floor.cite}" for floor in floors]
    told += [f"最高“{limit.best}”：{limit.cite}" for limit in limits]
    return "；".join(dict.fromkeys(told))


def _place(book: Book, table: Table, row: int) -> str:
    """1, 2, 2, 4 by what the scheme ranks by, in its order."""
    score = _of(table, row, SCORE)
    columns = {"grade": (ORDER, "<"), "score": (SCORE, ">")}
    equal, counts = "", []
    for by in book.scheme.rank.by:
        name, sign = columns[by]
        counts.append(f'COUNTIFS({equal}{table.whole(name)},"{sign}"&{_of(table, row, name)})')
        equal += f"{table.whole(name)},{_of(table, row, name)},"
    return f'IF({score}="","",1+{"+".join(counts)})'


def _check(sheet: Worksheet, book: Book, table: Table, result: UnitResult, row: int) -> None:
    """Our own values beside the formulas', and whether they agree."""
    _write(sheet, table, row, OURS, result.score).number_format = _shown(book)
    _write(sheet, table, row, OUR_GRADE, word(result))
    score, ours = _of(table, row, SCORE), _of(table, row, OURS)
    gap = f'IF(AND({score}="",{ours}=""),0,IF(OR({score}="",{ours}=""),{quoted(LACKING)},ROUND({score}-{ours},8)))'
    _write(sheet, table, row, GAP, Formula(gap))
    same = [f"{_of(table, row, GAP)}=0", f"{_of(table, row, GRADE)}={_of(table, row, OUR_GRADE)}"]
    if PLACE in table.columns:
        _write(sheet, table, row, OUR_PLACE, result.rank)
        same.append(f'{_of(table, row, PLACE)}&""={_of(table, row, OUR_PLACE)}&""')
    _write(sheet, table, row, CHECK, Formula(f"IF(AND({','.join(same)}),{quoted(AGREES)},{quoted(DIFFERS)})"))
    for name in (OURS, OUR_GRADE, OUR_PLACE, GAP, CHECK):
        if name in table.columns:
            sheet.cell(row, table.columns[name]).font = GREY
