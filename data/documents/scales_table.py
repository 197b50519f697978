"""打分尺度对照表: the same rows on screen and in a workbook, each mark with its file and cell. A text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import BOX, RESULTS, across_a4, lines_above, put_text, unconfirmed_lines
from data.scales import Scales
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.scale_items import Apart, Trial, is_best
from scoring.scale_method import METHOD, beyond_compare
from scoring.scale_pairs import Pair, UnitPair
from scoring.scale_values import Scale
from scoring.scale_words import WORDS, chance_text, steps_text
from scoring.scheme import Scheme

Value = str | int
Row = dict[str, Value]
TITLE = "打分尺度对照表"
UNKNOWN = "—"
_TOTALS = ("现得分", "现等次", "改动后", "影响等次")
"""What waits until every sheet has come: no total is shown to people who may still be assessing."""
_HEAD = PatternFill("solid", fgColor="E6EFF7")
_WIDE = {"指标": 34, "说明": 110, "改动后": 40, "考核组": 20, "出处": 34}


def group_rows(scales: Scales) -> list[Row]:
    """One row a group: its counts, its means, and both verdicts with their chances."""
    told = scales.comparison
    second = _name(scales.scheme, scales.second)
    return [_group_row(scales.scheme, scale, second) for scale in told.scales] if told else []


def _group_row(scheme: Scheme, scale: Scale, second: str) -> Row:
    return {
        "考核组": scale.assessor.name,
        scheme.words.unit: "、".join(scale.units),
        "同评项数": scale.tally.count,
        f"高于{second}": scale.tally.higher,
        "同档": scale.tally.alike,
        f"低于{second}": scale.tally.lower,
        "平均相差（档）": _steps(scale.steps),
        "平均相差（分）": _steps(scale.points),
        f"比{second}": WORDS[scale.verdict],
        "单独看偶然的可能": _chance(scale.chance),
        "偶然的可能": _chance(scale.adjusted),
        "符号秩检验（参考）": _chance(scale.rank_chance),
        "与其他组之差（档）": _steps(scale.apart),
        "比其他组": WORDS[scale.others],
        "单独看偶然的可能（比其他组）": _chance(scale.others_chance),
        "偶然的可能（比其他组）": _chance(scale.others_adjusted),
    }


def total_rows(scales: Scales, units: Sequence[UnitPair]) -> list[Row]:
    """Units compared by their totals: how much higher the first component's score is, out of 100."""
    return [_total_row(scales, unit) for unit in units if not unit.missing]


def _total_row(scales: Scales, unit: UnitPair) -> Row:
    who = scales.assessors.get(unit.unit)
    return {
        scales.scheme.words.unit: unit.unit,
        **({"考核组": who.name} if who else {"考核组": UNKNOWN} if scales.assessors else {}),
        **({"同评项数": len(unit.pairs), "各项平均相差（百分点）": _steps(_mean(unit.pairs))} if unit.pairs else {}),
        "总分相差（百分制）": _steps(unit.total),
    }


def pair_rows(state: State, scales: Scales) -> list[Row]:
    """Every item compared, with what both sides gave and where it stands."""
    pairs = [pair for scale in scales.comparison.scales for pair in scale.pairs] if scales.comparison else []
    pairs = pairs or [pair for unit in scales.plain for pair in unit.pairs]
    return [
        {scales.scheme.words.unit: pair.unit, "序号": pair.no, "指标": pair.name, **_sides(state, scales, pair),
         "相差（档）": UNKNOWN if pair.steps is None else _signed(pair.steps), "相差（分）": _steps(pair.points)}
        for pair in pairs
    ]  # fmt: skip


def _sides(state: State, scales: Scales, pair: Pair) -> Row:
    found: Row = {}
    for component, cell in ((scales.first, pair.first), (scales.second, pair.second)):
        name = _name(scales.scheme, component)
        found[name] = cell.grade or exact.shown(cell.points, 2)
        found[f"{name}出处"] = source(state, pair.unit, component, cell.sheet, cell.cell)
    return found


def source(state: State, unit: str, component: str, sheet: str, cell: str) -> str:
    """Where a mark stands: "交叉考核_台山市.xlsx 台山市!E18"."""
    submission = state.submission(unit, component)
    where = "!".join(part for part in (sheet, cell) if part)
    return " ".join(part for part in (submission.file_name if submission else "", where) if part)


def apart_rows(state: State, scales: Scales) -> list[Row]:
    """Marks two grades or more apart, with what the total would be by the other mark."""
    rows = [_apart_row(state, scales.scheme, each) for each in scales.apart]
    if scales.settled:
        return rows
    return [{name: value for name, value in row.items() if name not in _TOTALS} for row in rows]


def _apart_row(state: State, scheme: Scheme, each: Apart) -> Row:
    pair = each.pair
    return {
        scheme.words.unit: pair.unit, "序号": pair.no, "指标": pair.name,
        "甲": f"{_name(scheme, each.first)}：{pair.first.grade}",
        "甲的出处": source(state, pair.unit, each.first, pair.first.sheet, pair.first.cell),
        "乙": f"{_name(scheme, each.second)}：{pair.second.grade}",
        "乙的出处": source(state, pair.unit, each.second, pair.second.sheet, pair.second.cell),
        "相差（档）": abs(pair.steps or 0), "现得分": _score(scheme, each.score), "现等次": each.grade or UNKNOWN,
        "改动后": "；".join(trial_text(scheme, each, trial) for trial in each.trials),
        "影响等次": "是" if each.matters else "否",
    }  # fmt: skip


def matrix_rows(scales: Scales) -> list[Row]:
    """Items down, units across: by how many grades the first component is better; only items on which some unit differs."""
    told = scales.comparison
    pairs = [pair for scale in told.scales for pair in scale.pairs] if told else []
    units = [result.unit for result in scales.units if any(pair.unit == result.unit for pair in pairs)]
    found = {(pair.no, pair.unit): pair.steps or 0 for pair in pairs}
    names = {pair.no: pair.name for pair in pairs}
    uneven = sorted({pair.no for pair in pairs if pair.steps})
    rows: list[Row] = []
    for no in uneven:
        across = {unit: _signed(found[no, unit]) if (no, unit) in found else UNKNOWN for unit in units}
        rows.append({"指标": f"{no} {names[no]}", **across})
    return rows


def now_text(scheme: Scheme, each: Apart) -> str:
    """What the unit has as it is: "现得分84.47，等次较好"."""
    if each.score is None:
        return "现暂缺，没有得分"
    return f"现得分{_score(scheme, each.score)}{f'，等次{each.grade}' if each.grade else ''}"


def trial_text(scheme: Scheme, each: Apart, trial: Trial) -> str:
    """What one change would make of the unit: "若交叉考核改为“好”，得分89.60，等次仍为较好"."""
    told = f"若{_name(scheme, trial.component)}改为“{trial.grade}”，"
    if trial.score is None:
        return f"{told}仍没有得分"
    graded = f"，等次{'仍为' if trial.result == each.grade else '变为'}{trial.result}" if trial.result else ""
    return f"{told}得分{score_text(scheme, trial.score)}{graded}"


def item_rows(scales: Scales) -> list[Row]:
    """Every item of every component: the commonest mark and how many units share it."""
    unit = scales.scheme.words.measure
    return [
        {scales.scheme.words.component: _name(scales.scheme, item.component), "序号": item.no, "指标": item.name,
         "最多的评分": mark_text(item.mark), f"同此评分（{unit}）": item.alike, f"共评（{unit}）": item.count,
         "区分度": "" if item.alike < item.count else "全部为最好" if is_best(scales.scheme, item) else "全部相同"}
        for items in scales.items.values() for item in items
    ]  # fmt: skip


def mark_text(mark: str | Fraction) -> str:
    """A grade, or points out of 100 as a share of the full marks."""
    return mark if isinstance(mark, str) else f"满分的{exact.shown(mark, 2)}%"


def to_xlsx(state: State, scales: Scales, at: str) -> bytes:
    """The workbook: groups, items, marks far apart, how far items divide, and the method; ``at`` is the moment in words."""
    book = Workbook()
    book.remove(book.worksheets[0])
    totals = scales.comparison.totals if scales.comparison else scales.plain
    sheets: dict[str, Sequence[Mapping[str, Value]]] = {
        "各组对照": group_rows(scales), "总分对照": total_rows(scales, totals) if scales.settled else [],
        "逐项对照": pair_rows(state, scales),
        "相差两档以上": apart_rows(state, scales), "各项区分度": item_rows(scales), "说明": _method(scales),
    }  # fmt: skip
    for name, rows in sheets.items():
        if rows:
            _sheet(book.create_sheet(name), preamble(state, name, at), rows)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def preamble(state: State, what: str, at: str) -> list[str]:
    """The lines above each sheet."""
    lines = [
        f"{state.assessment.name}：{TITLE}（{what}）",
        "内部资料·未经审定。差异只提示核实，不作为结论；仍在考核、评分的人员不得查阅。",
    ]
    if state.assessment.demo:
        lines.append("示例数据：与任何地方的实际工作无关。")
    document = state.scheme.document
    source_text = f"依据{document.number or document.title}；数据第{state.version}版；{at}导出。"
    return [*lines, source_text, *unconfirmed_lines(state, RESULTS)]


def _method(scales: Scales) -> list[Row]:
    beyond = "" if scales.comparison else beyond_compare(scales.scheme)
    return [{"说明": text} for text in (beyond, *METHOD) if text]


def _sheet(sheet: Worksheet, lines: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> None:
    columns = list(rows[0])
    lines_above(sheet, lines, len(columns), sum(map(_width, columns)))
    head = len(lines) + 1
    for column, name in enumerate(columns, start=1):
        _heading(sheet.cell(head, column), name)
        sheet.column_dimensions[get_column_letter(column)].width = _width(name)
        for number, row in enumerate(rows, start=head + 1):
            _put(sheet.cell(number, column), row[name])
    across_a4(sheet, head, "内部资料·未经审定")


def _width(name: str) -> int:
    return next((width for part, width in _WIDE.items() if part in name), 13)


def _heading(cell: SheetCell, name: str) -> None:
    put_text(cell, name)
    cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put(cell: SheetCell, value: Value) -> None:
    if isinstance(value, int):
        cell.value = value
    else:
        put_text(cell, value)
    cell.alignment, cell.border = Alignment(vertical="center", wrap_text=True), BOX


def _name(scheme: Scheme, component: str) -> str:
    return scheme.component(component).name


def _signed(value: int) -> str:
    return "0" if not value else f"{'+' if value > 0 else '−'}{abs(value)}"


def _steps(value: Fraction | None) -> str:
    return UNKNOWN if value is None else steps_text(value)


def _chance(value: Fraction | None) -> str:
    return UNKNOWN if value is None else chance_text(value)


def _score(scheme: Scheme, value: Fraction | None) -> str:
    return UNKNOWN if value is None else score_text(scheme, value)


def _mean(pairs: Sequence[Pair]) -> Fraction | None:
    return sum((pair.points for pair in pairs), Fraction(0)) / len(pairs) if pairs else None
